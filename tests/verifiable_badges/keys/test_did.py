"""DIDs, made and taken apart."""

import pytest

from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM_KEY
from verifiable_badges.errors import InvalidKey
from verifiable_badges.keys import did_document, did_key, did_key_method, did_key_public, did_web, did_web_to_url


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
