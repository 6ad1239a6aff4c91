"""Claims hidden behind digests, and shown again (RFC 9901 sections 4 and 7.1).

A disclosure is a text with a salt, the name of a member and its value, or for an element of a list with salt and value.
The signed payload holds its digest only. Disclosures may hold digests of further ones.

>>> hidden = conceal({"name": "Ada", "knots": [3, 6]}, [("name",), ("knots", 1)], random=lambda size: bytes(size))
>>> sorted(hidden.payload), len(hidden.disclosures)
(['_sd', '_sd_alg', 'knots'], 2)
>>> reveal(hidden.payload, hidden.disclosures).claims
{'knots': [3, 6], 'name': 'Ada'}
>>> reveal(hidden.payload, []).claims
{'knots': [3]}
"""

import copy
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verifiable_badges.errors import (
    InvalidCredential,
    InvalidKey,
    InvalidProof,
    LimitExceeded,
    UnreadableInput,
    Unsupported,
)
from verifiable_badges.json_text import parse, write
from verifiable_badges.keys.multibase import base64url_decode, base64url_encode
from verifiable_badges.limits import MAX_DEPTH, check_tree

Path = tuple[str | int, ...]
"""The names of members and the places in lists that lead to a value."""
Random = Callable[[int], bytes]

MAX_DISCLOSURES = 1000
_HASHES = {"sha-256": hashlib.sha256, "sha-384": hashlib.sha384, "sha-512": hashlib.sha512}
_RESERVED = frozenset({"_sd", "...", "_sd_alg"})
_ALWAYS_SHOWN = frozenset(
    {"@context", "iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"}
    | {"validUntil", "expirationDate", "credentialStatus"}
)
"""Without these nobody could check the rest, and a holder could leave out that it has ended or was withdrawn
(section 9.7; SD-JWT VC section 3.2.2.2)."""
_PATH = re.compile(r"[^.\[\]]+(?:\[\d{1,5}\]|\.[^.\[\]]+)*", re.ASCII)
_STEP = re.compile(r"([^.\[\]]+)|\[(\d{1,5})\]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Concealed:
    """A payload to sign, and what its holder needs to show the rest."""

    payload: dict[str, Any]
    disclosures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a disclosure shows something, and the disclosures above it, without which it shows nothing."""

    path: Path
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revealed:
    """All that the disclosures show, with the place of each of them."""

    claims: dict[str, Any]
    places: Mapping[str, Place]


def parse_path(text: str) -> Path:
    """A path as people write it: `credentialSubject.phoneNumbers[0]`. Raises `InvalidCredential`."""
    if not _PATH.fullmatch(text):
        raise InvalidCredential("disclosure_path", f"“{text[:60]}” is not a path to a value.")
    return tuple(step[1] if step[1] is not None else int(step[2]) for step in _STEP.finditer(text))


def conceal(claims: Mapping[str, Any], paths: Iterable[Path], *, random: Random, decoys: int = 0) -> Concealed:
    """`claims` with the values at `paths` behind digests; values within values may be hidden, too.

    `random(n)` gives n bytes. `decoys` digests that lead to nothing are added to each object with hidden members, so
    that their number says less. Raises `InvalidCredential` for a path that leads nowhere or to what must be shown.
    """
    payload = copy.deepcopy(dict(claims))
    _refuse_reserved(payload)
    # What is inside is hidden first, so that it is hidden inside what is hidden later.
    disclosures = [_hide(payload, path, random) for path in sorted(set(paths), key=len, reverse=True)]
    for holder in _holders(payload):
        holder["_sd"] += [digest(base64url_encode(random(32)), {}) for _ in range(decoys)]
        holder["_sd"].sort()
    if disclosures:
        payload["_sd_alg"] = "sha-256"
    return Concealed(payload, tuple(disclosures))


def _hide(payload: dict[str, Any], path: Path, random: Random) -> str:
    if not path or path[0] in _ALWAYS_SHOWN:
        raise InvalidCredential("disclosure_path", f"“{path[0] if path else ''}” must always be shown.")
    *way, last = path
    holder: Any = payload
    for step in way:
        holder = _step(holder, step)
    value = _step(holder, last)
    salt = base64url_encode(random(16))
    if isinstance(holder, list):
        text = base64url_encode(write([salt, value]))
        holder[int(last)] = {"...": digest(text, {})}
    else:
        text = base64url_encode(write([salt, last, holder.pop(last)]))
        holder.setdefault("_sd", []).append(digest(text, {}))
    return text


def _step(holder: Any, step: str | int) -> Any:
    if isinstance(holder, dict) and isinstance(step, str) and step in holder:
        return holder[step]
    if isinstance(holder, list) and isinstance(step, int) and 0 <= step < len(holder):
        return holder[step]
    raise InvalidCredential("disclosure_path", f"A path of what may be hidden leads nowhere: “{str(step)[:60]}”.")


def _holders(value: Any) -> Iterable[dict[str, Any]]:
    """Every object in the payload that has hidden members."""
    if isinstance(value, dict):
        if "_sd" in value:
            yield value
        for part in value.values():
            yield from _holders(part)
    elif isinstance(value, list):
        for part in value:
            yield from _holders(part)


def _refuse_reserved(value: Any) -> None:
    check_tree(value)
    level = [value]
    while level:
        if any(isinstance(one, dict) and not _RESERVED.isdisjoint(one) for one in level):
            raise InvalidCredential("claim_taken", "A name in it means something else in a token with disclosures.")
        parts = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [part for several in parts for part in several]


def reveal(payload: Mapping[str, Any], disclosures: Sequence[str]) -> Revealed:
    """What a payload says with these disclosures (section 7.1 step 3).

    Raises `UnreadableInput` for a damaged disclosure; `InvalidProof` for a digest that stands twice, a disclosure that
    belongs nowhere or shows what is there already, and for digests at places where none may be; `Unsupported` for a
    hash that is not known; `LimitExceeded`.
    """
    if len(disclosures) > MAX_DISCLOSURES:
        raise LimitExceeded("too_many_parts", f"More than {MAX_DISCLOSURES} values are shown.")
    digest("", payload)  # the hash must be known even where nothing is shown
    revealing = _Revealing({digest(text, payload): text for text in disclosures})
    claims = revealing.object(payload, (), (), top=True)
    if len(revealing.places) < len(disclosures):
        raise InvalidProof("disclosure_unused", "A value is shown that nobody signed.")
    check_tree(claims)
    return Revealed(claims, revealing.places)


class _Revealing:
    """One payload being made readable."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._seen: set[str] = set()
        self.places: dict[str, Place] = {}

    def _value(self, value: Any, path: Path, above: tuple[str, ...]) -> Any:
        if len(path) > MAX_DEPTH:
            raise LimitExceeded("too_deep", f"The document is nested more than {MAX_DEPTH} levels deep.")
        if isinstance(value, dict):
            return self.object(value, path, above)
        if isinstance(value, list):
            return self._list(value, path, above)
        return value

    def object(
        self, value: Mapping[str, Any], path: Path, above: tuple[str, ...], *, top: bool = False
    ) -> dict[str, Any]:
        """An object with its hidden members, as far as they are shown."""
        if "..." in value or ("_sd_alg" in value and not top):
            raise InvalidProof("disclosure_place", "The token hides something at a place where it cannot.")
        plain = {name: part for name, part in value.items() if name not in ("_sd", "_sd_alg")}
        shown = {name: self._value(part, (*path, name), above) for name, part in plain.items()}
        for text in self._shown_by(value.get("_sd", [])):
            name, part = _member(text)
            if name in shown or name in _RESERVED:
                raise InvalidProof("disclosure_twice", "A value is shown for a name that has one already.")
            shown[name] = self._placed(text, part, (*path, name), above)
        return shown

    def _list(self, value: Sequence[Any], path: Path, above: tuple[str, ...]) -> list[Any]:
        shown: list[Any] = []
        for part in value:
            here = (*path, len(shown))
            if not (isinstance(part, dict) and "..." in part):
                shown.append(self._value(part, here, above))
                continue
            if len(part) != 1:
                raise InvalidProof("disclosure_place", "The token hides something at a place where it cannot.")
            for text in self._shown_by([part["..."]]):
                shown.append(self._placed(text, _element(text), here, above))
        return shown

    def _placed(self, text: str, value: Any, path: Path, above: tuple[str, ...]) -> Any:
        self.places[text] = Place(path, above)
        return self._value(value, path, (*above, text))

    def _shown_by(self, digests: Any) -> Iterable[str]:
        """The disclosures of these digests, of which no one may stand in the token twice."""
        if not isinstance(digests, list) or not all(isinstance(digest, str) for digest in digests):
            raise InvalidProof("disclosure_place", "What the token hides is not named by digests.")
        for digest in digests:
            if digest in self._seen:
                raise InvalidProof("digest_twice", "The token names one hidden value twice.")
            self._seen.add(digest)
            if digest in self._texts:
                yield self._texts[digest]


def _member(text: str) -> tuple[str, Any]:
    parts = _parts(text)
    if len(parts) != 3 or not isinstance(parts[1], str):
        raise InvalidProof("disclosure_form", "A shown value has no name, though it is the member of an object.")
    return parts[1], parts[2]


def _element(text: str) -> Any:
    parts = _parts(text)
    if len(parts) != 2:
        raise InvalidProof("disclosure_form", "A shown value has a name, though it is the element of a list.")
    return parts[1]


def _parts(text: str) -> list[Any]:
    try:
        parts = parse(base64url_decode(text))
    except InvalidKey as error:
        raise UnreadableInput("disclosure_damaged", "A shown value is damaged: it is not base64url.") from error
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], str):
        raise UnreadableInput("disclosure_damaged", "A shown value is damaged: it has no salt.")
    return parts


def digest(text: str, payload: Mapping[str, Any]) -> str:
    """The digest of a text by the hash that the payload names (`_sd_alg`), over the letters as they are.

    Raises `InvalidProof` if that is no name, `Unsupported` for a hash that is not known.
    """
    algorithm = payload.get("_sd_alg", "sha-256")
    if not isinstance(algorithm, str):
        raise InvalidProof("hash", "The token does not name a hash.")
    if algorithm not in _HASHES:
        raise Unsupported("hash", f"Digests of the kind {algorithm[:30]} are not known here.")
    return base64url_encode(_HASHES[algorithm](text.encode("utf-8", "surrogatepass")).digest())
