"""What must hold after anything: a kill, a fault, two at once. Each floor registers its own rules.

@invariants.register
def every_award_is_signed() -> Iterator[str]:   # yields one sentence for each thing that is broken
    ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings
from django.utils import timezone

from phereclos.ledger import audit
from phereclos.ledger import mail as mails
from phereclos.ledger.models import BatchLease, StagedMail

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

    alive = workers_alive()
    for task in DBTaskResult.objects.running():
        if not alive.intersection(task.worker_ids):
            yield f"Task {task.pk} is said to run, and its worker is dead."


def workers_alive() -> set[str]:
    from phereclos.ledger.workers import PREFIX

    living = BatchLease.objects.filter(name__startswith=PREFIX, until__gt=timezone.now())
    return set(living.values_list("holder", flat=True))


@register
def every_mail_is_sent_waiting_or_parked() -> Iterator[str]:
    """One that waits is of a kind that somebody writes, and is tried when its time has come.

    That asks for a mail server and for a worker: while the site is stopped, mails rightly wait longer.
    """
    waiting = StagedMail.objects.filter(sent_at=None, parked_reason="")
    for mail in waiting.exclude(kind__in=mails.kinds()):
        yield f"Mail {mail.pk} waits, and nobody writes mails of the kind “{mail.kind}”."
    if settings.MAIL_CONFIGURED and workers_alive():
        for mail in waiting.filter(not_before__lt=timezone.now() - mails.LONGEST_WAIT):
            yield f"Mail {mail.pk} should have been tried on {mail.not_before:%Y-%m-%d %H:%M} and was not."
    for mail in StagedMail.objects.exclude(sent_at=None).exclude(parked_reason=""):
        yield f"Mail {mail.pk} is said to be sent and parked."
