"""Open Badges and Verifiable Credentials: issue, bake and verify. No Django, no network, no clock of its own.

Start with `issue`, `verify` and `read`; the models are in `model`, keys and DIDs in `keys`, status lists in `status`,
pictures in `baking`, what to expect of a badge in `policy`. Every error is a `VerifiableBadgesError`.
"""

from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.issuing import issue
from verifiable_badges.reading import Presented, read
from verifiable_badges.report import Check, Outcome, Report
from verifiable_badges.verifying import verify

__all__ = ["Check", "Outcome", "Presented", "Report", "VerifiableBadgesError", "issue", "read", "verify"]
