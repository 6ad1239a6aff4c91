"""A step of a request: its event with the true time, and the ledger's entry beside it."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from phereclos.exchange.models import AnswerLink, Need, Request, RequestEvent
from phereclos.exchange.workingdays import after_working_days
from phereclos.ledger import audit
from phereclos.organisations.models import Organisation, Representative


def take_step(
    *,
    request: Request,
    kind: RequestEvent.Kind,
    verb: str,
    at: datetime,
    by: Representative | None = None,
    link: AnswerLink | None = None,
    for_whom: Organisation | None = None,
) -> None:
    """Write event and audit entry; `by` is the representative who acted, `link` the link it came by."""
    RequestEvent.objects.create(request=request, kind=kind, at=at, by=by, by_link=link is not None)
    who = f"link:{link.pk}:representative:{link.representative_id}" if link else by or audit.SYSTEM
    audit.record(who=who, for_whom=for_whom or "", verb=verb, what=request, at=at)


def locked(request: Request) -> Request:
    """The request as it stands now, kept for us until the end of the transaction; its need first, as sending does."""
    Need.objects.select_for_update(no_key=True).get(pk=request.need_id)
    return Request.objects.select_for_update(no_key=True).get(pk=request.pk)


def end_of_working_day(at: datetime, count: int, organisation: Organisation) -> datetime:
    """The last moment of the `count`-th working day after `at`, in the organisation's country."""
    day = after_working_days(timezone.localtime(at).date(), count, organisation.country.code)
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def people_of_need(need: Need) -> list[Representative]:
    """Leads and deputies of the need's organisation, and the person who wrote the need."""
    people = {one.pk: one for one in people_to_tell(need.organisation)}
    if need.author.until is None:
        people[need.author.pk] = need.author
    return list(people.values())


def people_to_tell(organisation: Organisation) -> list[Representative]:
    """Who gets an organisation's mails: its leads and their deputies."""
    present = organisation.representatives.present().select_related("person")
    return [who for who in present if who.role == "lead" or who.is_deputy]
