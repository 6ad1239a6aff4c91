"""Controller documents: who may sign, and what is refused plainly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM_KEY, MUSEUM_WEB, web_museum
from verifiable_badges.errors import InvalidKey, VerifiableBadgesError
from verifiable_badges.keys.documents import read_document

METHOD = f"{MUSEUM_WEB}#{MUSEUM_KEY.public.multibase}"
SHOWN = web_museum()["verificationMethod"][0]

MALFORMED = {
    "no object": [],
    "another document": web_museum() | {"id": "did:web:evil.example"},
    "an id that is no text": web_museum() | {"id": 7},
    "nobody's document": {name: value for name, value in web_museum().items() if name != "id"},
    "methods that are a number": web_museum() | {"verificationMethod": 7},
    "a method that is a number": web_museum() | {"verificationMethod": [7]},
    "a method that is only named": web_museum() | {"verificationMethod": [METHOD]},
    "a method without a name": web_museum() | {"verificationMethod": [{"type": "Multikey"}]},
    "a method whose name is a number": web_museum() | {"verificationMethod": [SHOWN | {"id": 7}]},
    "a method whose controller is a list": web_museum() | {"verificationMethod": [SHOWN | {"controller": []}]},
    "one name for two keys": web_museum()
    | {"verificationMethod": [SHOWN, SHOWN | {"publicKeyMultibase": FORGER_KEY.public.multibase}]},
    "one name for two keys, written in two ways": web_museum()
    | {"verificationMethod": [SHOWN, SHOWN | {"id": METHOD.removeprefix(MUSEUM_WEB)}]},
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_documents_are_refused(name):
    with pytest.raises(InvalidKey) as error:
        read_document(MUSEUM_WEB, MALFORMED[name])
    assert error.value.code == "controller_document"


@pytest.mark.parametrize("value", [7, [7], [None], [[METHOD]], [{"type": "Multikey"}]])
def test_malformed_purposes_are_refused_when_they_are_asked_for(value):
    document = read_document(MUSEUM_WEB, web_museum() | {"authentication": value})

    assert document.find(METHOD, "assertionMethod") == SHOWN
    with pytest.raises(InvalidKey):
        document.find(METHOD, "authentication")


def test_a_profile_need_not_name_itself():
    page = read_document("https://museum.example", {"assertionMethod": [METHOD]})

    assert page.lists_method(METHOD, MUSEUM_KEY.public, "assertionMethod")
    assert not page.lists_method(METHOD, MUSEUM_KEY.public, "authentication")


def test_a_key_is_listed_under_its_own_name_or_any():
    document = read_document(MUSEUM_WEB, web_museum())

    assert document.lists_method(METHOD, MUSEUM_KEY.public, "assertionMethod")
    assert not document.lists_method(METHOD, FORGER_KEY.public, "assertionMethod")
    assert document.lists_key(MUSEUM_KEY.public, "assertionMethod")
    assert not document.lists_key(FORGER_KEY.public, "assertionMethod")
    assert not document.lists_key(MUSEUM_KEY.public, "authentication")


def test_a_page_that_is_a_set_of_keys_shows_them():
    page = read_document("https://museum.example/jwks", {"keys": [MUSEUM_KEY.public.to_jwk()]})

    assert page.lists_key(MUSEUM_KEY.public, "assertionMethod")
    assert not page.lists_key(FORGER_KEY.public, "assertionMethod")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.sampled_from([METHOD, MUSEUM_WEB, "#x"]),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "controller", "publicKeyMultibase", "publicKeyJwk", "kty"]), parts
        )
    ),
    max_leaves=10,
)
MEMBERS = st.sampled_from(["id", "verificationMethod", "assertionMethod", "keys", "controller"])


@given(st.dictionaries(MEMBERS, ANYTHING))
def test_whatever_a_page_holds_only_our_errors_leave(page):
    try:
        document = read_document("https://museum.example", page)
        document.lists_key(MUSEUM_KEY.public, "assertionMethod")
        document.lists_method(METHOD, MUSEUM_KEY.public, "assertionMethod")
    except VerifiableBadgesError:
        pass
