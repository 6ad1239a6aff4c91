"""One sheet, made of all the others, at an address that changes with it."""

from __future__ import annotations

import gzip
import re

from django.contrib.staticfiles import finders
from django.test import Client

from phereclos.ui.sheet import ROOT, sheet


def css() -> str:
    return sheet().content.decode()


def test_every_component_has_its_place_in_the_sheet() -> None:
    listed = (ROOT / "site.css").read_text(encoding="utf-8")

    for path in (ROOT / "components").glob("*.css"):
        assert f'@import url("components/{path.name}");' in listed, path.name
    assert "@import" not in css()


def test_the_order_of_the_layers_comes_first() -> None:
    assert css().startswith("@layer reset, tokens, base, layout, components, utilities;")


def test_every_file_the_sheet_names_is_there() -> None:
    addresses = re.findall(r'url\("([^"]+)"\)', css())

    assert len(addresses) == 10
    for address in addresses:
        assert finders.find(address.removeprefix("/static/")), address


def test_the_sheet_is_small_enough_for_a_slow_phone() -> None:
    assert len(gzip.compress(sheet().content)) < 16_000


def test_this_releases_sheet_may_be_kept_for_ever() -> None:
    response = Client().get(f"/ui/site.{sheet().fingerprint}.css")

    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]


def test_an_older_address_gets_todays_sheet_but_may_not_keep_it() -> None:
    response = Client().get("/ui/site.0123456789ab.css")

    assert response.content == sheet().content
    assert response["Cache-Control"] == "no-cache"
