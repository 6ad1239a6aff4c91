"""The one door to foreign addresses. Everything that verifying must read elsewhere goes through `Fetcher.get`.

Before anything is sent: http or https, the usual ports, no user name. Then the name is resolved, every address it has
is judged, and the connection goes to an address that was judged, while certificate and Host still speak of the name.
Each redirect is judged anew. Size, time, redirects and fetches per host are limited; nothing packed is unpacked;
proxies of the environment are not used. Whatever goes wrong is `Unavailable` with its own code, and nothing of a
foreign answer beyond a good document ever reaches the asker.
"""

from __future__ import annotations

import math
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread
from typing import Any

import httpcore
import httpx

from verifiable_badges.errors import Gone, Unavailable

PORTS = {"http": 80, "https": 443}
MAX_BYTES = 5_000_000  # of a file handed in or fetched: half of what the engine reads, for several may come at once
MAX_REDIRECTS = 3
MAX_ADDRESS = 2048
SECONDS = 10.0
ACCEPT = "application/vc+ld+json, application/vc, application/did+json, application/did, application/json;q=0.9, image/png, image/svg+xml, text/plain;q=0.5"  # noqa: E501
_MOVED = {301, 302, 303, 307, 308}
# Ranges that carry an IPv4 address inside an IPv6 one without Python seeing it.
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))

Names = Callable[[str, int], list[str]]
"""Gives the addresses of a host name; raises OSError when there are none."""

Allowance = Callable[[str], bool]
"""Whether a host may be asked once more in this minute."""


def system_names(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def is_public(address: str) -> bool:
    """Whether a packet to this address leaves for the open network: not ours, not a neighbour's, not the machine's."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in _meant(found))


def _meant(found: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address and every IPv4 address hidden in it (mapped, 6to4, Teredo, NAT64)."""
    meant: list[IPv4Address | IPv6Address] = [found]
    if isinstance(found, IPv6Address):
        if any(found in network for network in _NAT64):
            meant.append(IPv4Address(int(found) & 0xFFFFFFFF))
        meant += [one for one in (found.ipv4_mapped, found.sixtofour, *(found.teredo or ())) if one is not None]
    return meant


@dataclass(slots=True)
class _Deadline:
    """One moment by which everything must be over, however slowly the bytes come."""

    until: float

    def left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this address is over")
        return left


class _Stream(httpcore.NetworkStream):
    """A connection that cannot outlast the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Guard(httpcore.NetworkBackend):
    """Resolves, judges, and connects to the address that was judged."""

    def __init__(self, names: Names, network: httpcore.NetworkBackend, allowance: Allowance, deadline: _Deadline):
        self._names, self._network, self._allowance, self._deadline = names, network, allowance, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = _in_time(self._names, host, port, self._deadline.left())
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("nobody could say in time where this name leads") from error
        except (OSError, UnicodeError) as error:
            raise Unavailable("name_unknown", f"The name {host[:100]} leads to no server.") from error
        # One address inside is enough: a name that points to both sides is nobody's honest server.
        if not addresses or not all(map(is_public, addresses)):
            raise _unreachable(host)
        if not self._allowance(addresses[0]):
            raise _too_often(host)
        stream = self._network.connect_tcp(addresses[0], port, self._deadline.left(), None, socket_options)
        return _Stream(stream, self._deadline)


def _in_time(names: Names, host: str, port: int, seconds: float) -> list[str]:
    """What `names` says, asked in a thread of its own: the system's resolver knows no deadline. Raises TimeoutError."""
    said: Future[list[str]] = Future()

    def ask() -> None:
        try:
            said.set_result(names(host, port))
        except Exception as error:  # whatever it is, it belongs to who waits
            said.set_exception(error)

    Thread(target=ask, daemon=True).start()
    return said.result(timeout=seconds)


def _always(host: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Gets documents from foreign addresses. The world comes in as arguments, so that tests can play it."""

    names: Names = system_names
    network: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)
    allowance: Allowance = _always
    seconds: float = SECONDS
    until: float = math.inf  # by `time.monotonic()`: the end of all fetches together

    def get(self, address: str, *, most: int = MAX_BYTES) -> bytes:
        """The document at an http or https address, at most `most` bytes. Raises Unavailable."""
        deadline = _Deadline(min(time.monotonic() + self.seconds, self.until))
        guard = _Guard(self.names, self.network, self.allowance, deadline)
        context = httpx.create_ssl_context(trust_env=False)
        with httpcore.ConnectionPool(ssl_context=context, network_backend=guard, retries=0, max_connections=1) as pool:
            url = _checked(address)
            for _ in range(MAX_REDIRECTS + 1):
                if not self.allowance(url.host):
                    raise _too_often(url.host)
                found = _ask(pool, url, most)
                if isinstance(found, bytes):
                    return found
                url = _next(url, found)
        raise Unavailable("too_many_redirects", f"{url.host[:100]} sends from one address to the next without an end.")


def _ask(pool: httpcore.ConnectionPool, url: httpx.URL, most: int) -> bytes | str:
    """The body, or where the server says it lies."""
    # Nothing packed is accepted, so what is counted is what there is.
    headers = {
        "Host": url.netloc.decode("ascii"), "Accept": ACCEPT, "Accept-Encoding": "identity",
        "User-Agent": "Phereclos (checks a badge)", "Connection": "close",
    }  # fmt: skip
    try:
        with pool.stream("GET", str(url), headers=headers) as answer:
            fields = {name.lower(): value for name, value in answer.headers}
            if answer.status in _MOVED:
                return fields.get(b"location", b"").decode("latin-1")
            if answer.status == 410:
                raise Gone("gone", f"{url.host[:100]} says that what was at this address is gone.")
            if answer.status != 200:
                raise Unavailable("not_found_there", f"{url.host[:100]} has no document at this address.")
            if fields.get(b"content-encoding", b"identity").lower() != b"identity":
                raise Unavailable("packed", f"{url.host[:100]} answers in a packed form, which is not opened here.")
            return _limited(answer, url, most)
    except httpcore.TimeoutException as error:
        raise Unavailable("timeout", f"{url.host[:100]} did not answer in time.") from error
    except (httpcore.NetworkError, OSError) as error:
        if isinstance(error, ssl.SSLError) or "certificate" in str(error).lower():
            raise Unavailable("certificate", f"The certificate of {url.host[:100]} is not valid.") from error
        raise _unreachable(url.host) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise Unavailable("answer_damaged", f"The answer of {url.host[:100]} cannot be read.") from error


def _limited(answer: httpcore.Response, url: httpx.URL, most: int) -> bytes:
    body = bytearray()
    for chunk in answer.iter_stream():
        body += chunk
        if len(body) > most:
            raise Unavailable(
                "too_large_there", f"The answer of {url.host[:100]} is larger than we are willing to read."
            )
    return bytes(body)


def _checked(address: str) -> httpx.URL:
    """The address, if it is one we would ever ask. Raises Unavailable before anything is resolved or sent."""
    refused = Unavailable("address_refused", "This is not an address that is fetched here: only http and https are.")
    if len(address) > MAX_ADDRESS:
        raise refused
    try:
        url = httpx.URL(address)
        port = url.port or PORTS.get(url.scheme)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise refused from error
    if url.scheme not in PORTS or port not in PORTS.values() or not url.host or url.userinfo:
        raise refused
    return url


def _next(url: httpx.URL, location: str) -> httpx.URL:
    try:
        target = url.join(location)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise Unavailable("answer_damaged", f"The answer of {url.host[:100]} cannot be read.") from error
    if url.scheme == "https" and target.scheme == "http":
        raise Unavailable("redirect_insecure", f"{url.host[:100]} sends from a secure address to an insecure one.")
    return _checked(str(target))


def _unreachable(host: str) -> Unavailable:
    """The same words for a server that refuses and for one we must not ask: nobody learns what stands inside."""
    return Unavailable("unreachable", f"{host[:100]} could not be reached.")


def _too_often(host: str) -> Unavailable:
    return Unavailable("asked_too_often", f"{host[:100]} was asked often in the last minute; try again later.")
