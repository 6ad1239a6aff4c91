"""Any credential as the model that knows most about it."""

from __future__ import annotations

from verifiable_badges.model.base import fitting
from verifiable_badges.model.clr import ClrCredential
from verifiable_badges.model.credential import AchievementCredential
from verifiable_badges.model.endorsement import EndorsementCredential
from verifiable_badges.model.verifiable import EnvelopedVerifiableCredential, VerifiableCredential

Credential = (
    AchievementCredential | EndorsementCredential | ClrCredential | VerifiableCredential | EnvelopedVerifiableCredential
)

_MODELS: tuple[type[Credential], ...] = (
    AchievementCredential,
    EndorsementCredential,
    ClrCredential,
    EnvelopedVerifiableCredential,
    VerifiableCredential,
)


def credential_from_json(data: object) -> Credential:
    """The credential in a JSON object, chosen by its types. Raises `InvalidCredential` as `Model.from_json` does."""
    return (fitting(_MODELS, data) or VerifiableCredential).from_json(data)
