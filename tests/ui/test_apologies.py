"""Pages for when something did not work: what happened, that nothing was lost, what to do, a number to quote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory

from phereclos.ui import views
from phereclos.ui.middleware import ApologyMiddleware

PAGES: list[tuple[Callable[[HttpRequest], HttpResponse], int]] = [
    (views.bad_request, 400),
    (views.permission_denied, 403),
    (views.csrf_failure, 403),
    (views.not_found, 404),
    (views.too_many, 429),
    (views.server_error, 500),
    (views.unavailable, 503),
]


@pytest.fixture
def request_with_number() -> HttpRequest:
    request = RequestFactory().get("/")
    request.id = "3f9a01c2"  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(("view", "status"), PAGES)
def test_each_page_has_one_title_a_way_on_and_the_number(
    view: Callable[[HttpRequest], HttpResponse], status: int, request_with_number: HttpRequest
) -> None:
    response = view(request_with_number)
    html = response.content.decode()

    assert response.status_code == status
    assert html.count("<h1>") == 1
    assert "3f9a01c2" in html
    assert any(word in html for word in ("lost", "safe", "Nothing was", "Nothing has"))


def test_without_a_number_none_is_promised() -> None:
    assert "number" not in views.not_found(RequestFactory().get("/")).content.decode()


def test_the_page_for_our_own_mistake_looks_nothing_up(settings: Any) -> None:
    settings.TEMPLATES[0]["OPTIONS"]["context_processors"] = ["no.such.processor"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "no.such.storage"}}

    response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "<script" not in response.content.decode()


def test_an_address_only_a_form_may_use_says_so_to_a_person() -> None:
    answer = ApologyMiddleware(lambda request: HttpResponseNotAllowed(["POST"]))
    response = answer(RequestFactory().get("/", headers={"accept": "text/html"}))

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "only takes what a form sends" in response.content.decode()


def test_a_program_gets_the_bare_answer() -> None:
    answer = ApologyMiddleware(lambda request: HttpResponseNotAllowed(["POST"]))

    assert answer(RequestFactory().get("/", headers={"accept": "application/json"})).content == b""
