"""What can be done with an activity: planned, moved, cancelled, counted, confirmed, spoken about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from phereclos.activities import plans
from phereclos.activities.errors import NotDone, Stale, TooEarly
from phereclos.activities.models import Activity, ActivityEvent, Feedback, HeadCount, Lane, LaneStep
from phereclos.exchange.actions.steps import people_to_tell
from phereclos.exchange.models import Place, Request
from phereclos.ledger import audit, mail
from phereclos.organisations.models import Organisation, Representative

State = Activity.State
Kind = ActivityEvent.Kind


@transaction.atomic
def plan_activity(*, request: Request, by: Representative | None, at: datetime | None = None) -> Activity:
    """The activity of an accepted request, with a first plan in each lane. Called twice it is still one."""
    existing = Activity.objects.filter(request=request).first()
    if existing is not None:
        return existing
    need = request.need
    starts, ends = request.agreed
    at = at or _when_accepted(request)
    activity = Activity.objects.create(
        request=request, cluster_id=need.cluster_id, title=need.title, setting=need.setting, subject=need.subject,
        starts=starts, ends=ends, place=_place(request), language=need.language, made_at=at,
    )  # fmt: skip
    asking = Lane.objects.create(activity=activity, organisation=need.organisation, asks=True)
    answering = Lane.objects.create(activity=activity, organisation=request.to)
    _write_steps(asking, plans.of_the_asking_side(need))
    _write_steps(answering, plans.of_the_answering_side(need, request.offer))
    _note(activity, Kind.AGREED, "activities.plan", by, at)
    return activity


@transaction.atomic
def write_lane(*, by: Representative, lane: Lane, steps: plans.Steps, version: int, at: datetime | None = None) -> Lane:
    """Replace the steps of one's own lane. Raises Stale when another version was saved since the form was opened."""
    lane = Lane.objects.select_for_update(no_key=True).select_related("activity").get(pk=lane.pk)
    if lane.version != version:
        raise Stale(lane)
    if lane.activity.state == State.CANCELLED:
        raise NotDone("a cancelled activity keeps its plan as it was")
    lane.steps.all().delete()
    _write_steps(lane, steps)
    lane.version += 1
    lane.save(update_fields=["version"])
    audit.record(who=by, for_whom=by.organisation, verb="activities.write_lane", what=lane, at=at)
    return lane


@transaction.atomic
def move_activity(
    *,
    by: Representative,
    activity: Activity,
    starts: datetime,
    ends: datetime,
    place: str,
    reason: str,
    revision: int,
    at: datetime | None = None,
    tell: bool = True,
) -> Activity:
    """Another time or place, with the reason; the other side gets a mail. Raises Stale, or NotDone after the day."""
    activity = _locked(activity)
    if activity.revision != revision:
        raise Stale(activity)
    if activity.state != State.PLANNED or ends <= starts:
        raise NotDone("only what is planned can be moved")
    activity.starts, activity.ends, activity.place = starts, ends, place
    activity.revision += 1
    activity.save(update_fields=["starts", "ends", "place", "revision"])
    _note(activity, Kind.MOVED, "activities.move", by, at or timezone.now(), reason)
    if tell:
        _tell_others("activities.moved", activity, by, f"moved:{activity.revision}")
    return activity


@transaction.atomic
def cancel_activity(
    *, by: Representative, activity: Activity, reason: str, at: datetime | None = None, tell: bool = True
) -> Activity:
    """It will not take place; the reason stays on record. Raises NotDone when heads were counted already."""
    activity = _locked(activity)
    if activity.state == State.CANCELLED:
        return activity
    if activity.state == State.CONFIRMED or activity.head_counts.exists():
        raise NotDone("heads were counted, so it took place")
    activity.state = State.CANCELLED
    activity.revision += 1
    activity.save(update_fields=["state", "revision"])
    _note(activity, Kind.CANCELLED, "activities.cancel", by, at or timezone.now(), reason)
    if tell:
        _tell_others("activities.cancelled", activity, by, "cancelled")
    return activity


@transaction.atomic
def mark_held(*, activity: Activity, at: datetime | None = None, tell: bool = True) -> Activity:
    """The day has passed: both sides are asked for their count. The sweeper's work; does nothing a second time."""
    activity = _locked(activity)
    if activity.state != State.PLANNED or activity.ends > (at or timezone.now()):
        return activity
    activity.state = State.HELD
    activity.save(update_fields=["state"])
    audit.record(who=audit.SYSTEM, verb="activities.mark_held", what=activity, at=at)
    for lane in activity.lanes.select_related("organisation") if tell else ():
        for representative in people_to_tell(lane.organisation):
            _stage("activities.count", activity, representative, "count")
    return activity


@transaction.atomic
def count_heads(
    *, by: Representative, activity: Activity, children: int, adults: int, at: datetime | None = None, tell: bool = True
) -> Activity:
    """One side's numbers, corrected as often as needed until both agree; then the activity is confirmed.

    Raises TooEarly before it starts, NotDone when it is confirmed with other numbers, or cancelled.
    """
    at = at or timezone.now()
    activity = _locked(activity)
    _check_countable(activity, at)
    before = activity.head_counts.filter(organisation=by.organisation_id).first()
    if before is not None and (before.children, before.adults) == (children, adults):
        return activity
    if activity.state == State.CONFIRMED:
        raise NotDone("both sides have confirmed; the numbers stand")
    HeadCount.objects.update_or_create(
        activity=activity,
        organisation_id=by.organisation_id,
        defaults={"children": children, "adults": adults, "counted_by": by, "at": at},
    )
    activity.state = State.HELD
    activity.save(update_fields=["state"])
    _note(activity, Kind.COUNTED, "activities.count_heads", by, at)
    _confirm_if_equal(activity, by, at, tell)
    return activity


@transaction.atomic
def settle_count(
    *, by: Representative, activity: Activity, children: int, adults: int, note: str, at: datetime | None = None
) -> Activity:
    """The coordinator says which numbers count and why the two differ. Raises NotDone unless two counts differ."""
    at = at or timezone.now()
    activity = _locked(activity)
    if activity.state != State.HELD or activity.head_counts.count() < 2:
        raise NotDone("there are no two counts that differ")
    activity.count_note = note
    _confirm(activity, children, adults, at)
    _note(activity, Kind.SETTLED, "activities.settle_count", by, at, note)
    return activity


@transaction.atomic
def write_feedback(
    *,
    by: Representative,
    activity: Activity,
    again: Feedback.Again,
    went_well: str = "",
    next_time: str = "",
    at: datetime | None = None,
) -> Feedback:
    """One side's word, unread by the other until both are in or ten days have passed; then nothing more is taken.

    Written once. Raises TooEarly, or NotDone when it is too late, cancelled, or written already.
    """
    at = at or timezone.now()
    activity = _locked(activity)
    if activity.state == State.CANCELLED:
        raise NotDone("it did not take place")
    if at < activity.ends:
        raise TooEarly
    if at >= activity.blind_until or activity.feedback.filter(organisation=by.organisation_id).exists():
        raise NotDone("written already, or the time for it has passed")
    feedback = Feedback.objects.create(
        activity=activity, organisation_id=by.organisation_id, again=again, went_well=went_well, next_time=next_time,
        written_by=by, written_at=at,
    )  # fmt: skip
    audit.record(who=by, for_whom=by.organisation, verb="activities.write_feedback", what=feedback, at=at)
    return feedback


def _locked(activity: Activity) -> Activity:
    return Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)


def _when_accepted(request: Request) -> datetime:
    """The time of the last yes, so that a record made afterwards carries the right day."""
    answer = request.answer
    reply = getattr(answer, "date_reply", None)
    return reply.at if reply else answer.at


def _place(request: Request) -> str:
    """Where it happens as far as it is known: the place of whoever receives the other."""
    need, offer = request.need, request.offer
    if need.place_choice == Place.ONLINE:
        return str(Place.ONLINE.label)
    if need.place_choice != Place.HERE and offer is not None and offer.place:
        return offer.place
    return need.place


def _write_steps(lane: Lane, steps: Mapping[str, list[str]]) -> None:
    LaneStep.objects.bulk_create(
        LaneStep(lane=lane, phase=phase, position=position, text=text)
        for phase in LaneStep.Phase.values
        for position, text in enumerate(steps.get(phase, ()))
    )


def _note(activity: Activity, kind: Kind, verb: str, by: Representative | None, at: datetime, reason: str = "") -> None:
    ActivityEvent.objects.create(
        activity=activity, kind=kind, at=at, by=by, reason=reason, starts=activity.starts, ends=activity.ends
    )
    whom: Organisation | str = by.organisation if by else ""
    audit.record(who=by or audit.SYSTEM, for_whom=whom, verb=verb, what=activity, at=at)


def _check_countable(activity: Activity, at: datetime) -> None:
    if activity.state == State.CANCELLED:
        raise NotDone("it was cancelled")
    if at < activity.starts:
        raise TooEarly


def _confirm_if_equal(activity: Activity, by: Representative, at: datetime, tell: bool) -> None:
    counts = list(activity.head_counts.all())
    if len(counts) < activity.lanes.count():
        return
    if len({(count.children, count.adults) for count in counts}) == 1:
        _confirm(activity, counts[0].children, counts[0].adults, at)
        _note(activity, Kind.CONFIRMED, "activities.confirm", by, at)
    elif tell:
        _tell_of_difference(activity)


def _confirm(activity: Activity, children: int, adults: int, at: datetime) -> None:
    activity.state, activity.confirmed_at = State.CONFIRMED, at
    activity.children, activity.adults = children, adults
    activity.save(update_fields=["state", "confirmed_at", "children", "adults", "count_note"])


def _tell_of_difference(activity: Activity) -> None:
    told = [people_to_tell(lane.organisation) for lane in activity.lanes.select_related("organisation")]
    told.append(people_to_tell(activity.cluster.coordinator))
    for representative in {one.pk: one for people in told for one in people}.values():
        _stage("activities.counts_differ", activity, representative, "differ")


def _tell_others(kind: str, activity: Activity, by: Representative, once: str) -> None:
    for lane in activity.lanes.exclude(organisation=by.organisation_id).select_related("organisation"):
        for representative in people_to_tell(lane.organisation):
            _stage(kind, activity, representative, once)


def _stage(kind: str, activity: Activity, representative: Representative, once: str) -> None:
    mail.stage(
        kind=kind, to=representative.person.email,
        references={"activity_id": activity.pk, "representative_id": representative.pk},
        once=f"{once}:{activity.pk}:{representative.pk}",
    )  # fmt: skip
