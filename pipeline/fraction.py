"""The one exact number that every value is: `fractions.Fraction` as it stands in the library, computed in C.

`quicktions` computes, compares, hashes and pickles as the standard library does, and mixes with its fractions. But text
is read by the standard library: up to 1.24 `quicktions` reads "5" into a bytes object that all of the program shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction
else:
    import fractions

    import quicktions

    class _Made(type):
        """What makes `Fraction(…)` one of quicktions, and knows those for its own."""

        def __call__(cls, numerator=0, denominator=None):
            if isinstance(numerator, str):
                numerator = fractions.Fraction(numerator)
            return quicktions.Fraction(numerator, denominator)

        def __instancecheck__(cls, one):
            return isinstance(one, quicktions.Fraction | fractions.Fraction)

    class Fraction(metaclass=_Made):
        """An exact number: `Fraction(1, 3)`, `Fraction("0.5")`."""


__all__ = ["Fraction"]
