"""An invented museum that issues badges, and the small world in which they are verified."""

import json
import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from verifiable_badges import issue, verify
from verifiable_badges.errors import InvalidCredential, Unavailable
from verifiable_badges.json_text import write
from verifiable_badges.keys import SigningKey, did_document, did_key, did_key_method, did_web
from verifiable_badges.model import (
    Achievement,
    AchievementCredential,
    Alignment,
    BitstringStatusListCredential,
    Criteria,
    Evidence,
    IdentityObject,
    Image,
    Profile,
    Related,
)
from verifiable_badges.proofs.data_integrity import add_proof
from verifiable_badges.status import StatusList, entry

VECTORS = Path(__file__).parents[1] / "vectors"
NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MUSEUM_KEY = SigningKey.from_seed(bytes(range(32)))
FORGER_KEY = SigningKey.from_seed(bytes(range(100, 132)))
MUSEUM = did_key(MUSEUM_KEY.public)
MUSEUM_WEB = did_web("https://museum.example", "issuers/museum")
LIST = "https://museum.example/status/1"


def credential(**changes) -> AchievementCredential:
    """A full badge of the museum, unsigned."""
    badge = AchievementCredential(
        id="urn:uuid:0d4f4d3c-2ad6-4e4e-9a3c-3f8f5a1f7f10",
        issuer=Profile(MUSEUM, name="Invented Harbour Museum", url="https://museum.example"),
        valid_from=NOW - timedelta(days=3),
        name="Sailor",
        subject_id="urn:uuid:6a1d2c86-0c0d-4b66-8a3e-8d3b9d0c4f0e",
        identifiers=(IdentityObject.of_email("a@example.com", "Kosher"),),
        achievement=Achievement(
            id="https://museum.example/achievements/sailor",
            name="Sailor – Ματρόζος 🚀",
            description="Tied six knots.",
            criteria=Criteria("Six *knots*,\n\ttied \\ without help.\b"),
            achievement_type="Badge",
            # Two equal alignments: their blank nodes can only be told apart by the N-degree hash.
            alignment=(Alignment("Knots", "https://example.org/1"), Alignment("Knots", "https://example.org/1")),
            image=Image("https://museum.example/sailor.png", "A knot"),
            in_language="en",
            related=(Related("https://museum.example/achievements/matrose", "de"),),
            tag=("knots", "�", "🚀"),
            version="1",
        ),
        awarded_date=NOW - timedelta(days=3),
        valid_until=NOW + timedelta(days=300),
        source=Profile("https://shipyard.example", "Invented Shipyard"),
        evidence=(Evidence(name="Photograph", narrative="Shows the knots."),),
    )
    return replace(badge, **changes)


def sign(document, key=MUSEUM_KEY, method=None) -> bytes:
    """`document` (a model or JSON) signed as of now; what we would not issue is signed as a careless issuer would."""
    document = document.to_json() if hasattr(document, "to_json") else document
    options = {"key": key, "verification_method": method or did_key_method(key.public), "created": NOW}
    try:
        return issue(document, **options)
    except InvalidCredential as error:
        if error.code in ("already_signed", "not_a_credential"):
            raise
        return write(add_proof(document, **options))


def signed(**changes) -> bytes:
    """The museum's badge, signed."""
    return sign(credential(**changes))


def changed(badge: bytes, change) -> bytes:
    """The badge after `change` was done to its JSON."""
    document = json.loads(badge)
    change(document)
    return json.dumps(document, ensure_ascii=False).encode()


def status_list(withdrawn=(), key=MUSEUM_KEY, **changes) -> bytes:
    """The museum's signed status list."""
    bits = StatusList()
    for index in withdrawn:
        bits.set(index)
    fields = {"id": LIST, "issuer": MUSEUM, "valid_from": NOW, "status_list": bits, "ttl": 300_000} | changes
    return sign(BitstringStatusListCredential(**fields), key)


class World:
    """What lies at which address. Remembers what was asked for."""

    def __init__(self, documents=None, lists=None):
        self.documents = documents or {}
        self.lists = lists or {}
        self.asked = []

    def resolve(self, address):
        self.asked.append(address)
        if address not in self.documents:
            raise Unavailable("unreachable", f"{address} does not answer.")
        return self.documents[address]

    def fetch_status(self, address):
        self.asked.append(address)
        if address not in self.lists:
            raise Unavailable("unreachable", f"{address} does not answer.")
        return self.lists[address]

    def verify(self, data, *, now=NOW, expectations=()):
        return verify(data, resolve=self.resolve, fetch=self.fetch_status, now=now, expectations=expectations)


def web_museum(*keys) -> dict:
    """The DID document of the museum's web identity."""
    keys = [key.public for key in keys or (MUSEUM_KEY,)]
    return did_document(MUSEUM_WEB, keys, keys[0])


def with_status(index=77) -> bytes:
    """A badge that can be withdrawn."""
    return signed(status=entry(LIST, index))


def codes(report) -> dict:
    """The code of each check by its name."""
    return {check.name: check.code for check in report.checks}


def outcome(report, name) -> str:
    return report.check(name).outcome.value


def chunk(kind: bytes, data: bytes) -> bytes:
    """One PNG chunk with its right checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*between: bytes, width=1, height=1) -> bytes:
    """A whole PNG of one grey pixel, with further chunks before the pixel."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\x7f"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(between) + pixels + chunk(b"IEND", b"")


SVG = b'<?xml version="1.0"?>\n'
SVG += b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n <title>a &gt; b</title>\n</svg>\n'
