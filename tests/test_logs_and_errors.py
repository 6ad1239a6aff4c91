"""What goes wrong is told in pages of ours, and the log says where without telling what (threats 110, 163)."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from phereclos.ledger import mail
from tests.test_who_may import patterns
from tests.who_may_world import World, make_world

pytestmark = pytest.mark.django_db
HERE = bytes(Path(__file__).resolve().parent.parent)
TALK = (b"Traceback", b"Django", b"urlpatterns", HERE, b"site-packages", b"SELECT ", b"SECRET", b"settings.")


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def lines() -> Any:
    """Everything that is logged, as the console writes it."""

    class Keep(logging.Handler):
        def __init__(self) -> None:
            super().__init__()
            self.written: list[str] = []

        def emit(self, record: logging.LogRecord) -> None:
            self.written.append(self.format(record))

    keep = Keep()
    logging.getLogger().addHandler(keep)
    yield keep.written
    logging.getLogger().removeHandler(keep)


def prefixes() -> set[str]:
    """The first part of every address."""
    return {route.split("/")[0].split("<")[0] for _name, _pattern, route in patterns()} - {""}


@pytest.mark.parametrize("prefix", sorted(prefixes() - {"healthz", "readyz"}))
def test_each_prefix_apologises_in_our_words(prefix: str) -> None:
    """Threat 110: with one heading and a number to quote, and nothing about the machine."""
    answers = [
        Client().get(f"/{prefix}/there-is/no-such-page/"),
        Client(enforce_csrf_checks=True).post(f"/{prefix}/", {"a": "b"}),
        Client().get(f"/{prefix}/", headers={"Host": "evil.example"}),
    ]
    for answer in answers:
        if answer.status_code >= 400:
            assert answer.content.count(b"<h1") == 1
            assert not [word for word in TALK if word in answer.content], answer.status_code
            assert answer.headers["Content-Type"].startswith("text/html")


def test_a_mistake_of_ours_tells_a_number_and_nothing_else(monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("SECRET words of the inside")

    monkeypatch.setattr("phereclos.clusters.access.visible_cluster_or_404", broken)
    answer = Client(raise_request_exception=False).get("/clusters/tarnhaven/")

    assert answer.status_code == 500
    assert answer.content.count(b"<h1") == 1
    assert not [word for word in TALK if word in answer.content]


def test_no_link_number_mailbox_or_text_stands_in_the_log(world: World, lines: list[str]) -> None:
    """Threat 163: links that are refused, expired or wrongly filled in are just as secret as good ones."""
    secrets = []
    for name, key in (
        ("exchange:answer", "answer_link"), ("exchange:date", "date_link"), ("exchange:object", "object_link"),
        ("exchange:stop-mails", "stop_link"), ("organisations:invitation", "invitation"),
        ("clusters:join_by_link", "cluster_invitation"), ("badges:claim", "claim"), ("setup:operator", "operator"),
    ):  # fmt: skip
        token = world.key[key]
        secrets += [token, f"{token[:-1]}x"]
        for one in (token, f"{token[:-1]}x"):
            path = reverse(name, args=[one])
            for client in (Client(), world.browser("bob"), Client(enforce_csrf_checks=True)):
                client.get(path)
                client.post(path, {"choice": "canary choice", "answer": "canary answer"})
                client.put(path)
    Client().post("/badges/passport/", {"number": world.row["number"]})
    Client().post("/badges/passport/", {"number": "0000-0000-0000-0000"})
    Client().post("/accounts/login/", {"email": "canary@example.org"})
    world.browser("alice").post("/exchange/needs/new/", {"title": "canary title", "question": "canary question"})
    for staged in mail.due():
        mail.send(staged)
    written = "\n".join(lines)

    assert lines, "refusals are logged"
    assert [secret for secret in [*secrets, "canary", world.row["number"]] if secret in written] == []
    assert "@example.org" not in written


def test_cookies_of_a_public_site_are_bound_to_it(tmp_path: Path) -> None:
    """Threat 109: read in a process of its own, for settings are read once."""
    environment = {
        "PUBLIC_URL": "https://cluster.example.org", "DATA_DIR": str(tmp_path), "SECRET_KEY": "s" * 50,
        "KEY_SECRET": "k" * 50, "EMAIL_URL": "smtp+tls://mail.example.org:587",
        "EMAIL_FROM": "Cluster <cluster@example.org>",
    }  # fmt: skip
    names = "SESSION_COOKIE_NAME CSRF_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY"
    program = f"from phereclos import settings as s; print([getattr(s, name) for name in {names.split()}])"
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)

    assert said.stdout.strip() == "['__Host-session', '__Host-csrf', True, True, True]", said.stderr


def test_a_line_of_the_log_cannot_be_forged(lines: list[str]) -> None:
    Client().get("/nothing%0A2026-11-24 00:00:00 INFO phereclos: all is well/")

    assert lines
    assert not any("\n" in line for line in lines)


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "Origin"])
def test_mails_name_this_site_whatever_the_headers_say(world: World, header: str) -> None:
    """Threat 107."""
    value = "host=evil.example" if header == "Forwarded" else "//evil.example/"
    client = Client(headers={header: value})
    client.post("/accounts/login/", {"email": world.cast.alice.person.email})
    client.post("/accounts/signup/", {"email": "new@example.org", "name": "New"})
    for staged in mail.due():
        mail.send(staged)

    assert len(outbox.outbox) > 2
    assert not any("evil" in f"{message.subject}{message.body}{message.extra_headers}" for message in outbox.outbox)
