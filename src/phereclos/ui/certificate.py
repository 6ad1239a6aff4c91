"""What stands on a certificate: one sheet, above its line the person and the deed, below it how a stranger can check
it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Certificate:
    """`deed` may have paragraphs; line breaks in `issuer_note` and signatures are kept; `qr` is an SVG with a label."""

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
    withdrawn: str = ""  # since when it does not hold any more; then nothing says that it was earned

    @property
    def address_parts(self) -> list[str]:
        """The address in pieces that stay whole: a line may end before a slash and after a dash, nowhere else."""
        return [piece for piece in re.split(r"(?<!/)(?=/)|(?<=-)", self.address) if piece]

    @property
    def long(self) -> bool:
        """Whether the name needs a smaller size to leave room for the deed."""
        return len(self.holder) > 26
