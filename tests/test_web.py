"""What every answer carries, and what no address may provoke."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/about/privacy/", "/about/accessibility/", "/about/concern/", "/about/project/", "/clusters/",
          "/organisations/", "/exchange/", "/activities/", "/badges/", "/verify/", "/knowledge/", "/ui/",
          "/accounts/login/"]  # fmt: skip
FORBIDDEN = ("unsafe-inline", "unsafe-eval", "http:", "https:", "*")


@pytest.mark.parametrize("address", [*PUBLIC, "/nothing-here/"])
def test_the_policy_is_strict_on_pages_and_error_pages(address: str) -> None:
    """Threats 104, 106: no inline code, no outside host, no foreign frame."""
    policy = Client().get(address).headers["Content-Security-Policy"]

    assert not any(word in policy for word in FORBIDDEN)
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'self'" in policy


@pytest.mark.parametrize("address", PUBLIC)
def test_reading_sets_at_most_the_token_of_a_form(address: str) -> None:
    """Threat 109. A page without a form sets no cookie at all."""
    found = Client().get(address)

    assert found.status_code == 200
    assert set(found.cookies) == ({"csrftoken"} if b"csrfmiddlewaretoken" in found.content else set())


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_ORIGINAL_URL", "HTTP_X_REWRITE_URL"])
def test_a_foreign_host_name_is_nowhere_in_the_answer(header: str) -> None:
    """Threat 107."""
    found = Client().get("/accounts/login/", **{header: "evil.example"})

    assert b"evil.example" not in found.content
    assert "evil.example" not in str(found.headers)
    assert found.status_code == (400 if header == "HTTP_HOST" else 200)


@pytest.mark.parametrize(
    "address",
    ["/" + "a" * 100_000, "/%00", "/clusters/%2e%2e/%2e%2e/etc/passwd", "//evil.example/x", "/clusters/;x=1/",
     "/knowledge/%ff%fe/", "/badges/awards/%2F/", "/verify/?next=%00"],
)  # fmt: skip
def test_odd_addresses_get_a_page_of_ours(address: str) -> None:
    """Threats 110, 111."""
    found = Client().get(address)

    assert found.status_code in {200, 301, 400, 404, 414}
    assert b"Traceback" not in found.content


def test_an_error_page_gives_a_number_to_quote_and_tells_nothing_else() -> None:
    found = Client().get("/nothing-here/")

    assert found.status_code == 404
    assert b"Django" not in found.content
    assert b"urlpatterns" not in found.content
    assert found.content.count(b"<h1") == 1


@pytest.mark.parametrize("address", ["/me/", "/clusters/"])
def test_a_database_that_is_gone_is_said_to_be_so_to_signed_in_people_too(cast: Cast, address: str) -> None:
    """Sessions and second factors ask it before any view does."""

    def gone(*arguments: object) -> None:
        raise OperationalError("the connection was lost")

    client = cast.client(cast.alice)
    client.raise_request_exception = False
    with connection.execute_wrapper(gone):
        answer = client.get(address)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.content.count(b"<h1") == 1
    assert b"connection" not in answer.content


def test_health_and_readiness() -> None:
    assert Client().get("/healthz").content == b"ok"
    assert Client().get("/readyz").status_code == 200


def test_private_pages_are_not_stored(cast: Cast) -> None:
    """Threat 108."""
    assert cast.client(cast.alice).get("/me/").headers["Cache-Control"] == "no-store"
