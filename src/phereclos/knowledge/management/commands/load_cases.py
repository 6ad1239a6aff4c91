from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from phereclos.knowledge import content as contents
from phereclos.knowledge import indexing, loading
from phereclos.knowledge.files import CaseFileError
from phereclos.knowledge.models import CasePage


class Command(BaseCommand):
    help = "Loads the cases of content/cases into the knowledge base; what editors changed is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="folder", type=Path, default=settings.CONTENT_DIR / "cases")
        parser.add_argument("--index-again", action="store_true", help="make the search words of all cases anew")

    def handle(self, *args: Any, folder: Path, index_again: bool, **options: Any) -> None:
        try:
            report = loading.load(folder=folder)
        except CaseFileError as error:
            raise CommandError(str(error)) from error
        if index_again:
            indexing.index((page, contents.of_page(page)) for page in CasePage.objects.all())
        if not options["verbosity"]:
            return
        self.stdout.write(
            f"Cases: {len(report.loaded)} loaded, {len(report.updated)} updated, "
            f"{len(report.unchanged)} unchanged, {len(report.kept)} kept as editors left them."
        )
        for slug in report.kept:
            self.stdout.write(f"  kept: {slug}")
