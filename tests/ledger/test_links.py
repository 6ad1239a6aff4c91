"""Signed links: one purpose, one thing, an end; any change is refused alike."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from phereclos.ledger import links

SOON = timedelta(hours=1)
PURPOSES = ["answer", "invitation", "cluster-invitation", "claim", "object"]


def make(purpose: str = "answer", key: str = "6f1c", until: timedelta = SOON) -> str:
    return links.make(purpose=purpose, key=key, until=timezone.now() + until)


def test_a_good_link_gives_its_key() -> None:
    assert links.read(purpose="answer", token=make()) == "6f1c"


def test_the_same_row_gives_the_same_link() -> None:
    moment = timezone.now() + SOON
    first, again = (links.make(purpose="answer", key="6f1c", until=moment) for _ in range(2))

    assert first == again


def test_every_altered_letter_is_refused() -> None:
    token = make()
    for position, letter in enumerate(token):
        for put in ("", letter * 2, letter.swapcase(), "x"):
            changed = token[:position] + put + token[position + 1 :]
            if changed != token:
                with pytest.raises(links.LinkRefused):
                    links.read(purpose="answer", token=changed)


@pytest.mark.parametrize("made", PURPOSES)
@pytest.mark.parametrize("used", PURPOSES)
def test_a_link_opens_its_own_purpose_only(made: str, used: str) -> None:
    token = make(purpose=made)
    if made == used:
        assert links.read(purpose=used, token=token)
    else:
        with pytest.raises(links.LinkRefused):
            links.read(purpose=used, token=token)


def test_an_old_link_says_that_it_is_old() -> None:
    with pytest.raises(links.LinkExpired):
        links.read(purpose="answer", token=make(until=timedelta(seconds=-1)))


def test_links_survive_a_new_secret_while_the_old_one_is_kept(settings) -> None:  # type: ignore[no-untyped-def]
    token = make()
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another-secret-of-more-than-thirty-two-letters"

    with pytest.raises(links.LinkRefused):
        links.read(purpose="answer", token=token)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert links.read(purpose="answer", token=token) == "6f1c"
