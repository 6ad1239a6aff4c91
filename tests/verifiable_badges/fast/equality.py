"""Are the fast paths and the general one byte for byte the same? On as many random documents as one likes:

python -m tests.verifiable_badges.fast.equality 20000 [seed]

prints what was compared and exits with 1 if anything differed. The general path is the judge: what it refuses, the fast
ones must refuse with the same code.
"""

import hashlib
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson

from tests.verifiable_badges import strategies
from tests.verifiable_badges.makers import MUSEUM, MUSEUM_KEY, NOW
from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.fast.canonical import canonical_text
from verifiable_badges.fast.issuing import with_texts
from verifiable_badges.fast.knowledge import KNOWLEDGE
from verifiable_badges.fast.programs import Tie
from verifiable_badges.fast.shapes import compile_shape, replace_texts
from verifiable_badges.fast.terms import Surprise
from verifiable_badges.fast.walking import Walk
from verifiable_badges.issuing import issue, issue_generally, issue_many
from verifiable_badges.jsonld import canonical_text as general_text
from verifiable_badges.keys import did_key_method

SIGNING = {"key": MUSEUM_KEY, "verification_method": did_key_method(MUSEUM_KEY.public), "created": NOW}
KNOBS: tuple[dict[str, Any], ...] = (
    {},
    {"single": True},
    {"merged": True},
    {"share": 0.1},
    {"share": 1, "many": 2, "depth": 0},
    {"extended": True},
    {"directions": True},
)
ODD_IDS = (
    "_:b0",
    "schema:name",
    "xsd:x",
    "x-relative:a",
    "a",
    "",
    "https://a b",
    "urn:ä",
    "urn:\u2028",
    "@id",
    "type",
    "ob:x",
)
ODD_TEXTS = (*strategies.PLAIN, *strategies.ODD, *ODD_IDS, " ", '"', "\\", '\\"', '","id":"urn:x', "urn:x-slot:0;")


def compare(count: int, seed: int = 0) -> Iterator[tuple[str, Any]]:
    """(what was compared, None or the document on which paths differed) for `count` documents and their variants."""
    chance = random.Random(seed)
    each = -(-count // len(KNOBS))
    for number, knobs in enumerate(KNOBS):
        for document in strategies.documents(seed * len(KNOBS) + number, each, **knobs):
            if chance.random() < 0.3:
                document = spoiled(document, chance)
            yield _compare_walk(document)
            yield from _compare_shape(document, chance)
            yield from _compare_issuing(document, chance)
            if chance.random() < 0.25:
                yield from _compare_batch(document, chance)


def spoiled(document: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The document with one thing changed that need not be valid."""
    places = [path for path, _ in texts_of(document)]
    change = chance.choice(["text", "number", "member", "type", "twin"])
    path = chance.choice(places)
    if change == "text":
        return with_texts(document, {path: chance.choice(ODD_TEXTS)})
    if change == "number":
        return with_texts(
            document, {path: chance.choice([0, 1, 1.0, 2.5, True, None, 1e-7, 2**53, -0.0, 1e20, [], {}])}
        )
    if change == "member":
        name = chance.choice(["note", "@id", "@type", "schema:name", "Image", "@graph", "@value", "id", "name"])
        holder = path.rpartition("/")[0] if not path.rpartition("/")[2].isdigit() else ""
        return with_texts(document, {f"{holder}/{name}": "urn:x"})
    if change == "type":
        return {
            **document,
            "type": [*document["type"], chance.choice(["Nothing", "profile", "https://a.b/C", 7, None])],
        }
    return with_texts(document, {path: dict(texts_of(document))[chance.choice(places)]})


def texts_of(value: Any, path: str = "") -> list[tuple[str, str]]:
    """Each text of a document with its JSON pointer, contexts and types aside."""
    if isinstance(value, str):
        return [(path, value)]
    if isinstance(value, dict):
        items = [(name, child) for name, child in value.items() if name not in ("@context", "type", "@language")]
    else:
        items = list(enumerate(value)) if isinstance(value, list) else []
    return [found for name, child in items for found in texts_of(child, f"{path}/{name}")]


def outcome(act: Callable[[], Any]) -> Any:
    """What comes out, or the code of the error."""
    try:
        return act()
    except VerifiableBadgesError as error:
        return type(error).__name__, error.code


def _compare_walk(document: Mapping[str, Any]) -> tuple[str, Any]:
    try:
        walked = canonical_text(Walk(document))
    except Surprise:
        return "handed over", None
    return "walk", None if walked == outcome(lambda: general_text(document)) else document


def _compare_shape(document: dict[str, Any], chance: random.Random) -> Iterator[tuple[str, Any]]:
    places = [path for path, _ in texts_of(document)]
    share = chance.choice([0.05, 0.2, 1])
    varying = [number for number in range(len(places)) if chance.random() < share]
    try:
        shape = compile_shape(document, set(varying))
    except Surprise:
        shape = None
    if shape is None:
        return
    for _ in range(2):
        variant = replace_texts(document, lambda text, _, number: _varied(text, number in varying, chance))
        values = shape.match(orjson.dumps(variant))
        if values is None:
            yield "match", variant
            continue
        try:
            digest = shape.digest(values)
        except Tie:
            yield "tie", None
            continue
        text = outcome(lambda document=variant: general_text(document))
        same = isinstance(text, str) and hashlib.sha256(text.encode()).digest() == digest
        yield "shape", None if same and shape.fill(values) == orjson.dumps(variant) else variant


def _varied(text: str, may_vary: bool, chance: random.Random) -> str:
    if not may_vary or chance.random() < 0.8:
        return text
    return chance.choice(ODD_TEXTS) if chance.random() < 0.1 else text + chance.choice(["1", "x", "-", "/a"])


def _compare_issuing(document: dict[str, Any], chance: random.Random) -> Iterator[tuple[str, Any]]:
    document = {**document, "issuer": MUSEUM} if chance.random() < 0.5 else document
    expected = outcome(lambda: issue_generally(document, **SIGNING))
    # Four times: the shape is learned at the third.
    for _ in range(4):
        yield "issue", None if outcome(lambda: issue(document, **SIGNING)) == expected else document


def _compare_batch(document: dict[str, Any], chance: random.Random) -> Iterator[tuple[str, Any]]:
    places = chance.sample(texts_of(document), 3) if len(texts_of(document)) > 3 else []
    awards = [{path: _varied(text, True, chance) for path, text in places} for _ in range(3)]
    several = [outcome(lambda texts=texts: issue_generally(with_texts(document, texts), **SIGNING)) for texts in awards]
    for number, one in enumerate(several):
        batch = issue_many(document, [awards[0], awards[number]] if number else awards[:1], **SIGNING)
        found = outcome(lambda batch=batch: list(batch)[-1])
        if isinstance(several[0], bytes):
            yield "issue_many", None if found == one else with_texts(document, awards[number])


def main(count: int, seed: int = 0) -> int:
    """Print how often each thing was the same, and the first documents on which they differed."""
    same: Counter[str] = Counter()
    different = []
    KNOWLEDGE.forget()
    for what, document in compare(count, seed):
        if document is None:
            same[what] += 1
        else:
            different.append((what, document))
            print("DIFFERENT", what, orjson.dumps(document).decode()[:2000], file=sys.stderr)
    print(*(f"{what}: {number} the same" for what, number in sorted(same.items())), sep="\n")
    print(f"{len(different)} different")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
