"""What happens with badges: one function for each verb, a module for each noun."""

from phereclos.badges.actions.achievements import adopt_achievement, create_role_achievement
from phereclos.badges.actions.awards import NotAwardable, award, revoke_award
from phereclos.badges.actions.batches import accept_batch
from phereclos.badges.actions.holding import (
    NotYours,
    claim_award,
    close_award,
    hide_name,
    open_award,
    refuse_award,
    show_name,
)
from phereclos.badges.actions.issuers import become_issuer, mark_key_stolen, rotate_key
from phereclos.badges.actions.passports import create_passports

__all__ = [
    "NotAwardable",
    "NotYours",
    "accept_batch",
    "adopt_achievement",
    "award",
    "become_issuer",
    "claim_award",
    "close_award",
    "create_passports",
    "create_role_achievement",
    "hide_name",
    "mark_key_stolen",
    "open_award",
    "refuse_award",
    "revoke_award",
    "rotate_key",
    "show_name",
]
