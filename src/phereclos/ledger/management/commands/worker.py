"""The background worker: takes tasks from the queue, and looks for what a crash left behind."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker

from phereclos.ledger import lease, sweep, workers

logger = logging.getLogger(__name__)
PAUSE = 0.5
PAUSE_WITHOUT_DATABASE = 5.0
SWEEP_EVERY = 5.0
BEAT_EVERY = 20.0


class Command(BaseCommand):
    help = "Run the background worker (phereclos up starts it beside the web server)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="do everything that is due, then end")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        worker_id = lease.me()
        beat(worker_id)
        if not once:
            threading.Thread(target=_keep_beating, args=(worker_id,), daemon=True).start()
        worker = Worker(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=worker_id, excluded_queue_names=[],
        )  # fmt: skip
        worker.configure_signals()
        swept_at = float("-inf")
        while worker.running:
            close_old_connections()
            pause = PAUSE
            try:
                if time.monotonic() - swept_at >= SWEEP_EVERY:
                    workers.park_tasks_of_dead_workers()
                    sweep.run()
                    swept_at = time.monotonic()
                worker.run()
            except (OperationalError, InterfaceError) as error:
                logger.error("the database is busy or gone; the worker waits for it: %s", error)
                pause = PAUSE_WITHOUT_DATABASE
            if once:
                return
            time.sleep(pause)


def beat(worker_id: str) -> bool:
    """Say that this worker lives; whether the database took it. The next beat tells it again."""
    try:
        workers.beat(worker_id)
    except DatabaseError as error:
        logger.error("the worker's sign of life was not kept: %s", error)
        return False
    return True


def _keep_beating(worker_id: str) -> None:
    while True:
        time.sleep(BEAT_EVERY)
        try:
            beat(worker_id)
        finally:
            connection.close()
