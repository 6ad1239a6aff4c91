"""Expectations about recipients, in every form the standard knows."""

import pytest

from verifiable_badges.model import hash_identity
from verifiable_badges.policy import RecipientIs
from verifiable_badges.report import Outcome


def badge(*identities, **subject):
    return {"credentialSubject": {"identifier": list(identities), **subject}}


def identity(value, hashed=True, kind="emailAddress", **more):
    return {"type": "IdentityObject", "hashed": hashed, "identityHash": value, "identityType": kind, **more}


@pytest.mark.parametrize(
    ("credential", "expected"),
    [
        (badge(identity("a@example.com", hashed=False)), Outcome.PASSED),
        (badge(identity("A@Example.com", hashed=False)), Outcome.PASSED),
        (badge(identity(hash_identity("a@example.com"))), Outcome.PASSED),
        (badge(identity(hash_identity("a@example.com", "s").upper().replace("SHA", "sha"), salt="s")), Outcome.PASSED),
        (badge(identity(hash_identity("a@example.com", "s", "md5"), salt="s")), Outcome.PASSED),
        (badge(identity(hash_identity("a@example.com", "s"), salt="t")), Outcome.FAILED),
        (badge(identity(hash_identity("a@example.com"), salt=None)), Outcome.PASSED),
        (badge(identity("a@example.com")), Outcome.FAILED),
        (badge(identity("sha1$00")), Outcome.FAILED),
        (badge(identity("b@example.com", hashed=False), identity("a@example.com", hashed=False)), Outcome.PASSED),
        (badge(identity("a@example.com", hashed=False, kind="userName")), Outcome.UNKNOWN),
        (badge(id="mailto:a@example.com"), Outcome.PASSED),
        (badge(id="urn:uuid:1"), Outcome.UNKNOWN),
        (badge(7, None, "x"), Outcome.UNKNOWN),
        ({"credentialSubject": [1, 2]}, Outcome.UNKNOWN),
        ({}, Outcome.UNKNOWN),
    ],
)
def test_recipients(credential, expected):
    assert RecipientIs("a@example.com").judge(credential).outcome is expected


LEARNER = "did:key:z6MkLearner"


@pytest.mark.parametrize(
    ("expected", "credential", "outcome"),
    [
        (RecipientIs(id=LEARNER), badge(id=LEARNER), Outcome.PASSED),
        (RecipientIs(id=LEARNER), badge(id=LEARNER + "x"), Outcome.FAILED),
        (RecipientIs(id=LEARNER), badge(identity("a@example.com", hashed=False)), Outcome.UNKNOWN),
        (RecipientIs("a@example.com", id=LEARNER), badge(identity("b@example.com", False), id=LEARNER), Outcome.PASSED),
        (RecipientIs(identity="s-7", identity_type="sourcedId"), badge(identity("s-7", False, "sourcedId")),
         Outcome.PASSED),
        (RecipientIs(identity="s-7", identity_type="sourcedId"),
         badge(identity(hash_identity("s-7", "x"), kind="sourcedId", salt="x")), Outcome.PASSED),
        (RecipientIs(identity="s-7", identity_type="sourcedId"), badge(identity("S-7", False, "sourcedId")),
         Outcome.FAILED),
        (RecipientIs(identity="s-7", identity_type="sourcedId"), badge(identity("s-7", False, "systemId")),
         Outcome.UNKNOWN),
        (RecipientIs("a@example.com"), {"recipient": {"type": "email", "hashed": False, "identity": "A@example.com"}},
         Outcome.PASSED),
        (RecipientIs("a@example.com"), {"recipient": {"type": "email", "hashed": True, "salt": "s",
         "identity": hash_identity("b@example.com", "s")}}, Outcome.FAILED),
        (RecipientIs("a@example.com"), {"recipient": [7, None, {"type": []}]}, Outcome.UNKNOWN),
        (RecipientIs(), badge(id=LEARNER), Outcome.UNKNOWN),
        (RecipientIs(id=LEARNER), {"credentialSubject": [{"id": LEARNER}, {"id": "urn:x"}]}, Outcome.UNKNOWN),
    ],
)  # fmt: skip
def test_every_sign_by_which_somebody_can_be_known(expected, credential, outcome):
    assert expected.judge(credential).outcome is outcome


def test_a_huge_salt_is_not_hashed():
    sign = identity("sha256$" + "0" * 64, salt="s" * 1_000_000)

    assert RecipientIs("a@example.com").judge(badge(sign)).outcome is Outcome.FAILED
