"""Every page and action, as Dora (leads the issuer), Alice, Bob, Charlie, Erin and a signed-out visitor meet it."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from phereclos.badges import actions
from phereclos.badges.forms import AwardForm
from phereclos.badges.mails import claim_address
from phereclos.badges.models import Adoption, Award, AwardBatch, Issuer, IssuerKey, Passport
from phereclos.badges.recipients import ToOrganisation, ToPerson
from phereclos.ledger.models import AuditEntry
from phereclos.organisations.models import Role
from tests.badges.conftest import Bench
from tests.cast import Cast, person, represent

pytestmark = pytest.mark.django_db
SLUG = "tarnhaven-childrens-university"
EVERYBODY = ("dora", "alice", "bob", "charlie", "erin", None)


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


def as_(cast: Cast, who: str | None) -> Client:
    return cast.client(getattr(cast, who) if who else None)


# What everybody may see


@pytest.mark.parametrize("who", EVERYBODY)
def test_public_pages_are_for_everybody(bench: Bench, cast: Cast, who: str | None) -> None:
    award = bench.give()
    for path in (
        "/badges/", "/badges/achievements/tide-watcher/", "/badges/achievements/sailor/",
        "/badges/achievements/tide-watcher.json", "/badges/achievements/tide-watcher/image.svg",
        "/badges/achievements/tide-watcher/image.png", f"/badges/issuers/{SLUG}/", f"/badges/awards/{award.uid}/",
        f"/badges/awards/{award.uid}.json", f"/badges/awards/{award.uid}.png", f"/badges/awards/{award.uid}.svg",
        f"/badges/awards/{award.uid}/certificate/", award.status_list.get_absolute_url(), "/badges/passport/",
        "/verify/",
    ):  # fmt: skip
        assert as_(cast, who).get(path).status_code == 200, path


@pytest.mark.parametrize("who", EVERYBODY)
def test_absent_things_are_absent_for_everybody(bench: Bench, cast: Cast, who: str | None) -> None:
    nobody = uuid4()
    for path in (
        f"/badges/awards/{nobody}/", f"/badges/awards/{nobody}.json", f"/badges/status/{nobody}",
        "/badges/achievements/none/", "/badges/issuers/none/", "/badges/claim/none/",
        f"/badges/issuers/{SLUG}/did.json", "/.well-known/did.json",
    ):  # fmt: skip
        assert as_(cast, who).get(path).status_code == 404, path


def test_an_https_site_publishes_its_identities(bench: Bench, settings) -> None:
    settings.PUBLIC_URL = "https://cluster.example.org"
    settings.ALLOWED_HOSTS = ["testserver"]
    issuer = Client().get(f"/badges/issuers/{SLUG}/did.json").json()
    site = Client().get("/.well-known/did.json").json()

    assert issuer["id"] == f"did:web:cluster.example.org:badges:issuers:{SLUG}"
    assert site["id"] == "did:web:cluster.example.org"


def test_an_organisation_nobody_vouched_for_has_no_issuer_page(bench: Bench, cast: Cast) -> None:
    cast.university.vouched_at = None
    cast.university.save()

    assert Client().get(f"/badges/issuers/{SLUG}/").status_code == 404


# One address for people and programs


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("application/vc+ld+json", "application/vc+ld+json"),
        ("application/vc", "application/vc"),
        ("application/json", "application/json"),
    ],
)
def test_an_award_s_address_serves_people_and_programs(bench: Bench, accept: str, content_type: str) -> None:
    award = bench.give()
    answer = Client().get(award.get_absolute_url(), headers={"accept": accept})

    assert answer["Content-Type"] == content_type
    assert "Accept" in answer["Vary"]
    if content_type != "text/html; charset=utf-8":
        assert answer.content == bytes(award.credential)


def test_the_picture_runs_nothing_when_opened_by_itself(bench: Bench) -> None:
    award = bench.give()
    for path in (f"/badges/awards/{award.uid}.svg", "/badges/achievements/tide-watcher/image.svg"):
        answer = Client().get(path)
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]


def test_a_child_s_award_says_nothing_until_it_is_opened(bench: Bench, cast: Cast) -> None:
    number = actions.create_passports(organisation=cast.school, count=1, by=cast.bob, once="k")[0]
    award = bench.give_child(number)
    page = Client().get(award.get_absolute_url())

    assert page.status_code == 404  # as for an address of nothing
    for word in ("Tide", "Tarnhaven", "Saltgate", number, number[-4:]):
        assert word not in page.content.decode()
    for ending in (".json", ".png", ".svg", "/certificate/"):
        assert Client().get(f"/badges/awards/{award.uid}{ending}").status_code == 404
    assert Client().get(award.get_absolute_url(), headers={"accept": "application/json"}).status_code == 404
    assert Client().get(f"/badges/issuers/{SLUG}/").content.decode().count("Tide watcher") == 1


def test_a_name_stands_there_only_where_the_holder_wants_it(bench: Bench, cast: Cast) -> None:
    award = bench.give(recipient=ToPerson(cast.alice.person))
    address, browser = f"/badges/mine/{award.uid}/", as_(cast, "alice")
    before = Client().get(award.get_absolute_url()).content.decode()
    browser.post(address, {"verb": "show_name"})
    shown = Client().get(award.get_absolute_url()).content.decode()
    browser.post(address, {"verb": "hide_name"})
    hidden = Client().get(award.get_absolute_url()).content.decode()

    assert ["Alice" in text for text in (before, shown, hidden)] == [False, True, False]


@pytest.mark.parametrize("verb", ["open", "close", "show_name", "hide_name", "claim", "refuse", "nothing"])
@pytest.mark.parametrize("who", ["bob", "charlie", "dora", None])
def test_nobody_else_changes_a_holder_s_page(bench: Bench, cast: Cast, who: str | None, verb: str) -> None:
    award = bench.give(recipient=ToPerson(cast.alice.person))
    answer = as_(cast, who).post(f"/badges/mine/{award.uid}/", {"verb": verb})

    assert answer.status_code == (302 if who is None else 404)
    assert "login" in answer.get("Location", "login")
    award.refresh_from_db()
    assert (award.shows_name, award.opened_at is None, award.paused_at) == (False, False, None)


def test_a_closed_page_is_closed_for_all_but_its_holder(bench: Bench, cast: Cast) -> None:
    award = bench.give(recipient=ToPerson(cast.alice.person))
    as_(cast, "alice").post(f"/badges/mine/{award.uid}/", {"verb": "close"})

    assert "This page is closed" in as_(cast, "bob").get(award.get_absolute_url()).content.decode()
    assert "Tide watcher" in as_(cast, "alice").get(award.get_absolute_url()).content.decode()


# The mail's link


def path_of(award: Award) -> str:
    return claim_address(award).removeprefix("http://127.0.0.1:8000")


def test_opening_the_link_changes_nothing(bench: Bench) -> None:
    award = bench.give("bob@example.org")
    entries = AuditEntry.objects.count()
    for _ in range(3):
        assert Client().get(path_of(award)).status_code == 200
    award.refresh_from_db()

    assert (award.claimed_at, award.paused_at, award.mailbox) == (None, None, "bob@example.org")
    assert AuditEntry.objects.count() == entries


def test_the_person_with_the_mailbox_takes_it(bench: Bench, cast: Cast) -> None:
    award = bench.give("bob@example.org")
    answer = as_(cast, "bob").post(path_of(award), {"answer": "mine"})
    award.refresh_from_db()

    assert answer.status_code == 302
    assert (award.person, award.mailbox) == (cast.bob.person, "")
    assert "Tide watcher" in as_(cast, "bob").get("/badges/mine/").content.decode()


@pytest.mark.parametrize("who", ["alice", "charlie", None])
def test_others_with_the_link_do_not_get_the_badge(bench: Bench, cast: Cast, who: str | None) -> None:
    award = bench.give("bob@example.org")
    as_(cast, who).post(path_of(award), {"answer": "mine"})
    award.refresh_from_db()

    assert (award.person, award.mailbox) == (None, "bob@example.org")


def test_not_me_pauses_the_award_and_shows_nothing_else(bench: Bench, cast: Cast) -> None:
    award = bench.give("bob@example.org")
    answer = Client().post(path_of(award), {"answer": "not_me"})
    award.refresh_from_db()

    assert award.paused_at is not None
    assert "Tide" not in answer.content.decode()
    assert Client().get(path_of(award)).status_code == 410
    assert "This page is closed" in Client().get(award.get_absolute_url()).content.decode()
    assert "“not me”" in as_(cast, "dora").get(f"/badges/issuing/{SLUG}/").content.decode()


def test_an_altered_and_a_late_link_get_a_plain_answer(bench: Bench) -> None:
    from datetime import timedelta

    from django.utils import timezone

    award = bench.give("bob@example.org")
    late = bench.give("late@example.org", at=timezone.now() - timedelta(days=400))

    assert Client().get(path_of(award)[:-3] + "x/").status_code == 404
    assert Client().get(path_of(late)).status_code == 410


# What issuers do

FORMS = ("award/", "many/", "achievements/", "programme/", "keys/", "")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "erin", None])
def test_an_issuer_s_desk_is_its_own(bench: Bench, cast: Cast, who: str | None, form: str) -> None:
    path = f"/badges/issuing/{SLUG}/{form}"

    assert as_(cast, who).get(path).status_code == 404
    assert as_(cast, who).post(path, {"verb": "rotate"}).status_code in {404, 405}
    assert as_(cast, "dora").get(path).status_code == 200


def test_keys_are_a_lead_s(bench: Bench, cast: Cast) -> None:
    awarder = represent(person("Fay"), cast.university, Role.AWARDER)

    assert cast.client(awarder).get(f"/badges/issuing/{SLUG}/award/").status_code == 200
    assert cast.client(awarder).get(f"/badges/issuing/{SLUG}/keys/").status_code == 404


def test_a_plain_representative_signs_nothing(bench: Bench, cast: Cast) -> None:
    member = represent(person("Gil"), cast.university, Role.MEMBER)

    for path in ("/badges/issuing/", f"/badges/issuing/{SLUG}/", f"/badges/issuing/{SLUG}/award/"):
        assert cast.client(member).get(path).status_code == 404


def test_becoming_an_issuer_for_oneself_and_for_one_s_cluster(cast: Cast) -> None:
    dora = as_(cast, "dora")
    dora.post("/badges/issuing/")
    dora.post("/badges/issuing/")
    dora.post("/badges/issuing/", {"cluster": "tarnhaven"})

    assert Issuer.objects.count() == IssuerKey.objects.count() == 2
    assert as_(cast, "charlie").post("/badges/issuing/", {"cluster": "tarnhaven"}).status_code == 404
    assert as_(cast, "bob").post("/badges/issuing/").status_code == 404
    assert Client().post("/badges/issuing/").status_code == 404


def sent(bench: Bench, **more: object) -> dict[str, object]:
    return {"once": str(uuid4()), "achievement": bench.tide.pk, "kind": "mailbox", "mailbox": "a@example.org"} | more


def test_a_form_sent_twice_gives_one_badge(bench: Bench, cast: Cast) -> None:
    path, form, dora = f"/badges/issuing/{SLUG}/award/", sent(bench), as_(cast, "dora")
    answers = [dora.post(path, form).status_code for _ in range(3)]
    changed = dora.post(path, form | {"mailbox": "b@example.org"})

    assert answers == [302] * 3
    assert changed.status_code == 409
    assert Award.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"mailbox": "not a mailbox"}, {"mailbox": ""}, {"kind": "passport", "passport": "7F3K"}, {"kind": "organisation"},
     {"kind": "somebody"}, {"achievement": "999999"}, {"once": "x"}, {"kind": ""}],
)  # fmt: skip
def test_a_faulty_form_is_shown_again_with_its_reason_and_gives_nothing(bench: Bench, cast: Cast, wrong: dict) -> None:
    answer = as_(cast, "dora").post(f"/badges/issuing/{SLUG}/award/", sent(bench, **wrong))

    assert answer.status_code == 422
    assert not Award.objects.exists()


def test_the_form_offers_only_what_the_issuer_awards(bench: Bench) -> None:
    form = AwardForm(issuer=bench.issuer)

    assert [row.slug for row in form.fields["achievement"].queryset] == ["tide-watcher"]


def test_a_list_is_read_before_anything_is_given(bench: Bench, cast: Cast) -> None:
    number = actions.create_passports(organisation=cast.school, count=1, by=cast.bob, once="l")[0]
    path, dora = f"/badges/issuing/{SLUG}/many/", as_(cast, "dora")
    form = {"once": str(uuid4()), "achievement": bench.tide.pk}
    faulty = dora.post(path, form | {"lines": f"a@example.org\nnobody\n{number}\na@EXAMPLE.org\n1234-ABCD\nx@"})
    good = form | {"lines": f"a@example.org\n\n{number}"}
    asked = dora.post(path, good)

    assert faulty.status_code == 422
    for words in ("Line 2", "Line 4", "in the list twice", "Line 5", "Line 6"):
        assert words in faulty.content.decode()
    assert "Sign 2 badges?" in asked.content.decode()
    assert not AwardBatch.objects.exists()


def test_a_list_once_agreed_to_is_signed_in_the_background(
    bench: Bench, cast: Cast, django_capture_on_commit_callbacks
) -> None:
    from phereclos.badges import batches

    path, dora = f"/badges/issuing/{SLUG}/many/", as_(cast, "dora")
    lines = "\n".join(f"p{n}@example.org" for n in range(60))
    form = {"once": str(uuid4()), "achievement": bench.tide.pk, "lines": lines, "sure": "yes"}
    with django_capture_on_commit_callbacks(execute=True):
        first, again = dora.post(path, form), dora.post(path, form)
    batch = AwardBatch.objects.get()
    assert first["Location"] == again["Location"] == batch.get_absolute_url()
    assert "being signed" in dora.get(batch.get_absolute_url()).content.decode()

    assert batches.run(batch.pk)
    assert batches.run(batch.pk)
    assert Award.objects.count() == 60
    assert "All 60 badges are given" in dora.get(batch.get_absolute_url()).content.decode()
    for who in ("alice", "charlie", None):
        assert as_(cast, who).get(batch.get_absolute_url()).status_code == 404


def test_a_worker_believed_dead_spoils_nothing(bench: Bench) -> None:
    from phereclos.badges import batches
    from phereclos.badges.recipients import ToMailbox
    from phereclos.ledger import lease

    batch = actions.accept_batch(
        achievement=bench.tide, issuer=bench.issuer, recipients=[ToMailbox(f"q{n}@example.org") for n in range(30)],
        by=bench.dora, once="one",
    )  # fmt: skip
    name = batches.lease_name(batch)
    old = lease.take(name=name, holder="old", seconds=-1)
    assert batches.run(batch.pk)
    with pytest.raises(lease.LeaseLost):
        batches._finish(batch, name, old or 0, stopped="")
    assert Award.objects.count() == 30


def test_a_batch_held_by_a_living_worker_is_left_alone(bench: Bench) -> None:
    from phereclos.badges import batches
    from phereclos.badges.recipients import ToMailbox
    from phereclos.ledger import lease

    batch = actions.accept_batch(
        achievement=bench.tide, issuer=bench.issuer, recipients=[ToMailbox("q@example.org")], by=bench.dora, once="two"
    )
    lease.take(name=batches.lease_name(batch), holder="another", seconds=60)

    assert not batches.run(batch.pk)
    assert not Award.objects.exists()


def test_adopting_and_combining_from_the_desk(bench: Bench, cast: Cast) -> None:
    from phereclos.badges.models import Achievement

    dora = as_(cast, "dora")
    seed = Achievement.objects.get(slug="seed-keeper")
    for _ in range(2):
        dora.post(f"/badges/issuing/{SLUG}/achievements/", {"achievement": seed.pk})
    form = {
        "role": Achievement.objects.get(slug="navigator").pk, "programme": "Open Lab", "about": "A year of open days.",
        "setting": "informal", "subject": "science", "glyph": "door",
    }  # fmt: skip
    for _ in range(2):
        dora.post(f"/badges/issuing/{SLUG}/programme/", form)

    assert Adoption.objects.filter(achievement=seed).count() == 1
    assert Achievement.objects.filter(name="Navigator: Open Lab").count() == 1
    assert Client().get(Achievement.objects.get(name="Navigator: Open Lab").get_absolute_url()).status_code == 200


def test_withdrawing_asks_for_a_reason_and_tells_whoever_checks(bench: Bench, cast: Cast) -> None:
    award = bench.give()
    path, dora = f"/badges/issuing/{SLUG}/awards/{award.uid}/withdraw/", as_(cast, "dora")
    assert dora.post(path, {}).status_code == 422
    assert dora.post(path, {"why": "mistake"}).status_code == 302
    assert dora.post(path, {"why": "mistake"}).status_code == 302

    assert "withdrawn on" in Client().get(award.get_absolute_url()).content.decode()
    assert AuditEntry.objects.filter(verb="badges.revoke_award").count() == 1


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "erin", None])
def test_nobody_else_withdraws(bench: Bench, cast: Cast, who: str | None) -> None:
    award = bench.give()
    charlies = actions.become_issuer(organisation=cast.museum, by=cast.charlie)
    for slug in (SLUG, charlies.slug):
        answer = as_(cast, who).post(f"/badges/issuing/{slug}/awards/{award.uid}/withdraw/", {"why": "mistake"})
        assert answer.status_code == 404
    award.refresh_from_db()
    assert award.revoked_at is None


def test_keys_are_changed_from_the_desk(bench: Bench, cast: Cast) -> None:
    path, dora = f"/badges/issuing/{SLUG}/keys/", as_(cast, "dora")
    dora.post(path, {"verb": "rotate"})
    old = IssuerKey.objects.exclude(retired_at=None).get()
    dora.post(path, {"verb": "stolen", "key": old.pk, "since": "2026-01-01"})
    old.refresh_from_db()

    assert IssuerKey.objects.count() == 2
    assert old.compromised_at is not None
    assert dora.post(path, {"verb": "stolen", "key": 999}).status_code == 404


def test_whoever_signs_needs_a_second_factor(bench: Bench, cast: Cast) -> None:
    from phereclos.accounts.factors import asked_of

    real, outside = person("Hana"), person("Ida")
    for one, organisation in ((real, cast.university), (outside, cast.school)):
        one.is_demonstration = False
        one.save()
        represent(one, organisation, Role.AWARDER)

    assert asked_of(real)
    assert cast.client(None).get("/badges/").status_code == 200
    from tests.cast import signed_in

    assert signed_in(real).get(f"/badges/issuing/{SLUG}/award/").status_code == 302


# Cards


@pytest.mark.parametrize("who", ["erin", None])
def test_cards_are_printed_once_and_known_to_nobody(cast: Cast, who: str | None) -> None:
    form = {"once": str(uuid4()), "count": "3"}
    bob = as_(cast, "bob")
    first, again = bob.post("/badges/passports/", form), bob.post("/badges/passports/", form)
    dumped = json.dumps(list(Passport.objects.values("digest", "last_group")))

    assert first.content.decode().count("<b>Passport</b>") == 3
    assert [row in again.content.decode() for row in Passport.objects.values_list("last_group", flat=True)] == [
        True
    ] * 3
    assert Passport.objects.count() == 3
    assert first["Cache-Control"].count("no-store") == 1
    number = first.content.decode().split('<h2 class="code">')[1][:19]
    assert number not in dumped
    assert number not in as_(cast, who).get("/badges/passports/").content.decode()


def test_a_signed_out_visitor_prints_no_cards(cast: Cast) -> None:
    assert Client().get("/badges/passports/").status_code == 404
    assert Client().post("/badges/passports/", {"once": str(uuid4()), "count": "3"}).status_code == 404


def test_the_card_opens_its_badges_and_nothing_else(bench: Bench, cast: Cast) -> None:
    mine, other = actions.create_passports(organisation=cast.school, count=2, by=cast.bob, once="m")
    award, foreign = bench.give_child(mine), bench.give_child(other)
    browser = Client()
    answer = browser.post("/badges/passport/", {"number": mine.lower().replace("-", " ")})
    page = browser.get("/badges/passport/").content.decode()

    assert answer.status_code == 302
    assert mine not in answer["Location"]
    assert page.count("Tide watcher") == 1
    assert mine not in page
    assert browser.post(f"/badges/passport/{foreign.uid}/", {"verb": "open"}).status_code == 404
    asked = browser.post(f"/badges/passport/{award.uid}/", {"verb": "open"})
    assert "to everybody?" in asked.content.decode()
    assert "This page is closed" in Client().get(award.get_absolute_url()).content.decode()
    assert browser.post(f"/badges/passport/{award.uid}/", {"verb": "open", "sure": "yes"}).status_code == 302
    opened = Client().get(award.get_absolute_url()).content.decode()
    assert "Tide watcher" in opened
    assert "Saltgate" not in opened
    assert mine[-4:] not in opened
    browser.post(f"/badges/passport/{award.uid}/", {"verb": "close"})
    assert "This page is closed" in Client().get(award.get_absolute_url()).content.decode()
    browser.post("/badges/passport/", {"verb": "leave"})
    assert browser.post(f"/badges/passport/{award.uid}/", {"verb": "open"}).status_code == 404


def test_mistyped_and_unknown_numbers_get_the_same_answer_and_few_tries(cast: Cast) -> None:
    from phereclos.badges import numbers

    browser = Client(headers={"user-agent": "x"})
    texts = []
    for number in ("7F3K", numbers.make(), "0000-0000-0000-0001"):
        page = browser.post("/badges/passport/", {"number": number})
        assert page.status_code == 422
        texts.append(page.content.decode().replace(number, ""))
    assert len({text.count("There is no card with this number") for text in texts}) == 1
    codes = [browser.post("/badges/passport/", {"number": numbers.make()}).status_code for _ in range(20)]
    assert codes[-1] == 429


# The floors below


def test_the_cluster_s_page_counts_badges_and_shows_no_child_s(bench: Bench, cast: Cast) -> None:
    from phereclos.badges.panels import awards_given

    assert awards_given(cast.cluster) is None
    number = actions.create_passports(organisation=cast.school, count=1, by=cast.bob, once="p")[0]
    bench.give_child(number)
    bench.give(recipient=ToOrganisation(cast.school))
    panel = awards_given(cast.cluster)

    assert panel.figures[0].number == "fewer than 5"
    assert [award.recipient for award in panel.context["awards"]] == ["organisation"]


def test_what_waits_stands_on_the_desk(bench: Bench, cast: Cast) -> None:
    from phereclos.badges import desk

    award = bench.give("bob@example.org")
    assert len(list(desk.badges_to_claim(cast.bob))) == 1
    assert len(list(desk.badges_to_claim(cast.alice))) == 0
    actions.refuse_award(award=award, via="link:test")
    assert len(list(desk.refused_badges(cast.dora))) == 1
    assert len(list(desk.refused_badges(cast.alice))) == 0


def test_public_pages_ask_the_database_little(bench: Bench, cast: Cast, django_assert_max_num_queries) -> None:
    for number in range(8):
        bench.give(f"r{number}@example.org")
    for path in ("/badges/", f"/badges/issuers/{SLUG}/", "/badges/achievements/tide-watcher/", "/badges/awards/{}/"):
        with django_assert_max_num_queries(15):
            Client().get(path.format(Award.objects.first().uid))


def test_a_newcomer_with_a_claim_link_is_shown_the_way_in_and_back(bench: Bench) -> None:
    award = bench.give("newcomer@example.org")
    page = Client().get(path_of(award)).content.decode()

    assert f'href="/accounts/signup/?next={path_of(award)}"' in page


def test_a_withdrawn_badge_s_papers_say_so_and_its_reason_is_for_holder_and_issuer(bench: Bench, cast: Cast) -> None:
    award = bench.give(recipient=ToPerson(cast.alice.person))
    certificate = f"/badges/awards/{award.uid}/certificate/"
    assert "has earned" in Client().get(certificate).content.decode()
    actions.revoke_award(award=award, by=bench.dora, why="not_earned", reason="Half of the days were missing.")

    paper = Client().get(certificate).content.decode()
    assert "Withdrawn on" in paper
    assert "has earned" not in paper
    for who, reads in ((None, False), ("bob", False), ("erin", False), ("alice", True), ("dora", True)):
        page = as_(cast, who).get(award.get_absolute_url()).content.decode()
        assert "withdrawn on" in page
        for words in ("Half of the days were missing", "the criteria were not met"):
            assert (words in page) is reads, who


def test_a_cluster_counts_what_its_members_gave_while_they_were_members(bench: Bench, cast: Cast) -> None:
    from datetime import UTC, datetime

    membership = cast.university.memberships.get()
    for month in (6, 9, 10):
        bench.give(at=datetime(2026, month, 15, tzinfo=UTC))
    counted = lambda: Award.objects.of_cluster(cast.cluster.pk).count()  # noqa: E731

    assert counted() == 2  # not the one of June: the university joined in September
    membership.state, membership.left_on = "left", datetime(2026, 9, 30, tzinfo=UTC).date()
    membership.save()
    assert counted() == 1


@pytest.mark.parametrize(
    "path", ["/badges/", "/badges/issuing/", f"/badges/issuing/{SLUG}/", f"/badges/issuers/{SLUG}/"]
)
def test_the_cards_for_children_are_found_from_where_badges_are_given(bench: Bench, cast: Cast, path: str) -> None:
    assert 'href="/badges/passports/"' in as_(cast, "dora").get(path).content.decode()
    if path in {"/badges/", f"/badges/issuers/{SLUG}/"}:
        assert 'href="/badges/passports/"' not in Client().get(path).content.decode()


def test_the_same_badge_is_not_given_twice_until_it_is_withdrawn(bench: Bench, cast: Cast) -> None:
    number = actions.create_passports(organisation=cast.school, count=1, by=cast.bob, once="w")[0]
    dora, path = as_(cast, "dora"), f"/badges/issuing/{SLUG}/award/"
    first = bench.give_child(number)
    bench.give("A@example.org")
    card = sent(bench, kind="passport", passport=number)

    for form in (card, sent(bench)):
        answer = dora.post(path, form)
        assert answer.status_code == 409
        assert "was given there already" in answer.content.decode()
    assert Award.objects.count() == 2
    actions.revoke_award(award=first, by=bench.dora, why="mistake")
    assert dora.post(path, card).status_code == 302
    assert Award.objects.count() == 3


def test_a_list_names_those_who_hold_the_badge_before_anything_is_given(bench: Bench, cast: Cast) -> None:
    path, dora = f"/badges/issuing/{SLUG}/many/", as_(cast, "dora")
    claimed = bench.give("bob@example.org")
    actions.claim_award(award=claimed, person=cast.bob.person)
    form = {"once": str(uuid4()), "achievement": bench.tide.pk, "lines": "new@example.org\nBob@example.org"}
    read, hurried = dora.post(path, form), dora.post(path, form | {"sure": "yes"})

    assert (read.status_code, hurried.status_code) == (422, 409)
    for page in (read.content.decode(), hurried.content.decode()):
        assert "Line 2" in page
        assert "was given there already" in page
    assert not AwardBatch.objects.exists()


def test_a_card_s_code_leads_to_the_page_without_the_number(cast: Cast) -> None:
    page = as_(cast, "bob").post("/badges/passports/", {"once": str(uuid4()), "count": "1"}).content.decode()
    number = page.split('<h2 class="code">')[1][:19]

    assert page.count(number) == 1
    assert "QR code: http://127.0.0.1:8000/badges/passport/" in page


@pytest.mark.parametrize("ending", ["png", "svg", "json"])
def test_what_is_taken_along_is_saved_as_a_file(bench: Bench, ending: str) -> None:
    award = bench.give()
    saved = Client().get(f"/badges/awards/{award.uid}.{ending}?download=1")["Content-Disposition"]

    assert saved.startswith("attachment; filename=")
    assert saved.endswith(f'{award.uid}.{ending}"')
