"""Records, presentations and credentials of other kinds than badges, signed in the invented museum's world."""

import json

from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM, MUSEUM_KEY, NOW, credential
from verifiable_badges.jsonld import CREDENTIALS_V2, Reading
from verifiable_badges.keys import SigningKey, did_key, did_key_method
from verifiable_badges.proofs.data_integrity import add_proof

LEARNER_KEY = SigningKey.from_seed(b"\7" * 32)
LEARNER = did_key(LEARNER_KEY.public)
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CHALLENGE, DOMAIN = "what-the-shipyard-asked", "https://shipyard.example"


def signed_json(document, key=MUSEUM_KEY, **options):
    """The document as JSON with a proof of `key`."""
    document = document.to_json() if hasattr(document, "to_json") else document
    options = {"verification_method": did_key_method(key.public), "created": NOW} | options
    return add_proof(document, key=key, **options)


def unsigned_badge(number=1, **changes):
    """A badge as JSON with ids of its own; its vocabularies include 1EdTech's extensions."""
    document = credential(id=f"urn:uuid:00000000-0000-4000-9000-{number:012}").to_json()
    document["@context"].append(EXTENSIONS)
    document["credentialSubject"]["achievement"]["id"] = f"https://museum.example/achievements/{number}"
    return document | changes


def badge_of(number=1, **changes):
    """The same, signed."""
    return signed_json(unsigned_badge(number, **changes))


def record(*credentials, **subject) -> dict:
    """A learner record of the museum, unsigned."""
    badge = credential().to_json()
    return {
        "@context": [badge["@context"][0], CLR, badge["@context"][1]],
        "id": "urn:uuid:11111111-0000-4000-9000-000000000000",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "What Ada learned",
        "issuer": badge["issuer"],
        "validFrom": badge["validFrom"],
        "credentialSubject": {
            "type": ["ClrSubject"],
            "id": LEARNER,
            "verifiableCredential": list(credentials),
            **subject,
        },
    }


def presentation(*credentials, key=LEARNER_KEY, challenge=CHALLENGE, domain=DOMAIN, **changes) -> dict:
    """Credentials as the learner shows them, signed; a change to None takes a member away."""
    document = {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiablePresentation"],
        "holder": did_key(key.public),
        "verifiableCredential": list(credentials),
    } | changes
    return signed_json(
        {name: value for name, value in document.items() if value is not None},
        key,
        purpose="authentication",
        challenge=challenge,
        domain=domain,
        reading=Reading.GENERIC,
    )


def other_credential(**changes) -> dict:
    """A credential that is no badge, unsigned."""
    return {
        "@context": [CREDENTIALS_V2, "https://www.w3.org/ns/credentials/examples/v2"],
        "id": "urn:uuid:22222222-0000-4000-9000-000000000000",
        "type": ["VerifiableCredential", "ExampleAlumniCredential"],
        "issuer": MUSEUM,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": LEARNER, "alumniOf": {"id": "https://museum.example", "name": "Museum"}},
    } | changes


def endorsement(about=MUSEUM, key=FORGER_KEY, number=0, **changes) -> dict:
    """An endorsement by the owner of `key`, signed."""
    document = {
        "@context": credential().to_json()["@context"],
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012}",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "We know them",
        "issuer": {"id": did_key(key.public), "type": ["Profile"], "name": "Invented Shipyard"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": "Good knots."},
    } | changes
    return signed_json(document, key)


def as_bytes(document) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()
