"""What stands on a certificate: one sheet, above its line the person and the deed, below it how a stranger can check it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Certificate:
    """`deed` may have paragraphs; a line break in `issuer_note` or a signature is kept; `qr` is an SVG with its own label."""

    issuer: str
    holder: str
    title: str
    deed: str
    badge_src: str
    badge_alt: str
    address: str
    issuer_note: str = ""
    setting: str = ""
    signatures: Sequence[str] = ()
    not_proved: Sequence[str] = ()
    qr: SafeString | str = ""

    @property
    def long(self) -> bool:
        """Whether the name needs a smaller size to leave room for the deed."""
        return len(self.holder) > 26
