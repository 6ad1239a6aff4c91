"""What a credential says about its status: the entries under `credentialStatus`, written and read.

Bitstring Status List 1.0 section 2.1; StatusList2021 section 4.1; 1EdTech Revocation List (Open Badges 3.0 up to 1.2).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verifiable_badges.errors import InvalidStatusList, LimitExceeded, Unsupported
from verifiable_badges.limits import MAX_STATUS_ENTRIES
from verifiable_badges.status.bitstring import MAX_SIZE
from verifiable_badges.structure import as_list, types

BITSTRING, LIST_2021, REVOCATION_LIST = "BitstringStatusListEntry", "StatusList2021Entry", "1EdTechRevocationList"

_INDEX = re.compile(r"0|[1-9]\d{0,39}", re.ASCII)
_STATUS = re.compile(r"0x[0-9a-fA-F]{1,16}", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.ASCII)
_REFERENCE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `address` is where its list lies; `messages` says what each value means, {} if the entry does not."""

    kind: str
    address: str
    purpose: str
    index: int = 0
    size: int = 1
    messages: Mapping[int, str] | None = None
    references: tuple[str, ...] = ()

    def message(self, value: int) -> str:
        """What `value` means; without messages of its own, 0 is "unset" and 1 "set" (section 2.1)."""
        return (self.messages or {0: "unset", 1: "set"})[value]


def entry(
    list_url: str,
    index: int,
    purpose: str = "revocation",
    *,
    messages: Sequence[str] = (),
    references: Sequence[str] = (),
    with_id: bool = True,
) -> dict[str, Any]:
    """The `credentialStatus` of a credential whose value is at `index` in the list at `list_url` (section 2.1).

    `messages` are the meanings of the values 0, 1, 2…; there are 2, 4, 8… of them, which is what decides how many bits
    the value has. The message "undefined" keeps a value for later. Raises `InvalidStatusList`.
    """
    written: dict[str, Any] = {"id": f"{list_url}#{index}"} if with_id else {}
    written |= {"type": BITSTRING, "statusPurpose": purpose, "statusListIndex": str(index)}
    if messages:
        written["statusSize"] = len(messages).bit_length() - 1
        written["statusMessage"] = [
            {"status": hex(value), "message": message} for value, message in enumerate(messages)
        ]
    elif purpose == "message":
        raise InvalidStatusList("status_message", "A status of the purpose “message” needs its messages.")
    if references:
        written["statusReference"] = references[0] if len(references) == 1 else list(references)
    written["statusListCredential"] = list_url
    read_entry(written)
    return written


def read_entries(credential: Mapping[str, Any]) -> list[Entry]:
    """Every entry of a credential. Raises `InvalidStatusList` for a malformed one, `Unsupported` for another kind."""
    return [read_entry(value) for value in entry_values(credential)]


def entry_values(credential: Mapping[str, Any]) -> list[Any]:
    """What stands under `credentialStatus`, as a list of limited length."""
    values = as_list(credential.get("credentialStatus"))
    if len(values) > MAX_STATUS_ENTRIES:
        raise LimitExceeded("status_too_many", f"The badge names more than {MAX_STATUS_ENTRIES} lists.")
    return values


def read_entry(value: Any) -> Entry:
    """One entry. Errors as `read_entries`."""
    if not isinstance(value, dict):
        raise _malformed()
    kinds = types(value)
    if BITSTRING in kinds:
        return _read_bitstring(value)
    if LIST_2021 in kinds:
        return Entry(LIST_2021, *_place(value), _index(value))
    if REVOCATION_LIST in kinds:
        return Entry(REVOCATION_LIST, _address(value.get("id")), "revocation")
    raise Unsupported(
        "status_type", f"The issuer keeps its withdrawals in a way that is not known here: {', '.join(kinds)[:60]}"
    )


def _read_bitstring(value: Mapping[str, Any]) -> Entry:
    address, purpose = _place(value)
    identifier = value.get("id")
    if identifier is not None and (not isinstance(identifier, str) or identifier == address):
        raise _malformed()
    size = value.get("statusSize", 1)
    if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= MAX_SIZE:
        raise InvalidStatusList("status_size", "The badge's note on its status names an impossible size.")
    references = as_list(value.get("statusReference"))
    if not all(isinstance(one, str) and _REFERENCE.fullmatch(one) for one in references):
        raise _malformed()
    return Entry(BITSTRING, address, purpose, _index(value), size, _messages(value, size), tuple(references))


def _place(value: Mapping[str, Any]) -> tuple[str, str]:
    """The list's address and the purpose."""
    purpose = value.get("statusPurpose")
    if not isinstance(purpose, str) or not purpose:
        raise _malformed()
    return _address(value.get("statusListCredential")), purpose


def _address(address: object) -> str:
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        raise _malformed()
    return address


def _index(value: Mapping[str, Any]) -> int:
    """A base-10 text without sign or leading zeros; whether the list is that long, only the list can tell."""
    text = value.get("statusListIndex")
    if not isinstance(text, str) or not _INDEX.fullmatch(text):
        raise InvalidStatusList("status_index", "The badge's place in the list of withdrawn badges is not a number.")
    return int(text)


def _messages(value: Mapping[str, Any], size: int) -> dict[int, str] | None:
    """The meaning of every value. JSON-LD keeps no order, so `status` counts and not the place in the array."""
    if "statusMessage" not in value:
        if size > 1:
            raise _badly_told()
        return None
    listed = value["statusMessage"]
    if not isinstance(listed, list) or len(listed) != 1 << size:
        raise _badly_told()
    told: dict[int, str] = {}
    for one in listed:
        status, message = (one.get("status"), one.get("message")) if isinstance(one, Mapping) else (None, None)
        if not isinstance(status, str) or not _STATUS.fullmatch(status) or not isinstance(message, str):
            raise _badly_told()
        told[int(status, 16)] = message
    if len(told) != len(listed) or max(told) != len(listed) - 1:
        raise _badly_told()
    return told


def _malformed() -> InvalidStatusList:
    return InvalidStatusList("status_entry", "The badge's note on its status is malformed.")


def _badly_told() -> InvalidStatusList:
    return InvalidStatusList("status_message", "The badge's note on its status does not say what each value means.")
