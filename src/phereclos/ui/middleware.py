"""Gives a page to answers that Django leaves empty."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class ApologyMiddleware:
    """A person who opens an address that only takes what a form sends is told so; a program gets the bare answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and request.accepts("text/html"):
            response.content = render_to_string("405.html", {"number": getattr(request, "id", "")}, request).encode()
        return response
