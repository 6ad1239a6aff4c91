"""Entries under `credentialStatus`."""

import pytest

from verifiable_badges.errors import InvalidStatusList, LimitExceeded, Unsupported
from verifiable_badges.status import Entry, entry, read_entries

LIST = "https://a.example/1"
TWO_BITS = ("pending_review", "accepted", "rejected", "undefined")


def read(*values) -> list[Entry]:
    return read_entries({"credentialStatus": list(values)})


def test_an_entry_holds_its_index_as_text():
    assert entry(LIST, 5) == {
        "id": "https://a.example/1#5",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "5",
        "statusListCredential": LIST,
    }


def test_an_entry_may_be_without_an_id():
    written = entry(LIST, 5, with_id=False)

    assert "id" not in written
    assert read(written) == [Entry("BitstringStatusListEntry", LIST, "revocation", 5)]


def test_an_entry_says_what_each_value_means():
    written = entry(LIST, 5, "message", messages=TWO_BITS, references=["https://a.example/words"])

    assert written["statusSize"] == 2
    assert written["statusMessage"][3] == {"status": "0x3", "message": "undefined"}
    assert written["statusReference"] == "https://a.example/words"
    (one,) = read(written)
    assert one.size == 2
    assert [one.message(value) for value in range(4)] == list(TWO_BITS)
    assert one.references == ("https://a.example/words",)


def test_one_bit_without_messages_is_set_or_unset():
    (one,) = read(entry(LIST, 5))

    assert (one.message(0), one.message(1)) == ("unset", "set")


def test_messages_are_known_by_their_status_and_not_by_their_order():
    written = entry(LIST, 5, "message", messages=TWO_BITS)
    written["statusMessage"].reverse()
    written["statusMessage"][0]["colour"] = "grey"

    assert read(written)[0].message(1) == "accepted"


@pytest.mark.parametrize("messages", [(), ("a",), ("a", "b", "c"), ("a",) * 5])
def test_entries_with_too_few_or_too_many_messages_are_not_written(messages):
    with pytest.raises(InvalidStatusList):
        entry(LIST, 5, "message", messages=messages)


def test_every_kind_of_entry_is_read():
    assert read(
        entry(LIST, 5, "suspension"),
        {**entry(LIST, 6), "type": ["StatusList2021Entry"]},
        {"id": "https://a.example/r", "type": "1EdTechRevocationList"},
    ) == [
        Entry("BitstringStatusListEntry", LIST, "suspension", 5),
        Entry("StatusList2021Entry", LIST, "revocation", 6),
        Entry("1EdTechRevocationList", "https://a.example/r", "revocation"),
    ]
    assert read_entries({}) == []


def changed(**changes) -> dict:
    return {**entry(LIST, 5), **changes}


def told(*messages, size=1) -> dict:
    return changed(statusSize=size, statusMessage=[{"status": status, "message": text} for status, text in messages])


MALFORMED = {
    "no object": "https://a.example/1#5",
    "no purpose": changed(statusPurpose=""),
    "several purposes": changed(statusPurpose=["revocation"]),
    "an index that is a number": changed(statusListIndex=5),
    "an index that is true": changed(statusListIndex=True),
    "a negative index": changed(statusListIndex="-1"),
    "an index with a zero before it": changed(statusListIndex="05"),
    "an index of other digits": changed(statusListIndex="\u0665"),
    "an index in hexadecimal": changed(statusListIndex="0x5"),
    "an index with a space": changed(statusListIndex="5 "),
    "a list that is no address": changed(statusListCredential="1"),
    "a list that is a file": changed(statusListCredential="file:///etc/passwd"),
    "a list that is an object": changed(statusListCredential={"id": LIST}),
    "an id that is the list's": changed(id=LIST),
    "an id that is a number": changed(id=5),
    "a size of 0": changed(statusSize=0),
    "a size that is text": changed(statusSize="1"),
    "a size that is true": changed(statusSize=True),
    "a size that is broken": changed(statusSize=1.5),
    "a size beyond measure": changed(statusSize=10**9),
    "a size without messages": changed(statusSize=2),
    "messages that are no list": changed(statusMessage={"status": "0x0", "message": "a"}),
    "no message": told(),
    "one message of two": told(("0x0", "a")),
    "two messages of four": told(("0x0", "a"), ("0x1", "b"), size=2),
    "two messages for one value": told(("0x1", "a"), ("0x1", "b")),
    "a message for no value": told(("0x0", "a"), ("0x2", "b")),
    "a status without its 0x": told(("0", "a"), ("1", "b")),
    "a status that is a number": told((0, "a"), (1, "b")),
    "a message that is no text": told(("0x0", "a"), ("0x1", 1)),
    "a message that is no object": changed(statusMessage=["a", "b"]),
    "a reference that is no address": changed(statusReference="words"),
    "a reference that is no text": changed(statusReference=[7]),
    "an old entry without its list": {"type": "StatusList2021Entry", "statusPurpose": "revocation"},
    "an old entry with a number": {**changed(statusListIndex=5), "type": "StatusList2021Entry"},
    "a revocation list without address": {"type": "1EdTechRevocationList"},
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_entries_are_refused(name):
    with pytest.raises(InvalidStatusList):
        read(MALFORMED[name])


@pytest.mark.parametrize("kind", ["RevocationList2020Status", "", None, 7])
def test_another_kind_of_entry_cannot_be_judged(kind):
    with pytest.raises(Unsupported):
        read({**entry(LIST, 1), "type": kind})


def test_too_many_entries_are_not_followed():
    with pytest.raises(LimitExceeded):
        read(*[entry(LIST, 1)] * 9)
