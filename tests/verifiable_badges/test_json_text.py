"""JSON, read strictly and written in one way. The attacks are in test_hostile_files.py."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiable_badges.errors import LimitExceeded, UnreadableInput
from verifiable_badges.json_text import parse, write
from verifiable_badges.limits import MAX_DEPTH, MAX_NODES

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
)


@given(values)
@settings(max_examples=200, deadline=None)
def test_what_is_written_reads_back(value):
    assert parse(write(value)) == value


@given(st.text(max_size=60) | st.text('{}[]",:\\u01eE+-.tfn ', max_size=60))
@settings(max_examples=400, deadline=None)
def test_whatever_is_accepted_is_read_as_everybody_reads_it(text):
    try:
        value = parse(text.encode("utf-8", "surrogatepass"))
    except (UnreadableInput, LimitExceeded):
        return
    assert value == json.loads(text.removeprefix("\ufeff"))


def test_letters_stay_as_they_are_and_no_white_space_is_free():
    assert write({"b": "é🚀", "a": [1, 2.5, None]}) == '{"b":"é🚀","a":[1,2.5,null]}'.encode()


def test_depth_up_to_the_limit_is_read():
    assert parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    with pytest.raises(LimitExceeded):
        parse(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1))


def test_brackets_within_texts_do_not_count():
    assert parse(write({"a": "[{" * 100_000 + '\\"' + "," * 100_000}))


def test_many_parts_are_refused_before_they_are_built():
    with pytest.raises(LimitExceeded):
        parse(b"[" + b"0," * (2 * MAX_NODES + 1) + b"0]")


@pytest.mark.parametrize("text", [b'{"a":1,"a":1}', b'{"a":{"b":1,"b":2}}', b'{"\\u0061":1,"a":2}'])
def test_a_repeated_member_is_refused_however_it_is_spelled(text):
    with pytest.raises(UnreadableInput) as error:
        parse(text)
    assert error.value.code == "duplicate_member"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", {1, 2}, b"x"])
def test_what_json_cannot_say_is_not_written(value):
    with pytest.raises(UnreadableInput):
        write(value)


def test_a_whole_character_written_as_two_halves_is_read():
    assert parse(b'"\\ud83d\\ude80"') == "🚀"
