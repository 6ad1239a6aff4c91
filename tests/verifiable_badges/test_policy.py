"""Expectations about recipients, in every form the standard knows."""

import pytest

from verifiable_badges.model import hash_identity
from verifiable_badges.policy import RecipientIs
from verifiable_badges.report import Check, Outcome, Report, verdict


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


def check(outcome, needed=True):
    return Check("x", outcome, "x", "x", needed=needed)


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([], Outcome.UNKNOWN),
        ([check(Outcome.PASSED)], Outcome.PASSED),
        ([check(Outcome.PASSED), check(Outcome.UNKNOWN)], Outcome.UNKNOWN),
        ([check(Outcome.PASSED), check(Outcome.UNKNOWN, needed=False)], Outcome.PASSED),
        ([check(Outcome.UNKNOWN), check(Outcome.FAILED)], Outcome.FAILED),
    ],
)
def test_the_verdict_of_several_checks(checks, expected):
    assert verdict(checks) is expected
    assert Report(tuple(checks), "x").verdict is expected
