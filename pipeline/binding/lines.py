"""Lines of one make, each a name and a figure, and the words that open them: what lists of lines are read from.

`• adult fiction – 486,900`, `1. Laylan: 4,600`, `Schools: 41p.` It tells which figures stand so; what they make
is for `itemized` and `itemized_shares`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.binding.scene import Scene
from pipeline.model import Figure
from pipeline.patterns import lazy

_LINE = lazy(
    r"(?m)^[ \t]*+(?P<mark>[-–—•▪●◦*·»›]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)])[ \t]++(?P<item>[^\n]++)|"
    r"^[ \t]*+(?P<named>(?i:(?:grand |sub-?)?total)\b[^\n]{0,60}+)$"
)
# `Schools: 41p. Adult care: 29p.` in one paragraph, or each on a line without a mark.
_SAID = lazy(r"[A-Z][^\n:;.\d]{1,50}+(?:\d{1,2}(?: \([^()\n\d]{1,40}+\))?)?: [^\n:;]{1,40}+")
# `wages and allowances - 13,462`, each on a line of its own without a mark.
_PLAIN = lazy(r"(?m)^[ \t]*+(?P<item>[A-Za-z][^\n:;.\d]{1,50}?[ ][-–—][ ]\W{0,3}[\d][^\n:;]{0,30}+)$")
# What stands between the name of an item and its amount: `wages – $38.4 million`, `Roads: 412 km`.
_LEADS = lazy(r"[^;]{1,110}?(?:[:|–—(]|\s-|\.{3,}|,|\bof\b|\t)\s*\W{0,3}$")
_HEADS = lazy(r"(?:the (?:remaining|other|last|rest,) )?\W{0,3}$")
_PARTED = lazy(
    r"\b(?:of which|including|excluding|less|minus|net|compared|against|from|up|down|target|planned|every|each|per)\b"
)
_LONGEST, _WITHIN = 110, 900
_APART, _FEWEST = 2, 3


@dataclass(frozen=True, slots=True)
class Lines:
    """The figures of a list of lines, and where the words that open it begin and end.

    `names` are what the lines say besides their figures, in lower case.
    """

    claims: tuple[int, ...]
    names: tuple[str, ...]
    opening: tuple[int, int]


def lists_of_lines(scene: Scene) -> Sequence[Lines]:
    """All lists of a report whose lines are marked alike and follow one another, or are sentences of one form."""
    return scene.once(_lists)


def _lists(scene: Scene) -> list[Lines]:
    return [*_marked(scene), *_plain(scene), *_of_sentences(scene)]


def _marked(scene: Scene) -> Iterator[Lines]:
    view = scene.report.view
    run: list[tuple[int, tuple[int, int]]] = []
    mark, start, end = "", 0, 0
    for match in _LINE.finditer(view):
        named = match["item"] is None
        kind = mark if named else "a" if match["mark"].strip("().").isalpha() else match["mark"].lstrip("(")[:1]
        kind = "1" if kind.isdigit() else kind
        line = match.span("named" if named else "item")
        amount = _first(scene, line)
        apart = view[end : match.start()].count("\n") > _APART
        if run and (kind != mark or amount is None or apart):
            # A line of the list that tells its amount in another form would be left out of it.
            if kind != mark or apart or not _has_like(scene, line, run[-1][0]):
                yield from _made(scene, run, start)
            run = []
        start = start if run else match.start()
        if amount is not None:
            run.append((amount, line))
        mark, end = kind, match.end()
    yield from _made(scene, run, start)


def _plain(scene: Scene) -> Iterator[Lines]:
    run: list[tuple[int, tuple[int, int]]] = []
    end = -1
    for match in _PLAIN.finditer(scene.report.view):
        line = match.span("item")
        amount = _first(scene, line)
        if amount is None or match.start() != end + 1:
            yield from _made(scene, run, run[0][1][0] if run else 0)
            run = []
        if amount is not None:
            run.append((amount, line))
        end = match.end()
    yield from _made(scene, run, run[0][1][0] if run else 0)


def _has_like(scene: Scene, line: tuple[int, int], amount: int) -> bool:
    """Whether a line holds a figure in the unit of the lines before."""
    unit, first = scene.claims[amount].figure.unit, bisect_left(scene.starts, line[0])
    here = range(first, bisect_left(scene.starts, line[1]))
    return any(scene.claims[n].figure.unit == unit for n in here)


def _of_sentences(scene: Scene) -> Iterator[Lines]:
    run: list[tuple[int, tuple[int, int]]] = []
    for sentence in scene.sentences:
        line = sentence.start, sentence.end
        short = line[1] - line[0] < _LONGEST and _SAID.fullmatch(scene.report.view, *line) is not None
        amount = _first(scene, line) if short else None
        if amount is not None:
            run.append((amount, line))
            continue
        yield from _made(scene, run, run[0][1][0] if run else 0)
        run = []
    yield from _made(scene, run, run[0][1][0] if run else 0)


def _made(scene: Scene, run: list[tuple[int, tuple[int, int]]], start: int) -> Iterator[Lines]:
    if len(run) < _FEWEST:
        return
    view = scene.report.view
    end = len(view[:start].rstrip())
    paragraph = max(view.rfind("\n\n", max(0, end - _WITHIN), end), 0, end - _WITHIN)
    yield Lines(
        tuple(claim for claim, _ in run), tuple(_name(scene, claim, line) for claim, line in run), (paragraph, end)
    )


def _name(scene: Scene, claim: int, line: tuple[int, int]) -> str:
    figure, view = scene.claims[claim].figure, scene.report.view
    return " ".join((view[line[0] : figure.start] + " " + view[figure.number_end : line[1]]).lower().split())


def _first(scene: Scene, line: tuple[int, int]) -> int | None:
    """The amount of a line, right behind its name or before it."""
    for claim in range(bisect_left(scene.starts, line[0]), len(scene.claims)):
        figure = scene.claims[claim].figure
        if figure.start >= line[1]:
            return None
        if figure.kind in ("absolute", "percent") and figure.dimension != "time":
            lead = scene.report.view[line[0] : figure.start]
            told = _HEADS.fullmatch(lead) or (_LEADS.fullmatch(lead) and not _PARTED.search(lead.lower()))
            return claim if told and _is_plain(figure) else None
    return None


def _is_plain(figure: Figure) -> bool:
    return figure.upper is None and not figure.modifier and not figure.per and figure.number.value > 0
