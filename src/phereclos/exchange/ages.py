"""The age groups people choose from, and the two numbers a need or offer keeps of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

BANDS = ((3, 6), (7, 9), (10, 12), (13, 15), (16, 19))


def value_of(band: tuple[int, int]) -> str:
    return f"{band[0]}-{band[1]}"


CHOICES = [(value_of(band), f"{band[0]}–{band[1]}") for band in BANDS]
_BAND_OF = {value_of(band): band for band in BANDS}


def span(values: Iterable[str]) -> tuple[int | None, int | None]:
    """From the youngest to the oldest of the chosen groups; (None, None) when none is chosen."""
    bands = [_BAND_OF[value] for value in values if value in _BAND_OF]
    return (min(low for low, _ in bands), max(high for _, high in bands)) if bands else (None, None)


def groups(youngest: int | None, oldest: int | None) -> list[str]:
    """The groups that have at least one year of the span."""
    if youngest is None or oldest is None:
        return []
    return [value_of(band) for band in BANDS if band[0] <= oldest and youngest <= band[1]]
