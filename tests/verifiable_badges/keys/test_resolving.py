"""From an address to a key, and who may be asked."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM, MUSEUM_KEY, MUSEUM_WEB, World, web_museum
from verifiable_badges.errors import InvalidKey, InvalidProof, Unsupported, VerifiableBadgesError
from verifiable_badges.keys import did_jwk, resolve_key
from verifiable_badges.keys.jwk import thumbprint
from verifiable_badges.keys.resolving import resolve_named

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


@pytest.mark.parametrize("purpose", ["assertionMethod", "authentication"])
@pytest.mark.parametrize("fragment", ["", "#0"])
def test_a_did_jwk_needs_nobody(purpose, fragment):
    world, did = World(), did_jwk(MUSEUM_KEY.public)

    key = resolve_key(did + fragment, world.resolve, purpose)

    assert (key.public, key.controller, key.confirmed) == (MUSEUM_KEY.public, did, True)
    assert world.asked == []


def test_a_did_jwk_has_one_key():
    with pytest.raises(InvalidKey):
        resolve_key(did_jwk(MUSEUM_KEY.public) + "#1", World().resolve)


SET = "https://museum.example/jwks.json"
KEYS = {"keys": [{**FORGER_KEY.public.to_jwk(), "kid": "old"}, {**MUSEUM_KEY.public.to_jwk(), "kid": "new"}]}


def test_a_key_of_a_set_is_named_by_the_fragment():
    key = resolve_key(f"{SET}#new", World({SET: KEYS}).resolve)

    assert (key.public, key.controller, key.confirmed) == (MUSEUM_KEY.public, SET, True)


@pytest.mark.parametrize("fragment", ["", "#", "#none"])
def test_a_set_of_several_keys_needs_the_name_of_one(fragment):
    with pytest.raises(InvalidKey) as error:
        resolve_key(SET + fragment, World({SET: KEYS}).resolve)
    assert error.value.code == "key_not_listed"


def jwk_museum(**members):
    jwk = {**MUSEUM_KEY.public.to_jwk(), "kid": thumbprint(MUSEUM_KEY.public)}
    method = {"id": "#key-1", "type": "JsonWebKey", "controller": MUSEUM_WEB, "publicKeyJwk": jwk, **members}
    return {"id": MUSEUM_WEB, "verificationMethod": [method], "assertionMethod": ["#key-1"]}


@pytest.mark.parametrize("kid", ["key-1", thumbprint(MUSEUM_KEY.public)])
def test_a_party_s_key_may_be_called_by_its_name_alone(kid):
    key = resolve_named(MUSEUM_WEB, kid, World({MUSEUM_WEB: jwk_museum()}).resolve)

    assert (key.public, key.method, key.confirmed) == (MUSEUM_KEY.public, f"{MUSEUM_WEB}#key-1", True)


def test_a_party_s_set_of_keys_has_names_too():
    assert resolve_named(SET, "new", World({SET: KEYS}).resolve).public == MUSEUM_KEY.public


def test_a_name_that_nobody_or_somebody_else_has():
    world = World({MUSEUM_WEB: jwk_museum()})

    for kid, purpose in (("key-2", "assertionMethod"), ("key-1", "authentication")):
        with pytest.raises(InvalidKey) as error:
            resolve_named(MUSEUM_WEB, kid, world.resolve, purpose)
        assert error.value.code == "key_not_listed"


@pytest.mark.parametrize("did", [MUSEUM, did_jwk(MUSEUM_KEY.public)])
def test_a_did_that_is_its_key_has_only_that_one(did):
    assert resolve_named(did, "whatever", World().resolve).public == MUSEUM_KEY.public


def test_the_end_of_a_key_is_told():
    document = jwk_museum(revoked="2026-05-01T00:00:00Z", expires="2026-06-01T00:00:00Z")

    key = resolve_key(f"{MUSEUM_WEB}#key-1", World({MUSEUM_WEB: document}).resolve)

    assert (key.revoked.month, key.expires.month) == (5, 6)


@pytest.mark.parametrize(
    "members", [{"controller": MUSEUM}, {"expires": "soon"}, {"type": "Multikey"}, {"secretKeyJwk": {}}]
)
def test_methods_that_do_not_hold(members):
    with pytest.raises(InvalidKey):
        resolve_key(f"{MUSEUM_WEB}#key-1", World({MUSEUM_WEB: jwk_museum(**members)}).resolve)


@given(
    st.text(max_size=60)
    | st.text("did:keyjwbz6M#0/a.", max_size=40)
    | st.text(max_size=9).map(lambda t: "did:jwk:" + t)
)
def test_whatever_the_address_only_our_errors_leave(method):
    with contextlib.suppress(VerifiableBadgesError):
        resolve_key(method, World().resolve)
