"""HTTP on loopback: addresses to functions, errors of the engine to status codes."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.conformance.issuing import KEYS, STATUS_PATH, SUITES, Issuer
from tests.conformance.requests import problem
from tests.conformance.verifying import Verifier
from verifiable_badges.errors import LimitExceeded, UnreadableInput, VerifiableBadgesError
from verifiable_badges.json_text import parse
from verifiable_badges.keys import did_key
from verifiable_badges.limits import MAX_BYTES

_ACTION = re.compile(
    r"/vc-api(?:/(?P<suite>[a-z0-9-]+))?/(?P<what>credentials|presentations)/(?P<verb>issue|verify|derive)"
)
Answer = tuple[int, Any]


class Server(ThreadingHTTPServer):
    """Listens on loopback only. `port` 0 takes a free one, which `server_port` then tells."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, base_url: str = "") -> None:
        self.issuer = Issuer(base_url, datetime.now(UTC))
        self.verifier = Verifier(self.issuer)
        super().__init__(("127.0.0.1", port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        if self._place() == "/vc-api/info":
            self._answer(200, {name: did_key(key.public) for name, key in KEYS.items()})
        elif self._place() == STATUS_PATH and self.server.issuer.base_url:
            self._answer(200, self.server.issuer.status_list())
        else:
            self._answer(404, {"problemDetails": []})

    def do_POST(self) -> None:
        try:
            body = self._body()
            status, answer = self._act(body)
        except VerifiableBadgesError as error:
            status, answer = 400, {"verified": False, "problemDetails": [problem(error)]}
        self._answer(status, answer)

    def _act(self, body: dict[str, Any]) -> Answer:
        match = _ACTION.fullmatch(self._place())
        suite, what, verb = match.groups() if match else ("", "", "")
        now = datetime.now(UTC)
        if suite is not None and suite not in SUITES:
            return 404, {"problemDetails": []}
        if suite and (what, verb) == ("credentials", "issue"):
            return 201, {"verifiableCredential": self.server.issuer.issue(suite, body, now)}
        if (what, verb) == ("credentials", "derive"):
            return 201, {"verifiableCredential": self.server.issuer.derive(body)}
        if (what, verb) == ("credentials", "verify"):
            self.server.verifier.verify_credential(body, now)
        elif (what, verb) == ("presentations", "verify"):
            self.server.verifier.verify_presentation(body, now)
        else:
            return 404, {"problemDetails": []}
        return 200, {"verified": True}

    def _place(self) -> str:
        """The path, with or without that of the public address before it: proxies do either."""
        return self.path.partition("?")[0].removeprefix(urlsplit(self.server.issuer.base_url).path.rstrip("/"))

    def _body(self) -> dict[str, Any]:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MAX_BYTES:
            self.close_connection = True
            raise LimitExceeded("too_large", "The request is too large, or does not say how large it is.")
        body = parse(self.rfile.read(int(length)))
        if not isinstance(body, dict):
            raise UnreadableInput("request", "The request is not a JSON object.")
        return body

    def _answer(self, status: int, answer: Any) -> None:
        data = answer if isinstance(answer, bytes) else json.dumps(answer, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the suites say what they sent."""
