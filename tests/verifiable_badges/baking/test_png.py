"""Badges in PNG."""

import io
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.verifiable_badges.makers import chunk, png
from verifiable_badges.baking import Baked, PngTemplate, Version, bake_png, unbake, unbake_all, unbake_png
from verifiable_badges.errors import BakingError, LimitExceeded, UnreadableInput, VerifiableBadgesError
from verifiable_badges.limits import MAX_BYTES


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
@settings(max_examples=50, deadline=None)
def test_what_is_baked_comes_out(text):
    assert unbake_png(bake_png(png(), text)) == text


def test_the_chunk_is_exactly_that_of_the_standard():
    baked = bake_png(png(), "é")

    assert chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0\xc3\xa9") in baked


WRITTEN = {
    Version.OPEN_BADGES_3: b"openbadgecredential",
    Version.CLR_2: b"clrcredential",
    Version.OPEN_BADGES_2: b"openbadges",
}


@pytest.mark.parametrize("version", WRITTEN)
def test_each_standard_has_its_keyword_and_is_named_in_the_result(version):
    baked = bake_png(png(), "{}", version=version)

    assert baked == png(chunk(b"iTXt", WRITTEN[version] + b"\0\0\0\0\0{}"))
    assert unbake(baked) == Baked(version, "{}")


def test_the_oldest_form_is_read_and_not_written():
    old = png(chunk(b"tEXt", b"openbadges\0https://a.example/1"))

    assert unbake(old) == Baked(Version.OPEN_BADGES_1, "https://a.example/1")
    with pytest.raises(BakingError, match="not placed"):
        bake_png(png(), "https://a.example/1", version=Version.OPEN_BADGES_1)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
@settings(max_examples=50, deadline=None)
def test_a_template_bakes_as_one_picture_alone(text):
    template = PngTemplate(bake_png(png(), "old"))

    for given_text in (text, text.encode()):
        assert template.bake(given_text) == b"".join(template.pieces(given_text)) == bake_png(png(), given_text)
    assert template.bake("another") == bake_png(png(), "another")


def test_a_moving_picture_keeps_its_frames():
    frames = chunk(b"acTL", b"\0\0\0\1\0\0\0\0") + chunk(b"fcTL", bytes(26))

    assert bake_png(png(frames), "{}") == png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}"), frames)


def test_baking_copies_a_large_picture_once():
    large = png(*[chunk(b"zzZz", bytes(1_000_000))] * 4)
    tracemalloc.start()
    bake_png(large, "{}")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < len(large) * 1.2


def test_the_picture_stays_the_same_for_another_library():
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), (10, 100, 200)).save(buffer, "PNG")

    with Image.open(io.BytesIO(bake_png(buffer.getvalue(), "{}"))) as picture:
        assert picture.getpixel((29, 19)) == (10, 100, 200)
        assert picture.text["openbadgecredential"] == "{}"


def test_baking_again_replaces_the_badge():
    assert bake_png(bake_png(png(), "one"), "two") == bake_png(png(), "two")


def test_an_old_badge_is_replaced_too():
    old = png(chunk(b"tEXt", b"openbadges\0https://a.example/1"))

    assert bake_png(old, "new") == bake_png(png(), "new")


def test_badges_of_open_badges_2_are_read():
    assert unbake_png(png(chunk(b"iTXt", b"openbadges\0\0\0\0\0{}"))) == "{}"
    assert unbake_png(png(chunk(b"tEXt", b"openbadges\0https://a.example/1"))) == "https://a.example/1"


def test_a_new_badge_goes_before_an_old_one():
    assert unbake_png(bake_png(png(), "new")[:-12] + chunk(b"tEXt", b"openbadges\0old") + chunk(b"IEND", b"")) == "new"


def test_all_badges_of_a_picture_are_shown_in_its_order():
    texts = [b"openbadges\0\0\0\0\0{}", b"openbadgecredential\0\0\0\0\0one", b"openbadgecredential\0\0\0\0\0two"]
    picture = png(*[chunk(b"iTXt", text) for text in texts], chunk(b"tEXt", b"openbadges\0https://a.example"))

    assert unbake_all(picture) == (
        Baked(Version.OPEN_BADGES_2, "{}"),
        Baked(Version.OPEN_BADGES_3, "one"),
        Baked(Version.OPEN_BADGES_3, "two"),
        Baked(Version.OPEN_BADGES_1, "https://a.example"),
    )
    assert unbake_all(png()) == ()
    with pytest.raises(UnreadableInput, match="two badges"):
        unbake(picture)


def test_a_text_goes_before_the_address_that_older_programs_left():
    both = png(chunk(b"tEXt", b"openbadges\0https://a.example"), chunk(b"iTXt", b"openbadges\0\0\0\0\0{}"))

    assert unbake(both) == Baked(Version.OPEN_BADGES_2, "{}")


def test_texts_unpack_to_no_more_than_one_file_together():
    packed = chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"a" * (MAX_BYTES // 2)))

    assert len(unbake_all(png(packed, packed))) == 2
    with pytest.raises(LimitExceeded):
        unbake_all(png(*[packed] * 1000))


def test_words_that_only_begin_like_a_badge_are_kept():
    other = chunk(b"iTXt", b"openbadgescredential\0\0\0\0\0{}") + chunk(b"zTXt", b"openbadges\0\0x")
    unended = chunk(b"iTXt", b"openbadges")

    assert unbake_all(png(other, unended)) == ()
    assert other in bake_png(png(other), "{}")


def test_a_compressed_text_is_read():
    assert unbake_png(png(chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"{}")))) == "{}"


def test_a_picture_without_a_badge():
    assert unbake_png(png()) is None
    assert unbake_png(png(chunk(b"iTXt", b"Comment\0\0\0\0\0hello"))) is None


BOMB = zlib.compress(b"a" * 100_000_000)
DAMAGED = {
    "not_png": b"\x89PNG",
    "png_cut_off": png()[:-12],
    "png_header": b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
    "png_length": png()[:33] + b"\x7f\xff\xff\xff" + png()[37:],
    "png_checksum": png().replace(b"IDAT", b"IDAU"),
    "png_trailing": png() + b"<html>",
    "png_text": png(chunk(b"iTXt", b"openbadgecredential\0\0")),
    "packed, with something behind": png(
        chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"{}") + b"x")
    ),
    "packed in another way": png(chunk(b"iTXt", b"openbadgecredential\0\1\7\0\0{}")),
    "packed and cut off": png(chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"{}")[:-3])),
    "not_utf8": png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0\xff")),
    "two_badges": png(*[chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}")] * 2),
}
TOO_MUCH = {
    "png_pixels": png(width=60_000, height=60_000),
    "png_chunks": png(*[chunk(b"tEXt", b"a\0b")] * 100_000),
    "too_large": png(chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + BOMB)),
}


@pytest.mark.parametrize("code", DAMAGED)
def test_a_damaged_picture_is_refused_with_its_damage(code):
    with pytest.raises(UnreadableInput) as error:
        unbake_png(DAMAGED[code])
    assert error.value.code == ("png_text" if code.startswith("packed") else code)


@pytest.mark.parametrize("code", TOO_MUCH)
def test_a_picture_beyond_the_limits_is_refused(code):
    for look in (unbake_png, lambda data: bake_png(data, "x")):
        if code == "too_large" and look is not unbake_png:
            continue
        with pytest.raises(LimitExceeded) as error:
            look(TOO_MUCH[code])
        assert error.value.code == code


@pytest.mark.parametrize("text", ["", "a\0b", b"", b"\xff", "\ud800"])
def test_what_is_no_text_is_not_baked(text):
    for bake in (lambda: bake_png(png(), text), lambda: PngTemplate(png()).bake(text)):
        with pytest.raises(BakingError) as error:
            bake()
        assert error.value.code == "bake_text"


@given(st.integers(0, 200), st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_any_changed_byte_is_noticed_or_harmless(place, value):
    baked = bytearray(bake_png(png(), "{}"))
    baked[place % len(baked)] = value
    try:
        assert unbake_png(bytes(baked)) == "{}"
    except VerifiableBadgesError:
        return
    assert bytes(baked) == bake_png(png(), "{}")
