"""Every suite against the vectors of its specification, each stage compared: canonical forms, hashes, signature."""

import json

import pytest

from tests.verifiable_badges.makers import VECTORS
from verifiable_badges.dates import parse_datetime
from verifiable_badges.jsonld import all_context_urls, choices
from verifiable_badges.keys import KeyKind, SigningKey
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.proofs.data_integrity import (
    OLDER_SUITES,
    SUITES,
    add_proof,
    create_proof,
    verify_document,
    verify_every_proof,
)
from verifiable_badges.proofs.suite import Unsecured, decode_signature

# Folder, ending of the file names, key file.
CASES = [
    ("eddsa/eddsa-rdfc-2022", "DataInt", "eddsa/keyPair.json"),
    ("eddsa/eddsa-rdfc-2022/employ", "DataInt", "eddsa/keyPair.json"),
    ("eddsa/eddsa-jcs-2022", "JCS", "eddsa/keyPair.json"),
    ("eddsa/Ed25519Signature2020", "EdSig", "eddsa/keyPair.json"),
    ("ecdsa/ecdsa-rdfc-2019-p256", "ECDSAP256", "ecdsa/p256KeyPair.json"),
    ("ecdsa/ecdsa-rdfc-2019-p256/employ", "ECDSAP256", "ecdsa/p256KeyPair.json"),
    ("ecdsa/ecdsa-rdfc-2019-p384", "ECDSAP384", "ecdsa/p384KeyPair.json"),
    ("ecdsa/ecdsa-rdfc-2019-p384/employ", "ECDSAP384", "ecdsa/p384KeyPair.json"),
    ("ecdsa/ecdsa-jcs-2019-p256", "JCSECDSAP256", "ecdsa/p256KeyPair.json"),
    ("ecdsa/ecdsa-jcs-2019-p384", "JCSECDSAP384", "ecdsa/p384KeyPair.json"),
]


def key_in(file):
    pair = json.loads((VECTORS / file).read_text())
    pair = pair if "publicKeyMultibase" in pair else pair["keyPair1"]
    return SigningKey.from_multibase(pair.get("secretKeyMultibase") or pair["privateKeyMultibase"])


class Case:
    def __init__(self, folder, ending, key):
        self.folder, self.ending = folder, ending
        self.signed = json.loads(self.text("signed", "json"))
        self.proof = self.signed["proof"]
        self.suite = {**SUITES, **OLDER_SUITES}[self.proof.get("cryptosuite", self.proof["type"])]
        self.unsecured = {name: value for name, value in self.signed.items() if name != "proof"}
        self.options = {name: value for name, value in self.proof.items() if name != "proofValue"}
        self.key = key_in(key)

    def text(self, name, kind="txt"):
        return (VECTORS / self.folder / f"{name}{self.ending}.{kind}").read_text()

    def stage(self, name):
        return self.text(name).strip()


@pytest.fixture(params=CASES, ids=lambda case: case[0])
def case(request):
    return Case(*request.param)


def test_each_stage(case):
    chosen = next(choices(all_context_urls(case.unsecured)))
    algorithm = case.suite.hashes[case.key.kind]
    config, document = case.suite.transform(Unsecured(case.unsecured), case.options, chosen, algorithm)
    hashes = case.suite.hash_data(Unsecured(case.unsecured), case.options, case.key.kind, chosen).hex()
    half = len(hashes) // 2

    assert config.decode() == case.text("proofCanon")
    assert document.decode() == case.text("canonDoc")
    assert hashes[:half] == case.stage("proofHash")
    assert hashes[half:] == case.stage("docHash")
    assert hashes == case.stage("combinedHash")


def test_the_signature_comes_out_and_verifies(case):
    assert decode_signature(case.proof["proofValue"]).hex() == case.stage("sigHex")
    assert case.proof["proofValue"] == case.stage("sigBTC58")
    assert verify_document(case.signed, resolve=unavailable).key.public == case.key.public

    if case.suite.signs:
        assert (
            create_proof(
                case.unsecured,
                key=case.key,
                cryptosuite=case.suite.name,
                verification_method=case.options["verificationMethod"],
                created=parse_datetime(case.options["created"]),
            )
            == case.proof
        )


CHAIN = VECTORS / "eddsa" / "proof-set-chain"
KEYS = json.loads((CHAIN / "multiKeyPairs.json").read_text())


def load(name):
    return json.loads((CHAIN / f"{name}.json").read_text())


def added(document, name, key):
    """`document` with the proof that the options of this name describe."""
    options = load(name)
    return add_proof(
        document,
        key=SigningKey.from_multibase(KEYS[key]["privateKeyMultibase"]),
        verification_method=options["verificationMethod"],
        created=parse_datetime(options["created"]),
        identifier=options.get("id"),
        previous_proof=options.get("previousProof"),
    )


def test_a_set_and_a_chain_come_out_proof_by_proof():
    one = added(load("unsigned"), "proofSetConfig1", "keyPair1")
    two = added(one, "proofSetConfig2", "keyPair2")
    three = added(two, "proofChainConfig1", "keyPair3")
    four = added(three, "proofChainConfig2", "keyPair4")

    assert one == load("signedProofSet1")
    assert two == load("signedProofSet2")
    assert three == load("signedProofChain1")
    assert four == load("signedProofChain2")


@pytest.mark.parametrize("name", ["signedProofSet1", "signedProofSet2", "signedProofChain1", "signedProofChain2"])
def test_every_proof_of_a_set_and_of_a_chain_holds(name):
    proved = verify_every_proof(load(name), resolve=unavailable)

    assert [one.key.public.multibase for one in proved] == [
        KEYS[f"keyPair{number}"]["publicKeyMultibase"] for number in range(1, len(proved) + 1)
    ]
    assert all(one.key.public.kind is KeyKind.ED25519 for one in proved)
