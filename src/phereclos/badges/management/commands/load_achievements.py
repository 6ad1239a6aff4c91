from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from phereclos.badges import achievements


class Command(BaseCommand):
    help = "Bring the achievements up to content/achievements/ (phereclos up does it at every start)."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        try:
            new, changed = achievements.load()
        except achievements.ContentError as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write(f"{new} new achievements, {changed} changed.")
