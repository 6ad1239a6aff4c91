"""What is signed and published, composed from rows. No name of a recipient ever enters these documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from phereclos.badges.models import Achievement, Award, Issuer, IssuerKey, StatusList
from verifiable_badges import model, status
from verifiable_badges.keys import PublicKey, did_document

# How long a reader may keep a status list, in milliseconds: a withdrawn badge is known everywhere after this.
STATUS_TTL = 5 * 60 * 1000
LEARNED = "Achievement"
TOOK_PART = {"sailor": "Badge", "machinist": "Badge", "navigator": "Badge", "learner": LEARNED}


def address(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def profile(issuer: Issuer, did: str) -> model.Profile:
    return model.Profile(id=did, name=issuer.name, url=issuer.url or address(issuer.get_absolute_url()))


def achievement(row: Achievement) -> model.Achievement:
    """The achievement as it is embedded in every credential and published on its own address."""
    page = address(row.get_absolute_url())
    return model.Achievement(
        id=page,
        name=row.name,
        description=row.description,
        criteria=model.Criteria(narrative=row.criteria),
        achievement_type=TOOK_PART[row.shape],
        alignment=tuple(
            model.Alignment(
                target_name=one["name"],
                target_url=one["url"],
                target_framework=one["framework"],
                target_code=one.get("code", ""),
            )
            for one in row.alignments
        ),
        image=model.Image(id=f"{page}image.svg", caption=row.alt),
        in_language="en",
        tag=(row.setting, row.subject),
        version=row.version,
    )


def credential(award: Award, identifiers: tuple[model.IdentityObject, ...] = ()) -> dict[str, Any]:
    """The unsigned credential of an award whose key, status place and dates are chosen."""
    return model.AchievementCredential(
        id=address(award.get_absolute_url()),
        issuer=profile(award.issuer, award.key.did),
        valid_from=award.awarded_at,
        achievement=achievement(award.achievement),
        subject_id=award.subject_id,
        identifiers=identifiers,
        name=award.achievement.name,
        status=status.entry(award.status_list.address, award.status_index),
    ).to_json()


def status_credential(row: StatusList, withdrawn: Iterable[int], at: datetime) -> dict[str, Any]:
    """The unsigned status list in which exactly the places `withdrawn` are set."""
    bits = status.StatusList()
    for index in withdrawn:
        bits.set(index)
    return model.BitstringStatusListCredential(
        id=row.address, issuer=row.did, valid_from=at, status_list=bits, ttl=STATUS_TTL
    ).to_json()


def identity_document(did: str, keys: Iterable[IssuerKey], beside: IssuerKey | None = None) -> dict[str, Any]:
    """The DID document: every key of this identity that was not stolen (save `beside`), the active one first."""
    rows = [key for key in keys if key.did == did and (key.compromised_at is None or key == beside)]
    active = next((PublicKey.from_multibase(key.public_multibase) for key in rows if key.retired_at is None), None)
    return did_document(did, [PublicKey.from_multibase(key.public_multibase) for key in rows], active)
