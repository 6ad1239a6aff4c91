"""What badges tell about a person, and what goes when the person goes. The signed bytes stay true and say nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from phereclos.accounts import held
from phereclos.accounts.models import Person
from phereclos.badges.models import Award, AwardBatchItem


@held.about
def awards(person: Person) -> dict[str, Any]:
    return {
        "badges": [
            {
                "badge": award.achievement.name, "issuer": award.issuer.name, "given": award.awarded_at,
                "address": award.get_absolute_url(), "open_to_all": award.is_open, "withdrawn": award.revoked_at,
            }
            for award in _of(person).select_related("achievement", "issuer").order_by("awarded_at")
        ]
    }  # fmt: skip


@held.farewell
def forget_holder(person: Person) -> None:
    """Name, mailbox and salt leave our rows; without the salt nobody can tie the hash in the bytes to a mailbox."""
    items = AwardBatchItem.objects.filter(mailbox__iexact=person.email).exclude(award=None)
    items.update(mailbox="")
    _of(person).update(person=None, mailbox="", salt="", shows_name=False)


def _of(person: Person) -> Any:
    return Award.objects.filter(Q(person=person) | Q(mailbox__iexact=person.email))
