"""Files from strangers: each gets a report, within limits, and none passes."""

import contextlib
import json
import random
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verifiable_badges.makers import (
    LIST,
    MUSEUM,
    NOW,
    SVG,
    World,
    changed,
    chunk,
    codes,
    credential,
    outcome,
    png,
    sign,
    signed,
    status_list,
    with_status,
)
from verifiable_badges import Outcome, Presented, read
from verifiable_badges.baking import bake_png, bake_svg
from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.keys.multibase import base64url_encode

BADGE = signed()


@pytest.mark.parametrize("path", ["name", "proof.proofValue", "proof.verificationMethod", "issuer.id", "issuer.name"])
def test_half_a_character_in_a_document_made_in_memory_is_refused(path):
    """`read` refuses it in files; a caller may have read the JSON by itself."""
    document = json.loads(BADGE)
    *way, last = path.split(".")
    holder = document[way[0]] if way else document
    holder[last] = ("did:key:z" if "id" in last or "Method" in last else "z") + "\ud800"

    assert outcome(World().verify(Presented("json", "text", document)), "proof") == "failed"


def in_json(text: str) -> bytes:
    """The badge with something more in it, written by hand."""
    return BADGE[:-1] + b"," + text.encode() + b"}"


def as_token(payload: bytes) -> bytes:
    head = base64url_encode(b'{"alg":"EdDSA"}')
    return f"{head}.{base64url_encode(payload)}.AAAA".encode()


SIZE_AND_DEPTH = {
    "11 MB": in_json('"x":"' + "a" * 11_000_000 + '"'),
    "depth of lists": in_json('"x":' + "[" * 100_000 + "]" * 100_000),
    "depth of objects": in_json('"x":' + '{"a":' * 100_000 + "1" + "}" * 100_000),
    "a million members": in_json(",".join(f'"{n}":1' for n in range(400_000))),
    "a million digits": in_json('"x":' + "1" * 1_000_000),
    "a huge exponent": in_json('"x":1e999999'),
    "not a number": in_json('"x":NaN'),
    "infinity": in_json('"x":-Infinity'),
    "half a character": in_json('"x":"\\ud800"'),
    "half a character in a list": in_json('"x":[["\\udfff"]]'),
    "half a character as a name": in_json('"\\uD800":1'),
    "quotes without end": b'{"' + b'\\"' * 1_000_000,
    "a backslash at the end": b'{"' + b"\\\\" * 500_000 + b"\\",
    "only brackets": b"[" * 4_000_000,
    "only quotes": b'"' * 4_000_000,
    "cut off": BADGE[:-1],
    "UTF-16": BADGE.decode().encode("utf-16"),
    "Latin-1": BADGE.decode().replace("🚀", "").encode("latin-1", "replace"),
    "a token without end": b"a." * 2_000_000,
    "a deep token": as_token(b'{"a":' * 90_000 + b"1" + b"}" * 90_000),
    "a list of badges": b"[" + BADGE + b"]",
    "white space": b" " * 4_000_000,
    "nothing": b"",
    "NUL": b"\0" * 1000,
}


@pytest.mark.parametrize("name", SIZE_AND_DEPTH)
def test_size_and_depth(name):
    tracemalloc.start()
    report = World().verify(SIZE_AND_DEPTH[name])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert report.verdict is not Outcome.PASSED
    assert report.check("readable").reason
    assert peak < 100_000_000


@pytest.mark.parametrize("name", ["name", "validUntil", "issuer", "proof", "@context"])
def test_a_repeated_member_fails_on_either_reading(name):
    document = json.loads(BADGE)
    value = json.dumps(document[name])
    for data in (in_json(f'"{name}":{value}'), in_json(f'"{name}":"x"'), b'{"' + name.encode() + b'":"x",' + BADGE[1:]):
        report = World().verify(data)
        assert codes(report) == {"readable": "duplicate_member"}
        assert report.verdict is Outcome.FAILED


POISONED_CONTEXTS = {
    "inline, renaming name": lambda contexts: [*contexts, {"name": "https://evil.example/name"}],
    "inline, renaming id": lambda contexts: [*contexts, {"id": "https://evil.example/id"}],
    "inline, renaming type": lambda contexts: [*contexts, {"kind": "@type"}],
    "inline, renaming the subject": lambda contexts: [{"credentialSubject": "urn:x"}, *contexts],
    "a protected term anew": lambda contexts: [*contexts, {"@protected": True, "issuer": "urn:x"}],
    "null": lambda contexts: [*contexts, None],
    "unknown": lambda contexts: [*contexts, "https://evil.example/v1"],
    "http instead of https": lambda contexts: [contexts[0], contexts[1].replace("https", "http")],
    "with a fragment": lambda contexts: [contexts[0] + "#x", contexts[1]],
    "none": lambda contexts: [],
    "one too many": lambda contexts: contexts * 6,
    "an object": lambda contexts: {"@vocab": "urn:x"},
    "import": lambda contexts: [*contexts, {"@import": "https://evil.example/v1"}],
}


@pytest.mark.parametrize("name", POISONED_CONTEXTS)
@pytest.mark.parametrize("place", ["the badge", "its subject"])
def test_poisoned_contexts_never_pass_and_are_never_fetched(name, place):
    def poison(document):
        contexts = POISONED_CONTEXTS[name](document["@context"])
        (document if place == "the badge" else document["credentialSubject"])["@context"] = contexts

    world = World()
    report = world.verify(changed(BADGE, poison))

    assert report.verdict is not Outcome.PASSED
    assert world.asked == []


@pytest.mark.parametrize(
    "context", ["https://www.w3.org/ns/did/v1", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"]
)
def test_adding_a_known_context_cannot_add_a_meaning(context):
    """It changes no quad, so the proof may hold; what the badge says stays the same."""
    report = World().verify(changed(BADGE, lambda d: d["@context"].append(context)))

    assert report.credential["name"] == "Sailor"
    assert outcome(report, "expiry") == "passed"


def test_a_poison_graph_ends_as_could_not_be_checked():
    """Two hundred times the same nameless mentor with the same nameless papers."""

    def poison(document):
        papers = [{"type": ["IdentifierEntry"]} for _ in range(9)]
        document["evidence"] = [{"type": ["Profile", "Evidence"], "otherIdentifier": papers} for _ in range(200)]

    report = World().verify(changed(BADGE, poison))

    assert codes(report)["proof"] == "too_tangled"
    assert outcome(report, "proof") == report.verdict.value == "could not be checked"


def test_eight_signatures_over_a_large_document_cost_one_canonical_form():
    def sign_often(document):
        document["evidence"] = [{"type": ["Evidence"], "name": str(number)} for number in range(2000)]
        document["proof"] = [{**document["proof"], "nonce": str(number)} for number in range(8)]

    assert codes(World().verify(changed(BADGE, sign_often)))["proof"] == "signature"


def badge_chunk(data: bytes, flag=b"\0") -> bytes:
    return chunk(b"iTXt", b"openbadgecredential\0" + flag + b"\0\0\0" + data)


PICTURES = {
    "2 GB long": png()[:33] + b"\x7f\xff\xff\xff" + png()[37:],
    "1 GB when unpacked": png(badge_chunk(zlib.compress(b"a" * 200_000_000), b"\1")),
    "60,000 pixels": png(badge_chunk(BADGE), width=60_000, height=60_000),
    "wrong checksum": bake_png(png(), BADGE.decode()).replace(b"Sailor", b"Tailor"),
    "no end": bake_png(png(), BADGE.decode())[:-12],
    "100,000 chunks": png(*[chunk(b"tIME", b"")] * 100_000),
    "no badge": png(),
    "two badges": png(badge_chunk(BADGE), badge_chunk(BADGE)),
    "HTML after it": bake_png(png(), BADGE.decode()) + b"<script>",
    "nested entities": b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + SVG[22:],
    "an external entity": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG[22:],
    "10,000 nested uses": SVG[:-8] + b"<use>" * 10_000 + b"</use>" * 10_000 + b"</svg>",
    "a huge attribute": SVG[:-8] + b'<filter a="' + b"x" * 4_900_000 + b'"/></svg>',
    "an SVG without a badge": SVG,
    "a page": b"<!DOCTYPE html><html><svg></svg></html>",
    "a page in disguise": b"  <HTML><body>" + BADGE + b"</body>",
    "a PDF": b"%PDF-1.7\n" + BADGE,
    "a ZIP": b"PK\x03\x04" + b"\0" * 100,
    "a JPEG": b"\xff\xd8\xff\xe0" + b"\0" * 100,
    "a program": b"\x7fELF" + b"\0" * 100,
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "two links": b"https://a.example https://b.example",
    "a script link": b"javascript:alert(1)",
    "a file link": b"file:///etc/passwd",
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_and_other_dress(name):
    report = World().verify(PICTURES[name])

    assert report.kind == "unreadable"
    assert report.verdict is not Outcome.PASSED
    assert report.check("readable").reason.endswith(".")


def test_content_decides_not_the_name():
    assert read(BADGE).carrier == "text"
    assert read(bake_png(png(), BADGE.decode())).carrier == "png"
    assert read(bake_svg(SVG, BADGE.decode())).carrier == "svg"
    assert read(b"\xef\xbb\xbf" + BADGE).kind == "json"


def test_baked_badges_pass_out_of_their_pictures():
    for picture in (bake_png(png(), BADGE.decode()), bake_svg(SVG, BADGE.decode())):
        assert World().verify(picture).verdict is Outcome.PASSED


def test_endorsements_nested_deep_are_named_or_refused():
    def nest(document):
        endorsement = {"type": ["VerifiableCredential", "EndorsementCredential"], "@context": document["@context"]}
        for _ in range(25):
            endorsement = {**endorsement, "endorsement": [endorsement]}
        document["endorsement"] = [endorsement]

    report = World().verify(changed(BADGE, nest))

    assert report.verdict is not Outcome.PASSED


def test_a_record_of_ten_thousand_credentials_names_the_limit():
    def many(document):
        document["credentialSubject"] = {
            "verifiableCredential": [{"type": "VerifiableCredential", "id": "urn:x"}] * 10_000
        }

    assert codes(World().verify(changed(BADGE, many)))["readable"] == "too_many_parts"


def test_one_changed_byte_of_a_thousand_badges_never_passes():
    """200 here, each of another text; the long run is `make soak`."""
    chance = random.Random(87)
    for number in range(200):
        badge = bytearray(signed(name=f"Sailor {number}"))
        place, value = chance.randrange(len(badge)), chance.randrange(1, 256)
        badge[place] ^= value
        report = World().verify(bytes(badge))
        assert report.verdict is not Outcome.PASSED, (place, value)


@given(st.integers(0, 10_000), st.integers(1, 255))
@settings(max_examples=200, deadline=None)
def test_no_byte_can_change(place, difference):
    badge = bytearray(BADGE)
    badge[place % len(badge)] ^= difference

    assert World().verify(bytes(badge)).verdict is not Outcome.PASSED


@given(st.integers(0, 10_000), st.integers(1, 255))
@settings(max_examples=60, deadline=None)
def test_no_byte_of_a_status_list_can_change_in_the_badges_favour(place, difference):
    data = bytearray(status_list([77]))
    data[place % len(data)] ^= difference

    assert World(lists={LIST: bytes(data)}).verify(with_status(77)).verdict is not Outcome.PASSED


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
@settings(max_examples=300, deadline=None)
def test_any_bytes_get_a_report(data):
    assert World().verify(data).verdict is not Outcome.PASSED


values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 10**17),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=5),
    )
    | st.sampled_from(
        ["did:web:a.example", "https://a.example/x", "did:key:z6Mk", "2026-01-01T00:00:00Z", MUSEUM, "_:b0"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "type",
                    "@value",
                    "@language",
                    "proof",
                    "endorsement",
                    "achievement",
                    "image",
                    "hashed",
                    "salt",
                    "name",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
PLACES = [
    "@context", "id", "type", "issuer", "validFrom", "validUntil", "credentialSubject", "credentialStatus", "proof",
    "evidence", "endorsement", "endorsementJwt", "issuanceDate", "image", "termsOfUse",
]  # fmt: skip


@given(st.sampled_from(PLACES), values)
@settings(max_examples=400, deadline=None)
def test_any_value_at_any_place_gets_a_report(place, value):
    report = World().verify(json.dumps({**json.loads(BADGE), place: value}).encode())

    assert report.checks
    json.dumps(report.to_json())


@given(st.sampled_from(["credentialSubject", "proof", "issuer"]), st.data())
@settings(max_examples=400, deadline=None)
def test_any_value_at_any_inner_place_gets_a_report(part, data):
    document = json.loads(BADGE)
    document[part][data.draw(st.sampled_from(sorted(document[part])))] = data.draw(values)

    assert World().verify(json.dumps(document).encode()).checks


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "id",
                "verificationMethod",
                "assertionMethod",
                "controller",
                "publicKeyMultibase",
                "kty",
                "crv",
                "x",
                "n",
                "e",
            ]
        ),
        values,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_document_at_the_issuers_address_gets_a_report(answer):
    from verifiable_badges.model import Profile

    badge = sign(credential(issuer=Profile("https://a.example/x")), method="https://a.example/x#key")

    assert World({"https://a.example/x": answer}).verify(badge).verdict is not Outcome.PASSED


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_reading_raises_only_our_errors(data):
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"<svg ", b"{", b"https://"):
        with contextlib.suppress(VerifiableBadgesError):
            read(start + data)


def test_reports_are_dated_by_the_caller_alone():
    assert World().verify(BADGE, now=NOW.replace(year=2099)).verdict is Outcome.FAILED
