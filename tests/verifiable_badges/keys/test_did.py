"""DIDs, made and taken apart."""

import pytest

from tests.verifiable_badges.keys.test_signing import key_of
from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM_KEY
from verifiable_badges.errors import InvalidKey, Unsupported
from verifiable_badges.keys import (
    KeyKind,
    did_document,
    did_jwk,
    did_jwk_public,
    did_key,
    did_key_method,
    did_key_public,
    did_web,
    did_web_to_url,
)
from verifiable_badges.keys.multibase import base64url_encode, multibase_encode


def test_did_key_holds_its_key():
    did = did_key(MUSEUM_KEY.public)

    assert did_key_public(did) == MUSEUM_KEY.public
    assert did_key_method(MUSEUM_KEY.public) == f"{did}#{MUSEUM_KEY.public.multibase}"


@pytest.mark.parametrize(
    ("url", "path", "did", "place"),
    [
        ("https://a.example", "", "did:web:a.example", "https://a.example/.well-known/did.json"),
        ("https://a.example/", "issuers/7", "did:web:a.example:issuers:7", "https://a.example/issuers/7/did.json"),
        ("https://a.example:8443", "/i/", "did:web:a.example%3A8443:i", "https://a.example:8443/i/did.json"),
    ],
)
def test_did_web_and_its_address(url, path, did, place):
    assert did_web(url, path) == did
    assert did_web_to_url(did) == place


@pytest.mark.parametrize(
    "url", ["http://a.example", "https://", "https://u@a.example", "https://a.example/p", "https://a:x"]
)
def test_sites_without_a_did_web(url):
    with pytest.raises(InvalidKey):
        did_web(url)


@pytest.mark.parametrize("path", ["..", "a/../b", "a//b", "a b", "ä", "a%2fb", "a?b"])
def test_paths_without_a_did_web(path):
    with pytest.raises(InvalidKey):
        did_web("https://a.example", path)


@pytest.mark.parametrize(
    "did",
    [
        "did:key:z6Mk",
        "did:web:",
        "did:web:a.example:..",
        "did:web:a.example:%2e%2e:x",
        "did:web:a.example%2Fx",
        "did:web:a.example%40b",
        "did:web:a.example%3A99999",
        "did:web:a.example::x",
        "did:web:a.example#x",
        "did:web:a.example/x",
        "did:web:[::1]",
    ],
)
def test_malformed_did_webs_have_no_address(did):
    with pytest.raises(InvalidKey):
        did_web_to_url(did)


def test_a_did_document_keeps_retired_keys_and_puts_the_active_one_first():
    document = did_document("did:web:a.example", [FORGER_KEY.public, MUSEUM_KEY.public], MUSEUM_KEY.public)

    assert document["verificationMethod"][0]["publicKeyMultibase"] == MUSEUM_KEY.public.multibase
    assert document["assertionMethod"] == [method["id"] for method in document["verificationMethod"]]
    assert len(document["assertionMethod"]) == 2


def test_the_active_key_must_be_one_of_the_keys():
    with pytest.raises(InvalidKey):
        did_document("did:web:a.example", [FORGER_KEY.public], MUSEUM_KEY.public)


@pytest.mark.parametrize("kind", KeyKind)
def test_every_kind_of_key_is_a_did(kind):
    public = key_of(kind).public

    assert did_key_public(did_key(public)) == public
    assert did_jwk_public(did_jwk(public)) == public


def test_the_example_of_the_did_jwk_method():
    """did:jwk method, section "P-256"."""
    did = (
        "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAi"
        "LCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9"
    )

    assert did_jwk_public(did).to_jwk()["x"] == "acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0"


@pytest.mark.parametrize("prefix", ["e701", "ec01", "eb01"])
def test_a_did_key_of_a_kind_that_is_of_no_use_cannot_be_decided(prefix):
    with pytest.raises(Unsupported):
        did_key_public("did:key:" + multibase_encode(bytes.fromhex(prefix) + b"\2" + bytes(32)))


@pytest.mark.parametrize("did", ["did:key:", "did:key:u7QE", "did:key:z", "did:key:z0", "did:keys:z6Mk", "z6Mk"])
def test_malformed_did_keys(did):
    with pytest.raises(InvalidKey):
        did_key_public(did)


@pytest.mark.parametrize(
    "did",
    [
        "did:jwk:",
        "did:jwk:x",
        "did:jwk:" + base64url_encode(b"[]"),
        "did:jwk:" + base64url_encode(b'{"kty":"oct","k":"AA"}'),
        "did:jwk:" + base64url_encode(b"not JSON"),
        did_jwk(MUSEUM_KEY.public) + "=",
        did_jwk(MUSEUM_KEY.public) + "#0",
        did_key(MUSEUM_KEY.public),
    ],
)
def test_malformed_did_jwks(did):
    with pytest.raises(InvalidKey):
        did_jwk_public(did)
