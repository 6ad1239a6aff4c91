"""The one door to foreign addresses: what it refuses, what it ends, and what it never lets through.

The network is played by an in-memory object: names lead where the test says, connections answer from a script. Nothing
here opens a socket.
"""

from __future__ import annotations

import gzip
import ssl
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore
import pytest

from phereclos.badges.fetching import Fetcher, is_public, system_names
from verifiable_badges.errors import Unavailable

PUBLIC = "93.184.215.14"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"


@dataclass
class Network(httpcore.NetworkBackend):
    """Answers by address and port; remembers every connection it was asked for."""

    answers: dict[str, list[bytes]]
    asked: list[tuple[str, int]] = field(default_factory=list)
    fails: Exception | None = None

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        self.asked.append((host, port))
        if self.fails is not None:
            raise self.fails
        return httpcore.MockStream(list(self.answers[host]))


def world(body: bytes = b"{}", names: dict[str, list[str]] | None = None, **more: Any) -> tuple[Fetcher, Network]:
    known = {"badges.example.org": [PUBLIC]} | (names or {})
    network = Network({PUBLIC: [OK + body]})

    def resolve(host: str, port: int) -> list[str]:
        if host not in known:
            raise OSError("no such name")
        return known[host]

    return Fetcher(names=resolve, network=network, **more), network


def code(fetcher: Fetcher, address: str, **more: Any) -> str:
    with pytest.raises(Unavailable) as caught:
        fetcher.get(address, **more)
    return caught.value.code


def test_a_public_document_is_fetched_from_the_address_that_was_judged() -> None:
    fetcher, network = world(b'{"a": 1}')

    assert fetcher.get("https://badges.example.org/x.json") == b'{"a": 1}'
    assert network.asked == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    "inside",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.8", "172.16.3.4", "192.168.1.1", "100.64.0.1", "169.254.169.254",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd12:3456::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:7f00:1", "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:7f00:1::80ff:fffe", "ff02::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_inside_is_never_connected_to(inside: str) -> None:
    fetcher, network = world(names={"badges.example.org": [inside]})

    assert not is_public(inside)
    assert code(fetcher, "https://badges.example.org/") == "unreachable"
    assert network.asked == []


@pytest.mark.parametrize("spelling", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost"])
def test_every_spelling_of_loopback_resolves_to_what_it_is(spelling: str) -> None:
    network = Network({})
    fetcher = Fetcher(names=system_names, network=network)

    assert code(fetcher, f"http://{spelling}/") in {"unreachable", "name_unknown", "address_refused"}
    assert network.asked == []


def test_the_answer_for_an_inside_address_is_that_of_an_unreachable_host() -> None:
    inside, _ = world(names={"badges.example.org": ["10.0.0.1"]})
    silent, network = world()
    network.fails = httpcore.ConnectError("refused")
    said = []
    for fetcher in (inside, silent):
        with pytest.raises(Unavailable) as caught:
            fetcher.get("https://badges.example.org/")
        said.append((caught.value.code, caught.value.message))

    assert said[0] == said[1]


def test_a_name_that_points_to_both_sides_is_not_asked() -> None:
    fetcher, network = world(names={"badges.example.org": [PUBLIC, "127.0.0.1"]})

    assert code(fetcher, "https://badges.example.org/") == "unreachable"
    assert network.asked == []


def test_a_name_that_changes_its_mind_is_resolved_once_for_each_connection() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    network = Network({PUBLIC: [OK + b"{}"]})
    fetcher = Fetcher(names=lambda host, port: next(answers), network=network)

    assert fetcher.get("http://badges.example.org/") == b"{}"
    assert code(fetcher, "http://badges.example.org/") == "unreachable"
    assert network.asked == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "gopher://badges.example.org/", "ftp://badges.example.org/", "data:text/plain,x",
        "jar:http://badges.example.org!/", "dict://badges.example.org:2628/", "unix:/run/x",
        "ldap://badges.example.org/",
        "http://badges.example.org:25/", "http://badges.example.org:5432/", "https://badges.example.org:8443/",
        "https://user@badges.example.org/", "https://user:secret@badges.example.org/", "https:///x",
        "//badges.example.org",
        "https://badges.example.org/" + "a" * 3000, "", "https://[::1", "http://\x00/",
        "http://badges.example.org:99999/",
    ],
)  # fmt: skip
def test_other_schemes_and_ports_are_refused_before_anything_is_resolved(address: str) -> None:
    fetcher, network = world()

    assert code(fetcher, address) == "address_refused"
    assert network.asked == []


def moved(location: str) -> list[bytes]:
    return [f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()]


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("https://inside.example.org/", "unreachable"),
        ("http://169.254.169.254/latest/", "redirect_insecure"),
        ("https://169.254.169.254/latest/", "unreachable"),
        ("http://badges.example.org/", "redirect_insecure"),
        ("file:///etc/passwd", "address_refused"),
        ("https://badges.example.org:22/", "address_refused"),
        ("https://badges.example.org/again", "too_many_redirects"),
    ],
)
def test_each_redirect_is_judged_anew(location: str, expected: str) -> None:
    fetcher, network = world(names={"inside.example.org": ["10.1.1.1"], "169.254.169.254": ["169.254.169.254"]})
    network.answers[PUBLIC] = moved(location)

    assert code(fetcher, "https://badges.example.org/") == expected
    assert {host for host, _ in network.asked} == {PUBLIC}
    assert len(network.asked) <= 4


def test_a_redirect_to_a_public_document_is_followed() -> None:
    other = "151.101.1.1"
    fetcher, network = world(names={"there.example.org": [other]})
    network.answers |= {PUBLIC: moved("https://there.example.org/b"), other: [OK + b"here"]}

    assert fetcher.get("https://badges.example.org/") == b"here"


def test_more_bytes_than_allowed_end_it() -> None:
    fetcher, _ = world(b"x" * 2000)

    assert code(fetcher, "https://badges.example.org/", most=1000) == "too_large_there"


def test_nothing_packed_is_opened() -> None:
    fetcher, network = world()
    packed = gzip.compress(b"0" * 10_000_000)
    network.answers[PUBLIC] = [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packed]

    assert code(fetcher, "https://badges.example.org/") == "packed"


def test_a_hundred_thousand_headers_end_it() -> None:
    fetcher, network = world()
    network.answers[PUBLIC] = [b"HTTP/1.1 200 OK\r\n", *(b"X-%d: y\r\n" % n for n in range(100_000))]

    assert code(fetcher, "https://badges.example.org/") == "answer_damaged"


def test_the_time_of_all_steps_together_is_limited() -> None:
    fetcher, _ = world(seconds=0.0)

    assert code(fetcher, "https://badges.example.org/") == "timeout"


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (httpcore.ConnectError("refused"), "unreachable"),
        (httpcore.ConnectTimeout("slow"), "timeout"),
        (httpcore.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate has expired"), "certificate"),
        (ssl.SSLCertVerificationError("hostname mismatch"), "certificate"),
    ],
)
def test_each_way_of_not_answering_has_its_own_words(failure: Exception, expected: str) -> None:
    fetcher, network = world()
    network.fails = failure

    assert code(fetcher, "https://badges.example.org/") == expected
    assert code(fetcher, "https://gone.example.org/") == "name_unknown"


def test_a_damaged_answer_and_an_error_page_show_nothing_of_themselves() -> None:
    for answer in (b"\x00\x01garbage\r\n\r\n", b"HTTP/1.1 500 Oh\r\nX-Secret: 1\r\n\r\nsecret of the inside"):
        fetcher, network = world()
        network.answers[PUBLIC] = [answer]
        with pytest.raises(Unavailable) as caught:
            fetcher.get("https://badges.example.org/")
        assert "secret" not in caught.value.message.lower()


def test_a_host_is_asked_only_so_often() -> None:
    left = iter([True, True, False])
    fetcher, network = world(allowance=lambda host: next(left))

    assert fetcher.get("https://badges.example.org/") == b"{}"
    assert code(fetcher, "https://badges.example.org/") == "asked_too_often"
    assert len(network.asked) == 1


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    fetcher, network = world()

    assert fetcher.get("https://badges.example.org/") == b"{}"
    assert network.asked == [(PUBLIC, 443)]


def test_a_resolver_that_says_nothing_is_waited_for_no_longer_than_for_a_server() -> None:
    asked = threading.Event()
    fetcher = Fetcher(names=lambda host, port: [PUBLIC] if asked.wait(60) else [], seconds=0.05)
    assert code(fetcher, "https://badges.example.org/1") == "timeout"
    asked.set()


def test_nothing_is_fetched_after_the_end_of_the_whole_check() -> None:
    fetcher, network = world(until=0.0)
    assert code(fetcher, "https://badges.example.org/1") == "timeout"
    assert network.asked == []
