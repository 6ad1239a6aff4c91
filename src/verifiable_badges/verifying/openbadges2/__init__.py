"""Badges of Open Badges 2.0 and 1.1: assertions that their issuer hosts, or has signed (Open Badges 2.0 section 4).

A hosted badge is what its issuer's server shows at its address, not what was handed in. A badge is spread over several
documents, and each is fetched from where it says it lies.
"""

from verifiable_badges.verifying.openbadges2.assertion import judge_assertion

__all__ = ["judge_assertion"]
