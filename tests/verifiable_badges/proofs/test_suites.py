"""Every suite that signs: what it covers, which keys it takes, how its proofs may be written."""

import contextlib
import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verifiable_badges.makers import MUSEUM_KEY, NOW, credential
from verifiable_badges import issue
from verifiable_badges.errors import (
    InvalidDocument,
    InvalidKey,
    InvalidProof,
    InvalidSignature,
    LimitExceeded,
    Unsupported,
    VerifiableBadgesError,
)
from verifiable_badges.jsonld import Reading, canonical_text
from verifiable_badges.keys import KeyKind, SigningKey, did_key_method
from verifiable_badges.keys.multibase import base58_encode, base64url_encode, multibase_decode
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.proofs import suite as suite_module
from verifiable_badges.proofs.data_integrity import add_proof, create_proof, verify_document

P256 = SigningKey(bytes(range(1, 33)), KeyKind.P256)
P384 = SigningKey(bytes(range(1, 49)), KeyKind.P384)
SUITES = [
    ("eddsa-rdfc-2022", MUSEUM_KEY),
    ("eddsa-jcs-2022", MUSEUM_KEY),
    ("ecdsa-rdfc-2019", P256),
    ("ecdsa-rdfc-2019", P384),
    ("ecdsa-jcs-2019", P256),
    ("ecdsa-jcs-2019", P384),
]
NAMES = [f"{suite} {key.kind.name}" for suite, key in SUITES]
suites = pytest.mark.parametrize(("suite", "key"), SUITES, ids=NAMES)


def signed(suite, key, document=None, **options):
    document = credential().to_json() if document is None else document
    method = did_key_method(key.public)
    return add_proof(
        document, **{"key": key, "cryptosuite": suite, "verification_method": method, "created": NOW} | options
    )


def verified(document, **options):
    return verify_document(document, resolve=unavailable, **options)


@suites
def test_what_is_signed_verifies_and_the_document_is_left_as_it_was(suite, key):
    document = credential().to_json()
    before = copy.deepcopy(document)

    proved = verified(signed(suite, key, document))

    assert document == before
    assert proved.key.public == key.public
    assert proved.options["cryptosuite"] == suite
    assert bool(proved.contexts) == ("rdfc" in suite)


@suites
def test_a_credential_is_issued_with_any_suite(suite, key):
    method = did_key_method(key.public)
    data = issue(credential().to_json(), key=key, verification_method=method, created=NOW, cryptosuite=suite)

    assert verified(json.loads(data)).key.public == key.public


@suites
def test_every_member_of_the_document_and_of_the_proof_is_covered(suite, key):
    document = signed(
        suite,
        key,
        expires=NOW.replace(year=2030),
        challenge="c",
        domain=["https://a.example", "https://b.example"],
        nonce="n",
        identifier="urn:uuid:1",
    )
    changes = {
        "created": "2020-01-01T00:00:00Z",
        "expires": "2031-01-01T00:00:00Z",
        "challenge": "d",
        "domain": "https://a.example",
        "nonce": "m",
        "id": "urn:uuid:2",
    }
    assert verified(document, challenge="c", domain=["https://b.example", "https://a.example"])

    for name, value in changes.items():
        with pytest.raises(InvalidSignature):
            verified({**document, "proof": {**document["proof"], name: value}})
        with pytest.raises(InvalidSignature):
            verified({**document, "proof": {n: v for n, v in document["proof"].items() if n != name}})
    for name in ("name", "awardedDate", "evidence"):
        with pytest.raises(InvalidSignature):
            verified({n: v for n, v in document.items() if n != name})


@suites
@pytest.mark.parametrize("other", [MUSEUM_KEY, P256, P384], ids=lambda key: key.kind.name)
def test_a_key_of_another_kind_neither_signs_nor_verifies(suite, key, other):
    taken = {"eddsa": {KeyKind.ED25519}, "ecdsa": {KeyKind.P256, KeyKind.P384}}[suite[:5]]
    document = signed(suite, key)
    document["proof"]["verificationMethod"] = did_key_method(other.public)
    if other.kind in taken:
        assert verified(signed(suite, other))
        if other is not key:
            with pytest.raises(InvalidSignature):
                verified(document)
    else:
        with pytest.raises(InvalidKey):
            signed(suite, other)
        with pytest.raises(InvalidKey) as error:
            verified(document)
        assert error.value.code == "key_kind"


@suites
def test_a_proof_of_one_suite_is_none_of_another(suite, key):
    document = signed(suite, key)

    for other in {name for name, _ in SUITES} - {suite}:
        with pytest.raises(VerifiableBadgesError):
            verified({**document, "proof": {**document["proof"], "cryptosuite": other}})


@suites
@pytest.mark.parametrize(
    "case", [str.upper, str.title, lambda name: f" {name}", lambda name: [name], lambda name: None]
)
def test_the_name_of_a_suite_is_spelled_in_one_way(suite, key, case):
    document = signed(suite, key)
    document["proof"]["cryptosuite"] = case(suite)

    with pytest.raises(Unsupported):
        verified(document)


@suites
def test_a_suite_is_not_named_by_the_type_nor_an_older_one_by_its_name(suite, key):
    document = signed(suite, key)
    proof = {name: value for name, value in document["proof"].items() if name != "cryptosuite"}

    for changed in (
        {**proof, "type": suite},
        {**proof, "type": "Ed25519Signature2020", "cryptosuite": suite},
        {**proof, "cryptosuite": "Ed25519Signature2020"},
    ):
        with pytest.raises((Unsupported, InvalidProof)):
            verified({**document, "proof": changed})


@suites
def test_the_value_is_spelled_in_one_way(suite, key):
    document = signed(suite, key)
    value = document["proof"]["proofValue"]
    raw = multibase_decode(value)
    half = len(raw) // 2
    others = [
        "u" + base64url_encode(raw),
        "m" + value[1:],
        "z1" + value[1:],
        value + " ",
        value[:-1],
        "z" + base58_encode(raw + b"\0"),
        "z" + base58_encode(raw[:-1]),
        "z" + base58_encode(bytes(len(raw))),
        "z" + base58_encode(raw[half:] + raw[:half]),
        "z" + base58_encode(raw[:half] + b"\xff" * half),
        "",
        "z",
        None,
        7,
        [value],
        {"@value": value},
    ]

    for other in others:
        with pytest.raises(InvalidProof):
            verified({**document, "proof": {**document["proof"], "proofValue": other}})
    with pytest.raises(InvalidProof):
        verified({**document, "proof": {n: v for n, v in document["proof"].items() if n != "proofValue"}})


def test_nothing_new_is_signed_with_an_older_suite_or_an_unknown_one():
    for suite in ("Ed25519Signature2020", "bbs-2023", ""):
        with pytest.raises(Unsupported):
            signed(suite, MUSEUM_KEY)


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_contexts_may_be_added_but_not_taken_away(suite):
    document = signed(suite, MUSEUM_KEY)
    more = {**document, "@context": [*document["@context"], "https://w3id.org/security/data-integrity/v2"]}

    assert verified(more)
    with pytest.raises(VerifiableBadgesError):
        verified({**document, "@context": document["@context"][:1]})


def test_contexts_are_only_added_behind_those_that_a_proof_over_json_names():
    document = signed("eddsa-jcs-2022", MUSEUM_KEY)

    with pytest.raises(InvalidProof) as error:
        verified({**document, "@context": document["@context"][::-1]})
    assert error.value.code == "proof_context"


def test_a_proof_over_json_covers_contexts_that_nobody_knows():
    document = {**credential().to_json(), "@context": ["https://unheard.example/v1", {"name": "urn:n"}], "x": [1.5, []]}

    assert verified(signed("eddsa-jcs-2022", MUSEUM_KEY, document)).contexts == ()
    with pytest.raises(InvalidSignature):
        verified({**signed("eddsa-jcs-2022", MUSEUM_KEY, document), "x": [1.5]})


def test_a_proof_over_json_needs_no_contexts_at_all():
    document = signed("ecdsa-jcs-2019", P256, {"hello": "world"})

    assert "@context" not in document["proof"]
    assert verified(document)
    with pytest.raises(InvalidSignature):
        verified({**document, "@context": "https://www.w3.org/ns/credentials/v2"})


@pytest.mark.parametrize(
    "changes",
    [
        {"created": "2026-05-04"},
        {"created": 7},
        {"expires": "2026-05-04T12:00:00"},
        {"id": "no address"},
        {"id": ["urn:a"]},
        {"nonce": 7},
        {"challenge": {}},
        {"domain": []},
        {"domain": [7]},
        {"domain": ["a"] * 100},
        {"domain": {"a": "b"}},
        {"verificationMethod": None},
        {"verificationMethod": ["did:key:z"]},
        {"verificationMethod": {"id": "did:key:z"}},
        {"verificationMethod": "did:key:z6Mk#z"},
        {"proofPurpose": ["assertionMethod"]},
        {"proofPurpose": None},
        {"previousProof": 7},
        {"previousProof": [None]},
        {"previousProof": ""},
        {"previousProof": "urn:missing"},
        {"unheard": "x"},
        {"@context": "https://www.w3.org/ns/credentials/examples/v2"},
        {"@context": []},
        {"@context": {}},
        {"jws": "a..b"},
    ],
    ids=str,
)
@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_members_of_another_form_are_refused(suite, changes):
    document = signed(suite, MUSEUM_KEY)
    document["proof"].update(changes)

    with pytest.raises((InvalidProof, InvalidKey)):
        verified(document)


def test_what_could_not_be_verified_is_not_signed():
    for options in ({"identifier": "no address"}, {"domain": []}, {"previous_proof": "urn:missing"}):
        with pytest.raises(InvalidProof):
            create_proof(credential().to_json(), key=MUSEUM_KEY, verification_method="urn:x", created=NOW, **options)


def test_a_date_is_not_needed():
    document = signed("eddsa-rdfc-2022", MUSEUM_KEY, created=None)

    assert "created" not in document["proof"]
    assert verified(document)


OWN = {"@vocab": "https://example.org/words#", "colour": {"@id": "https://example.org/colour"}}


def generic(**members):
    document = credential().to_json()
    return {**document, "@context": [*document["@context"], OWN], "colour": "red", **members}


def test_a_document_with_words_of_its_own_is_signed_and_verified_if_the_caller_says_so():
    document = signed("eddsa-rdfc-2022", MUSEUM_KEY, generic(), reading=Reading.GENERIC)

    assert verified(document, reading=Reading.GENERIC).key.public == MUSEUM_KEY.public
    with pytest.raises(InvalidSignature):
        verified({**document, "colour": "blue"}, reading=Reading.GENERIC)
    with pytest.raises(VerifiableBadgesError) as error:
        verified(document)
    assert error.value.code == "context_inline"


@pytest.mark.parametrize(
    "context",
    [{"name": "https://example.org/n"}, {"id": "https://example.org/id"}, {"@version": 1.0}, {"a": 7}],
    ids=str,
)
def test_contexts_that_rename_protected_words_are_refused(context):
    document = signed("eddsa-rdfc-2022", MUSEUM_KEY, generic(), reading=Reading.GENERIC)
    document["@context"].append(context)

    with pytest.raises(InvalidDocument):
        verified(document, reading=Reading.GENERIC)


MEMBERS = ["id", "type", "cryptosuite", "proofValue", "proofPurpose", "previousProof", "verificationMethod", "created"]
KEYWORDS = ["@context", "@id", "@graph", "@reverse", "@included", "@list", "@value", "@type"]
json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 2**60),
        st.floats(),
        st.text(max_size=5),
        st.sampled_from(
            ["DataIntegrityProof", "Ed25519Signature2020", "assertionMethod", "eddsa-jcs-2022", "urn:p", "\ud800"]
        ),
        st.just(did_key_method(MUSEUM_KEY.public)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.sampled_from(MEMBERS), st.sampled_from(KEYWORDS)),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=10,
)


@given(
    st.sampled_from(NAMES),
    st.sampled_from([None, "@context", "type", "issuer", "name", "proof"]),
    st.sampled_from([None, "type", "cryptosuite", "proofValue", "previousProof", "id", "@context", "domain"]),
    json_values,
    st.sampled_from(list(Reading)),
)
@settings(max_examples=300, deadline=None)
def test_no_foreign_exception_leaves(name, member, option, value, reading):
    suite, key = SUITES[NAMES.index(name)]
    document = SIGNED[name] if name in SIGNED else SIGNED.setdefault(name, signed(suite, key))
    if option:
        document = {**document, "proof": {**document["proof"], option: value}}
    if member:
        document = {**document, member: value}
    if not member and not option:
        document = {**document, "proof": [value, document["proof"], value]}

    with contextlib.suppress(VerifiableBadgesError):
        verified(document, reading=reading)


SIGNED = {}


def test_a_poisoned_document_is_given_up_once_for_all_its_proofs(monkeypatch):
    """Ten parts that only their links to each other tell apart: factorials of work, were there no budget."""
    links = {"links": {"@id": "https://example.org/links", "@type": "@id"}, "has": "https://example.org/has"}
    clique = [{"id": f"_:n{i}", "links": [f"_:n{j}" for j in range(10) if i != j]} for i in range(10)]
    document = {"@context": ["https://www.w3.org/ns/credentials/v2", links], "id": "urn:x", "has": clique}
    proof = signed("eddsa-rdfc-2022", MUSEUM_KEY)["proof"]
    tried = []
    monkeypatch.setattr(suite_module, "canonical_text", lambda *args: tried.append(args[0]) or canonical_text(*args))

    with pytest.raises(LimitExceeded) as error:
        verified({**document, "proof": [proof] * 8}, reading=Reading.GENERIC)

    assert error.value.code == "too_tangled"
    assert len([one for one in tried if "has" in one]) == 1
