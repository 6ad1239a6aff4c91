"""Which cases may be read: an unpublished case and an absent one are the same 404."""

from __future__ import annotations

from django.http import Http404

from phereclos.knowledge.models import CasePage


def case_or_404(slug: str) -> CasePage:
    case: CasePage | None = CasePage.objects.readable().filter(slug=slug).first()
    if case is None:
        raise Http404
    return case
