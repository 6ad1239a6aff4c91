"""Wagtail's back office, entered by our own sign-in only: its doors for passwords would pass by the second factor.

To signed-in people who may not edit it is absent, like everything that is not theirs.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path, reverse
from django.utils.http import urlencode
from django.views.generic import RedirectView
from wagtail.admin.urls import urlpatterns as wagtail_patterns
from wagtail.utils.urlpatterns import decorate_urlpatterns

View = Callable[..., HttpResponse]


def absent_for_others(view: View) -> View:
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def sign_in(request: HttpRequest) -> HttpResponse:
    """Send people to our sign-in, and after it back to the page they wanted."""
    wanted = request.GET.get("next", "")
    inside = wanted.startswith("/back-office/")
    return redirect(reverse("account_login") + (f"?{urlencode({'next': wanted})}" if inside else ""))


def absent(request: HttpRequest) -> HttpResponse:
    """Files of Wagtail's own: nothing of ours uses them, and nothing serves them (wagtail_hooks.py)."""
    raise Http404


urlpatterns = decorate_urlpatterns(
    [
        path("login/", sign_in),
        re_path(r"^password_reset/", RedirectView.as_view(pattern_name="account_login")),
        re_path(r"^(?:documents|images)/", absent),
        *wagtail_patterns,
    ],
    absent_for_others,
)
