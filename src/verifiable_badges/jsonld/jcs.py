"""JSON Canonicalization Scheme (RFC 8785): one text for one JSON value."""

from typing import Any

import rfc8785

from verifiable_badges.errors import InvalidDocument


def jcs(value: Any) -> bytes:
    """The canonical UTF-8 bytes of a JSON value that `limits.check_tree` has measured.

    Raises `InvalidDocument` for what has no canonical form: integers beyond 2^53 - 1, which readers round, numbers that
    are not finite, halves of characters, and values that are not JSON.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise InvalidDocument(
            "not_canonical", "The document holds a number or a text that has no one way of being written."
        ) from error
