"""The subjects of a sentence's figures, one after another: what a figure takes over from the one before it.

`Sales fell from 19.8% to 18.7%`, `605 million, 120 million more than before`, `A and B were 5 and 6 tons respectively`,
`that in 2008 was`, `the former`, `the latter`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.context import subjects
from pipeline.context.assign import listed
from pipeline.context.periods import Period
from pipeline.context.words import Words
from pipeline.model import Figure
from pipeline.patterns import lazy

# Between two figures of one subject stand only words of comparison and of time.
_SAME = lazy(
    r"(?:\W|\d|\b(?:to|from|in|of|by|at|for|compared|with|than|that|those|the|it|was|were|a|an|and|or|prior"
    r"|previous|last|same"
    r"|year|years|quarter|month|half|period|ago|earlier|before|up|down|increase|decrease|growth|rise|fall"
    r"|drop|decline"
    r"|reduction|rate|more|less|fewer|higher|lower|over|ended|ending|end|during|about|approximately|some"
    r"|nearly|only|which"
    r"|is|fiscal|first|second|third|fourth|on|january|february|march|april|may|june|july|august|september"
    r"|october|november"
    r"|december|versus|against|increasing|decreasing|rising|falling|increased|decreased|rose|fell|grew"
    r"|dropped|declined"
    r"|respectively|net|annual|year-on-year)\b){0,24}"
)
_COMPARED = ("change", "percent", "points", "prior", "level")
_THAT = lazy(r"\s*(?:That|The figure)(?: (?:in|of|for)\b[^,;]{0,40})? (?:was|were|reached|stood at|came to)\b")
_TO_COMMA = lazy(r"(?: [a-z ]{0,40})?(?=,)")
_FORMER = lazy(r"\bthe (former|latter)\b", re.IGNORECASE)
_SHARED = lazy(r"(?P<shared>.+? (?:of|for|in|to|from)) (?P<first>.+)")


def subjects_of(
    text: str,
    view: str,
    start: int,
    end: int,
    figures: Sequence[Figure],
    roles: Sequence[str],
    periods: Sequence[Period],
    before: Sequence[str],
    words: Words,
) -> list[str]:
    """The subject of each figure of one sentence; `before` are the subjects of the sentence before it."""
    shared = _in_turn(view, start, end, figures, periods, words)
    known = [subject for subject in dict.fromkeys(before) if subject]
    found: list[str] = []
    taken, unit, counted = "", "", False
    for n, figure in enumerate(figures):
        stop = figures[n + 1].start if n + 1 < len(figures) else end
        left = figures[n - 1].end if n else start
        own = shared.get(n, "") or _own(text, view, left, not n, figure, stop, end, periods, words)
        if not own:
            own = _pointed_at(view, left, figure, known)
        alike = figure.unit in (unit, "") or figure.kind != "absolute" or not unit
        if counted and figure.dimension != "count":
            alike = False  # `the first three quarters were 6 percent above`: the percent is no share of quarters
        if not own and n and taken and alike and figure.dimension != "time" and roles[n] in _COMPARED:
            own = taken if _SAME.fullmatch(_without(taken, view[left : figure.start]).lower()) else ""
        if own:
            taken, unit = own, figure.unit if figure.kind == "absolute" else ""
            counted = figure.dimension == "count"
        elif figure.dimension != "time":
            taken = ""
        found.append(own)
    return found


def _own(
    text: str,
    view: str,
    left: int,
    fresh: bool,
    figure: Figure,
    stop: int,
    end: int,
    periods: Sequence[Period],
    words: Words,
) -> str:
    if figure.dimension == "time":
        return ""
    said = subjects.measured(view, left, fresh, figure, end, periods, words)
    if figure.dimension == "count":
        return said if said.lower().startswith(("number of", "total number of")) else subjects.counted(text, figure)
    return (
        said
        or subjects.of_amount(view, figure, stop, words)
        or subjects.of_figure(view, left, fresh, figure, stop, words)
    )


def _without(subject: str, gap: str) -> str:
    """The words between two figures without the subject of the first and its verb: `of relief was set aside, `."""
    for lead in (f" of the {subject}", f" of {subject}"):
        if gap.startswith(lead) and (verb := _TO_COMMA.match(gap, len(lead))):
            return gap[verb.end() :]
    return gap


def _pointed_at(view: str, left: int, figure: Figure, known: Sequence[str]) -> str:
    """What `the former`, `the latter` or `that in 2008` means: a subject of the sentence before."""
    lead = view[left : figure.start]
    if (which := _FORMER.search(lead)) and len(known) == 2:
        return known[0] if which[1].lower() == "former" else known[1]
    return known[0] if len(known) == 1 and _THAT.match(lead) else ""


def _in_turn(
    view: str, start: int, end: int, figures: Sequence[Figure], periods: Sequence[Period], words: Words
) -> dict[int, str]:
    """`Exports, imports and sales were 5, 6 and 7 tons respectively`: n names and n figures."""
    if "respectively" not in view[start:end]:
        return {}
    given: dict[int, str] = {}
    for group in listed(view, figures):
        first = figures[group[0]]
        left = figures[group[0] - 1].end if group[0] else start
        verb = words.measure.search(view, max(left, first.start - 70), first.start)
        if len(group) < 2 or verb is None:
            continue
        names = re.split(r",\s*(?:and\s+)?|\s+and\s+", _lead(view[left : verb.start()]))
        if len(names) != len(group):
            continue
        if " " in names[-1] and any(name.istitle() and " " not in name for name in names[1:-1]):
            continue  # `the Asian, American and European regions`
        if (head := _SHARED.fullmatch(names[0])) and not any(" of " in f" {name} " for name in names[1:]):
            names = [names[0], *(f"{head['shared']} {name}" for name in names[1:])]
        cleaned = [subjects.clean(name, words) for name in names]
        if all(cleaned):
            given.update(zip(group, cleaned, strict=True))
    return given


def _lead(text: str) -> str:
    return re.sub(r"^\s*(?:In|At|By|During|On|As of|In the year)\b[^,]*,\s*", "", text).strip(" ,")
