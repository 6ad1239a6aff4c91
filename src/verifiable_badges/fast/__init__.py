"""The same answers sooner: a direct way from JSON to canonical N-Quads, and templates for documents of a known shape.

The general path (`jsonld`, `proofs`) is the judge. What a fast path is not made for it hands over, and where it gives
an answer, that is byte for byte the general one; `tests/verifiable_badges/fast` compares them on random documents.
"""
