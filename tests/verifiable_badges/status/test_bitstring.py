"""Bitstring status lists."""

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiable_badges.errors import InvalidStatusList, LimitExceeded
from verifiable_badges.keys.multibase import base64url_decode, base64url_encode
from verifiable_badges.status import StatusList, entry


def encoded(data: bytes) -> str:
    return "u" + base64url_encode(gzip.compress(data, mtime=0))


def test_index_0_is_the_left_most_bit():
    bits = StatusList()
    bits.set(0)
    bits.set(9)

    assert gzip.decompress(base64url_decode(bits.encode()[1:]))[:2] == b"\x80\x40"


@given(st.sets(st.integers(0, 131_071), max_size=20))
@settings(max_examples=25, deadline=None)
def test_what_is_set_reads_back_and_nothing_else(indices):
    bits = StatusList()
    for index in indices:
        bits.set(index)

    decoded = StatusList.decode(bits.encode())

    assert decoded == bits
    assert {index for index in range(len(decoded)) if decoded.get(index)} == indices


def test_a_bit_can_be_unset_again():
    bits = StatusList()
    bits.set(7)
    bits.set(7, False)

    assert bits == StatusList()


@pytest.mark.parametrize("index", [-1, 131_072])
def test_indices_outside_are_refused(index):
    with pytest.raises(InvalidStatusList):
        StatusList().get(index)


@pytest.mark.parametrize("length", [0, 8, 131_071, 131_073, 2**40])
def test_lists_too_short_or_too_long_are_refused(length):
    with pytest.raises(InvalidStatusList):
        StatusList(length)


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "u",
        "z123",
        "u!!",
        "uAAAA",
        encoded(b"\0" * 100),
        encoded(b"\0" * 16384)[:-8],
        encoded(b"\0" * 16384) + "AAAA",
    ],
)
def test_damaged_lists_are_refused(text):
    with pytest.raises(InvalidStatusList):
        StatusList.decode(text)


def test_a_list_that_unpacks_without_end_is_refused():
    with pytest.raises(LimitExceeded):
        StatusList.decode(encoded(b"\0" * (9 * 1024 * 1024)))


def test_an_entry_holds_its_index_as_text():
    assert entry("https://a.example/1", 5)["statusListIndex"] == "5"
