"""The doors at which strangers stand, each with good inputs and the changes that fit them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.verifiable_badges.fuzzing import mutations
from tests.verifiable_badges.fuzzing.mutations import LARGEST, Mutation
from tests.verifiable_badges.makers import (
    LIST,
    MUSEUM_KEY,
    MUSEUM_WEB,
    NOW,
    SVG,
    VECTORS,
    World,
    png,
    sign,
    signed,
    status_list,
    web_museum,
    with_status,
)
from tests.verifiable_badges.proofs.ecdsa_sd_2023.learner import base_signed
from tests.verifiable_badges.strategies import documents
from verifiable_badges import read
from verifiable_badges.baking import bake_png, bake_svg, unbake_all
from verifiable_badges.issuing import issue
from verifiable_badges.jose.cose import issue_cose, verify_cose
from verifiable_badges.jose.sd_jwt import bind, issue_sd_jwt, verify_sd_jwt
from verifiable_badges.json_text import parse, write
from verifiable_badges.jsonld import canonicalize, parse_nquads
from verifiable_badges.jsonld.jcs import jcs
from verifiable_badges.keys import did_key_method
from verifiable_badges.keys.multibase import base64url_encode
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.model import credential_from_json
from verifiable_badges.proofs.data_integrity import verify_every_proof
from verifiable_badges.proofs.ecdsa_sd_2023 import derive
from verifiable_badges.schemas import KINDS, check_schema


@dataclass(frozen=True, slots=True)
class Target:
    """A door: `run` may raise nothing but the engine's errors, `AssertionError` where something false came out."""

    name: str
    run: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    changes: tuple[Mutation, ...]


def case(seed: int, number: int) -> tuple[Target, bytes]:
    """The input with this number."""
    dice = random.Random(f"{seed}:{number}")
    target = TARGETS[number % len(TARGETS)]
    data = dice.choice(target.seeds())
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        change = dice.choice(target.changes) if dice.random() < 0.85 else mutations.bytes_changed
        data = change(dice, data)[:LARGEST]
    return target, data


# What a verifier meets


def _verify(data: bytes) -> None:
    report = _world().verify(data)
    if report.verdict.value == "passed":
        assert report.credential is not None
        assert _said(report.credential) in _good_statements(), "a changed badge passes and says something else"


@cache
def _good_statements() -> frozenset[Any]:
    return frozenset(_said(report.credential) for report in map(_world().verify, _badges()) if report.credential)


def _said(value: Any) -> Any:
    """What JSON says as far as a graph can tell: no order, nothing twice, one as good as a list of one."""
    if isinstance(value, dict):
        members = {name: _said(child) for name, child in value.items() if name not in ("@context", "proof")}
        return frozenset((name, child) for name, child in members.items() if child)
    return frozenset(_said(item) for item in value) if isinstance(value, list) else frozenset({str(value)})


def _world() -> World:
    return World({MUSEUM_WEB: web_museum()}, {LIST: status_list()})


@cache
def _badges() -> tuple[bytes, ...]:
    shown = [derive(base_signed(), selective_pointers=choice) for choice in ([], ["/evidence"])]
    made = [sign(document) for document in documents(3, 12)]
    return (signed(), with_status(), *map(write, shown), write(base_signed()), *made, *_published_json())


@cache
def _published_json() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(VECTORS.rglob("*.json")) if path.stat().st_size < 20_000)


@cache
def _pngs() -> tuple[bytes, ...]:
    return (
        png(),
        *(bake_png(png(), badge.decode()) for badge in _badges()[:4]),
        bake_png(png(), _tokens()[0].decode()),
    )


@cache
def _svgs() -> tuple[bytes, ...]:
    return (SVG, *(bake_svg(SVG, badge.decode()) for badge in _badges()[:4]), bake_svg(SVG, _tokens()[0].decode()))


@cache
def _tokens() -> tuple[bytes, ...]:
    """Badges as tokens, of a did:key and of a did:web, in both forms."""
    found = []
    for document in (parse(signed()), *documents(4, 4)):
        document.pop("proof", None)
        for header in ({"alg": "EdDSA", "kid": did_key_method(MUSEUM_KEY.public)}, {"alg": "EdDSA", "kid": "#key-1"}):
            for claims in (document, {"vc": document, "iss": MUSEUM_WEB}):
                head, body = (base64url_encode(write(part)) for part in (header, claims))
                signature = base64url_encode(MUSEUM_KEY.sign(f"{head}.{body}".encode()))
                found.append(f"{head}.{body}.{signature}".encode())
    return tuple(found)


def _verify_under_a_strange_did_document(data: bytes) -> None:
    World({MUSEUM_WEB: parse(data)}).verify(_web_badge())


@cache
def _web_badge() -> bytes:
    document = parse(signed())
    del document["proof"]
    document["issuer"]["id"] = MUSEUM_WEB
    return sign(document, method=web_museum()["assertionMethod"][0])


@cache
def _did_documents() -> tuple[bytes, ...]:
    return (write(web_museum()),)


def _verify_under_a_strange_status_list(data: bytes) -> None:
    World({}, {LIST: data}).verify(with_status())


@cache
def _status_lists() -> tuple[bytes, ...]:
    return (status_list(), status_list([77]))


# What is behind the first door


def _canonicalize(data: bytes) -> None:
    quads = parse_nquads(data.decode("utf-8", "surrogateescape"))
    canonical = canonicalize(quads)
    assert canonicalize(parse_nquads(canonical.text)).text == canonical.text, "the canonical form changes again"


@cache
def _nquads() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(VECTORS.rglob("*.nq")))


def _bake_again(data: bytes) -> None:
    """A picture of a stranger gets a badge; that one must come out, whatever lay in it before."""
    unbake_all(data)
    bake = bake_png if data.startswith(b"\x89PNG") else bake_svg
    assert read(bake(data, signed().decode())).document == parse(signed()), "another badge comes out"


def _proofs(data: bytes) -> None:
    document = parse(data)
    if isinstance(document, dict):
        verify_every_proof(document, resolve=unavailable)


def _issue(data: bytes) -> None:
    document = parse(data)
    if isinstance(document, dict):
        document.pop("proof", None)
        issue(document, key=MUSEUM_KEY, verification_method=did_key_method(MUSEUM_KEY.public), created=NOW)


def _derive(data: bytes) -> None:
    document = parse(data)
    if isinstance(document, dict):
        derive(document, selective_pointers=["/evidence/0"])


def _model(data: bytes) -> None:
    model = credential_from_json(parse(data))
    written = model.to_json()
    assert credential_from_json(written).to_json() == written, "what a model writes reads as another one"


def _schema(data: bytes) -> None:
    document = parse(data)
    if isinstance(document, dict):
        for kind in KINDS:
            check_schema(document, kind)


def _verify_disclosures(data: bytes) -> None:
    verified = verify_sd_jwt(data.decode("utf-8", "surrogateescape"), resolve=unavailable)
    assert verified.document["name"] == parse(signed())["name"], "a changed token passes and says something else"


@cache
def _with_disclosures() -> tuple[bytes, ...]:
    document = parse(signed())
    document.pop("proof")
    hidden = [("evidence", 0), ("awardedDate",), ("credentialSubject", "identifier")]
    text = issue_sd_jwt(
        document,
        key=MUSEUM_KEY,
        kid=did_key_method(MUSEUM_KEY.public),
        hidden=hidden,
        random=random.Random(5).randbytes,
        holder=MUSEUM_KEY.public,
    )
    return (text.encode(), bind(text, key=MUSEUM_KEY, audience="a", nonce="n", issued=NOW).encode())


def _verify_cose(data: bytes) -> None:
    assert verify_cose(data, resolve=unavailable).document == _in_cose()[1], "a changed message passes"


@cache
def _in_cose() -> tuple[bytes, Any]:
    document = parse(signed())
    document.pop("proof")
    return issue_cose(document, key=MUSEUM_KEY, kid=did_key_method(MUSEUM_KEY.public)), document


def _jcs(data: bytes) -> None:
    value = parse(data)
    assert parse(jcs(value)) == value, "the canonical JSON says something else"


_JSON = (mutations.json_changed,)
TARGETS = (
    Target("verify", _verify, _badges, _JSON),
    Target("verify PNG", _verify, _pngs, (mutations.png_changed,)),
    Target("verify SVG", _verify, _svgs, (mutations.svg_changed,)),
    Target("verify token", _verify, _tokens, (mutations.token_changed,)),
    Target("verify disclosures", _verify_disclosures, _with_disclosures, (mutations.token_changed,)),
    Target("verify COSE", _verify_cose, lambda: _in_cose()[:1], (mutations.bytes_changed,)),
    Target("bake", _bake_again, lambda: (*_pngs(), *_svgs()), (mutations.png_changed, mutations.svg_changed)),
    Target("read", read, lambda: (*_pngs(), *_svgs(), *_badges()[:3], *_tokens()[:2]), (mutations.bytes_changed,)),
    Target("DID document", _verify_under_a_strange_did_document, _did_documents, _JSON),
    Target("status list", _verify_under_a_strange_status_list, _status_lists, _JSON),
    Target("canonicalize", _canonicalize, _nquads, (mutations.nquads_changed,)),
    Target("proofs", _proofs, lambda: (*_published_json(), *_badges()), _JSON),
    Target("issue", _issue, _badges, _JSON),
    Target("derive", _derive, lambda: (write(base_signed()),), (*_JSON, mutations.proof_value_changed)),
    Target("verify shown", _verify, lambda: _badges()[2:4], (*_JSON, mutations.proof_value_changed)),
    Target("model", _model, _badges, _JSON),
    Target("schema", _schema, _badges, _JSON),
    Target("JCS", _jcs, lambda: (*_published_json(), *_badges()), _JSON),
)
