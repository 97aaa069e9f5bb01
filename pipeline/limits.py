"""How long a number in digits may be, and what is said of those that are longer: they are skipped, none is cut."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Skip

# Above these no limit can be raised: sums, products and powers of such numbers are still worked out at once.
MOST_DIGITS = 100
MOST_EXPONENT = 100
_DIGITS, _POWER = "skips.too-many-digits", "skips.too-large-power"


@dataclass(frozen=True, slots=True)
class Limits:
    """The digits that a number may have, and the power of ten, up or down, that may stand beside them (`1.5e30`)."""

    digits: int = 30
    exponent: int = 30

    def __str__(self) -> str:
        return f"{self.digits}|{self.exponent}" if self != USUAL else ""


USUAL = Limits()


class BeyondLimit(ValueError):
    """A number up to `end` that could be read, were it not beyond a limit. `skip` names the rule that skips it."""

    def __init__(self, skip: str, end: int) -> None:
        super().__init__(skip)
        self.skip, self.end = skip, end


TOO_MANY_DIGITS, TOO_LARGE_POWER = (rule.partition(".")[2] for rule in (_DIGITS, _POWER))


def not_read(skips: Iterable[Skip], limits: Limits) -> str:
    """Which numbers a limit kept from being read, and what to raise; empty for none."""
    beyond: dict[str, list[Skip]] = {_DIGITS: [], _POWER: []}
    for skip in skips:
        if skip.rule in beyond:
            beyond[skip.rule].append(skip)
    told = (
        _told(beyond[_DIGITS], f"more than {limits.digits} digits", "digits", limits.digits < MOST_DIGITS),
        _told(beyond[_POWER], f"a power beyond {limits.exponent}", "exponent", limits.exponent < MOST_EXPONENT),
    )
    return "; ".join(filter(None, told))


def _told(skips: list[Skip], what: str, option: str, may_be_raised: bool) -> str:
    if not skips:
        return ""
    count, place = len(skips), f"at character {skips[0].start:,}"
    who = f"a number with {what} {place}" if count == 1 else f"{count:,} numbers with {what}, the first {place},"
    mend = f"raise {option} to read {'it' if count == 1 else 'them'}" if may_be_raised else f"{option} goes no higher"
    return f"{who} {'was' if count == 1 else 'were'} skipped: {mend}"
