"""Loading the case files into pages: any number of times, and never over an editor's change.

What was loaded last is kept beside the page. A page that says something else by now, that has a draft, was withdrawn or
taken away was changed by an editor; it is theirs, and the loader says so and leaves it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update

from phereclos.knowledge import content as contents
from phereclos.knowledge import files, indexing, shelf
from phereclos.knowledge.content import Content
from phereclos.knowledge.models import CasePage, KnowledgeIndexPage, LoadedCase
from phereclos.ledger import audit


@dataclass
class Report:
    """Slugs by what became of them, each in order."""

    loaded: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def load(*, folder: Path) -> Report:
    """Load every case file of a folder, all or none. Raises CaseFileError before anything is written."""
    cases = list(files.read_all(folder))
    with transaction.atomic(), disable_reference_index_auto_update():
        report = _load(cases, shelf.ensure())
        if changed := report.loaded + report.updated:
            audit.record(who=audit.SYSTEM, verb="knowledge.loaded", what="cases", details={"slugs": changed})
    return report


def _load(cases: list[tuple[str, Content]], index: KnowledgeIndexPage) -> Report:
    known = {record.slug: record for record in LoadedCase.objects.all()}
    pages = {page.pk: page for page in CasePage.objects.prefetch_related(*contents.LINES, "evidence", "sources")}
    taken = {page.slug for page in pages.values()}
    report = Report()
    new: list[tuple[str, Content]] = []
    changed: list[tuple[CasePage, Content]] = []
    for slug, content in cases:
        record = known.get(slug)
        page = pages.get(record.page_id) if record else None
        if record is None and slug not in taken:
            report.loaded.append(slug)
            new.append((slug, content))
        elif record is None or page is None or changed_by_editor(page, record):
            report.kept.append(slug)
        elif record.content == content:
            report.unchanged.append(slug)
        else:
            report.updated.append(slug)
            changed.append((page, content))
    written = [(_add(index, slug, content), content) for slug, content in new]
    LoadedCase.objects.bulk_create(LoadedCase(slug=page.slug, page=page, content=content) for page, content in written)
    for page, content in changed:
        _update(page, content)
    indexing.index(written + changed)
    return report


def changed_by_editor(page: CasePage, record: LoadedCase) -> bool:
    """Whether the page differs from what was loaded; fields that came with a later release are no change."""
    if page.has_unpublished_changes or not page.live or page.slug != record.slug:
        return True
    now = contents.of_page(page)
    return any(now[key] != value for key, value in record.content.items() if key in now)


def _add(index: KnowledgeIndexPage, slug: str, content: Content) -> CasePage:
    page = CasePage(slug=slug)
    contents.put(page, content)
    index.add_child(instance=page)
    return page


def _update(page: CasePage, content: Content) -> None:
    contents.put(page, content)
    page.save()
    if page.latest_revision_id:  # an editor's earlier revision must not come back over the new text
        page.save_revision().publish()
    LoadedCase.objects.filter(page=page).update(content=content)
