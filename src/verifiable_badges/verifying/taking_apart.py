"""Step 1: a credential with what secures it."""

from dataclasses import dataclass
from typing import Any

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.proofs.vc_jwt import UnverifiedToken, credential_with_dates, decode_token
from verifiable_badges.reading import Presented


@dataclass(frozen=True, slots=True)
class Secured:
    """A credential with its token; without one, it has a proof inside or none."""

    credential: dict[str, Any]
    token: UnverifiedToken | None = None


def take_apart(presented: Presented) -> Secured:
    """What was read, which is not a link. Raises `UnreadableInput` for a damaged token."""
    if presented.document is not None:
        return Secured(presented.document)
    return _from_token(presented.token)


def take_endorsement_apart(endorsement: Any) -> Secured:
    """A value of `endorsement` or `endorsementJwt`. Raises as `take_apart`, and `InvalidCredential`."""
    if isinstance(endorsement, str):
        return _from_token(endorsement)
    if not isinstance(endorsement, dict):
        raise InvalidCredential("endorsement_form", "An endorsement is not written as a credential.")
    return Secured(endorsement)


def _from_token(text: str) -> Secured:
    token = decode_token(text)
    return Secured(credential_with_dates(token), token)
