"""Joining by invitation or by asking, leaving, being replaced; and who may decide."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from phereclos.accounts.models import Person
from phereclos.clusters import actions
from phereclos.clusters.models import Cluster, ClusterInvitation, Membership
from phereclos.ledger import links
from phereclos.ledger.mail import send
from phereclos.ledger.models import AuditEntry, StagedMail
from tests.cast import Cast, organisation, person, represent, signed_in
from tests.organisations.mails import written

pytestmark = pytest.mark.django_db
MEMBERS = "/clusters/tarnhaven/members/"


def invitation(cast: Cast) -> ClusterInvitation:
    return actions.invite(cluster=cast.cluster, email="erin@example.org", organisation_name="", by=cast.dora)


def link(row: ClusterInvitation) -> str:
    return f"/clusters/invitation/{links.make(purpose='cluster-invitation', key=str(row.uid), until=row.expires_at)}/"


def test_a_draft_comes_alive_with_its_second_member(cast: Cast) -> None:
    draft = Cluster.objects.create(
        name="Draft", slug="draft", region="R", countries=["AT"], languages=["en"], aims="A", blueprint="b",
        coordinator=cast.museum, founded_by=cast.charlie,
    )  # fmt: skip
    Membership.objects.create(
        cluster=draft, organisation=cast.museum, role="coordinator", state="active", joined_on=timezone.localdate()
    )
    assert Client().get("/clusters/draft/").status_code == 404
    assert cast.client(cast.charlie).get("/clusters/draft/").status_code == 200

    row = actions.invite(cluster=draft, email="erin@example.org", organisation_name="", by=cast.charlie)
    actions.accept_invitation(invitation=row, by=cast.erin)

    draft.refresh_from_db()
    assert draft.state == "live"
    assert Client().get("/clusters/draft/").status_code == 200


def test_an_invitation_mail_opens_a_page_that_joins_only_on_pressing(cast: Cast) -> None:
    """Threat 1, for invitations."""
    row = invitation(cast)
    send(StagedMail.objects.get(kind="clusters.invitation").pk)
    address = next(word for word in mail.outbox[0].body.split() if "/clusters/invitation/" in word)
    path = address.removeprefix("http://127.0.0.1:8000")
    for _ in range(3):
        assert Client().get(path).status_code == 200
        assert Client().head(path).status_code == 200
        assert cast.client(cast.erin).get(path).status_code == 200
    row.refresh_from_db()
    assert row.accepted_at is None

    assert cast.client(cast.erin).post(path).status_code == 302
    row.refresh_from_db()
    assert row.membership is not None
    assert row.membership.organisation == cast.outsider


def test_a_used_invitation_says_who_used_it_and_joins_nobody_else(cast: Cast) -> None:
    row = invitation(cast)
    actions.accept_invitation(invitation=row, by=cast.erin)
    late = represent(person("Late"), organisation("Late School", "school"))
    answer = cast.client(late).post(link(row))

    assert answer.status_code == 409
    assert "Outsider College joined with it" in answer.content.decode()
    assert not late.organisation.memberships.exists()


def test_an_old_invitation_is_gone_and_says_what_to_do(cast: Cast) -> None:
    row = invitation(cast)
    row.expires_at = timezone.now() - timedelta(seconds=1)
    row.save()

    for answer in (Client().get(link(row)), cast.client(cast.erin).post(link(row))):
        assert answer.status_code == 410
        assert b"Ask whoever invited you" in answer.content


def test_a_withdrawn_altered_or_foreign_invitation_looks_like_none(cast: Cast) -> None:
    row = invitation(cast)
    good = link(row)
    foreign = links.make(purpose="invitation", key=str(row.uid), until=row.expires_at)
    actions.withdraw_invitation(invitation=row, by=cast.dora)

    for path in (good, good[:-3] + "xx/", f"/clusters/invitation/{foreign}/", "/clusters/invitation/nonsense/"):
        assert Client().get(path).status_code == 404


def test_an_invitation_vouches_for_a_newcomer(cast: Cast) -> None:
    newcomer = represent(person("New"), organisation("New Lab", "company", vouched=False))
    row = actions.invite(cluster=cast.cluster, email="NEW@example.org", organisation_name="", by=cast.dora)
    actions.accept_invitation(invitation=row, by=newcomer)

    newcomer.organisation.refresh_from_db()
    assert newcomer.organisation.vouched_by == cast.university


def test_a_forwarded_invitation_only_asks_and_vouches_for_nobody(cast: Cast) -> None:
    """Threat 7, for invitations."""
    row = invitation(cast)
    newcomer = represent(person("New"), organisation("New Lab", "company", vouched=False))
    answer = cast.client(newcomer).post(link(row), follow=True)
    row.refresh_from_db()
    newcomer.organisation.refresh_from_db()

    assert "sent to another mailbox" in answer.content.decode()
    assert newcomer.organisation.memberships.get().state == "asked"
    assert not newcomer.organisation.is_vouched
    assert row.accepted_at is None
    assert not StagedMail.objects.filter(kind="clusters.asked_to_join").exists()


def test_invitations_have_a_limit_a_day_and_say_so(cast: Cast) -> None:
    for n in range(actions.MOST_INVITATIONS_A_DAY):
        actions.invite(cluster=cast.cluster, email=f"x{n}@example.org", organisation_name="", by=cast.dora)
    answer = cast.client(cast.dora).post(f"{MEMBERS}invite/", {"email": "one-more@example.org"})

    assert answer.status_code == 422
    assert "the next can go tomorrow" in answer.content.decode()
    assert not ClusterInvitation.objects.filter(email="one-more@example.org").exists()


def test_inviting_the_same_mailbox_twice_is_one_mail(cast: Cast) -> None:
    assert invitation(cast) == invitation(cast)
    assert StagedMail.objects.filter(kind="clusters.invitation").count() == 1


def test_asking_twice_is_asking_once_and_the_coordinator_decides(cast: Cast) -> None:
    browser = cast.client(cast.erin)
    browser.post("/clusters/tarnhaven/join/")
    browser.post("/clusters/tarnhaven/join/")
    membership = Membership.objects.get(organisation=cast.outsider)
    assert membership.state == "asked"

    cast.client(cast.dora).post(f"{MEMBERS}{membership.pk}/decide/", {"decision": "admit", "replaces": ""})
    membership.refresh_from_db()
    assert (membership.state, membership.joined_on) == ("active", timezone.localdate())


def test_a_declined_organisation_is_told_and_may_ask_again(cast: Cast) -> None:
    membership = actions.ask_to_join(cluster=cast.cluster, by=cast.erin)
    actions.decline(membership=membership, by=cast.dora)

    assert StagedMail.objects.filter(kind="clusters.decided", to="erin@example.org").count() == 1
    assert actions.ask_to_join(cluster=cast.cluster, by=cast.erin) != membership
    with pytest.raises(actions.NotPossible):
        actions.admit(membership=membership, by=cast.dora)


def test_a_member_that_left_stays_on_record_and_can_be_replaced(cast: Cast) -> None:
    left = actions.leave(
        membership=Membership.objects.get(organisation=cast.museum), by=cast.charlie, reason="Rebuilding until 2028"
    )
    asked = actions.ask_to_join(cluster=cast.cluster, by=cast.erin)
    actions.admit(membership=asked, by=cast.dora, replaces=left)
    page = Client().get("/clusters/tarnhaven/").content.decode()

    assert "took over from Museum of Tides" in page
    assert "Rebuilding until 2028" in Client().get(MEMBERS).content.decode()


def test_the_coordinator_hands_over_before_leaving(cast: Cast) -> None:
    own = Membership.objects.get(organisation=cast.university)
    with pytest.raises(actions.NotPossible):
        actions.leave(membership=own, by=cast.dora)

    actions.hand_over_coordination(
        cluster=cast.cluster, to=Membership.objects.get(organisation=cast.school), by=cast.dora
    )
    own.refresh_from_db()
    cast.cluster.refresh_from_db()
    assert (own.role, cast.cluster.coordinator) == ("member", cast.school)
    assert actions.leave(membership=own, by=cast.dora).state == "left"


def test_handing_over_is_asked_first_and_told_to_both(cast: Cast) -> None:
    dora, page = cast.client(cast.dora), f"{MEMBERS}hand-over/"
    museum = Membership.objects.get(organisation=cast.museum)
    assert "The leads of both organisations get a mail" in dora.get(page).content.decode()
    assert dora.post(page, {"to": museum.pk}).status_code == 422
    cast.cluster.refresh_from_db()
    assert cast.cluster.coordinator == cast.university

    assert dora.post(page, {"to": museum.pk, "agreed": "on"}).status_code == 302
    cast.cluster.refresh_from_db()
    assert cast.cluster.coordinator == cast.museum
    rows = StagedMail.objects.filter(kind="clusters.handed_over")
    assert {row.to for row in rows} == {"dora@example.org", "charlie@example.org"}
    assert "Museum of Tides can hand it back" in written(rows[0]).body


def test_nobody_outside_of_the_cluster_is_offered_the_coordination(cast: Cast) -> None:
    asked = actions.ask_to_join(cluster=cast.cluster, by=cast.erin)
    answer = cast.client(cast.dora).post(f"{MEMBERS}hand-over/", {"to": asked.pk, "agreed": "on"})
    assert answer.status_code == 422


EDITED = {"name": "Tarnhaven", "region": "Coast", "country_1": "AT", "languages": ["en"], "aims": "Aims of ours"}


def test_the_coordinator_edits_the_page_and_a_second_editor_overwrites_nothing(cast: Cast) -> None:
    """Threat 142."""
    dora, page, seen = cast.client(cast.dora), "/clusters/tarnhaven/edit/", cast.cluster.edition
    assert dora.get(page).status_code == 200
    for _ in range(2):  # a double click is one change
        assert dora.post(page, {**EDITED, "based_on": seen}).status_code == 302
    assert AuditEntry.objects.filter(verb="clusters.edit").count() == 1
    answer = dora.post(page, {**EDITED, "aims": "Other aims", "based_on": seen})

    cast.cluster.refresh_from_db()
    assert (cast.cluster.region, cast.cluster.aims) == ("Coast", "Aims of ours")
    assert answer.status_code == 422
    assert "Aims of ours" in answer.content.decode()
    assert "Other aims" in answer.content.decode()
    assert dora.post(page, {**EDITED, "based_on": answer.context["newest"].edition}).status_code == 302


def test_an_edited_cluster_takes_no_name_of_another(cast: Cast) -> None:
    other = Cluster.objects.create(
        name="Other", slug="other", region="R", countries=["AT"], languages=["en"], aims="A", blueprint="b",
        coordinator=cast.outsider, founded_by=cast.erin, state="live",
    )  # fmt: skip
    sent = {**EDITED, "name": "OTHER", "based_on": cast.cluster.edition}
    assert cast.client(cast.dora).post("/clusters/tarnhaven/edit/", sent).status_code == 422
    facts = {"region": "R", "countries": ["AT"], "languages": ["en"], "aims": "A", "by": cast.dora}
    with pytest.raises(actions.NameTaken) as taken:
        actions.edit_cluster(cluster=cast.cluster, name="OTHER", based_on=cast.cluster.edition, **facts)
    assert taken.value.cluster == other


@pytest.mark.parametrize("path", ["/clusters/tarnhaven/", MEMBERS])
def test_joining_is_offered_to_those_who_can(cast: Cast, path: str) -> None:
    helper = represent(person("Helper"), cast.outsider, role="member")
    nobody = signed_in(person("Nobody"))
    said = "A lead of Outsider College can ask to join."

    assert "/tarnhaven/join/" in Client().get(path).content.decode()
    assert "/tarnhaven/join/" in cast.client(cast.erin).get(path).content.decode()
    assert said in cast.client(helper).get(path).content.decode()
    assert "/tarnhaven/join/" not in cast.client(helper).get(path).content.decode()
    assert "/tarnhaven/join/" not in cast.client(cast.alice).get(path).content.decode()
    assert nobody.get("/clusters/tarnhaven/join/")["Location"] == "/organisations/new/?next=/clusters/tarnhaven/join/"


def test_an_invitation_tells_a_colleague_that_a_lead_is_needed(cast: Cast) -> None:
    helper = cast.client(represent(person("Helper"), cast.outsider, role="member"))
    row = invitation(cast)
    for answer in (helper.get(link(row)), helper.post(link(row))):
        assert "Only a lead of Outsider College can join with it" in answer.content.decode()
    assert not cast.outsider.memberships.exists()


def test_a_coordinator_without_a_public_mailbox_is_asked_for_one(cast: Cast) -> None:
    words = "Add a public mailbox"
    assert words in cast.client(cast.dora).get("/clusters/tarnhaven/").content.decode()
    assert words not in cast.client(cast.alice).get("/clusters/tarnhaven/").content.decode()


DECIDING = [
    ("invite/", {"email": "x@example.org"}),
    ("{asked}/decide/", {"decision": "admit"}),
    ("hand-over/", {"to": "{museum}", "agreed": "on"}),
    ("invitations/{invited}/withdraw/", {}),
]


@pytest.mark.parametrize(("path", "data"), DECIDING)
@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "erin"])
def test_only_the_coordinator_decides_and_others_see_nothing(
    cast: Cast, path: str, data: dict[str, str], who: str
) -> None:
    numbers = {
        "asked": actions.ask_to_join(cluster=cast.cluster, by=cast.erin).pk,
        "museum": Membership.objects.get(organisation=cast.museum).pk,
        "invited": invitation(cast).pk,
    }
    address = MEMBERS + path.format(**numbers)
    data = {name: value.format(**numbers) for name, value in data.items()}
    before = list(Membership.objects.order_by("pk").values())

    assert cast.client(getattr(cast, who)).post(address, data).status_code == 404
    assert cast.client(None).post(address, data).status_code == 302  # to sign-in
    assert list(Membership.objects.order_by("pk").values()) == before
    assert cast.client(cast.dora).post(address, data).status_code == 302


def test_numbers_of_another_cluster_are_absent(cast: Cast) -> None:
    """Threat 115."""
    other = Cluster.objects.create(
        name="Other", slug="other", region="R", countries=["AT"], languages=["en"], aims="A", blueprint="b",
        coordinator=cast.outsider, founded_by=cast.erin, state="live",
    )  # fmt: skip
    foreign = actions.ask_to_join(cluster=other, by=cast.charlie)

    answer = cast.client(cast.dora).post(f"{MEMBERS}{foreign.pk}/decide/", {"decision": "admit"})
    foreign.refresh_from_db()
    assert (answer.status_code, foreign.state) == (404, "asked")


def test_a_coordinator_s_lead_sets_up_a_second_factor_before_anything_else(cast: Cast) -> None:
    Person.objects.update(is_demonstration=False)

    assert cast.client(cast.dora).get("/me/")["Location"].startswith("/me/security/")
    assert cast.client(cast.charlie).get("/me/").status_code == 200
