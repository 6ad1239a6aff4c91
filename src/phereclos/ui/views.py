"""The gallery, the one stylesheet, and the pages for when something did not work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from phereclos.ui import specimens
from phereclos.ui.sheet import sheet


@require_safe
def stylesheet(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The sheet. An address of another release gets today's sheet, but may not keep it."""
    current = sheet()
    response = HttpResponse(current.content, content_type="text/css; charset=utf-8")
    known = fingerprint == current.fingerprint
    response["Cache-Control"] = "public, max-age=31536000, immutable" if known else "no-cache"
    return response


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "ui/gallery.html", specimens.context())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, "403_csrf.html")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 429)


def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 503)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: whatever broke must not break this page as well."""
    text = render_to_string("500.html", {"number": getattr(request, "id", "")})
    return HttpResponse(text, status=500)


def _page(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    return render(request, template or f"{status}.html", {"number": getattr(request, "id", "")}, status=status)
