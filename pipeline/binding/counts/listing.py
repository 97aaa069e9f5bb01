"""Announced counts and what is listed after them: `six things: First … Sixthly`, `three counties: A, B and C` → count.

A list is taken by its marks (ordinals, numbers, letters, names in a row), never by guessing at prose.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from pipeline.binding.counts import bulleted, told_next
from pipeline.binding.counts.bulleted import Items
from pipeline.binding.counts.row import merged, pieces, rows
from pipeline.binding.scene import Outcome, Scene, counted_alike, operand
from pipeline.model import Claim, Confidence, Considered, Operand, Relation, Scope, Span
from pipeline.patterns import lazy

_ORDINALS = (
    ("first", "firstly", "first of all"),
    ("second", "secondly"),
    ("third", "thirdly"),
    ("fourth", "fourthly"),
    ("fifth", "fifthly"),
    ("sixth", "sixthly"),
    ("seventh", "seventhly"),
    ("eighth", "eighthly"),
    ("ninth", "ninthly"),
    ("tenth", "tenthly"),
)
_RANK = {word: n for n, words in enumerate(_ORDINALS, 1) for word in words}
_LAST = ("finally", "lastly", "last")
_BEGINS = lazy(r"(?:^|[.:;!?。：；]|\band)\s*$")
_NUMBER = lazy(r"\W*(\d{1,2})\W*")
_LETTER = lazy(r"(?<![\w)])\(([a-z]|[ivx]{1,4}|\d{1,2})\)\s*(?=\w)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_STYLES: tuple[tuple[str, ...], ...] = (
    tuple("abcdefghijklmnopqrst"),
    _ROMAN,
    tuple(str(n) for n in range(1, 21)),
)
# What may stand before the number of a listed part.
_BEFORE_NUMBER = lazy(r"(?i:(?:the|a|another|other|further|about|some|around|nearly|almost|over|only|just) )*+")
# `Five of the country's fourteen sites are in the south: …` lists the five; `one hall and six houses: …` all seven.
_OUT_OF = lazy(
    r"\s*\bof (?:the (?:top |first |last |main )?|its |their |our |all |these |those |\w[\w ]{0,30}['’]s? )*+"
)
_BESIDE = lazy(r"[^,;:.]{0,40}\band (?:the |a )?")
# `five recommendations, concerning (i) …`
_CONCERNING = lazy(r"[^,;:]{0,60},\s(?:[a-z]+\s){1,3}")
_THESE = lazy(r"\b(?:these|those|the|all|both)\s*$")
_NAMED_ROW = lazy(
    r"(?:[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)*,\s+)*[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)*,?\s+and\s+[A-Z][\w'’-]*"
)
# A list does not reach further than this behind its announcement, in code points.
_LONGEST_LIST = 3000
_LARGEST = 20
_AHEAD, _PAIR = 12, 2
_FEWEST_PAID = 2
_THEN = lazy(r"^ (?:on|for|to|in|from|went|was|were)\b[^;:.]*?(?:,|,? and)(?: another| some)? $")


def bind(scene: Scene) -> Outcome:
    """All announced counts of a report with the items listed."""
    relations: list[Relation] = []
    considered: list[Considered] = []
    for claim in scene.claims:
        if not _announces(claim):
            continue
        lists = list(_lists(scene, claim))
        told = _listed_of(scene, claim)
        number = int(told.figure.number.value)
        agreeing = next((items for items in lists if number in items.counts), None)
        chosen = agreeing or next((items for items in lists if items.confidence != "low"), None)
        if chosen is None:
            considered.append(
                Considered("count", claim.figure.start, claim.figure.end, "no list stands after it", "count")
            )
            continue
        relations.append(_relation(scene, told, chosen, number if agreeing else len(chosen.spans)))
    return relations, considered


def _announces(claim: Claim) -> bool:
    figure = claim.figure
    counts = figure.discrete and figure.kind == "absolute" and figure.dimension == "count"
    if not (counts or told_next.are_times(figure)) or figure.modifier or figure.upper:
        return False
    return figure.number.value.denominator == 1 and 2 <= figure.number.value <= _LARGEST


def _relation(scene: Scene, claim: Claim, items: Items, shown: int) -> Relation:
    spans = merged(scene.report.view, items.spans, shown)
    operands = (operand("count", claim), *(Operand("item", f"@{s.start}-{s.end}", s.start, s.end) for s in spans))
    return Relation("count", operands, items.scope, items.confidence, items.rule, items.reason)


def _lists(scene: Scene, claim: Claim) -> Iterator[Items]:
    if told_next.are_times(claim.figure):
        yield from told_next.by_dates(scene, claim)
        return
    sentence = scene.sentences[claim.sentence]
    rest = Span(claim.figure.end, min(sentence.end, claim.figure.end + _LONGEST_LIST))
    lettered = list(_lettered(scene, rest))
    if lettered:
        yield from lettered
        return
    yield from _lettered_next(scene, claim)
    yield from bulleted.lists(scene, claim)
    yield from _ordinals(scene, claim, rest)
    yield from _numbered(scene, claim)
    yield from _paid_for(scene, claim)
    yield from _named(scene, claim)
    yield from _named_before(scene, claim)
    yield from told_next.lists(scene, claim)
    yield from bulleted.under_its_name(scene, claim)


def _lettered(scene: Scene, rest: Span) -> Iterator[Items]:
    """`(a) food; (b) income` in the same sentence."""
    found = list(_LETTER.finditer(scene.report.view, rest.start, rest.end))
    run: list[re.Match[str]] = []
    style = next((s for s in _STYLES if found and s[0] == found[0].group(1)), ())
    for match in found:
        if len(run) < len(style) and match.group(1) == style[len(run)]:
            run.append(match)
    if run and any(m.group(1) in style[len(run) :] for m in found):
        return  # a letter is left out
    # `The other two groups, patients of the first, were more likely to (1) …` lists something else.
    ahead = scene.report.view[rest.start : run[0].start()] if run else ""
    opens = ":" in ahead or _CONCERNING.fullmatch(ahead) is not None
    if len(run) < 2 or (not opens and ("," in ahead or len(ahead.split()) > _AHEAD)):
        return
    sentence = scene.sentence_at(rest.start)
    if any(_is_announced(scene, n, rest.start, run[0].start()) for n in scene.by_sentence[sentence]):
        return  # `in 5 wards and had three parts: (1) …` lists the parts
    ends = [m.start() for m in run[1:]] + [rest.end]
    spans = tuple(_trim(scene.report.view, Span(m.start(), end)) for m, end in zip(run, ends, strict=True))
    yield Items(spans, frozenset((len(spans),)), "high", "sentence", "count.lettered", "the items are lettered")


def _is_announced(scene: Scene, n: int, start: int, end: int) -> bool:
    """Whether another small whole number stands between a number and a list."""
    figure = scene.claims[n].figure
    return start <= figure.start < end and (figure.discrete or figure.number.manner == "words") and not figure.modifier


def _lettered_next(scene: Scene, claim: Claim) -> Iterator[Items]:
    """`It runs six schemes. They are: (i) …; (ii) …`"""
    number = claim.sentence + 1
    if number >= len(scene.sentences) or scene.sentences[number].section != scene.sentences[claim.sentence].section:
        return
    after = scene.sentences[number]
    opened = bulleted.THEY_ARE.match(scene.report.view, after.start, after.end)
    if opened is None or not bulleted.is_all(scene, claim):
        return
    for found in _lettered(scene, Span(opened.end(), min(after.end, opened.end() + _LONGEST_LIST))):
        if found.spans[0].start == opened.end():
            yield replace(found, scope="neighbour")


def _ordinals(scene: Scene, claim: Claim, rest: Span) -> Iterator[Items]:
    """`First, … Secondly, …` from this sentence or the next one on, in one section."""
    numbers = range(claim.sentence, min(claim.sentence + 2, len(scene.sentences)))
    end = scene.sections[claim.section].end
    near = min(end, scene.sentences[numbers[-1]].end)
    begin = next((s for s in _ordinal_marks(scene, rest.start, near) if s[0] == 1), None)
    if begin is None:
        return
    where = next((n for n in numbers if scene.sentences[n].start <= begin[1].start < scene.sentences[n].end), None)
    if where is None:
        return
    run: list[Span] = []
    for rank, span in _ordinal_marks(scene, begin[1].start, end):
        if rank == len(run) + 1 or (rank == 0 and run):
            run.append(span)
        elif rank == 1:
            break
    if len(run) < 2:
        return
    opened = ":" in scene.report.view[rest.start : begin[1].start] or where == claim.sentence
    last = scene.sentences[scene.sentence_at(run[-1].start)]
    # Of fewer than were announced the others may be told in other words: `Our third goal …`.
    more = len(run) > claim.figure.number.value and bulleted.is_all(scene, claim)
    opened = opened or (more and last.paragraph == scene.sentences[claim.sentence].paragraph)
    confidence: Confidence = "high" if opened else "medium"
    scope: Scope = "section" if len(run) > 1 else "sentence"
    yield Items(
        tuple(run), frozenset((len(run),)), confidence, scope, "count.ordinals", "the items are counted by ordinals"
    )


def _ordinal_marks(scene: Scene, start: int, end: int) -> Iterator[tuple[int, Span]]:
    """Ordinals that open a sentence or clause, with their rank; 0 for `finally`."""
    view = scene.report.view
    for skip in scene.skips_within(start, end):
        if skip.reason not in ("ordinal", "list-number"):
            continue
        word = re.split(r"[\s,]", view[skip.start : skip.end].lower(), maxsplit=1)[0]
        rank = _RANK.get(word, 0 if word in _LAST else -1)
        if rank >= 0 and _BEGINS.search(view[max(0, skip.start - 8) : skip.start]):
            yield rank, Span(skip.start, skip.start + len(word))


def _numbered(scene: Scene, claim: Claim) -> Iterator[Items]:
    """`1. … 2. …` in the paragraphs or sections right after the announcing sentence."""
    sentence = scene.sentences[claim.sentence]
    view = scene.report.view
    run: list[Span] = []
    for skip in scene.skips_within(sentence.end, len(view)):
        match = _NUMBER.fullmatch(view[skip.start : skip.end]) if skip.reason == "list-number" else None
        if match is None or view[view.rfind("\n", 0, skip.start) + 1 : skip.start].strip():
            if not run:  # it stands between the announcement and any list
                return
            continue
        if not run and view[sentence.end : skip.start].strip():
            return
        if int(match.group(1)) == len(run) + 1:
            run.append(Span(skip.start, skip.end))
        elif int(match.group(1)) == 1:
            break
    if len(run) < 2:
        return
    opened = view[sentence.start : sentence.end].rstrip().endswith((":", "："))
    # The numbers of headings are those of the report, and no list of what a sentence before them announces.
    told = {s.start for s in scene.sections if view[s.body : s.end].strip()}
    if not opened and {s.start for s in run} <= told:
        return
    yield Items(
        tuple(run),
        frozenset((len(run),)),
        "high" if opened else "medium",
        "section",
        "count.numbered",
        "the items are numbered",
    )


def _named(scene: Scene, claim: Claim) -> Iterator[Items]:
    """Items in a row behind the announcement, taken to be a list by its opening mark and its last `and`."""
    # `three 6-unit blocks, at Adumanu, Bonsu and Ketu`: the six are no blocks.
    if claim.figure.number.manner == "digits" and scene.report.view.startswith("-", claim.figure.number_end):
        return
    starts = [scene.claims[n].figure.start for n in scene.by_sentence[claim.sentence]]
    beside = _is_of_two(scene, claim)
    for row in rows(scene, claim, taken_out=_listed_of(scene, claim) is not claim):
        # `15 quays: six in the north, five in the south and four in the east`: parts, each with a number of its own.
        counted = any(
            span.start <= start < span.end and _BEFORE_NUMBER.fullmatch(scene.report.view, span.start, start)
            for span in row.spans
            for start in starts
        )
        confidence: Confidence = "low" if counted or beside else row.confidence
        yield Items(row.spans, row.counts, confidence, "sentence", "count.named", "the items are named in a row")


def _paid_for(scene: Scene, claim: Claim) -> Iterator[Items]:
    """`92 million on four programmes: 47 million for schools, 29 million for clinics and 16 million for roads`: a list
    of amounts that make the one before, each of them for one thing."""
    here = scene.by_sentence[claim.sentence]
    at = bisect_left(scene.starts, claim.figure.start)
    if at + 1 not in here or scene.between(at, at + 1).strip() != ":":
        return
    figures = [scene.claims[n].figure for n in range(at + 1, here.stop)]
    unit, whole = figures[0].unit, scene.claims[at - 1].figure if at - 1 in here else None
    alike = all(f.dimension == "money" and f.unit == unit and f.kind == "absolute" and not f.modifier for f in figures)
    if whole is None or whole.unit != unit or not alike or len(figures) < _FEWEST_PAID:
        return
    joints = [scene.between(n, n + 1) for n in range(at + 1, here.stop - 1)]
    if any(not _THEN.search(joint) for joint in joints) or sum(f.number.value for f in figures) != whole.number.value:
        return
    ends = [f.start for f in figures[1:]] + [scene.sentences[claim.sentence].end]
    spans = tuple(_trim(scene.report.view, Span(f.start, end)) for f, end in zip(figures, ends, strict=True))
    if any(" and " in scene.report.view[s.start : s.end] for s in spans):
        return  # `16 million on skills and sport` may be of two
    why = "a colon sets amounts under the number, and they make the amount before it"
    yield Items(spans, frozenset((len(spans),)), "high", "sentence", "count.paid-for", why)


def _listed_of(scene: Scene, claim: Claim) -> Claim:
    """The number of those that are listed: in `five of the twelve divisions – …` it is five."""
    before = _before(scene, claim)
    if before is None or _OUT_OF.fullmatch(scene.report.view[before.figure.end : claim.figure.start]) is None:
        return claim
    figure = before.figure
    bare = figure.number.value.denominator == 1 and figure.upper is None and not figure.modifier
    return counted_alike(claim, before) if bare and figure.number.value >= _PAIR else claim


def _before(scene: Scene, claim: Claim) -> Claim | None:
    """The amount before a number in its sentence."""
    numbers = scene.by_sentence[claim.sentence]
    before = [n for n in numbers if scene.claims[n].figure.start < claim.figure.start]
    found = scene.claims[before[-1]] if before else None
    return found if found is not None and found.figure.kind == "absolute" else None


def _is_of_two(scene: Scene, claim: Claim) -> bool:
    """Whether a number stands beside another that is listed too."""
    before = _before(scene, claim)
    return (
        before is not None and _BESIDE.fullmatch(scene.report.view[before.figure.end : claim.figure.start]) is not None
    )


def _named_before(scene: Scene, claim: Claim) -> Iterator[Items]:
    """`Wulong, Fengdu and Tongliang … these three counties`: only a row that agrees is taken."""
    view = scene.report.view
    sentence = scene.sentences[claim.sentence]
    if not _THESE.search(view[max(sentence.start, claim.figure.start - 20) : claim.figure.start].lower()):
        return
    earlier = scene.sentences[claim.sentence - 1].start if claim.sentence else sentence.start
    rows = list(_NAMED_ROW.finditer(view, earlier, claim.figure.start))
    for row in reversed(rows):
        spans = tuple(pieces(row.group(), row.start(), None))
        scope: Scope = "sentence" if row.start() >= sentence.start else "neighbour"
        yield Items(spans, frozenset((len(spans),)), "low", scope, "count.named-before", "the items were named before")


def _trim(view: str, span: Span) -> Span:
    """A span without the blanks and joints at its end."""
    text = re.sub(r"(?:[\s,;.]|\band\b|\bor\b)+$", "", view[span.start : span.end])
    return Span(span.start, span.start + len(text))
