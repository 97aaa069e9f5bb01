"""What a user says of all reports of a run: the currency of a bare sign, the scale of bare money, their period."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.model import Figure

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
_NUMBER = re.compile(r"[\d.,\s()'-]+|\b(?:hundred|thousand|million|billion|trillion|lakh|crore)s?\b")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a report does not say: an ISO 4217 code, a multiplier or number, a period. Empty: nothing."""

    currency: str = ""
    scale: str = ""
    period: str = ""

    def __bool__(self) -> bool:
        return bool(self.currency or self.scale or self.period)


def in_currency(view: str, figure: Figure, currency: str) -> Figure:
    """The figure in the default currency, if its sign or word is one that this currency shares."""
    if not currency or figure.dimension != "money" or figure.unit == currency:
        return figure
    sign = _NUMBER.sub(" ", view[figure.start : figure.end].lower()).strip()
    shares = any(re.fullmatch(signs, sign) and currency in codes.split() for signs, codes in _SHARED)
    return replace(figure, unit=currency) if shares else figure
