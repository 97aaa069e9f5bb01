"""Periods of a sentence → the period of each figure, and the period that a change is set against.

A period belongs to a figure that it stands right behind (`5 tons in 2009`), else to those that follow it (`In 2009, 5
tons …`). Lists go in turn: `5 and 6 tons in 2008 and 2009`. Where several could be meant, a figure has none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.context.periods import Period
from pipeline.model import Figure
from pipeline.patterns import lazy

CHANGES = ("change", "percent", "points")
# Between a figure and its period no other matter begins.
_RIGHT_BEHIND = lazy(
    r"[^,;.:()]{0,40}?\b(?:in|of|for|during|at the end of|by the end of|as of|at|by|on)\s+"
    r"(?:the |fiscal |calendar |years? |year-end |ended |ending |end of |first |second |third |fourth |1st "
    r"|2nd |3rd |4th |mid-|early |late |quarters? (?:of )?|half (?:of )?"
    r"|(?:three|six|nine|twelve) months |full )*$"
)
_IN_BRACKETS = lazy(r"\s*\((?:in |at )?$")
_CLOSES = lazy(r"(?: (?:est\.|estimate|prelim\.|provisional|proj\.))?\)")  # `40 tons (2023 est.)`
_LIST_GAP = lazy(r"\s*(?:,|;|/)?\s*(?:(?:and|or|versus)\s+)?(?:about\s+|approximately\s+|of\s+)?(?:\$\s*)?")
_REACH = 60


def periods_of(
    view: str, start: int, end: int, figures: Sequence[Figure], periods: Sequence[Period], roles: Sequence[str]
) -> list[str]:
    """The period of each figure of one sentence, which ends at `end`; empty where none is said."""
    if not periods:
        return [""] * len(figures)
    runs = _runs(periods)
    given = _in_turn(view, figures, runs, "respectively" in view[start:end].lower())
    taken: set[int] = set()
    for n, led in _led(view, figures, periods):
        taken.add(led.start)
        given.setdefault(n, _one(led, runs, roles[n]))
    priors: set[str] = set()
    for n, figure in enumerate(figures):
        following = figures[n + 1].start if n + 1 < len(figures) else end
        near = next((p for p in periods if p.start >= figure.end), None)
        if n in given or near is None or near.start >= following:
            continue
        gap = view[figure.end : near.start].lower()
        if near.base:
            to = next((p for p in periods if p.since and p.start > near.start), None)
            if to and gap.endswith("from ") and _RIGHT_BEHIND.fullmatch(gap[:-5] + "in "):
                given[n] = _one(to, runs, roles[n])
                taken.add(to.start)
            continue
        if not near.aside and _is_right_behind(view, gap, near):
            given[n] = _one(near, runs, roles[n])
            taken.add(near.start)
            if roles[n] == "prior":
                priors.add(near.text)
    in_lists = {p.start for run in runs.values() if len(run) > 1 for p in run}
    free = [p for p in periods if not p.base and not p.aside and p.start not in taken]
    said = {p.text for p in periods if not p.base and not p.aside} - priors
    found = []
    for n, figure in enumerate(figures):
        if n in given:
            found.append(given[n])
            continue
        earlier = [p for p in free if p.end <= figure.start and not _is_shut(view, p.end, figure.start)]
        if earlier:
            found.append("" if earlier[-1].start in in_lists else _one(earlier[-1], runs, roles[n]))
        else:
            only = len(said) == 1 and any(p.end <= figure.start for p in periods if p.text in said and not p.base)
            found.append(next(iter(said)) if only else "")
    return found


def _is_right_behind(view: str, gap: str, near: Period) -> bool:
    """Whether a period stands behind its figure: `$4 million in 2008`, `$4 million last year`, `$4 million (2008)`."""
    if not gap.strip() and view[near.start].isalpha():
        return True
    bracketed = _IN_BRACKETS.fullmatch(gap) and _CLOSES.match(view, near.end)
    return bool(_RIGHT_BEHIND.fullmatch(gap) or bracketed)


def _led(view: str, figures: Sequence[Figure], periods: Sequence[Period]) -> Iterator[tuple[int, Period]]:
    """The figures in brackets right behind a period, which is theirs: `the peak of June 2008 (230.6)`."""
    bracketed = [period for period in periods if view.startswith(" (", period.end) and not period.aside]
    places = {figure.start: n for n, figure in enumerate(figures)} if bracketed else {}
    for period in bracketed:
        if period.end + 2 in places:
            yield places[period.end + 2], period


def _is_shut(view: str, start: int, end: int) -> bool:
    """Whether a bracket closes that was open at `start`: `32% (2018: 30%) of A and 2% of B`."""
    first = view.find(")", start, end)
    return first >= 0 and view.find("(", start, first) < 0


def base_of(figure: Figure, following: int, periods: Sequence[Period]) -> str:
    """The period that words set a change against: `120 million more than that in 2008`."""
    limit = min(following, figure.end + _REACH)
    behind = next((p.text for p in periods if p.base and figure.end <= p.start < limit), "")
    if behind:
        return behind
    bases = [p for p in periods if p.base]
    return bases[0].text if len(bases) == 1 and bases[0].end <= figure.start else ""


def _one(period: Period, runs: Mapping[int, list[Period]], role: str) -> str:
    if len(runs[period.run]) > 1:
        return ""
    return f"{period.since}/{period.text}" if _spans(period, role) else period.text


def _spans(period: Period, role: str) -> bool:
    """Whether `from 2006 to 2010` is one span of time, not the two ends of a change."""
    years = bool(re.fullmatch(r"\d{4}", period.text)) and bool(re.fullmatch(r"\d{4}", period.since))
    return years and role not in (*CHANGES, "level", "prior")


def _runs(periods: Sequence[Period]) -> dict[int, list[Period]]:
    runs: defaultdict[int, list[Period]] = defaultdict(list)
    for period in periods:
        runs[period.run].append(period)
    return runs


def _in_turn(
    view: str, figures: Sequence[Figure], runs: Mapping[int, list[Period]], respectively: bool
) -> dict[int, str]:
    """Lists of as many figures as periods, each with the one in its turn."""
    lists = [run for run in runs.values() if len(run) > 1 and not run[0].base]
    if len(lists) != 1:
        return {}
    (run,) = lists
    given = {}
    for group in listed(view, figures):
        first, last = figures[group[0]], figures[group[-1]]
        behind = first.start < run[0].start and _RIGHT_BEHIND.fullmatch(view[last.end : run[0].start].lower())
        if len(group) == len(run) and (respectively or behind):
            given.update({n: period.text for n, period in zip(group, run, strict=True)})
    return given


def listed(view: str, figures: Sequence[Figure]) -> list[list[int]]:
    """The figures of a sentence in groups with nothing but commas and `and` between them."""
    groups: list[list[int]] = []
    for n, figure in enumerate(figures):
        if n and _LIST_GAP.fullmatch(view[figures[n - 1].end : figure.start]):
            groups[-1].append(n)
        else:
            groups.append([n])
    return groups
