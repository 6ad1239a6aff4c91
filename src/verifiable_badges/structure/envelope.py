"""What every badge has around its subject (Open Badges 3.0 section B.1; VC Data Model 2.0 section 4)."""

import re
from collections.abc import Mapping
from typing import Any

from verifiable_badges.jsonld import CREDENTIALS_V1, CREDENTIALS_V2
from verifiable_badges.structure.parts import address, fail, has_type, image, is_text, profile
from verifiable_badges.structure.values import as_list

_CLR_CONTEXT = re.compile(r"https://purl\.imsglobal\.org/spec/clr/v2p0/context(?:-2\.\d+\.\d+)?\.json")
_OPEN_BADGES_CONTEXT = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(?:-3\.\d+\.\d+)?\.json")


def check_envelope(document: Mapping[str, Any], *, is_record: bool = False) -> None:
    """The contexts in their order, then the members in that of the specification. Dates are only asked to be there.

    A record (CLR 2.0) names its own vocabulary between those of credentials and of Open Badges.
    """
    contexts = as_list(document["@context"])
    if contexts[0] not in (CREDENTIALS_V1, CREDENTIALS_V2):
        fail("context_order", "The badge does not name the vocabulary of verifiable credentials first.")
    rest = contexts[1:]
    if is_record and not (rest and _CLR_CONTEXT.fullmatch(rest.pop(0))):
        fail("context_order", "The record does not name the vocabulary of learner records second.")
    if not rest or not _OPEN_BADGES_CONTEXT.fullmatch(rest[0]):
        place = "third" if is_record else "second"
        fail("context_order", f"The badge does not name the vocabulary of Open Badges 3.0 {place}.")
    has_type(document, "The badge", "VerifiableCredential")
    address(document.get("id"), "The badge")
    profile(document.get("issuer"), "The issuer", may_be_address=True)
    older = contexts[0] == CREDENTIALS_V1
    if ("issuanceDate" if older else "validFrom") not in document:
        fail("valid_from_missing", "The badge does not say from when it holds.")
    if (older or is_record) and not is_text(document.get("name")):
        fail("name_missing", "The badge has no name, which this form of badges needs.")
    for evidence in as_list(document.get("evidence")):
        has_type(evidence, "The evidence", "Evidence")
    image(document.get("image"), "The badge's picture")
