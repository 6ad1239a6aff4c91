"""Awarding, withdrawing, and what must stay true of the signed bytes."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from phereclos.badges import actions, invariants, own
from phereclos.badges.models import Achievement, Award, Issuer, StatusList
from phereclos.badges.recipients import ToMailbox, ToOrganisation, ToPerson
from phereclos.ledger.invariants import broken
from phereclos.ledger.models import AuditEntry, StagedMail
from phereclos.ledger.once import KeyReused
from tests.badges.conftest import Bench
from tests.cast import Cast
from verifiable_badges import Outcome, Report, verify

pytestmark = pytest.mark.database


def report(award: Award) -> Report:
    """As a stranger's program sees it: the bytes, our published documents, nothing else."""
    return verify(bytes(award.credential), resolve=own.KeyDocuments(), fetch=own.published_list, now=timezone.now())


def test_an_award_verifies_and_its_bytes_are_kept(bench: Bench) -> None:
    award = bench.give()
    award.refresh_from_db()

    assert report(award).verdict is Outcome.PASSED
    assert hashlib.sha256(bytes(award.credential)).hexdigest() == award.sha256
    said = json.loads(bytes(award.credential))
    assert said["id"] == f"{settings.PUBLIC_URL}/badges/awards/{award.uid}/"
    assert said["credentialSubject"]["id"].startswith("urn:uuid:")
    assert list(broken()) == []


def test_the_signed_bytes_name_nobody(bench: Bench, cast: Cast) -> None:
    award = bench.give("aino@example.org")
    to_person = bench.give(recipient=ToPerson(cast.alice.person))

    assert b"aino" not in bytes(award.credential)
    assert b"alice" not in bytes(to_person.credential).lower()


def test_an_adult_may_have_the_mailbox_sealed_into_the_badge(bench: Bench) -> None:
    from verifiable_badges.policy import RecipientIs

    award = bench.give(recipient=ToMailbox("aino@example.org", sealed=True))
    data = bytes(award.credential)

    assert b"aino" not in data
    world = {"resolve": own.KeyDocuments(), "fetch": own.published_list, "now": timezone.now()}
    mine = verify(data, expectations=[RecipientIs("Aino@example.org")], **world)
    other = verify(data, expectations=[RecipientIs("bob@example.org")], **world)
    assert mine.check("recipient").outcome is Outcome.PASSED
    assert other.check("recipient").outcome is Outcome.FAILED


def test_the_same_key_gives_one_badge_and_other_content_is_refused(bench: Bench) -> None:
    key = str(uuid4())
    first, again = (bench.give("aino@example.org", once=key) for _ in range(2))

    assert first.pk == again.pk
    assert Award.objects.count() == 1
    assert StagedMail.objects.filter(kind="badges.awarded").count() == 1
    with pytest.raises(KeyReused):
        bench.give("somebody.else@example.org", once=key)


def test_every_award_has_one_entry_in_the_ledger(bench: Bench) -> None:
    award = bench.give()
    entries = AuditEntry.objects.filter(verb="badges.award", what=f"award:{award.pk}")

    assert entries.count() == 1
    assert "example.org" not in json.dumps(list(AuditEntry.objects.values("who", "what", "details", "for_whom")))


def test_withdrawing_sets_one_bit_and_nothing_else(bench: Bench) -> None:
    kept, withdrawn = bench.give(), bench.give("tomasz@example.org")
    before = bytes(withdrawn.credential)

    actions.revoke_award(award=withdrawn, by=bench.dora, why="mistake", reason="Two people of one name.")
    withdrawn.refresh_from_db()

    assert report(withdrawn).check("status").code == "revoked"
    assert report(withdrawn).verdict is Outcome.FAILED
    assert report(kept).verdict is Outcome.PASSED
    assert bytes(withdrawn.credential) == before
    assert list(broken()) == []


def test_withdrawing_twice_is_once(bench: Bench) -> None:
    award = bench.give()
    actions.revoke_award(award=award, by=bench.dora, why="mistake")
    moment = Award.objects.get(pk=award.pk).revoked_at
    actions.revoke_award(award=award, by=bench.dora, why="not_earned")

    award.refresh_from_db()
    assert (award.revoked_at, award.revoked_class) == (moment, "mistake")
    assert AuditEntry.objects.filter(verb="badges.revoke_award").count() == 1


def test_badges_of_three_keys_all_verify_and_only_the_last_key_signs(bench: Bench) -> None:
    awards = []
    for _ in range(3):
        awards.append(bench.give())
        actions.rotate_key(issuer=bench.issuer, by=bench.dora)
    awards.append(bench.give())

    assert [report(award).verdict for award in awards] == [Outcome.PASSED] * 4
    assert len({award.key_id for award in awards}) == 4
    assert awards[-1].key_id == bench.issuer.keys.active().get().pk
    assert list(broken()) == []


def test_a_badge_of_a_retired_key_can_still_be_withdrawn(bench: Bench) -> None:
    old = bench.give()
    actions.rotate_key(issuer=bench.issuer, by=bench.dora)
    actions.revoke_award(award=old, by=bench.dora, why="mistake")

    assert report(old).check("status").code == "revoked"
    assert list(broken()) == []


def test_on_an_https_site_the_identity_is_did_web_and_survives_three_keys(cast: Cast, settings) -> None:
    from phereclos.badges import achievements

    settings.PUBLIC_URL = "https://cluster.example.org"
    achievements.load()
    issuer = actions.become_issuer(organisation=cast.museum, by=cast.charlie)
    tide = Achievement.objects.get(slug="tide-watcher")
    actions.adopt_achievement(issuer=issuer, achievement=tide, by=cast.charlie)
    bench = Bench(issuer, tide, cast.charlie)
    awards = []
    for _ in range(3):
        awards.append(bench.give())
        actions.rotate_key(issuer=issuer, by=cast.charlie)
    actions.revoke_award(award=awards[0], by=cast.charlie, why="mistake")

    dids = {json.loads(bytes(award.credential))["issuer"]["id"] for award in awards}
    assert dids == {"did:web:cluster.example.org:badges:issuers:museum-of-tides"}
    assert [report(award).verdict for award in awards] == [Outcome.FAILED, Outcome.PASSED, Outcome.PASSED]
    assert StatusList.objects.filter(issuer=issuer).count() == 1
    document = own.KeyDocuments()(dids.pop())
    assert len(document["assertionMethod"]) == 4


def test_a_stolen_key_leaves_the_document_and_signs_nothing_more(cast: Cast, settings) -> None:
    from phereclos.badges import achievements

    settings.PUBLIC_URL = "https://cluster.example.org"
    achievements.load()
    issuer = actions.become_issuer(organisation=cast.museum, by=cast.charlie)
    tide = Achievement.objects.get(slug="tide-watcher")
    actions.adopt_achievement(issuer=issuer, achievement=tide, by=cast.charlie)
    bench = Bench(issuer, tide, cast.charlie)
    old = bench.give()
    actions.mark_key_stolen(issuer=issuer, key=old.key, since=timezone.now() - timedelta(days=1), by=cast.charlie)
    new = bench.give()

    assert report(old).check("proof").code == "key_not_listed"
    assert report(new).verdict is Outcome.PASSED


def test_places_in_the_list_tell_nothing_of_time(bench: Bench) -> None:
    awards = [bench.give(f"p{number}@example.org", tell=False) for number in range(60)]
    places = [award.status_index for award in awards]

    assert len(set(places)) == 60
    assert places != sorted(places)
    assert max(places) > 65_536 > min(places)


def test_an_award_to_an_organisation_and_to_a_passport(bench: Bench, cast: Cast) -> None:
    numbers = actions.create_passports(organisation=cast.school, count=1, by=cast.bob, once="a")
    child, whole = bench.give_child(numbers[0]), bench.give(recipient=ToOrganisation(cast.school))

    assert (child.opened_at, whole.opened_at is None) == (None, False)
    assert report(child).verdict is report(whole).verdict is Outcome.PASSED
    assert StagedMail.objects.count() == 0


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "erin"])
def test_nobody_signs_for_another_organisation(bench: Bench, cast: Cast, who: str) -> None:
    with pytest.raises(actions.NotAwardable):
        actions.award(
            achievement=bench.tide, issuer=bench.issuer, recipient=ToMailbox("x@example.org"),
            by=getattr(cast, who), once=str(uuid4()),
        )  # fmt: skip
    assert not Award.objects.exists()


def test_a_role_without_a_programme_is_not_awarded(bench: Bench) -> None:
    with pytest.raises(actions.NotAwardable):
        bench.give(achievement=Achievement.objects.get(slug="sailor"))
    with pytest.raises(actions.NotAwardable):
        bench.give(achievement=Achievement.objects.get(slug="robot-trainer"))


def test_an_organisation_nobody_vouched_for_signs_nothing(bench: Bench, cast: Cast) -> None:
    cast.university.vouched_at = None
    cast.university.save()
    with pytest.raises(actions.NotAwardable):
        Bench(Issuer.objects.get(), bench.tide, cast.dora).give()


def test_a_role_is_combined_with_a_programme_and_awarded(bench: Bench, cast: Cast) -> None:
    values = {
        "issuer": bench.issuer, "role": Achievement.objects.get(slug="machinist"), "programme": "Robot Club",
        "about": "Six afternoons with a robot.", "setting": "informal", "subject": "technology", "glyph": "arm",
        "by": cast.dora,
    }  # fmt: skip
    made, again = actions.create_role_achievement(**values), actions.create_role_achievement(**values)

    assert made.pk == again.pk
    assert made.name == "Machinist: Robot Club"
    assert made.alt == "Six-sided badge with a dotted ring, a robot arm, on purple"
    assert report(bench.give(achievement=made)).verdict is Outcome.PASSED


def test_a_changed_byte_in_the_database_is_noticed(bench: Bench) -> None:
    award = bench.give()
    Award.objects.filter(pk=award.pk).update(credential=bytes(award.credential).replace(b"Tide", b"Time"))

    assert list(invariants.every_award_is_signed_and_unchanged())


def test_a_status_list_that_says_something_else_is_noticed(bench: Bench) -> None:
    award = bench.give()
    Award.objects.filter(pk=award.pk).update(revoked_at=timezone.now())

    assert list(invariants.every_status_list_says_what_is_committed())


def test_a_passport_that_names_somebody_is_refused_by_the_database(bench: Bench, cast: Cast) -> None:
    from django.db import IntegrityError, transaction

    number = actions.create_passports(organisation=cast.school, count=1, by=cast.bob, once="b")[0]
    award = bench.give_child(number)
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(person=cast.alice.person)
