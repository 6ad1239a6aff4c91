"""JSON pointers and what they select."""

import pytest

from verifiable_badges.errors import InvalidDocument, LimitExceeded
from verifiable_badges.proofs.ecdsa_sd_2023.pointers import check_pointers, escaped, select

DOCUMENT = {
    "@context": ["https://a.example"],
    "id": "urn:x",
    "type": ["T"],
    "a/b": {"m~n": 1, "type": "U", "other": 2},
    "": {"": 3},
    "list": [{"id": "urn:0", "x": 1, "y": 2}, {"x": 3, "type": "V"}, [4, 5], None],
    "embedded": {"@context": ["https://b.example"], "id": "urn:y", "name": "n", "secret": "s"},
    "said": {"@value": "Knoten", "@language": "de"},
    "0": "a member that looks like an index",
}
ROOT = {"@context": ["https://a.example"], "id": "urn:x", "type": ["T"]}

SELECTIONS = {
    "one member": (["/0"], {"0": "a member that looks like an index"}),
    "escapes": (["/a~1b/m~0n"], {"a/b": {"type": "U", "m~n": 1}}),
    "empty names": (["//"], {"": {"": 3}}),
    "one of a list": (["/list/1/x"], {"list": [{"type": "V", "x": 3}]}),
    "several of a list, in its order": (
        ["/list/1/x", "/list/0/y"],
        {"list": [{"id": "urn:0", "y": 2}, {"type": "V", "x": 3}]},
    ),
    "a list in a list": (["/list/2/1"], {"list": [[5]]}),
    "nothing": (["/list/3"], {"list": [None]}),
    "a whole list after one of its values": (["/list/0/x", "/list"], {"list": DOCUMENT["list"]}),
    "a whole list before one of its values": (["/list", "/list/0/x"], {"list": DOCUMENT["list"]}),
    "an object keeps its vocabulary": (
        ["/embedded/name"],
        {"embedded": {"@context": ["https://b.example"], "id": "urn:y", "name": "n"}},
    ),
    "half of a text with its language": (["/said/@language"], {"said": DOCUMENT["said"]}),
    "what is there anyway": (["/type/0", "/id"], {}),
    "twice": (["/0", "/0"], {"0": "a member that looks like an index"}),
}


@pytest.mark.parametrize(("pointers", "selected"), SELECTIONS.values(), ids=SELECTIONS)
def test_what_is_selected(pointers, selected):
    assert select(DOCUMENT, pointers) == ROOT | selected


def test_everything_and_nothing():
    assert select(DOCUMENT, [""]) == DOCUMENT
    assert select(DOCUMENT, []) == {}


def test_the_selection_shares_nothing_with_the_document():
    selected = select(DOCUMENT, ["/list", "/0"])
    selected["list"][0]["x"] = selected["type"][0] = "changed"

    assert DOCUMENT["list"][0]["x"] == 1
    assert DOCUMENT["type"] == ["T"]


@pytest.mark.parametrize(
    "pointer",
    ["/none", "/list/4", "/list/-1", "/list/01", "/list/x", "/list/", "/list/-", "/list/٣", "/0/0", "/list/3/x"],
)
def test_pointers_that_lead_nowhere(pointer):
    with pytest.raises(InvalidDocument) as error:
        select(DOCUMENT, [pointer])
    assert error.value.code == "pointer_nowhere"


@pytest.mark.parametrize("pointers", ["/a", b"/a", None, 7, [7], ["a"], [" /a"], ["/~"], ["/~2"], ["/a~"], {"/a": 1}])
def test_what_is_not_a_list_of_pointers(pointers):
    with pytest.raises(InvalidDocument) as error:
        check_pointers(pointers)
    assert error.value.code == "pointer"


@pytest.mark.parametrize("pointers", [["/a"] * 2001, ["/a" * 65], ["/" + 1000 * "a"]])
def test_limits(pointers):
    with pytest.raises(LimitExceeded):
        check_pointers(pointers)


@pytest.mark.parametrize("name", ["a/b", "m~n", "~1", "", "ü"])
def test_names_become_steps(name):
    assert select({name: 1}, ["/" + escaped(name)]) == {name: 1}
