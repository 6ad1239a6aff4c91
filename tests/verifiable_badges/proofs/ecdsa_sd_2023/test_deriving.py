"""The derived proof: every published stage, and what a holder can and cannot do."""

import json
from itertools import chain, combinations

import pytest

from tests.verifiable_badges.makers import NOW, credential, sign
from tests.verifiable_badges.proofs.ecdsa_sd_2023.learner import (
    HIDDEN,
    METHOD,
    MUSEUM_KEY,
    NAME,
    badge,
    base_signed,
)
from tests.verifiable_badges.proofs.ecdsa_sd_2023.published import CASES, HMAC_KEY, lines_of
from verifiable_badges.errors import InvalidDocument, InvalidProof, InvalidSignature, LimitExceeded, Unsupported
from verifiable_badges.jsonld import all_context_urls, canonicalize, choices, parse_nquads
from verifiable_badges.keys.multibase import base64url_decode, base64url_encode
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.proofs.data_integrity import add_proof, verify_document
from verifiable_badges.proofs.ecdsa_sd_2023 import derive, verify_base_proof
from verifiable_badges.proofs.ecdsa_sd_2023.deriving import disclosed
from verifiable_badges.proofs.ecdsa_sd_2023.pointers import select
from verifiable_badges.proofs.ecdsa_sd_2023.proof_value import BaseProofValue, DerivedProofValue
from verifiable_badges.proofs.ecdsa_sd_2023.statements import Statements, label_bytes

cases = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
CHOICES = ["/evidence/0", "/credentialSubject/identifier", "/credentialSubject/result", "/credentialSubject/narrative"]


@cases
def test_published_base_proof_is_read(case):
    value = BaseProofValue.decode(case.stage("addSignedSDBase")["proof"]["proofValue"])

    recovered = case.stage("derivedRecoveredBaseData")
    assert value.base_signature.hex() == recovered["baseSignature"]
    assert value.proof_key.multibase == recovered["proofPublicKey"]
    assert value.hmac_key.hex() == recovered["hmacKey"]
    assert [signature.hex() for signature in value.signatures] == recovered["signatures"]
    assert list(value.mandatory_pointers) == recovered["mandatoryPointers"]


@cases
def test_published_groups(case):
    statements = Statements(case.unsecured, HMAC_KEY, case.chosen)
    pointers = {
        "mandatory": case.mandatory,
        "selective": case.selective,
        "combined": [*case.mandatory, *case.selective],
    }

    for name, group in case.stage("derivedAllGroupData")["groups"].items():
        part = statements.part(pointers[name])
        published = parse_nquads("".join(group["deskolemizedNQuads"]))
        indexes = [index for index, line in enumerate(statements.lines) if line in part.lines]
        assert part.lines == set(lines_of(group["matching"]))
        assert set(statements.lines) - part.lines == set(lines_of(group["nonMatching"]))
        assert indexes == case.stage("derivedGroupIndexes")[f"{name}Indexes"]
        assert set(part.canonical_names().values()) == set(canonicalize(published).issued.values())


@cases
def test_published_labels_of_the_whole(case):
    published = case.stage("derivedAllGroupData")

    statements = Statements(case.unsecured, HMAC_KEY, case.chosen)

    assert sorted(statements.labels.values()) == sorted(label for _, label in published["labelMap"]["value"])
    assert statements.lines == published["nquads"]


@cases
def test_published_disclosure(case):
    base = BaseProofValue.decode(case.stage("addSignedSDBase")["proof"]["proofValue"])
    pointers = [*case.mandatory, *case.selective]

    value = disclosed(Statements(case.unsecured, HMAC_KEY, case.chosen), base, pointers)

    data = case.stage("derivedDisclosureData")
    labels = {int(name.removeprefix("c14n")): label_bytes(label) for name, label in data["labelMap"]["value"]}
    assert value.base_signature.hex() == data["baseSignature"]
    assert value.proof_key.multibase == data["publicKey"]
    assert [signature.hex() for signature in value.signatures] == data["signatures"]
    assert [signature.hex() for signature in value.signatures] == (
        case.stage("derivedAdjSignatures")["filteredSignatures"]
    )
    assert value.labels == labels
    assert list(value.mandatory_indexes) == data["mandatoryIndexes"]
    assert list(value.mandatory_indexes) == case.stage("derivedAdjMandatoryIndexes")["adjMandatoryIndexes"]


@cases
def test_published_documents_come_out(case):
    base = case.stage("addSignedSDBase")

    assert select(case.unsigned, [*case.mandatory, *case.selective]) == case.stage("derivedUnsignedReveal")
    assert derive(base, selective_pointers=case.selective) == case.stage("derivedRevealDocument")


@pytest.mark.parametrize("pointers", list(chain.from_iterable(combinations(CHOICES, n) for n in range(5))))
def test_whatever_the_holder_chooses_verifies_and_says_no_more(pointers):
    derived = derive(base_signed(), selective_pointers=pointers)

    assert verify_document(derived, resolve=unavailable).key.public == MUSEUM_KEY.public
    subject = derived["credentialSubject"]
    assert [len(derived.get("evidence", [])), "identifier" in subject, "narrative" in subject] == [
        int(CHOICES[0] in pointers),
        CHOICES[1] in pointers,
        CHOICES[3] in pointers,
    ]
    assert len(subject["result"]) == 1 + (CHOICES[2] in pointers)


def test_the_name_is_in_no_byte_of_what_is_shown():
    pointers = ["/evidence", "/credentialSubject/identifier/0", "/credentialSubject/result"]
    derived = derive(base_signed(), selective_pointers=pointers)

    shown = json.dumps(derived, ensure_ascii=False).encode() + base64url_decode(derived["proof"]["proofValue"][1:])
    assert NAME.encode() in json.dumps(base_signed(), ensure_ascii=False).encode()
    assert [NAME.encode() in shown, b"Lovelace" in shown] == [False, False]


def test_the_shown_document_does_not_tell_how_much_was_left_out():
    """Names of blank nodes are the same whatever else the badge holds; the HMAC key stays with the holder."""
    derived = derive(base_signed(), selective_pointers=[])
    value = derived["proof"]["proofValue"]
    base = BaseProofValue.decode(base_signed()["proof"]["proofValue"])

    assert base.hmac_key not in base64url_decode(value[1:])
    with pytest.raises(InvalidProof):
        BaseProofValue.decode(value)


def test_one_of_two_things_that_are_alike_can_be_shown():
    """Two equal alignments: their names are told apart by their place in the list only."""
    base = base_signed(pointers=["/issuer", "/credentialSubject/achievement/alignment/1"])
    stored = json.loads(json.dumps(base, sort_keys=True))

    derived = derive(stored, selective_pointers=["/validFrom"])

    assert verify_document(derived, resolve=unavailable)
    assert len(derived["credentialSubject"]["achievement"]["alignment"]) == 1


def test_texts_that_look_like_names_of_blank_nodes_stay_texts():
    document = badge(description="_:c14n0 and _:c14n1 .", name="_:c14n2")

    derived = derive(base_signed(document), selective_pointers=["/evidence"])

    assert verify_document(derived, resolve=unavailable)
    assert derived["description"] == "_:c14n0 and _:c14n1 ."


def endorsed():
    """A badge with a signed endorsement inside: a graph of its own."""
    endorsement = {
        "@context": badge()["@context"],
        "id": "urn:uuid:3e2b5d2c-1111-4a2e-9c56-0b9b3f3c1b20",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": "did:example:guild", "type": ["Profile"], "name": "Guild (invented)"},
        "validFrom": "2026-05-01T00:00:00Z",
        "name": "Endorsement",
        "credentialSubject": {"id": badge()["id"], "type": ["EndorsementSubject"], "endorsementComment": "Yes."},
    }
    return badge(endorsement=[json.loads(sign(endorsement))])


@pytest.mark.parametrize("pointers", [[], ["/endorsement"], ["/endorsement/0/credentialSubject"]])
def test_embedded_signed_credentials_are_shown_or_not(pointers):
    base = base_signed(endorsed(), pointers=["/issuer", "/credentialSubject/achievement"])

    derived = derive(base, selective_pointers=pointers)

    assert verify_document(derived, resolve=unavailable)
    assert ("proof" in derived.get("endorsement", [{}])[0]) is (pointers == ["/endorsement"])


def test_a_list_whose_order_counts_is_shown_as_a_whole_or_not_at_all():
    place = "/credentialSubject/achievement/resultDescription/0"
    base = base_signed(pointers=["/issuer"])

    assert verify_document(derive(base, selective_pointers=[f"{place}/allowedValue"]), resolve=unavailable)
    assert verify_document(derive(base, selective_pointers=[f"{place}/name"]), resolve=unavailable)
    with pytest.raises(InvalidDocument) as error:
        derive(base, selective_pointers=[f"{place}/allowedValue/0"])
    assert error.value.code == "pointer_cuts_list"


def test_nothing_is_not_shown():
    with pytest.raises(InvalidDocument) as error:
        derive(base_signed(pointers=[]), selective_pointers=[])
    assert error.value.code == "nothing_selected"


def test_without_mandatory_parts_any_one_part_can_be_shown():
    derived = derive(base_signed(pointers=[]), selective_pointers=["/name"])

    assert verify_document(derived, resolve=unavailable)
    assert set(derived) == {"@context", "id", "type", "name", "proof"}


def test_other_proofs_of_the_whole_are_left_out():
    """They would not hold for a part, and their mere number would tell something."""
    base = base_signed()
    both = add_proof(base, key=MUSEUM_KEY, verification_method=METHOD, created=NOW, cryptosuite="ecdsa-rdfc-2019")

    assert derive(both, selective_pointers=[]) == derive(base, selective_pointers=[])


def with_proof(**members):
    base = base_signed()
    return {**base, "proof": {**base["proof"], **members}}


def changed_value(change):
    value = BaseProofValue.decode(base_signed()["proof"]["proofValue"])
    members = {name: getattr(value, name) for name in BaseProofValue.__dataclass_fields__}
    return BaseProofValue(**members | change(value)).encode()


DAMAGED = {
    "no proof": (badge(), InvalidProof),
    "another proof": (json.loads(sign(credential())), InvalidProof),
    "two base proofs": ({**badge(), "proof": [base_signed()["proof"]] * 2}, InvalidProof),
    "a derived proof": (derive(base_signed(), selective_pointers=[]), InvalidProof),
    "a changed part": (base_signed() | {"evidence": [{"type": ["Evidence"], "name": "Gold"}] * 2}, InvalidSignature),
    "a part more": (base_signed() | {"evidence": [*badge()["evidence"], badge()["evidence"][0]]}, InvalidSignature),
    "a part less": (base_signed() | {"evidence": badge()["evidence"][:1]}, InvalidSignature),
    "a chain": (with_proof(previousProof="urn:x"), Unsupported),
    "options that are none": (with_proof(proofPurpose=7), InvalidProof),
    "no value": (with_proof(proofValue=None), InvalidProof),
    "another key for names": (
        with_proof(proofValue=changed_value(lambda v: {"hmac_key": bytes(32)})),
        InvalidSignature,
    ),
    "a signature less": (
        with_proof(proofValue=changed_value(lambda v: {"signatures": v.signatures[1:]})),
        InvalidSignature,
    ),
    "signatures in another order": (
        with_proof(proofValue=changed_value(lambda v: {"signatures": v.signatures[::-1]})),
        InvalidSignature,
    ),
    "mandatory parts that are not there": (
        with_proof(proofValue=changed_value(lambda v: {"mandatory_pointers": ("/nowhere",)})),
        InvalidDocument,
    ),
}


@pytest.mark.parametrize(("document", "expected"), DAMAGED.values(), ids=DAMAGED)
def test_nothing_is_derived_from_what_is_damaged(document, expected):
    before = json.dumps(document)

    with pytest.raises(expected):
        derive(document, selective_pointers=["/evidence"])
    assert json.dumps(document) == before


def test_changed_mandatory_parts_are_seen_with_the_issuers_key():
    changed = base_signed() | {"name": "Admiral"}

    with pytest.raises(InvalidSignature):
        verify_base_proof(changed, resolve=unavailable)
    with pytest.raises(InvalidSignature):
        verify_document(derive(changed, selective_pointers=[]), resolve=unavailable)


@pytest.mark.parametrize("pointer", HIDDEN)
def test_pointers_select_exactly_their_place(pointer):
    derived = derive(base_signed(), selective_pointers=[pointer])

    assert json.dumps(derived).count(NAME) == 1


@pytest.mark.parametrize("pointers", ["/name", None, [7], ["name"], ["/~2"]])
def test_places_that_are_not_pointers(pointers):
    with pytest.raises(InvalidDocument):
        derive(base_signed(), selective_pointers=pointers)


@pytest.mark.parametrize("pointers", [["/a" * 65], ["/" + "a" * 1001], ["/name"] * 2001])
def test_too_many_or_too_long_pointers(pointers):
    with pytest.raises(LimitExceeded):
        derive(base_signed(), selective_pointers=pointers)


def test_signed_under_the_variant_of_a_context():
    """Derived under the edition its issuer signed with; the agreed edition has no `endorsementJwt`."""
    document = badge(endorsementJwt=["a.b.c"])
    variant = list(choices(all_context_urls(document)))[-1]
    base = signed_under(document, variant)

    derived = derive(base, selective_pointers=["/endorsementJwt"])

    assert [edition.agreed for edition in verify_document(derived, resolve=unavailable).contexts] == [True, False]


def signed_under(document, chosen):
    from verifiable_badges.keys import KeyKind, SigningKey
    from verifiable_badges.proofs.ecdsa_sd_2023.signing import separated, signed_data
    from verifiable_badges.proofs.suite import Unsecured

    options = {name: value for name, value in base_signed()["proof"].items() if name != "proofValue"}
    unsecured, proof_key = Unsecured(document), SigningKey(bytes(31) + b"\7", KeyKind.P256)
    mandatory, optional = separated(Statements(unsecured, bytes(32), chosen), ["/issuer"])
    signature = MUSEUM_KEY.sign(signed_data(unsecured, options, chosen, proof_key.public, mandatory))
    signatures = tuple(proof_key.sign(line.encode()) for line in optional)
    value = BaseProofValue(signature, proof_key.public, bytes(32), signatures, ("/issuer",))
    return {**document, "proof": {**options, "proofValue": value.encode()}}


def test_the_derived_value_is_written_in_one_way():
    value = derive(base_signed(), selective_pointers=["/evidence"])["proof"]["proofValue"]

    assert DerivedProofValue.decode(value).encode() == value
    assert value.startswith("u" + base64url_encode(bytes.fromhex("d95d01")))
