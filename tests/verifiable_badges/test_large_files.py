"""The largest files that are read at all, each made to cost as much as it can, in a process of bounded memory and time.

What they took when this was written, beyond the file itself (peak MB / seconds of one core): JSON text with an emoji
124 / 0.1, open braces 185 / 0.5, signed controls 106 / 1.1, an unpacking PNG 171 / 0.2, SVG attributes 81 / 0.3,
namespaces in one tag 117 / 0.5, a token 82 / 0.1.
"""

import base64
import resource
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace

from tests.verifiable_badges.makers import World, chunk, credential, png, sign, signed
from verifiable_badges.limits import MAX_BYTES

MEMORY = 700 * 1024 * 1024
SECONDS = 120
ROOM = MAX_BYTES - 10_000
HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">'


def in_json(text: str) -> bytes:
    return signed()[:-1] + b"," + text.encode() + b"}"


def with_description(text: str) -> bytes:
    badge = credential()
    return sign(replace(badge, achievement=replace(badge.achievement, description=text)))


def baked(data: bytes, *, packed: bool = False) -> bytes:
    flags = b"\0\1\0\0\0" if packed else b"\0\0\0\0\0"
    return png(chunk(b"iTXt", b"openbadgecredential" + flags + (zlib.compress(data) if packed else data)))


def token(payload: bytes) -> bytes:
    return b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in (b'{"alg":"EdDSA"}', payload, b"abc"))


def attributes(form: bytes, number: int) -> bytes:
    return HEAD + b"<g " + b" ".join(form % (index, index) for index in range(number)) + b"/></svg>"


CASES: dict[str, Callable[[], bytes]] = {
    "a text with one emoji": lambda: in_json('"x":"' + "a" * ROOM + '🚀"'),
    "escapes": lambda: in_json('"x": "' + '\\"' * (ROOM // 2) + '"'),
    "halves of characters": lambda: in_json('"x":"' + "\\ud83d\\ude80" * (ROOM // 12) + '"'),
    "open braces": lambda: b'{"a":' * (ROOM // 5),
    "many numbers": lambda: b"[" + b"1," * (ROOM // 2) + b"1]",
    "a signed text": lambda: with_description("a" * ROOM + "🚀"),
    "signed controls": lambda: with_description("\x01" * (ROOM // 6)),
    "a picture": lambda: png(chunk(b"IDAT", bytes(ROOM))),
    "a baked text": lambda: baked(b"a" * ROOM + "🚀".encode()),
    "an unpacking text": lambda: baked(b'{"a":"' + b"a" * ROOM + '🚀"}'.encode(), packed=True),
    "a text that unpacks without end": lambda: baked(bytes(100_000_000), packed=True),
    "many chunks": lambda: png(*[chunk(b"zzZz", bytes(900))] * 9_900),
    "attributes": lambda: attributes(b'a%d_%d="yyyyyyyyyyyyyyyyyyy"', 240_000),
    "namespaces": lambda: attributes(b'xmlns:a%d="u:%d"', 240_000),
    "elements": lambda: HEAD + b"<g/>" * 49_000 + b"x" * (ROOM - 200_000) + b"</svg>",
    "an open tag": lambda: HEAD + b'<g a="' + b"'>" * (ROOM // 2),
    "a token": lambda: token(b'{"a":"' + b"a" * (ROOM * 3 // 4 - 100) + '🚀"}'.encode()),
    "dots": lambda: b"a." * (ROOM // 2),
}


def test_the_largest_files_are_judged_within_bounded_memory_and_time():
    done = subprocess.run([sys.executable, "-m", __name__], capture_output=True, text=True, timeout=600, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split("\n") == [*CASES, ""]


def judge_all() -> None:
    """Each case read and judged in turn; a line for each that got its report."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for name, make in CASES.items():
        data = make()
        assert len(data) <= MAX_BYTES, name
        assert World().verify(data).check("readable") is not None
        print(name)


if __name__ == "__main__":
    judge_all()
