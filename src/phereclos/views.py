"""Pages of the site as a whole: the home page, what it stands for, and whether it is well."""

from __future__ import annotations

import tempfile

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from phereclos.clusters.models import Cluster
from phereclos.knowledge.models import CasePage, EvidenceItem
from phereclos.ui.drawings.members import Member

ABOUT_PAGES = ("privacy", "accessibility", "concern", "project")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    clusters = (
        Cluster.objects.public()
        .annotate(members=Count("memberships", filter=Q(memberships__state="active")))
        .order_by("-members", "name")
    )
    return render(request, "site/home.html", {"planks": _planks(), "clusters": clusters[:6], "cases": case_figures()})


def _planks() -> list[Member]:
    """Oldest lowest, as in every hull: schools first, then whoever joins them."""
    return [
        Member(_("schools"), "school"),
        Member(_("universities"), "university"),
        Member(_("towns"), "municipality"),
        Member(_("museums"), "museum_science_centre"),
        Member(_("libraries"), "library"),
        Member(_("companies"), "company"),
        Member(_("families"), "families"),
    ]


def case_figures() -> dict[str, int]:
    """How many cases there are, and how many rest on what; each counted from its evidence items, never written down."""
    readable = CasePage.objects.readable()
    items = EvidenceItem.objects.filter(page__in=readable)
    outcome = items.filter(kind="outcome").values("page").distinct().count()
    total = readable.count()
    by_lot = items.filter(strength="drawn_by_lot")
    return {
        "total": total,
        "countries": readable.values("country").distinct().count(),
        "outcome": outcome,
        "only_counted": total - outcome,
        "by_lot": by_lot.values("page").distinct().count(),
        "by_lot_without_gain": by_lot.filter(finding__in=("none", "mixed", "worse")).values("page").distinct().count(),
    }


@require_safe
def about(request: HttpRequest, page: str) -> HttpResponse:
    if page not in ABOUT_PAGES:
        raise Http404
    return render(request, f"site/{page}.html")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready to serve: the tables are those of this version, and the data folder can be written. Else 503."""
    try:
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        with tempfile.NamedTemporaryFile(dir=settings.DATA_DIR) as file:
            file.write(b"x" * 4096)
            file.flush()
    except (DatabaseError, OSError):
        return HttpResponse("not ready: database or data folder", status=503, content_type="text/plain")
    if behind:
        return HttpResponse("not ready: migrations are due", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")
