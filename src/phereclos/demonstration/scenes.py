"""Scenes that a visitor of the demonstration shall meet for certain: the story of the home page, and open ends.

Without them the people to sign in as might find an empty desk, for chance does not care who looks.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from phereclos.demonstration.agenda import Agenda, midnight
from phereclos.demonstration.awarding import Badges
from phereclos.demonstration.content import NeedFile
from phereclos.demonstration.exchanging import Asked, Exchange
from phereclos.demonstration.founding import Member
from phereclos.demonstration.meeting import Meetings
from phereclos.exchange import actions
from phereclos.exchange.models import Answer, Request
from phereclos.exchange.workingdays import is_working_day
from phereclos.organisations.models import Representative

TIDE, CURRENT, WHALE = (
    "Why does the tide come twice a day?",
    "How fast does the harbour flow?",
    "How do you get a whale across the street?",
)
FLOOR, KITE, BRIDGE = "A floor of the harbour, drawn by us", "A kite that knows the wind", "Why does the bridge hum?"
WORDS = "Old people’s words for the sea"
TITLES = {WORDS, TIDE, CURRENT, WHALE, FLOOR, KITE, BRIDGE}


class Scenes:
    """Tarnhaven's scenes, put on its agenda."""

    def __init__(self, exchange: Exchange, meetings: Meetings, badges: Badges, agenda: Agenda) -> None:
        self.exchange, self.meetings, self.badges, self.agenda = exchange, meetings, badges, agenda
        self.members = exchange.town.members
        self.files: dict[str, NeedFile] = {file.title: file for file in exchange.town.file.needs}

    def plan(self) -> None:
        put, day = self.agenda.put, self.working_day
        put(day(20, 16, 12), self.tide)
        put(day(24, 14, 50), self.counts_differ)
        put(day(75, 15, 10), self.counts_settled)
        put(day(60, 16, 20), self.withdrawn)
        put(day(3, 16, 40), partial(self.waits_for_the_museum, CURRENT, "brueckenfeld", "Jonas Adeyemi"))
        put(day(1, 15, 25), partial(self.waits_for_the_museum, WHALE, "lighthouse_lane", "Abel Nwosu"))
        put(day(6, 17, 5), self.question_waits)
        put(day(4, 18, 30), self.other_day_waits)
        put(day(2, 19, 45), self.draft)
        put(day(18, 11, 30), self.class_of_weather)
        put(day(17, 14, 0), self.aino)
        put(day(1, 19, 30), self.badges.withdraw_some)

    def working_day(self, before: int, hour: int, minute: int) -> datetime:
        """A moment on the last working day that is at least so many days before."""
        day = (self.agenda.now - timedelta(days=before)).date()
        while not is_working_day(day, "DE"):
            day -= timedelta(days=1)
        return midnight(day) + timedelta(hours=hour, minutes=minute)

    def tide(self, at: datetime) -> None:
        """Ada Renn asks, Ines Okoro answers the next day, and they meet at the gauge."""
        asked = self.post(TIDE, "saltgate", "Ada Renn", at)
        museum = self.members["museum"]
        start = self.working_day(5, 9, 30)
        request = self.send(asked, museum, start, at + timedelta(minutes=3))
        self.agenda.put(at + timedelta(hours=17, minutes=20), partial(self.tide_answered, request, asked, museum))

    def tide_answered(self, request: Request, asked: Asked, museum: Member, at: datetime) -> None:
        link = request.links.get(representative=museum.lead)
        actions.answer_request(
            request=request, by=museum.lead, kind=Answer.Kind.ACCEPT, link=link, note=asked.file.note, at=at, tell=False
        )
        self.meetings.told(request, asked, museum, (25, 25), 3)

    def counts_differ(self, at: datetime) -> None:
        """Two head counts that Mirja Holt has to speak about; probably a turned digit."""
        asked = self.post(WORDS, "harbour_street", "Bram Oduya", at)
        library = self.members["library"]
        request = self.send(asked, library, self.working_day(6, 10, 15), at)
        self.agenda.put(at + timedelta(hours=20), partial(self.library_answered, request, asked, library))

    def library_answered(self, request: Request, asked: Asked, library: Member, at: datetime) -> None:
        note = asked.file.note
        actions.answer_request(request=request, by=library.lead, kind=Answer.Kind.ACCEPT, note=note, at=at, tell=False)
        self.meetings.told(request, asked, library, (24, 42), 2, words=False)

    def counts_settled(self, at: datetime) -> None:
        """As above, weeks ago: the coordinator has spoken with both and noted why."""
        asked = self.post(WHALE, "saltgate", "Ada Renn", at)
        museum = self.members["museum"]
        request = self.send(asked, museum, self.working_day(55, 9, 30), at)
        self.agenda.put(at + timedelta(hours=18), partial(self.museum_answered, request, asked, museum))

    def museum_answered(self, request: Request, asked: Asked, museum: Member, at: datetime) -> None:
        note = asked.file.note
        actions.answer_request(request=request, by=museum.lead, kind=Answer.Kind.ACCEPT, note=note, at=at, tell=False)
        self.meetings.told(request, asked, museum, (23, 32), 2, settled=True)

    def withdrawn(self, at: datetime) -> None:
        """A class found out by itself and takes its request back."""
        asked = self.post(BRIDGE, "brueckenfeld", "Jonas Adeyemi", at)
        vocational = self.members["vocational"]
        request = self.send(asked, vocational, self.school_day(asked, vocational, at, 20, 10, 15), at)
        self.agenda.put(
            at + timedelta(hours=41),
            lambda when: actions.withdraw_request(by=asked.speaker, request=request, at=when, tell=False),
        )

    def waits_for_the_museum(self, title: str, school: str, author: str, at: datetime) -> None:
        """Fresh requests to Ines Okoro, whose mails the worker sends to the outbox."""
        asked = self.post(title, school, author, at)
        start = self.school_day(asked, self.members["museum"], at, 17, 9, 30)
        self.send(asked, self.members["museum"], start, at + timedelta(minutes=4), tell=True)

    def question_waits(self, at: datetime) -> None:
        asked = self.post(FLOOR, "harbour_street", "Aino Salmela", at)
        northlight = self.members["northlight"]
        request = self.send(asked, northlight, self.school_day(asked, northlight, at, 24, 10, 15), at)
        words = self.exchange.words["questions"][1]
        link = request.links.get(representative=northlight.people[1])
        self.agenda.put(
            at + timedelta(hours=16),
            lambda when: actions.ask_question(
                request=request, by=northlight.people[1], text=words["ask"], link=link, at=when, tell=False
            ),
        )  # fmt: skip

    def other_day_waits(self, at: datetime) -> None:
        asked = self.post(KITE, "lighthouse_lane", "Abel Nwosu", at)
        weather = self.members["weather"]
        start = self.school_day(asked, weather, at, 20, 13, 0)
        request = self.send(asked, weather, start, at)
        other = self.school_day(asked, weather, at, 23, 13, 0)
        self.agenda.put(
            at + timedelta(hours=15),
            lambda when: actions.answer_request(
                request=request, by=weather.lead, kind=Answer.Kind.OTHER_DATE,
                note="Then the wind comes from the sea, as far as anybody can promise that.",
                link=request.links.get(representative=weather.lead), other_start=other, at=when, tell=False,
            ),
        )  # fmt: skip

    def class_of_weather(self, at: datetime) -> None:
        """A whole class at once."""
        self.badges.one_batch(self.members["moewenhoeft"], "weather-diarist", at)

    def aino(self, at: datetime) -> None:
        """The adult whose badge stands open with her name."""
        self.badges.thank_by_name(
            "Machinist: Tide Tables with Real Data", self.person("harbour_street", "Aino Salmela"), at
        )

    def draft(self, at: datetime) -> None:
        jonas = self.person("brueckenfeld", "Jonas Adeyemi")
        fields = self.exchange.need_fields(self.files[BRIDGE], self.members["brueckenfeld"], at)
        actions.save_need(by=jonas, fields=fields, post=False, at=at)

    def post(self, title: str, school: str, author: str, at: datetime) -> Asked:
        asked = self.exchange.post(self.files[title], school, at, self.person(school, author))
        assert asked is not None
        return asked

    def send(self, asked: Asked, to: Member, start: datetime, at: datetime, *, tell: bool = False) -> Request:
        end = start + timedelta(minutes=asked.file.minutes)
        return actions.send_request(
            by=asked.need.author, need=asked.need, to=to.lead.organisation, proposed_start=start, proposed_end=end,
            offer=self.exchange.offer_of(asked, to), at=at, tell=tell,
        )  # fmt: skip

    def school_day(self, asked: Asked, to: Member, at: datetime, days: int, hour: int, minute: int) -> datetime:
        day = self.exchange.terms.school_day((at + timedelta(days=days)).date(), (asked.asker.country, to.country))
        return midnight(day) + timedelta(hours=hour, minutes=minute)

    def person(self, school: str, name: str) -> Representative:
        return next(who for who in self.members[school].people if who.person.name == name)
