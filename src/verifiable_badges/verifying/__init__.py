"""Verifying a badge: the steps of Open Badges 3.0 section 8.2, giving one report.

1. readable     the bytes hold a badge (`taking_apart`)
2. structure    it has the required parts, and only one reading (the packages `structure` and `schemas`)
3. proof        a signature holds for it (`proof`; `generic` where it brings words of its own)
4. issuer       the key that signed belongs to the issuer it names (`issuer`)
5. refresh      a newer edition, if the caller wants it (`refresh`); valid_from, expiry (`validity`)
6. status       the issuer has not withdrawn it (`withdrawal`)
7. recipient and the caller's other expectations (the package `policy`)
8. endorsements and credentials inside it, each by the same steps (`endorsements`, `judging`)

Records and other credentials take the same steps as badges (`credential`). Presentations have a holder instead of an
issuer (`presentation`), and badges of Open Badges 2.0 documents that are fetched (`openbadges2`).

Whether the issuer deserves trust, and whether what they say is so, no signature can tell.

The world comes in as arguments (`world`). Its callables raise `Unavailable` when they cannot or must not reach an
address; that makes a check unknown, never passed. Anything else they raise is the caller's own mistake and is not
caught.
"""

from verifiable_badges.verifying.entry import verify

__all__ = ["verify"]
