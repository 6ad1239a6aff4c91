"""Changes that know the form of what they change: bytes, JSON, tokens, PNG, SVG, N-Quads. Same dice, same change."""

from __future__ import annotations

import json
import random
import struct
import zlib
from collections.abc import Callable
from typing import Any

from verifiable_badges.keys.multibase import base64url_decode, base64url_encode

Mutation = Callable[[random.Random, bytes], bytes]

LARGEST = 10_000_000
NASTY_TEXTS = (
    *(
        "",
        "\0",
        "\b",
        "\x7f",
        "\ufeff",
        "\u2028",
        "\U0001f680",
        "é" * 40,
        "a" * 70_000,
        "_:b0",
        "_:c14n0",
        "urn:bnid:0",
    ),
    *(
        "x-relative://relative/a",
        "https://schema.org/name",
        "did:key:z6Mk",
        "did:key:zDn",
        "did:web:a%3A80:b",
        "did:x:y",
    ),
    *(
        "https://[::1",
        "https://a.example:99999999/",
        "http://",
        "//",
        "#",
        "?",
        "data:,",
        "9" * 400,
        "-0",
        "1e400",
        "NaN",
    ),
    *("2026-02-30T00:00:00Z", "9999-12-31T23:59:60Z", "0001-01-01T00:00:00+14:00", "2026-05-04T12:00:00", "P1D"),
    *("u" + "A" * 4000, "z" + "1" * 2000, "uH4sIAAAAAAAA", "eyJhbGciOiJub25lIn0.e30.", "m" + "A" * 40),
    *("a" * 20 + "\\" * 20, '"', "<svg>", "%s%n{0}", "../../etc/passwd", "$2", "(a+)+$", "\\u0000"),
    *("Ed25519Signature2020", "DataIntegrityProof", "ecdsa-sd-2023", "BitstringStatusListEntry", "Image", "@json"),
)
NASTY_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 1.5, -0.0, 1e-7, 1e21, 2**53, 2**64, 10**39, [], {}, [[]], [{}], {"": ""}),
    *(
        [None],
        [[["x"]]],
        {"@value": "x"},
        {"@value": "x", "@language": "de"},
        {"@value": 1, "@type": "x:y"},
        {"id": "_:b"},
    ),
    *({"@list": [1]}, {"@set": []}, {"@graph": []}, {"@id": "x:y"}, {"id": "x:y", "type": 7}, {"@reverse": {"x": 1}}),
)
NASTY_NAMES = (
    *(
        "@id",
        "@type",
        "@value",
        "@context",
        "@graph",
        "@list",
        "@reverse",
        "@included",
        "@nest",
        "@index",
        "@base",
        "@vocab",
    ),
    *(
        "id",
        "type",
        "proof",
        "proofValue",
        "created",
        "__proto__",
        "",
        "a b",
        "a/b",
        "~0",
        "https://schema.org/name",
        "Image",
    ),
    *("verifiableCredential", "credentialSubject", "evidence", "endorsement", "name", "termsOfUse", "credentialSchema"),
)


def bytes_changed(dice: random.Random, data: bytes) -> bytes:
    """A few bytes changed, moved, cut or repeated, without regard to what they mean."""
    if not data:
        return dice.randbytes(dice.randint(0, 9))
    here, there = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    match dice.randrange(7):
        case 0:
            return data[:here] + bytes([dice.randrange(256)]) + data[here + 1 :]
        case 1:
            return data[:here] + dice.randbytes(dice.randint(1, 9)) + data[here:]
        case 2:
            return data[:here] + data[there:]
        case 3:
            return data[:there]
        case 4:
            return data[:there] + data[here:there] + data[there:]
        case 5:
            return data[:here] + dice.choice(NASTY_TEXTS).encode() + data[here:]
        case _:
            part = data[here:there][:1000] or b"["
            return data[:here] + part * dice.choice((3, 100, LARGEST // (2 * len(part)))) + data[here:]


def json_changed(dice: random.Random, data: bytes) -> bytes:
    """One place of a JSON document changed; then it is written in one of the ways there are."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return bytes_changed(dice, data)
    document = tree_changed(dice, document)
    text = json.dumps(document, ensure_ascii=dice.random() < 0.3, indent=dice.choice((None, None, 1)))
    if dice.random() < 0.05:
        text = text.replace(":", dice.choice((":1,", ": ", ":\t\v", ":" + "[" * 5000)), 1)
    if dice.random() < 0.05 and text.startswith("{"):
        text = '{"name": "twice", ' + text[1:]
    return text.encode("utf-8", "surrogatepass")


def tree_changed(dice: random.Random, document: Any) -> Any:
    """`document`, changed in place where it can be."""
    places = list(_places(document))
    if not places:
        return dice.choice(NASTY_VALUES)
    holder, step = dice.choice(places)
    value = holder[step]
    other_holder, other_step = dice.choice(places)
    other = json.loads(json.dumps(other_holder[other_step]))
    match dice.randrange(11):
        case 0:
            holder[step] = dice.choice(NASTY_VALUES)
        case 1:
            holder[step] = dice.choice(NASTY_TEXTS)
        case 2:
            del holder[step]
        case 3:
            holder[step] = other
        case 4:
            holder[step] = [value]
        case 5:
            holder[step] = [value, other]
        case 6 if isinstance(holder, dict):
            holder[dice.choice([*NASTY_NAMES, str(other_step)])] = holder.pop(step)
        case 7 if isinstance(holder, dict):
            holder[dice.choice([*NASTY_NAMES, str(other_step)])] = other
        case 8 if isinstance(value, str):
            here = dice.randrange(len(value) + 1)
            holder[step] = value[:here] + dice.choice(NASTY_TEXTS) + value[here + dice.randint(0, 1) :]
        case 9:
            for _ in range(dice.choice((2, 30, 70, 300))):
                value = [value] if dice.random() < 0.5 else {dice.choice(NASTY_NAMES): value}
            holder[step] = value
        case _:
            times = dice.choice((2, 2, 20, 1500))
            holder[step] = [value] * min(times, max(1, LARGEST // (2 * len(json.dumps(value)))))
    return document


def _places(document: Any) -> Any:
    stack = [document]
    while stack:
        holder = stack.pop()
        steps = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        for step in steps:
            yield holder, step
            stack.append(holder[step])


def proof_value_changed(dice: random.Random, data: bytes) -> bytes:
    """Bytes of the value of a proof of ecdsa-sd-2023 changed, its header left."""
    try:
        document = json.loads(data)
        value = base64url_decode(document["proof"]["proofValue"][1:])
    except Exception:  # an earlier change has taken it away
        return json_changed(dice, data)
    document["proof"]["proofValue"] = "u" + base64url_encode(value[:3] + bytes_changed(dice, value[3:]))
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


def token_changed(dice: random.Random, data: bytes) -> bytes:
    """A part of a compact JWS or of an SD-JWT changed, dropped, doubled or exchanged."""
    mark = dice.choice((b".", b".", b"~")) if b"~" in data else b"."
    parts = data.split(mark)
    place = dice.randrange(len(parts))
    match dice.randrange(6):
        case 0 | 1 | 2:
            try:
                inside = base64url_decode(parts[place].decode())
            except Exception:
                inside = parts[place]
            change = dice.choice((json_changed, json_changed, bytes_changed))
            parts[place] = base64url_encode(change(dice, inside)).encode()
        case 3:
            del parts[place]
        case 4:
            parts.insert(place, dice.choice(parts))
        case _:
            parts[place] = bytes_changed(dice, parts[place])
    return mark.join(parts)


def png_changed(dice: random.Random, data: bytes) -> bytes:
    """A chunk changed, moved, doubled, dropped, or given a length, checksum or content that lies."""
    chunks = _chunks(data)
    if not chunks:
        return bytes_changed(dice, data)
    place = dice.randrange(len(chunks))
    kind, content = chunks[place]
    match dice.randrange(8):
        case 0:
            dice.shuffle(chunks)
        case 1:
            chunks.insert(dice.randrange(len(chunks) + 1), (kind, content))
        case 2:
            del chunks[place]
        case 3:
            chunks[place] = (kind, bytes_changed(dice, content))
        case 4:
            chunks[place] = (dice.choice((b"iTXt", b"tEXt", b"zTXt", b"IEND", b"IHDR", dice.randbytes(4))), content)
        case 5:
            squeezed = zlib.compress(dice.choice((b"{", b"a", b"\0")) * dice.choice((9, 1_000_000, 50_000_000)))
            chunks.insert(
                -1, (b"iTXt", dice.choice((b"openbadgecredential", b"openbadges")) + b"\0\1\0\0\0" + squeezed)
            )
        case 6:
            chunks[place:place] = [(b"tEXt", b"a\0b")] * dice.choice((3, 20_000))
        case _:
            written = bytearray(_png(chunks))
            at = dice.randrange(8, len(written))
            written[at : at + 4] = dice.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", dice.randbytes(4)))
            return bytes(written)
    return _png(chunks)


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    chunks, at = [], 8
    while at + 12 <= len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    return chunks


def _png(chunks: list[tuple[bytes, bytes]]) -> bytes:
    parts = (struct.pack(">I", len(c)) + kind + c + struct.pack(">I", zlib.crc32(kind + c)) for kind, c in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


NASTY_MARKUP = (
    *(
        "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>",
        "&b;",
        "&#0;",
        "&#x110000;",
        "<!--",
        "-->",
    ),
    *(
        "<![CDATA[",
        "]]>",
        "<?xml version='1.1'?>",
        "<?x ?>",
        "</svg>",
        "<svg xmlns='urn:x'>",
        "xmlns:openbadges='urn:x' ",
    ),
    *("<openbadges:credential xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0'>", "</openbadges:credential>"),
    *("<openbadges:assertion xmlns:openbadges='http://openbadges.org' verify='a.b.c'/>", "<g>" * 300, "<g>" * 60_000),
    *("<g " + "".join(f"a{n}='' " for n in range(9_000)) + "/>", "\xa0", "a='1' a='2'", "<a:b/>", "encoding='utf-16'"),
)


def svg_changed(dice: random.Random, data: bytes) -> bytes:
    """Markup that should not be there, at a place where markup is; or another encoding."""
    if dice.random() < 0.05:
        text = data.decode("utf-8", "replace")
        return text.encode(dice.choice(("utf-16", "utf-16-le", "utf-32", "utf-7", "utf-8-sig")))
    places = [at for at, byte in enumerate(data) if byte in b"<> "] or [0]
    here = dice.choice(places) + dice.randint(0, 1)
    if dice.random() < 0.3:
        return data[:here] + data[dice.choice(places) :]
    return data[:here] + dice.choice(NASTY_MARKUP).encode() + data[here:]


def nquads_changed(dice: random.Random, data: bytes) -> bytes:
    """Lines doubled or mixed, blank nodes made one, and graphs in which everything looks alike."""
    lines = data.split(b"\n")
    place = dice.randrange(len(lines))
    match dice.randrange(7):
        case 0:
            lines.insert(dice.randrange(len(lines) + 1), lines[place])
        case 1:
            del lines[place]
        case 2:
            lines[place] = bytes_changed(dice, lines[place])
        case 3:
            names = [word for word in data.split() if word.startswith(b"_:")] or [b"_:a"]
            lines[place] = lines[place].replace(dice.choice(names), dice.choice(names))
        case 4:
            size = dice.choice((3, 6, 12, 60))
            pairs = [(a, b) for a in range(size) for b in range(size) if a != b and dice.random() < 0.7]
            lines += [b"_:k%d <urn:p> _:k%d ." % pair for pair in pairs]
        case 5:
            size = dice.choice((4, 50, 1_000, 30_000))
            lines += [b"_:r%d <urn:p> _:r%d _:g ." % (n, (n + 1) % size) for n in range(size)]
        case _:
            size = dice.choice((5, 40))
            lines += [b"_:s%d <urn:p> _:t%d ." % (a, b) for a in range(size) for b in range(size)]
    return b"\n".join(lines)
