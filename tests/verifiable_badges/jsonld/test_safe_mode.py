"""Nothing of a document may be lost, and nothing may have two readings."""

import contextlib
import copy
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld as pyld

from tests.verifiable_badges.makers import credential
from verifiable_badges.errors import InvalidDocument, LimitExceeded, Unsupported, VerifiableBadgesError
from verifiable_badges.jsonld import (
    all_context_urls,
    canonical_text,
    canonicalize,
    check_compact_form,
    choices,
    expand,
)
from verifiable_badges.jsonld.nquads import Quad, literal


def changed(path, value):
    document = credential().to_json()
    place = document
    *parents, last = [path] if "://" in path else path.split(".")
    for name in parents:
        place = place[name]
    place[last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("favourite", "x", "undefined_term"),
        ("credentialSubject.achievement.favourite", "x", "undefined_term"),
        ("id", "badge-7", "relative_address"),
        ("credentialSubject.achievement.criteria", {"id": "here"}, "relative_address"),
        ("type", ["VerifiableCredential", "Unheard"], "relative_address"),
        ("id", "urn:uuid:a> <b", "relative_address"),
        ("issuer.image", {"id": "i.png", "type": "Image"}, "relative_address"),
        ("@graph", [], "respelled"),
        ("credentialSubject.id", 7, "not_json_ld"),
    ],
)
def test_what_would_be_lost_is_refused(path, value, code):
    document = changed(path, value)

    def look():
        check_compact_form(document)
        canonical_text(document)

    with pytest.raises(InvalidDocument) as error:
        look()
    assert error.value.code == code


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("https://schema.org/name", "x"),
        ("@id", "urn:x"),
        ("name", {"@value": "x"}),
        ("validUntil", {"@value": "2020-01-01T00:00:00Z", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}),
        ("credentialSubject.achievement.Criteria", {"narrative": "x"}),
        ("issuer.type", ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile"]),
        ("issuer.id", "_:b0"),
        ("credentialSubject.achievement.tag", [["a"], "b"]),
        ("credentialSubject.achievement.creditsAvailable", 1e-7),
        ("credentialSubject.achievement.creditsAvailable", 2**60),
        ("credentialSubject.achievement.creditsAvailable", -0.0),
    ],
)
def test_other_spellings_are_refused(path, value):
    with pytest.raises(InvalidDocument):
        check_compact_form(changed(path, value))


def test_an_end_date_moved_to_another_mention_of_the_badge_is_noticed():
    document = credential().to_json()
    end = document.pop("validUntil")
    document["evidence"] = [{"id": document["id"], "type": ["Evidence", "VerifiableCredential"], "validUntil": end}]

    with pytest.raises(Unsupported) as error:
        check_compact_form(document)
    assert error.value.code == "ambiguous_node"


def test_an_endorsement_may_speak_about_the_badge_it_stands_in():
    document = credential().to_json()
    document["endorsement"] = [
        {
            "id": "urn:e",
            "credentialSubject": {"id": document["id"], "type": ["EndorsementSubject"], "endorsementComment": "!"},
        }
    ]

    check_compact_form(document)


def test_the_direction_of_writing_is_signed_with_the_language():
    document = changed("name", {"@value": "ملاح", "@language": "AR", "@direction": "rtl"})
    check_compact_form(document)

    assert '"ملاح"^^<https://www.w3.org/ns/i18n#ar_rtl> .' in canonical_text(document)


def test_a_name_with_its_language_keeps_it():
    assert '"Seemann"@de .' in canonical_text(changed("name", {"@value": "Seemann", "@language": "DE"}))


def test_the_document_is_left_as_it_was():
    document = credential().to_json()
    before = copy.deepcopy(document)

    canonical_text(document)

    assert document == before


@pytest.mark.parametrize("deep", [lambda d: [d], lambda d: {"image": d}])
def test_depth_is_measured_without_recursion(deep):
    value = "x"
    for _ in range(100_000):
        value = deep(value)
    document = {**credential().to_json(), "evidence": value}

    with pytest.raises(LimitExceeded):
        canonical_text(document)
    while isinstance(value, list | dict):  # taken apart by hand: freeing it whole would recurse
        value = value[0] if isinstance(value, list) else value["image"]


def pyld_text(document, chosen):
    """PyLD's own graph of the expanded document, canonicalised by us: another way to the same quads."""
    dataset = pyld.to_rdf(expand(document, chosen), {"base": "urn:none"})
    quads = set()
    for name, triples in dataset.items():
        graph = (
            ""
            if name == "@default"
            else term({"type": "blank node" if name.startswith("_:") else "IRI", "value": name})
        )
        quads |= {Quad(term(t["subject"]), term(t["predicate"]), term(t["object"]), graph) for t in triples}
    return canonicalize(quads).text


def term(part):
    if part["type"] == "literal":
        return literal(part["value"], part["datatype"], part.get("language", ""))
    return part["value"] if part["type"] == "blank node" else f"<{part['value']}>"


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
badges = st.builds(
    lambda name, tags, credits, narrative: (
        changed("credentialSubject.achievement.name", name)
        | {
            "description": narrative,
            "evidence": [{"type": ["Evidence"], "name": tag, "narrative": tag} for tag in tags],
        }
        | (
            {}
            if credits is None
            else {"credentialSubject": changed("credentialSubject.creditsEarned", credits)["credentialSubject"]}
        )
    ),
    texts,
    st.lists(st.sampled_from(["a", "b", "\b\x7f", "🚀"]), max_size=4),
    st.one_of(st.none(), st.integers(-1000, 1000), st.floats(0.001, 1e6)),
    texts,
)


@given(badges)
@settings(max_examples=60, deadline=None)
def test_our_quads_are_those_of_pyld(document):
    chosen = next(choices(all_context_urls(document)))

    assert canonical_text(document) == pyld_text(document, chosen)


json_values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), texts, st.sampled_from(["Profile", "@json", "_:b", "a:b"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(
                texts,
                st.sampled_from(
                    ["@id", "@type", "@value", "@list", "@graph", "@reverse", "@nest", "id", "type", "name", "proof"]
                ),
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(
    json_values, st.sampled_from(["evidence", "issuer", "credentialSubject", "proof", "type", "id", "@context", "name"])
)
@settings(max_examples=300, deadline=None)
def test_no_foreign_exception_leaks_from_expansion(value, member):
    document = {**credential().to_json(), member: value}

    with contextlib.suppress(VerifiableBadgesError):
        canonical_text(document)


def test_many_threads_get_the_same_graphs():
    documents = [changed("credentialSubject.achievement.name", f"Sailor {number}") for number in range(40)]
    alone = [canonical_text(document) for document in documents]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(canonical_text, documents)) == alone
