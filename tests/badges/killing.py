"""Kills a process at named points of awarding, starts another, and looks at what is there. Run by test_kill.py.

    python -m tests.badges.killing after_sign:7:60:task lease_taken:1:60:sweep …

A scenario is point, count, lines of the batch, and who works (the task queue or the sweeper). Every phase is a process
of its own, forked from this one, which never opens the database; killing it is `kill -9`. The clock is moved on by
letting leases lapse in the rows, so nothing sleeps. Prints one JSON line for each scenario.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main(scenarios: list[str]) -> None:
    import django

    django.setup()
    from django.conf import settings

    database = Path(settings.DATABASES["default"]["NAME"])
    template = database.with_suffix(".template")
    assert in_a_process(prepare) == 0
    shutil.copy(database, template)
    for scenario in scenarios:
        point, count, lines, worker = scenario.split(":")
        for path in database.parent.glob(f"{database.name}*"):
            path.unlink()
        shutil.copy(template, database)
        ended = in_a_process(lambda kill=f"{point}:{count}", n=int(lines), w=worker: award_and_die(kill, n, w))
        result_file = database.with_suffix(".result")
        again = in_a_process(lambda file=result_file, n=int(lines): recover(file, n))
        result = json.loads(result_file.read_text()) if again == 0 else {"crashed": again}
        print(json.dumps({"scenario": scenario, "ended": ended, **result}), flush=True)


def in_a_process(phase: Callable[[], None]) -> int:
    """Fork, run, and say how it ended: 0, 1, or minus the signal."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)
    try:
        phase()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def prepare() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from phereclos.badges import achievements, actions
    from phereclos.badges.models import Achievement, Passport
    from tests.cast import organisation, person, represent

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    achievements.load()
    university = organisation("Tarnhaven Children's University", "university")
    dora = represent(person("Dora"), university)
    issuer = actions.become_issuer(organisation=university, by=dora)
    tide = Achievement.objects.get(slug="tide-watcher")
    actions.adopt_achievement(issuer=issuer, achievement=tide, by=dora)
    Passport.objects.bulk_create(
        Passport(
            organisation=university, digest=f"{n:064x}", last_group="0000", created_by=dora, created_at=timezone.now()
        )
        for n in range(2000)
    )
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def award_and_die(kill_at: str, lines: int, worker: str) -> None:
    """A batch is accepted and worked on; somewhere on the way the power goes."""
    from django.core.management import call_command

    from phereclos.badges import actions
    from phereclos.badges.models import Achievement, Issuer, Passport
    from phereclos.badges.recipients import ToMailbox, ToPassport
    from phereclos.ledger import sweep
    from phereclos.organisations.models import Representative

    os.environ["KILL_AT"] = kill_at
    # Every tenth is an adult, who also gets a mail.
    cards = [ToPassport(card) for card in Passport.objects.all()[:lines]]
    recipients: list[Any] = [ToMailbox(f"a{n}@example.org") if n % 10 == 0 else card for n, card in enumerate(cards)]
    actions.accept_batch(
        achievement=Achievement.objects.get(slug="tide-watcher"), issuer=Issuer.objects.get(), recipients=recipients,
        by=Representative.objects.get(), once="the one batch",
    )  # fmt: skip
    if worker == "task":
        call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    else:
        sweep.run()


def recover(result: Path, lines: int) -> None:
    """Time passes, a new worker starts, nobody helps. Then everything is compared."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from phereclos.badges.models import Award, AwardBatch
    from phereclos.ledger import invariants
    from phereclos.ledger.models import AuditEntry, BatchLease, StagedMail

    before = Award.objects.count()
    BatchLease.objects.update(until=timezone.now())
    call_command("worker", once=True)
    found = {
        "before": before,
        "batches": AwardBatch.objects.count(),
        "unfinished": AwardBatch.objects.unfinished().count(),
        "awards": Award.objects.count(),
        "lines_served": Award.objects.values("batch_item").distinct().count(),
        "places": Award.objects.values("status_list", "status_index").distinct().count(),
        "entries": AuditEntry.objects.filter(verb="badges.award").count(),
        "mails": StagedMail.objects.count(),
        "running": DBTaskResult.objects.running().count(),
        "broken": list(invariants.broken()),
        "integrity": connection.cursor().execute("PRAGMA integrity_check").fetchone()[0],
        "lines": lines,
    }
    result.write_text(json.dumps(found))


if __name__ == "__main__":
    signal.alarm(1500)  # a limit against hanging, nothing else
    main(sys.argv[1:])
