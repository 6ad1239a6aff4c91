"""Sending, one at a time, limits, withdrawing, expiry, questions, other days."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.utils import timezone

from phereclos.activities.models import Activity
from phereclos.exchange import actions, limits
from phereclos.exchange.errors import AnotherIsOpen, DayOver, NotDone, NotOpen, NotVouched
from phereclos.exchange.models import Answer, MailStop, Need, Offer, Request, RequestEvent
from phereclos.exchange.partners import partners_for
from phereclos.ledger import audit, sweep
from phereclos.ledger.models import AuditEntry
from phereclos.organisations.models import Representative, Role
from tests.cast import Cast, organisation, person, represent
from tests.exchange import making


def partner(cast: Cast, number: int) -> Representative:
    who = represent(person(f"Partner{number}"), making.old(organisation(f"Partner {number}", "company")))
    cast.cluster.memberships.create(organisation=who.organisation, state="active")
    return who


def test_leads_and_deputies_of_the_addressee_get_a_link_each(cast: Cast) -> None:
    deputy = represent(person("Leo"), cast.museum, Role.MEMBER)
    deputy.is_deputy = True
    deputy.save()
    represent(person("Mia"), cast.museum, Role.MEMBER)
    request = making.request(cast)
    mails = making.send_mails()

    assert sorted(mail.to[0] for mail in mails) == ["charlie@example.org", "leo@example.org"]
    assert {link.representative for link in request.links.all()} == {cast.charlie, deputy}
    assert [event.kind for event in request.events.all()] == ["sent"]


def test_the_need_form_leads_to_a_request(cast: Cast) -> None:
    need, offer = making.need(cast), making.offer(cast)
    client = cast.client(cast.bob)
    address = f"/exchange/needs/{need.pk}/ask/"
    assert offer.title in client.get(address).content.decode()
    page = client.get(f"{address}?offer={offer.pk}").content.decode()
    sent = {
        "to": cast.museum.pk, "offer": offer.pk, "start": f"{making.YEAR}-01-18T09:30", "minutes": 90,
        "message": "Please", "once": making.hidden(page, "once"),
    }  # fmt: skip
    first, second = client.post(address, sent), client.post(address, sent)
    request = Request.objects.get()

    assert first["Location"] == second["Location"] == request.get_absolute_url()
    assert (request.offer, request.sender, request.proposed_end - request.proposed_start) == (
        offer, cast.bob, timedelta(minutes=90),
    )  # fmt: skip


def test_organisations_and_offers_of_elsewhere_are_refused_in_the_form(cast: Cast) -> None:
    need, offer = making.need(cast), making.offer(cast)
    client, address = cast.client(cast.alice), f"/exchange/needs/{need.pk}/ask/"
    sent = {"start": f"{making.YEAR}-01-18T09:30", "minutes": 90}

    assert client.get(f"{address}?to={cast.outsider.pk}").status_code == 404
    assert client.post(address, {**sent, "to": cast.outsider.pk}).status_code == 404
    assert client.post(address, {**sent, "to": cast.university.pk, "offer": offer.pk}).status_code == 422
    assert client.post(address, {**sent, "to": "9" * 400}).status_code == 404
    assert not Request.objects.exists()


def test_one_request_at_a_time_unless_the_coordinator_allows_more(cast: Cast) -> None:
    need = making.need(cast)
    making.request(cast, need=need)
    with pytest.raises(AnotherIsOpen):
        making.request(cast, need=need, to=cast.university)
    actions.allow_more(by=cast.dora, need=need)
    second = making.request(cast, need=need, to=cast.university)
    assert second.slot == 1
    with pytest.raises(AnotherIsOpen):
        making.request(cast, need=need, to=partner(cast, 1).organisation)


@pytest.mark.database
def test_the_database_itself_refuses_a_second_open_request(cast: Cast) -> None:
    request = making.request(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.create(
            need=request.need, to=cast.university, sender=cast.alice, proposed_start=request.proposed_start,
            proposed_end=request.proposed_end, answer_due_at=request.answer_due_at, expires_at=request.expires_at,
        )  # fmt: skip


@pytest.mark.database
def test_the_database_itself_refuses_a_second_answer(cast: Cast) -> None:
    request = making.request(cast)
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.DECLINE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(request=request, kind="accept", representative=cast.charlie)


def test_unvouched_sides_send_and_get_nothing(cast: Cast) -> None:
    need = making.need(cast)
    newcomer = organisation("New Company", "company", vouched=False)
    with pytest.raises(NotVouched):
        making.request(cast, need=need, to=newcomer)
    assert making.send_mails() == []


def test_drafts_held_needs_and_ones_own_organisation_are_not_asked_for(cast: Cast) -> None:
    for need, to in (
        (making.need(cast, post=False), cast.museum),
        (making.need(cast, question="www.spam.example"), cast.museum),
        (making.need(cast), cast.school),
    ):
        with pytest.raises(NotDone):
            making.request(cast, need=need, to=to)


def test_a_flood_stops_at_the_limits_and_the_coordinator_gets_one_notice(cast: Cast) -> None:
    """500 requests to 50 partners in an hour (threats: mail flood by requests)."""
    making.old(cast.school)
    cast.alice.refresh_from_db()
    partners = [partner(cast, number).organisation for number in range(50)]
    needs = [making.need(cast, question=f"Question {number}?") for number in range(60)]
    reached = []
    for number in range(500):
        try:
            making.request(cast, need=needs[number % 60], to=partners[number % 50])
        except limits.LimitReached as limit:
            reached.append(limit.whose)
        except AnotherIsOpen:
            pass
    notices = [mail for mail in making.send_mails() if "daily limit" in mail.subject]

    assert Request.objects.count() == limits.PER_SENDER
    assert set(reached) == {"sender"}
    assert [mail.to for mail in notices] == [["dora@example.org"]]


def test_no_partner_gets_more_than_its_daily_limit_and_the_sender_reads_why(cast: Cast) -> None:
    making.old(cast.school)
    cast.alice.refresh_from_db()
    for number in range(limits.PER_ADDRESSEE):
        making.request(cast, need=making.need(cast, question=f"Question {number}?"))
    need = making.need(cast, question="One more?")
    answer = cast.client(cast.alice).post(
        f"/exchange/needs/{need.pk}/ask/", {"to": cast.museum.pk, "start": f"{making.YEAR}-01-18T09:30", "minutes": 60}
    )

    assert answer.status_code == 429
    assert "as many requests today as a day allows" in answer.content.decode()
    assert Request.objects.filter(to=cast.museum).count() == limits.PER_ADDRESSEE
    assert AuditEntry.objects.filter(verb="exchange.limit_reached").count() == 1
    making.request(cast, need=need, at=timezone.now() + timedelta(days=1))


def test_withdrawing_tells_the_addressee_and_opens_the_place(cast: Cast) -> None:
    request = making.request(cast)
    making.send_mails()
    assert cast.client(cast.bob).post(f"{request.get_absolute_url()}withdraw/").status_code == 302
    request.refresh_from_db()

    assert request.state == "withdrawn"
    assert ["Withdrawn" in mail.subject for mail in making.send_mails()] == [True]
    making.request(cast, need=request.need, to=cast.university)


def test_a_mail_that_waits_is_dropped_when_its_request_was_withdrawn(cast: Cast) -> None:
    request = making.request(cast)
    actions.withdraw_request(by=cast.alice, request=request)
    assert [mail.subject.split(":")[0] for mail in making.send_mails()] == ["Withdrawn"]


def test_the_sweeper_ends_requests_past_their_time_once(cast: Cast) -> None:
    long_ago = timezone.now() - timedelta(days=40)
    request = making.request(cast, at=long_ago)
    sweep.run()
    sweep.run()
    making.send_mails()
    request.refresh_from_db()

    assert request.state == "expired"
    assert RequestEvent.objects.filter(request=request, kind="expired").count() == 1
    assert [mail.to for mail in outbox.outbox if "No answer yet" in mail.subject] == [["alice@example.org"]]
    with pytest.raises(NotOpen):
        actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.ACCEPT)


def test_it_expires_after_fourteen_working_days_of_the_addressees_country(cast: Cast) -> None:
    at = timezone.now().replace(year=2026, month=11, day=24, hour=10)
    request = making.request(cast, at=at)
    assert (request.expires_at.date().isoformat(), request.answer_due_at.date().isoformat()) == (
        "2026-12-15",
        "2026-12-01",
    )


def test_a_question_keeps_the_request_open_and_the_reply_brings_a_fresh_link(cast: Cast) -> None:
    request = making.request(cast)
    actions.ask_question(request=request, by=cast.charlie, text="How many wheelchairs?", link=making.link(request))
    making.send_mails()
    question = request.questions.get()
    almost_over = request.expires_at - timedelta(hours=1)
    actions.reply_to_question(question=question, by=cast.bob, text="Two.", at=almost_over)
    request.refresh_from_db()
    mail = next(mail for mail in making.send_mails() if "has a reply" in mail.subject)

    assert request.state == "sent"
    assert request.expires_at > almost_over + timedelta(days=5)
    assert making.paths_in(mail.body) == [f"/exchange/answer/{making.token(request)}/"]
    with pytest.raises(NotDone):
        actions.reply_to_question(question=question, by=cast.alice, text="Three.")


def test_a_question_is_replied_to_after_the_yes_too(cast: Cast) -> None:
    request = making.request(cast)
    question = actions.ask_question(request=request, by=cast.charlie, text="How many wheelchairs?")
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.ACCEPT)
    making.send_mails()
    school = cast.client(cast.alice)
    assert "its question still waits" in school.get("/me/").content.decode()
    assert (
        school.post(f"{request.get_absolute_url()}questions/{question.pk}/reply/", {"text": "Two."}).status_code == 302
    )
    request.refresh_from_db()
    (mail,) = making.send_mails()

    assert request.state == "accepted"
    assert "“Two.”" in mail.body
    assert making.paths_in(mail.body) == [request.get_absolute_url()]


def test_a_partner_says_once_that_it_can_help_and_the_school_asks_it(cast: Cast) -> None:
    need = making.need(cast)
    museum, school = cast.client(cast.charlie), cast.client(cast.alice)
    assert "We can help" in museum.get(need.get_absolute_url()).content.decode()
    for _ in range(2):
        assert museum.post(f"{need.get_absolute_url()}help/").status_code == 302
    mails = making.send_mails()
    ask = f"/exchange/needs/{need.pk}/ask/?to={cast.museum.pk}"

    assert {making.paths_in(mail.body)[0] for mail in mails} == {ask}
    assert len({mail.to[0] for mail in mails}) == len(mails)
    assert ask in school.get("/me/").content.decode()
    assert school.get(ask).status_code == 200
    assert not Request.objects.exists()
    making.request(cast, need=need)
    assert ask not in school.get("/me/").content.decode()


def test_nobody_helps_with_a_need_that_is_closed_or_ones_own(cast: Cast) -> None:
    need = making.need(cast)
    with pytest.raises(NotDone):
        actions.offer_help(by=cast.alice, need=need)
    actions.close_need(by=cast.alice, need=need)
    with pytest.raises(NotDone):
        actions.offer_help(by=cast.charlie, need=need)


def test_a_question_after_a_no_stays_without_a_reply(cast: Cast) -> None:
    request = making.request(cast)
    question = actions.ask_question(request=request, by=cast.charlie, text="How many wheelchairs?")
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.DECLINE)
    with pytest.raises(NotOpen):
        actions.reply_to_question(question=question, by=cast.alice, text="Two.")


def test_another_day_that_has_passed_is_neither_suggested_nor_taken(cast: Cast) -> None:
    request, now = making.request(cast), timezone.now()
    kind, day = Answer.Kind.OTHER_DATE, now + timedelta(days=2)
    with pytest.raises(DayOver):
        actions.answer_request(request=request, by=cast.charlie, kind=kind, other_start=now - timedelta(days=1))
    actions.answer_request(request=request, by=cast.charlie, kind=kind, other_start=day)
    with pytest.raises(DayOver):
        actions.reply_to_date(request=request, by=cast.alice, accepted=True, at=day + timedelta(hours=1))
    actions.reply_to_date(request=request, by=cast.alice, accepted=False, at=day + timedelta(hours=1))


def test_days_are_said_to_fit_only_where_both_gave_some(cast: Cast) -> None:
    today = timezone.localdate()
    making.offer(cast, when_text="Mondays")
    need = making.need(cast, latest=today + timedelta(days=30))
    assert "the days can fit" not in partners_for(need)[0].reasons
    Offer.objects.update(earliest=today)
    assert "the days can fit" in partners_for(need)[0].reasons
    Offer.objects.update(earliest=today + timedelta(days=31))
    assert "the days can fit" not in partners_for(need)[0].reasons


def test_a_question_asked_twice_by_a_double_click_is_one(cast: Cast) -> None:
    request, key = making.request(cast), str(uuid.uuid4())
    for _ in range(2):
        actions.ask_question(request=request, by=cast.charlie, text="When?", key=key)
    assert request.questions.count() == 1


def test_another_day_is_taken_and_becomes_the_activity(cast: Cast) -> None:
    request = making.request(cast)
    other = making.in_two_weeks() + timedelta(days=3)
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.OTHER_DATE, other_start=other)
    assert not Activity.objects.exists()
    request.refresh_from_db()
    assert request.state == "other_date"
    answer = cast.client(cast.alice).post(f"{request.get_absolute_url()}date/", {"take": "yes"})
    request.refresh_from_db()

    assert (answer.status_code, request.state, request.need.state) == (302, "accepted", "matched")
    assert Activity.objects.get().starts == other
    assert Activity.objects.get().ends - other == timedelta(minutes=90)


def test_another_day_that_does_not_fit_frees_the_need(cast: Cast) -> None:
    request = making.request(cast)
    later = making.in_two_weeks() + timedelta(days=3)
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.OTHER_DATE, other_start=later)
    actions.reply_to_date(request=request, by=cast.alice, accepted=False)
    with pytest.raises(NotOpen):
        actions.reply_to_date(request=request, by=cast.bob, accepted=True)

    assert not Activity.objects.exists()
    assert Need.objects.get().state == "open"
    making.request(cast, need=request.need, to=cast.university)


def test_a_reason_for_no_is_the_coordinators_to_read(cast: Cast) -> None:
    request = making.request(cast)
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.DECLINE, reason="Our boat leaks.")
    address = request.get_absolute_url()

    assert "Our boat leaks." in cast.client(cast.dora).get(address).content.decode()
    school = cast.client(cast.alice).get(address).content.decode()
    assert "Our boat leaks." not in school
    assert "Choose whom to ask next" in school
    assert not [mail for mail in making.send_mails() if "leaks" in mail.body]


def test_events_and_answers_cannot_be_edited_or_removed(cast: Cast) -> None:
    """Threats: late edit of history."""
    request = making.request(cast)
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.DECLINE)
    for row in (request.answer if hasattr(request, "answer") else Answer.objects.get(), request.events.first()):
        assert row is not None
        row.at = timezone.now() - timedelta(days=3)
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()


def test_every_step_leaves_one_entry_in_the_ledger(cast: Cast) -> None:
    request = making.request(cast)
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.ACCEPT, link=making.link(request))
    verbs = list(AuditEntry.objects.filter(verb__startswith="exchange.").order_by("pk").values_list("verb", flat=True))

    assert verbs == ["exchange.post_need", "exchange.send_request", "exchange.answer_accept"]
    assert AuditEntry.objects.get(verb="exchange.answer_accept").who.startswith("link:")
    assert list(audit.broken_links()) == []


def test_stopped_mails_leave_the_desk(cast: Cast) -> None:
    MailStop.objects.create(representative=cast.charlie, kind="exchange.request")
    request = making.request(cast)
    assert making.send_mails() == []
    assert request.links.exists()


def test_an_objection_reaches_the_coordinator_and_is_settled_on_the_record(cast: Cast) -> None:
    request = making.request(cast)
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.ACCEPT, link=making.link(request))
    making.send_mails()
    objection = actions.object_to_answer(request=request, by=cast.charlie, text="That was not me.")
    told = sorted(mail.to[0] for mail in making.send_mails())
    address = f"{request.get_absolute_url()}objections/{objection.pk}/settle/"

    assert told == ["alice@example.org", "dora@example.org"]
    assert cast.client(cast.alice).post(address, {"note": "x"}).status_code == 404
    assert cast.client(cast.dora).post(address, {"note": ""}).status_code == 422
    assert cast.client(cast.dora).post(address, {"note": "A colleague had pressed it."}).status_code == 302
    assert "A colleague had pressed it." in cast.client(cast.charlie).get(request.get_absolute_url()).content.decode()
    assert Answer.objects.get().kind == "accept"


def test_a_day_out_of_reach_is_refused(cast: Cast) -> None:
    need = making.need(cast)
    answer = cast.client(cast.alice).post(
        f"/exchange/needs/{need.pk}/ask/", {"to": cast.museum.pk, "start": "9999-12-31T23:59", "minutes": 60}
    )
    assert answer.status_code == 422
    assert not Request.objects.exists()
