"""A report → its sections: headings with their bodies, and furniture. Joined, the sections are the report's text.

The forms of headings and of furniture are rules (`rules/sections.toml`); here is only where each may stand.
Prose is never furniture: a form of furniture must match a whole line, and no line of many words can.
"""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

import regex

from pipeline.model import Mark, Report, Section
from pipeline.rulebook import Rulebook
from pipeline.rulebook.shapes import FurnitureForm, HeadingForm

_MOST_JOINED = 4  # lines
_SHORT = 45  # characters
_WRAP = 78  # characters: where lines are wrapped
_PROSE = 60  # characters: a line as long as this is taken for prose by what stands above it
_PARAGRAPH = 150  # characters: no wrapped line is as long
_STOPS = tuple(".:;?!。")
_LONGEST = 300  # characters: no longer line is furniture
_WORD = regex.compile(r"[\p{L}\p{N}]++")
_DIGIT = regex.compile(r"\d")
_NUMBER = regex.compile(r"(?:\d{1,2}+(?:\.\d{1,2}+)*+[.)、]|\d{1,2}+(?:\.\d{1,2}+)++)[\ \t]++(?=[\p{Lu}\p{Lo}])")
# What the source itself marks, by its styles or tags, needs no form.
_HEADED = HeadingForm(name="heading", file="source", address="", pattern="", place="line")
_OF_SOURCE = FurnitureForm(name="furniture", file="source", address="", pattern="")
_BULLET = regex.compile(r"[-*•·▪●○–—]\s|\(?[a-z0-9]{1,3}\)\s")


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a section begins, where its heading ends, and what it is; without a rule the last section goes on."""

    start: int
    end: int
    body: int
    heading: str
    rule: HeadingForm | FurnitureForm | None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Forms:
    """The rules, compiled. `may_be`, all headings that begin a line in one pattern, sends most lines away at once."""

    headings: tuple[tuple[HeadingForm, regex.Pattern[str]], ...]
    may_be: regex.Pattern[str]
    within: tuple[tuple[HeadingForm, regex.Pattern[str]], ...]
    furniture: tuple[tuple[FurnitureForm, regex.Pattern[str]], ...]


@functools.lru_cache(maxsize=4)
def _compiled(book: Rulebook) -> _Forms:
    headings = book.of(HeadingForm)
    compiled = [(form, regex.compile(form.pattern, regex.VERBOSE)) for form in headings]
    opening = [f"(?:{form.pattern})" for form in headings if form.place in ("line", "run-in")]
    flags = regex.VERBOSE | regex.IGNORECASE
    return _Forms(
        tuple(pair for pair in compiled if pair[0].place != "within"),
        regex.compile("|".join(opening) or "(?!)", regex.VERBOSE),
        tuple(pair for pair in compiled if pair[0].place == "within"),
        tuple((form, regex.compile(form.pattern, flags)) for form in book.of(FurnitureForm)),
    )


class _Lines:
    """The lines of a view with their offsets; a class because forms of heading ask for the neighbours of a line."""

    def __init__(self, view: str) -> None:
        self.view = view
        self.texts = view.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.texts)]
        # Word processors save a paragraph as a line, with no blank lines between.
        self.dense = "\n\n" not in view.strip() and any(len(line) > _PARAGRAPH for line in self.texts)

    def blank(self, n: int) -> bool:
        """Whether line n is blank; what lies outside the report is."""
        return not 0 <= n < len(self.texts) or not self.texts[n].strip()

    def indent(self, n: int) -> int:
        """The number of blanks that line n begins with."""
        return len(self.texts[n]) - len(self.texts[n].lstrip())

    def bare(self, n: int) -> str:
        """The words of line n."""
        return " ".join(self.texts[n].split())

    def apart(self, n: int) -> bool:
        """Whether line n stands below a blank line and above one, or is short and above a line of prose."""
        if self.dense:
            above, below = self.texts[n - 1].rstrip() if n else ".", self.texts[n + 1 : n + 2]
            return above[-1:] in _STOPS and len(self.texts[n]) <= _PROSE and bool(below) and len(below[0]) >= _PROSE
        if not self.blank(n - 1):
            return False
        if self.blank(n + 1):
            return True
        return len(self.texts[n].strip()) <= _SHORT and len(self.texts[n + 1]) >= max(_PROSE, 2 * len(self.texts[n]))

    def wrapped(self, n: int) -> bool:
        """Whether line n was broken for want of room: the line right below goes on with its sentence."""
        below = self.texts[n + 1].split() if n + 1 < len(self.texts) else []
        return bool(below) and (below[0][0].islower() or _WRAP >= len(self.texts[n]) >= _WRAP - len(below[0]))

    def prose_follows(self, n: int) -> bool:
        """Whether prose comes soon below line n: a table's cells stand among their like, a heading does not."""
        below, found = self._short_lines(range(n + 1, min(n + 8, len(self.texts))))
        above, _ = self._short_lines(range(n - 1, max(n - 8, 0), -1))  # the first line is the title
        return found and below + above <= 1

    def _short_lines(self, away: range) -> tuple[int, bool]:
        """How many short lines stand alone on the way to the next line of prose, and whether there is one."""
        short = 0
        for n in away:
            bare = self.texts[n].strip()
            if len(bare) >= _PROSE or (bare and bare[-1] in ".:;?!。") or _BULLET.match(bare):
                return short, True
            short += bool(bare) and self.blank(n - 1) and self.blank(n + 1)
        return short, False


def split(report: Report, book: Rulebook) -> tuple[Section, ...]:
    """The sections of a report, in order; they tile its text. An empty text has none."""
    if not report.text:
        return ()
    marks = list(_marks(report, _compiled(book)))
    if not marks or report.view[: marks[0].start].strip():
        marks.insert(0, _Mark(0, 0, 0, "", None))
    marks[0] = replace(marks[0], start=0)
    ends = [*(mark.start for mark in marks[1:]), len(report.text)]
    sections: list[Section] = []
    outline: list[tuple[str, int]] = []
    level, heading, rule = 0, "", ""
    for n, (mark, end) in enumerate(zip(marks, ends, strict=True), 1):
        if isinstance(mark.rule, FurnitureForm):
            sections.append(Section(f"s{n}", 0, "furniture", "", mark.start, end, mark.start, mark.rule.rule_id))
            continue
        if mark.rule:
            level, heading, rule = _level(mark, mark.rule, outline), mark.heading, mark.rule.rule_id
        sections.append(Section(f"s{n}", level, "body", heading, mark.start, end, min(mark.body, end), rule))
    return tuple(sections)


def _level(mark: _Mark, rule: HeadingForm, outline: list[tuple[str, int]]) -> int:
    """The level of a heading: its form's place in the outline so far. A form not open above it is one level deeper."""
    if rule.place == "first":
        return 0
    key = (rule.name, mark.depth)
    if key in outline:
        del outline[outline.index(key) + 1 :]
    else:
        while outline and outline[-1][0] == rule.name and outline[-1][1] > mark.depth:
            outline.pop()
        outline.append(key)
    return len(outline)


def _marks(report: Report, forms: _Forms) -> Iterator[_Mark]:
    """Where sections begin, in order. Lines of furniture that stand together are one section."""
    view = report.view
    lines = _Lines(view)
    given = deque(report.marks)
    inner = deque(_within(view, forms))
    first, in_furniture, seen = True, False, 0
    for n, line in enumerate(lines.texts):
        bare = line.strip()
        start, end = lines.starts[n], lines.starts[n + 1]
        if not bare or start < seen:
            continue
        while given and given[0].end <= start:
            given.popleft()
        by_source = given[0] if given and given[0].start < end else None
        rule = _OF_SOURCE if by_source and by_source.kind == "furniture" else None
        if rule or (len(bare) <= _LONGEST and (rule := _furniture(bare, forms))):
            if not in_furniture:
                yield _Mark(start, end, start, "", rule)
            in_furniture = True
            continue
        heading = _given(by_source, view, start) if by_source else _heading(lines, n, first, forms)
        if heading:
            yield heading
            seen = heading.end
        while inner and inner[0].start < max(start, seen):
            inner.popleft()
        goes_on = in_furniture and not heading
        while inner and inner[0].start < end:
            mark = inner.popleft()
            if not view[start : mark.start].strip():
                mark, goes_on = replace(mark, start=start), False
            if goes_on:
                yield _Mark(start, start, start, "", None)
            yield mark
            goes_on, heading = False, mark
        if goes_on:
            yield _Mark(start, start, start, "", None)
        first, in_furniture = False, False


def _given(mark: Mark, view: str, start: int) -> _Mark:
    """A heading that the source says is one, on a line that starts here; its number is no part of it."""
    written = view[mark.start : mark.end]
    title = mark.start + (found.end() if (found := _NUMBER.match(written)) else 0)
    body = title if _DIGIT.search(view, title, mark.end) else mark.end
    return _Mark(start, mark.end, body, " ".join(view[title : mark.end].split()), _HEADED, mark.level)


def _furniture(bare: str, forms: _Forms) -> FurnitureForm | None:
    """The form of furniture that this line has, or None."""
    small = bare.lower()
    for form, pattern in forms.furniture:
        for need in form.needs:
            if need in small:
                break
        else:
            if form.needs:
                continue
        if _fits(bare, form, pattern):
            return form
    return None


def _fits(bare: str, form: FurnitureForm, pattern: regex.Pattern[str]) -> bool:
    """Whether a line has this form: all of it, or enough parts with few other words around them."""
    if not form.parts:
        return pattern.fullmatch(bare) is not None
    parts = list(pattern.finditer(bare))
    if len(parts) < form.parts or ("sure" in pattern.groupindex and not any(part["sure"] for part in parts)):
        return False
    if bare[-1] in ".!?" and parts[-1].end() < len(bare) - 1:  # a sentence
        return False
    return len(_WORD.findall(pattern.sub(" ", bare))) <= form.others


def _within(view: str, forms: _Forms) -> Iterator[_Mark]:
    """The headings that may stand within a line."""
    for form, pattern in forms.within:
        for found in pattern.finditer(view):
            if _worded(found["title"], form):
                yield _mark(found, found.start(), form)


def _heading(lines: _Lines, n: int, first: bool, forms: _Forms) -> _Mark | None:
    """The heading that begins with line n, or None."""
    at = lines.starts[n] + lines.indent(n)
    stop = min(len(lines.view), at + _LONGEST)
    apart = lines.apart(n)
    if not (first or apart or forms.may_be.match(lines.view, at, stop)):
        return None
    for form, pattern in forms.headings:
        if (form.place == "first" and not first) or (form.place == "apart" and not apart):
            continue
        found = pattern.match(lines.view, at, stop)
        if found and _stands(found, form, lines, n):
            return _joined(_mark(found, lines.starts[n], form), lines, n, forms)
    return None


def _stands(found: regex.Match[str], form: HeadingForm, lines: _Lines, n: int) -> bool:
    """Whether this match stands where its form may, in words that its form allows."""
    if not _worded(found["title"], form):
        return False
    end = lines.view.find("\n", found.end())
    below = len(lines.view) if end < 0 else end
    alone = not lines.view[found.end() : below].strip()
    if alone == (form.place == "run-in"):
        return False
    if form.place == "apart":
        return lines.prose_follows(n)
    if form.joins:
        return lines.blank(n - 1) or lines.texts[n - 1].rstrip()[-1] in ".:;?!。)\"'"
    return form.place != "first" or (bool(lines.view[below:].strip()) and not lines.wrapped(n))


def _joined(mark: _Mark, lines: _Lines, n: int, forms: _Forms) -> _Mark | None:
    """A heading with the lines below that belong to it; None if they show it to be a text in capitals."""
    for form, pattern in forms.headings:
        if not form.joins or not pattern.match(lines.view, lines.starts[n] + lines.indent(n), mark.end):
            continue
        below = n + 1
        while below - n < _MOST_JOINED and not lines.blank(below) and pattern.fullmatch(lines.texts[below].strip()):
            mark = replace(mark, end=lines.starts[below + 1] - 1, heading=f"{mark.heading} {lines.bare(below)}")
            below += 1
        if not lines.blank(below) and lines.texts[below].isupper():
            return None
        first_word = lines.starts[n] + lines.indent(n)
        return replace(mark, body=first_word if _DIGIT.search(mark.heading) else mark.end)
    return mark


def _worded(title: str, form: HeadingForm) -> bool:
    """Whether a title has no more words than its form allows, and none that its form refuses."""
    words = title.lower().split()
    if len(words) > form.words:
        return False
    return title.endswith("?") or not form.not_words or not any(word in form.not_words for word in words)


def _mark(found: regex.Match[str], start: int, form: HeadingForm) -> _Mark:
    title = found["title"]
    numbers = found.groupdict().get("number") or ""
    # A heading that holds figures of its own is read like its body: nothing that is claimed in it may be lost.
    body = found.start("title") if _DIGIT.search(title) else found.end()
    return _Mark(start, found.end(), body, " ".join(title.split()), form, numbers.count(".") + numbers.count("#"))
