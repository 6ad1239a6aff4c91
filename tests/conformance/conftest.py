"""A running server, and what is sent to it the way the suites send it."""

from __future__ import annotations

import http.client
import json
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.conformance.serving import Server
from verifiable_badges.keys import SigningKey, did_key, did_key_method

V1, V2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
BASE_URL = "https://engine.example/under/here"
ALICE_KEY = SigningKey.from_seed(bytes(range(50, 82)))
ALICE, ALICE_METHOD = did_key(ALICE_KEY.public), did_key_method(ALICE_KEY.public)


@dataclass(frozen=True, slots=True)
class Client:
    """Asks one server; every answer is a status and JSON."""

    port: int

    def get(self, path: str) -> tuple[int, Any]:
        return self._ask("GET", path, None)

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        return self._ask("POST", path, body if isinstance(body, bytes) else json.dumps(body).encode())

    def issue(self, suite: str, credential: Any, **options: Any) -> tuple[int, Any]:
        return self.post(f"/vc-api/{suite}/credentials/issue", {"credential": credential, "options": options})

    def issued(self, suite: str, credential: Any, **options: Any) -> dict[str, Any]:
        """The signed credential of a request that has to succeed."""
        status, answer = self.issue(suite, credential, **options)
        assert status == 201, answer
        signed: dict[str, Any] = answer["verifiableCredential"]
        return signed

    def verify(self, credential: Any, **options: Any) -> tuple[int, Any]:
        body = {"verifiableCredential": credential, "options": {"checks": ["proof"], **options}}
        return self.post("/vc-api/credentials/verify", body)

    def verify_presentation(self, presentation: Any, **options: Any) -> tuple[int, Any]:
        body = {"verifiablePresentation": presentation, "options": {"checks": [], **options}}
        return self.post("/vc-api/presentations/verify", body)

    def _ask(self, method: str, path: str, body: bytes | None) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, {"Content-Type": "application/json"} if body is not None else {})
        answer = connection.getresponse()
        found = answer.status, json.loads(answer.read())
        connection.close()
        return found


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    """The client of a server that the world reaches under `BASE_URL`."""
    yield from _running(BASE_URL)


@pytest.fixture(scope="session")
def unreachable_client() -> Iterator[Client]:
    """The client of a server without a public address."""
    yield from _running("")


def _running(base_url: str) -> Iterator[Client]:
    server = Server(0, base_url)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Client(server.server_port)
    server.shutdown()
    server.server_close()
    thread.join()


def credential(**changes: Any) -> dict[str, Any]:
    """A minimal credential 2.0; `...` takes a member away."""
    document = {
        "@context": [V2],
        "id": f"urn:uuid:{uuid.UUID(int=7)}",
        "type": ["VerifiableCredential"],
        "issuer": ALICE,
        "credentialSubject": {"id": "did:example:subject", "name": "Alice"},
    }
    return {name: value for name, value in (document | changes).items() if value is not ...}


def older_credential(**changes: Any) -> dict[str, Any]:
    """A minimal credential 1.1, with words of its own, as the ECDSA suite sends it."""
    return {
        "@context": [V1, {"name": "https://schema.org/name", "description": "https://schema.org/description"}],
        "id": f"urn:uuid:{uuid.UUID(int=8)}",
        "type": ["VerifiableCredential"],
        "issuer": ALICE,
        "issuanceDate": "2024-03-16T22:37:26Z",
        "credentialSubject": {"id": "did:example:subject", "name": "Alice", "description": "Of version 1.1"},
    } | changes
