"""Looking at pages of the knowledge base."""

from __future__ import annotations

import re

from django.test import Client


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def text_of(html: str) -> str:
    """The words of the main part, without tags."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def heads(html: str) -> list[str]:
    return re.findall(r'<h3 class="as-h3"><a href="/knowledge/([^/]+)/"', html)
