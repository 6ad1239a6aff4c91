"""Whatever somebody writes into an address, the page answers."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from tests.exchange.making import need
from tests.ui.test_words import STRANGE


@pytest.mark.parametrize("text", STRANGE)
def test_strange_words_in_addresses_answer(cast: Cast, client: Client, text: str) -> None:
    logbook = f"{cast.cluster.get_absolute_url()}logbook/"
    for path, name in (
        ("/clusters/", "q"), ("/organisations/", "q"), ("/exchange/", "q"), ("/knowledge/", "q"),
        ("/activities/", "cluster"), ("/clusters/", "page"), (logbook, "point"),
    ):  # fmt: skip
        assert client.get(path, {name: text}).status_code == 200, (path, name)


@pytest.mark.parametrize("text", STRANGE)
def test_strange_keys_of_a_partner_are_absent(cast: Cast, text: str) -> None:
    asked = f"/exchange/needs/{need(cast).pk}/ask/"
    for name in ("to", "offer"):
        assert cast.client(cast.alice).get(asked, {name: text}).status_code == 404, name
