"""The styles and the numbering of a Word document: which paragraphs are headings, and what number stands before one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.patterns import lazy

_HEADING = lazy(r"heading (\d)")
_DEEPEST = 20  # styles based on one another
_NO_HEADING = 9
_LONGEST_FORM = 60  # characters of how a list is numbered: it stands before each of its paragraphs


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph's style says. `contents`: of a table of contents; `outline` counts from 0, 9 is none."""

    based_on: str = ""
    outline: int | None = None
    number_id: str = ""
    number_level: int | None = None
    contents: bool = False


class Styles:
    """The styles by their ids, made of the events of styles.xml."""

    def __init__(self) -> None:
        self.styles: dict[str, Style] = {}
        self.now = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        value = attributes.get("val", "")
        if name == "style":
            self.now = attributes.get("styleId", "")
            self.styles[self.now] = Style()
        if self.now not in self.styles:
            return
        style = self.styles[self.now]
        if name == "name":
            heading = _HEADING.fullmatch(value.lower())
            outline = int(heading[1]) - 1 if heading else -1 if value.lower() == "title" else style.outline
            style = replace(style, outline=outline, contents=value.lower().startswith("toc "))
        elif name == "basedOn":
            style = replace(style, based_on=value)
        elif name == "outlineLvl" and value.isdecimal() and style.outline is None:
            style = replace(style, outline=int(value[:2]))
        elif name == "numId":
            style = replace(style, number_id=value)
        elif name == "ilvl" and value.isdecimal():
            style = replace(style, number_level=int(value[:2]))
        self.styles[self.now] = style

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "style":
            self.now = ""

    def text(self, text: str) -> None:
        """Styles have no text."""

    def of(self, style_id: str) -> Style:
        """A style with what it takes over from those it is based on."""
        found = Style()
        for _ in range(_DEEPEST):
            style = self.styles.get(style_id)
            if not style:
                break
            found = Style(
                "",
                style.outline if found.outline is None else found.outline,
                found.number_id or style.number_id,
                style.number_level if found.number_level is None else found.number_level,
                found.contents or style.contents,
            )
            style_id = style.based_on
        return found


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered: `%1.%2`."""

    start: int = 1
    form: str = "decimal"
    text: str = "%1."


class Numbers:
    """The lists by their ids, made of the events of numbering.xml; it counts while paragraphs ask for their numbers."""

    def __init__(self) -> None:
        self.levels: dict[tuple[str, int], _Level] = {}
        self.lists: dict[str, str] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.restarted: set[str] = set()
        self.counts: dict[str, list[int]] = {}
        self.abstract = self.number = ""
        self.level = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        value = attributes.get("val", "")
        if name == "abstractNum":
            self.abstract, self.number = attributes.get("abstractNumId", ""), ""
        elif name == "num":
            self.number = attributes.get("numId", "")
        elif name == "abstractNumId" and self.number:
            self.lists[self.number] = value
        elif name in ("lvl", "lvlOverride") and attributes.get("ilvl", "").isdecimal():
            self.level = int(attributes["ilvl"][:2])
        elif name == "startOverride" and value.isdecimal():
            self.starts[self.number, self.level] = int(value[:9])
            self.restarted.add(self.number)
        elif not self.number:
            key = (self.abstract, self.level)
            level = self.levels.get(key, _Level())
            if name == "start" and value.isdecimal():
                self.levels[key] = replace(level, start=int(value[:9]))
            elif name == "numFmt":
                self.levels[key] = replace(level, form=value)
            elif name == "lvlText":
                self.levels[key] = replace(level, text=value[:_LONGEST_FORM])

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Numbering has no text."""

    def marker(self, number_id: str, level: int) -> str:
        """The number or bullet of the next paragraph of this list, with a blank; nothing for what is in no list."""
        abstract = self.lists.get(number_id)
        if abstract is None or level >= _NO_HEADING:
            return ""
        form = self.levels.get((abstract, level), _Level())
        if form.form == "none":
            return ""
        if form.form == "bullet":
            return "- "
        key = number_id if number_id in self.restarted else f"of {abstract}"
        counts = self.counts.setdefault(key, [])
        while len(counts) <= level:
            counts.append(self._first(number_id, abstract, len(counts)) - 1)
        counts[level] += 1
        del counts[level + 1 :]

        def count(found: re.Match[str]) -> str:
            nth = int(found[1]) - 1
            if nth >= len(counts):
                return ""
            value = max(counts[nth], self._first(number_id, abstract, nth))
            return _written(value, self.levels.get((abstract, nth), _Level()).form)

        said = re.sub(r"%([1-9])", count, form.text).strip()
        return f"{said} " if said else ""

    def _first(self, number_id: str, abstract: str, level: int) -> int:
        return self.starts.get((number_id, level), self.levels.get((abstract, level), _Level()).start)


def _written(value: int, form: str) -> str:
    """A number in the form that a list has it in."""
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letters = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 9)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        said = ""
        for size, sign in zip(
            (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
            "m cm d cd c xc l xl x ix v iv i".split(),
            strict=True,
        ):
            said += sign * (value // size)
            value %= size
        return said if form == "lowerRoman" else said.upper()
    return f"{value:02d}" if form == "decimalZero" else str(value)
