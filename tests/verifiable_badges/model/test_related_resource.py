"""Digests of things outside: the same bytes pass, any others fail, unknown kinds could not be checked."""

import base64
import hashlib

import pytest

from verifiable_badges.errors import InvalidCredential, Unsupported
from verifiable_badges.keys.multibase import base64url_encode, multibase_encode
from verifiable_badges.model import RelatedResource

CONTENT = b"a picture of a knot"
HASHES = [("sha256", b"\x12\x20"), ("sha384", b"\x20\x30"), ("sha512", b"\x13\x40")]


def sri(name, content=CONTENT):
    return f"{name}-{base64.b64encode(hashlib.new(name, content).digest()).decode()}"


def multihash(name, prefix, content=CONTENT):
    return prefix + hashlib.new(name, content).digest()


def check(content=CONTENT, **digests):
    RelatedResource("https://museum.example/knot.png", **digests).check(content)


@pytest.mark.parametrize(("name", "prefix"), HASHES)
def test_every_kind_of_digest_accepts_its_bytes_and_no_others(name, prefix):
    for digests in (
        {"digest_sri": sri(name)},
        {"digest_multibase": multibase_encode(multihash(name, prefix))},
        {"digest_multibase": "u" + base64url_encode(multihash(name, prefix))},
    ):
        check(**digests)
        with pytest.raises(InvalidCredential) as refusal:
            check(CONTENT + b".", **digests)
        assert refusal.value.code == "digest_differs"


def test_both_digests_must_fit():
    with pytest.raises(InvalidCredential):
        check(digest_sri=sri("sha256"), digest_multibase=multibase_encode(multihash("sha256", b"\x12\x20", b"other")))


def test_of_several_digests_the_strongest_kind_counts():
    check(digest_sri=f"{sri('sha256', b'other')} {sri('sha512', b'other')} {sri('sha512')}?ct=image/png")
    with pytest.raises(InvalidCredential):
        check(digest_sri=f"{sri('sha256')} {sri('sha512', b'other')}")


@pytest.mark.parametrize("digests", [{"digest_sri": "md5-AAAA"}, {"digest_sri": "-"}, {"digest_multibase": "uFgAB"}])
def test_digests_of_unknown_kinds_could_not_be_checked(digests):
    with pytest.raises(Unsupported):
        check(**digests)


@pytest.mark.parametrize(
    "digests", [{"digest_sri": "sha256-!"}, {"digest_multibase": "u!"}, {"digest_multibase": "mAAAA"}]
)
def test_damaged_digests_fail(digests):
    with pytest.raises(InvalidCredential) as refusal:
        check(**digests)
    assert refusal.value.code == "digest_form"


def test_a_shortened_digest_fails():
    with pytest.raises(InvalidCredential):
        check(digest_multibase="u" + base64url_encode(multihash("sha256", b"\x12\x20")[:-1]))


def test_a_resource_without_digest_vouches_for_nothing():
    with pytest.raises(InvalidCredential):
        RelatedResource("https://museum.example/knot.png")


def test_a_resource_is_made_from_its_bytes():
    made = RelatedResource.of("https://museum.example/knot.png", CONTENT, "image/png")

    made.check(CONTENT)
    assert RelatedResource.from_json(made.to_json()) == made
