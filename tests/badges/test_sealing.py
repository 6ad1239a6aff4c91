"""Keys at rest: sealed, bound to their row, and nowhere in the open."""

from __future__ import annotations

import base64
import io
import json

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from phereclos.badges import actions, keyring
from phereclos.badges.models import Award, Issuer, IssuerKey
from phereclos.badges.sealing import SealBroken, seal, unseal
from tests.badges.conftest import Bench
from tests.cast import Cast

SECRET = "a secret of more than thirty-two letters"


def test_what_is_sealed_opens_with_the_same_secret_purpose_and_row_only() -> None:
    sealed = seal(b"seed", secret=SECRET, purpose="p", belongs_to="row")

    assert unseal(sealed, secret=SECRET, purpose="p", belongs_to="row") == b"seed"
    for other in ({"secret": SECRET + "x"}, {"purpose": "q"}, {"belongs_to": "another"}):
        with pytest.raises(SealBroken):
            unseal(sealed, **({"secret": SECRET, "purpose": "p", "belongs_to": "row"} | other))


@pytest.mark.parametrize(
    "damage", [lambda s: s[:-1], lambda s: s[:20] + b"x" + s[21:], lambda s: b"\x02" + s[1:], lambda s: b""]
)
def test_what_was_damaged_does_not_open(damage) -> None:
    sealed = seal(b"seed" * 8, secret=SECRET, purpose="p", belongs_to="row")
    with pytest.raises(SealBroken):
        unseal(damage(sealed), secret=SECRET, purpose="p", belongs_to="row")


def test_two_seals_of_one_value_differ() -> None:
    assert seal(b"x", secret=SECRET, purpose="p", belongs_to="r") != seal(
        b"x", secret=SECRET, purpose="p", belongs_to="r"
    )


def test_another_key_secret_is_one_sentence_and_makes_no_new_key(bench: Bench, settings) -> None:
    settings.KEY_SECRET = "another secret of more than thirty-two letters"

    with pytest.raises(SealBroken, match="KEY_SECRET"):
        bench.give()
    with pytest.raises(SealBroken):
        actions.rotate_key(issuer=bench.issuer, by=bench.dora)
    assert (IssuerKey.objects.count(), Award.objects.count()) == (1, 0)


def test_the_page_says_what_is_wrong_and_signs_nothing(bench: Bench, cast: Cast, settings) -> None:
    settings.KEY_SECRET = "another secret of more than thirty-two letters"
    page = f"/badges/issuing/{bench.issuer.slug}/award/"
    sent = {
        "once": "6f1c0c9a-0000-4000-8000-000000000001",
        "achievement": bench.tide.pk,
        "kind": "mailbox",
        "mailbox": "a@example.org",
    }
    answer = cast.client(cast.dora).post(page, sent)

    assert answer.status_code == 503
    assert "KEY_SECRET" in answer.content.decode()
    assert not Award.objects.exists()


def test_no_private_key_is_readable_in_database_pages_or_documents(bench: Bench, cast: Cast) -> None:
    award = bench.give()
    actions.rotate_key(issuer=bench.issuer, by=bench.dora)
    seeds = [keyring.opened(key).seed for key in IssuerKey.objects.all()]
    everything = io.StringIO()
    call_command("dumpdata", "--all", stdout=everything, exclude=["contenttypes", "auth"])
    client = cast.client(cast.dora)
    pages = [
        client.get(path).content
        for path in (
            f"/badges/issuers/{bench.issuer.slug}/", f"/badges/issuing/{bench.issuer.slug}/keys/",
            f"/badges/awards/{award.uid}.json", f"/badges/awards/{award.uid}/",
        )
    ]  # fmt: skip
    text = everything.getvalue().encode() + b"".join(pages)
    for seed in seeds:
        for form in (seed, seed.hex().encode(), base64.b64encode(seed), base64.urlsafe_b64encode(seed).rstrip(b"=")):
            assert form not in text
    assert json.loads(everything.getvalue())
    assert Issuer.objects.exists()
    assert django_settings.KEY_SECRET.encode() not in text
