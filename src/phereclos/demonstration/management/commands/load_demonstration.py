"""`phereclos manage load_demonstration`: the two invented clusters, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from phereclos.demonstration import world


class Command(BaseCommand):
    help = "Load the two invented clusters, if they are not there. Only where DEMONSTRATION is set."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration is loaded only where DEMONSTRATION=1 is set; nothing was changed.")
        loaded = world.load()
        if options["verbosity"]:
            self.stdout.write("The demonstration was loaded." if loaded else "The demonstration is there already.")
