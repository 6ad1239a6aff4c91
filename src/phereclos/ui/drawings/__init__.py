"""Drawings made from records: pure functions that return an SVG; colours come from the sheets by class."""

from phereclos.ui.drawings.hull import hull
from phereclos.ui.drawings.members import Member
from phereclos.ui.drawings.network import network
from phereclos.ui.drawings.soundings import Sounding, soundings

__all__ = ["Member", "Sounding", "hull", "network", "soundings"]
