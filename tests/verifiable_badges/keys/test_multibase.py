"""Each value has one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifiable_badges.errors import InvalidKey
from verifiable_badges.keys.multibase import (
    base58_decode,
    base58_encode,
    base64url_decode,
    base64url_encode,
    multibase_decode,
)


@given(st.binary(max_size=100))
def test_base58_reads_back(data):
    assert base58_decode(base58_encode(data)) == data


def slow_base58(data: bytes) -> str:
    """The plain algorithm, letter by letter."""
    number, letters = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[digit] + letters
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + letters


@given(st.binary(max_size=100) | st.binary(max_size=90).map(lambda data: bytes(5) + data))
def test_base58_is_what_the_plain_algorithm_gives(data):
    assert base58_encode(data) == slow_base58(data)


@given(st.text("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", max_size=100))
def test_each_base58_text_is_the_one_spelling_of_its_bytes(text):
    assert base58_encode(base58_decode(text)) == text


@given(st.binary(max_size=100))
def test_base64url_reads_back(data):
    assert base64url_decode(base64url_encode(data)) == data


def test_base58_known_values():
    assert base58_encode(b"Hello World!") == "2NEpo7TZRRrLZSi2U"
    assert base58_encode(b"\0\0\x28\x7f\xb4\xcd") == "11233QC4"


@pytest.mark.parametrize("text", ["0", "O", "I", "l", "a b", "ä", "1" * 3000])
def test_base58_refuses_look_alikes_and_long_texts(text):
    with pytest.raises(InvalidKey):
        base58_decode(text)


@pytest.mark.parametrize(
    "text", ["QQ==", "QR", "Q", "Q+", "Q/", "QQ\n", "ＱＱ", None, "QUF", "QUFBR", "QUF=", "QUFB====", "Q\0"]
)
def test_base64url_refuses_padding_stray_bits_and_other_alphabets(text):
    with pytest.raises(InvalidKey):
        base64url_decode(text)


@pytest.mark.parametrize("text", ["", "x", "mQQ", "Z11", None, b"z11"])
def test_other_bases_are_refused(text):
    with pytest.raises(InvalidKey):
        multibase_decode(text)
