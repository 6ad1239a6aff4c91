"""What becomes of a yes: lanes filled in, some days moved or cancelled, heads counted, a word from each side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from phereclos.activities import actions
from phereclos.activities.models import Activity, Feedback, Lane
from phereclos.demonstration.agenda import Agenda, Terms, midnight
from phereclos.demonstration.content import Words
from phereclos.demonstration.exchanging import Asked
from phereclos.demonstration.founding import Member, Town
from phereclos.exchange.models import Request

CANCELLED, MOVED = 0.05, 0.06
UNCOUNTED = 0.05  # of the sides that never count
DIFFERENT = 0.06  # of the days whose two counts differ
FEEDBACK = {"asks": 0.78, "partner": 0.66}

AfterActivity = Callable[[str, Member, Member, int, datetime], None]


@dataclass
class Meeting:
    """An activity with its two sides."""

    activity: Activity
    asked: Asked
    partner: Member
    children: int
    adults: int

    def sides(self) -> tuple[tuple[str, Member], tuple[str, Member]]:
        return ("asks", self.asked.asker), ("partner", self.partner)


class Meetings:
    """One cluster's activities; `confirmed` is called when both counts agree."""

    def __init__(self, town: Town, agenda: Agenda, words: Words, confirmed: AfterActivity) -> None:
        self.town, self.agenda, self.words, self.confirmed = town, agenda, words, confirmed
        self.random = agenda.random
        self.terms = Terms(agenda.anchor)
        self._fresh: dict[tuple[str, str], list[str]] = {}

    def agreed(self, request: Request, asked: Asked, partner: Member, at: datetime) -> None:
        """Called when a request was accepted; the activity stands already."""
        activity = Activity.objects.get(request=request)
        children = max(4, asked.file.size - self.random.choice((0, 0, 0, 1, 1, 2, 3, 5)))
        meeting = Meeting(activity, asked, partner, children, max(2, round(children / 11) + self.random.randint(0, 1)))
        for side, member in meeting.sides():
            if self.random.random() < 0.85:
                when = self.agenda.after(at, 0, 4, member.country)
                self.agenda.put(
                    min(when, activity.starts - timedelta(hours=2)), partial(self._lane, meeting, side, member)
                )
        chance = self.random.random()
        before = activity.starts - timedelta(days=self.random.randint(1, 6), hours=self.random.randint(1, 3))
        if chance < CANCELLED:
            self.agenda.put(max(before, at + timedelta(hours=1)), partial(self._cancel, meeting))
        elif chance < CANCELLED + MOVED:
            self.agenda.put(max(before, at + timedelta(hours=1)), partial(self._move, meeting))
        else:
            self._then(meeting)

    def told(
        self,
        request: Request,
        asked: Asked,
        partner: Member,
        counts: tuple[int, int],
        adults: int,
        *,
        words: bool = True,
        settled: bool = False,
    ) -> None:
        """A meeting of a scene: it takes place, and both count on the day after; `counts` is asker's and partner's."""
        meeting = Meeting(Activity.objects.get(request=request), asked, partner, counts[0], adults)
        ends = meeting.activity.ends
        self.agenda.put(ends + timedelta(minutes=5), partial(self._held, meeting))
        for hours, (side, member), children in zip((19, 22), meeting.sides(), counts, strict=True):
            self.agenda.put(ends + timedelta(hours=hours), partial(self._count, meeting, member, children))
            if words:
                self.agenda.put(ends + timedelta(hours=hours + 1), partial(self._feedback, meeting, side, member))
        if settled:
            self.agenda.put(ends + timedelta(days=6), partial(self._settle, meeting))

    def _then(self, meeting: Meeting) -> None:
        """After the day: counts and feedback from both sides."""
        ends = meeting.activity.ends
        self.agenda.put(ends + timedelta(minutes=5), partial(self._held, meeting))
        children = {"asks": meeting.children, "partner": meeting.children}
        if self.random.random() < DIFFERENT:
            children["partner"] = _other_count(meeting.children, self.random.random())
        for side, member in meeting.sides():
            if self.random.random() >= UNCOUNTED:
                when = self.agenda.after(ends + timedelta(hours=1), 0, 4, member.country)
                self.agenda.put(when, partial(self._count, meeting, member, children[side]))
            if self.random.random() < FEEDBACK[side]:
                when = self.agenda.after(ends + timedelta(hours=1), 0, 6, member.country)
                self.agenda.put(when, partial(self._feedback, meeting, side, member))
        if children["asks"] != children["partner"]:
            when = self.agenda.after(ends, 7, 11, self.town.coordinator.country)
            self.agenda.put(when, partial(self._settle, meeting))

    def _lane(self, meeting: Meeting, side: str, member: Member, at: datetime) -> None:
        if meeting.activity.state == Activity.State.CANCELLED:
            return
        lane = Lane.objects.get(activity=meeting.activity, organisation=member.lead.organisation)
        pool = self.words["steps"][meeting.asked.file.way][side]
        steps = {phase: self.random.sample(pool[phase], self.random.choice((1, 1, 2))) for phase in pool}
        actions.write_lane(lane=lane, steps=steps, version=lane.version, by=self.random.choice(member.present()), at=at)

    def _cancel(self, meeting: Meeting, at: datetime) -> None:
        _, member = self.random.choice(meeting.sides())
        reason = self._word("cancel_reasons")
        meeting.activity = actions.cancel_activity(
            activity=meeting.activity, by=member.lead, reason=reason, at=at, tell=False
        )

    def _move(self, meeting: Meeting, at: datetime) -> None:
        _, member = self.random.choice(meeting.sides())
        old = meeting.activity
        countries = (meeting.asked.asker.country, meeting.partner.country)
        day = self.terms.school_day((old.starts + timedelta(days=self.random.randint(6, 15))).date(), countries)
        starts = midnight(day) + (old.starts - midnight(old.starts.date()))
        meeting.activity = actions.move_activity(
            activity=old, by=member.lead, starts=starts, ends=starts + (old.ends - old.starts),
            place=old.place, reason=self._word("moved_reasons"), revision=old.revision, at=at, tell=False,
        )  # fmt: skip
        self._then(meeting)

    def _held(self, meeting: Meeting, at: datetime) -> None:
        meeting.activity = actions.mark_held(activity=meeting.activity, at=at, tell=False)

    def _count(self, meeting: Meeting, member: Member, children: int, at: datetime) -> None:
        meeting.activity = actions.count_heads(
            activity=meeting.activity, by=self.random.choice(member.present()), children=children,
            adults=meeting.adults, at=at, tell=False,
        )  # fmt: skip
        if meeting.activity.state == Activity.State.CONFIRMED:
            when = self.agenda.after(at, 0, 5, self.town.coordinator.country)
            self.agenda.put(when, partial(self._confirmed, meeting))

    def _settle(self, meeting: Meeting, at: datetime) -> None:
        activity = Activity.objects.get(pk=meeting.activity.pk)
        if activity.state != Activity.State.CONFIRMED and activity.head_counts.count() == 2:
            meeting.activity = actions.settle_count(
                activity=activity, by=self.town.coordinator.lead, children=meeting.children, adults=meeting.adults,
                note=self._word("count_notes"), at=at,
            )  # fmt: skip
            self._confirmed(meeting, at)

    def _confirmed(self, meeting: Meeting, at: datetime) -> None:
        self.confirmed(meeting.activity.title, meeting.asked.asker, meeting.partner, meeting.children, at)

    def _feedback(self, meeting: Meeting, side: str, member: Member, at: datetime) -> None:
        if at >= meeting.activity.blind_until:
            return
        again = self.random.choices(list(Feedback.Again), weights=(80, 17, 3))[0]
        actions.write_feedback(
            activity=meeting.activity, by=self.random.choice(member.present()), again=again,
            went_well=self._word("feedback", side, "well"),
            next_time=self._word("feedback", side, "next") if self.random.random() < 0.75 else "", at=at,
        )  # fmt: skip

    def _word(self, *path: str) -> str:
        """A text from that place in the words; each is used before any comes again."""
        fresh = self._fresh.setdefault(path, [])  # type: ignore[arg-type]
        if not fresh:
            texts = self.words[path[0]]
            for name in path[1:]:
                texts = texts[name]
            fresh.extend(texts)
        return fresh.pop(self.random.randrange(len(fresh)))


def _other_count(children: int, chance: float) -> int:
    """How the other side counted: turned digits now and then, else one or two more or less."""
    turned = int(str(children)[::-1])
    if chance < 0.4 and turned != children and turned > 9:
        return turned
    return children + (1 if chance < 0.7 else -2)
