"""Contexts are bundled, pinned and never looked for elsewhere."""

import hashlib
from importlib.resources import files

import pytest

from verifiable_badges.errors import InvalidDocument, UnknownContext
from verifiable_badges.jsonld import (
    CREDENTIALS_V2,
    OPEN_BADGES_V3,
    choices,
    context_urls,
    editions,
    uses_disputed_terms,
)
from verifiable_badges.jsonld.contexts import with_references


def test_every_bundled_context_has_the_digest_of_the_index():
    for several in editions().values():
        for edition in several:
            data = (files("verifiable_badges") / "contexts" / edition.file).read_bytes()
            assert hashlib.sha256(data).hexdigest() == edition.sha256


def test_the_digests_printed_in_the_data_model_are_the_ones_bundled():
    assert editions()[CREDENTIALS_V2][0].sha256.startswith("59955ced")
    assert editions()["https://www.w3.org/2018/credentials/v1"][0].sha256.startswith("ab4ddd9a")


def test_the_agreed_edition_comes_first_and_the_variant_is_tried_after_it():
    first, second = choices([CREDENTIALS_V2, OPEN_BADGES_V3])

    assert all(edition.agreed for edition in first)
    assert "endorsementJwt" not in str(first[1].load())
    assert "endorsementJwt" in str(second[1].load())


@pytest.mark.parametrize(
    "value", [{"name": "a:b"}, [CREDENTIALS_V2, {"name": "a:b"}], "https://evil.example/v1", [7], [None]]
)
def test_unknown_and_inline_contexts_cannot_be_decided(value):
    with pytest.raises(UnknownContext):
        context_urls({"@context": value})


@pytest.mark.parametrize("name", ["odrl.jsonld", "org/security/v2", "undefined-terms/v2"])
def test_contexts_that_would_rename_what_a_badge_says_are_not_for_badges(name):
    (url,) = [url for url in editions() if name in url]

    with pytest.raises(UnknownContext) as error:
        context_urls({"@context": [CREDENTIALS_V2, url]})
    assert error.value.code == "context_foreign"


def test_contexts_that_a_context_uses_are_found():
    security = ("https://w3id.org/security/v2", "https://w3id.org/security/v1")

    assert with_references(security[:1]) == security


@pytest.mark.parametrize("document", [{}, {"@context": []}, {"@context": None}])
def test_documents_without_a_context_are_refused(document):
    with pytest.raises(InvalidDocument):
        context_urls(document)


def test_only_documents_with_disputed_terms_are_looked_at_twice():
    urls = [CREDENTIALS_V2, OPEN_BADGES_V3]

    assert uses_disputed_terms({"issuer": {"endorsementJwt": ["a.b.c"]}}, urls)
    assert not uses_disputed_terms({"issuer": {"name": "endorsementJwt"}}, urls)


def test_no_context_for_badges_gives_a_deciding_address_a_second_name():
    """Otherwise an end date could be written so that we do not see it, under a signature that holds."""
    names = {}
    stack = [edition.load() for several in editions().values() for edition in several if edition.badges]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            for name, definition in value.items():
                address = definition.get("@id") if isinstance(definition, dict) else definition
                if isinstance(address, str) and not name.startswith("@") and not name[0].isupper():
                    names.setdefault(address, set()).add(name)
                stack.append(definition)
        elif isinstance(value, list):
            stack.extend(value)

    several = {address: found for address, found in names.items() if len(found) > 1}

    assert set(several) <= {"@id", "@type"}, several
