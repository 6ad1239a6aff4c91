"""Expectations about a badge beyond its being genuine. Each is an object with one method, `judge`.

Verifying answers whether the badge is what it says; whether it is the one you wanted is asked with these:
`RecipientIs`, `IssuerKnown`, `PurposeIs`, `EndorsedBy`, and `AnyOf` and `AllOf` to combine them.
"""

from verifiable_badges.policy.combining import AllOf, AnyOf
from verifiable_badges.policy.facts import NOTHING_PROVED, Expectation, Facts
from verifiable_badges.policy.origin import EndorsedBy, IssuerKnown, PurposeIs
from verifiable_badges.policy.recipient import RecipientIs

__all__ = [
    "NOTHING_PROVED",
    "AllOf",
    "AnyOf",
    "EndorsedBy",
    "Expectation",
    "Facts",
    "IssuerKnown",
    "PurposeIs",
    "RecipientIs",
]
