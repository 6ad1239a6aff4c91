"""RDFC-1.0 against the published vectors, the escapes that libraries get wrong, and graphs made to hurt."""

import inspect
import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@pytest.mark.parametrize("depth", [60, 100])
def test_a_list_of_equal_values_is_put_in_order(depth):
    """Every cell looks alike: the deepest chain that an honest document is likely to hold."""
    cells = [Quad("<a:s>", "<a:p>", "_:n0", "")]
    for number in range(depth):
        rest = f"_:n{number + 1}" if number + 1 < depth else "<a:nil>"
        cells += [Quad(f"_:n{number}", "<a:first>", '"1"', ""), Quad(f"_:n{number}", "<a:rest>", rest, "")]

    assert len(canonicalize(cells).issued) == depth


def test_a_chain_too_deep_for_the_stack_ends_too():
    def below(frames):
        return below(frames - 1) if frames else canonicalize(ring)

    ring = {Quad(f"_:n{i}", "<a:p>", f"_:n{(i + 1) % 150}", "") for i in range(150)}

    with pytest.raises(LimitExceeded):
        below(sys.getrecursionlimit() - len(inspect.stack()) - 100)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("<a:s><a:p><a:o>.", "<a:s> <a:p> <a:o> .\n"),
        ("\t<a:s>\t<a:p> _:o<a:g>.# comment", "<a:s> <a:p> _:c14n0 <a:g> .\n"),
        ('<a:s> <a:p> "x"@EN-Latn-x-1 .', '<a:s> <a:p> "x"@EN-Latn-x-1 .\n'),
        ('<a:s> <a:p> "x"^^<http://www.w3.org/2001/XMLSchema#string> .', '<a:s> <a:p> "x" .\n'),
        (r'<a:s> <a:p> "\u00e9\U0001F680\t\'" .', '<a:s> <a:p> "é🚀\\t\'" .\n'),
        (r"<a:\u00e9> <a:p> <a:\U0001F680> .", "<a:é> <a:p> <a:🚀> .\n"),
        ("_:a.b··c <a:p> _:0é‿ .", "_:c14n1 <a:p> _:c14n0 .\n"),
        ("# nothing\r\n\r\n \t\n<a:s> <a:p> <a:o> .\r\r<a:s> <a:p> <a:o> .\n#", "<a:s> <a:p> <a:o> .\n"),
        ('<a:s> <a:p> "tab\tand form feed\f" .', '<a:s> <a:p> "tab\\tand form feed\\f" .\n'),
        ("", ""),
    ],
)
def test_every_form_of_nquads_is_read(text, canonical):
    assert canonicalize(parse_nquads(text)).text == canonical


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
        "<a:s> <a:p> <a:o>",
        "<a:s> <a:p> <a:o> . <a:s> <a:p> <a:o> .",
        "<a:s> <a:p> <a:o> <a:g> <a:h> .",
        '<a:s> <a:p> <a:o> "g" .',
        "<s> <a:p> <a:o> .",
        "<a:s> <a:p> <a:\\u0020> .",
        "<a:s> <a:p> <a:\\u003e> .",
        "<a:s> <a:p> _:-a .",
        "<a:s> <a:p> _: .",
        "<a:s> <a:p> _:a×b .",
        '<a:s> <a:p> "x"@1 .',
        '<a:s> <a:p> "x"@en-- .',
        '<a:s> <a:p> "x"@en--ltr .',
        '<a:s> <a:p> "x"^^_:d .',
        "<a:s> <a:p> 'x' .",
        '<a:s> <a:p> "x\ny" .',
        '<a:s> <a:p> "\\U00110000" .',
        '<a:s> <a:p> "\\u12" .',
        "@prefix a: <a:> .",
    ],
)
def test_what_is_not_nquads_is_refused(text):
    with pytest.raises(UnreadableInput):
        parse_nquads(text)


@given(st.text(st.sampled_from('<>a:_"\\\\uU0^@.# \t\n\réx-'), max_size=40))
@settings(max_examples=300, deadline=None)
def test_whatever_is_read_is_read_again_from_its_canonical_form(text):
    try:
        canonical = canonicalize(parse_nquads(text)).text
    except UnreadableInput:
        return

    assert canonicalize(parse_nquads(canonical)).text == canonical


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_neither_order_nor_names_of_random_graphs_matter(data):
    """Also those whose blank nodes can only be told apart by their surroundings, or not at all.

    Their graphs have addresses: RDFC-1.0 section 4.8 looks at each term of a quad by itself. Of `x y g1` and `y x g2`
    it cannot say which lies in which graph, if those are blank nodes, so that both orders are canonical.
    """
    size = data.draw(st.integers(2, 6))
    edge = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1), st.integers(-1, size - 1))
    edges = data.draw(st.lists(edge, min_size=size, max_size=3 * size))
    names = data.draw(st.permutations(range(size)))

    def graph(edges, name):
        return [Quad(name(s), "<a:p>", name(o), "" if g < 0 else f"<a:{g}>") for s, o, g in edges]

    one = canonicalize(graph(edges, lambda node: f"_:x{node}"))
    other = canonicalize(graph(data.draw(st.permutations(edges)), lambda node: f"_:y{names[node]}"))

    assert one.text == other.text
    assert sorted(one.issued.values()) == sorted(other.issued.values())


def test_what_nothing_tells_apart_is_named_in_the_order_of_the_text():
    """So that the map of an input is the same whenever it is asked for."""
    twins = "_:{0} <a:p> _:{1} .\n_:{2} <a:p> _:{3} .\n"

    assert list(canonicalize(parse_nquads(twins.format(*"wxyz"))).issued) == ["x", "w", "z", "y"]
    assert list(canonicalize(parse_nquads(twins.format(*"yzwx"))).issued) == ["z", "y", "x", "w"]
    assert list(canonicalize(parse_nquads("_:z <a:p> _:y .\n_:y <a:p> _:z .\n")).issued) == ["z", "y"]
