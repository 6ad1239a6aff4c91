"""RDFC-1.0 against the published vectors, the escapes that libraries get wrong, and graphs made to hurt."""

import json

import pytest

from tests.verifiable_badges.makers import VECTORS
from verifiable_badges.errors import LimitExceeded, UnreadableInput
from verifiable_badges.jsonld import Quad, canonicalize, parse_nquads
from verifiable_badges.jsonld.nquads import literal

MANIFEST = json.loads((VECTORS / "rdf-canon" / "manifest.json").read_text())["entries"]


@pytest.mark.parametrize("case", MANIFEST, ids=lambda case: case["id"])
def test_published_vectors(case):
    quads = parse_nquads((VECTORS / "rdf-canon" / case["action"]).read_text())
    if case["type"] == "rdfc:RDFC10NegativeEvalTest":
        with pytest.raises(LimitExceeded):
            canonicalize(quads)
        return

    canonical = canonicalize(quads, algorithm=case.get("hashAlgorithm", "SHA256").lower())

    expected = (VECTORS / "rdf-canon" / case["result"]).read_text()
    assert (
        (canonical.issued == json.loads(expected)) if case["result"].endswith("json") else (canonical.text == expected)
    )


def test_literals_escape_what_the_standard_says_and_nothing_else():
    assert (
        literal('\b\t\n\f\r"\\\x00\x0b\x1f\x7f\x80é🚀') == '"\\b\\t\\n\\f\\r\\"\\\\\\u0000\\u000B\\u001F\\u007F\x80é🚀"'
    )


def test_lines_are_sorted_by_code_point_not_by_utf_16():
    quads = {Quad("<a:s>", "<a:p>", literal(text), "") for text in ("\ufffd", "\U0001f680")}

    assert canonicalize(quads).text.index("\ufffd") < canonicalize(quads).text.index("\U0001f680")


def test_blank_nodes_with_equal_quads_are_two_lines():
    quads = parse_nquads("_:x <a:p> _:y .\n_:x <a:p> _:z .\n")

    assert canonicalize(quads).text == "_:c14n0 <a:p> _:c14n1 .\n_:c14n0 <a:p> _:c14n2 .\n"


def test_names_of_blank_nodes_do_not_matter():
    chain = '_:{0} <a:p> _:{1} .\n_:{1} <a:p> _:{2} .\n_:{2} <a:q> "end" .\n'

    assert (
        canonicalize(parse_nquads(chain.format("a", "b", "c"))).text
        == canonicalize(parse_nquads(chain.format("z", "y", "x"))).text
    )


def test_sha_384_is_ready():
    quads = parse_nquads("_:a <a:p> _:b .\n_:b <a:p> _:a .\n")

    assert canonicalize(quads, algorithm="sha384").text == "_:c14n0 <a:p> _:c14n1 .\n_:c14n1 <a:p> _:c14n0 .\n"


@pytest.mark.parametrize("size", [10, 200])
def test_identical_linked_blank_nodes_end_within_the_budget(size):
    clique = {Quad(f"_:n{i}", "<a:p>", f"_:n{j}", "") for i in range(size) for j in range(size) if i != j}

    with pytest.raises(LimitExceeded):
        canonicalize(clique)


def test_a_long_ring_of_look_alikes_ends_within_the_budget():
    ring = {Quad(f"_:n{i}", "<a:p>", f"_:n{(i + 1) % 5000}", "") for i in range(5000)}

    with pytest.raises(LimitExceeded):
        canonicalize(ring)


@pytest.mark.parametrize(
    "text",
    [
        "<a:s> <a:p> .",
        '<a:s> <a:p> "x',
        "<a s> <a:p> <a:o> .",
        '"s" <a:p> <a:o> .',
        "<a:s> _:p <a:o> .",
        '<a:s> <a:p> "\\uD800" .',
        '<a:s> <a:p> "\\x" .',
    ],
)
def test_what_is_not_nquads_is_refused(text):
    with pytest.raises(UnreadableInput):
        parse_nquads(text)
