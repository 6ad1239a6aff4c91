"""The JSON inside a token, and the claims that say when it counts (RFC 7519 section 4.1)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from verifiable_badges.dates import CLOCK_SKEW
from verifiable_badges.errors import InvalidDate, InvalidProof, UnreadableInput
from verifiable_badges.json_text import parse, write
from verifiable_badges.limits import MAX_DEPTH, MAX_NODES

_AS_IT_IS = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS


def read_claims(payload: bytes) -> dict[str, Any]:
    """The JSON object that a token carries. Raises `UnreadableInput`, `LimitExceeded`."""
    claims = parse(payload)
    if not isinstance(claims, dict):
        raise UnreadableInput("token_damaged", "The signed token does not hold a JSON object.")
    return claims


def write_claims(claims: Mapping[str, Any]) -> bytes:
    """The bytes to sign. Raises `UnreadableInput`, `LimitExceeded` for what we could not read back ourselves."""
    try:
        data: bytes = orjson.dumps(claims, option=_AS_IT_IS)
        # orjson writes as null what is not a number.
        if b"null" not in data and _is_plain(data):
            return data
    except (TypeError, ValueError):
        pass  # said better by the slower way
    data = write(claims)
    parse(data)
    return data


def _is_plain(data: bytes) -> bool:
    """Whether no limit can be passed, however its signs are nested: a part takes two bytes at least."""
    return len(data) <= MAX_NODES * 2 and data.count(b"{") + data.count(b"[") <= MAX_DEPTH


def seconds(moment: datetime) -> int:
    """A NumericDate (section 2): whole seconds. Raises `InvalidDate` for a datetime without zone."""
    if moment.tzinfo is None:
        raise InvalidDate("date_zone", "A date and time without its time zone does not name an instant.")
    return int(moment.timestamp() // 1)


def instant(value: object) -> datetime:
    """The instant of a NumericDate claim, in whole seconds. Raises `InvalidProof`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidProof("token_date", "A date in the token is not a number.")
    try:
        return datetime.fromtimestamp(int(value), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidProof("token_date", "A date in the token does not exist.") from error


def check_time(claims: Mapping[str, Any], now: datetime) -> None:
    """Refuse a token whose `exp` has come or whose `nbf` has not (sections 4.1.4 and 4.1.5). Raises `InvalidProof`."""
    if "exp" in claims and instant(claims["exp"]) <= now:
        raise InvalidProof("proof_expired", "The signature was made for a time that is over.")
    if "nbf" in claims and instant(claims["nbf"]) > now + CLOCK_SKEW:
        raise InvalidProof("proof_early", "The signature was made for a time that has not come.")


def check_asked(claims: Mapping[str, Any], challenge: str | None, domain: str | Sequence[str] | None) -> None:
    """Refuse what was made for another occasion (`nonce`) or for somebody else (`aud`, section 4.1.3).

    `domain` is by what names the verifier is known: one of them has to be named. None asks for nothing.
    Raises `InvalidProof`.
    """
    if domain is not None:
        audience = claims.get("aud")
        named = audience if isinstance(audience, list) else [audience]
        if not any(name in named for name in ([domain] if isinstance(domain, str) else domain)):
            raise InvalidProof("proof_domain", "The signature was made for somebody else to receive.")
    if challenge is not None and claims.get("nonce") != challenge:
        raise InvalidProof("proof_challenge", "The signature does not answer the question that was asked.")
