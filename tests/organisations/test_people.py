"""Joining, inviting, roles, handing over: who may, and that nobody is left without a lead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from phereclos.ledger import links
from phereclos.ledger.models import AuditEntry, StagedMail
from phereclos.organisations import actions
from phereclos.organisations.mails import invitation_token
from phereclos.organisations.models import Invitation, JoinRequest, Organisation, Representative, Role
from tests.cast import Cast, person, represent, signed_in
from tests.organisations.mails import path_in, staged, written

SCHOOL = "/organisations/saltgate-primary-school"


def roles_of(organisation: Organisation) -> list[str]:
    present = Representative.objects.present().filter(organisation=organisation)
    return sorted(f"{role.person.name}:{role.role}" for role in present.select_related("person"))


# Asking to join


def test_a_lead_lets_in_who_asked(cast: Cast) -> None:
    nora = person("Nora")
    signed_in(nora).post(f"{SCHOOL}/join/", {"message": "I teach physics."})
    asked = JoinRequest.objects.get()
    assert [row.to for row in staged("organisations.join_request")] == ["alice@example.org"]
    assert "Nora" in cast.client(cast.alice).get("/me/").content.decode()

    cast.client(cast.alice).post(f"{SCHOOL}/join/{asked.pk}/", {"decision": "approve", "role": "member"})

    assert "Nora:member" in roles_of(cast.school)
    assert "Saltgate" in written(staged("organisations.join_decided")[0]).body


def test_a_lead_declines(cast: Cast) -> None:
    asked = actions.ask_to_join(person=person("Nora"), organisation=cast.school)
    cast.client(cast.alice).post(f"{SCHOOL}/join/{asked.pk}/", {"decision": "decline"})

    assert roles_of(cast.school) == ["Alice:lead", "Bob:member"]
    asked.refresh_from_db()
    assert asked.state == JoinRequest.State.DECLINED


def test_nobody_but_a_present_lead_decides(cast: Cast) -> None:
    nora = person("Nora")
    asked = actions.ask_to_join(person=nora, organisation=cast.school)
    gone = represent(person("Greta"), cast.school)
    gone.until = timezone.now()
    gone.save()
    for who in (cast.bob.person, cast.charlie.person, gone.person, nora):
        answer = signed_in(who).post(f"{SCHOOL}/join/{asked.pk}/", {"decision": "approve"})
        assert answer.status_code == 404
    assert Client().post(f"{SCHOOL}/join/{asked.pk}/").status_code == 302
    for by in (cast.bob, cast.charlie, gone):
        with pytest.raises(actions.NotNow):
            actions.decide_join_request(request=asked, by=by, approve=True)

    assert "Nora:member" not in roles_of(cast.school)


def test_nobody_lets_themselves_in_through_a_second_role(cast: Cast) -> None:
    asked = JoinRequest.objects.create(person=cast.alice.person, organisation=cast.school)
    with pytest.raises(actions.NotNow):
        actions.decide_join_request(request=asked, by=cast.alice, approve=True)


def test_a_request_of_another_organisation_is_absent(cast: Cast) -> None:
    asked = actions.ask_to_join(person=person("Nora"), organisation=cast.school)
    client = cast.client(cast.charlie)

    assert client.get(f"/organisations/museum-of-tides/join/{asked.pk}/").status_code == 404
    assert client.get("/organisations/museum-of-tides/join/999/").status_code == 404


@pytest.mark.database
def test_asking_twice_is_one_request(cast: Cast) -> None:
    nora = person("Nora")
    one = actions.ask_to_join(person=nora, organisation=cast.school)
    two = actions.ask_to_join(person=nora, organisation=cast.school)

    assert one == two
    assert len(staged("organisations.join_request")) == 1


@pytest.mark.database
def test_a_decision_is_made_once(cast: Cast) -> None:
    asked = actions.ask_to_join(person=person("Nora"), organisation=cast.school)
    actions.decide_join_request(request=asked, by=cast.alice, approve=False)
    with pytest.raises(actions.NotNow):
        actions.decide_join_request(request=asked, by=cast.alice, approve=True)


# Invitations


@pytest.fixture
def invitation(cast: Cast) -> Invitation:
    return actions.invite(by=cast.alice, email="Nora@example.org", role=Role.AWARDER)


def test_an_invited_newcomer_comes_back_from_signing_in_and_says_yes(cast: Cast, invitation: Invitation) -> None:
    path = path_in(written(staged("organisations.invitation")[0]))
    page = Client().get(path).content.decode()
    assert f"/accounts/signup/?next={path}" in page.replace("%2F", "/")

    client = signed_in(person("Nora"))
    assert client.get(path).status_code == 200
    assert "Nora:awarder" not in roles_of(cast.school)
    client.post(path)

    assert "Nora:awarder" in roles_of(cast.school)
    assert client.session["acting_for"] == cast.school.pk


def test_a_scanner_accepts_nothing(cast: Cast, invitation: Invitation) -> None:
    path = f"/organisations/invitation/{invitation_token(invitation)}/"
    client = signed_in(person("Nora"))
    for _ in range(5):
        client.get(path)
        client.head(path)
        client.options(path)
        Client().post(path)

    assert roles_of(cast.school) == ["Alice:lead", "Bob:member"]


def test_a_forwarded_invitation_only_asks(cast: Cast, invitation: Invitation) -> None:
    mallory = signed_in(person("Mallory"))
    mallory.post(f"/organisations/invitation/{invitation_token(invitation)}/")

    assert "Mallory:awarder" not in roles_of(cast.school)
    assert JoinRequest.objects.get().person.name == "Mallory"


@pytest.mark.database
def test_a_used_invitation_opens_for_nobody_else(cast: Cast, invitation: Invitation) -> None:
    path = f"/organisations/invitation/{invitation_token(invitation)}/"
    nora = signed_in(person("Nora"))
    nora.post(path)
    assert nora.post(path).status_code == 302

    assert signed_in(person("Mallory")).get(path).status_code == 410
    assert Client().get(path).status_code == 410
    assert Representative.objects.filter(organisation=cast.school).count() == 3


def test_an_expired_invitation_says_so(cast: Cast, invitation: Invitation) -> None:
    invitation.expires_at = timezone.now() - timedelta(seconds=1)
    path = f"/organisations/invitation/{invitation_token(invitation)}/"

    answer = signed_in(person("Nora")).post(path)
    assert answer.status_code == 410
    assert "run out" in answer.content.decode()


def test_a_withdrawn_invitation_says_so(cast: Cast, invitation: Invitation) -> None:
    cast.client(cast.alice).post(f"{SCHOOL}/invitations/{invitation.uid}/withdraw/")
    path = f"/organisations/invitation/{invitation_token(invitation)}/"

    assert signed_in(person("Nora")).post(path).status_code == 410
    assert roles_of(cast.school) == ["Alice:lead", "Bob:member"]


def test_an_altered_invitation_is_refused_alike_everywhere(cast: Cast, invitation: Invitation) -> None:
    token = invitation_token(invitation)
    client = Client()
    for place in range(len(token)):
        for changed in (
            token[:place] + token[place + 1 :],
            token[:place] + token[place].swapcase() + token[place + 1 :],
        ):
            if changed != token:
                assert client.get(f"/organisations/invitation/{changed}/").status_code == 404


def test_a_link_for_another_purpose_opens_no_invitation(cast: Cast, invitation: Invitation) -> None:
    until = timezone.now() + timedelta(days=1)
    for purpose in ("cluster-invitation", "answer", "claim"):
        token = links.make(purpose=purpose, key=invitation.uid.hex, until=until)
        assert Client().get(f"/organisations/invitation/{token}/").status_code == 404


def test_only_leads_of_the_organisation_invite_and_withdraw(cast: Cast, invitation: Invitation) -> None:
    for who in (cast.bob, cast.charlie, cast.erin):
        client = cast.client(who)
        sent = {"email": "x@example.org", "role": "lead"}
        assert client.post(f"{SCHOOL}/people/", sent).status_code == 404
        assert client.post(f"{SCHOOL}/invitations/{invitation.uid}/withdraw/").status_code == 404
    assert Client().post(f"{SCHOOL}/people/").status_code == 302

    assert Invitation.objects.count() == 1
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None


@pytest.mark.database
def test_the_same_invitation_twice_is_one_mail(cast: Cast, invitation: Invitation) -> None:
    again = actions.invite(by=cast.alice, email="nora@EXAMPLE.org", role=Role.AWARDER)

    assert again == invitation
    assert len(staged("organisations.invitation")) == 1


def test_whoever_acts_already_is_not_invited_again(cast: Cast) -> None:
    answer = cast.client(cast.alice).post(
        "/organisations/saltgate-primary-school/people/", {"email": "BOB@example.org", "role": "member"}
    )
    assert answer.status_code == 422
    assert "acts for your organisation already" in answer.content.decode()


def test_one_organisation_cannot_flood(cast: Cast) -> None:
    for n in range(actions.MOST_INVITATIONS_A_DAY):
        actions.invite(by=cast.alice, email=f"n{n}@example.org")
    answer = cast.client(cast.alice).post(f"{SCHOOL}/people/", {"email": "one@more.org", "role": "member"})

    assert answer.status_code == 422
    assert StagedMail.objects.count() == actions.MOST_INVITATIONS_A_DAY


def test_no_link_and_no_name_lies_in_ledger_rows(cast: Cast, invitation: Invitation) -> None:
    row, entry = staged("organisations.invitation")[0], AuditEntry.objects.get(verb="organisations.invite")

    assert row.references == {"invitation_id": invitation.pk}
    assert "nora" not in f"{entry.what}{entry.details}".lower()


# Roles


def test_a_lead_changes_a_role(cast: Cast) -> None:
    cast.client(cast.alice).post(f"{SCHOOL}/people/{cast.bob.pk}/", {"role": "awarder", "is_deputy": "on"})

    cast.bob.refresh_from_db()
    assert (cast.bob.role, cast.bob.is_deputy) == (Role.AWARDER, True)


@pytest.mark.parametrize("sent", [{"role": "lead"}, {"role": "member", "end": "yes"}])
def test_others_change_no_roles(cast: Cast, sent: dict[str, str]) -> None:
    for who in (cast.bob, cast.charlie, cast.erin):
        assert cast.client(who).post(f"{SCHOOL}/people/{cast.bob.pk}/", sent).status_code == 404
        assert cast.client(who).post(f"{SCHOOL}/people/999/", sent).status_code == 404
    foreign = f"/organisations/museum-of-tides/people/{cast.bob.pk}/"
    assert cast.client(cast.charlie).post(foreign, sent).status_code == 404

    assert roles_of(cast.school) == ["Alice:lead", "Bob:member"]


@pytest.mark.parametrize("sent", [{"role": "member"}, {"role": "lead", "end": "yes"}])
def test_the_last_lead_stays_until_handing_over(cast: Cast, sent: dict[str, str]) -> None:
    answer = cast.client(cast.alice).post(f"{SCHOOL}/people/{cast.alice.pk}/", sent)

    assert answer.status_code == 422
    assert roles_of(cast.school) == ["Alice:lead", "Bob:member"]


def test_the_last_lead_cannot_just_leave(cast: Cast) -> None:
    cast.client(cast.alice).post(f"{SCHOOL}/leave/", {"end": "yes"})

    assert "Alice:lead" in roles_of(cast.school)


def test_handing_over_lets_the_lead_go(cast: Cast) -> None:
    cast.client(cast.alice).post(f"{SCHOOL}/leave/", {"to": cast.bob.pk, "leave": "on"})

    assert roles_of(cast.school) == ["Bob:lead"]
    cast.alice.refresh_from_db()
    assert cast.alice.until is not None


def test_handing_over_to_somebody_elsewhere_is_refused(cast: Cast) -> None:
    answer = cast.client(cast.alice).post(f"{SCHOOL}/leave/", {"to": cast.charlie.pk, "leave": "on"})

    assert answer.status_code == 422
    with pytest.raises(actions.NotNow):
        actions.hand_over(by=cast.alice, to=cast.charlie, leave=True)
    assert roles_of(cast.school) == ["Alice:lead", "Bob:member"]


def test_a_representative_leaves_alone(cast: Cast) -> None:
    client = cast.client(cast.bob)
    client.post(f"{SCHOOL}/leave/", {"end": "yes"})

    assert roles_of(cast.school) == ["Alice:lead"]
    assert client.get(f"{SCHOOL}/people/").status_code == 404


@pytest.mark.database
def test_of_two_leads_only_one_can_go(cast: Cast) -> None:
    second = represent(person("Greta"), cast.school)
    actions.end_representation(representative=cast.alice, by=cast.alice)
    with pytest.raises(actions.LastLead):
        actions.end_representation(representative=second, by=second)


@pytest.mark.database
def test_a_role_that_ended_has_no_rights(cast: Cast) -> None:
    second = represent(person("Greta"), cast.school)
    actions.end_representation(representative=cast.alice, by=second)
    with pytest.raises(actions.NotNow):
        actions.change_role(representative=second, by=cast.alice, role=Role.MEMBER, is_deputy=False)


# Acting on behalf


def test_people_of_an_organisation_are_for_its_own_eyes(cast: Cast) -> None:
    assert cast.client(cast.bob).get(f"{SCHOOL}/people/").status_code == 200
    assert cast.client(cast.charlie).get(f"{SCHOOL}/people/").status_code == 404
    assert b"Alice" not in Client().get(f"{SCHOOL}/").content


def test_a_person_of_two_organisations_acts_for_the_chosen_one_only(cast: Cast) -> None:
    represent(cast.alice.person, cast.museum)
    client = cast.client(cast.alice)
    assert client.get("/organisations/museum-of-tides/people/").status_code == 404

    client.post("/me/acting/", {"organisation": cast.museum.pk})
    assert client.get("/organisations/museum-of-tides/people/").status_code == 200
    assert client.get(f"{SCHOOL}/people/").status_code == 404
    assert client.post(f"{SCHOOL}/edit/", {"name": "X"}).status_code == 404


@pytest.mark.parametrize("organisation", ["museum", "outsider"])
def test_nobody_acts_for_an_organisation_that_is_not_theirs(cast: Cast, organisation: str) -> None:
    client = cast.client(cast.alice)
    other = getattr(cast, organisation)
    assert client.post("/me/acting/", {"organisation": other.pk}).status_code == 404
    for absent in ("999999", "", "x", "-1", "9" * 40):
        assert client.post("/me/acting/", {"organisation": absent}).status_code == 404


def test_a_forged_session_gives_no_rights(cast: Cast) -> None:
    client = cast.client(cast.alice)
    session = client.session
    session["acting_for"] = cast.museum.pk
    session.save()

    assert client.get("/organisations/museum-of-tides/people/").status_code == 404


def test_the_desk_is_for_signed_in_people(cast: Cast) -> None:
    assert Client().get("/me/")["Location"].startswith("/accounts/login/")
    assert cast.client(cast.alice).get("/me/").status_code == 200
    assert signed_in(person("Nora")).get("/me/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/me/acting/", f"{SCHOOL}/invitations/6f1c0c1e-0000-4000-8000-000000000000/withdraw/"]
)
def test_addresses_that_write_cannot_be_opened(cast: Cast, path: str) -> None:
    assert cast.client(cast.alice).get(path).status_code == 405
