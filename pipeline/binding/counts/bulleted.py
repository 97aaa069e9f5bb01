"""Lines under a colon, one for each of what a number announces: `We work from five kitchens:` and five bullets → items.

The lines have one mark, or each is a name and a figure. A list that a new page or a heading may have cut is left alone.
Or the list has a section of its own, by the name of what is announced: `We make six recommendations.`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.binding.scene import Scene
from pipeline.binding.words import stem, stems
from pipeline.model import Claim, Confidence, Scope, Section, Sentence, Span
from pipeline.patterns import lazy

# `They are:`, `Here is how many meals each one sent out:`: the sentence behind a number opens its list.
THEY_ARE = lazy(
    r"\s*+(?i:(?:they|these|those)\s(?:are|were)(?:\sas\sfollows)?|(?:they|these|those)\s(?:are|were)\sthe\sfollowing|"
    r"as\sfollows|namely)\s*+[:：]\s*+"
)
_EACH_ONE = lazy(
    r"\s*+(?i:here|these|they|this|the\sfollowing|below)\b(?=[^.;:]*+[:：]\s*$)(?i:[^.;:]*\b(?:each|they|them)\b)"
)
# A number of which the list may hold only some.
_SOME = lazy(
    r"(?i:\b(?:the|these|those|all|of|both|among|its|their|our|other|last|first|past|next|every|within|in|over)\s+)$"
)
_FEW_OF_THEM = lazy(
    r"(?i:\b(?:includ\w+|such as|for example|e\.g|among|mainly|main|notably|some|particular\w*|most|largest|top|"
    r"following|two|three|four|five|six|seven|eight|nine|ten)\b|\d)"
)
_MARKED = lazy(r"(?P<indent>[ \t]*+)(?P<mark>[-–—•▪●◦*·»›])[ \t]++(?P<item>\S[^\n]*+)")
_NAMED = lazy(
    r"(?P<indent>[ \t]*+)(?P<mark>)"
    r"(?P<item>[A-Z][^\n\d:]{1,50}?(?:\s[-–—]\s|:\s)(?:[$£€₹]|[A-Z]{1,3}\$?\s?)?\d[^\n]{0,40}+)"
)
# `(a) late release of funds;`, `ii. Erin road`, each at the head of a line.
_LABELLED = lazy(r"[ \t]*+\(?(?P<label>[a-z]|[ivx]{1,5})[).][ \t]++(?P<item>\S[^\n]*+)")
_FIRST_LABEL = lazy(r"[:：][ \t]*+\n\s*+\(?[a-z]{1,4}[).]\s")
_STYLES = (tuple("abcdefghijklmnopqrst"), ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"))
# What tells of all that a report has: `We make six recommendations`, `The report contains five lessons`.
_MAKES = lazy(
    r"(?i:\b(?:we|report|evaluation|review|audit|study|paper|chapter|assessment|it)\s(?:also\s|therefore\s)?"
    r"(?:makes?|made|contains?|offers?|presents?|set out|sets out|issues?|issued|draws?)"
    r"\s$)"
)
_ENDS = lazy(r"\s*(?:[.;]|,? (?:which|that) (?:are|is) (?:set out|listed|given|found|presented)\b|$)")
_ITEM = lazy(r"(?m)^[ \t]*+\(?(?P<label>\d{1,2}|[a-z]|[ivx]{1,5})(?:[).]|(?=[ \t]+[a-z]))[ \t]++(?P<item>\S[^\n]*+)")
_NUMBERED = lazy(r"(?m)^[ \t]*+(?P<thing>[A-Z][a-z]{3,20}) (?:\d{1,2}\.)?(?P<n>\d{1,2})(?=[.:)]? )")
_NUMBERS = tuple(str(n) for n in range(1, 21))
_HEADING = 4
_BLANK = lazy(r"[ \t]*+\n?")
_LONGEST, _AHEAD, _WORDS, _SHORT = 4000, 600, 12, 9
_FEWEST, _MOST_APART = 3, 3


@dataclass(frozen=True, slots=True)
class Items:
    """What is listed after an announcement; `counts` are the numbers of items that the marks allow."""

    spans: tuple[Span, ...]
    counts: frozenset[int]
    confidence: Confidence
    scope: Scope
    rule: str
    reason: str


def is_all(scene: Scene, claim: Claim) -> bool:
    """Whether a number announces all of the things it counts, and the sentence goes on to no other number."""
    sentence = scene.sentences[claim.sentence]
    view, figure = scene.report.view, claim.figure
    if _SOME.search(view[max(sentence.start, figure.start - 20) : figure.start]):
        return False
    rest = view[figure.end : _end(view, sentence)]
    return len(rest.split(maxsplit=_WORDS)) <= _WORDS and _FEW_OF_THEM.search(rest) is None


def lists(scene: Scene, claim: Claim) -> Iterator[Items]:
    """The list of lines that the sentence of a number opens, or the sentence behind it."""
    view, opener = scene.report.view, scene.sentences[claim.sentence]
    scope: Scope = "sentence"
    if not view[opener.start : _end(view, opener)].rstrip().endswith((":", "：")):
        number = claim.sentence + 1
        if number >= len(scene.sentences) or scene.sentences[number].paragraph != opener.paragraph:
            return
        opener, scope = scene.sentences[number], "neighbour"
        end = _end(view, opener)
        if not THEY_ARE.fullmatch(view, opener.start, end) and not _EACH_ONE.match(view, opener.start, end):
            return
    if not is_all(scene, claim):
        return
    labelled = _labelled(view, _end(view, opener))
    if labelled:
        why = "each item has a line of its own and a label"
        yield Items(tuple(labelled), frozenset((len(labelled),)), "high", scope, "count.labelled-lines", why)
        return
    spans = _lines(view, opener.end)
    number = int(claim.figure.number.value)
    if len(spans) < _FEWEST or abs(len(spans) - number) > _MOST_APART:
        return
    # A line that is a sentence of its own may be a remark on the others.
    short = all(len(view[span.start : span.end].split()) <= _SHORT for span in spans)
    why = "each item has a line of its own"
    confidence: Confidence = "high" if short else "low"
    yield Items(tuple(spans), frozenset((len(spans),)), confidence, scope, "count.bulleted", why)


def under_its_name(scene: Scene, claim: Claim) -> Iterator[Items]:
    """The one list of the section that is called by what a number announces for the whole report."""
    view, figure = scene.report.view, claim.figure
    start = scene.sentences[claim.sentence].start
    words = view[figure.number_end : figure.end].lower().split()
    if not words or not _MAKES.search(view[start : figure.start]) or not _ENDS.match(view, figure.end):
        return
    things = stem(words[-1])
    named = [s for s in scene.sections if s.heading and things in stems(s.heading.lower())]
    here = [s for s in named if len(s.heading.split()) <= _HEADING and s.start > figure.end]
    lists = [run for section in here for run in _runs(view, section.body, _end_of(scene, section))]
    if len(here) != 1 or len(lists) != 1 or not len(lists[0]) >= _FEWEST - 1:
        called = _called(view, figure.end, words[-1])
        if len(called) >= _FEWEST - 1:
            why = "each of them stands at the head of a line, by its name and number"
            yield Items(tuple(called), frozenset((len(called),)), "high", "document", "count.by-name-and-number", why)
        return
    why = "the section of their name holds one list of them"
    yield Items(tuple(lists[0]), frozenset((len(lists[0]),)), "high", "document", "count.under-their-name", why)


def _called(view: str, start: int, things: str) -> list[Span]:
    """`Recommendation 4.1. …`, `Recommendation 4.2. …`, each at the head of a line, from the first number on."""
    found: list[Span] = []
    for item in _NUMBERED.finditer(view, start):
        if item["thing"].lower() + "s" != things:
            continue
        if int(item["n"]) != len(found) + 1:
            return []
        found.append(Span(item.start("thing"), item.end("n")))
    return found


def _end_of(scene: Scene, section: Section) -> int:
    """Where what a heading leads ends: at the next heading of its rank."""
    later = [s.start for s in scene.sections if s.start > section.start and s.level <= section.level]
    most = section.body + _LONGEST
    return min([at for at in later if not _ITEM.match(scene.report.view, at)] + [most])


def _runs(view: str, start: int, end: int) -> list[list[Span]]:
    """The lists of a stretch whose lines have labels in turn, from the first label on."""
    found: list[list[Span]] = []
    style: tuple[str, ...] = ()
    for item in _ITEM.finditer(view, start, end):
        span = Span(item.start("item"), item.start("item") + len(item["item"].rstrip(" ;,.\t")))
        if found and len(found[-1]) < len(style) and item["label"] == style[len(found[-1])]:
            found[-1].append(span)
            continue
        style = next((one for one in (_NUMBERS, *_STYLES) if one[0] == item["label"]), ())
        if style:
            found.append([span])
        else:
            return []  # a label is left out
    return found


def _end(view: str, opener: Sentence) -> int:
    """Where a sentence that opens a list ends: the label of the first item is none of it."""
    label = _FIRST_LABEL.search(view, opener.start, opener.end)
    return label.start() + 1 if label is not None else opener.end


def _labelled(view: str, start: int) -> list[Span]:
    """The items from a place on that have labels in turn, each at the head of a line; none where a label is left out or
    the list may go on elsewhere."""
    found: list[Span] = []
    style: tuple[str, ...] = ()
    at, end = view.find("\n", start), min(len(view), start + _LONGEST)
    if at < 0 or view[start:at].strip():
        return []
    apart, rest = True, end
    for line in view[at + 1 : end].split("\n"):
        head = at + 1
        at = head + len(line)
        item = _LABELLED.match(line)
        if item is None:
            if line.strip() and (apart or not found):
                rest = head
                break
            apart = not line.strip()
            continue
        style = style or next((one for one in _STYLES if one[0] == item["label"]), ())
        if len(found) >= len(style) or item["label"] != style[len(found)]:
            rest = head
            break
        found.append(
            Span(
                head + item.start("item"),
                head + item.start("item") + len(item["item"].removesuffix(" and").rstrip(" ;,.\t")),
            )
        )
        apart = False
    labels = {one["label"] for one in map(_LABELLED.match, view[rest : rest + _AHEAD].split("\n")) if one is not None}
    return [] if len(found) < _FEWEST - 1 or labels & set(style[len(found) :]) else found


def _lines(view: str, start: int) -> list[Span]:
    """The items from a place on, each on a line; none where the list may go on elsewhere."""
    found: list[Span] = []
    at, end = view.find("\n", start), min(len(view), start + _LONGEST)
    if at < 0 or view[start:at].strip():
        return []
    at = _over_blank(view, at + 1)
    kind = next((p for p in (_MARKED, _NAMED) if p.match(view, at, end)), None)
    first = kind.match(view, at, end) if kind is not None else None
    if kind is None or first is None:
        return []
    look = first["indent"], first["mark"]
    while at < end:
        line_end = view.find("\n", at)
        line_end = len(view) if line_end < 0 else line_end
        item = kind.match(view, at, line_end)
        if item is not None and (item["indent"], item["mark"]) == look:
            found.append(Span(item.start("item"), item.start("item") + len(item["item"].rstrip())))
        elif item is not None or kind is _NAMED or not _goes_on(view, at, line_end):
            break
        at = line_end + 1
        ahead = _over_blank(view, at)
        after = kind.match(view, ahead, end)
        if ahead > at and (after is None or (after["indent"], after["mark"]) != look):
            break
        at = ahead
    else:
        return []
    return [] if _may_go_on(view, at, look, kind is _MARKED) else found


def _goes_on(view: str, start: int, end: int) -> bool:
    """Whether a line goes on with the item before it."""
    return bool(view[start:end].strip())


def _over_blank(view: str, at: int) -> int:
    while (
        at < len(view)
        and (match := _BLANK.match(view, at)) is not None
        and match.end() > at
        and not match.group().strip()
    ):
        if not match.group().endswith("\n"):
            return at
        at = match.end()
    return at


def _may_go_on(view: str, at: int, look: tuple[str, str], marked: bool) -> bool:
    """Whether a line of the same make stands a little farther on: a page has cut the list."""
    pattern = _MARKED if marked else _NAMED
    for line in view[at : at + _AHEAD].split("\n"):
        item = pattern.match(line)
        if item is not None and (item["indent"], item["mark"]) == look:
            return True
    return False
