"""What the first start does: make the operator, keep the settings, found the first organisation."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from phereclos.accounts.models import Person
from phereclos.badges.models import Issuer
from phereclos.configuration import ConfigurationError, read, write_settings
from phereclos.ledger import audit
from phereclos.mail_url import settings_from_url
from phereclos.setup.models import OperatorLink

LINK_LIVES = timedelta(days=2)


class LinkUsed(Exception):
    """Used, replaced, too old or never printed: all the same to whoever asks."""


def operators() -> QuerySet[Person]:
    """Who runs this installation. The demonstration's operator is a part somebody plays."""
    return Person.objects.filter(is_superuser=True, is_active=True, is_demonstration=False)


def operator_exists() -> bool:
    return operators().exists()


@transaction.atomic
def make_operator_link() -> str:
    """A new one-time token; earlier unused ones end. To be printed, never stored."""
    token = secrets.token_urlsafe(32)
    OperatorLink.objects.filter(used_at=None).delete()
    OperatorLink.objects.create(digest=_digest(token))
    return token


def link_is_good(token: str) -> bool:
    return not operator_exists() and _usable(token).exists()


@transaction.atomic
def make_operator(*, token: str, email: str, name: str) -> Person:
    """Turn the link into the operator's account. Raises LinkUsed; of two at once one wins."""
    link = _usable(token).select_for_update(no_key=True).first()
    if link is None or operator_exists():
        raise LinkUsed
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    person = Person.objects.create_superuser(email, name=name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    audit.record(who=person, verb="setup.make_operator", what=person)
    return person


@transaction.atomic
def keep_settings(*, operator: Person, data_dir: Path, values: dict[str, str]) -> None:
    """Write public address and mail server beside the data; the supervisor starts again with them.

    Raises ConfigurationError, and keeps nothing, when the site could not start with them or its address is fixed.
    """
    _check_address(values["PUBLIC_URL"])
    settings_from_url(read(changed=values).email_url)
    audit.record(who=operator, verb="setup.keep_settings", what="settings", details={"names": sorted(values)})
    write_settings(data_dir, values)


def _check_address(public_url: str) -> None:
    """Badges name the address they were signed under for ever, so it stays once somebody can sign."""
    signed_under = set(Issuer.objects.values_list("public_url", flat=True))
    if signed_under and public_url not in {*signed_under, settings.PUBLIC_URL}:
        raise ConfigurationError(
            _("Badges are signed under %(url)s, so the public address stays.") % {"url": min(signed_under)}
        )


def _usable(token: str):  # type: ignore[no-untyped-def]
    return OperatorLink.objects.filter(digest=_digest(token), used_at=None, made_at__gte=timezone.now() - LINK_LIVES)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
