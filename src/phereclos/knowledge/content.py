"""What a case says, as plain data: the shape that files, pages, digests, the search index and the JSON door share.

    {"title", "country", "place", "lead_organisation", "lead_kind", "started", "status", "age_from", "age_to",
     "summary", "body", "confidence", "checked_on", "partner_kinds": [], "settings": [], "themes": [],
     "how_it_works": [text], "take_overs": [text], "conditions": [text],
     "evidence": [{"result", "year", "kind", "source", "strength", "finding", "judged"}],
     "sources": [{"title", "url"}]}

`source` is the number of a source as readers see it, from 1.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from phereclos.knowledge.models import CasePage

Content = dict[str, Any]

FIELDS = (
    "title", "country", "place", "lead_organisation", "lead_kind", "started", "status", "age_from", "age_to",
    "summary", "body", "confidence", "checked_on", "partner_kinds", "settings", "themes",
)  # fmt: skip
LINES = ("how_it_works", "take_overs", "conditions")
EVIDENCE = ("result", "year", "kind", "source", "strength", "finding", "judged")
SOURCE = ("title", "url")


def of_page(page: CasePage) -> Content:
    """The content of a page as it stands in memory; five queries unless its children are there already."""
    content: Content = {field: _plain(getattr(page, field)) for field in FIELDS}
    content |= {name: [line.text for line in getattr(page, name).all()] for name in LINES}
    content["evidence"] = [{key: getattr(item, key) for key in EVIDENCE} for item in page.evidence.all()]
    content["sources"] = [{key: getattr(source, key) for key in SOURCE} for source in page.sources.all()]
    return content


def put(page: CasePage, content: Content) -> None:
    """Write the content into a page in memory; saving is the caller's."""
    for field in FIELDS:
        setattr(page, field, content[field])
    page.checked_on = date.fromisoformat(content["checked_on"])
    for name in (*LINES, "evidence", "sources"):
        model = page._meta.get_field(name).related_model
        rows = [row if isinstance(row, dict) else {"text": row} for row in content[name]]
        setattr(page, name, [model(sort_order=order, **row) for order, row in enumerate(rows)])


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int | list) else str(value)
