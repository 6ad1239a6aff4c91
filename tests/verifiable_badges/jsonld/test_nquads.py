"""N-Quads from strangers: what is refused before anything is made of it."""

import pytest

from verifiable_badges.errors import UnreadableInput
from verifiable_badges.jsonld import parse_nquads


@pytest.mark.parametrize("text", ['<urn:a> <urn:b> "\udc9a" .', "# \ud800", "<urn:\udfff> <urn:b> <urn:c> ."])
def test_half_characters(text):
    """Python's texts can hold them, no file can: what is hashed would have no bytes."""
    with pytest.raises(UnreadableInput) as error:
        parse_nquads(text)
    assert error.value.code == "lone_surrogate"
