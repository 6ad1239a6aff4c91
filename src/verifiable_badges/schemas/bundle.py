"""The bundled schema files: which there are, and for which addresses they stand. Nothing is ever fetched."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Schema:
    """One published schema. `kind` is our word for what it describes, `urls` are its addresses."""

    kind: str
    urls: tuple[str, ...]
    sha256: str
    file: str

    def load(self) -> dict[str, Any]:
        """The schema itself. A changed file is a damaged installation and stops everything."""
        data = (files("verifiable_badges") / "schemas" / self.file).read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise RuntimeError(f"The bundled schema {self.file} was changed: install the package again.")
        document: dict[str, Any] = json.loads(data)
        return document


@cache
def schemas() -> tuple[Schema, ...]:
    """Every bundled schema."""
    index = json.loads((files("verifiable_badges") / "schemas" / "index.json").read_bytes())
    return tuple(Schema(row["kind"], tuple(row["urls"]), row["sha256"], row["file"]) for row in index)


@cache
def kinds_by_url() -> Mapping[str, str]:
    """Our kind for each address a schema is published under."""
    return {url: schema.kind for schema in schemas() for url in schema.urls}
