"""Whether a badge is withdrawn: several entries and purposes, lists that lie, lists of other kinds."""

import base64
import gzip
import json
from datetime import timedelta

import pytest

from tests.verifiable_badges.makers import (
    FORGER_KEY,
    LIST,
    MUSEUM,
    MUSEUM_KEY,
    MUSEUM_WEB,
    NOW,
    World,
    changed,
    credential,
    sign,
    status_list,
    web_museum,
)
from verifiable_badges import verify
from verifiable_badges.json_text import write
from verifiable_badges.keys import did_key, did_key_method
from verifiable_badges.keys.multibase import base64url_encode
from verifiable_badges.proofs.data_integrity import add_proof
from verifiable_badges.status import StatusList, entry
from verifiable_badges.status.lists import FetchedList, ListCache

OTHER = "https://museum.example/status/2"
NEWS = "https://museum.example/status/news"
STATES = ("in review", "accepted", "refused", "undefined")


def badge(*entries) -> bytes:
    return sign(credential().to_json() | {"credentialStatus": entries[0] if len(entries) == 1 else list(entries)})


def values(size=1, **at) -> StatusList:
    bits = StatusList(size=size)
    for index, value in at.items():
        bits.set(int(index.removeprefix("_")), value)
    return bits


def status(data, lists=None, *, now=NOW, **options):
    """The check `status` in a world where these lists lie at their addresses."""
    world = World(lists=lists or {})
    report = verify(data, resolve=world.resolve, fetch=world.fetch_status, now=now, **options)
    return report.check("status")


def answer(*arguments, **options) -> tuple[str, str]:
    check = status(*arguments, **options)
    return check.outcome.value, check.code


PASSED, FAILED, UNKNOWN = "passed", "failed", "could not be checked"


# --- several entries and purposes -------------------------------------------------------------------------------------

TWO = (entry(LIST, 3), entry(OTHER, 4, "suspension"))


@pytest.mark.parametrize(
    ("revoked", "suspended", "expected"),
    [
        ((), (), (PASSED, "status")),
        ((3,), (), (FAILED, "revoked")),
        ((), (4,), (FAILED, "suspended")),
        ((3,), (4,), (FAILED, "revoked")),
        ((4,), (3,), (PASSED, "status")),
    ],
)
@pytest.mark.parametrize("entries", [TWO, TWO[::-1]])
def test_withdrawn_goes_before_suspended_in_either_order(entries, revoked, suspended, expected):
    lists = {LIST: status_list(revoked), OTHER: status_list(suspended, id=OTHER, purpose="suspension")}

    assert answer(badge(*entries), lists) == expected


def test_what_is_known_goes_before_what_could_not_be_found_out():
    assert answer(badge(*TWO), {LIST: status_list([3])}) == (FAILED, "revoked")
    assert answer(badge(*TWO), {OTHER: status_list([4], id=OTHER, purpose="suspension")}) == (FAILED, "suspended")
    assert answer(badge(*TWO), {LIST: status_list()}) == (UNKNOWN, "unreachable")


def test_a_malformed_entry_fails_unless_another_says_withdrawn():
    malformed = {**entry(OTHER, 4), "statusListIndex": "04"}

    assert answer(badge(malformed, entry(LIST, 3)), {LIST: status_list([3])}) == (FAILED, "revoked")
    assert answer(badge(entry(LIST, 3), malformed), {LIST: status_list()}) == (FAILED, "status_index")
    assert answer(badge(entry(LIST, 3), malformed), {}) == (FAILED, "status_index")


def test_a_suspended_badge_is_good_again_when_it_is_restored():
    suspended = badge(entry(LIST, 3, "suspension"))

    assert answer(suspended, {LIST: status_list([3], purpose="suspension")}) == (FAILED, "suspended")
    assert answer(suspended, {LIST: status_list([], purpose="suspension")}) == (PASSED, "status")


def test_one_list_may_serve_two_purposes():
    lists = {LIST: status_list([3], purpose=("revocation", "suspension"))}

    assert answer(badge(entry(LIST, 3)), lists) == (FAILED, "revoked")
    assert answer(badge(entry(LIST, 3, "suspension")), lists) == (FAILED, "suspended")
    assert answer(badge(entry(LIST, 4), entry(LIST, 3, "suspension")), lists) == (FAILED, "suspended")


def test_a_list_is_asked_for_once_and_so_is_a_silent_server():
    for lists in ({LIST: status_list()}, {}):
        world = World(lists=lists)
        world.verify(badge(entry(LIST, 3), entry(LIST, 4), entry(LIST, 5)))
        assert world.asked == [LIST]


def test_a_message_informs_and_fails_nothing():
    news = entry(NEWS, 9, "message", messages=STATES, references=["https://museum.example/words"])
    lists = {LIST: status_list(), NEWS: status_list(id=NEWS, purpose="message", status_list=values(2, _9=2))}
    check = status(badge(entry(LIST, 3), news), lists)

    assert (check.outcome.value, check.code) == (PASSED, "status_message")
    assert check.detail == {
        "messages": [
            {"list": NEWS, "status": "0x2", "message": "refused", "references": ["https://museum.example/words"]}
        ]
    }
    assert answer(badge(entry(LIST, 3), news), {**lists, LIST: status_list([3])}) == (FAILED, "revoked")


def test_a_newer_badge_is_told_of():
    renewed = badge(entry(LIST, 3), entry(NEWS, 9, "refresh"))
    news = {number: status_list([number], id=NEWS, purpose="refresh") for number in (8, 9)}

    assert status(renewed, {LIST: status_list(), NEWS: news[9]}).detail == {"refresh": True}
    assert answer(renewed, {LIST: status_list(), NEWS: news[9]}) == (PASSED, "status_refresh")
    assert answer(renewed, {LIST: status_list(), NEWS: news[8]}) == (PASSED, "status")


def test_the_verdict_does_not_wait_for_what_only_informs():
    check = status(badge(entry(LIST, 3), entry(NEWS, 9, "refresh")), {LIST: status_list()})

    assert (check.outcome.value, check.code) == (PASSED, "status")
    assert check.detail == {"not_read": [NEWS]}


def test_a_withdrawal_of_several_bits_says_which():
    why = entry(LIST, 3, messages=("stands", "by mistake", "by fraud", "undefined"))

    check = status(badge(why), {LIST: status_list(status_list=values(2, _3=2))})
    assert (check.code, check.detail) == ("revoked", {"list": LIST, "status": "0x2", "message": "by fraud"})
    assert answer(badge(why), {LIST: status_list(status_list=values(2, _2=3, _4=3))}) == (PASSED, "status")


def test_a_purpose_that_is_not_known_is_only_harmless_while_it_is_unset():
    own = badge(entry(LIST, 3, "museum.example/loan"))

    assert answer(own, {LIST: status_list(purpose="museum.example/loan")}) == (PASSED, "status")
    assert answer(own, {LIST: status_list([3], purpose="museum.example/loan")}) == (UNKNOWN, "status_purpose")


# --- lists that lie ---------------------------------------------------------------------------------------------------


def signed_twice(second_is_right: bool) -> bytes:
    """A list with the museum's proof and one of the forger's."""
    options = {"verification_method": did_key_method(FORGER_KEY.public), "created": NOW}
    document = add_proof(json.loads(status_list()), key=FORGER_KEY, **options)
    if not second_is_right:
        document["proof"][1]["proofValue"] = document["proof"][0]["proofValue"]
    return write(document)


def with_subject(**changes) -> bytes:
    """A list whose subject was written like this and signed."""

    def change(document):
        document["credentialSubject"].update(changes)
        document.pop("proof")

    return sign(json.loads(changed(status_list(), change)))


def with_members(**changes) -> bytes:
    document = json.loads(status_list()) | changes
    document.pop("proof")
    return sign({name: value for name, value in document.items() if value is not None})


def encoded(data: bytes) -> str:
    return "u" + base64url_encode(gzip.compress(data, mtime=0))


LYING = {
    "swapped for another of the issuer's": (status_list(id=OTHER), "status_list_other"),
    "for another purpose": (status_list(purpose="suspension"), "status_list_purpose"),
    "for no purpose": (with_subject(statusPurpose=[]), "status_list_purpose"),
    "by a stranger": (status_list(key=FORGER_KEY), "status_list_issuer_mismatch"),
    "by a stranger in his own name": (
        status_list(key=FORGER_KEY, issuer=did_key(FORGER_KEY.public)),
        "status_list_issuer_mismatch",
    ),
    "for a stranger": (status_list(issuer=did_key(FORGER_KEY.public)), "status_list_issuer"),
    "of which one proof does not hold": (signed_twice(False), "status_list_signature"),
    "too short to hide in": (with_subject(encodedList=encoded(bytes(1024))), "status_list_length"),
    "unpacking without end": (with_subject(encodedList=encoded(bytes(9 * 1024 * 1024))), "status_list_unreadable"),
    "without its prefix": (
        with_subject(encodedList=encoded(bytes(16384))[1:]),
        "status_list_status_encoding",
    ),
    "out of date": (status_list(valid_until=NOW - timedelta(seconds=1)), "status_list_stale"),
    "from the future": (status_list(valid_from=NOW + timedelta(minutes=6)), "status_list_early"),
    "with its own status on itself": (
        with_members(credentialStatus=entry(LIST, 7)),
        "status_list_status",
    ),
    "of another type": (with_members(type=["VerifiableCredential"]), "status_list_type"),
    "with two subjects": (with_members(credentialSubject=[{"id": "urn:a:1"}, {"id": "urn:a:2"}]), "status_list_type"),
    "with a life of less than nothing": (with_subject(ttl=-1), "status_list_ttl"),
    "with a life in words": (with_subject(ttl="300000"), "status_list_ttl"),
    "an Open Badges revocation list": (b'{"id":"%s","revokedCredential":[]}' % LIST.encode(), None),
    "a web page": (b"<html>", "status_list_unreadable"),
    "a link": (b"https://museum.example/status/1", "status_list_unreadable"),
}


@pytest.mark.parametrize("name", LYING)
def test_a_list_that_lies_is_not_believed(name):
    data, code = LYING[name]
    outcome, found = answer(badge(entry(LIST, 3)), {LIST: data})

    assert outcome == UNKNOWN
    assert code is None or found == code


def test_a_list_all_of_whose_proofs_hold_is_believed():
    assert answer(badge(entry(LIST, 3)), {LIST: signed_twice(True)}) == (PASSED, "status")


def test_a_list_may_be_without_an_id():
    assert answer(badge(entry(LIST, 3)), {LIST: with_members(id=None)}) == (PASSED, "status")


@pytest.mark.parametrize("index", [131_072, 10**30])
def test_a_place_outside_the_list_cannot_be_judged(index):
    assert answer(badge(entry(LIST, index)), {LIST: status_list()}) == (UNKNOWN, "status_index_outside")


def test_the_last_place_is_inside():
    assert answer(badge(entry(LIST, 131_071)), {LIST: status_list([131_071])}) == (FAILED, "revoked")


def test_a_list_that_is_long_enough_in_bits_may_be_too_short_in_entries():
    wide = entry(LIST, 3, messages=STATES)

    assert answer(badge(wide), {LIST: status_list()}) == (UNKNOWN, "status_list_length")


def test_a_list_that_names_itself_as_its_status_is_asked_for_once():
    world = World(lists={LIST: LYING["with its own status on itself"][0]})
    world.verify(badge(entry(LIST, 3)))

    assert world.asked == [LIST]


def test_a_fetcher_that_kept_a_list_for_too_long_is_noticed():
    class Kept(World):
        age = timedelta(0)

        def fetch_status(self, address):
            return FetchedList(super().fetch_status(address), NOW - self.age)

    def after(age, data):
        world = Kept(lists={LIST: data})
        world.age = age
        return world.verify(badge(entry(LIST, 3))).check("status").code

    five_minutes = status_list(ttl=300_000)
    assert after(timedelta(minutes=5), five_minutes) == "status"
    assert after(timedelta(minutes=5, seconds=1), five_minutes) == "status_list_ttl_over"
    assert after(timedelta(days=100), status_list(ttl=None)) == "status"
    assert after(timedelta(0), status_list(ttl=0)) == "status"
    assert after(timedelta(seconds=1), status_list(ttl=0)) == "status_list_ttl_over"


def test_a_list_signed_with_a_key_that_had_ended_is_not_believed():
    def answer_with(**dates):
        document = web_museum()
        document["verificationMethod"][0].update(dates)
        method = document["verificationMethod"][0]["id"]
        data = sign(credential().to_json() | {"issuer": {"id": MUSEUM_WEB, "type": ["Profile"]}}, method=method)
        signed_before = json.loads(data) | {"credentialStatus": entry(LIST, 3)}
        signed_before.pop("proof")
        early = NOW - timedelta(days=2)
        made = add_proof(signed_before, key=MUSEUM_KEY, verification_method=method, created=early)
        unsigned = json.loads(status_list(issuer=MUSEUM_WEB))
        unsigned.pop("proof")
        world = World(documents={MUSEUM_WEB: document}, lists={LIST: sign(unsigned, method=method)})
        return world.verify(write(made)).check("status").code

    assert answer_with() == "status"
    assert answer_with(revoked="2026-05-03T12:00:00Z") == "status_list_key_ended"
    assert answer_with(expires="2026-05-03T12:00:00Z") == "status_list_key_ended"


# --- lists of other kinds ---------------------------------------------------------------------------------------------


def as_token(data: bytes, key=MUSEUM_KEY) -> bytes:
    document = json.loads(data)
    document.pop("proof")
    head = write({"alg": "EdDSA", "typ": "vc+jwt", "kid": did_key_method(key.public)})
    parts = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in (head, write(document)))
    return parts + b"." + base64.urlsafe_b64encode(key.sign(parts)).rstrip(b"=")


def test_a_list_may_be_a_token():
    assert answer(badge(entry(LIST, 3)), {LIST: as_token(status_list([3]))}) == (FAILED, "revoked")
    assert answer(badge(entry(LIST, 3)), {LIST: as_token(status_list())}) == (PASSED, "status")
    assert answer(badge(entry(LIST, 3)), {LIST: as_token(status_list(), FORGER_KEY)})[0] == UNKNOWN


def test_a_list_is_out_of_date_once_the_signature_of_its_token_is():
    def list_until(moment):
        document = json.loads(status_list()) | {"validUntil": "2030-01-01T00:00:00Z"}
        return as_token(write(document | {"exp": int(moment.timestamp())}))

    assert answer(badge(entry(LIST, 3)), {LIST: list_until(NOW + timedelta(days=1))}) == (PASSED, "status")
    assert answer(badge(entry(LIST, 3)), {LIST: list_until(NOW - timedelta(days=1))}) == (UNKNOWN, "status_list_stale")


STATUS_LIST_2021 = "https://w3id.org/vc/status-list/2021/v1"


def badge_2021(index=3) -> bytes:
    document = credential().to_json()
    document["@context"].append(STATUS_LIST_2021)
    return sign(document | {"credentialStatus": {**entry(LIST, index), "type": "StatusList2021Entry"}})


def list_2021(*withdrawn, key=MUSEUM_KEY, length=131_072, **changes) -> bytes:
    bits = bytearray(length // 8)
    for index in withdrawn:
        bits[index // 8] |= 0x80 >> index % 8
    document = {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            STATUS_LIST_2021,
            "https://w3id.org/security/data-integrity/v2",
        ],
        "id": LIST,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": MUSEUM,
        "issuanceDate": "2026-05-01T00:00:00Z",
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "StatusList2021",
            "statusPurpose": "revocation",
            "encodedList": base64.b64encode(gzip.compress(bytes(bits))).decode(),
        },
    }
    return sign(document | changes, key)


def test_lists_of_2021_are_read():
    assert answer(badge_2021(), {LIST: list_2021(3)}) == (FAILED, "revoked")
    assert answer(badge_2021(), {LIST: list_2021(2, 4)}) == (PASSED, "status")
    assert answer(badge_2021(), {}) == (UNKNOWN, "unreachable")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (list_2021(key=FORGER_KEY), "status_list_issuer_mismatch"),
        (list_2021(length=1024), "status_list_length"),
        (list_2021(expirationDate="2026-05-04T11:59:59Z"), "status_list_stale"),
        # `null` is not signed: whoever sends an old list again may add it.
        (list_2021(expirationDate="2026-05-04T11:59:59Z")[:-1] + b',"validUntil":null}', "status_list_stale"),
        (status_list(), "status_list_type"),
    ],
)
def test_lists_of_2021_obey_the_same_rules(data, code):
    assert answer(badge_2021(), {LIST: data}) == (UNKNOWN, code)


def test_a_list_of_2021_does_not_answer_for_a_bitstring_entry():
    assert answer(badge(entry(LIST, 3)), {LIST: list_2021()}) == (UNKNOWN, "status_list_type")


REVOCATIONS = "https://museum.example/revocations"


def badge_1edtech() -> bytes:
    document = credential().to_json()
    document["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    return sign(document | {"credentialStatus": {"id": REVOCATIONS, "type": "1EdTechRevocationList"}})


def revocations(*entries, **changes) -> bytes:
    return write({"id": REVOCATIONS, "issuer": MUSEUM, "revokedCredential": list(entries), **changes})


def test_the_unsigned_list_of_1edtech_is_read():
    identifier = credential().to_json()["id"]
    check = status(
        badge_1edtech(), {REVOCATIONS: revocations({"id": identifier, "revocationReason": "Never tied a knot."})}
    )

    assert (check.outcome.value, check.code) == (FAILED, "revoked")
    assert check.detail == {"list": REVOCATIONS, "reason": "Never tied a knot."}
    assert answer(badge_1edtech(), {REVOCATIONS: revocations()}) == (PASSED, "status")
    assert answer(badge_1edtech(), {}) == (UNKNOWN, "unreachable")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (revocations(issuer="https://b.example"), "status_list_issuer"),
        (revocations(id="https://museum.example/other"), "status_list_other"),
        (b"{}", "status_list_form"),
        (b"<html>", "status_list_unreadable"),
        (b'{"id":1,"id":2}', "status_list_unreadable"),
    ],
)
def test_an_odd_list_of_1edtech_proves_nothing(data, code):
    assert answer(badge_1edtech(), {REVOCATIONS: data}) == (UNKNOWN, code)


# --- proving once for many --------------------------------------------------------------------------------------------


def test_a_cache_spares_the_proof_and_gives_the_same_answers(monkeypatch):
    from verifiable_badges.status import lists

    proved = []
    plain = lists.prove_list
    monkeypatch.setattr(lists, "prove_list", lambda *arguments: proved.append(1) or plain(*arguments))
    cache = ListCache()
    at = {LIST: status_list([3])}

    for index in (2, 3, 4):
        expected = (FAILED, "revoked") if index == 3 else (PASSED, "status")
        assert answer(badge(entry(LIST, index)), at, status_cache=cache) == expected
    assert (len(proved), len(cache)) == (1, 1)


def test_a_cache_never_answers_for_another_issuer_purpose_or_time():
    cache = ListCache()
    data = status_list(valid_until=NOW + timedelta(hours=1))
    foreign = sign(
        credential().to_json()
        | {
            "issuer": {"id": did_key(FORGER_KEY.public), "type": ["Profile"]},
            "credentialStatus": entry(LIST, 3),
        },
        FORGER_KEY,
    )

    assert answer(badge(entry(LIST, 3)), {LIST: data}, status_cache=cache) == (PASSED, "status")
    assert answer(foreign, {LIST: data}, status_cache=cache) == (UNKNOWN, "status_list_issuer_mismatch")
    assert answer(badge(entry(LIST, 3, "suspension")), {LIST: data}, status_cache=cache)[1] == "status_list_purpose"
    assert answer(badge(entry(OTHER, 3)), {OTHER: data}, status_cache=cache)[1] == "status_list_other"
    late = NOW + timedelta(hours=2)
    assert answer(badge(entry(LIST, 3)), {LIST: data}, status_cache=cache, now=late)[1] == "status_list_stale"
    assert len(cache) == 1


def test_a_cache_keeps_no_list_that_was_not_proved():
    cache = ListCache()
    forged = changed(status_list([3]), lambda d: d["credentialSubject"].update(ttl=7))

    assert answer(badge(entry(LIST, 3)), {LIST: forged}, status_cache=cache)[0] == UNKNOWN
    assert len(cache) == 0


def test_a_cache_is_bounded_and_drops_what_was_used_least():
    world = World()
    first, second, third = (status_list([index]) for index in (1, 2, 3))
    cache = ListCache(max_bytes=2 * 16_384)
    for data in (first, second, first, third):
        cache.prove(data, world.resolve)
    assert len(cache) == 2

    kept = cache.prove(first, world.resolve)
    assert kept is cache.prove(first, world.resolve)
    assert ListCache(max_bytes=1).prove(first, world.resolve).bits == kept.bits
