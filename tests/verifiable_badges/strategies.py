"""Random but valid documents: whole Open Badges 3.0 credentials, endorsements, CLRs, with every optional member.

Two doors to one generator: `open_badges()`, `endorsements()`, `clrs()`, `credentials()` are hypothesis strategies, used
under `@whole_documents(…)`; `documents(seed, count)` are plain, for tens of thousands. `Knobs`: how large and odd.

Every document is unsigned, of VC 2.0, and has only terms that the bundled contexts define, so that it can be signed.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from verifiable_badges.model.achievement import ACHIEVEMENT_TYPES

VC2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB3_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CLR2 = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
OB3_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"

RESULT_TYPES = (
    *("GradePointAverage", "LetterGrade", "Percent", "PerformanceLevel", "PredictedScore", "RawScore", "Result"),
    *("RubricCriterion", "RubricCriterionLevel", "RubricScore", "ScaledScore", "Status", "ext:Stars"),
)
RESULT_STATUS = ("Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew")
IDENTITY_TYPES = ("name", "emailAddress", "sourcedId", "accountId", "ltiUserId", "identifier", "ext:studentCard")
TARGET_TYPES = ("ceasn:Competency", "ceterms:Credential", "CFItem", "CFRubric", "CTDL", "ext:ESCO")
ASSOCIATIONS = (
    *("exactMatchOf", "isChildOf", "isParentOf", "isPartOf", "isPeerOf", "isRelatedTo", "precedes", "replacedBy"),
)

PLAIN = (
    "Knots",
    "Tied six knots.",
    "Werkstück: Sägen, Bohren & Löten",
    "Ναυτικός κόμπος",
    "Café “Été”",
    "a",
    "1",
    "true",
)
ODD = (
    *("\x00", "\x01\b\t\n\f\r\x1f", "\x7f\x80\x9f", '"quoted" \\ back\\slash', "tab\there", "line\nbreak\r\n"),
    *(
        "\ufffd",
        "\U0001f680",
        "\u2028\u2029",
        "\ue000 private",
        "e\u0301 é",
        "\u202eright to left\u202c",
        "שלום",
        "مرحبا",
    ),
    *(
        " leading and trailing ",
        "<b>&amp;</b>",
        "https://example.org/",
        "_:b0",
        "@type",
        "1.0E0",
        "2026-01-01",
        "'",
        "\\u0041",
    ),
    "x" * 300,
)
LANGUAGES = ("en", "de", "el", "de-AT", "zh-Hant-TW", "sr-Latn", "EN-us")
ADDRESSES = (
    *(
        "https://museum.example/{n}",
        "https://museum.example/ä/{n}?q=1&r=%C3%A4#part",
        "urn:uuid:{uuid}",
        "did:web:m{n}.example",
    ),
    *("http://[2001:db8::1]:8080/{n}", "urn:isbn:{n}", "tag:museum.example,2026:{n}", "mailto:a{n}@museum.example"),
    *(
        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK?x={n}",
        "https://εκθεση.example/{n}",
        "ni:///sha-256;{n}",
    ),
)
PICTURE = "data:image/png;base64,iVBORw0KGgo="


@dataclass(frozen=True, slots=True)
class Knobs:
    """How large and how odd the documents are."""

    share: float = 0.4
    """How likely an optional member is; with 1 every one is there."""
    many: int = 3
    """Most items in a list."""
    depth: int = 1
    """How deep endorsements and parent organisations nest."""
    languages: bool = True
    """Texts with language may stand for plain ones (the published JSON schemas refuse these)."""
    directions: bool = False
    """Texts with language may say their direction as well."""
    odd: bool = True
    """Control characters, half the Unicode planes, texts that look like something else."""
    single: bool = False
    """A list of one may be written without its list."""
    merged: bool = False
    """Ids may repeat, so that two objects are one node."""
    extended: bool = False
    """`endorsementJwt`, which only some editions of the Open Badges context define."""


@dataclass(slots=True)
class Maker:
    """Makes documents out of the decisions of `random`."""

    random: random.Random
    knobs: Knobs
    count: int = 0

    # What documents are made of

    def chance(self, share: float) -> bool:
        return share >= 1 or self.random.random() < share

    def some(self, **members: Callable[[], Any]) -> dict[str, Any]:
        """Optional members, each with its chance."""
        return {name: make() for name, make in members.items() if self.chance(self.knobs.share)}

    def many(self, make: Callable[[], Any], least: int = 1) -> Any:
        items = [make() for _ in range(self.random.randint(least, max(least, self.knobs.many)))]
        if len(items) > 1 and self.chance(0.1):
            items[-1] = items[0]  # equal items: blank nodes with equal hashes
        return self.kind(*items) if len(items) == 1 and self.knobs.single else items

    def kind(self, *types: Any) -> Any:
        """A list of types, or the one type alone."""
        return types[0] if self.knobs.single and len(types) == 1 and self.chance(0.5) else list(types)

    def address(self) -> str:
        self.count += 1
        number = self.random.randint(0, 5) if self.knobs.merged else self.count * 7919
        form = self.random.choice(ADDRESSES) if self.knobs.odd else ADDRESSES[0]
        return form.format(n=number, uuid=f"00000000-0000-4000-8000-{number:012x}")

    def plain(self) -> str:
        """A text without language, as codes and numbers are."""
        words = PLAIN + ODD if self.knobs.odd else PLAIN
        text = self.random.choice(words)
        return text + self.random.choice(words) if self.chance(0.2) else text

    def text(self) -> Any:
        """A text for people, possibly with its language."""
        if not self.knobs.languages or self.chance(0.7):
            return self.plain()
        value = {"@value": self.plain(), "@language": self.random.choice(LANGUAGES)}
        directed = self.knobs.directions and self.chance(0.5)
        return value | ({"@direction": self.random.choice(("ltr", "rtl"))} if directed else {})

    def moment(self, first: int = 2010, last: int = 2026) -> str:
        day = f"{self.random.randint(first, last)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        fraction = self.random.choice(("", "", ".5", ".123456")) if self.knobs.odd else ""
        return (
            f"{day}T{self.random.randint(0, 23):02}:30:00{fraction}{self.random.choice(('Z', 'Z', '+02:00', '-05:30'))}"
        )

    def number(self) -> Any:
        return self.random.choice((0, 1, 5, -3, 1.5, 2.25, 120, 0.1))

    def digest(self) -> str:
        return "uEiCP" + "A" * 41 + self.random.choice("AQgw")

    def jwt(self) -> str:
        return "eyJhbGciOiJFZERTQSJ9.e30." + "A" * 86

    # Open Badges 3.0

    def image(self) -> dict[str, Any]:
        address = PICTURE if self.chance(0.3) and not self.knobs.merged else self.address()
        return {"id": address, "type": "Image"} | self.some(caption=self.text)

    def identifier_entry(self) -> dict[str, Any]:
        kind = self.random.choice(IDENTITY_TYPES)
        return {"type": "IdentifierEntry", "identifier": self.plain(), "identifierType": kind}

    def identity(self) -> dict[str, Any]:
        kind = self.random.choice(IDENTITY_TYPES)
        hashed = self.chance(0.5)
        value = "sha256$" + "b5" * 32 if hashed else self.plain()
        found = {"type": "IdentityObject", "hashed": hashed, "identityHash": value, "identityType": kind}
        return found | self.some(salt=self.plain)

    def address_entry(self) -> dict[str, Any]:
        geo = {"type": "GeoCoordinates", "latitude": self.number(), "longitude": self.number()}
        return {"type": self.kind("Address")} | self.some(
            addressCountry=self.plain,
            addressCountryCode=lambda: "GR",
            addressRegion=self.text,
            addressLocality=self.text,
            streetAddress=self.text,
            postOfficeBoxNumber=self.plain,
            postalCode=self.plain,
            geo=lambda: geo,
        )

    def profile(self, depth: int | None = None) -> dict[str, Any]:
        depth = self.knobs.depth if depth is None else depth
        members = self.some(
            name=self.text,
            url=self.address,
            phone=lambda: "+30 210 0000000",
            description=self.text,
            **self.endorsed(depth - 1),
            image=self.image,
            email=lambda: "office@museum.example",
            address=self.address_entry,
            otherIdentifier=lambda: self.many(self.identifier_entry),
            official=self.plain,
            parentOrg=(lambda: self.profile(depth - 1)) if depth > 0 else dict,
            familyName=self.text,
            givenName=self.text,
            additionalName=self.text,
            patronymicName=self.text,
            honorificPrefix=self.text,
            honorificSuffix=self.text,
            familyNamePrefix=self.text,
            dateOfBirth=lambda: "1990-02-28",
        )
        if not members.get("parentOrg"):
            members.pop("parentOrg", None)
        return {"id": self.address(), "type": self.kind("Profile")} | members

    def issuer(self) -> Any:
        return self.profile() if self.chance(0.8) else self.address()

    def endorsed(self, depth: int) -> dict[str, Callable[[], Any]]:
        """The endorsements something may carry."""
        if depth < 0:
            return {}
        found = {"endorsement": lambda: self.many(lambda: self.endorsement(depth))}
        return found | ({"endorsementJwt": lambda: self.many(self.jwt)} if self.knobs.extended else {})

    def alignment(self) -> dict[str, Any]:
        return {"type": self.kind("Alignment"), "targetName": self.text(), "targetUrl": self.address()} | self.some(
            targetCode=self.plain,
            targetDescription=self.text,
            targetFramework=self.text,
            targetType=lambda: self.random.choice(TARGET_TYPES),
        )

    def rubric_level(self) -> dict[str, Any]:
        found = {"id": self.address(), "type": self.kind("RubricCriterionLevel"), "name": self.text()}
        return found | self.some(
            alignment=lambda: self.many(self.alignment), description=self.text, level=self.plain, points=self.plain
        )

    def result_description(self) -> dict[str, Any]:
        found = {"id": self.address(), "type": self.kind("ResultDescription"), "name": self.text()}
        members = self.some(
            alignment=lambda: self.many(self.alignment),
            allowedValue=lambda: self.many(self.plain),
            requiredLevel=self.address,
            requiredValue=self.plain,
            rubricCriterionLevel=lambda: self.many(self.rubric_level),
            valueMax=self.plain,
            valueMin=self.plain,
        )
        return found | {"resultType": self.random.choice(RESULT_TYPES)} | members

    def related(self) -> dict[str, Any]:
        found = {"id": self.address(), "type": self.kind("Related")}
        return found | self.some(inLanguage=lambda: self.random.choice(("de", "en-US")), version=self.plain)

    def criteria(self) -> dict[str, Any]:
        return {"narrative": self.text()} | self.some(id=self.address)

    def achievement(self, depth: int | None = None) -> dict[str, Any]:
        depth = self.knobs.depth if depth is None else depth
        found = {"id": self.address(), "type": self.kind("Achievement")}
        found |= {"name": self.text(), "description": self.text(), "criteria": self.criteria()}
        return found | self.some(
            achievementType=lambda: self.random.choice((*sorted(ACHIEVEMENT_TYPES), "ext:Own")),
            alignment=lambda: self.many(self.alignment),
            creator=lambda: self.profile(depth - 1),
            creditsAvailable=self.number,
            **self.endorsed(depth - 1),
            fieldOfStudy=self.text,
            humanCode=self.plain,
            image=self.image,
            inLanguage=lambda: self.random.choice(("de", "en-US")),
            otherIdentifier=lambda: self.many(self.identifier_entry),
            related=lambda: self.many(self.related),
            resultDescription=lambda: self.many(self.result_description),
            specialization=self.text,
            tag=lambda: self.many(self.plain),
            version=self.plain,
        )

    def result(self) -> dict[str, Any]:
        return {"type": self.kind("Result")} | self.some(
            achievedLevel=self.address,
            alignment=lambda: self.many(self.alignment),
            resultDescription=self.address,
            status=lambda: self.random.choice(RESULT_STATUS),
            value=self.plain,
        )

    def subject(self) -> dict[str, Any]:
        named = self.some(id=self.address, identifier=lambda: self.many(self.identity)) or {"id": self.address()}
        found = {"type": self.kind("AchievementSubject"), "achievement": self.achievement()}
        return (
            named
            | found
            | self.some(
                activityStartDate=self.moment,
                activityEndDate=self.moment,
                creditsEarned=self.number,
                image=self.image,
                licenseNumber=self.plain,
                narrative=self.text,
                result=lambda: self.many(self.result),
                role=self.text,
                source=lambda: self.profile(0),
                term=self.text,
            )
        )

    def evidence(self) -> dict[str, Any]:
        return {"type": self.kind("Evidence")} | self.some(
            id=self.address,
            name=self.text,
            narrative=self.text,
            description=self.text,
            genre=self.text,
            audience=self.text,
        )

    # Around every credential (VC Data Model 2.0)

    def status(self) -> dict[str, Any]:
        number, address = self.random.randint(0, 131_071), f"https://museum.example/status/{self.random.randint(1, 9)}"
        found = {"id": f"{address}#{number}", "type": "BitstringStatusListEntry", "statusPurpose": "revocation"}
        return found | {"statusListIndex": str(number), "statusListCredential": address}

    def resource(self) -> dict[str, Any]:
        self.count += 1  # one resource is never named twice
        found = {"id": f"https://museum.example/files/{self.count}", "digestMultibase": self.digest()}
        return found | self.some(digestSRI=lambda: "sha384-" + "A" * 64, mediaType=lambda: "image/png")

    def around(self) -> dict[str, Callable[[], Any]]:
        """Optional members that every kind of credential may have."""
        return {
            "validUntil": lambda: self.moment(2027, 2060),
            "awardedDate": self.moment,
            "credentialStatus": self.status,
            "credentialSchema": lambda: self.many(lambda: {"id": OB3_SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}),
            "refreshService": lambda: {"id": self.address(), "type": "1EdTechCredentialRefresh"},
            "termsOfUse": lambda: self.many(
                lambda: {"type": "https://museum.example/terms#Policy"} | self.some(id=self.address)
            ),
            "evidence": lambda: self.many(self.evidence),
            "relatedResource": lambda: [self.resource() for _ in range(self.random.randint(1, self.knobs.many))],
        }

    def open_badge(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "@context": [VC2, OB3, OB3_EXTENSIONS],
            "id": self.address(),
            "type": ["VerifiableCredential", self.random.choice(("AchievementCredential", "OpenBadgeCredential"))],
        }
        found |= self.some(name=self.text, description=self.text, image=self.image)
        found |= {"issuer": self.issuer(), "validFrom": self.moment(), "credentialSubject": self.subject()}
        return found | self.some(**self.around(), **self.endorsed(self.knobs.depth - 1))

    def endorsement(self, depth: int | None = None) -> dict[str, Any]:
        depth = self.knobs.depth if depth is None else depth
        found: dict[str, Any] = {
            "@context": [VC2, OB3, OB3_EXTENSIONS],
            "id": self.address(),
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": self.text(),
            "issuer": self.profile(depth - 1),
            "validFrom": self.moment(),
        }
        subject = {"id": self.address(), "type": self.kind("EndorsementSubject")}
        subject |= self.some(endorsementComment=self.text)
        return found | {"credentialSubject": subject} | self.some(description=self.text, **self.around())

    def association(self) -> dict[str, Any]:
        found = {"type": "Association", "associationType": self.random.choice(ASSOCIATIONS)}
        return found | {"sourceId": self.address(), "targetId": self.address()}

    def clr(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "@context": [VC2, CLR2, OB3, OB3_EXTENSIONS],
            "id": self.address(),
            "type": ["VerifiableCredential", "ClrCredential"],
            "name": self.text(),
        }
        found |= self.some(description=self.text, image=self.image, partial=lambda: self.chance(0.5))
        subject = self.some(id=self.address, identifier=lambda: self.many(self.identity))
        subject |= {"type": self.kind("ClrSubject"), "verifiableCredential": self.many(self.open_badge)}
        subject |= self.some(
            achievement=lambda: self.many(self.achievement), association=lambda: self.many(self.association)
        )
        found |= {"issuer": self.profile(), "validFrom": self.moment(), "credentialSubject": subject}
        return found | self.some(**self.around(), **self.endorsed(self.knobs.depth - 1))

    def document(self) -> dict[str, Any]:
        """Mostly badges, some endorsements, few CLRs."""
        return self.random.choice((self.open_badge,) * 5 + (self.endorsement,) * 2 + (self.clr,))()


def documents(seed: int, count: int, **knobs: Any) -> Iterator[dict[str, Any]]:
    """`count` documents of all kinds; the same seed gives the same ones. `knobs` are those of `Knobs`."""
    source = random.Random(seed)
    for _ in range(count):
        yield Maker(source, Knobs(**knobs)).document()


def one(kind: str, seed: int = 0, **knobs: Any) -> dict[str, Any]:
    """One document of the kind `open_badge`, `endorsement` or `clr`."""
    made: dict[str, Any] = getattr(Maker(random.Random(seed), Knobs(**knobs)), kind)()
    return made


def whole_documents(examples: int) -> settings:
    """The settings for such documents: without shrinking, which takes minutes; lower `share` and `many` instead."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )


def _strategy(kind: str, knobs: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.randoms(use_true_random=False).map(lambda source: getattr(Maker(source, Knobs(**knobs)), kind)())


def open_badges(**knobs: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Open Badges 3.0, as JSON."""
    return _strategy("open_badge", knobs)


def endorsements(**knobs: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Endorsement credentials, as JSON."""
    return _strategy("endorsement", knobs)


def clrs(**knobs: Any) -> st.SearchStrategy[dict[str, Any]]:
    """CLR credentials with badges inside, as JSON."""
    return _strategy("clr", knobs)


def credentials(**knobs: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Credentials of all three kinds, as JSON."""
    return _strategy("document", knobs)
