"""From an address to a key, and who may be asked."""

import pytest

from tests.verifiable_badges.makers import MUSEUM, MUSEUM_KEY, MUSEUM_WEB, World, web_museum
from verifiable_badges.errors import InvalidKey, InvalidProof, Unsupported
from verifiable_badges.keys import resolve_key

METHOD = f"{MUSEUM_WEB}#{MUSEUM_KEY.public.multibase}"
PAGE = "https://museum.example/key"


def test_a_did_key_needs_nobody():
    world = World()

    assert resolve_key(MUSEUM, world.resolve).public == MUSEUM_KEY.public
    assert world.asked == []


def test_a_did_key_must_name_itself():
    with pytest.raises(InvalidKey):
        resolve_key(f"{MUSEUM}#z6Mkother", World().resolve)


def test_a_did_web_key_is_confirmed_by_its_document():
    key = resolve_key(METHOD, World({MUSEUM_WEB: web_museum()}).resolve)

    assert (key.public, key.controller, key.confirmed) == (MUSEUM_KEY.public, MUSEUM_WEB, True)


def test_a_key_embedded_in_its_purpose_is_found():
    document = web_museum()
    document["assertionMethod"] = document.pop("verificationMethod")

    assert resolve_key(METHOD, World({MUSEUM_WEB: document}).resolve).confirmed


def test_a_key_listed_for_another_purpose_only_is_refused():
    document = web_museum()
    document["authentication"] = document.pop("assertionMethod")

    with pytest.raises(InvalidKey) as error:
        resolve_key(METHOD, World({MUSEUM_WEB: document}).resolve)
    assert error.value.code == "key_not_listed"


def test_a_key_on_a_page_of_its_own_only_claims_its_controller():
    page = {"id": PAGE, "type": "Multikey", "controller": MUSEUM, "publicKeyMultibase": MUSEUM_KEY.public.multibase}

    key = resolve_key(PAGE, World({PAGE: page}).resolve)

    assert (key.controller, key.confirmed) == (MUSEUM, False)


@pytest.mark.parametrize(
    "method", ["", "x", "#x", "http://a.example/k", "file:///k", "urn:uuid:1", "did:web", "javascript:1"]
)
def test_what_is_no_address_of_a_key_is_not_asked(method):
    world = World()

    with pytest.raises((InvalidProof, InvalidKey)):
        resolve_key(method, world.resolve)
    assert world.asked == []


@pytest.mark.parametrize("method", ["did:ion:abc#k", "did:ebsi:x"])
def test_other_kinds_of_identity_cannot_be_decided(method):
    with pytest.raises(Unsupported):
        resolve_key(method, World().resolve)


def test_a_malformed_did_web_is_not_asked():
    world = World()

    with pytest.raises(InvalidKey):
        resolve_key("did:web:a.example:..:x#k", world.resolve)
    assert world.asked == []
