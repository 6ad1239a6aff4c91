"""Typed, immutable models of what we issue; `to_json()` gives the unsigned document."""

from verifiable_badges.model.achievement import ACHIEVEMENT_TYPES, Achievement, Alignment, Criteria, Related
from verifiable_badges.model.credential import AchievementCredential, Evidence
from verifiable_badges.model.profile import IdentityObject, Image, Profile, hash_identity
from verifiable_badges.model.status_list import BitstringStatusListCredential

__all__ = [
    "ACHIEVEMENT_TYPES",
    "Achievement",
    "AchievementCredential",
    "Alignment",
    "BitstringStatusListCredential",
    "Criteria",
    "Evidence",
    "IdentityObject",
    "Image",
    "Profile",
    "Related",
    "hash_identity",
]
