"""Cases hold text only. Wagtail's back office does not run without its files, so they are hidden and their addresses
absent (back_office_urls.py)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

FILES = ("wagtail.documents", "wagtail.images")
AFTER_OTHERS = 1000


@hooks.register("construct_main_menu", order=AFTER_OTHERS)
@hooks.register("construct_search", order=AFTER_OTHERS)
@hooks.register("construct_homepage_summary_items", order=AFTER_OTHERS)
def without_files(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if not type(item).__module__.startswith(FILES)]
