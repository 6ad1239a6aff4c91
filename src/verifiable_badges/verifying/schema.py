"""The JSON schemas that a credential itself declares (Open Badges 3.0 section 8.2 step 1; VC Data Model 2.0 4.11)."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.report import Check, Outcome
from verifiable_badges.schemas.declared import declared_schemas

_FITS = Check("schema", Outcome.PASSED, "schema", "It fits the schemas that it declares.")


def check_schemas(credential: Mapping[str, Any]) -> list[Check]:
    """The check `schema` for a credential that declares any. One that is not bundled only informs."""
    if credential.get("credentialSchema") in (None, []):
        return []
    found = declared_schemas(credential)
    for outcome in (Outcome.FAILED, Outcome.UNKNOWN):
        for one in found:
            if one.outcome is outcome:
                detail = {"schema": one.id} | ({"path": one.path} if one.path else {})
                return [Check("schema", outcome, one.code, one.reason, detail, outcome is Outcome.FAILED)]
    return [_FITS]
