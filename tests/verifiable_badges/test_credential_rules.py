"""Each rule of the data model, broken alone in a credential that is otherwise whole."""

import base64
import copy
import hashlib

import pytest

from verifiable_badges.credential_rules import (
    check_credential,
    check_envelope,
    check_presentation,
    check_related_resources,
    check_self_asserted,
)
from verifiable_badges.errors import InvalidCredential

V1, V2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
WHOLE = {
    "@context": [V2, "https://www.w3.org/ns/credentials/examples/v2", {"Knot": "https://example.org/#Knot"}],
    "id": "urn:uuid:5b1c6e2a-6f0f-4b57-9a0c-0a6a0c6c8d10",
    "type": ["https://example.org/#Extra", "VerifiableCredential", "Knot"],
    "name": "Sailor",
    "description": [
        {"@value": "Knoten", "@language": "de"},
        {"@value": "قبطان", "@language": "ar", "@direction": "rtl"},
    ],
    "issuer": {"id": "did:example:museum", "name": {"@value": "Museum", "@language": "en"}},
    "validFrom": "2026-05-01T00:00:00.123Z",
    "validUntil": "2027-05-01T00:00:00-02:00",
    "credentialSubject": [{"id": "did:example:learner"}, {"type": "Knot"}],
    "credentialStatus": {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://museum.example/status/1",
    },
    "credentialSchema": {"id": "https://museum.example/schema.json", "type": "JsonSchema"},
    "refreshService": {"id": "https://museum.example/refresh", "type": "Refresh"},
    "termsOfUse": [{"type": "Policy"}],
    "evidence": [{"type": ["Evidence"], "id": "https://museum.example/evidence"}],
    "relatedResource": {"id": "https://museum.example/film", "digestSRI": "sha256-" + "A" * 43 + "="},
}  # fmt: skip
DIGEST = "u" + base64.urlsafe_b64encode(b"\x12\x20" + hashlib.sha256(b"film").digest()).decode().rstrip("=")
BROKEN = {
    "not a map": ([], ""),
    "no context": ({"@context": None}, "@context"),
    "context alone": ({"@context": V2}, "@context"),
    "context empty": ({"@context": []}, "@context"),
    "another context first": ({"@context": ["https://www.w3.org/ns/credentials/examples/v2", V2]}, "@context"),
    "context of no address": ({"@context": [V2, "https ://not-an-address/v1"]}, "@context[1]"),
    "context a number": ({"@context": [V2, 12]}, "@context[1]"),
    "id null": ({"id": None}, "id"),
    "id twice": ({"id": ["did:example:a", "did:example:b"]}, "id"),
    "id a word": ({"id": "sailor"}, "id"),
    "id without host": ({"id": "https:///sailor"}, "id"),
    "no type": ({"type": ...}, "type"),
    "type empty": ({"type": []}, "type"),
    "type of something else": ({"type": ["Knot"]}, "type"),
    "type a number": ({"type": ["VerifiableCredential", 4]}, "type"),
    "type broken": ({"type": ["VerifiableCredential", "https ://x#Knot"]}, "type"),
    "name with more": ({"name": {"@value": "Dog", "@language": "en", "url": "did:example:dog"}}, "name"),
    "name a number": ({"name": 7}, "name"),
    "name null": ({"name": None}, "name"),
    "name without value": ({"name": {"@language": "en"}}, "name"),
    "name in language 4": ({"name": {"@value": "Dog", "@language": 4}}, "name"),
    "name upwards": ({"name": {"@value": "Dog", "@direction": "up"}}, "name"),
    "description with more": ({"description": [{"@value": "Dog", "x": "y"}]}, "description"),
    "issuer's name with more": ({"issuer": {"id": "did:example:a", "name": {"@value": "a", "b": "c"}}}, "issuer.name"),
    "no issuer": ({"issuer": ...}, "issuer"),
    "issuer null": ({"issuer": None}, "issuer"),
    "issuer a word": ({"issuer": "museum"}, "issuer"),
    "issuer without id": ({"issuer": {"name": "Museum"}}, "issuer.id"),
    "issuer's id null": ({"issuer": {"id": None}}, "issuer.id"),
    "issuer's id a word": ({"issuer": {"id": "museum"}}, "issuer.id"),
    "issuers": ({"issuer": ["did:example:a"]}, "issuer"),
    "no subject": ({"credentialSubject": ...}, "credentialSubject"),
    "subject empty": ({"credentialSubject": {}}, "credentialSubject"),
    "no subjects": ({"credentialSubject": []}, "credentialSubject"),
    "one of two subjects empty": ({"credentialSubject": [{"id": "did:example:a"}, {}]}, "credentialSubject[1]"),
    "subject a text": ({"credentialSubject": "did:example:a"}, "credentialSubject"),
    "subject's id twice": ({"credentialSubject": {"id": ["did:example:a"]}}, "credentialSubject.id"),
    "begin without zone": ({"validFrom": "2026-05-01T00:00:00"}, "validFrom"),
    "begin a day": ({"validFrom": "2026-05-01"}, "validFrom"),
    "end on no day": ({"validUntil": "2026-02-30T00:00:00Z"}, "validUntil"),
    "end before begin": ({"validUntil": "2026-04-30T00:00:00Z"}, "validUntil"),
    "status without type": ({"credentialStatus": {"id": "did:example:s"}}, "credentialStatus.type"),
    "status of type 2": ({"credentialStatus": {"id": "did:example:s", "type": 2}}, "credentialStatus.type"),
    "status's id a word": ({"credentialStatus": {"type": "Knot", "id": "s"}}, "credentialStatus.id"),
    "status's id twice": ({"credentialStatus": {"type": "Knot", "id": ["a:b", "c:d"]}}, "credentialStatus.id"),
    "status at place true": (
        {"credentialStatus": WHOLE["credentialStatus"] | {"statusListIndex": True}}, "credentialStatus"),
    "status for no purpose": (
        {"credentialStatus": WHOLE["credentialStatus"] | {"statusPurpose": 1}}, "credentialStatus"),
    "schema without id": ({"credentialSchema": {"type": "JsonSchema"}}, "credentialSchema.id"),
    "schema without type": ({"credentialSchema": [{"id": "did:example:s"}]}, "credentialSchema[0].type"),
    "schema's id a number": ({"credentialSchema": {"id": 4, "type": "JsonSchema"}}, "credentialSchema.id"),
    "refresh without type": ({"refreshService": {"id": "did:example:r"}}, "refreshService.type"),
    "terms without type": ({"termsOfUse": [{"id": "did:example:t"}]}, "termsOfUse[0].type"),
    "evidence without type": ({"evidence": {"id": "did:example:e"}}, "evidence.type"),
    "evidence a text": ({"evidence": ["did:example:e"]}, "evidence[0]"),
    "resource a text": ({"relatedResource": ["https://museum.example/film"]}, "relatedResource[0]"),
    "resource without id": ({"relatedResource": {"digestMultibase": DIGEST}}, "relatedResource.id"),
    "resource without digest": ({"relatedResource": {"id": "did:example:r"}}, "relatedResource"),
    "resource with half a digest": (
        {"relatedResource": {"id": "did:example:r", "digestMultibase": DIGEST[:-9]}},
        "relatedResource.digestMultibase"),
    "resource with some digest": (
        {"relatedResource": {"id": "did:example:r", "digestSRI": "md5-AAAA"}}, "relatedResource.digestSRI"),
    "resource twice": (
        {"relatedResource": [{"id": "did:example:r", "digestMultibase": DIGEST}] * 2}, "relatedResource"),
}  # fmt: skip


def changed(changes):
    """The whole credential with some members replaced; `...` takes one away."""
    if not isinstance(changes, dict):
        return changes
    document = copy.deepcopy(WHOLE) | changes
    return {name: value for name, value in document.items() if value is not ...}


def test_a_whole_credential_is_accepted():
    check_credential(WHOLE)


@pytest.mark.parametrize(
    "optional",
    ["id", "name", "description", "validFrom", "validUntil", "credentialStatus", "credentialSchema", "refreshService",
     "termsOfUse", "evidence", "relatedResource"],
)  # fmt: skip
def test_what_is_optional_may_be_missing(optional):
    check_credential(changed({optional: ...}))


@pytest.mark.parametrize(("changes", "path"), BROKEN.values(), ids=BROKEN)
def test_one_broken_rule_is_found_and_its_place_named(changes, path):
    with pytest.raises(InvalidCredential) as caught:
        check_credential(changed(changes))

    assert caught.value.path == path


def test_both_ends_may_be_the_same_instant():
    check_credential(changed({"validFrom": "2026-05-01T02:00:00+02:00", "validUntil": "2026-05-01T00:00:00Z"}))


def test_status_of_another_kind_is_left_to_others():
    check_credential(changed({"credentialStatus": {"type": "https://example.org/#Status2017"}}))


class TestVersion11:
    WHOLE = {
        "@context": [V1],
        "type": ["VerifiableCredential"],
        "issuer": "did:example:museum",
        "issuanceDate": "2020-03-16T22:37:26.544Z",
        "credentialSubject": {"id": "did:example:learner"},
    }

    def test_is_accepted(self):
        check_credential(self.WHOLE)

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"issuanceDate": None}, "issuanceDate"),
            ({"issuanceDate": "yesterday"}, "issuanceDate"),
            ({"expirationDate": "2020-03-16T22:37:26Z"}, "expirationDate"),
        ],
    )
    def test_has_a_date_of_issuing_before_its_end(self, changes, path):
        with pytest.raises(InvalidCredential) as caught:
            check_credential(self.WHOLE | changes)

        assert caught.value.path == path

    def test_needs_its_date(self):
        with pytest.raises(InvalidCredential):
            check_credential({name: value for name, value in self.WHOLE.items() if name != "issuanceDate"})


class TestPresentation:
    WHOLE = {
        "@context": [V2],
        "id": "urn:uuid:0f1e5f0e-3b43-4e29-a5a4-0d4fbbb2b9d1",
        "type": "VerifiablePresentation",
        "holder": "did:example:learner",
        "verifiableCredential": [
            WHOLE,
            {"@context": V2, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,e30.e30.AA"},
        ],
    }

    def test_is_accepted_whole_and_without_what_is_optional(self):
        check_presentation(self.WHOLE)
        check_presentation({"@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": []})

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"type": ["Knot"]}, "type"),
            ({"@context": ["https://www.w3.org/ns/credentials/examples/v2", V2]}, "@context"),
            ({"holder": {"name": "Learner"}}, "holder.id"),
            ({"holder": "learner"}, "holder"),
            ({"id": 7}, "id"),
            ({"verifiableCredential": ["eyJhbGciOi"]}, "verifiableCredential[0]"),
            ({"verifiableCredential": [WHOLE | {"type": []}]}, "verifiableCredential[0].type"),
            ({"verifiableCredential": [{"@context": V2, "type": "EnvelopedVerifiableCredential", "id": "e30"}]},
             "verifiableCredential[0].id"),
            ({"termsOfUse": {"id": "did:example:t"}}, "termsOfUse.type"),
        ],
    )  # fmt: skip
    def test_one_broken_rule_is_found(self, changes, path):
        with pytest.raises(InvalidCredential) as caught:
            check_presentation(self.WHOLE | changes)

        assert caught.value.path == path


class TestSelfAsserted:
    @pytest.mark.parametrize("holder", ["did:example:museum", {"id": "did:example:museum"}])
    def test_the_holder_is_the_issuer(self, holder):
        check_self_asserted(WHOLE, TestPresentation.WHOLE | {"holder": holder})

    @pytest.mark.parametrize("holder", ["did:example:learner", {"id": "did:example:learner"}, None])
    def test_anybody_else_is_refused(self, holder):
        with pytest.raises(InvalidCredential):
            check_self_asserted(WHOLE, TestPresentation.WHOLE | {"holder": holder})


class TestEnvelope:
    WHOLE = {"@context": V2, "type": "EnvelopedVerifiablePresentation", "id": "data:application/vp+jwt,e30.e30.AA"}

    def test_is_accepted(self):
        check_envelope(self.WHOLE, "EnvelopedVerifiablePresentation")

    @pytest.mark.parametrize(
        "changes",
        [{"@context": []}, {"@context": "https://example.org/"}, {"type": "VerifiablePresentation"}, {"type": None},
         {"id": "e30.e30.AA"}, {"id": None}],
    )  # fmt: skip
    def test_one_broken_rule_is_found(self, changes):
        with pytest.raises(InvalidCredential):
            check_envelope(self.WHOLE | changes, "EnvelopedVerifiablePresentation")


class TestRelatedResources:
    @staticmethod
    def credential(**digest):
        return changed({"relatedResource": [{"id": "https://museum.example/film", **digest}]})

    @pytest.mark.parametrize(
        "digest",
        [
            {"digestMultibase": DIGEST},
            {"digestMultibase": "u" + base64.urlsafe_b64encode(hashlib.sha256(b"film").digest()).decode().rstrip("=")},
            {"digestSRI": "sha384-" + base64.b64encode(hashlib.sha384(b"film").digest()).decode()},
        ],
    )
    def test_what_fits_passes_and_what_differs_does_not(self, digest):
        check_related_resources(self.credential(**digest), {"https://museum.example/film": b"film"}.get)

        with pytest.raises(InvalidCredential) as caught:
            check_related_resources(self.credential(**digest), {"https://museum.example/film": b"forged"}.get)
        assert caught.value.path == "relatedResource[0]"

    def test_what_is_not_at_hand_is_not_judged(self):
        check_related_resources(self.credential(digestMultibase=DIGEST), lambda address: None)
