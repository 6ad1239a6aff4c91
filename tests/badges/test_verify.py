"""`/verify/`: what is handed in, however hostile, is answered with a report or a plain refusal."""

from __future__ import annotations

import base64
import json
import math
import random
import struct
import zlib
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import httpcore
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from phereclos.badges import actions, documents, pictures
from phereclos.badges.fetching import Fetcher
from phereclos.badges.models import FetchedDocument
from phereclos.badges.verification import World, verify_input
from phereclos.badges.wording import told
from tests.badges.conftest import Bench
from tests.badges.test_fetching import OK, PUBLIC, Network
from tests.cast import Cast
from verifiable_badges import Outcome, issue
from verifiable_badges.keys import SigningKey, did_document, did_key, did_key_method
from verifiable_badges.model import Achievement, AchievementCredential, BitstringStatusListCredential, Criteria, Profile
from verifiable_badges.status import StatusList, entry


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    from django.core.cache import cache

    cache.clear()


def check(client: Client, data: bytes | str, name: str = "badge") -> Any:
    if isinstance(data, bytes):
        return client.post("/verify/", {"file": SimpleUploadedFile(name, data)})
    return client.post("/verify/", {"given": data})


def test_the_form_needs_no_cookie_and_no_script(client: Client) -> None:
    page = client.get("/verify/")

    assert page.status_code == 200
    assert not page.cookies
    assert b'<script type="module"' in page.content


def test_a_badge_is_genuine_as_file_picture_text_and_link(bench: Bench, client: Client) -> None:
    award = bench.give()
    data = bytes(award.credential)
    link = documents.address(award.get_absolute_url())
    for given in (data, pictures.baked_png(award), pictures.baked_svg(award), data.decode(), link, f"{link[:-1]}.json"):
        answer = check(client, given)
        assert answer.status_code == 200
        assert "Genuine" in answer.content.decode()
        assert "7 passed" in answer.content.decode()


def test_a_link_to_this_site_is_checked_by_opening_it_and_a_foreign_one_waits(bench: Bench, client: Client) -> None:
    award = bench.give()
    own = client.get("/verify/", {"link": documents.address(award.get_absolute_url())})
    foreign = client.get("/verify/", {"link": "https://elsewhere.example.org/badge"})

    assert "Genuine" in own.content.decode()
    assert "elsewhere.example.org" in foreign.content.decode()
    assert "Check by check" not in foreign.content.decode()


def test_a_withdrawn_badge_is_genuine_but_withdrawn(bench: Bench, client: Client) -> None:
    award = bench.give()
    actions.revoke_award(award=award, by=bench.dora, why="mistake")

    assert "Genuine, but withdrawn" in check(client, bytes(award.credential)).content.decode()


def test_no_badge_with_a_changed_byte_passes(bench: Bench) -> None:
    data = bytes(bench.give().credential)
    dice = random.Random(87)
    for _ in range(60):
        place = dice.randrange(len(data))
        changed = data[:place] + bytes([data[place] ^ (1 << dice.randrange(7))]) + data[place + 1 :]
        assert verify_input(changed, now=timezone.now()).verdict is not Outcome.PASSED


def test_a_child_s_closed_badge_is_not_found_by_its_link_and_verifies_by_its_file(bench: Bench, cast: Cast) -> None:
    number = actions.create_passports(organisation=cast.school, count=1, by=cast.bob, once="v")[0]
    award = bench.give_child(number)
    link = documents.address(award.get_absolute_url())

    assert verify_input(link, now=timezone.now()).check("readable").code == "not_here"
    assert (
        verify_input(
            f"{django_settings.PUBLIC_URL}/badges/awards/{'0' * 8}-0000-4000-8000-{'0' * 12}/", now=timezone.now()
        )
        .check("readable")
        .code
        == "not_here"
    )
    assert verify_input(bytes(award.credential), now=timezone.now()).verdict is Outcome.PASSED


def png(*chunks: tuple[bytes, bytes], size: tuple[int, int] = (1, 1)) -> bytes:
    header = struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0)
    made = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", header), *chunks):
        made += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return made


BOMB = zlib.compress(b"0" * 60_000_000, 9)
HOSTILE: dict[str, bytes] = {
    "empty": b" ",
    "html": b"<!doctype html><html><script>alert(1)</script></html>",
    "pdf": b"%PDF-1.7",
    "zip": b"PK\x03\x04" + b"0" * 100,
    "jpeg": b"\xff\xd8\xff\xe0",
    "noise": random.Random(1).randbytes(5000),
    "list": b"[]",
    "number": b"1",
    "depth": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "list depth": b'{"a":' + b"[" * 100_000,
    "keys": b"{" + b",".join(b'"k%d":1' % n for n in range(100_000)) + b"}",
    "digits": b'{"a":' + b"9" * 1_000_000 + b"}",
    "infinity": b'{"a":1e999999}',
    "nan": b'{"a":NaN}',
    "surrogate": b'{"a":"\\ud800"}',
    "duplicate": b'{"type":"A","type":"B"}',
    "null byte": b'{"a":"\x00"}',
    "utf-16": '{"a":1}'.encode("utf-16"),
    "png cut": b"\x89PNG\r\n\x1a\n",
    "png length": b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 0x7FFFFFFF) + b"IHDR",
    "png crc": png((b"IEND", b""))[:-1] + b"x",
    "png pixels": png((b"IEND", b""), size=(60_000, 60_000)),
    "png without badge": png((b"IEND", b"")),
    "png chunks": png(*((b"tIME", b"") for _ in range(20_000)), (b"IEND", b"")),
    "png bomb": png((b"iTXt", b"openbadgecredential\0\1\0\0\0" + BOMB), (b"IEND", b"")),
    "png with html": png((b"iTXt", b"openbadgecredential\0\0\0\0\0<html>"), (b"IEND", b"")),
    "svg entities": b'<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
    "svg external": b'<!DOCTYPE svg SYSTEM "http://127.0.0.1/x.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>',
    "svg deep": b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 10_000,
    "svg plain": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "jwt none": b"eyJhbGciOiJub25lIn0.e30.",
    "jwt hs256": b"eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
    "jwt noise": b"eyJ.eyJ.eyJ",
    "open badge 2": b'{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}',
    "inline context": b'{"@context":[{"name":"http://x"}],"type":["VerifiableCredential","OpenBadgeCredential"]}',
    "types": b'{"@context":1,"type":{"a":[]},"issuer":[],"credentialSubject":"x","proof":7}',
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_gets_an_answer_and_never_passes(client: Client, name: str) -> None:
    answer = check(client, HOSTILE[name], name="badge.png")

    assert answer.status_code in {200, 422}
    assert "<h1>Genuine" not in answer.content.decode()
    assert b"<script>alert" not in answer.content


def test_nothing_given_is_asked_for_again_with_its_reason(client: Client) -> None:
    answer = client.post("/verify/", {})

    assert answer.status_code == 422
    assert "Choose a file, or paste" in answer.content.decode()


def test_what_is_too_large_is_refused_before_it_is_read(client: Client) -> None:
    answer = client.post("/verify/", data=b"x" * 100, content_type="text/plain", CONTENT_LENGTH="11000000")
    lying = client.post("/verify/", data=b"x", content_type="text/plain", CONTENT_LENGTH="many")
    large = check(client, b"x" * 5_020_000)

    assert (answer.status_code, lying.status_code, large.status_code) == (413, 413, 422)
    assert "larger than 5 MB" in answer.content.decode()


def test_a_visitor_checks_only_so_often(client: Client) -> None:
    answers = [client.post("/verify/", {"given": "x"}).status_code for _ in range(31)]

    assert answers[:30] == [422] * 30
    assert answers[30] == 429


def test_programs_get_the_report_as_json(bench: Bench, client: Client) -> None:
    data = bytes(bench.give().credential).decode()
    answer = client.post("/verify/", {"given": data}, headers={"accept": "application/json"})

    assert answer.json()["verdict"] == "passed"


def test_a_badge_s_own_words_are_quoted_and_escaped(client: Client) -> None:
    key = SigningKey.from_seed(bytes(range(32)))
    made = foreign_badge(key, name="<script>alert(1)</script> Genuine")
    answer = check(client, made.replace(b"Knots", b"knots"))

    text = answer.content.decode()
    assert "<script>alert" not in text
    assert "<h1>Not genuine</h1>" in text


# Other people's badges, over a network that the test plays

NOW = timezone.now().replace(microsecond=0)


def foreign_badge(
    key: SigningKey, *, did: str = "", name: str = "Knot maker", status: dict[str, Any] | None = None
) -> bytes:
    issuer = did or did_key(key.public)
    method = f"{did}#{key.public.multibase}" if did else did_key_method(key.public)
    achievement = Achievement(
        id="urn:uuid:2f7a2b64-50f7-4c55-9d53-2c1a52f1a7b5",
        name=name,
        description="Six knots.",
        criteria=Criteria("Knots."),
    )
    badge = AchievementCredential(
        id="urn:uuid:0d4f4d3c-2ad6-4e4e-9a3c-3f8f5a1f7f10", issuer=Profile(issuer, name="Invented Harbour Museum"),
        valid_from=NOW - timedelta(days=1), subject_id="urn:uuid:6a1d2c86-0c0d-4b66-8a3e-8d3b9d0c4f0e",
        achievement=achievement, status=status,
    )  # fmt: skip
    return issue(badge.to_json(), key=key, verification_method=method, created=NOW - timedelta(days=1))


def http(body: bytes) -> list[bytes]:
    return [OK + body]


def fetcher_for(answer: Callable[[str], list[bytes]]) -> tuple[Fetcher, list[str]]:
    """Each name has an address of its own, and is answered by name."""
    names: dict[str, str] = {}
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        names[host] = f"93.184.215.{len(names) + 1}" if host not in names else names[host]
        asked.append(host)
        network.answers[names[host]] = answer(host)
        return [names[host]]

    network = Network({})
    return Fetcher(names=resolve, network=network), asked


KEY = SigningKey.from_seed(bytes(range(1, 33)))
DID = "did:web:museum.example.org"
LIST = "https://lists.example.org/1"


def status_list(key: SigningKey = KEY, did: str = DID, withdrawn: int | None = None, **more: Any) -> bytes:
    bits = StatusList()
    if withdrawn is not None:
        bits.set(withdrawn)
    document = BitstringStatusListCredential(
        id=LIST, issuer=did, valid_from=NOW - timedelta(hours=1), status_list=bits, **more
    ).to_json()
    return issue(document, key=key, verification_method=f"{did}#{key.public.multibase}", created=NOW)


def report_with(list_bytes: bytes | None, *, keys: list[SigningKey] | None = None):
    held = [key.public for key in (keys or [KEY])]

    def answer(host: str) -> list[bytes]:
        if host == "museum.example.org":
            return http(json.dumps(did_document(DID, held, held[0])).encode())
        return http(list_bytes) if list_bytes is not None else [b"HTTP/1.1 404 No\r\n\r\n"]

    fetcher, asked = fetcher_for(answer)
    badge = foreign_badge(KEY, did=DID, status=entry(LIST, 7))
    return verify_input(badge, now=NOW, fetcher=fetcher), asked


def test_a_foreign_badge_is_checked_through_its_issuer_s_documents() -> None:
    report, asked = report_with(status_list())

    assert report.verdict is Outcome.PASSED
    assert set(asked) == {"museum.example.org", "lists.example.org"}
    assert FetchedDocument.objects.count() == 2


def test_what_was_fetched_is_kept_for_a_while_and_no_longer_than_it_says() -> None:
    report_with(status_list(ttl=0))
    kept = {row.address: row.expires_at - row.fetched_at for row in FetchedDocument.objects.all()}

    assert kept[LIST] == timedelta(0)
    assert kept["https://museum.example.org/.well-known/did.json"] == timedelta(seconds=300)
    _, asked = report_with(status_list(withdrawn=7))
    assert asked == ["lists.example.org"]


def test_a_list_with_a_ttl_of_a_century_is_kept_five_minutes() -> None:
    report_with(status_list(ttl=10**14))

    assert all(row.expires_at - row.fetched_at <= timedelta(seconds=300) for row in FetchedDocument.objects.all())


@pytest.mark.parametrize(
    ("lying", "expected"),
    [
        (None, Outcome.UNKNOWN),
        (b"not json", Outcome.UNKNOWN),
        (status_list(withdrawn=7), Outcome.FAILED),
        (status_list().replace(b"BitstringStatusListCredential", b"BitstringStatusListCredentiaL"), Outcome.UNKNOWN),
        (status_list(key=SigningKey.from_seed(bytes(32))), Outcome.UNKNOWN),
        (status_list(valid_until=NOW - timedelta(minutes=1)), Outcome.UNKNOWN),
    ],
)
def test_a_status_list_that_lies_or_is_missing_never_passes(lying: bytes | None, expected: Outcome) -> None:
    report, _ = report_with(lying)

    assert report.check("status").outcome is expected
    assert report.verdict is expected


def test_an_issuer_whose_document_shows_another_key_fails() -> None:
    report, _ = report_with(status_list(), keys=[SigningKey.from_seed(bytes(32))])

    assert report.check("proof").outcome is Outcome.FAILED


def test_an_issuer_that_cannot_be_reached_is_could_not_be_checked_in_plain_words() -> None:
    network = Network({}, fails=httpcore.ConnectError("refused"))
    fetcher = Fetcher(names=lambda host, port: [PUBLIC], network=network)
    report = verify_input(foreign_badge(KEY, did=DID), now=NOW, fetcher=fetcher)

    assert report.verdict is Outcome.UNKNOWN
    assert told(report).verdict == "Not checked to the end"
    assert any("could not be reached" in check.sentence for check in told(report).checks)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1"])
def test_no_address_in_a_badge_leads_inside(host: str) -> None:
    network = Network({})
    fetcher = Fetcher(network=network)
    status = entry(f"http://{host}/status/1", 3)
    for given in (foreign_badge(KEY, status=status), f"http://{host}/badge".encode()):
        assert verify_input(given, now=NOW, fetcher=fetcher).verdict is Outcome.UNKNOWN
    assert network.asked == []


def test_a_link_leads_to_a_foreign_badge_and_not_to_another_link() -> None:
    badge = foreign_badge(KEY)
    found, _ = fetcher_for(lambda host: http(badge))
    turning, _ = fetcher_for(lambda host: http(b"https://elsewhere.example.org/b"))

    assert verify_input("https://museum.example.org/b", now=NOW, fetcher=found).verdict is Outcome.PASSED
    assert (
        verify_input("https://museum.example.org/b", now=NOW, fetcher=turning).check("readable").code == "link_to_link"
    )


def test_a_token_s_own_addresses_are_never_fetched() -> None:
    header = {"alg": "EdDSA", "jku": "https://museum.example.org/keys", "x5u": "https://museum.example.org/c"}
    part = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
    fetcher, asked = fetcher_for(lambda host: http(b"{}"))
    report = verify_input(f"{part}.e30.AAAA", now=NOW, fetcher=fetcher)

    assert report.verdict is not Outcome.PASSED
    assert asked == []


def test_one_victim_is_asked_a_few_times_a_minute_at_most() -> None:
    from phereclos.badges.verification import allowance

    fetcher, _ = fetcher_for(lambda host: [b"HTTP/1.1 404 No\r\n\r\n"])
    guarded = Fetcher(names=fetcher.names, network=fetcher.network, allowance=allowance)
    codes = [
        verify_input(f"https://victim.example.org/{n}", now=NOW, fetcher=guarded).checks[0].code for n in range(20)
    ]

    assert codes.count("not_found_there") <= 10
    assert codes[-1] == "asked_too_often"


def test_a_badge_signed_with_a_stolen_key_passes_only_from_our_log_before_the_theft(cast: Cast, settings) -> None:
    from phereclos.badges import achievements, keyring
    from phereclos.badges.models import Achievement as Row

    settings.PUBLIC_URL = "https://cluster.example.org"
    achievements.load()
    issuer = actions.become_issuer(organisation=cast.museum, by=cast.charlie)
    tide = Row.objects.get(slug="tide-watcher")
    actions.adopt_achievement(issuer=issuer, achievement=tide, by=cast.charlie)
    award = Bench(issuer, tide, cast.charlie).give(at=timezone.now() - timedelta(days=3))
    key = award.key
    actions.mark_key_stolen(issuer=issuer, key=key, since=timezone.now() - timedelta(days=1), by=cast.charlie)
    forged = json.loads(bytes(award.credential))
    forged.pop("proof")
    forged["name"] = "Forged"
    forgery = keyring.sign(forged, key=key, at=timezone.now())

    good, bad = verify_input(bytes(award.credential), now=timezone.now()), verify_input(forgery, now=timezone.now())
    assert good.verdict is Outcome.PASSED
    assert good.check("key").code == "key_stolen_later"
    assert bad.check("key").code == "key_stolen"
    assert bad.verdict is Outcome.FAILED


@pytest.mark.parametrize("given", ['{"a":1}', '{"type":"FeatureCollection"}', "eyJhbGciOiJFZERTQSJ9.e30.AAAA"])
def test_what_is_no_badge_at_all_is_called_so_and_nothing_of_it_passes(client: Client, given: str) -> None:
    page = check(client, given).content.decode()

    assert "<h1>This is not a badge</h1>" in page
    for words in ("Still valid?", "Withdrawn?", "Can it be read?"):
        assert words not in page


def test_a_self_made_key_vouches_for_no_name_and_an_issuer_of_this_site_is_named_from_our_rows(
    bench: Bench, client: Client
) -> None:
    stranger = check(client, foreign_badge(KEY)).content.decode()
    ours = check(client, bytes(bench.give().credential)).content.decode()

    assert "<h1>Genuine</h1>" in stranger
    assert "known only by a key" in stranger
    assert "did give this badge" not in stranger
    assert f"{bench.issuer.name.replace(chr(39), '&#x27;')}, an issuer of this site, gave it." in ours


def test_a_mailbox_to_compare_with_a_badge_that_names_none_is_a_note(bench: Bench, client: Client, cast: Cast) -> None:
    number = actions.create_passports(organisation=cast.school, count=1, by=cast.bob, once="n")[0]
    data = bytes(bench.give_child(number).credential).decode()
    page = client.post("/verify/", {"given": data, "mailbox": "a@example.org"}).content.decode()

    assert "<h1>Genuine</h1>" in page
    assert "nothing to compare with" in page


def test_an_https_site_signs_as_did_web_and_answers_its_own_document_from_its_rows(
    cast: Cast, client: Client, settings
) -> None:
    from phereclos.badges import achievements
    from phereclos.badges.models import Achievement as Row

    settings.PUBLIC_URL = "https://cluster.example.org"
    settings.ALLOWED_HOSTS = ["testserver"]
    achievements.load()
    issuer = actions.become_issuer(organisation=cast.museum, by=cast.charlie)
    tide = Row.objects.get(slug="tide-watcher")
    actions.adopt_achievement(issuer=issuer, achievement=tide, by=cast.charlie)
    data = bytes(Bench(issuer, tide, cast.charlie).give().credential)
    did = f"did:web:cluster.example.org:badges:issuers:{issuer.slug}"
    signed = json.loads(data)
    published = client.get(f"/badges/issuers/{issuer.slug}/did.json").json()
    network = Network({})
    report = verify_input(data, now=timezone.now(), fetcher=Fetcher(network=network))

    assert signed["issuer"]["id"] == published["id"] == did
    assert signed["proof"]["verificationMethod"] in {method["id"] for method in published["verificationMethod"]}
    assert report.verdict is Outcome.PASSED
    assert network.asked == []


def test_a_method_that_no_key_could_have_is_asked_of_no_row(bench: Bench, client: Client) -> None:
    """PostgreSQL refuses to look for a NUL."""
    document = json.loads(bytes(bench.give().credential))
    document["proof"]["verificationMethod"] += "\x00"
    assert check(client, json.dumps(document)).status_code == 200
    assert verify_input(json.dumps(document), now=timezone.now()).verdict is not Outcome.PASSED


def test_a_refused_file_is_not_said_to_be_still_there(client: Client) -> None:
    page = check(client, b"x" * 5_020_000).content.decode()

    assert page.count("larger than 5 MB") == 1
    assert "still here" not in page


def test_of_a_file_and_a_text_the_page_says_which_was_read(bench: Bench, client: Client) -> None:
    data = bytes(bench.give().credential)
    both = client.post("/verify/", {"file": SimpleUploadedFile("badge.json", data), "given": "words"})

    assert "Only the file was read" in both.content.decode()
    assert "Only the file was read" not in check(client, data).content.decode()


def test_a_third_check_that_must_ask_outside_comes_again_later(bench: Bench) -> None:
    codes: list[str] = []

    def code(others: int) -> str:
        """Of a check; while it waits for a name, `others` more begin, each within the one before."""

        def resolve(host: str, port: int) -> list[str]:
            if others:
                codes.append(code(others - 1))
            raise OSError("no such name")

        return verify_input("https://one.example.org/", now=NOW, fetcher=Fetcher(names=resolve)).checks[0].code

    assert code(2) == "name_unknown"
    assert codes == ["busy", "name_unknown"]
    assert code(0) == "name_unknown"


def test_all_fetches_of_a_check_share_one_end() -> None:
    with closing(World(fetcher_for(lambda host: http(b"{}"))[0], NOW)) as world:
        ends = set()
        for name in ("one", "two"):
            world.fetch(f"https://{name}.example.org/")
            ends.add(world.fetcher.until)
    assert len(ends) == 1
    assert ends != {math.inf}


def hosted(host: str = "old.example.org") -> tuple[bytes, dict[str, dict[str, Any]]]:
    """A badge of Open Badges 2.0 as it is handed in, and what lies on its host."""
    context = {"@context": "https://w3id.org/openbadges/v2"}
    site = f"https://{host}"
    badge = context | {
        "id": f"{site}/1", "type": "Assertion", "badge": f"{site}/sailor", "issuedOn": "2020-01-01T00:00:00Z",
        "recipient": {"type": "email", "hashed": False, "identity": "a@example.org"},
        "verification": {"type": "HostedBadge"},
    }  # fmt: skip
    pages = {
        "/1": badge,
        "/sailor": context | {
            "id": f"{site}/sailor", "type": "BadgeClass", "name": "Old Sailor", "description": "Knots",
            "image": f"{site}/i.png", "criteria": {"narrative": "Six knots"}, "issuer": f"{site}/museum"},
        "/museum": context | {"id": f"{site}/museum", "type": "Issuer", "name": "Old Museum", "url": site},
    }  # fmt: skip
    return json.dumps(badge).encode(), pages


class Pages(Network):
    """Answers by path."""

    def connect_tcp(self, host: str, port: int, *rest: Any, **more: Any) -> httpcore.NetworkStream:
        return _ByPath(self.answers)


class _ByPath(httpcore.NetworkStream):
    def __init__(self, answers: dict[str, list[bytes]]) -> None:
        self._answers, self._left = answers, [b""]

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if buffer.startswith(b"GET "):
            self._left = list(self._answers[buffer.split()[1].decode()])

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._left.pop(0) if self._left else b""

    def start_tls(self, *rest: Any, **more: Any) -> httpcore.NetworkStream:
        return self

    def close(self) -> None:
        pass

    def get_extra_info(self, info: str) -> Any:
        return None


def test_a_badge_of_open_badges_2_is_asked_for_at_its_own_address() -> None:
    badge, pages = hosted()
    answers = {path: [OK + json.dumps(page).encode()] for path, page in pages.items()}
    fetcher = Fetcher(names=lambda host, port: [PUBLIC], network=Pages(answers))

    report = verify_input(badge, now=NOW, fetcher=fetcher)

    assert report.verdict is Outcome.PASSED, [(check.name, check.code, check.reason) for check in report.checks]
    assert (told(report).verdict, told(report).says["title"]) == ("Genuine", "Old Sailor")
    assert told(report).says["issuer"] == "Old Museum"


def test_a_badge_of_open_badges_2_whose_server_says_gone_is_withdrawn() -> None:
    badge, _ = hosted("gone.example.org")
    network = Pages({"/1": [b"HTTP/1.1 410 Gone\r\n\r\n"]})
    fetcher = Fetcher(names=lambda host, port: [PUBLIC], network=network)

    report = verify_input(badge, now=NOW, fetcher=fetcher)

    assert report.verdict is Outcome.FAILED
    assert told(report).verdict == "Withdrawn"


def test_a_credential_of_another_kind_is_genuine_and_said_to_be_no_badge(client: Client) -> None:
    from tests.verifiable_badges.verifying.makers import as_bytes, other_credential, signed_json

    page = check(client, as_bytes(signed_json(other_credential()))).content.decode()

    assert "Genuine, but not a badge" in page
    assert "A whole credential, and not a badge" in page
