"""Bitstring status lists."""

import base64
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiable_badges.errors import InvalidStatusList, LimitExceeded
from verifiable_badges.keys.multibase import base64url_decode, base64url_encode
from verifiable_badges.status import StatusList
from verifiable_badges.status.bitstring import decode_bits_2021

# Bitstring Status List 1.0, example 3.
PUBLISHED_EMPTY = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
# @digitalbazaar/vc-bitstring-status-list 2.0.1 with 3 and 131,070 set.
FROM_DIGITAL_BAZAAR = "uH4sIAAAAAAAAA-3BQREAAAwCoJ0J1j-tMfwAfwAAAAAAAAAAAAAAAAAAAMBYClYDBCoAQAAA"


def encoded(data: bytes) -> str:
    return "u" + base64url_encode(gzip.compress(data, mtime=0))


def packed(bits: StatusList) -> bytes:
    return gzip.decompress(base64url_decode(bits.encode()[1:]))


def test_index_0_is_the_left_most_bit():
    bits = StatusList()
    bits.set(0)
    bits.set(9)

    assert packed(bits)[:2] == b"\x80\x40"
    assert len(packed(bits)) == 16 * 1024


def test_the_published_list_is_read():
    assert StatusList.decode(PUBLISHED_EMPTY) == StatusList()


def test_a_list_of_other_software_is_read():
    bits = StatusList.decode(FROM_DIGITAL_BAZAAR)

    assert [index for index in range(len(bits)) if bits.get(index)] == [3, 131_070]


@given(st.sets(st.integers(0, 131_071), max_size=20))
@settings(max_examples=25, deadline=None)
def test_what_is_set_reads_back_and_nothing_else(indices):
    bits = StatusList()
    for index in indices:
        bits.set(index)

    decoded = StatusList.decode(bits.encode())

    assert decoded == bits
    assert {index for index in range(len(decoded)) if decoded.get(index)} == indices


@given(st.integers(1, 12), st.data())
@settings(max_examples=25, deadline=None)
def test_values_of_several_bits_read_back_beside_each_other(size, data):
    values = data.draw(
        st.dictionaries(st.integers(0, 131_071) | st.integers(0, 20), st.integers(0, 2**size - 1), max_size=20)
    )
    bits = StatusList(size=size)
    for index, value in values.items():
        bits.set(index, value)

    decoded = StatusList.decode(bits.encode(), size=size)

    assert decoded == bits
    assert len(decoded) == 131_072
    assert {index: decoded.get(index) for index in values} == values
    assert sum(map(decoded.get, range(50))) == sum(value for index, value in values.items() if index < 50)


def test_the_left_most_bit_of_a_value_is_the_highest():
    bits = StatusList(size=3)
    bits.set(0, 0b110)
    bits.set(2, 0b101)

    assert packed(bits)[:2] == bytes([0b110_000_10, 0b1_0000000])


def test_a_value_can_be_written_anew():
    bits = StatusList(size=2)
    bits.set(7, 3)
    bits.set(7, 1)
    assert bits.get(7) == 1

    bits.set(7, 0)
    assert bits == StatusList(size=2)


@pytest.mark.parametrize("index", [-1, 131_072])
def test_indices_outside_are_refused(index):
    with pytest.raises(InvalidStatusList):
        StatusList().get(index)
    with pytest.raises(InvalidStatusList):
        StatusList().set(index)


@pytest.mark.parametrize("value", [-1, 4])
def test_values_that_do_not_fit_are_refused(value):
    with pytest.raises(InvalidStatusList):
        StatusList(size=2).set(0, value)


@pytest.mark.parametrize("length", [0, 8, 131_071, 131_073, 2**40])
def test_lists_too_short_or_too_long_are_refused(length):
    with pytest.raises(InvalidStatusList):
        StatusList(length)


@pytest.mark.parametrize("size", [0, -1, 33])
def test_values_of_no_bits_or_too_many_are_refused(size):
    with pytest.raises(InvalidStatusList):
        StatusList(size=size)


def test_the_least_length_counts_entries_and_not_bits():
    assert len(StatusList.decode(encoded(bytes(16_384 * 4)), size=4)) == 131_072
    with pytest.raises(InvalidStatusList) as error:
        StatusList.decode(encoded(bytes(16_384 * 4 - 1)), size=4)
    assert error.value.code == "length"


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
        PUBLISHED_EMPTY[1:],
        PUBLISHED_EMPTY + "=",
        "m" + base64.b64encode(gzip.compress(bytes(16384), mtime=0)).decode(),
        encoded(b"\0" * 100),
        encoded(b"\0" * 16384)[:-8],
        encoded(b"\0" * 16384) + "AAAA",
        "u" + base64url_encode(gzip.compress(bytes(16384), mtime=0) * 2),
        "u" + base64url_encode(bytes(16384)),
    ],
)
def test_damaged_lists_are_refused(text):
    with pytest.raises(InvalidStatusList):
        StatusList.decode(text)


def test_a_list_that_unpacks_without_end_is_refused():
    bomb = gzip.compress(bytes(9 * 1024 * 1024))
    with pytest.raises(LimitExceeded):
        StatusList.decode("u" + base64url_encode(bomb))
    with pytest.raises(LimitExceeded):
        decode_bits_2021(base64.b64encode(bomb).decode())


def test_lists_of_2021_are_read_in_both_alphabets():
    data = gzip.compress(bytes(range(256)) * 64, mtime=0)
    standard = base64.b64encode(data).decode()
    assert {"+", "/"} <= set(standard)

    for text in (standard, standard.rstrip("="), base64url_encode(data), base64.urlsafe_b64encode(data).decode()):
        assert decode_bits_2021(text) == bytes(range(256)) * 64


@pytest.mark.parametrize("text", [None, 7, "", "!", "H4sI", "é", "H4 sI", PUBLISHED_EMPTY])
def test_damaged_lists_of_2021_are_refused(text):
    with pytest.raises(InvalidStatusList):
        decode_bits_2021(text)
