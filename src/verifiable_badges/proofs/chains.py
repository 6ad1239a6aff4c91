"""Proofs that build on earlier proofs of the same document (`previousProof`; VC Data Integrity 1.0 sections 4.3, 4.5).

Such a proof covers the document together with the proofs it names, so that it vouches for them too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from verifiable_badges.errors import InvalidProof
from verifiable_badges.proofs.options import texts_of


def previous_places(options: Mapping[str, Any], proofs: Sequence[Mapping[str, Any]]) -> list[int]:
    """Where in `proofs` those stand that `options` build on, in the order of `proofs`.

    Raises `InvalidProof` if one is missing, or if two have its id.
    """
    # Not a set: the id of another proof may be anything, also what no set can look up.
    names = list(dict.fromkeys(texts_of(options, "previousProof")))
    places = [place for place, proof in enumerate(proofs) if proof.get("id") in names]
    if len(places) != len(names):
        raise InvalidProof("proof_chain", "The signature builds on another one that is not there, or there twice.")
    return places


def without_later_proofs(
    document: Mapping[str, Any], options: Mapping[str, Any], proofs: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """`document` as a proof with these `options` covers it: with no other proofs than those it builds on."""
    previous = [proofs[place] for place in previous_places(options, proofs)]
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    return {**unsecured, "proof": previous} if previous else unsecured
