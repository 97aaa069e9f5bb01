"""What a user says of all reports of a run: the currency of a bare sign, the scale of bare money, their period."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.context.scales import factor_of
from pipeline.context.words import words_of
from pipeline.model import Figure
from pipeline.patterns import lazy
from pipeline.rulebook import Rulebook
from pipeline.rulebook.shapes import Unit

# Signs and words that several currencies share; what is printed must be one of them alone.
_SHARED = (
    (r"\$|dollars?", "USD AUD CAD NZD HKD SGD TWD JMD FJD NAD BSD BBD BZD TTD"),
    (r"¥", "CNY JPY"),
    (r"rs\.?|rupees?|₨", "INR PKR LKR NPR MUR SCR"),
    (r"£|pounds?", "GBP EGP LBP SYP SDG"),
    (r"kr|krone[rn]?|kronor|krona|crowns?", "SEK NOK DKK ISK CZK"),
    (r"pesos?", "MXN ARS CLP COP PHP CUP DOP UYU"),
    (r"francs?", "CHF XOF XAF RWF BIF DJF GNF KMF"),
    (r"dinars?", "KWD BHD JOD IQD RSD DZD TND LYD"),
    (r"riyals?|rials?", "SAR QAR OMR IRR YER"),
    (r"shillings?", "KES UGX TZS SOS"),
)
_PERIOD = lazy(r"(?:FY)?(?:1[89]|20)\d\d(?:-(?:Q[1-4]|H[12]|(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?))?")
_NUMBER = lazy(r"[\d.,\s()'-]+|\b(?:hundred|thousand|million|billion|trillion|lakh|crore)s?\b")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a report does not say: an ISO 4217 code, a multiplier or number, a period. Empty: nothing."""

    currency: str = ""
    scale: str = ""
    period: str = ""

    def __str__(self) -> str:
        return f"{self.currency}|{self.scale}|{self.period}" if self != Defaults() else ""


def problem_of(defaults: Defaults, book: Rulebook) -> str:
    """What is wrong with the defaults, in words for who gave them; empty if nothing is."""
    known = {unit.name if unit.symbol is None else unit.symbol for unit in book.of(Unit) if unit.dimension == "money"}
    if defaults.currency and defaults.currency not in known | set(" ".join(codes for _, codes in _SHARED).split()):
        return f"currency {defaults.currency!r} is not known; give an ISO 4217 code such as CNY"
    if defaults.scale and factor_of(defaults.scale, words_of(book)) is None:
        return f"scale {defaults.scale!r} is not known; give a word such as thousand or million, or a number"
    if defaults.period and not _PERIOD.fullmatch(defaults.period):
        return f"period {defaults.period!r} is not known; write 2009, 2009-10, 2009-10-31, 2009-Q3, 2009-H1 or FY2009"
    return ""


def in_currency(view: str, figure: Figure, currency: str) -> Figure:
    """The figure in the default currency, if its sign or word is one that this currency shares."""
    if not currency or figure.dimension != "money" or figure.unit == currency:
        return figure
    sign = _NUMBER.sub(" ", view[figure.start : figure.end].lower()).strip()
    shares = any(re.fullmatch(signs, sign) and currency in codes.split() for signs, codes in _SHARED)
    return replace(figure, unit=currency) if shares else figure
