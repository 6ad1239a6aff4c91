"""An issuer's private keys: made, sealed, opened to sign. The only module that holds one in the open."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from phereclos.badges import identities, sealing
from phereclos.badges.models import Issuer, IssuerKey
from verifiable_badges.issuing import issue
from verifiable_badges.keys import SigningKey

PURPOSE = "issuer key"


def new_key(issuer: Issuer, at: datetime) -> IssuerKey:
    """A fresh key pair, sealed and saved as the issuer's active key; the one before must be retired already."""
    key = SigningKey.generate(os.urandom)
    public = key.public.multibase
    return IssuerKey.objects.create(
        issuer=issuer,
        did=identities.identity(public_url=settings.PUBLIC_URL, slug=issuer.slug, key=key.public),
        public_multibase=public,
        sealed=sealing.seal(key.seed, secret=settings.KEY_SECRET, purpose=PURPOSE, belongs_to=public),
        created_at=at,
    )


def opened(key: IssuerKey) -> SigningKey:
    """The private key. Raises SealBroken when KEY_SECRET is another one; no new key is made in its place."""
    seed = sealing.unseal(
        bytes(key.sealed), secret=settings.KEY_SECRET, purpose=PURPOSE, belongs_to=key.public_multibase
    )
    return SigningKey.from_seed(seed)


def sign(document: Mapping[str, Any], *, key: IssuerKey, at: datetime, secret: SigningKey | None = None) -> bytes:
    """The signed bytes. `secret` spares opening the key again for each of many."""
    return issue(document, key=secret or opened(key), verification_method=key.verification_method, created=at)
