"""Badges in SVG."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verifiable_badges.makers import SVG
from verifiable_badges.baking import Baked, SvgTemplate, Version, bake_svg, unbake, unbake_all, unbake_svg
from verifiable_badges.errors import BakingError, LimitExceeded, UnreadableInput, VerifiableBadgesError
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
    assert b'<openbadges:credential verify="aa.bb.cc"/>' in bake_svg(SVG, "aa.bb.cc")


HOSTED = '{"id":"https://a.example/1?a=1&b=2","type":"Assertion"}'
WRITTEN = {
    (Version.OPEN_BADGES_3, "{}"): b"""<svg xmlns="http://www.w3.org/2000/svg" \
xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">\
<openbadges:credential><![CDATA[{}]]></openbadges:credential></svg>""",
    (Version.OPEN_BADGES_3, "aa.bb.cc"): b"""<svg xmlns="http://www.w3.org/2000/svg" \
xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><openbadges:credential verify="aa.bb.cc"/></svg>""",
    (Version.CLR_2, "{}"): b"""<svg xmlns="http://www.w3.org/2000/svg" \
xmlns:openbadges="https://purl.imsglobal.org/clr/v2p0">\
<openbadges:credential><![CDATA[{}]]></openbadges:credential></svg>""",
    (Version.OPEN_BADGES_2, HOSTED): b"""<svg xmlns="http://www.w3.org/2000/svg" \
xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="https://a.example/1?a=1&amp;b=2">\
<![CDATA[{"id":"https://a.example/1?a=1&b=2","type":"Assertion"}]]></openbadges:assertion></svg>""",
    (Version.OPEN_BADGES_2, "aa.bb.cc"): b"""<svg xmlns="http://www.w3.org/2000/svg" \
xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="aa.bb.cc"/></svg>""",
}


@pytest.mark.parametrize(("version", "text"), WRITTEN)
def test_each_standard_has_its_element_and_is_named_in_the_result(version, text):
    baked = bake_svg(b'<svg xmlns="http://www.w3.org/2000/svg"/>', text, version=version)

    assert baked == WRITTEN[version, text]
    assert unbake(baked) == Baked(version, text)


def test_a_badge_of_1_1_names_where_it_is_hosted():
    baked = bake_svg(SVG, '{"verify":{"url":"https://a.example/2"}}', version=Version.OPEN_BADGES_2)

    assert b'verify="https://a.example/2"' in baked


@pytest.mark.parametrize("text", ["{}", "{", '{"id":7}', '{"id":"https://a.example/\\u0001"}'])
def test_a_hosted_badge_without_its_address_is_not_baked(text):
    with pytest.raises(BakingError):
        bake_svg(SVG, text, version=Version.OPEN_BADGES_2)


def test_the_oldest_form_is_not_written():
    with pytest.raises(BakingError):
        SvgTemplate(SVG, version=Version.OPEN_BADGES_1)


def test_a_template_bakes_as_one_picture_alone():
    template = SvgTemplate(bake_svg(SVG, "aa.bb.cc"))

    for text in ('{"a":"é"}', "aa.bb.cc"):
        assert template.bake(text) == template.bake(text.encode()) == bake_svg(SVG, text)


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


def test_a_badge_at_the_end_or_deeper_in_the_picture_is_read_and_replaced():
    inner = b'<openbadges:assertion verify="https://a.example/1"/>'
    for body in (b"<g>" + inner + b"</g>", b'<svg y="1">' + inner + b"</svg>", b"<g/>" + inner):
        picture = HEAD + body + b"</svg>"

        assert unbake_svg(picture) == "https://a.example/1"
        assert bake_svg(picture, "{}") == bake_svg(HEAD + body.replace(inner, b"") + b"</svg>", "{}")


def test_another_prefix_and_the_places_of_tags_do_not_matter():
    picture = b"""<svg xmlns="http://www.w3.org/2000/svg"><b:credential xmlns:b="https://purl.imsglobal.org/ob/v3p0"
    ><![CDATA[{"a":1}]]></b:credential ></svg>"""

    assert unbake(picture) == Baked(Version.OPEN_BADGES_3, '{"a":1}')
    assert unbake_all(bake_svg(picture, "aa.bb.cc")) == (Baked(Version.OPEN_BADGES_3, "aa.bb.cc"),)
    assert unbake(picture.replace(b"/ob/v3p0", b"/spec/ob/v3p0")) is None


def test_text_and_cdata_are_one_body():
    body = b'{&quot;a&quot;:<![CDATA["]]>]]&gt;<![CDATA["]]>}'

    assert unbake_svg(HEAD + b"<openbadges:assertion>" + body + b"</openbadges:assertion></svg>") == '{"a":"]]>"}'


def test_a_newer_badge_goes_before_an_older_one_and_all_are_shown():
    newer = b'<c:credential xmlns:c="https://purl.imsglobal.org/ob/v3p0" verify="new"/>'
    picture = HEAD + b'<openbadges:assertion verify="old"/>' + newer + b"</svg>"

    assert unbake(picture) == Baked(Version.OPEN_BADGES_3, "new")
    assert [badge.text for badge in unbake_all(picture)] == ["old", "new"]
    assert [badge.text for badge in unbake_all(picture.replace(b"<openbadges", newer + b"<openbadges"))] == [
        *("new", "old", "new")
    ]


def test_the_body_goes_before_the_address_of_a_hosted_badge():
    body = b'<openbadges:assertion verify="https://a.example/1">{"id":1}</openbadges:assertion></svg>'

    assert unbake_svg(HEAD + body) == '{"id":1}'
    with pytest.raises(UnreadableInput):
        unbake_svg(HEAD + body.replace(b"https://a.example/1", b"aa.bb.cc"))


def test_a_byte_order_mark_is_no_part_of_the_picture():
    assert unbake_svg(bake_svg(b"\xef\xbb\xbf" + SVG, "{}")) == "{}"


def test_words_in_attributes_are_left_alone():
    picture = b"""<svg xmlns="http://www.w3.org/2000/svg" id=' xmlns:openbadges="x" ' />"""

    assert b"""id=' xmlns:openbadges="x" '""" in bake_svg(picture, "{}")
    assert unbake_svg(bake_svg(picture, "{}")) == "{}"


def test_a_prefix_that_means_something_else_is_not_taken():
    with pytest.raises(BakingError, match="prefix"):
        bake_svg(b'<openbadges:svg xmlns:openbadges="http://www.w3.org/2000/svg"/>', "{}")
    with pytest.raises(BakingError, match="prefix"):
        bake_svg(HEAD + b'<openbadges:credential verify="no badge while this is the namespace of 2.0"/></svg>', "{}")


def test_many_badges_are_removed_in_one_pass():
    picture = HEAD + b'<openbadges:assertion verify="a"/>' * 40_000 + b"</svg>"

    assert bake_svg(picture, "{}") == bake_svg(HEAD + b"</svg>", "{}")


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
        (HEAD + b"<openbadges:assertion>{<b/>}</openbadges:assertion></svg>", "svg_badge"),
        (HEAD + b"<openbadges:assertion><openbadges:assertion/></openbadges:assertion></svg>", "svg_badge"),
        (HEAD.replace(b"openbadges.org", b"purl.imsglobal.org") + b"<openbadges:credential></svg>", "svg_damaged"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + HEAD + b"</svg>", "svg_encoding"),
        (SVG.decode().encode("utf-16"), "svg_encoding"),
        (SVG.decode().encode("utf-32"), "svg_encoding"),
        (b'<?xml version="1.0" encoding="utf-8"?>' + HEAD + b"<a>&amp;&nbsp;</a></svg>", "svg_damaged"),
    ],
)
def test_damaged_and_dangerous_pictures_are_refused(svg, code):
    with pytest.raises(UnreadableInput) as error:
        unbake_svg(svg)
    assert error.value.code == code


@pytest.mark.parametrize(
    "inner",
    [
        b"<g>" * 10_000 + b"</g>" * 10_000,
        b"<g/>" * 60_000,
        b"<g " + b" ".join(b'a%d=""' % number for number in range(300_000)) + b"/>",
    ],
)
def test_pictures_with_too_many_parts_are_refused(inner):
    with pytest.raises(LimitExceeded):
        unbake_svg(b'<svg xmlns="http://www.w3.org/2000/svg">' + inner + b"</svg>")


@pytest.mark.parametrize("text", ["", "{\r\n}", "{\x00}", "{\uffff}", "{\ud800}", b"{\xff}"])
def test_what_xml_cannot_hold_is_not_baked(text):
    with pytest.raises(BakingError):
        bake_svg(SVG, text)


BAKED = bake_svg(SVG, '{"a":"]]>"}')


@given(st.lists(st.tuples(st.integers(0, len(BAKED) - 1), st.integers(0, 255)), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_changed_bytes_give_a_badge_or_an_error_of_ours(changes):
    svg = bytearray(BAKED)
    for place, value in changes:
        svg[place] = value
    with suppress(VerifiableBadgesError):
        assert len(unbake_all(bytes(svg))) <= 1
        assert unbake_svg(bake_svg(bytes(svg), "aa.bb.cc")) == "aa.bb.cc"
