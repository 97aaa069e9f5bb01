"""Things named in a row behind an announced number → the items: `four counties, A, B, C and D`, `six forms: …`.

A row ends where a new clause begins. `A, B and C` may be two things, the second called `B and C`: such a row allows
several counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.binding.scene import Scene
from pipeline.model import Claim, Confidence, Span
from pipeline.patterns import compiled, lazy

_OPENER = lazy(
    r"\s*+(?P<mark>[:：]|[–—]|(?:,\s*+)?(?:(?:namely|viz\.?|i\.e\.)[,:]?|that is[,:])|,|\("
    r"|(?:are|were)\b(?=\s(?:the\s)?[A-Z]))(?:(?<=,)\s(?:in|at)(?=\s[A-Z]))?\s*+"
)
# `four crops carry the plan: …`, `three trustees whose terms had run out, …`
_LATER_COLON = lazy(r"[^\d:;.,()]{1,80}?(?:\d{2,4}-\d\d ?)?[:：]\s*+")
_RELATIVE = lazy(r"\s+(?:who|whose|which|that|where)\b[^\d:;.,()]{3,60},\s*")
_LATER_NAMELY = lazy(r"(?:[^\d:;.,()]|\b(?:19|20)\d\d\b){1,80}?,?\s{1,2}(?:namely|viz\.?|to\swit)[,:]?\s+")
# `four homes were opened, at Ayr, Bute and Crail`
_LATER_PLACES = lazy(r"[^\d:;.,()]{0,60}?(?:,\s(?:in|at)\s+|\b(?:were|was|are|is)\b[^\d:;.,()]{0,40}\sat\s+)(?=[A-Z])")
_BRACKETED = lazy(r"\([^()]{0,120}\)")
_SPLIT = lazy(r"\s*(?:,\s*(?:and|or)\b|[,;；、]|\band\b|&)\s*")
_STOP = lazy(
    r"(?<!\bi)(?<!\bi\.e)(?<!\be)(?<!\be\.g)\.(?!\d)|[:!?。–—()]|\s[–-]\s"
    r"|,\s+(?:with|without|where|while|whereas|each|all|both|so that|because)\b(?!-)|"
    r",?\s+(?:which|who|whose|whom|can|could|will|would|were|was|are|is|have|has|had|respectively|to be)\b"
)
_RELATIVES = frozenset(("which", "who", "whose", "whom", "where"))
_NAME = lazy(r"(?:[A-Z][\w'’-]*)(?:\s+(?:of|and|the|de|du|la|[A-Z][\w'’-]*))*+")
_AND = lazy(r"(?<!,)\s(?:and|&)\s")
_COMMA_AND = lazy(r"\s*,\s*and\s+")
_NAMELY = frozenset(("namely", "viz", "viz.", "i.e.", "that is"))
# What is said of all of a list behind it: `…, with a combined share of 84.6%`.
_GOES_ON = frozenset(("with", "all", "each", "both", "which", "who"))
_DEFINITE = lazy(r"\b(?:the|these|those|all|of|both|among|its|their|our|other|last|first|past)\s+$")
_LONGEST, _LONGEST_ALIKE, _SHORT = 9, 16, 6
_FEWEST, _PAIR = 3, 2
# So many figures of a sentence are looked at for one that stands nearer to its list.
_NEXT = 12
# Their names hold an `and` themselves: the Committee of Finance and Safety.
_BODIES = frozenset(
    "committee ministry department bureau division directorate agency office commission section sector industry".split()
)


# Things whose names have no `and` in them, but for these.
PLACES = frozenset(
    (
        "province",
        "county",
        "state",
        "district",
        "city",
        "town",
        "country",
        "region",
        "port",
        "village",
        "island",
        "capital",
    )
)
_TWO_NAMES = frozenset(
    (
        ("Jammu", "Kashmir"),
        ("Bosnia", "Herzegovina"),
        ("Trinidad", "Tobago"),
        ("Antigua", "Barbuda"),
        ("Tyne", "Wear"),
        ("Newfoundland", "Labrador"),
        ("Andaman", "Nicobar"),
        ("Daman", "Diu"),
        ("Brighton", "Hove"),
        ("Turks", "Caicos"),
        ("Wallis", "Futuna"),
    )
)


@dataclass(frozen=True, slots=True)
class Row:
    """Items in a row. `counts` are the numbers of items that the joints allow."""

    spans: tuple[Span, ...]
    counts: frozenset[int]
    confidence: Confidence


def rows(scene: Scene, claim: Claim, *, taken_out: bool = False) -> Iterator[Row]:
    """The rows that may list what a figure announces, the best-licensed first; `taken_out`: or what was taken out of
    it, `five of the twelve divisions – …`."""
    sentence, view = scene.sentences[claim.sentence], scene.report.view
    start, end = claim.figure.end, sentence.end
    opener = _OPENER.match(view, start, end)
    if opener is not None:
        mark = opener.group("mark").strip(" ,") or ","
        definite = (
            _DEFINITE.search(view[max(sentence.start, claim.figure.start - 20) : claim.figure.start].lower())
            is not None
        ) and not taken_out
        yield from row_of(view, Span(opener.end(), end), mark, claim.figure.unit, definite)
        return
    for pattern, mark in (
        (_LATER_PLACES, ","),
        (_LATER_NAMELY, "namely"),
        (_LATER_COLON, "later:"),
        (_RELATIVE, "relative"),
    ):
        later = pattern.match(view, start, end)
        if later is not None:
            if any(
                claim.figure.end <= at < later.end()
                for at in scene.starts[scene.by_sentence[claim.sentence].start :][:_NEXT]
            ):
                return  # `two rivers split the land into three districts: …`
            yield from row_of(view, Span(later.end(), end), mark, claim.figure.unit, definite=False)
            return


def row_of(view: str, rest: Span, mark: str, noun: str, definite: bool) -> Iterator[Row]:
    """The row that a stretch of text begins with, behind the mark that opens it; `noun` is what is counted."""
    stretch = _without_brackets(view[rest.start : rest.end]) if mark != "(" else view[rest.start : rest.end]
    stop = _STOP.search(stretch)
    body = stretch[: stop.start()] if stop else stretch
    told = stop is not None and mark in _NAMELY and stop.group().strip(" ,") in _GOES_ON
    complete = (
        told or stop is None or stop.group() in (".", "。", ")", ";") or stop.group().strip(" ,") in ("–", "—", "-")
    )
    items = list(pieces(body, rest.start, ";" if ";" in body else None))
    commas = _by_commas(view, items, list(pieces(body, rest.start, ","))) if ";" not in body else []
    items = commas or items
    if mark in (",", "(", "relative", "are", "were"):
        named = _leading_names(view, items)
        if len(named) < len(items) and len(named) >= 2:
            items, complete = named, False
    if len(items) < 2:
        return
    texts = [view[p.start : p.end] for p in items]
    goes_on = stop is not None and stop.group().strip(" ,") in _RELATIVES and ";" in stretch[stop.end() :]
    names = all(_NAME.fullmatch(text) for text in texts) and not goes_on
    alike = _are_alike(texts, noun)
    if any(len(text.split()) > (_LONGEST_ALIKE if alike else _LONGEST) for text in texts):
        return
    ands = len(_AND.findall(view[items[0].start : items[-1].end]))
    # An `and` before the last item and nowhere else closes the list: joined, its two would leave a list without an end.
    joints = [view[a.end : b.start] for a, b in pairwise(items)]
    closed = (
        noun not in _BODIES
        and len(items) > _PAIR
        and _AND.fullmatch(joints[-1]) is not None
        and not any("and" in j for j in joints[:-1])
    )
    least = len(items) - (0 if commas else ands) + (closed and tuple(texts[-2:]) not in _TWO_NAMES)
    if names and noun in PLACES and _are_places(texts):
        least = len(items)  # no port is called `Izmir and Haifa`
    yield Row(
        tuple(items),
        frozenset(range(least, len(items) + 1)),
        _confidence(view, items, mark, names, alike, complete, definite),
    )


def _by_commas(view: str, items: Sequence[Span], some: list[Span]) -> list[Span]:
    """The items between commas, where `, and` before the last says that commas part them: `clothing and footwear,
    transport, and restaurants and hotels` are three."""
    if len(some) < _FEWEST or len(items) == len(some):
        return []
    last = view[some[-2].end : some[-1].start]
    return some if _COMMA_AND.fullmatch(last) else []


def _are_places(texts: Sequence[str]) -> bool:
    """Whether a row of places has three or more of one word each, and its last two are no place that has two names."""
    return len(texts) > _FEWEST and all(len(t.split()) == 1 for t in texts) and (texts[-2], texts[-1]) not in _TWO_NAMES


def _without_brackets(text: str) -> str:
    """The text with blanks where something stands in brackets."""
    return _BRACKETED.sub(lambda m: " " * len(m.group()), text)


def _confidence(
    view: str, items: Sequence[Span], mark: str, names: bool, alike: bool, complete: bool, definite: bool
) -> Confidence:
    """How surely a row is the whole list: one `and`, before its last item, and a mark that opens lists."""
    between = [view[a.end : b.start] for a, b in pairwise(items)]
    joints = [re.search(r"\band\b|&|[;；、]", joint) is not None for joint in between]
    closed = joints[-1] and (not any(joints[:-1]) or all(joints))
    if not closed:
        return "low"
    if definite and mark not in (":", "：", "are", "were"):
        # `two of the three facts, namely A and B` lists two.
        return "low"
    if mark in (":", "：") or mark in _NAMELY:
        short = all(len(view[p.start : p.end].split()) <= _SHORT for p in items)
        # `for its seven domains: means, differences and limits` lists what was told of each.
        sure = names or (len(items) >= _FEWEST and (alike or (short and complete and not definite)))
        # `three awards: Best Bank of the North, and Best Lender of the Isles`
        sure = sure or (alike and complete and not definite and _COMMA_AND.fullmatch(between[-1]) is not None)
        return "high" if sure else "medium"
    if mark == "later:":
        return "high" if (names or (alike and len(items) >= _FEWEST)) and complete else "low"
    if mark in ("are", "were"):
        return "high" if names and complete and len(items) >= _FEWEST else "low"
    if mark == "relative":
        full = all(len(view[p.start : p.end].split()) > 1 for p in items)
        return "high" if names and full and complete else "low"
    if mark == "(":
        # `five provinces (A, B, C and D) took part`
        short = all(len(view[p.start : p.end].split()) <= _FEWEST for p in items)
        named = names or (short and len(items) > _FEWEST)
        sure = named and len(items) >= _FEWEST and view[items[-1].end : items[-1].end + 1] == ")"
        return "high" if sure else "low"
    if mark in ("–", "—", "-"):
        # `three men – old, tired and poor –`: such words are no list of them.
        told = names or len(items) > _FEWEST or any(" " in view[p.start : p.end] for p in items)
        short = all(len(view[p.start : p.end].split()) <= _SHORT for p in items)
        return "high" if told and short and complete and len(items) >= _FEWEST else "low"
    return (
        "high"
        if names and mark == "," and not definite and len(items) >= _FEWEST and _ends_row(view, items[-1].end)
        else "low"
    )


def _ends_row(view: str, end: int) -> bool:
    """Whether a row of names in commas is closed: `…, A, B and C, without a miss`."""
    return view[end : end + 1] in (",", ".", ";")


def _are_alike(texts: Sequence[str], noun: str) -> bool:
    """Whether all items are built alike: each names the announced thing, or all begin with one word."""
    lower = [text.lower() for text in texts]
    return (bool(noun) and all(noun in text for text in lower)) or len({text.split()[0] for text in lower}) == 1


def pieces(body: str, offset: int, only: str | None) -> Iterator[Span]:
    """The items of a row by its joints, or by one sign alone."""
    splitter = compiled(rf"\s*{only}\s*(?:and\s)?\s*") if only else _SPLIT
    at = 0
    for match in [*splitter.finditer(body), None]:
        end = match.start() if match else len(body)
        if body[at:end].strip():
            lead = len(body[at:end]) - len(body[at:end].lstrip())
            yield Span(offset + at + lead, offset + at + len(body[at:end].rstrip()))
        at = match.end() if match else end


def _leading_names(view: str, items: Sequence[Span]) -> list[Span]:
    """The pieces up to the first that is no name: `A, B and C, were chosen` lists three."""
    names: list[Span] = []
    for piece in items:
        text = view[piece.start : piece.end]
        match = _NAME.match(text)
        if match is None:
            break
        names.append(Span(piece.start, piece.start + len(match.group().rstrip())))
        if match.end() < len(text.rstrip()):
            break
    return names


def merged(view: str, items: Sequence[Span], wanted: int) -> tuple[Span, ...]:
    """As many items as wanted: those before the last joined by `and` are taken as one, the first ones first."""
    spans = list(items)
    place = 0
    while len(spans) > wanted and place < len(spans) - 1:
        if _AND.fullmatch(view[spans[place].end : spans[place + 1].start]):
            spans[place : place + 2] = [Span(spans[place].start, spans[place + 1].end)]
        else:
            place += 1
    return tuple(spans[:wanted]) if len(spans) > wanted else tuple(spans)
