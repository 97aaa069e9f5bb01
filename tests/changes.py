"""Changes of a report that change no verdict: all money a thousandfold, places renamed, sections in another order.

Each takes a Reading and gives the changed text; `verdicts` is what must stay the same. For tests and for `.ci/long`.
"""

from __future__ import annotations

import re
from collections import Counter

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
