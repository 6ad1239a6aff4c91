"""An address of this site is known in every spelling, and no other for it."""

from __future__ import annotations

from uuid import UUID

import pytest

from phereclos.badges import own

UID = "0d4f4d3c-2ad6-4e4e-9a3c-3f8f5a1f7f10"


@pytest.mark.parametrize(
    "start", ["https://host.example", "HTTPS://Host.Example", "https://host.example:443", "https://host.example."]
)
def test_every_spelling_of_our_address_is_ours(settings, start: str) -> None:
    settings.PUBLIC_URL = "https://host.example"
    assert own.is_ours(start)
    assert own.award_uid(f"{start}/badges/awards/{UID}/?from=mail#top") == UUID(UID)


@pytest.mark.parametrize(
    "other",
    [
        "http://host.example/", "https://host.example:8443/", "https://host.example.org/", "https://me@host.example/",
        "https://host.example:x/", "https://[", "urn:uuid:1", "/badges/", "",
    ],
)  # fmt: skip
def test_no_other_address_is_ours(settings, other: str) -> None:
    settings.PUBLIC_URL = "https://host.example"
    assert not own.is_ours(other)
    assert own.award_uid(f"{other}badges/awards/{UID}") is None
