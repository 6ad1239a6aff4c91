"""What mails would say now, and the links in them."""

from __future__ import annotations

import re

from phereclos.ledger import mail
from phereclos.ledger.models import StagedMail


def staged(kind: str) -> list[StagedMail]:
    return list(StagedMail.objects.filter(kind=kind).order_by("pk"))


def written(row: StagedMail) -> mail.Mail:
    text = mail._writers[row.kind](**row.references)
    assert text is not None
    return text


def path_in(text: mail.Mail) -> str:
    """The path of the first link of this site."""
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", text.body)
    assert found, text.body
    return found[1]
