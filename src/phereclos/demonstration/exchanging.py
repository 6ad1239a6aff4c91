"""Needs and offers, requests, and what becomes of them: a yes, a no, another day, a question, or silence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from phereclos.demonstration.agenda import Agenda, Terms, midnight
from phereclos.demonstration.content import NeedFile, OfferFile, Words
from phereclos.demonstration.founding import Member, Town
from phereclos.exchange import actions
from phereclos.exchange.models import Answer, AnswerLink, Need, Offer, Request
from phereclos.organisations.models import Representative

# How an organisation answers: the most working days it takes, and how often it never does.
MANNERS = {"promptly": (2, 0.02), "usually": (5, 0.1), "slowly": (11, 0.28)}
YES, OTHER_DATE = 0.6, 0.11  # of the answers; the rest are a no
YES_OUTSIDE = 0.12  # where the question is not quite their own
HOURS = ((8, 15), (8, 30), (9, 0), (9, 30), (10, 15), (13, 0), (14, 30))


@dataclass
class Asked:
    """A need on the board, who may still be asked, and what it is about."""

    town: Town
    file: NeedFile
    need: Need
    asker: Member
    left: list[str]

    @property
    def speaker(self) -> Representative:
        """Who wrote the need, or their lead once they have gone."""
        return self.need.author if self.need.author in self.asker.people else self.asker.lead


Accept = Callable[[Request, Asked, Member, datetime], None]


class Exchange:
    """One cluster's board: `accept` is called with each request that was agreed on, its need, partner and moment."""

    def __init__(self, town: Town, agenda: Agenda, words: Words, accept: Accept) -> None:
        self.town, self.agenda, self.words, self.accept = town, agenda, words, accept
        self.random = agenda.random
        self.terms = Terms(agenda.anchor)
        self._fresh = {name: list(words[name]) for name in ("messages", "accept_notes", "decline_reasons", "questions")}

    def plan(self, kept: Collection[str] = ()) -> None:
        """Put a year on the agenda: offers as the members come, each need in both terms by changing schools.

        The titles `kept` are left out of the second term: a scene needs them.
        """
        for offer in self.town.file.offers:
            joined = self._joined(offer.by)
            days = max(min(joined - 6, 280), 4) - self.random.randint(0, 3)
            self.agenda.put(self.agenda.before(days, 12, self.random.randint(0, 59)), partial(self._offer, offer))
        for file in self.town.file.needs:
            schools = list(file.by)
            self.random.shuffle(schools)
            self._post_in(file, schools[0], Terms.FIRST)
            if file.title in kept:
                continue
            self._post_in(file, schools[1 % len(schools)], Terms.SECOND)
            if len(schools) > 1 and self.random.random() < 0.75:
                self._post_in(file, schools[-1], Terms.SECOND)

    def post(self, file: NeedFile, school: str, at: datetime, author: Representative | None = None) -> Asked | None:
        """Write the need down and put it on the board, if the school is a member on that day."""
        asker = self.town.members.get(school)
        if asker is None or not asker.is_in():
            return None
        author = author or self.random.choice(asker.present())
        need = actions.save_need(by=author, fields=self.need_fields(file, asker, at), post=True, at=at)
        asked = Asked(self.town, file, need, asker, self._partners(file, school))
        # Nobody leaves a question on the board whose last day has passed.
        last = midnight(need.latest or at.date()) - timedelta(days=self.random.randint(1, 6), hours=8)
        self.agenda.put(max(last, at), partial(self._close, asked))
        return asked

    def _partners(self, file: NeedFile, school: str) -> list[str]:
        """Those the text names, then one or two who offer something of the subject and might be persuaded."""
        others = sorted({offer.by for offer in self.town.file.offers if offer.subject == file.subject})
        others = [key for key in others if key not in file.suits]
        self.random.shuffle(others)
        return [key for key in (*file.suits, *others[: self.random.randint(1, 2)]) if key != school]

    def _joined(self, key: str) -> int:
        return next(one.joined for one in self.town.file.organisations if one.key == key)

    def _post_in(self, file: NeedFile, school: str, term: tuple[int, int]) -> None:
        if term[1] > self._joined(school) - 8:
            return
        asker_country = next(one.country for one in self.town.file.organisations if one.key == school)
        day = self.terms.posting_day(self.random, (min(term[0], self._joined(school) - 8), term[1]), asker_country)
        at = midnight(day) + timedelta(minutes=self.random.randint(7 * 60 + 20, 20 * 60))
        self.agenda.put(at, partial(self._post, file, school))

    def _post(self, file: NeedFile, school: str, at: datetime) -> None:
        asked = self.post(file, school, at)
        if asked is not None and self.random.random() < 0.96:
            # The order of the texts is only a leaning: now and then somebody else is asked first.
            if self.random.random() < 0.3:
                self.random.shuffle(asked.left)
            self.agenda.put(self.agenda.after(at, 0, 2, asked.asker.country), partial(self._ask_next, asked))

    def need_fields(self, file: NeedFile, asker: Member, at: datetime) -> dict[str, object]:
        earliest = at.date() + timedelta(days=self.random.randint(9, 20))
        return {
            "cluster": self.town.cluster, "title": file.title, "topic": file.topic, "subject": file.subject,
            "ages_from": file.ages[0], "ages_until": file.ages[1], "setting": file.setting, "place_choice": file.place,
            "group_size": file.size, "question": file.question, "access": file.access,
            "place": asker.file.place if file.place in ("here", "either") else "",
            "earliest": earliest,
            "latest": earliest + timedelta(days=self.random.randint(20, 45)),
        }  # fmt: skip

    def _offer(self, file: OfferFile, at: datetime) -> None:
        member = self.town.members[file.by]
        if member.is_in():
            fields = {
                "title": file.title, "topic": file.topic, "subject": file.subject, "ages_from": file.ages[0],
                "ages_until": file.ages[1], "setting": file.setting, "place_choice": file.place,
                "group_size": file.size, "minutes": file.minutes, "when_text": file.when, "cost": file.cost,
                "languages": file.languages, "what": file.what, "access": file.access,
                "place": member.file.place,
            }  # fmt: skip
            actions.save_offer(by=self.random.choice(member.present()), fields=fields, post=True, at=at)

    def _ask_next(self, asked: Asked, at: datetime) -> None:
        """Bring the need to the next who fits and is a member; with nobody left it stays open or is closed."""
        if Need.objects.get(pk=asked.need.pk).state != Need.State.OPEN:
            return
        partners = (self.town.members.get(key) for key in asked.left)
        partner = next((one for one in partners if one is not None and one.is_in()), None)
        if partner is None:
            if self.random.random() < 0.6:
                self.agenda.put(self.agenda.after(at, 3, 9, asked.asker.country), partial(self._close, asked))
            return
        asked.left.remove(partner.file.key)
        self._send(asked, partner, at)

    def _send(self, asked: Asked, partner: Member, at: datetime) -> None:
        start, end = self._hours(asked, partner, at)
        request = actions.send_request(
            by=asked.speaker, need=asked.need,
            to=partner.lead.organisation, proposed_start=start, proposed_end=end, offer=self.offer_of(asked, partner),
            message=self._word("messages"), at=at, tell=False,
        )  # fmt: skip
        self._react(request, asked, partner, at)

    def _hours(self, asked: Asked, partner: Member, at: datetime) -> tuple[datetime, datetime]:
        earliest = max(asked.need.earliest or at.date(), at.date() + timedelta(days=8))
        day = self.terms.school_day(
            earliest + timedelta(days=self.random.randint(2, 16)), (asked.asker.country, partner.country)
        )
        hour, minute = self.random.choice(HOURS)
        start = midnight(day) + timedelta(hours=hour, minutes=minute)
        return start, start + timedelta(minutes=asked.file.minutes)

    def offer_of(self, asked: Asked, partner: Member) -> Offer | None:
        offers = Offer.objects.filter(organisation=partner.lead.organisation, state="open", topic=asked.file.topic)
        return offers.first()

    def _react(self, request: Request, asked: Asked, partner: Member, at: datetime) -> None:
        """What the addressee will do, and when; silence ends by itself when the time is over."""
        most, silent = MANNERS[partner.file.answers]
        if self.random.random() < silent:
            end = request.expires_at + timedelta(minutes=1)
            self.agenda.put(end, partial(self._expire, request, asked))
            return
        if self.random.random() < 0.14:
            when = self.agenda.after(at, 0, most, partner.country)
            self.agenda.put(when, partial(self._question, request, asked, partner))
        else:
            when = self.agenda.after(at, 0, most, partner.country)
            self.agenda.put(when, partial(self._answer, request, asked, partner))

    def _question(self, request: Request, asked: Asked, partner: Member, at: datetime) -> None:
        words = self._word("questions")
        link = self._link(request)
        question = actions.ask_question(
            request=request, by=link.representative, text=words["ask"], link=link, at=at, tell=False
        )
        self.agenda.put(
            self.agenda.after(at, 0, 3, asked.asker.country),
            partial(self._reply, question, words["reply"], request, asked, partner),
        )

    def _reply(
        self, question: object, text: str, request: Request, asked: Asked, partner: Member, at: datetime
    ) -> None:
        actions.reply_to_question(question=question, by=asked.speaker, text=text, at=at, tell=False)  # type: ignore[arg-type]
        when = self.agenda.after(at, 0, 3, partner.country)
        self.agenda.put(when, partial(self._answer, request, asked, partner))

    def _answer(self, request: Request, asked: Asked, partner: Member, at: datetime) -> None:
        chance = self.random.random()
        link = self._link(request) if self.random.random() < 0.8 else None
        by = link.representative if link else partner.lead
        yes = YES if partner.file.key in asked.file.suits else YES_OUTSIDE
        day_is_over = request.proposed_start <= at
        if chance < yes and not day_is_over:
            first = asked.file.suits[0] == partner.file.key
            note = asked.file.note if first else self._word("accept_notes")
            actions.answer_request(
                request=request, by=by, kind=Answer.Kind.ACCEPT, link=link, note=note, at=at, tell=False
            )
            self.accept(request, asked, partner, at)
        elif chance < yes + OTHER_DATE * yes / YES:
            self._other_date(request, asked, partner, by, link, at)
        else:
            reason = self._word("decline_reasons") if self.random.random() < 0.85 else ""
            actions.answer_request(
                request=request, by=by, kind=Answer.Kind.DECLINE, link=link, reason=reason, at=at, tell=False
            )
            self.agenda.put(self.agenda.after(at, 0, 3, asked.asker.country), partial(self._ask_next, asked))

    def _other_date(
        self, request: Request, asked: Asked, partner: Member, by: Representative, link: AnswerLink | None, at: datetime
    ) -> None:
        start, _ = self._hours(asked, partner, at)
        note = self.random.choice(self.words["other_date_notes"])
        actions.answer_request(
            request=request,
            by=by,
            kind=Answer.Kind.OTHER_DATE,
            link=link,
            note=note,
            other_start=start,
            at=at,
            tell=False,
        )
        self.agenda.put(self.agenda.after(at, 0, 4, asked.asker.country), partial(self._date, request, asked, partner))

    def _date(self, request: Request, asked: Asked, partner: Member, at: datetime) -> None:
        taken = self.random.random() < 0.85 and request.answer.other_start > at
        actions.reply_to_date(request=request, by=asked.speaker, accepted=taken, at=at, tell=False)
        if taken:
            self.accept(request, asked, partner, at)
        else:
            self.agenda.put(self.agenda.after(at, 1, 3, asked.asker.country), partial(self._ask_next, asked))

    def _expire(self, request: Request, asked: Asked, at: datetime) -> None:
        actions.expire_request(request=request, at=at, tell=False)
        self.agenda.put(self.agenda.after(at, 0, 2, asked.asker.country), partial(self._ask_next, asked))

    def _close(self, asked: Asked, at: datetime) -> None:
        need = Need.objects.get(pk=asked.need.pk)
        if need.state == Need.State.OPEN and not need.requests.open().exists():
            actions.close_need(by=asked.speaker, need=asked.need, at=at)

    def _link(self, request: Request) -> AnswerLink:
        links: Iterable[AnswerLink] = request.links.select_related("representative").order_by("pk")
        return self.random.choice(list(links))

    def _word(self, name: str) -> object:
        """A text of this kind; each is used before any comes again."""
        if not self._fresh[name]:
            self._fresh[name] = list(self.words[name])
        return self._fresh[name].pop(self.random.randrange(len(self._fresh[name])))
