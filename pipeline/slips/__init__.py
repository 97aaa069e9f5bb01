"""Slips of the pen: the one that explains a printed number, and the numbers that a slip makes of it."""

from pipeline.slips.found import Slip, chance, explained, slip
from pipeline.slips.likely import Explained, likely
from pipeline.slips.made import MADE, Made, slipped

__all__ = ["MADE", "Explained", "Made", "Slip", "chance", "explained", "likely", "slip", "slipped"]
