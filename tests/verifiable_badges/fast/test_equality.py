"""The fast paths give what the general one gives, on a sample of what `equality` compares at will."""

from hypothesis import given

from tests.verifiable_badges import strategies
from tests.verifiable_badges.fast.equality import SIGNING, compare
from verifiable_badges.fast.canonical import canonical_text
from verifiable_badges.fast.walking import Walk
from verifiable_badges.issuing import issue, issue_generally
from verifiable_badges.jsonld import canonical_text as general_text


def test_random_documents_spoiled_ones_among_them_are_the_same_on_every_path():
    found = list(compare(70, seed=5))

    assert [document for _, document in found if document is not None] == []
    assert {"walk", "shape", "issue", "issue_many", "handed over", "tie"} == {what for what, _ in found}


@strategies.whole_documents(40)
@given(strategies.credentials())
def test_whole_credentials_are_walked_and_never_handed_over(document):
    assert canonical_text(Walk(document)) == general_text(document)


@strategies.whole_documents(20)
@given(strategies.open_badges(share=0.2))
def test_badges_signed_again_and_again_come_out_alike(document):
    expected = issue_generally(document, **SIGNING)

    assert {issue(document, **SIGNING) for _ in range(5)} == {expected}
