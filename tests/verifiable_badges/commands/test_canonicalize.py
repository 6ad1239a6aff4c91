"""canonicalize and jcs, with the text on standard input."""

import io
import json
import sys

import pytest

from tests.verifiable_badges.makers import VECTORS
from verifiable_badges.__main__ import main
from verifiable_badges.limits import MAX_BYTES

RDF = VECTORS / "rdf-canon" / "rdfc10"


@pytest.fixture
def run(monkeypatch, capfdbinary):
    def run(data, *arguments):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        code = main(list(arguments))
        return code, capfdbinary.readouterr().out

    return run


def test_the_canonical_form_comes_out(run):
    answer = run((RDF / "test060-in.nq").read_bytes(), "canonicalize")

    assert answer == (0, (RDF / "test060-rdfc10.nq").read_bytes())


def test_the_names_of_blank_nodes_come_out(run):
    code, out = run(b"_:z <urn:p> _:y .\n", "canonicalize", "--map")

    assert code == 0
    assert json.loads(out) == {"z": "c14n0", "y": "c14n1"} or json.loads(out) == {"z": "c14n1", "y": "c14n0"}


def test_another_hash_may_give_another_order(run):
    text = (RDF / "test075-in.nq").read_bytes()

    assert run(text, "canonicalize", "--hash", "SHA384") == (0, (RDF / "test075-rdfc10.nq").read_bytes())


@pytest.mark.parametrize(
    "data",
    [(RDF / "test074-in.nq").read_bytes(), b"<urn:s> <urn:p> .\n", b"\xff", b"#" * (MAX_BYTES + 1)],
    ids=["poison", "not N-Quads", "not UTF-8", "too large"],
)
def test_what_has_no_canonical_form_could_not_be_done(run, data):
    assert run(data, "canonicalize") == (2, b"")


def test_json_has_a_canonical_form(run):
    text = (VECTORS / "rfc8785" / "input" / "weird.json").read_bytes()

    assert run(text, "jcs") == (0, (VECTORS / "rfc8785" / "output" / "weird.json").read_bytes())
    assert run(b'{"a":1,"a":2}', "jcs") == (2, b"")
