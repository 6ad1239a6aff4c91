"""Badges in SVG."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verifiable_badges.makers import SVG
from verifiable_badges.baking import bake_svg, unbake_svg
from verifiable_badges.errors import BakingError, LimitExceeded, UnreadableInput
from verifiable_badges.json_text import write

HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">'


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")),
    )
)
@settings(max_examples=100, deadline=None)
def test_what_is_baked_comes_out(document):
    text = write(document).decode()

    assert unbake_svg(bake_svg(SVG, text)) == text


@pytest.mark.parametrize("text", ['{"a":"]]>"}', "aa.bb.cc"])
def test_baking_again_replaces_the_badge(text):
    once = bake_svg(SVG, text)

    assert bake_svg(bake_svg(SVG, '{"other":1}'), text) == once
    assert unbake_svg(once) == text


def test_a_token_stands_in_the_attribute_verify():
    assert b'<openbadges:credential verify="aa.bb.cc">' in bake_svg(SVG, "aa.bb.cc")


def test_the_rest_of_the_picture_keeps_its_bytes():
    baked = bake_svg(SVG, "{}")

    assert baked.startswith(
        b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" xmlns:openbadges='
    )
    assert baked.endswith(b"\n <title>a &gt; b</title>\n</svg>\n")


@pytest.mark.parametrize(
    "svg", [b'<svg xmlns="http://www.w3.org/2000/svg"/>', b"<s:svg xmlns:s='http://www.w3.org/2000/svg' a='>' />"]
)
def test_an_empty_picture_can_carry_a_badge(svg):
    assert unbake_svg(bake_svg(svg, "{}")) == "{}"


def test_badges_of_open_badges_2_are_read_and_replaced():
    body = HEAD + b'<openbadges:assertion verify="https://a.example/1"/></svg>'

    assert unbake_svg(body) == "https://a.example/1"
    assert unbake_svg(HEAD + b"<openbadges:assertion><![CDATA[{}]]></openbadges:assertion></svg>") == "{}"
    assert b"http://openbadges.org" not in bake_svg(body, "{}")


def test_badges_deeper_in_the_picture_do_not_count():
    assert unbake_svg(HEAD + b'<g><openbadges:assertion verify="https://a.example"/></g></svg>') is None


@pytest.mark.parametrize(
    ("svg", "code"),
    [
        (b"<svg/>", "not_svg"),
        (b"<p>x</p>", "not_svg"),
        (SVG[:-8], "svg_damaged"),
        (b"", "svg_damaged"),
        (SVG.replace(b"9", b"\xff"), "svg_damaged"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "svg_doctype"),
        (b'<!DOCTYPE svg SYSTEM "http://evil.example/x.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>', "svg_doctype"),
        (HEAD + b'<openbadges:assertion verify="a"/>' * 2 + b"</svg>", "two_badges"),
    ],
)
def test_damaged_and_dangerous_pictures_are_refused(svg, code):
    with pytest.raises(UnreadableInput) as error:
        unbake_svg(svg)
    assert error.value.code == code


@pytest.mark.parametrize("inner", [b"<g>" * 10_000 + b"</g>" * 10_000, b"<g/>" * 60_000])
def test_pictures_with_too_many_parts_are_refused(inner):
    with pytest.raises(LimitExceeded):
        unbake_svg(b'<svg xmlns="http://www.w3.org/2000/svg">' + inner + b"</svg>")


@pytest.mark.parametrize("text", ["", "{\r\n}", "{\x00}", "{\uffff}"])
def test_what_xml_cannot_hold_is_not_baked(text):
    with pytest.raises(BakingError):
        bake_svg(SVG, text)
