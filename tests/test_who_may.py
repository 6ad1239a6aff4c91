"""Every address, every role: the table in who_may.py holds; what is refused writes nothing and tells nothing."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from phereclos.accounts.middleware import FREE_PREFIXES
from phereclos.accounts.models import Person
from phereclos.badges import actions as badges
from phereclos.badges.recipients import ToOrganisation
from phereclos.ledger.models import AuditEntry
from phereclos.organisations import actions as organisations
from phereclos.organisations.middleware import SESSION_KEY
from phereclos.organisations.models import Representative
from tests.cast import represent
from tests.exchange.making import YEAR
from tests.who_may import LINES, PREFIXES, Line
from tests.who_may_world import ROLES, World, absent, make_world, operator

pytestmark = pytest.mark.django_db
LETTERS = {200: "o", 302: ">", 403: "!", 404: "-", 405: "x", 409: "c", 410: "g", 422: "f"}
each_line = pytest.mark.parametrize("line", LINES, ids=str)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; each request below is undone after it was looked at."""
    with django_db_blocker.unblock():
        outermost = transaction.atomic()
        outermost.__enter__()
        yield make_world()
        transaction.set_rollback(True)
        outermost.__exit__(None, None, None)


@pytest.fixture(scope="module")
def untouched(world: World) -> dict[str, str]:
    """What the tables hold when nothing was changed."""
    return contents()


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def address(line: Line, keys: list[Any]) -> str:
    return reverse(line.name, args=keys)


def keys_of(line: Line, world: World) -> list[Any]:
    return [world.key[name] for name in line.keys]


def absent_keys(line: Line, world: World) -> list[list[Any]]:
    """The keys of the line with each of them absent in turn, and all at once last."""
    keys = keys_of(line, world)
    one_by_one = [[absent(key) if at == other else key for other, key in enumerate(keys)] for at in range(len(keys))]
    return [*one_by_one[: len(keys) if len(keys) > 1 else 0], [absent(key) for key in keys]] if keys else []


def ask(world: World, role: str, method: str, line: Line, keys: list[Any]) -> HttpResponse:
    sent = line.sent(world) if method == "POST" else {}
    client = world.browser(role)
    return getattr(client, method.lower())(address(line, keys), sent)  # type: ignore[no-any-return]


def letter(answer: HttpResponse) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/"):
        return "L"
    return LETTERS.get(answer.status_code, str(answer.status_code))


def bare(answer: HttpResponse, path: str) -> tuple[int, str, str]:
    """What an answer tells: without its own path, the token of its forms and the number to quote."""
    text = answer.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    text = re.sub(r'<span class="code">[0-9a-f]{8}</span>', "", text)
    return answer.status_code, text.replace(path, ""), answer.headers.get("Location", "").replace(path, "")


def patterns() -> Iterator[tuple[str, URLPattern, str]]:
    """Name, pattern and whole route of every address the site answers."""

    def walk(found: Any, route: str, spaces: tuple[str, ...]) -> Iterator[tuple[str, URLPattern, str]]:
        for one in found:
            whole = route + str(one.pattern)
            if isinstance(one, URLPattern):
                yield ":".join((*spaces, one.name or "")), one, whole
            else:
                yield from walk(one.url_patterns, whole, (*spaces, one.namespace) if one.namespace else spaces)

    return walk(get_resolver().url_patterns, "", ())


OURS = {name for name, _pattern, route in patterns() if not route.startswith(PREFIXES)}


def contents(*, volatile: bool = True) -> dict[str, str]:
    """A digest of each table; without times, random numbers and signatures if not `volatile`. Sessions aside."""
    return {
        model._meta.label: hashlib.sha256(_text(_rows(model, volatile)).encode()).hexdigest()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in STILL and model._meta.label not in {"ledger.ChainHead", "ledger.Count"}
    }


def _text(rows: list[Any]) -> str:
    """Rows as text; the random mailbox of a deleted account is always the same."""
    return re.sub(r"[0-9a-f]{32}@gone", "@gone", json.dumps(rows, default=str))


# Sessions and counters of limits are not what people write, and the chain’s head follows its entries; no page of ours
# fills the others.
STILL = {"sessions", "auth", "contenttypes", "taggit", "wagtailusers", "wagtailimages", "wagtaildocs", "wagtailembeds",
         "wagtailsearch", "wagtailredirects", "wagtailadmin"}  # fmt: skip
RANDOM = {"digest", "previous", "message_id", "sha256", "subject_id", "salt", "status_index", "public_multibase",
          "last_group", "did", "password", "references", "fingerprint", "result"}  # fmt: skip


def _rows(model: type[models.Model], volatile: bool) -> list[Any]:
    fields = [
        field.attname
        for field in model._meta.concrete_fields
        if (volatile and field.name != "last_login")
        or (
            not isinstance(field, models.DateTimeField | models.UUIDField | models.BinaryField)
            and field.name not in RANDOM
        )
    ]
    return [list(row) for row in model._default_manager.order_by("pk").values_list(*fields)]


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    """Invariant 10: the list of addresses and the list of cells are equal."""
    assert {line.name for line in LINES} == OURS


@each_line
def test_each_cell_answers_as_written(world: World, line: Line, untouched: dict[str, str]) -> None:
    """Threats 113, 114."""
    keys = keys_of(line, world)
    shown = {role: letter(ask(world, role, "GET", line, keys)) for role in ROLES}
    assert contents() == untouched, "reading changed something"
    done = {}
    for role in ROLES:
        with undone():
            done[role] = letter(ask(world, role, "POST", line, keys))

    assert (shown, done) == (line.get, line.post)


@each_line
def test_what_is_refused_looks_like_what_is_absent_and_writes_nothing(
    world: World, line: Line, untouched: dict[str, str]
) -> None:
    """Threat 113: an absent object is absent for everybody, and what is not yours is the same page, byte for byte."""
    keys = keys_of(line, world)
    for method, role in product(("GET", "POST"), ROLES):
        absent_ones = [
            (answer := ask(world, role, method, line, others), bare(answer, address(line, others)))
            for others in absent_keys(line, world)
            if line.name not in LED_ON_WHEN_ABSENT
        ]
        assert all(letter(answer) in "-Lx" for answer, _told in absent_ones), (method, role)
        if (line.get if method == "GET" else line.post)[role] in "-L" and not BEARER & set(line.keys):
            refused = bare(ask(world, role, method, line, keys), address(line, keys))
            assert all(told == refused for _answer, told in absent_ones), (method, role)

    assert contents() == untouched


# A sheet of another release is answered with today's; a step of founding that there is not leads to the first.
LED_ON_WHEN_ABSENT = {"ui:stylesheet", "clusters:found_step"}
# Keys that are the right themselves: whoever holds the link may see that there is something.
BEARER = {"cluster_invitation", "invitation", "operator"}
A_FEW = ("stranger", "alice", "erin")


@each_line
def test_asking_what_is_there_changes_nothing(world: World, line: Line, untouched: dict[str, str]) -> None:
    """Threat 1, for every address: HEAD and OPTIONS; GET stands in the cells."""
    path = address(line, keys_of(line, world))
    for method, role in product(("head", "options"), A_FEW):
        getattr(world.browser(role), method)(path)

    assert contents() == untouched


@each_line
def test_no_address_takes_other_verbs(world: World, line: Line, untouched: dict[str, str]) -> None:
    """Threat 114: PUT, PATCH and DELETE are refused in one of the ways in which everything is, and write nothing."""
    path = address(line, keys_of(line, world))
    for method, role in product(("put", "patch", "delete"), A_FEW):
        answer = getattr(world.browser(role), method)(path, line.sent(world), "application/json")
        assert letter(answer) in "x-L", (method, role)

    assert contents() == untouched


# Forged posts


# Each with the reason why it does without the token that is bound to a cookie.
WITHOUT_TOKEN = {
    "exchange:answer": "works without cookies; its form carries a token signed for this link",
    "exchange:date": "works without cookies; its form carries a token signed for this link",
    "exchange:object": "works without cookies; its form carries a token signed for this link",
    "exchange:stop-mails": "mail programs post here by themselves (RFC 8058), and it only stops one kind of mail",
    "verify:verify": "changes nothing, in nobody's name",
}


@each_line
def test_a_foreign_page_cannot_post(world: World, line: Line, untouched: dict[str, str]) -> None:
    """Threat 105: without the token of the form nothing is written, whoever is signed in."""
    path = address(line, keys_of(line, world))
    for role in A_FEW:
        client = world.browser(role, enforce_csrf_checks=True)
        answer = client.post(path, {**line.sent(world), "form_token": ""}, headers={"Origin": "https://evil.example"})
        if line.name not in WITHOUT_TOKEN:
            assert answer.status_code == 403, role
    if line.name != "exchange:stop-mails":
        assert contents() == untouched


def test_behind_the_prefixes_nothing_is_posted_without_the_token(world: World, untouched: dict[str, str]) -> None:
    """Threat 105, for the addresses of allauth and Wagtail."""
    for path in prefixed():
        answer = world.browser("alice", enforce_csrf_checks=True).post(path)
        assert answer.status_code in {403, 404}, path

    assert contents() == untouched


# What is judged by prefix


DUMMIES = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000007"}


def prefixed(prefix: str = "") -> list[str]:
    """An address for each pattern behind a prefix; those with regular expressions inside are left out."""
    routes = {route for _name, _pattern, route in patterns() if route.startswith(prefix or PREFIXES)}
    filled = {re.sub(r"<(?:(\w+):)?\w+>", lambda found: DUMMIES.get(found[1] or "str", "x"), route) for route in routes}
    return sorted(f"/{route}" for route in filled if not re.search(r"[\^$()?\\]", route))


def test_the_back_office_is_absent_for_everybody_but_editors(world: World) -> None:
    """Threats 117, 118."""
    addresses = prefixed("back-office/")
    assert len(addresses) > 50
    for path in addresses:
        assert letter(world.browser("alice").get(path)) == "-", path
        if path not in {"/back-office/jsi18n/", "/back-office/sprite/"}:  # words and signs, the same for everybody
            assert letter(world.browser("stranger").get(path)) in "L->", path


def test_a_stranger_sees_of_the_accounts_only_what_leads_in(world: World) -> None:
    shown = {path for path in prefixed("accounts/") if letter(world.browser("stranger").get(path)) == "o"}

    assert shown <= {"/accounts/login/", "/accounts/signup/", "/accounts/inactive/", "/accounts/login/passkey/"}


# Foreign numbers and extra members in the body


EXTRA = {
    "role": "lead", "is_staff": "on", "is_superuser": "on", "vouched_at": "2020-01-01",
    "vouched_by": "1", "organisation_id": "1", "author": "1", "author_id": "1", "owner": "1", "issuer": "1",
    "issuer_id": "1", "state": "open", "status": "verified", "verified": "on", "id": "1", "pk": "1", "uid": "1",
    "awarded_at": "2020-01-01", "awarded_by": "1", "opened_at": "2020-01-01", "held_at": "", "joined_on": "2020-01-01",
    "at": "2020-01-01", "is_demonstration": "", "extra_open_allowed": "3", "sender": "1", "until": "2020-01-01",
    "live_since": "2020-01-01", "coordinator": "1", "slug": "mine", "name_key": "mine", "email_verified": "on",
    "children_confirmed": "9", "confirmed_at": "2020-01-01", "revoked_at": "2020-01-01", "public_url": "//evil.example",
}  # fmt: skip


@each_line
def test_extra_members_are_ignored(world: World, line: Line) -> None:
    """Threat 116: a form with members it does not have does exactly what it does without."""
    role = next((role for role in ROLES[1:] if line.post[role] in "><o"), None)
    if role is None or line.name == "setup:operator":
        return
    path, sent = address(line, keys_of(line, world)), line.sent(world)
    results = []
    for body in (sent, {**EXTRA, **sent}):
        with undone():
            answer = world.browser(role).post(path, body)
            results.append((answer.status_code, contents(volatile=False)))

    assert results[0] == results[1]


def test_foreign_numbers_in_the_body_are_refused(world: World, untouched: dict[str, str]) -> None:
    """Threat 115: rows that a form names are judged like those in the address."""
    cast = world.cast
    tries = [
        ("alice", "exchange:ask need", {"to": cast.outsider.pk, "start": f"{YEAR}-01-18T09:30", "minutes": 90}),
        ("alice", "exchange:ask need", {"to": cast.school.pk, "start": f"{YEAR}-01-18T09:30", "minutes": 90}),
        ("erin", "exchange:post-need", {**line_of("exchange:post-need").sent(world), "cluster": world.cluster.pk}),
        ("alice", "desk:act_for", {"organisation": cast.museum.pk}),
        ("dora", "clusters:decide cluster asking", {"decision": "admit", "replaces": world.key["member"]}),
        ("alice", "badges:award_new issuer", {
            "achievement": world.row["other_shared"].pk, "kind": "mailbox", "mailbox": "a@example.org",
            "once": "00000000-0000-0000-0000-000000000001",
        }),
        ("alice", "badges:issuing", {"cluster": world.cluster.slug}),
        ("alice", "badges:issuing_keys issuer", {"verb": "stolen", "key": 999_999}),
    ]  # fmt: skip
    for role, words, body in tries:
        name, *keys = words.split()
        answer = world.browser(role).post(reverse(name, args=[world.key[key] for key in keys]), body)
        assert answer.status_code in {302, 404, 422}, words

    assert contents() == untouched


def test_a_foreign_number_behind_ones_own_in_the_address_is_refused(world: World) -> None:
    """Threat 115: each object must belong to the one before it, also when both exist and one is mine."""
    cast, key = world.cast, world.key
    with undone():
        asked = organisations.ask_to_join(person=world.row["frank"], organisation=cast.museum)
        invited = organisations.invite(by=cast.charlie, email="olli@example.org")
        theirs = badges.become_issuer(organisation=cast.university, by=cast.dora)
        badges.adopt_achievement(issuer=theirs, achievement=world.row["tide"], by=cast.dora)
        award = badges.award(
            achievement=world.row["tide"], issuer=theirs, recipient=ToOrganisation(cast.museum), by=cast.dora, once="a"
        )
        before, own = contents(), cast.cluster.slug  # Dora coordinates this one, too
        tries = [
            ("alice", "organisations:role", [key["school"], cast.charlie.pk]),
            ("alice", "organisations:join_request", [key["school"], asked.pk]),
            ("alice", "organisations:withdraw", [key["school"], invited.uid]),
            ("dora", "clusters:tick_step", [own, key["founding"]]),
            ("dora", "clusters:withdraw_invitation", [own, key["cluster_invited"]]),
            ("dora", "clusters:decide", [own, key["asking"]]),
            ("alice", "exchange:reply", [key["answered"], key["question"]]),
            ("dora", "exchange:settle", [key["waiting"], key["objection"]]),
            ("alice", "badges:withdraw", [key["issuer"], award.uid]),
        ]
        for role, name, keys in tries:
            answer = world.browser(role).post(reverse(name, args=keys), line_of(name).sent(world))
            assert letter(answer) == "-", name
        stolen = {"verb": "stolen", "key": theirs.keys.get().pk}
        page = reverse("badges:issuing_keys", args=[key["issuer"]])
        assert letter(world.browser("alice").post(page, stolen)) == "-"
        assert contents() == before


def line_of(name: str) -> Line:
    return next(line for line in LINES if line.name == name)


# Acting on behalf


def test_an_ended_role_cannot_be_taken_up_by_changing_the_cookie(world: World) -> None:
    """Threat 122: whoever acts for A changes nothing of B, and the entry says for whom."""
    cast = world.cast
    with undone():
        second = represent(cast.alice.person, cast.museum, "member")
        client = world.browser("alice")
        assert client.post("/me/acting/", {"organisation": cast.museum.pk}).status_code == 302
        assert client.session[SESSION_KEY] == cast.museum.pk
        organisations.end_representation(representative=second, by=cast.charlie)
        session = client.session
        session[SESSION_KEY] = cast.museum.pk
        session.save()

        page = reverse("exchange:request-answer", args=[world.key["waiting"]])
        assert client.post(page, {"choice": "accept"}).status_code == 404
        assert client.post("/me/acting/", {"organisation": cast.museum.pk}).status_code == 404
        assert client.post("/organisations/museum-of-tides/edit/", {"name": "Mine"}).status_code == 404
        # What she does now she does for the school, and the ledger says so.
        client.post(reverse("exchange:copy-need", args=[world.key["need"]]))
        entry = AuditEntry.objects.latest("pk")
        assert (entry.who, entry.for_whom) == (f"representative:{cast.alice.pk}", f"organisation:{cast.school.pk}")


def test_acting_for_one_organisation_changes_nothing_of_the_other(world: World) -> None:
    """Threat 122: both roles are present, and still only the one chosen counts."""
    cast = world.cast
    with undone():
        represent(cast.alice.person, cast.museum, "lead")
        client, before = world.browser("alice"), contents()
        assert client.post("/organisations/museum-of-tides/edit/", {"name": "Mine"}).status_code == 404
        page = reverse("exchange:request-answer", args=[world.key["waiting"]])
        assert client.post(page, {"choice": "accept"}).status_code == 404
        assert contents() == before


def test_a_role_that_was_lowered_counts_at_once(world: World) -> None:
    with undone():
        Representative.objects.filter(pk=world.cast.alice.pk).update(role="member")
        assert letter(world.browser("alice").get(reverse("badges:issuing"))) == "-"
        assert letter(world.browser("alice").get("/organisations/saltgate-primary-school/edit/")) == "-"


def test_the_operator_reaches_the_setup_and_nobody_elses_objects(world: World) -> None:
    """Running the installation is no right to act for organisations."""
    with undone():
        client = Client()
        client.force_login(operator())
        assert letter(client.get("/setup/")) == "o"
        assert letter(client.get(reverse("organisations:vouch", args=[world.key["newcomer"]]))) == "o"
        for name, *keys in (
            ("exchange:request", "waiting"),
            ("badges:batch", "batch"),
            ("exchange:need", "need_draft"),
        ):
            assert letter(client.get(reverse(name, args=[world.key[key] for key in keys]))) == "-", name


def test_what_needs_a_factor_asks_for_it_first(world: World) -> None:
    """Whoever signs badges or coordinates, and is no invented person, gets to no page of ours before the factor."""
    with undone():
        Person.objects.filter(pk=world.cast.alice.person.pk).update(is_demonstration=False)
        for line in LINES:
            path = address(line, keys_of(line, world))
            if path.startswith(FREE_PREFIXES):
                continue
            for answer in (world.browser("alice").get(path), world.browser("alice").post(path, line.sent(world))):
                assert answer.headers.get("Location", "").startswith("/me/security/"), path


# What a change leaves behind


@each_line
def test_a_change_leaves_an_entry_and_the_same_form_twice_is_one_effect(world: World, line: Line) -> None:
    """Threats 141, 166: no change without its entry, no entry without its change."""
    role = next((role for role in ROLES if line.post[role] in "><o"), None)
    if role is None:
        return
    path, sent = address(line, keys_of(line, world)), line.sent(world)
    with undone():
        before, entries = _without_ledger(contents()), AuditEntry.objects.count()
        world.browser(role).post(path, sent)
        after, written = _without_ledger(contents()), AuditEntry.objects.count() - entries
        assert (after != before) == (written > 0), "a change and its entry stand or fall together"
        assert written <= 1 or line.name in SEVERAL
        once = _without_ledger(contents(volatile=False))
        world.browser(role).post(path, sent)
        assert _without_ledger(contents(volatile=False)) == once


# One press, two changes, each with its entry: the answer, and the activity that comes of it.
SEVERAL = {"exchange:answer", "exchange:date", "exchange:request-answer", "exchange:request-date"}


def _without_ledger(found: dict[str, str]) -> dict[str, str]:
    return {table: digest for table, digest in found.items() if table != "ledger.AuditEntry"}
