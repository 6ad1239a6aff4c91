"""Answer links in mails: the fourteen abuse cases of the threat model, and what the page says."""

from __future__ import annotations

import os
import re
import threading
import uuid
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import connection, connections
from django.test import Client, override_settings
from django.utils import timezone

from phereclos.activities.models import Activity
from phereclos.exchange import actions, links
from phereclos.exchange.errors import DayOver, NotOpen
from phereclos.exchange.models import Answer, AnswerLink, MailStop, Request, RequestEvent
from phereclos.ledger import links as ledger_links
from phereclos.organisations.models import Role
from tests.cast import Cast, organisation, person, represent
from tests.exchange import making

PAIRS = int(os.environ.get("PAIRS", "50"))


def address(request: Request) -> str:
    return f"/exchange/answer/{making.token(request)}/"


def opened(client: Client, path: str) -> dict[str, str]:
    """What the form of the page would send, without a choice."""
    page = client.get(path).content.decode()
    return {"form_token": making.hidden(page, "form_token"), "once": making.hidden(page, "once")}


def answer(client: Client, path: str, **sent: Any) -> Any:
    return client.post(path, {**opened(client, path), **sent})


def unanswered(request: Request) -> bool:
    request.refresh_from_db()
    steps = request.events.exclude(kind="sent").exists()
    return request.state == "sent" and not steps and not Answer.objects.filter(request=request).exists()


# 1


def test_a_scanner_that_opens_everything_fifty_times_answers_nothing(cast: Cast) -> None:
    request = making.request(cast)
    (mail,) = making.send_mails()
    paths = making.paths_in(mail.body)
    assert len(paths) == 4
    for number in range(50):
        scanner = Client(REMOTE_ADDR=f"203.0.113.{number}")
        method = ("GET", "HEAD", "OPTIONS")[number % 3]
        for path in paths:
            assert scanner.generic(method, path).status_code == (405 if method == "OPTIONS" else 200)

    assert unanswered(request)
    assert not MailStop.objects.exists()
    assert answer(Client(), paths[0].split("?")[0], choice="accept").status_code == 302
    assert Answer.objects.get().kind == "accept"


def test_each_link_of_the_mail_leads_to_one_page_with_its_choice_ticked(cast: Cast) -> None:
    making.request(cast)
    (mail,) = making.send_mails()
    accept, other_date, ask, _stop = making.paths_in(mail.body)
    for path, value in ((accept, "accept"), (other_date, "other_date"), (ask, "ask")):
        page = Client().get(path).content.decode()
        assert re.findall(r'name="choice" value="(\w+)" checked', page) == [value]


# 2


def test_a_used_link_shows_what_was_answered_and_keeps_the_first(cast: Cast) -> None:
    request, client = making.request(cast), Client()
    sent = opened(client, address(request))
    first = client.post(address(request), {**sent, "choice": "accept", "note": "At the steps."})
    second = client.post(address(request), {**sent, "choice": "decline"})
    third = client.post(address(request), {**sent, "choice": "accept"})
    page = client.get(address(request)).content.decode()

    assert (first.status_code, second.status_code, third.status_code) == (302, 409, 409)
    assert "The first answer stands" in second.content.decode()
    assert "Yes, on" in page
    assert "At the steps." in page
    assert Answer.objects.get().kind == "accept"
    assert Activity.objects.count() == 1
    assert RequestEvent.objects.filter(request=request).count() == 2


# 3


def test_an_expired_link_says_so_and_how_to_answer_otherwise(cast: Cast) -> None:
    request, client = making.request(cast), Client()
    path, sent = address(request), opened(client, address(request))
    one_second_later = request.expires_at + timedelta(seconds=1)
    with mock.patch("django.utils.timezone.now", return_value=one_second_later):
        shown, posted = client.get(path), client.post(path, {**sent, "choice": "accept"})

    assert (shown.status_code, posted.status_code) == (410, 410)
    assert "This link has ended" in shown.content.decode()
    assert "How to answer otherwise" in shown.content.decode()
    assert unanswered(request)


# 4


def test_every_altered_link_gets_one_and_the_same_refusal(cast: Cast) -> None:
    request, client = making.request(cast), Client()
    good = making.token(request)
    variants = set()
    for place, letter in enumerate(good):
        other = "b" if letter == "a" else "a"
        variants |= {
            good[:place] + other + good[place + 1 :],
            good[:place] + good[place + 1 :],
            good[:place] + letter + good[place:],
            good[:place] + letter.swapcase() + good[place + 1 :],
        }
    variants -= {good}
    body = Client().get("/exchange/answer/nonsense/").content
    for variant in variants:
        path = f"/exchange/answer/{variant}/"
        for response in (client.get(path), client.post(path, {"choice": "accept"})):
            assert response.status_code == 404, variant
            assert response.content == body, variant
    assert unanswered(request)


# 5


def test_a_token_opens_only_what_it_was_made_for(cast: Cast) -> None:
    request = making.request(cast)
    link, now = making.link(request), timezone.now()
    tokens = {
        "answer": links.token_of(link),
        "object": links.object_token(link, now),
        "stop-mails": links.stop_token(cast.charlie, "exchange.request", now),
        "answer-form": links.form_token(link, "answer", link.until),
        "object-form": links.form_token(link, "object", link.until),
        **{
            purpose: ledger_links.make(purpose=purpose, key=link.uid.hex, until=link.until)
            for purpose in ("decline", "invitation", "sign-in", "share", "claim", "date", "date-form", "unsubscribe")
        },
    }
    for name in ("answer", "date", "object", "stop-mails"):
        for purpose, token in tokens.items():
            response = Client().post(f"/exchange/{name}/{token}/", {"choice": "accept", "take": "yes"})
            if purpose == name == "stop-mails":
                assert response.status_code == 200
            else:
                assert response.status_code == 404, (name, purpose)
    assert unanswered(request)


# 6


def test_the_proof_of_one_page_does_not_serve_another_request(cast: Cast) -> None:
    first = making.request(cast)
    second = making.request(cast, need=making.need(cast, question="Another?"))
    client = Client()
    sent = opened(client, address(first))
    response = client.post(address(second), {**sent, "choice": "accept"})

    assert response.status_code == 404
    assert response.content == client.get(f"/exchange/answer/{'0' * 32}.0~x/").content
    assert unanswered(first)
    assert unanswered(second)


# 7


def test_a_forwarded_link_shows_only_what_the_mail_said_and_tells_the_addressee(cast: Cast) -> None:
    past = making.request(cast, message="An older talk.")
    actions.answer_request(request=past, by=cast.charlie, kind=Answer.Kind.DECLINE, reason="Not on Mondays.")
    deputy = represent(person("Leonora"), cast.museum, Role.MEMBER)
    deputy.is_deputy = True
    deputy.save()
    request = making.request(cast, need=making.need(cast, question="Another?"))
    link = request.links.get(representative=cast.charlie)
    path = f"/exchange/answer/{links.token_of(link)}/"
    making.send_mails()
    page = Client().get(path).content.decode()
    for word in ("Leonora", "@example.org", "An older talk", "Not on Mondays", "Bob", "Dora"):
        assert word not in page

    answer(Client(), path, choice="accept")
    told = {mail.to[0]: mail.body for mail in making.send_mails() if mail.subject.startswith("Answered")}
    assert set(told) == {"charlie@example.org", "leonora@example.org"}
    for body in told.values():
        assert "It came from the link that was sent to Charlie" in body
        _activity, objecting = making.paths_in(body)
        assert Client().get(objecting).status_code == 200


def test_whoever_gets_the_notice_can_object_without_signing_in(cast: Cast) -> None:
    request = making.request(cast)
    answer(Client(), address(request), choice="accept")
    mail = next(mail for mail in making.send_mails() if mail.subject.startswith("Answered"))
    _activity, path = making.paths_in(mail.body)
    client = Client()
    assert client.post(path, {"text": "Not me."}).status_code == 404
    proof = making.hidden(client.get(path).content.decode(), "form_token")
    assert client.post(path, {"form_token": proof, "text": "Not me."}).status_code == 302
    assert "The coordinator knows" in client.get(path).content.decode()
    assert request.objections.get().text == "Not me."
    assert sorted(mail.to[0] for mail in making.send_mails()) == ["alice@example.org", "dora@example.org"]


# 8


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_at_the_same_moment_exactly_one_answer_stays(cast: Cast) -> None:
    """One accepts while the other declines, each in a thread and connection of its own; PAIRS=200 for the long run."""
    second = represent(person("Leo"), cast.museum)
    for number in range(PAIRS):
        need = making.need(cast, question=f"Question {number}?")
        request = making.request(cast, need=need, at=timezone.now() - timedelta(days=number % 9), tell=False)
        Request.objects.filter(pk=request.pk).update(sent_at=timezone.now() - timedelta(days=100 + number))
        start, outcomes = threading.Barrier(2), []

        def give(
            by: Any, kind: Answer.Kind, request: Request = request, start: Any = start, outcomes: Any = outcomes
        ) -> None:
            start.wait()
            try:
                actions.answer_request(request=request, by=by, kind=kind, tell=False)
                outcomes.append("kept")
            except NotOpen as not_open:
                outcomes.append(not_open.request.answer.kind)
            finally:
                connections.close_all()

        threads = [
            threading.Thread(target=give, args=(cast.charlie, Answer.Kind.ACCEPT)),
            threading.Thread(target=give, args=(second, Answer.Kind.DECLINE)),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        kept = Answer.objects.get(request=request)
        assert sorted(outcomes) == sorted(["kept", kept.kind])
        assert Activity.objects.filter(request=request).count() == (kept.kind == "accept")


def test_the_other_person_reads_who_answered_what(cast: Cast) -> None:
    second = represent(person("Leo"), cast.museum)
    request = making.request(cast)
    leo = request.links.get(representative=second)
    answer(
        Client(),
        f"/exchange/answer/{links.token_of(request.links.get(representative=cast.charlie))}/",
        choice="decline",
    )
    page = Client().get(f"/exchange/answer/{links.token_of(leo)}/").content.decode()

    assert "No, not this time" in page
    assert "From the link sent to Charlie" in page


# 9


def test_a_withdrawn_request_is_not_answered_and_says_so(cast: Cast) -> None:
    request, client = making.request(cast), Client()
    sent = opened(client, address(request))
    actions.withdraw_request(by=cast.alice, request=request)
    response = client.post(address(request), {**sent, "choice": "accept"})

    assert response.status_code == 409
    assert "The request was withdrawn" in response.content.decode()
    assert "The request was withdrawn" in client.get(address(request)).content.decode()
    assert not Answer.objects.exists()


# 10


def test_links_outlive_a_change_of_the_secret_that_is_kept_as_fallback(cast: Cast, settings: Any) -> None:
    request = making.request(cast)
    path, old = address(request), settings.SECRET_KEY
    with override_settings(SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=[old]):
        assert answer(Client(), path, choice="decline").status_code == 302
    assert Answer.objects.get().kind == "decline"


def test_without_the_fallback_they_get_the_page_that_says_how_else(cast: Cast) -> None:
    request = making.request(cast)
    path = address(request)
    with override_settings(SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=[]):
        response = Client().get(path)
    assert response.status_code == 404
    assert "It may be old" in response.content.decode()
    assert "How to answer otherwise" in response.content.decode()


# 11


def test_a_browser_without_cookies_answers_and_a_foreign_page_cannot(cast: Cast) -> None:
    request = making.request(cast)
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(address(request))
    sent = {"form_token": making.hidden(page.content.decode(), "form_token"), "choice": "accept"}
    assert not page.cookies
    foreign = Client(enforce_csrf_checks=True).post(
        address(request), {"choice": "accept"}, headers={"origin": "https://evil.example"}
    )
    assert foreign.status_code == 404
    assert unanswered(request)

    cookieless = Client(enforce_csrf_checks=True).post(address(request), sent)
    assert cookieless.status_code == 302
    assert not cookieless.cookies
    assert Answer.objects.get().kind == "accept"


def test_the_page_is_kept_out_of_caches_lists_and_referrers(cast: Cast) -> None:
    response = Client().get(address(making.request(cast)))
    assert (response["Cache-Control"], response["X-Robots-Tag"], response["Referrer-Policy"]) == (
        "no-store", "noindex", "no-referrer",
    )  # fmt: skip
    assert "<script" not in response.content.decode().replace('<script type="module" src="/static/', "")


# 12


@pytest.mark.parametrize("note", ["x" * 1_000_000, "a\x00b", "a\x1bb"])
def test_a_note_too_long_or_of_control_characters_is_refused(cast: Cast, note: str) -> None:
    request = making.request(cast)
    response = answer(Client(), address(request), choice="accept", note=note)
    assert response.status_code == 422
    assert unanswered(request)


def test_markup_and_line_breaks_stay_text_and_reach_no_header(cast: Cast) -> None:
    request = making.request(cast)
    making.send_mails()
    note = "<script>alert(1)</script>\r\nBcc: everybody@spam.example"
    answer(Client(), address(request), choice="accept", note=note)
    pages = [Client().get(address(request)), cast.client(cast.alice).get(request.get_absolute_url())]

    for page in pages:
        assert "<script>alert" not in page.content.decode()
        assert "&lt;script&gt;alert(1)" in page.content.decode()
    for mail in making.send_mails():
        headers = str(mail.message()).split("\n\n")[0]
        assert "Bcc" not in headers
        assert "script" not in mail.subject


def test_a_title_with_a_line_break_makes_one_line_of_a_subject(cast: Cast) -> None:
    making.request(cast, need=making.need(cast, title="Hum\r\nBcc: everybody"))
    (mail,) = making.send_mails()
    assert "\n" not in mail.subject
    assert mail.message()["Bcc"] is None


# 13: test_requests.py, the limits


# 14


def test_unsubscribing_by_machine_works_by_post_only_and_for_that_kind_only(cast: Cast) -> None:
    request = making.request(cast)
    (mail,) = making.send_mails()
    (path,) = making.paths_in(mail.extra_headers["List-Unsubscribe"].strip("<>"))
    machine = Client(enforce_csrf_checks=True)

    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert machine.get(path).status_code == 200
    assert not MailStop.objects.exists()
    for _ in range(2):
        assert machine.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert MailStop.objects.get().kind == "exchange.request"
    actions.withdraw_request(by=cast.alice, request=request)
    making.request(cast, need=making.need(cast, question="Another?"))
    assert [mail.subject for mail in making.send_mails()] == ["Withdrawn: “Why does the bridge hum?”"]


def test_stopped_mails_come_again_from_the_same_page_or_signed_in(cast: Cast) -> None:
    making.request(cast)
    (mail,) = making.send_mails()
    (path,) = making.paths_in(mail.extra_headers["List-Unsubscribe"].strip("<>"))
    assert "Have these mails again" in Client().post(path).content.decode()
    assert "Stop these mails" in Client().post(path, {"again": "1"}).content.decode()
    assert not MailStop.objects.exists()

    Client().post(path)
    signed_in = cast.client(cast.charlie)
    assert "Request mails to you are stopped" in signed_in.get("/exchange/mine/").content.decode()
    assert signed_in.post("/exchange/mine/mails/").status_code == 302
    assert not MailStop.objects.exists()
    making.request(cast, need=making.need(cast, question="Another?"))
    assert len(making.send_mails()) == 1


# and


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_day_that_has_passed_is_not_agreed_to(cast: Cast, signed_in: bool) -> None:
    request = making.request(cast, start=timezone.now() - timedelta(days=1))
    with pytest.raises(DayOver):
        actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.ACCEPT)
    client = cast.client(cast.charlie) if signed_in else Client()
    path = request.get_absolute_url() if signed_in else address(request)
    assert 'value="accept"' not in client.get(f"{path}?choice=accept").content.decode()
    response = (
        client.post(f"{path}answer/", {"choice": "accept"}) if signed_in else answer(client, path, choice="accept")
    )
    assert response.status_code == 422
    assert "has passed. Suggest another day" in response.content.decode()
    assert unanswered(request)


def test_the_mail_about_a_yes_says_when_where_with_whom_and_what_follows(cast: Cast) -> None:
    need = making.need(cast, place_choice="here")
    request = making.request(cast, need=need)
    making.send_mails()
    answer(Client(), address(request), choice="accept")
    mail = next(mail for mail in making.send_mails() if mail.subject.startswith("Answered"))
    assert "09:30 to 11:00 (local time of the place)" in mail.body
    assert f"Where: {need.organisation}, Room 7" in mail.body
    assert f"With: {cast.alice.person}, {need.organisation}" in mail.body
    (activity,) = (path for path in making.paths_in(mail.body) if path.startswith("/activities/"))
    assert cast.client(cast.charlie).get(activity, follow=True).status_code == 200


def test_hours_of_the_record_carry_their_zone(cast: Cast) -> None:
    request = making.request(cast)
    page = cast.client(cast.charlie).get(request.get_absolute_url()).content.decode()
    assert f"{request.sent_at:%H:%M} UTC" in page


def test_what_a_choice_needs_is_not_called_optional(cast: Cast) -> None:
    page = Client().get(address(making.request(cast))).content.decode()
    for label, optional in (("Which day and time?", False), ("Your question", False), ("A reason", True)):
        assert page.split(label)[1].split("</label>")[0].count("(optional)") == optional


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose one of the four."),
        ({"choice": "fly"}, "Choose one of the four."),
        ({"choice": "other_date"}, "Choose the day and time that would suit you."),
        ({"choice": "other_date", "other_start": "soon"}, "Choose a day and a time"),
        ({"choice": "other_date", "other_start": "2001-01-01T09:00"}, "This time has passed."),
        ({"choice": "ask"}, "Write your question."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_sent(cast: Cast, sent: dict[str, str], words: str) -> None:
    request = making.request(cast)
    response = answer(Client(), address(request), **sent)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert unanswered(request)


def test_a_question_from_the_link_keeps_the_link_open(cast: Cast) -> None:
    request = making.request(cast)
    assert answer(Client(), address(request), choice="ask", question="How loud?").status_code == 302
    page = Client().get(address(request)).content.decode()
    assert "How loud?" in page
    assert answer(Client(), address(request), choice="accept").status_code == 302


def test_another_day_is_taken_from_the_schools_link(cast: Cast) -> None:
    request = making.request(cast)
    answer(Client(), address(request), choice="other_date", other_start=f"{making.YEAR}-02-01T10:00")
    mail = next(mail for mail in making.send_mails() if mail.subject.startswith("An answer"))
    (path,) = making.paths_in(mail.body)
    client = Client(enforce_csrf_checks=True)
    assert client.post(path, {"take": "yes"}).status_code == 404
    token = making.hidden(client.get(path).content.decode(), "form_token")
    assert client.post(path, {"form_token": token}).status_code == 422
    assert client.post(path, {"form_token": token, "take": "yes"}).status_code == 302
    assert client.post(path, {"form_token": token, "take": "no"}).status_code == 409
    assert "The other day is taken" in client.get(path).content.decode()
    assert Activity.objects.get().starts.isoformat() == f"{making.YEAR}-02-01T10:00:00+00:00"


def test_the_link_of_somebody_who_left_answers_nothing(cast: Cast) -> None:
    request, client = making.request(cast), Client()
    sent = opened(client, address(request))
    cast.charlie.until = timezone.now()
    cast.charlie.save()
    assert client.post(address(request), {**sent, "choice": "accept"}).status_code == 404
    assert client.get(address(request)).status_code == 404
    assert unanswered(request)


def test_who_left_is_mailed_nothing_more_and_objects_to_nothing(cast: Cast) -> None:
    leo = represent(person("Leo"), cast.museum)
    request = making.request(cast)
    making.send_mails()
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.DECLINE)
    left = request.links.get(representative=leo)
    path = f"/exchange/object/{links.object_token(left, timezone.now())}/"
    assert Client().get(path).status_code == 200
    leo.until = timezone.now()
    leo.save()

    assert Client().get(path).status_code == 404
    assert "leo@example.org" not in {to for mail in making.send_mails() for to in mail.to}


def test_a_day_nobody_can_count_from_is_refused_with_the_year(cast: Cast) -> None:
    request, client = making.request(cast), Client()
    sent = opened(client, address(request)) | {"choice": "other_date", "other_start": "9999-12-31T23:59"}
    page = client.post(address(request), sent)
    assert page.status_code == 422
    assert "more than two years away" in page.content.decode()


def test_no_link_can_be_read_in_the_database(cast: Cast) -> None:
    """What must hold: no code or link is readable; the token is made from the row when the mail goes out."""
    request = making.request(cast)
    token = making.token(request)
    making.send_mails()
    signature = token.split("~")[1]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # names come from the database itself
            assert not any(signature in str(row) for row in cursor.fetchall()), table


def test_an_unknown_uuid_rightly_signed_is_refused_like_an_altered_one(cast: Cast) -> None:
    token = ledger_links.make(purpose="answer", key=uuid.uuid4().hex, until=timezone.now() + timedelta(days=1))
    assert Client().get(f"/exchange/answer/{token}/").status_code == 404
    token = ledger_links.make(purpose="answer", key="not-a-uuid", until=timezone.now() + timedelta(days=1))
    assert Client().get(f"/exchange/answer/{token}/").status_code == 404


def test_an_organisation_nobody_vouched_for_is_mailed_nothing(cast: Cast) -> None:
    newcomer = organisation("New Company", "company", vouched=False)
    represent(person("Nora"), newcomer)
    assert not AnswerLink.objects.exists()
    assert making.send_mails() == []


def suggested(cast: Cast) -> AnswerLink:
    """The link to a suggested other day."""
    request = making.request(cast)
    day = making.in_two_weeks() + timedelta(days=1)
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.OTHER_DATE, other_start=day)
    return request.links.select_related("request").get(purpose="date", representative=cast.alice)


def test_the_link_to_another_day_ends_with_the_request(cast: Cast) -> None:
    link = suggested(cast)
    path = f"/exchange/date/{links.token_of(link)}/"
    assert Client().get(path).status_code == 200

    link.request.expires_at = timezone.now() - timedelta(minutes=1)
    with pytest.raises(ledger_links.LinkExpired):
        links.read(links.token_of(link), "date")


def test_a_row_serves_only_the_purpose_it_was_made_for(cast: Cast) -> None:
    """Rightly signed for the other page, with the key of this row: refused all the same."""
    date = suggested(cast)
    answer = making.link(date.request)
    for purpose, row in (("answer", date), ("object", date), ("date", answer)):
        token = ledger_links.make(purpose=purpose, key=row.uid.hex, until=timezone.now() + timedelta(days=1))
        assert Client().get(f"/exchange/{purpose}/{token}/").status_code == 404, purpose
