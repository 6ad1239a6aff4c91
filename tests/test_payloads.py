"""What people and files write is text wherever it is shown: in pages, mails and pictures (threats 12, 101-103)."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from phereclos.clusters import actions as clusters
from phereclos.exchange import actions as exchange
from phereclos.exchange.models import Answer
from phereclos.ledger import mail
from phereclos.organisations import actions as organisations
from phereclos.ui.markdown import render
from tests.who_may_world import World, make_world

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>alert(1)</script>",
    "</textarea></title></style><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'><text y=9>x</text></a></svg>",
    "<math><mtext></mtext><mglyph><style><!--</style><img title='--><img src=1 onerror=alert(1)>'></math>",
    '" autofocus onfocus="alert(1)',
    "' onmouseover='alert(1)",
    "` onclick=`alert(1)",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<form action=//evil.example><button>x</button></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example'</style>",
    "<object data=//evil.example></object>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "{{ 7|add:7 }}{% debug %}{% load static %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "[x](javascript:alert(1)) ![x](//evil.example/x.png) <javascript:alert(1)>",
    "]]><script>alert(1)</script><![CDATA[",
    "--><script>alert(1)</script><!--",
]
ALL = "\n".join(PAYLOADS)
SHORT = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" autofocus onfocus="alert(1)', "{{ 7|add:7 }}"]


class Sound(HTMLParser):
    """Reads a page as a browser would and notes everything that could run or ask another host."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: "".join((value or "").split()).lower() for name, value in attrs}
        own_script = tag == "script" and given.get("src", "").startswith("/static/")
        if tag == "meta" and "http-equiv" in given:
            self.faults.append("meta http-equiv")
        if tag in {"iframe", "object", "embed", "base", "style", "math"} or (tag == "script" and not own_script):
            self.faults.append(tag)
        self.faults += [f"{tag} {name}" for name in given if name.startswith("on") or name in {"style", "srcdoc"}]
        for name in {"href", "src", "action", "formaction", "xlink:href", "data"} & given.keys():
            if given[name].startswith(("javascript:", "vbscript:", "data:text", "//")) or "evil.example" in given[name]:
                self.faults.append(f"{tag} {name}={given[name]}")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def sound(html: str) -> Sound:
    page = Sound()
    page.feed(html)
    assert page.faults == []
    return page


@pytest.fixture
def written_on() -> World:
    """The world of the table, with payloads in every text that people write."""
    world = make_world()
    cast, cluster = world.cast, world.cluster
    organisations.edit_organisation(by=cast.alice, name=f"School {SHORT[0]}", place=SHORT[1], about=ALL[:2000])
    clusters.write_charter(cluster=cluster, text=ALL, based_on=1, by=cast.dora)
    clusters.write_logbook(
        cluster=cluster, point=world.row["point"], happened_on=timezone.localdate(), text=ALL, by=cast.bob, once="x"
    )
    cluster.aims, cluster.region = ALL, SHORT[0]
    cluster.save()
    person = cast.bob.person
    person.name = f"Bob {SHORT[2]}"
    person.save()
    _exchange(world)
    return world


def _exchange(world: World) -> None:
    cast = world.cast
    texts = {"topic": SHORT[1], "place": SHORT[2], "when_text": SHORT[3], "cost": SHORT[0], "access": ALL[:500]}
    for pk in (world.key["need"],):
        need = exchange.save_need(
            by=cast.alice,
            need=_row("Need", pk),
            fields={"title": SHORT[0], "question": ALL[:1000], **texts},
            post=False,
        )
        need.held_at = None
        need.save()
    exchange.save_offer(
        by=cast.alice, offer=_row("Offer", world.key["offer"]), post=False,
        fields={"title": SHORT[1], "what": ALL[:1000], **texts},
    )  # fmt: skip
    waiting = _row("Request", world.key["waiting"], "uid")
    exchange.ask_question(request=waiting, by=cast.charlie, text=ALL[:1000])
    exchange.answer_request(request=waiting, by=cast.charlie, kind=Answer.Kind.ACCEPT, note=ALL[:500])


def _row(model: str, key: object, name: str = "pk") -> object:
    from django.apps import apps

    return apps.get_model("exchange", model)._default_manager.get(**{name: key})


def test_every_page_that_shows_them_stays_sound(written_on: World) -> None:
    from tests.test_who_may import address, keys_of
    from tests.who_may import LINES

    seen = 0
    for line in LINES:
        for role in ("stranger", "alice", "charlie", "dora"):
            answer = written_on.browser(role).get(address(line, keys_of(line, written_on)))
            if answer.headers["Content-Type"].startswith("text/html"):
                sound(answer.content.decode())
                seen += b"alert(1)" in answer.content
    assert seen > 40  # the payloads are on many of them, as text


def test_the_text_reads_as_typed(written_on: World) -> None:
    for path, role in (
        (f"/organisations/{written_on.key['school']}/", "stranger"),
        (f"/exchange/needs/{written_on.key['need']}/", "alice"),
        (f"/clusters/{written_on.key['cluster']}/", "stranger"),
    ):
        page = sound(written_on.browser(role).get(path).content.decode())
        words = " ".join(" ".join(page.text).split())
        assert "<img src=x onerror=alert(1)>" in words, path
        assert "14" not in words.split(), "a template was run"


def test_what_was_typed_wrong_comes_back_as_text(written_on: World) -> None:
    """A form that is shown again keeps the input, in its fields only."""
    for payload in PAYLOADS:
        answer = written_on.browser("alice").post("/exchange/needs/new/", {"title": payload[:120], "question": payload})
        assert answer.status_code == 422
        sound(answer.content.decode())
        found = Client().get("/knowledge/", {"q": payload})
        sound(found.content.decode())
        sound(Client().post("/verify/", {"given": payload}).content.decode())


def test_mails_are_plain_text_with_subjects_of_one_line(written_on: World) -> None:
    for staged in mail.due():
        mail.send(staged)

    assert len(outbox.outbox) > 10
    assert any("<script>" in message.body for message in outbox.outbox)
    for message in outbox.outbox:
        assert "\n" not in message.subject
        assert message.content_subtype == "plain"
        assert not getattr(message, "alternatives", [])


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#10;script:alert(1)", "&#106;avascript:alert(1)",
     "data:text/html,<script>alert(1)</script>", "vbscript:x", "//evil.example", "java\tscript:alert(1)",
     "\x01javascript:alert(1)", "<javascript:alert(1)>"],
)  # fmt: skip
def test_links_in_markdown_lead_to_pages_and_mailboxes_only(target: str) -> None:
    """Threat 102."""
    html = f"{render(f'[x]({target})')}{render(f'<{target}>')}{render(f'[x]: {target}')}"

    sound(html)
    assert "<img" not in html


def test_foreign_links_in_markdown_carry_no_opener_and_no_referrer() -> None:
    assert 'rel="noopener noreferrer nofollow"' in render("[x](https://museum.example.org)")


@pytest.mark.parametrize("name", ["achievement_svg", "award_svg", "award_png", "achievement_png"])
def test_pictures_opened_by_themselves_run_nothing(written_on: World, name: str) -> None:
    """Threat 103."""
    from django.urls import reverse

    key = written_on.key["open_award" if name.startswith("award") else "programme"]
    answer = Client().get(reverse(f"badges:{name}", args=[key]))
    policy = answer.headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"<script" not in answer.content
