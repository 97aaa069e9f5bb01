"""What the sentences behind a number list, by labels, by dates or by names → items.

`It is issued in three parts. Part I … Part II … Part III …`; `They met on three occasions: on 12 February, 6 June and
21 November`; `Three towns were chosen. Their names are no surprise: Ayr, Bute and Crail.`
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from pipeline.binding.counts.bulleted import Items, is_all
from pipeline.binding.counts.row import row_of
from pipeline.binding.scene import Scene
from pipeline.model import Claim, Confidence, Figure, Scope, Span
from pipeline.patterns import lazy

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_STYLES = (_ROMAN, tuple(str(n) for n in range(1, 11)), tuple("abcdefghij"))
# Events that are told by their days.
_TIMES = frozenset(
    "occasion meeting session sitting round hearing workshop mission visit call strike election flight auction"
    " sale tender seminar conference concert match performance".split()
)
_POINTS = lazy(
    r"\W*+(?i:they|it|these|those|the|their|its|we|all|meetings?|sessions?|sittings?)\b[^.;:\d]{0,60}?"
    r"\b(?:met|convened|gathered|assembled|sat|held|took\splace|were|was|are|fell|occurred|happened)\b"
)
_JOINT = lazy(r"(?:,|\s+and\b|,\s+and\b|;)[^.:;\d]{0,60}|\s+(?:and|then)\s[^.:;\d]{0,60}")
_SOME = lazy(r"(?i:\b(?:the|these|those|all|of|both|among|its|their|our|other|last|first|past|next|every)\s+)$")
_AND = lazy(r"\band\b")
_ON = lazy(r"(?:(?!\b(?:last|latest|first|next|of|includ\w+|among|most|second|since|between|from)\b)[^.;\d]){0,80}")
_TAIL = lazy(r"[^.;:\d]{0,80}[.;)]?\s*+")
_OPENS_NAMES = lazy(r"\W*(?i:they|these|those|their|the)\b[^.;:\d]{0,60}:\s*+")
_FEWEST, _MOST, _REACH = 2, 12, 1500


def lists(scene: Scene, claim: Claim) -> Iterator[Items]:
    """All that stands behind a number so."""
    yield from by_dates(scene, claim)
    if is_all(scene, claim):
        yield from _by_names(scene, claim)
    yield from _by_labels(scene, claim)


def are_times(figure: Figure) -> bool:
    """`They met four times`"""
    return figure.kind == "factor" and figure.rule != "" and figure.number.value.denominator == 1


def _by_labels(scene: Scene, claim: Claim) -> Iterator[Items]:
    """`Part I … Part II …`, the first behind a colon or at the head of the next sentence, all in one section."""
    figure, view, noun = claim.figure, scene.report.view, claim.figure.unit
    if not noun.isalpha() or _SOME.search(view[max(0, figure.start - 20) : figure.start]):
        return
    end = min(scene.sections[claim.section].end, figure.end + _REACH)
    found = list(re.finditer(rf"\b{noun.capitalize()}\s([IVX]{{1,4}}|\d{{1,2}}|[A-J])\b", view[figure.end : end]))
    style = next((s for s in _STYLES if found and s[0] == found[0][1].lower()), ())
    if not style:
        return
    first, following = figure.end + found[0].start(), scene.sentences[claim.sentence].end
    ahead = view[figure.end : first] if first < following else view[following:first]
    if ahead.strip(" .,;:–—-(\n\t•*"):
        return
    spans: list[Span] = []
    for match in found:
        if len(spans) < len(style) and match[1].lower() == style[len(spans)]:
            spans.append(Span(figure.end + match.start(), figure.end + match.end()))
    if len(spans) < _FEWEST or any(m[1].lower() in style[len(spans) :] for m in found):
        return  # a label is left out
    # Fewer labels than are announced may go on elsewhere, but for those of one paragraph.
    here = view.find("\n\n", spans[0].start, spans[-1].end) < 0
    confidence: Confidence = "high" if here or len(spans) > figure.number.value else "low"
    yield _items(spans, confidence, "section", "count.labelled", "the items have labels in turn")


def by_dates(scene: Scene, claim: Claim) -> Iterator[Items]:
    """`on three occasions: on 12 February, in Apia on 6 June and on 21 November`, here or in the next sentence."""
    figure, view = claim.figure, scene.report.view
    if figure.unit not in _TIMES and not are_times(figure):
        return
    sentence = scene.sentences[claim.sentence]
    yield from _days(scene, Span(figure.end, sentence.end), "sentence")
    number = claim.sentence + 1
    if number < len(scene.sentences) and scene.sentences[number].paragraph == sentence.paragraph:
        after = scene.sentences[number]
        if _POINTS.match(view, after.start, after.end):
            yield from _days(scene, Span(after.start, after.end), "neighbour")


def _days(scene: Scene, within: Span, scope: Scope) -> Iterator[Items]:
    """The days of a stretch of text, if it holds nothing else that counts and `and` closes their list."""
    view = scene.report.view
    skips = list(scene.skips_within(within.start, within.end))
    days = [s for s in skips if s.reason == "date"]
    if not _FEWEST <= len(days) <= _MOST or any(s.reason not in ("date", "year") for s in skips):
        return
    joints = [view[a.end : b.start] for a, b in pairwise(days)]
    closes = [_AND.search(joint) is not None for joint in joints]
    listed = all(_JOINT.fullmatch(joint) for joint in joints) and closes[-1] and not any(closes[:-1])
    if not listed or bisect_left(scene.starts, within.start) != bisect_left(scene.starts, within.end):
        return
    if _ON.fullmatch(view, within.start, days[0].start) and _TAIL.fullmatch(view, days[-1].end, within.end):
        spans = [Span(day.start, day.end) for day in days]
        yield _items(spans, "high", scope, "count.by-dates", "the days of each are listed")


def _by_names(scene: Scene, claim: Claim) -> Iterator[Items]:
    """`It chose five towns for the trial. Their names will surprise nobody: Ayr, Bute, Crail, Doune and Errol.`"""
    number = claim.sentence + 1
    if number >= len(scene.sentences) or scene.sentences[number].paragraph != scene.sentences[claim.sentence].paragraph:
        return
    after, view = scene.sentences[number], scene.report.view
    opened = _OPENS_NAMES.match(view, after.start, after.end)
    if opened is None or len(scene.by_sentence[number]) or len(scene.by_sentence[claim.sentence]) != 1:
        return
    for row in row_of(view, Span(opened.end(), after.end), ":", claim.figure.unit, definite=False):
        yield Items(
            row.spans, row.counts, row.confidence, "neighbour", "count.named-next", "the next sentence names them"
        )


def _items(spans: list[Span], confidence: Confidence, scope: Scope, rule: str, reason: str) -> Items:
    return Items(tuple(spans), frozenset((len(spans),)), confidence, scope, rule, reason)
