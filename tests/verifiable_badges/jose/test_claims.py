"""The JSON inside a token."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifiable_badges.errors import InvalidDate, InvalidProof, LimitExceeded, UnreadableInput
from verifiable_badges.jose.claims import check_asked, check_time, instant, read_claims, seconds, write_claims
from verifiable_badges.limits import MAX_NODES

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(max_size=5), parts, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=5))
def test_what_is_written_reads_back_or_is_refused(claims):
    try:
        data = write_claims(claims)
    except (UnreadableInput, LimitExceeded):
        return
    assert read_claims(data) == claims


def deep(levels: int) -> dict:
    claims: dict = {}
    for _ in range(levels):
        claims = {"a": claims}
    return claims


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({"a": float("nan")}, UnreadableInput),
        ({"a": float("inf")}, UnreadableInput),
        ({"a": object()}, UnreadableInput),
        ({"a": "\ud800"}, UnreadableInput),
        ({"a": NOW}, UnreadableInput),
        (deep(70), LimitExceeded),
        ({"a": [0] * (2 * MAX_NODES + 2)}, LimitExceeded),
        ({"a": 10**50}, LimitExceeded),
    ],
)
def test_what_nobody_could_read_is_not_signed(claims, error):
    with pytest.raises(error):
        write_claims(claims)


def test_null_is_json():
    assert write_claims({"a": None}) == b'{"a":null}'


@pytest.mark.parametrize("payload", [b"", b"[]", b'"a"', b'{"a":1,"a":2}', b'{"a":1} x', b"\xff"])
def test_a_payload_that_is_no_json_object_is_refused(payload):
    with pytest.raises(UnreadableInput):
        read_claims(payload)


def test_numeric_dates_are_whole_seconds():
    assert instant(seconds(NOW)) == NOW
    assert seconds(NOW.replace(microsecond=999_999)) == seconds(NOW)
    with pytest.raises(InvalidDate):
        seconds(NOW.replace(tzinfo=None))


@pytest.mark.parametrize("value", ["2026-01-01", None, True, [], 10**20, float("inf"), float("nan")])
def test_other_dates_are_refused(value):
    with pytest.raises(InvalidProof):
        instant(value)


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({}, None),
        ({"exp": seconds(NOW) + 1, "nbf": seconds(NOW)}, None),
        ({"exp": seconds(NOW)}, "proof_expired"),
        ({"nbf": seconds(NOW) + 299}, None),
        ({"nbf": seconds(NOW) + 301}, "proof_early"),
        ({"exp": "x"}, "token_date"),
    ],
)
def test_a_token_counts_from_its_beginning_until_its_end(claims, code):
    if code is None:
        check_time(claims, NOW)
    else:
        with pytest.raises(InvalidProof) as error:
            check_time(claims, NOW)
        assert error.value.code == code


@pytest.mark.parametrize(
    ("claims", "challenge", "domain", "holds"),
    [
        ({}, None, None, True),
        ({"aud": "us", "nonce": "c"}, "c", "us", True),
        ({"aud": ["them", "us"], "nonce": "c"}, "c", "us", True),
        ({"aud": "us"}, None, ["we", "us"], True),
        ({"aud": "us", "nonce": "d"}, "c", "us", False),
        ({"aud": "us"}, "c", "us", False),
        ({"nonce": "c"}, "c", "us", False),
        ({"aud": ["them"], "nonce": "c"}, "c", "us", False),
        ({"aud": "us and them", "nonce": "c"}, "c", "us", False),
        ({"aud": {"us": 1}}, None, "us", False),
    ],
)
def test_an_answer_is_for_who_asked(claims, challenge, domain, holds):
    if holds:
        check_asked(claims, challenge, domain)
    else:
        with pytest.raises(InvalidProof):
            check_asked(claims, challenge, domain)
