"""What must hold after anything: a kill, a fault, two at once. Each floor registers its own rules.

@invariants.register
def every_award_is_signed() -> Iterator[str]:   # yields one sentence for each thing that is broken
    ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import Q
from django.utils import timezone

from phereclos.ledger import audit
from phereclos.ledger.models import StagedMail

Rule = Callable[[], Iterator[str]]
_rules: list[Rule] = []


def register(rule: Rule) -> Rule:
    _rules.append(rule)
    return rule


def broken() -> Iterator[str]:
    """Everything that does not hold, one sentence each."""
    for rule in _rules:
        yield from rule()


def count() -> int:
    return len(_rules)


@register
def audit_chain_is_whole() -> Iterator[str]:
    yield from audit.broken_links()


@register
def every_task_is_done_waiting_or_parked() -> Iterator[str]:
    """A task that runs has a worker that lives; those of dead workers are parked with a reason."""
    from django_tasks_db.models import DBTaskResult

    from phereclos.ledger.models import BatchLease
    from phereclos.ledger.workers import PREFIX

    living = BatchLease.objects.filter(name__startswith=PREFIX, until__gt=timezone.now())
    alive = set(living.values_list("holder", flat=True))
    for task in DBTaskResult.objects.running():
        if not alive.intersection(task.worker_ids):
            yield f"Task {task.pk} is said to run, and its worker is dead."


@register
def every_mail_is_sent_waiting_or_parked() -> Iterator[str]:
    for mail in StagedMail.objects.filter(sent_at=None, parked_reason="").filter(Q(not_before=None) | Q(kind="")):
        yield f"Mail {mail.pk} is neither sent nor waiting for a day nor parked."
    for mail in StagedMail.objects.exclude(sent_at=None).exclude(parked_reason=""):
        yield f"Mail {mail.pk} is said to be sent and parked."
