"""Verifying a badge: the steps of Open Badges 3.0 section 8.2, giving one report.

1. readable     the bytes hold a badge (`taking_apart`)
2. structure    it has the required parts, and only one reading (the package `structure`)
3. proof        a signature holds for it (`proof`)
4. issuer       the key that signed belongs to the issuer it names (`issuer`)
5. valid_from, expiry (`validity`)
6. status       the issuer has not withdrawn it (`withdrawal`)
7. recipient and the caller's other expectations (the package `policy`)
8. endorsements each by the same steps (`endorsements`)

Whether the issuer deserves trust, and whether what they say is so, no signature can tell.

The world comes in as arguments (`world`). Its callables raise `Unavailable` when they cannot or must not reach an
address; that makes a check unknown, never passed. Anything else they raise is the caller's own mistake and is not
caught.
"""

from verifiable_badges.verifying.entry import verify

__all__ = ["verify"]
