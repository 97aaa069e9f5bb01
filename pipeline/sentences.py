"""The bodies of sections → sentences, each with its clauses. Furniture has none, and a heading is in none.

Where a sentence may end is seen in one scan. Whether it does, the words around say (`rules/sentences.toml`), and
spaCy where they do not. A line break ends nothing by itself in wrapped text, but does where it was meant.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from pipeline.language import LONGEST_WORD, Language
from pipeline.model import Report, Section, Sentence, Span
from pipeline.patterns import lazy
from pipeline.rulebook import Rulebook
from pipeline.rulebook.shapes import Abbreviation, Joint, Opener

_CLOSERS = "\"'»)\\]】〕」』"
# Where a sentence may end: blank lines, line breaks, full stops with what closes behind them (`tight`: no blank
# follows). It begins with a set of characters for speed: 70 MB/s, as plain alternatives 30.
_MAY_END = lazy(
    rf"""[.!?…。\n](?:
      (?<=\n) (?:[ \t]*+ (?P<blank>\n)\s*+)?+
    | (?<=。) [。.!?]*+[{_CLOSERS}]*+ (?P<wide>)
    | (?<![.!?…].) [.!?…]*+[{_CLOSERS}]*+(?:\[\d{{1,3}}\]|[¹²³⁴-⁹]+)?+ (?!\S)(?P<stop>)
    | (?<=[!?])(?=[\u3040-\u9fff])(?P<cjk>)
    | (?<=[a-z%)][.!?])(?=[A-Z][a-z]{{2}})(?P<tight>))""",
    re.VERBOSE,
)
_BULLET = regex.compile(r"\s*+(?:[-*–—]\s|[•·▪●○◦‣]|\(?(?:[a-zA-Z]|[ivx]{1,4}|\d{1,2})\)\s|\d{1,2}\.\s)")
# `1.`, `(a)`, `- 2.`, `Table 3.`: what stands before a sentence and is none.
_MARKER = regex.compile(
    r"""\s*+(?:[-*•·▪●○◦‣–—]\s*+)?+(?i:(?:table|figure|fig\.|chart|box|map|note|item|article|section|part|annex)\s)?+
    [(\[]?(?:\d{1,3}(?:\.\d{1,2})*+|[a-zA-Z]|[ivxIVX]{1,5})[)\]]?\.?\s*+""",
    regex.VERBOSE,
)
_NEXT = regex.compile(r"\s*+[\"'“‘«(\[【]*+(?P<word>[\p{L}\p{N}][\p{L}\p{N}'-]{0,30}+|\S)")
_LAST_WORD = regex.compile(r"(?:\p{L}\.)*+\p{L}+\Z|[\p{L}\p{N}]+\Z")
_INITIALS = regex.compile(r"(?:\p{L}\.)*+\p{L}")
_COVERED = regex.compile(r"\([^()]*+\)|\[[^\[\]]*+\]|“[^“”]*+”|\"[^\"]*+\"")
# What no line that was meant to end so ends in.
_RUNS_ON = regex.compile(
    r"""(?:[,(–—-] | \b(?:the|a|an|of|and|or|in|to|for|by|with|on|at|from|than|as|its|their|this|that|which
    |be|is|are|was|were|will|has|have|had))\s*+\Z""",
    regex.VERBOSE,
)
_CAPITAL = lazy("[A-Z]")
_BEYOND_ASCII = lazy(r"[^\x00-\x7f]")
_DIGIT = lazy(r"\d")
_LONGEST = 4_000  # characters of a sentence: those of prose have half as many, and within one all is set against all
_CUTS = (
    *map(lazy, (r"[,;:]\s(?!\d)", r"[,;:]\s(?!000)", r"(?<=[^\W\d_])\s")),
    lazy(r"(?<!\d)\s|\s(?!\d)|(?<=\w)[^\w\s.,'’-](?=\w)"),  # where no blank is, behind a sign
)
_AHEAD = 4  # characters that a cut looks at behind its blank
_SAMPLE = 20_000  # characters: from them is told how such a stretch of a report is written
_FEW_LINES = 20
_NARROWEST = 55
_WRAP = 78  # characters: lines are taken to be wrapped there, where all are too short to tell
_LONGEST_MARKER = 16
_TAIL = 4  # letters


@dataclass(frozen=True, slots=True)
class _Words:
    """The rules, compiled. `tails` are the last letters of abbreviations long enough to be taken for whole words."""

    never: frozenset[str]
    maybe: frozenset[str]
    unless_number: frozenset[str]
    openers: frozenset[str]
    tails: frozenset[str]
    joint: regex.Pattern[str]


@functools.lru_cache(maxsize=4)
def _compiled(book: Rulebook) -> _Words:
    ends: dict[str, set[str]] = {"never": set(), "maybe": set(), "unless-number": set()}
    for rule in book.of(Abbreviation):
        ends[rule.ends].update(word.lower() for word in rule.words)
    return _Words(
        frozenset(ends["never"]),
        frozenset(ends["maybe"]),
        frozenset(ends["unless-number"]),
        frozenset(word for rule in book.of(Opener) for word in rule.words),
        frozenset(word[-_TAIL:] for words in ends.values() for word in words),
        regex.compile("|".join(f"(?:{rule.pattern})" for rule in book.of(Joint)) or "(?!)", regex.VERBOSE),
    )


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a report is written: how wide its lines are wrapped, and whether it knows no capitals."""

    width: int
    small: bool


def _manner(view: str, start: int) -> _Manner:
    sample = view[start : start + _SAMPLE]
    lengths = sorted(_columns(line) for line in sample.split("\n") if line.strip())
    width = lengths[len(lengths) * 95 // 100] if len(lengths) > _FEW_LINES else max(lengths, default=0)
    return _Manner(width if width >= _NARROWEST else _WRAP, len(_CAPITAL.findall(sample)) * 500 < len(sample))


def split(report: Report, sections: Iterable[Section], book: Rulebook, language: Language) -> tuple[Sentence, ...]:
    """The sentences of a report, in order; none begins or ends in a blank, none overlap."""
    words = _compiled(book)
    # A long report may be put together from parts that are written in other ways.
    manners = functools.cache(lambda stretch: _manner(report.view, stretch * _SAMPLE))
    joints = [found.span() for found in words.joint.finditer(report.view)]
    sentences: list[Sentence] = []
    paragraph, joint = -1, 0
    for index, section in enumerate(sections):
        if section.kind == "furniture":
            continue
        fresh, manner = True, manners(section.body // _SAMPLE)
        for start, end, last in _pieces(report.view, section, words, manner, language):
            if span := _bare(report.text, start, end):
                paragraph += fresh
                fresh = False
                while joint < len(joints) and joints[joint][0] < span.start:
                    joint += 1
                inner = joint
                while joint < len(joints) and joints[joint][1] <= span.end:
                    joint += 1
                clauses = _clauses(report.text, span, joints[inner:joint]) if joint > inner else (span,)
                sentences.append(Sentence(span.start, span.end, index, paragraph, clauses))
            fresh |= last
    return tuple(sentences)


def _pieces(
    view: str, section: Section, words: _Words, manner: _Manner, language: Language
) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each sentence of a section, with its blanks, and whether it is the last of its paragraph."""
    for start, end, last in _whole(view, section, words, manner, language):
        first = start
        for cut in _cuts(view, start, end) if end - start > _LONGEST else ():
            yield first, cut, False
            first = cut
        yield first, end, last


def _cuts(view: str, start: int, end: int) -> Iterator[int]:
    """Where a sentence is cut that is longer than any in prose, as a table without full stops is: never in a number."""
    while end - start > _LONGEST:
        first, last = start + _LONGEST // 2, start + _LONGEST
        near = ([found.end() for found in cut.finditer(view, first, last + _AHEAD)] for cut in _CUTS)
        places = next(filter(None, ([place for place in ends if place <= last] for ends in near)), [])
        if not places:
            behind = _CUTS[-1].search(view, last, end)
            places = [behind.end()] if behind else []
        if not places or places[-1] >= end:
            return
        start = places[-1]
        yield start


def _whole(
    view: str, section: Section, words: _Words, manner: _Manner, language: Language
) -> Iterator[tuple[int, int, bool]]:
    """The same, however long they are."""
    start, stop = section.body, section.end
    ends: list[tuple[str, int, int]] = []
    for found in _MAY_END.finditer(view, start, stop):
        at, end, kind = found.start(), found.end(), found.lastgroup or "line"
        if kind == "stop" and end - at == 1 and _plain(view, at, words, manner.small):
            kind = "sure"
        ends.append((kind, at, end))
    if heading := _heading_read(view, section):
        yield start, heading[0], True
        start = heading[1]
    for kind, at, end in ends:
        if at < start:
            continue
        last = kind == "blank"
        if last and _page_breaks(view, at, end, manner.small):
            continue
        if kind == "line":
            last = _BULLET.match(view, end, stop) is not None
            if not last and not _line_ends(view, (start, at, stop), words, manner):
                continue
        elif kind in ("stop", "tight") and not _ends(view, (start, end, stop), words, manner, language):
            continue
        yield start, end, last
        start = end
    if start < stop:
        yield start, stop, False


def _plain(view: str, at: int, words: _Words, small: bool) -> bool:
    """Whether a full stop stands between a long word in small letters and a capital: most do, and then all is clear."""
    tail = view[max(at - _TAIL, 0) : at]
    if not (tail.isalpha() and tail.islower()) or tail in words.tails or view[at] != ".":
        return False
    following = view[at + 1 : at + 4].lstrip()[:1]
    return following.isupper() or (small and following.isalpha())


def _heading_read(view: str, section: Section) -> tuple[int, int] | None:
    """Where a heading ends that is read with its body, because it holds figures; alone, and with its closing marks."""
    if not _DIGIT.search(section.heading) or not view[section.body : section.body + 1].strip():
        return None
    pattern = regex.compile(r"(" + r"\s++".join(map(regex.escape, section.heading.split())) + r")[】*\ #.]*+")
    found = pattern.match(view, section.body, section.end)
    return (found.end(1), found.end()) if found else None


def _word(view: str, end: int) -> str:
    """The word that ends here, with its full stop and what closes behind it, cut to a bounded length."""
    return view[max(end - LONGEST_WORD, 0) : end].rsplit(maxsplit=1)[-1]


def _ends(view: str, where: tuple[int, int, int], words: _Words, manner: _Manner, language: Language) -> bool:
    """Whether a full stop ends its sentence; `where`: the sentence begins, the full stop ends, the section ends."""
    start, end, stop = where
    ahead = _NEXT.match(view, end, stop)
    if not ahead:
        return True
    following = ahead["word"]
    if following[0] in ",;:.)–—" or (following[0].islower() and not manner.small):
        return False
    word = _word(view, end)
    core = _core(word)
    if core is None:
        return not (manner.small and word.endswith("..."))
    if end - start <= _LONGEST_MARKER and _MARKER.fullmatch(view, start, end):
        return False
    if _abbreviates(core, following, words):
        return False
    if core in words.maybe or _INITIALS.fullmatch(core):
        return following in words.openers
    # What spaCy alone takes for an abbreviation may still end a sentence; with a digit in it (`10-K.`) it is none.
    return not core.isalpha() or following in words.openers or language.ends_after(word)


def _core(word: str) -> str | None:
    """The letters or digits right before a single full stop, in small letters; None where there is none such."""
    bare = word.rstrip("\"'»)]】〕」』0123456789[¹²³⁴⁵⁶⁷⁸⁹")
    if bare[-1:] != "." or bare[-2:] == "..":
        return None
    last = _LAST_WORD.search(bare[:-1])
    return last[0].lower() if last else ""


def _abbreviates(core: str, following: str, words: _Words) -> bool:
    """Whether the full stop behind these letters can only be that of an abbreviation."""
    return core in words.never or (core in words.unless_number and following[0].isdigit())


def _line_ends(view: str, where: tuple[int, int, int], words: _Words, manner: _Manner) -> bool:
    """Whether a line break without a full stop ends a sentence: it was meant, if the next word would have fitted."""
    start, end, stop = where
    ahead = _NEXT.match(view, end, stop)
    if not ahead:
        return True
    following = ahead["word"]
    if 1 + _columns(view[view.rfind("\n", 0, end) + 1 : end]) + _columns(following) > manner.width:
        return False
    if following[0].islower() and not manner.small:
        return False
    if end > start and view[end - 1] == "." and _abbreviates(_core(_word(view, end)) or "", following, words):
        return False
    return not _RUNS_ON.search(view, max(start, end - 8), end)


def _columns(line: str) -> int:
    """How wide a line is: a Chinese sign takes two columns."""
    if line.isascii():
        return len(line)
    return len(line) + sum(unicodedata.east_asian_width(sign) in "WF" for sign in _BEYOND_ASCII.findall(line))


def _page_breaks(view: str, at: int, end: int, small: bool) -> bool:
    """Whether a blank line stands within a sentence, as at the end of a page: small letters go on, and no stop came."""
    before = view[max(at - 3, 0) : at].rstrip()[-1:]
    return not small and view[end : end + 1].islower() and (before.isalnum() or before == ",")


def _bare(text: str, start: int, end: int) -> Span | None:
    """A piece without its outer blanks; None if nothing is left."""
    piece = text[start:end].lstrip()
    start = end - len(piece)
    piece = piece.rstrip()
    return Span(start, start + len(piece)) if piece else None


def _clauses(text: str, span: Span, joints: list[tuple[int, int]]) -> tuple[Span, ...]:
    """The pieces of a sentence between its strong joints, those inside brackets or quotes left alone."""
    covered = [found.span() for found in _COVERED.finditer(text, span.start, span.end)]
    clauses: list[Span] = []
    start, nth = span.start, 0
    for at, end in joints:
        while nth < len(covered) and covered[nth][1] <= at:
            nth += 1
        if nth < len(covered) and covered[nth][0] < at:
            continue
        if piece := _bare(text, start, at):
            clauses.append(piece)
        start = end
    if piece := _bare(text, start, span.end):
        clauses.append(piece)
    return tuple(clauses) or (span,)
