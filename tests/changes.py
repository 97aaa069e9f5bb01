"""Changes of a report that change no verdict: all money a thousandfold, places renamed, sections in another order.

Each takes a Reading and gives the changed text; `verdicts` is what must stay the same. For tests and for `.ci/long`.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from pipeline.model import Claim, Reading

_MULTIPLIED = {"thousand": "million", "million": "billion", "billion": "trillion"}
_LAST_WORD = re.compile(r"[A-Za-z]+\s*\Z")
_LETTERS = "bcdfghklmnprstvz", "aeiou"

Verdict = tuple[str, str, tuple[tuple[str, str], ...]]


def verdicts(reading: Reading) -> Counter[Verdict]:
    """The kind and verdict of each check, with its figures by role and by their number in the report."""
    number = {claim.claim_id: str(n) for n, claim in enumerate(reading.claims)}
    found: Counter[Verdict] = Counter()
    for check in reading.checks:
        operands = tuple((o.role, number.get(o.ref, "@")) for o in check.relation.operands)
        found[check.relation.kind, check.verdict, operands] += 1
    return found


def said_within_sentences(reading: Reading) -> Counter[Verdict]:
    """The same of relations within a sentence, with the figures as they are printed: their places may change."""
    text = reading.report.text
    found: Counter[Verdict] = Counter()
    for check in reading.checks:
        if check.relation.scope == "sentence":
            operands = tuple((o.role, " ".join(text[o.start : o.end].split())) for o in check.relation.operands)
            found[check.relation.kind, check.verdict, operands] += 1
    return found


def money_a_thousandfold(reading: Reading) -> str | None:
    """All money with the next multiplier: `605 million yuan` → `605 billion yuan`.

    None where one cannot be written, and where the report says what one currency costs in another, or names bare
    numbers beside money: a thousandfold of those is another matter.
    """
    text = reading.report.text
    for relation in reading.relations:
        dimensions = {o.figure.dimension for o in relation.operands if o.figure is not None}
        if "money" in dimensions and (relation.kind == "conversion" or "" in dimensions):
            return None
    for claim in reversed(reading.claims):
        if claim.figure.dimension != "money":
            continue
        changed = _thousandfold(text, claim)
        if changed is None:
            return None
        text = changed
    return text


def _thousandfold(text: str, claim: Claim) -> str | None:
    figure = claim.figure
    if figure.number.manner != "digits" or figure.upper is not None:
        return None
    printed = text[figure.start : figure.number_end]
    word = _LAST_WORD.search(printed)
    if word is None:
        return text[: figure.number_end] + " thousand" + text[figure.number_end :] if printed[-1:].isdigit() else None
    next_one = _MULTIPLIED.get(word.group().strip().lower())
    if next_one is None:
        return None
    start = figure.start + word.start()
    return text[:start] + next_one + text[start + len(word.group().rstrip()) :]


def places_renamed(reading: Reading) -> str:
    """Each place by a name that nobody has, as long and as capital."""
    text = reading.report.text
    for place in sorted({claim.place for claim in reading.claims if claim.place}, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(place)}\b", " ".join(map(_invented, place.split(" "))), text)
    return text


def _invented(word: str) -> str:
    if not word.isalpha() or not word[0].isupper() or not word.isascii():
        return word
    letters = [_LETTERS[n % 2][(ord(char) * 7 + n) % len(_LETTERS[n % 2])] for n, char in enumerate(word.lower())]
    return "".join(letters).capitalize()


def sections_turned_round(reading: Reading) -> str:
    """The last section first."""
    pieces = [reading.report.text[section.start : section.end] for section in reading.sections]
    return "".join(piece if piece.endswith("\n") else piece + "\n" for piece in reversed(pieces))


# A unit, and the smaller one of which it is a thousand: `5.2 km` → `5.2 thousand metres`, with the same digits.
_THOUSAND_OF = {
    "km": "metres", "kilometres": "metres", "kilometers": "metres", "kg": "grams", "kilograms": "grams",
    "tonnes": "kilograms", "MW": "kilowatts", "GW": "megawatts", "MWh": "kWh", "GWh": "MWh", "kilotonnes": "tonnes",
}  # fmt: skip


def units_exchanged(reading: Reading) -> str:
    """Each quantity in a unit a thousand times smaller, with a thousand times the number and the digits as printed."""
    text = reading.report.text
    for claim in reversed(reading.claims):
        figure = claim.figure
        printed, unit = text[figure.start : figure.number_end], text[figure.number_end : figure.end].strip()
        smaller = _THOUSAND_OF.get(unit)
        if smaller is None or figure.number.manner != "digits" or figure.upper is not None or figure.per:
            continue
        word = _LAST_WORD.search(printed)
        larger = _MULTIPLIED.get(word.group().strip().lower()) if word else "thousand"
        if larger is not None and (word or printed[-1:].isdigit()):
            number = printed[: word.start()].rstrip() if word else printed
            text = f"{text[: figure.start]}{number} {larger} {smaller}{text[figure.end :]}"
    return text


# Words that point to another sentence, or to a list that stands in one.
_POINTS = re.compile(
    r"\b(?:that|this|these|those|its?|they|them|their|he|she|his|her|such|same|the (?:figure|total|number|"
    r"rest|remainder|increase|decrease|rise|fall)|another|others?|remain\w*|also|former|latter|both|respectively|all|"
    r"each|overall|together|more|fewer|further|again|compar\w+|which|there)\b",
    re.IGNORECASE,
)


def sentences_turned_round(reading: Reading) -> str:
    """Neighbours on one line that point to no other sentence, the last of them first."""
    text = reading.report.text
    runs: list[list[tuple[int, int]]] = [[]]
    for sentence in reading.sentences:
        said = text[sentence.start : sentence.end]
        beside = not runs[-1] or not text[runs[-1][-1][1] : sentence.start].strip(" ")
        whole = said[:1].isupper() and said.endswith(".") and "\n" not in said
        if not (beside and whole and not _POINTS.search(said)):
            runs.append([])
        if whole and not _POINTS.search(said):
            runs[-1].append((sentence.start, sentence.end))
    for run in reversed(runs):
        if len(run) > 1:
            turned = [text[start:end] for start, end in reversed(run)]
            gaps = [text[a:b] for (_, a), (b, _) in pairwise(run)] + [""]
            text = text[: run[0][0]] + "".join(s + g for s, g in zip(turned, gaps, strict=True)) + text[run[-1][1] :]
    return text


_DIGITS = re.compile(r"(?P<sign>[^\d]*)(?P<whole>\d[\d,]*)(?:\.(?P<decimals>\d+))?(?P<word>\s+[a-z]+)?\Z")


def money_tenfold(reading: Reading) -> str | None:
    """All money ten times as much, with its digits as printed: `60.5 million` → `605 million` → `6.05 billion`.

    None where `money_a_thousandfold` has none, and where a whole number ends in a nought: a figure so rounded has no
    tenfold that is rounded alike.
    """
    text = reading.report.text
    if money_a_thousandfold(reading) is None:
        return None
    for claim in reversed(reading.claims):
        figure = claim.figure
        if figure.dimension != "money":
            continue
        printed = _DIGITS.fullmatch(text[figure.start : figure.number_end])
        if printed is None:
            return None
        whole, decimals, word = printed["whole"].replace(",", ""), printed["decimals"] or "", printed["word"] or ""
        if decimals:
            whole, decimals = (whole + decimals[0]).lstrip("0") or "0", decimals[1:]
        elif whole.endswith("0"):
            return None
        else:
            word = " " + _MULTIPLIED.get(word.strip(), "") if word else " thousand"
            whole, decimals = whole[:-2] or "0", whole[-2:].rjust(2, "0")
        if word == " ":
            return None
        said = f"{printed['sign']}{int(whole):,}{'.' if decimals else ''}{decimals}{word}"
        text = text[: figure.start] + said + text[figure.number_end :]
    return text
