"""Claims behind digests: hidden, shown, and every way to misuse them."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verifiable_badges.makers import VECTORS
from verifiable_badges.errors import (
    InvalidCredential,
    InvalidProof,
    LimitExceeded,
    UnreadableInput,
    Unsupported,
    VerifiableBadgesError,
)
from verifiable_badges.jose import jws
from verifiable_badges.jose.disclosures import conceal, digest, parse_path, reveal
from verifiable_badges.jose.sd_jwt import parse_sd_jwt, verify_binding
from verifiable_badges.json_text import parse
from verifiable_badges.keys import PublicKey
from verifiable_badges.keys.multibase import base64url_encode

PUBLISHED = json.loads((VECTORS / "jose" / "rfc.json").read_text())["sd_jwt"]
CLAIMS = {
    "iss": "https://museum.example",
    "name": "Ada",
    "address": {"street": "Quay 1", "town": {"name": "Harbour", "code": "1"}},
    "knots": ["reef", {"kind": "bowline", "hours": 3}, "clove"],
}


def hidden(*paths: str, decoys: int = 0):
    return conceal(CLAIMS, [parse_path(path) for path in paths], random=random.Random(1).randbytes, decoys=decoys)


def disclosure(*parts: object) -> str:
    return base64url_encode(json.dumps(parts).encode())


@pytest.mark.parametrize("case", PUBLISHED["examples"], ids=lambda case: case["source"])
def test_the_rfcs_examples(case):
    parts = parse_sd_jwt(case["token"])
    payload = parse(jws.verify(jws.parse(parts.token), PublicKey.from_jwk(PUBLISHED["issuer"])))

    assert str(parts) == case["token"]
    assert reveal(payload, parts.disclosures).claims == case["claims"]
    if parts.binding:
        binding = verify_binding(parts, payload)
        assert (binding.audience, binding.nonce) == (case["audience"], case["nonce"])


PATHS = ["name", "address", "address.street", "address.town.code", "knots[0]", "knots[1]", "knots[1].hours"]


@given(st.sets(st.sampled_from(PATHS)), st.integers(0, 3))
def test_all_disclosures_show_all_and_none_show_none(paths, decoys):
    concealed = hidden(*paths, decoys=decoys)

    assert reveal(concealed.payload, concealed.disclosures).claims == CLAIMS
    shown = reveal(concealed.payload, ()).claims
    assert ("name" in shown) == ("name" not in paths)
    assert ("Quay 1" in json.dumps(shown)) == ("address" not in paths and "address.street" not in paths)
    assert "_sd" not in json.dumps(shown)
    assert "..." not in json.dumps(shown)


def test_nothing_hidden_is_in_the_payload():
    payload = json.dumps(hidden(*PATHS).payload)

    assert not any(word in payload for word in ("Ada", "Quay", "street", "hours", "reef", "bowline"))
    assert "clove" in payload


def test_the_claims_of_the_caller_are_left_as_they_were():
    before = json.dumps(CLAIMS)
    hidden(*PATHS)

    assert json.dumps(CLAIMS) == before


def test_decoys_hide_how_much_is_hidden():
    assert len(hidden("name", decoys=4).payload["_sd"]) == 5
    assert sorted(hidden("name", decoys=4).payload["_sd"]) == hidden("name", decoys=4).payload["_sd"]


def test_places_tell_what_is_needed_above():
    concealed = hidden("address", "address.street")
    places = reveal(concealed.payload, concealed.disclosures).places

    by_path = {place.path: (text, place.above) for text, place in places.items()}
    assert by_path["address", "street"][1] == (by_path["address",][0],)


def test_what_lies_within_cannot_be_shown_alone():
    concealed = hidden("address", "address.street")
    inner = next(text for text, place in reveal(*astuple(concealed)).places.items() if len(place.path) == 2)

    with pytest.raises(InvalidProof) as error:
        reveal(concealed.payload, [inner])
    assert error.value.code == "disclosure_unused"


def astuple(concealed):
    return concealed.payload, concealed.disclosures


@pytest.mark.parametrize(
    "paths",
    ["nobody", "address.nobody", "knots[3]", "knots.name", "name[0]", "name.first", "iss", "address[0]"],
)
def test_paths_that_lead_nowhere_or_to_what_must_be_shown(paths):
    with pytest.raises(InvalidCredential):
        hidden(paths)


@pytest.mark.parametrize("claim", ["@context", "iss", "exp", "cnf", "vct", "status", "validUntil", "credentialStatus"])
def test_what_everybody_needs_is_always_shown(claim):
    with pytest.raises(InvalidCredential):
        conceal({claim: "x"}, [(claim,)], random=bytes)


@pytest.mark.parametrize("path", ["", "a..b", "a.", ".a", "a[b]", "a[0", "a]0[", "a[-1]"])
def test_texts_that_are_no_paths(path):
    with pytest.raises(InvalidCredential):
        parse_path(path)


def test_paths_are_written_as_people_write_them():
    assert parse_path("credentialSubject.phoneNumbers[0].type") == ("credentialSubject", "phoneNumbers", 0, "type")
    assert parse_path("a[0][1]") == ("a", 0, 1)


@pytest.mark.parametrize("claims", [{"_sd": []}, {"a": {"...": "x"}}, {"a": [{"_sd_alg": 1}]}])
def test_names_that_mean_something_else_are_not_hidden_away(claims):
    with pytest.raises(InvalidCredential):
        conceal(claims, [], random=bytes)


NAME, ELEMENT = disclosure("s", "name", "Ada"), disclosure("s", "reef")
OF_NAME, OF_ELEMENT = digest(NAME, {}), digest(ELEMENT, {})
MISUSES = {
    "a digest twice in one object": ({"_sd": [OF_NAME, OF_NAME]}, [NAME], "digest_twice"),
    "a digest twice in two objects": ({"_sd": [OF_NAME], "a": {"_sd": [OF_NAME]}}, [NAME], "digest_twice"),
    "a digest twice though it is not shown": ({"_sd": [OF_NAME, OF_NAME]}, [], "digest_twice"),
    "a digest in an object and a list": ({"_sd": [OF_NAME], "a": [{"...": OF_NAME}]}, [], "digest_twice"),
    "a disclosure twice": ({"_sd": [OF_NAME]}, [NAME, NAME], "disclosure_unused"),
    "a disclosure that belongs nowhere": ({"_sd": []}, [NAME], "disclosure_unused"),
    "a name that is there already": ({"_sd": [OF_NAME], "name": "Eve"}, [NAME], "disclosure_twice"),
    "an element among members": ({"_sd": [OF_ELEMENT]}, [ELEMENT], "disclosure_form"),
    "a member among elements": ({"a": [{"...": OF_NAME}]}, [NAME], "disclosure_form"),
    "digests that are no list": ({"_sd": OF_NAME}, [], "disclosure_place"),
    "digests that are no texts": ({"_sd": [7]}, [], "disclosure_place"),
    "an element's digest that is no text": ({"a": [{"...": 7}]}, [], "disclosure_place"),
    "an element with more than its digest": ({"a": [{"...": OF_ELEMENT, "b": 1}]}, [], "disclosure_place"),
    "an element's digest in an object": ({"...": OF_ELEMENT}, [], "disclosure_place"),
    "an element's digest in an inner object": ({"a": {"...": OF_ELEMENT}}, [], "disclosure_place"),
    "a hash named within": ({"a": {"_sd_alg": "sha-256"}}, [], "disclosure_place"),
    "a hash that is no name": ({"_sd_alg": 7}, [], "hash"),
}


@pytest.mark.parametrize("name", MISUSES)
def test_misuses_are_refused(name):
    payload, disclosures, code = MISUSES[name]

    with pytest.raises(InvalidProof) as error:
        reveal(payload, disclosures)
    assert error.value.code == code


@pytest.mark.parametrize("taken", ["_sd", "...", "_sd_alg"])
def test_a_disclosure_cannot_bring_what_hides_more(taken):
    text = disclosure("s", taken, ["x"])

    with pytest.raises(InvalidProof) as error:
        reveal({"_sd": [digest(text, {})]}, [text])
    assert error.value.code == "disclosure_twice"


def test_two_disclosures_cannot_give_one_name():
    one, other = disclosure("s", "name", "Ada"), disclosure("t", "name", "Eve")

    with pytest.raises(InvalidProof) as error:
        reveal({"_sd": [digest(one, {}), digest(other, {})]}, [one, other])
    assert error.value.code == "disclosure_twice"


@pytest.mark.parametrize("text", ["", "=", "a b", "AA", disclosure(), disclosure(7, "a", 1), "W10", "e30"])
def test_damaged_disclosures(text):
    with pytest.raises((UnreadableInput, InvalidProof)):
        reveal({"_sd": [digest(text, {})]}, [text])


@pytest.mark.parametrize("text", [disclosure("s"), disclosure("s", 7, 1), disclosure("s", "a", 1, 2)])
def test_disclosures_with_too_little_or_too_much(text):
    with pytest.raises(InvalidProof):
        reveal({"_sd": [digest(text, {})]}, [text])


def test_other_hashes():
    payload = {"_sd_alg": "sha-512"}
    payload["_sd"] = [digest(NAME, payload)]

    assert reveal(payload, [NAME]).claims == {"name": "Ada"}
    with pytest.raises(Unsupported):
        reveal({"_sd_alg": "md5", "_sd": []}, [])


def test_the_letters_of_a_disclosure_count_and_not_what_they_say():
    """The RFC's own way to write JSON, with blanks, is kept as it is."""
    blank = base64url_encode(b'["s",  "name", "Ada"]')

    assert reveal({"_sd": [digest(blank, {})]}, [blank]).claims == {"name": "Ada"}
    with pytest.raises(InvalidProof):
        reveal({"_sd": [digest(blank, {})]}, [NAME])


def test_endless_nesting_is_not_followed():
    texts, inner = [], "end"
    for _ in range(200):
        text = disclosure("s", "a", inner)
        texts.append(text)
        inner = {"_sd": [digest(text, {})]}

    with pytest.raises(LimitExceeded):
        reveal(inner, texts)


def test_more_disclosures_than_anybody_needs():
    with pytest.raises(LimitExceeded):
        reveal({}, [disclosure(str(number), number) for number in range(1001)])


PAYLOADS = st.recursive(
    st.none() | st.text(max_size=3) | st.sampled_from([OF_NAME, OF_ELEMENT]),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(st.sampled_from(["_sd", "...", "_sd_alg", "a", "name"]), parts, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["_sd", "...", "a", "b"]), PAYLOADS), st.lists(st.sampled_from([NAME, ELEMENT])))
def test_whatever_comes_only_our_errors_leave(payload, disclosures):
    try:
        shown = json.dumps(reveal(payload, disclosures).claims)
    except VerifiableBadgesError:
        return
    assert '"_sd"' not in shown
    assert '"..."' not in shown
