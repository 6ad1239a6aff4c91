"""The JSON schemas that 1EdTech publishes for Open Badges 3.0 and CLR 2.0, bundled and pinned by digest."""

from verifiable_badges.schemas.checking import KINDS, check_schema
from verifiable_badges.schemas.declared import DeclaredSchema, declared_schemas

__all__ = ["KINDS", "DeclaredSchema", "check_schema", "declared_schemas"]
