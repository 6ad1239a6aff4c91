"""Signing with `eddsa-rdfc-2022` by shape: whole documents, and many that differ in a few texts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

from verifiable_badges.credential_rules import DELICATE, check_credential, check_delicate
from verifiable_badges.dates import format_datetime
from verifiable_badges.errors import InvalidCredential
from verifiable_badges.fast.knowledge import KNOWLEDGE
from verifiable_badges.fast.looking import is_exact, look
from verifiable_badges.fast.programs import Tie
from verifiable_badges.fast.proofs import SUITE, options_hash
from verifiable_badges.fast.shapes import Shape, compile_shape, replace_texts
from verifiable_badges.json_text import parse, write
from verifiable_badges.keys import KeyKind, SigningKey
from verifiable_badges.keys.multibase import base58_encode
from verifiable_badges.limits import MAX_BYTES

Issue = Callable[[Mapping[str, Any]], bytes]
_MAX_PLANS = 64


class Signer:
    """One key with one date: what of the proof is the same for all documents under the same contexts."""

    def __init__(self, contexts: Any, *, key: SigningKey, verification_method: str, created: datetime) -> None:
        self._sign = key.sign
        self._options_hash: bytes | None = None
        moment = format_datetime(created)
        if key.kind is KeyKind.ED25519 and type(contexts) is list and all(type(url) is str for url in contexts):
            self._options_hash, self._beginning = _opening(tuple(contexts), verification_method, moment)

    @property
    def is_able(self) -> bool:
        """Whether it signs; else this is for the general path."""
        return self._options_hash is not None

    def sign(self, data: bytes, digest: bytes) -> bytes:
        """The signed JSON of the document `data` with this hash."""
        assert self._options_hash is not None
        value = base58_encode(self._sign(self._options_hash + digest))
        return b"".join((data[:-1], self._beginning, value.encode(), b'"}}'))


@lru_cache(maxsize=64)
def _opening(contexts: tuple[str, ...], method: str, created: str) -> tuple[bytes | None, bytes]:
    """The hash of the options, and the JSON of the proof up to its value."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    return options_hash(list(contexts), options), b',"proof":' + orjson.dumps(options)[:-1] + b',"proofValue":"z'


def issue_by_shape(
    credential: Mapping[str, Any], *, key: SigningKey, verification_method: str, created: datetime
) -> bytes | None:
    """The signed credential, None if the general path must do it. What it is asked to sign often, it learns."""
    signer = Signer(credential.get("@context"), key=key, verification_method=verification_method, created=created)
    seen = look(credential) if signer.is_able else None
    if seen is None or not is_exact(credential):
        return None
    if seen.shape is not None:
        if not _keeps_rules(credential, seen.shape):
            return None
        signed = signer.sign(seen.data, seen.digest)
        return signed if len(signed) <= MAX_BYTES else None
    check_credential(credential)
    signed = signer.sign(write(credential), seen.digest)
    parse(signed)
    if seen.is_new:
        KNOWLEDGE.learn(credential)
    return signed


def _keeps_rules(credential: Mapping[str, Any], shape: Shape) -> bool:
    """Whether it keeps the data model's rules; why not is for the general path to say.

    All rules are asked for the first of a shape, which may have been learned by verifying.
    """
    try:
        if shape.is_lawful:
            check_delicate(credential)
        else:
            check_credential(credential)
            shape.is_lawful = True
    except InvalidCredential:
        return False
    return True


class Batch:
    """Credentials that are the same but for the texts at some places, all signed with one key and date.

    `judge` issues one whole document by the general path: the first of each kind, to compare. `issue` issues those that
    are unusual.
    """

    def __init__(self, credential: Mapping[str, Any], signer: Signer, *, judge: Issue, issue: Issue) -> None:
        self._credential = credential
        self._signer = signer
        self._judge = judge
        self._issue = issue
        self._plans: dict[tuple[str, ...], _Plan | None] = {}

    def sign(self, texts: Mapping[str, Any]) -> bytes:
        """The signed credential with `texts` at their places; keys are JSON pointers (RFC 6901)."""
        places = tuple(texts)
        if places not in self._plans:
            return self._first(places, texts)
        plan = self._plans[places]
        signed = plan.sign(self._signer, texts) if plan else None
        return self._issue(with_texts(self._credential, texts)) if signed is None else signed

    def _first(self, places: tuple[str, ...], texts: Mapping[str, Any]) -> bytes:
        document = with_texts(self._credential, texts)
        signed = self._judge(document)
        plan = _plan(document, places) if self._signer.is_able and is_exact(document) else None
        if len(self._plans) >= _MAX_PLANS:
            self._plans.clear()
        self._plans[places] = plan if plan and plan.sign(self._signer, texts) == signed else None
        return signed


class _Plan:
    """How to fill one kind of documents: `order` are the places in the order of the shape's slots.

    `delicate` are the members of the credential in which texts vary that can break a rule.
    """

    def __init__(self, shape: Shape, order: Sequence[str], delicate: Mapping[str, Any]) -> None:
        self._shape = shape
        self._order = order
        self._delicate = delicate
        self._judged = [place for place in order if place.split("/")[1] in DELICATE]

    def sign(self, signer: Signer, texts: Mapping[str, Any]) -> bytes | None:
        """The signed document, None if it is unusual."""
        values = []
        for place in self._order:
            text = texts[place]
            if type(text) is not str:
                return None
            try:
                values.append(orjson.dumps(text)[1:-1])
            except TypeError:
                return None
        try:
            if self._judged:
                check_delicate(with_texts(self._delicate, {place: texts[place] for place in self._judged}))
            signed = signer.sign(self._shape.fill(values), self._shape.digest(values))
        except (Tie, InvalidCredential):
            return None
        return signed if len(signed) <= MAX_BYTES else None


def _plan(document: Mapping[str, Any], places: Sequence[str]) -> _Plan | None:
    """The plan for documents like this one in which the texts at these places vary."""
    marks = {place: f"\0{number}\0" for number, place in enumerate(places)}
    found: dict[str, int] = {}

    def find(text: str, _name: str, number: int) -> str:
        found[text] = number
        return text

    replace_texts(with_texts(document, marks), find)
    numbers = {found[text]: place for place, text in marks.items() if text in found}
    if len(numbers) != len(places) or write(document) != orjson.dumps(document):
        return None
    shape = compile_shape(document, numbers)
    delicate = {name: document[name] for name in DELICATE & document.keys()}
    return _Plan(shape, [numbers[number] for number in sorted(numbers)], delicate) if shape else None


def with_texts(credential: Mapping[str, Any], texts: Mapping[str, Any]) -> dict[str, Any]:
    """A copy with other values at these places. Raises `InvalidCredential` for a place that is not there."""
    copy: dict[str, Any] = _copied(credential)
    for place, text in texts.items():
        start, *names = [name.replace("~1", "/").replace("~0", "~") for name in place.split("/")]
        try:
            if start or not names:
                raise ValueError("no pointer to a member")
            node: Any = copy
            for name in names[:-1]:
                node = node[int(name)] if isinstance(node, list) else node[name]
            node[int(names[-1]) if isinstance(node, list) else names[-1]] = text
        except (KeyError, IndexError, ValueError, TypeError) as error:
            raise InvalidCredential("no_such_place", f"The credential has no place {place[:100]}.") from error
    return copy


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copied(child) for name, child in value.items()}
    return [_copied(child) for child in value] if isinstance(value, list) else value
