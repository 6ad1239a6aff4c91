"""Every error this package raises. Exceptions of other libraries stop at our border.

VerifiableBadgesError            the base: `code` for programs, `message` for people
├── CannotDecide                 the question was fair, but could not be answered here and now
│   ├── Unavailable              an address could not be reached (raised by the caller's resolver or fetcher)
│   │   └── Gone                 its server says that something was there, and was taken away for good (HTTP 410)
│   ├── LimitExceeded            the input is larger, deeper or more tangled than we are willing to work through
│   ├── UnknownContext           a JSON-LD context that is not bundled
│   └── Unsupported              a method, type or option this version does not handle
├── UnreadableInput              the bytes are not what they claim to be
├── InvalidDocument              the JSON-LD document has no single, complete meaning
├── InvalidCredential            a credential breaks the rules of its specification
├── InvalidProof                 a proof that is malformed or does not fit its document
│   └── InvalidSignature         a well-formed signature that does not hold
├── InvalidKey                   a key, DID or multibase value that is malformed or unsafe
├── InvalidDate                  a date that is not a date-time with a zone
├── InvalidStatusList            a status list that cannot be decoded, or an index outside it
└── BakingError                  a picture that cannot carry a badge

`CannotDecide` is what separates "could not be checked" from "failed" in a report.
"""


class VerifiableBadgesError(Exception):
    """Base of all errors here. `code` is stable and made for programs, `message` is a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


class CannotDecide(VerifiableBadgesError):
    """Raised when neither "good" nor "bad" would be true: the answer could not be found out."""


class Unavailable(CannotDecide):
    """Raised by resolvers and fetchers when an address cannot be reached, or must not be."""


class Gone(Unavailable):
    """Raised by fetchers when the server at an address says that what was there is gone (HTTP 410).

    Badges of Open Badges 2.0 are withdrawn in this way; for everything else it is as if nothing could be reached.
    """


class LimitExceeded(CannotDecide):
    """Raised when an input passes a limit on size, depth, number of parts, or work."""


class UnknownContext(CannotDecide):
    """Raised when a document uses a context that is not bundled, or brings its own."""


class Unsupported(CannotDecide):
    """Raised when a document uses a method, type or option this version does not handle."""


class UnreadableInput(VerifiableBadgesError):
    """Raised when bytes are not the picture, JSON or token they claim to be; the message says what is damaged."""


class InvalidDocument(VerifiableBadgesError):
    """Raised when a JSON-LD document has undefined terms, relative addresses, or could be read in two ways."""


class InvalidCredential(VerifiableBadgesError):
    """Raised when a credential breaks a rule of Open Badges or of the credentials data model.

    `path` says where, such as `credentialSubject.achievement.alignment[1].targetUrl`; it is "" where no one place does.
    """

    def __init__(self, code: str, message: str, *, path: str = "") -> None:
        VerifiableBadgesError.__init__(self, code, message)
        self.path = path


class InvalidProof(VerifiableBadgesError):
    """Raised when a proof is malformed, or is made for something else than the document it stands in."""


class InvalidSignature(InvalidProof):
    """Raised when a signature does not hold for the data and key, or is not in its one canonical form."""


class InvalidKey(VerifiableBadgesError):
    """Raised when a key, a DID or a multibase value is malformed, non-canonical or unsafe."""


class InvalidDate(VerifiableBadgesError):
    """Raised when a date-time is not a real instant written with its zone."""


class InvalidStatusList(VerifiableBadgesError):
    """Raised when a status list cannot be decoded, or an index lies outside it."""


class BakingError(VerifiableBadgesError):
    """Raised when a picture cannot carry the badge."""
