"""What the works get: texts of one kind of document, unsigned, signed, of ever new shapes, and as tokens."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.credentials import documents
from benchmarks.credentials.documents import Document, Kind
from verifiable_badges.dates import format_datetime, parse_datetime
from verifiable_badges.keys.multibase import base64url_encode


@dataclass(frozen=True, slots=True)
class Inputs:
    """Texts by work. `unsigned[i]` becomes `signed[i]` and is `unsigned[0]` with `awards[i]`; all `shapes` differ."""

    unsigned: list[str]
    signed: list[str]
    shapes: list[str]
    tokens: list[str]
    awards: list[str]

    def by_work(self) -> dict[str, list[str]]:
        """For all works of the engine and the peers."""
        return {
            "issue": self.unsigned,
            "template": self.unsigned[:1],
            "issue_values": self.awards,
            "issue_document": self.unsigned,
            "verify": self.signed,
            "verify_known": self.signed,
            "verify_unknown": self.shapes,
            "jwt_issue": self.unsigned,
            "jwt_verify": self.tokens,
            "raw_sign": self.unsigned[:1],
            "raw_verify": self.unsigned[:1],
        }


def setup() -> dict[str, Any]:
    """What each library is given beforehand. The key is published here and signs nothing else."""
    key = documents.KEY
    public = {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(key.public.raw)}
    return {
        "contexts": documents.contexts(),
        "seed": key.seed.hex(),
        "secret": key.secret_multibase,
        "jwk": {**public, "d": base64url_encode(key.seed)},
        "public_jwk": public,
        "issuer": documents.ISSUER,
        "method": documents.METHOD,
        "created": format_datetime(documents.CREATED),
        "now": format_datetime(documents.NOW),
    }


def make(kind: Kind, *, copies: int, shapes: int, tokens: bool) -> Inputs:
    """`copies` documents with values of their own, and `shapes` with a shape of their own."""
    unsigned = [kind.make(number) for number in range(copies)]
    return Inputs(
        unsigned=[text(document) for document in unsigned],
        signed=[text(documents.sign(document)) for document in unsigned],
        shapes=[text(documents.sign(documents.shaped(kind.make(number), number))) for number in range(shapes)],
        tokens=[token(document) for document in unsigned] if tokens else [],
        awards=[text(one) for one in awards(unsigned)],
    )


def awards(copies: list[Document]) -> list[dict[str, str]]:
    """For each copy its texts at the places where not all copies say the same, by JSON pointer."""
    told = [dict(_texts(document, "")) for document in copies]
    varying = [place for place, said in told[0].items() if any(one[place] != said for one in told)]
    return [{place: one[place] for place in varying} for one in told]


def _texts(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict | list):
        for name, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(child, f"{path}/{str(name).replace('~', '~0').replace('/', '~1')}")
    else:
        yield path, value


def text(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def token(credential: Document) -> str:
    """The credential as a JWT (Open Badges 3.0 section 8.2.4), put together by hand: nobody's own work."""
    claims = claims_of(credential)
    header = {"alg": "EdDSA", "typ": "JWT", "kid": documents.METHOD}
    signing_input = ".".join(base64url_encode(text(part).encode()) for part in (header, claims))
    return f"{signing_input}.{base64url_encode(documents.KEY.sign(signing_input.encode()))}"


def claims_of(credential: Document) -> Document:
    return {
        **credential,
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        **{
            claim: int(parse_datetime(credential[name]).timestamp())
            for claim, name in (("nbf", "validFrom"), ("exp", "validUntil"))
        },
    }


def tampered(signed: str) -> str:
    """The same with one letter of a name changed."""
    changed = signed.replace("Invented", "Unvented", 1).replace("Erfunden", "Urfunden", 1)
    assert changed != signed
    return changed


def tampered_token(compact: str) -> str:
    """The same token with one letter in its middle changed."""
    return at_middle(compact, lambda letter: "B" if letter != "B" else "C")


def at_middle(compact: str, change: Callable[[str], str]) -> str:
    place = len(compact) // 2
    return compact[:place] + change(compact[place]) + compact[place + 1 :]
