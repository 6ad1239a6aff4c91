"""Which addresses there are: followed from the doors of the running site, so that a new page is looked at by itself.

One address for each name in the table of addresses (two cases are one page), found first by a stranger and then by
people of the demonstration.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx
from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve

DOORS = ("/", "/ui/", "/verify/", "/accounts/login/", "/demonstration/people/", "/me/")
# Each of these is a text of its own behind one name.
EACH = {"about", "wagtail_serve"}
# Where these stand in the query, it is the same page: the next rows of a list, the way back after sign-in.
SAME_PAGE = {"page", "next"}
# Its states stand side by side on it.
ONE_STATE = {"ui:gallery"}
NOT_OURS = ("/back-office/", "/static/", "/media/", "/ui/site.")
PEOPLE = 6
MOST = 400


@dataclass(frozen=True, slots=True)
class Address:
    """A page found, by whom, and the cookies that open it. `name` is its name in the table of addresses."""

    name: str
    path: str
    who: str
    cookies: tuple[tuple[str, str], ...] = ()

    @property
    def is_public(self) -> bool:
        return not self.cookies


def addresses(site: str) -> list[Address]:
    """Every page of the running demonstration, one for each name."""
    seen: set[str] = set()
    found: list[Address] = []
    with httpx.Client(base_url=site, timeout=60) as stranger:
        found += _follow(stranger, "a stranger", seen)
        people = _people(stranger)
    for number, name in people:
        with httpx.Client(base_url=site, timeout=60) as client:
            _sign_in(client, number)
            found += _follow(client, name, seen)
    return found


def _follow(client: httpx.Client, who: str, seen: set[str]) -> Iterator[Address]:
    waiting = deque(DOORS)
    cookies = tuple(sorted((cookie.name, cookie.value or "") for cookie in client.cookies.jar))
    opened = 0
    visited: set[str] = set()
    while waiting and opened < MOST:
        path = waiting.popleft()
        key = _key(path)
        # A signed-in person walks through known pages too, for the links behind them, but each kind once.
        if key is None or key in visited:
            continue
        visited.add(key)
        answer = client.get(path, follow_redirects=False)
        opened += 1
        if answer.is_redirect:
            waiting.append(_within(str(client.base_url), str(answer.headers["location"]), path) or "/")
            continue
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        if key not in seen:
            seen.add(key)
            yield Address(key, path, who, cookies)
        waiting.extend(_links(str(client.base_url), path, answer.text))


def _links(site: str, here: str, text: str) -> Iterable[str]:
    for link in BeautifulSoup(text, "lxml").select("a[href]:not([download])"):
        path = _within(site, str(link["href"]), here)
        if path and not path.startswith(NOT_OURS):
            yield path


def _within(site: str, href: str, here: str) -> str | None:
    absolute = urlsplit(urljoin(f"{site.rstrip('/')}{here}", href))
    if absolute.netloc != urlsplit(site).netloc:
        return None
    return absolute.path + (f"?{absolute.query}" if absolute.query else "")


def _key(path: str) -> str | None:
    """The name of the page behind an address; with a query it is another state of it, looked at too."""
    parts = urlsplit(path)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return parts.path  # a dead link: it is looked at like a page, and its 404 is found there
    name = match.view_name or parts.path
    fields = {part.split("=")[0] for part in parts.query.split("&") if part} - SAME_PAGE
    if name in ONE_STATE:
        return name
    return ":".join([name, *([parts.path] if name in EACH else []), *sorted(fields)])


def _people(client: httpx.Client) -> list[tuple[int, str]]:
    """The first few invented people, each of another organisation."""
    page = BeautifulSoup(client.get("/demonstration/people/").text, "lxml")
    people: dict[str, tuple[int, str]] = {}
    for task in page.select(".task"):
        form = task.select_one("form")
        role = task.select_one("p")
        if form and role:
            number = int(str(form["action"]).rstrip("/").rsplit("/", 1)[1])
            people.setdefault(role.get_text(), (number, role.get_text()))
    return list(people.values())[:PEOPLE]


def _sign_in(client: httpx.Client, number: int) -> None:
    page = BeautifulSoup(client.get("/demonstration/people/").text, "lxml")
    token = page.select_one("input[name=csrfmiddlewaretoken]")
    assert token is not None
    sent = {"csrfmiddlewaretoken": str(token["value"])}
    answer = client.post(f"/demonstration/people/{number}/", data=sent, headers={"referer": str(client.base_url)})
    assert answer.status_code == 302, answer.status_code
