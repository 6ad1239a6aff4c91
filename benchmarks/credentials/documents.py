"""The documents that are issued and verified: six kinds, as many copies as wanted, each with values of its own.

All values follow from the number of the copy, so that two runs measure the same documents. Strings that decide an
order are below U+E000 or all beyond the first plane: the Node libraries sort by UTF-16 code units, which is wrong for
others (RDFC-1.0 sorts by code points), and nobody is timed with a document that he cannot do.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from verifiable_badges import issue
from verifiable_badges.jsonld import editions
from verifiable_badges.keys import SigningKey, did_key, did_key_method

KEY = SigningKey.from_seed(hashlib.sha256(b"a museum that was invented for this benchmark").digest())
METHOD = did_key_method(KEY.public)
ISSUER = did_key(KEY.public)
# Far enough back for libraries that ask a clock of their own.
CREATED = datetime(2024, 5, 2, 9, 30, tzinfo=UTC)
NOW = datetime(2024, 6, 1, tzinfo=UTC)

VC = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
Document = dict[str, Any]


def contexts() -> dict[str, Any]:
    """What every library is given to read the documents with: the same bytes by the same address."""
    return {url: editions()[url][0].load() for url in (VC, OB, CLR)}


def sign(document: Document) -> Document:
    """The document as the engine signs it."""
    signed = issue(document, key=KEY, verification_method=METHOD, created=CREATED)
    return dict(json.loads(signed))


def small(number: int) -> Document:
    """The least that is a badge."""
    return {
        "@context": [VC, OB],
        "id": _name("credential", number),
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Invented Harbour Museum"},
        "validFrom": _date(number),
        "credentialSubject": {
            "id": _name("subject", number),
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://museum.example/achievements/sailor",
                "type": ["Achievement"],
                "name": "Sailor",
                "description": "Tied six knots without help and explained what each of them is for.",
                "criteria": {"narrative": "Tied **six** knots."},
            },
        },
    }


def four_kilobytes(number: int) -> Document:
    """A badge with what a badge of a school or museum usually carries: 4.1 kB signed."""
    document = small(number)
    document["name"] = "Measuring tides"
    document["issuer"] |= {
        "url": "https://museum.example",
        "email": "badges@museum.example",
        "phone": "+49 40 555 01 00",
        "description": "Shows how people have lived with the sea, and lets them try it out on the old pier.",
        "image": {"id": "https://museum.example/logo.png", "type": "Image", "caption": "A lighthouse above two waves"},
    }
    document["awardedDate"] = _date(number)
    document["validUntil"] = "2044-05-01T00:00:00Z"
    document["description"] = "Given by the museum to those who have measured for themselves."
    subject = document["credentialSubject"]
    subject["identifier"] = [_identity(number), _number_at_school(number)]
    subject["activityStartDate"], subject["activityEndDate"] = "2024-04-22T08:00:00Z", "2024-04-28T16:00:00Z"
    subject["source"] = {"id": "https://harbour-office.example", "type": ["Profile"], "name": "Invented Harbour Office"}
    subject["achievement"] = _achievement()
    subject["result"] = [
        {"type": ["Result"], "resultDescription": "https://museum.example/achievements/tides#days",
         "value": str(3 + number % 60)},
        {"type": ["Result"], "resultDescription": "https://museum.example/achievements/tides#error",
         "value": str(number % 100)},
    ]  # fmt: skip
    document["evidence"] = [
        {
            "id": f"https://museum.example/evidence/{number}",
            "type": ["Evidence"],
            "name": "Tide table",
            "narrative": f"Table number {number}, measured on the pier and compared with the harbour office's own.",
            "genre": "Measurement",
        },
        {
            "type": ["Evidence"],
            "name": "Talk",
            "narrative": "Explained the table to the group and answered what the younger ones asked about the moon.",
        },
    ]
    document["credentialStatus"] = _status("revocation", number)
    return document


def award(number: int) -> dict[str, str]:
    """What `four_kilobytes(number)` says that other copies say otherwise, by place: what a database would give."""
    date, identity, address = _date(number), _identity(number), "https://museum.example/status/revocation/1"
    subject = "/credentialSubject"
    return {
        "/id": _name("credential", number),
        "/validFrom": date,
        f"{subject}/id": _name("subject", number),
        "/awardedDate": date,
        f"{subject}/identifier/0/identityHash": identity["identityHash"],
        f"{subject}/identifier/0/salt": identity["salt"],
        f"{subject}/identifier/1/identityHash": f"L-{10_000 + number}",
        f"{subject}/result/0/value": str(3 + number % 60),
        f"{subject}/result/1/value": str(number % 100),
        "/evidence/0/id": f"https://museum.example/evidence/{number}",
        "/evidence/0/narrative": (
            f"Table number {number}, measured on the pier and compared with the harbour office's own."
        ),
        "/credentialStatus/id": f"{address}#{number}",
        "/credentialStatus/statusListIndex": str(number * 37 % 131_072),
    }


def two_states(number: int) -> Document:
    """One that can be withdrawn and, apart from that, suspended."""
    document = four_kilobytes(number)
    document["credentialStatus"] = [_status("revocation", number), _status("suspension", number)]
    return document


def endorsed(number: int) -> Document:
    """One whose issuer and achievement a cluster has endorsed: two signed credentials inside."""
    document = four_kilobytes(number)
    document["issuer"]["endorsement"] = [_endorsement("issuer", ISSUER)]
    achievement = document["credentialSubject"]["achievement"]
    achievement["endorsement"] = [_endorsement("achievement", achievement["id"])]
    return document


def languages(number: int) -> Document:
    """German, Greek, signs beyond the first plane, quotes, line ends and tabs."""
    document = four_kilobytes(number)
    document["name"] = "Größe der Gezeiten – Παλίρροιες 🌊"
    document["issuer"]["name"] = "Erfundenes Hafenmuseum »Zur Flüsterbrücke«"
    document["issuer"]["description"] = "Zeigt, wie Menschen mit dem Meer leben.\nΗ θάλασσα ενώνει. 🌊⚓"
    achievement = document["credentialSubject"]["achievement"]
    achievement["name"] = "Gezeiten messen · Μετρώντας παλίρροιες 🌊"
    achievement["description"] = "Hat an sieben Tagen die Höhe gemessen; μέτρησε το ύψος επί επτά ημέρες. 📏"
    achievement["criteria"]["narrative"] = 'Sieben Messungen,\n\t"selbst" gemacht \\ mit Tabelle: εφτά μετρήσεις 🧭.'
    achievement["tag"] = ["Gezeiten", "παλίρροια", "🌊", "🧭"]
    document["evidence"][0]["narrative"] = f"Tabelle Nummer {number}, gemessen auf der Mole; πίνακας {number} 📋."
    return document


def record(number: int) -> Document:
    """A Comprehensive Learner Record of twenty signed badges."""
    badges = [_signed_small(number * 7 + place) for place in range(20)]
    return {
        "@context": [VC, CLR, OB],
        "id": _name("record", number),
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Invented Harbour Museum"},
        "name": "What was learnt in the harbour",
        "validFrom": _date(number),
        "credentialSubject": {
            "id": _name("subject", number),
            "type": ["ClrSubject"],
            "identifier": [_identity(number)],
            "achievement": [_achievement()],
            "verifiableCredential": badges,
        },
    }


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document. `weight` says how many times dearer than the 4 kB badge it is, roughly."""

    name: str
    make: Callable[[int], Document]
    weight: int = 1


FOUR_KILOBYTES = Kind("badge_4kb", four_kilobytes)
OTHERS = (
    Kind("small", small),
    Kind("two_states", two_states),
    Kind("languages", languages),
    Kind("endorsed", endorsed, 2),
    Kind("record_of_20", record, 8),
)


def shaped(document: Document, number: int) -> Document:
    """The document with another shape for every number below 2^15: which members and how many there are.

    Members are added to its first achievement and to its head, about 250 bytes on average.
    """
    bits = number * 12_345 % 2**15  # odd, so every number gives other bits
    achievement = document["credentialSubject"]["achievement"]
    achievement = achievement[0] if isinstance(achievement, list) else achievement
    optional = [
        (document, "image", {"id": "https://museum.example/baked.png", "type": "Image"}),
        (achievement, "humanCode", "T-7"),
        (achievement, "version", "2"),
        (achievement, "inLanguage", "en"),
        (achievement, "fieldOfStudy", "Oceanography"),
        (achievement, "specialization", "Tides"),
        (achievement, "creditsAvailable", 2),
        (
            achievement,
            "otherIdentifier",
            [{"type": "IdentifierEntry", "identifierType": "identifier", "identifier": "T"}],
        ),
    ]
    for place, (where, member, value) in enumerate(optional):
        if bits >> place & 1:
            where[member] = value
    achievement["tag"] = [f"tag {place}" for place in range(1 + (bits >> 8 & 7))]
    achievement["related"] = [_related(place, bits >> 11 & 3) for place in range(1 + (bits >> 13))]
    return document


def _related(place: int, members: int) -> Document:
    related: Document = {"id": f"https://museum.example/achievements/tides-{place}", "type": ["Related"]}
    if members & 1:
        related["inLanguage"] = "de"
    if members & 2:
        related["version"] = "3"
    return related


def _achievement() -> Document:
    days, error = "https://museum.example/achievements/tides#days", "https://museum.example/achievements/tides#error"
    return {
        "id": "https://museum.example/achievements/tides",
        "type": ["Achievement"],
        "achievementType": "Competency",
        "name": "Measuring tides",
        "creator": {"id": "https://coast.example", "type": ["Profile"], "name": "Invented Cluster of the Coast"},
        "description": "Measured the height of the tide on at least three days and explained why it changed.",
        "criteria": {
            "narrative": "1. Measured on *three* days or more\n2. Wrote a table of what was measured\n"
            "3. Explained to somebody else why the tides of two days differ",
        },
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": "Collect and record data",
                "targetUrl": "https://framework.example/skills/collecting-data",
                "targetDescription": "Chooses a way of measuring, and keeps to it.",
                "targetFramework": "Invented Framework of Skills",
                "targetCode": "S-17",
            },
            {
                "type": ["Alignment"],
                "targetName": "Explain a pattern",
                "targetUrl": "https://framework.example/skills/explaining-patterns",
                "targetDescription": "Says what repeats itself, and gives a reason that can be tested.",
                "targetFramework": "Invented Framework of Skills",
                "targetCode": "S-23",
            },
        ],
        "tag": ["tides", "measuring", "harbour"],
        "image": {"id": "https://museum.example/achievements/tides.png", "type": "Image", "caption": "A tide gauge"},
        "resultDescription": [
            {"id": days, "type": ["ResultDescription"], "name": "Days measured", "resultType": "RawScore",
             "valueMin": "3", "valueMax": "60"},
            {"id": error, "type": ["ResultDescription"], "name": "Mean error", "resultType": "Percent",
             "valueMin": "0", "valueMax": "100"},
        ],
    }  # fmt: skip


def _identity(number: int) -> Document:
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": "sha256$" + hashlib.sha256(f"learner{number}@example.org".encode()).hexdigest(),
        "identityType": "emailAddress",
        "salt": hashlib.sha256(f"salt {number}".encode()).hexdigest()[:22],
    }


def _number_at_school(number: int) -> Document:
    return {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": f"L-{10_000 + number}",
        "identityType": "sourcedId",
    }


def _status(purpose: str, number: int) -> Document:
    address = f"https://museum.example/status/{purpose}/1"
    return {
        "id": f"{address}#{number}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(number * 37 % 131_072),
        "statusListCredential": address,
    }


def _endorsement(what: str, of: str) -> Document:
    return _once(
        f"endorsement of {what}",
        lambda: {
            "@context": [VC, OB],
            "id": _name("endorsement " + what, 0),
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Invented Cluster of the Coast"},
            "name": "Seen and found good",
            "validFrom": _date(0),
            "credentialSubject": {
                "id": of,
                "type": ["EndorsementSubject"],
                "endorsementComment": "We were there for a day and saw the tides being measured with care.",
            },
        },
    )


def _signed_small(number: int) -> Document:
    number %= 64
    return _once(f"badge {number}", lambda: small(1_000_000 + number))


_SIGNED: dict[str, Document] = {}


def _once(name: str, make: Callable[[], Document]) -> Document:
    """Signed parts of documents are signed once; signing them is nobody's measured work."""
    if name not in _SIGNED:
        _SIGNED[name] = sign(make())
    return _SIGNED[name]


def _name(what: str, number: int) -> str:
    return f"urn:uuid:{zlib.crc32(what.encode()):08x}-0000-4000-8000-{number:012x}"


def _date(number: int) -> str:
    return f"2024-05-01T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z"
