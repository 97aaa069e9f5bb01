"""A web page → its text, block by block, each piece with its place in the source.

Scripts and what is hidden are left out; navigation, footers and forms are furniture. The scanner is linear: the parser
of the standard library takes minutes for 60 KB of `<a <a <a`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import Anchor
from pipeline.patterns import compiled, lazy
from pipeline.readers import text
from pipeline.readers.compose import Block, compose, plain, raised
from pipeline.readers.source import ReadError, ReadOptions, Source

_TAG = lazy(
    r"""<(?P<close>/?+)(?P<name>[A-Za-z][^\s/>]*+)
    (?P<attributes>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+)>""",
    re.VERBOSE,
)
_ATTRIBUTE = lazy(r"""([^\s=>/"'][^\s=>/]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+""")
_RUN = lazy(
    r"""(?P<soft>\u00ad++)
    | (?P<entity>&(?:\#[0-9]++|\#[xX][0-9a-fA-F]++|[A-Za-z]\w{1,31}+);?+)
    | (?:[^&\u00ad\ \t\n\r\f]++|[\ \n](?![\ \t\n\r\f]))++
    | (?P<blank>[\ \t\n\r\f]++)
    | &""",
    re.VERBOSE,
)
_HIDDEN_STYLE = lazy(r"(?i)\b(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)")
_CHARSET = re.compile(
    rb"""<meta\b[^>]{0,200}?\bcharset\s*+=\s*+["']?+([\w.:-]{2,40}+)
    | <\?xml\b[^>]{0,80}?\bencoding\s*+=\s*+["']([\w.:-]{2,40}+)""",
    re.VERBOSE | re.IGNORECASE,
)
_HEAD = 4096  # bytes: where a page says its encoding
_LONGEST = 1_000  # characters of a character's number: more is none, whatever noughts it begins with
_DEEPEST = 10_000  # elements within one another

_RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())  # hold text, no tags
_LEFT_OUT = frozenset("head noscript template svg math select datalist object canvas audio video button".split())
_LEFT_OUT |= frozenset("del s strike rt rp".split())  # struck out, as in a Word document; and phonetic guides
_FURNITURE = frozenset("nav footer form menu".split())
_FURNITURE_ROLES = frozenset("navigation contentinfo search banner".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = (
    frozenset(
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
        "footer form header hr html legend li main menu nav ol p pre section summary table "
        "tbody tfoot thead tr ul".split()
    )
    | _HEADINGS.keys()
)
# A start tag of the key ends an open element of these kinds, as far as the nearest of the last ones.
_IMPLIED_END = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "rt": ({"rt", "rp"}, {"ruby"}),
    "rp": ({"rt", "rp"}, {"ruby"}),
    "p": ({"p"}, {"body", "div", "td", "th", "li", "section", "article", "blockquote"}),
    "body": ({"head"}, {"html"}),
}


def read(data: bytes, name: str, options: ReadOptions) -> Source:
    """The text of a page. Its encoding is what it declares, unless the bytes say otherwise."""
    found = _CHARSET.search(data[:_HEAD])
    declared = (found[1] or found[2]).decode("ascii") if found else ""
    decoded = text.decode(data, name, options, declared)
    page = _Page(decoded.text, name)
    source = compose(page.blocks(), decoded.encoding, decoded.certainty)
    if not source.text.strip():
        raise ReadError(f"{name}: the page holds no text; is it made by a script? save it from a browser")
    return source


@dataclass(slots=True)
class _Element:
    """An open element; `number` is that of the next item of an ordered list."""

    name: str
    hidden: bool = False
    furniture: bool = False
    number: int | None = None


class _Page:
    """A page while it is read: the open elements and the block that is being filled."""

    def __init__(self, source: str, name: str) -> None:
        self.source, self.name = source, name
        self.open: list[_Element] = []
        self.done: list[Block] = []
        self.block = Block()
        self.row: Block | None = None  # the row of a table that is being filled
        self.marker = ""  # of a list item, before its text
        self.hidden = self.furniture = 0  # how many open elements are

    def blocks(self) -> Iterator[Block]:
        """The blocks of the page, in order."""
        at, source = 0, self.source
        while at < len(source):
            start = source.find("<", at)
            start = len(source) if start < 0 else start
            self._text(at, start)
            at = self._markup(start)
            yield from self.done
            self.done.clear()
        self._flush()
        self._end_row()
        yield from self.done

    def _markup(self, start: int) -> int:
        """Take what begins with `<` here; where it ends."""
        source = self.source
        following = source[start + 1 : start + 2]
        if source.startswith("<!--", start):
            return self._after("-->", start)
        if following in ("!", "?"):
            return self._after(">", start)
        if not (following.isalpha() or following == "/"):
            self._text(start, start + 1)
            return start + 1
        if following == "/" and not source[start + 2 : start + 3].isalpha():
            return self._after(">", start)
        tag = _TAG.match(source, start)
        if not tag:
            raise ReadError(f"{self.name}: the page is cut off: the tag at character {start} never ends")
        name = tag["name"].lower()
        if tag["close"]:
            self._close(name)
        else:
            self._start(name, tag["attributes"])
            if name in _RAW:
                end = compiled(f"(?i)</{name}\\b").search(source, tag.end())
                self.open.pop()
                return self._after(">", end.start()) if end else len(source)
        return tag.end()

    def _after(self, sign: str, start: int) -> int:
        found = self.source.find(sign, start)
        return len(self.source) if found < 0 else found + len(sign)

    def _start(self, name: str, written: str) -> None:
        attributes = {
            found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(written)
        }
        if name in _RAW:
            self.open.append(_Element(name))
            return
        self._imply_ends(name)
        if name in _BLOCKS:
            self._flush()
        if name == "br" and not self.hidden:
            self.block.add("\n")
        if name in _VOID:
            return
        hidden = name in _LEFT_OUT or "hidden" in attributes or attributes.get("aria-hidden") == "true"
        hidden = hidden or _HIDDEN_STYLE.search(attributes.get("style", "")) is not None
        furniture = name in _FURNITURE or attributes.get("role", "") in _FURNITURE_ROLES
        element = _Element(name, hidden, furniture)
        if name == "ol":
            start = attributes.get("start", "1")
            element.number = int(start) if re.fullmatch(r"\d{1,9}", start) else 1
        elif name == "li":
            self.marker = self._item(attributes.get("value", ""))
        elif name == "tr":
            self._end_row()
            self.row = Block("row")
        elif name in ("td", "th"):
            self._flush()
        self.open.append(element)
        self.hidden += hidden
        self.furniture += furniture
        if len(self.open) > _DEEPEST:
            raise ReadError(f"{self.name}: more than {_DEEPEST:,} elements within one another; this is no report")

    def _item(self, value: str) -> str:
        for element in reversed(self.open):
            if element.name in ("ul", "menu"):
                return "- "
            if element.number is not None:
                number = int(value) if re.fullmatch(r"\d{1,9}", value) else element.number
                element.number = number + 1
                return f"{number}. "
        return "- "

    def _imply_ends(self, name: str) -> None:
        ended, bounds = _IMPLIED_END.get(name, (set(), set()))
        for element in reversed(self.open[-20:]) if ended else ():
            if element.name in bounds:
                return
            if element.name in ended:
                self._close(element.name)
                if name not in ("tr", "body"):
                    return

    def _close(self, name: str) -> None:
        if name in _BLOCKS or name in ("td", "th"):
            self._flush()
        if name == "p" and not any(element.name == "p" for element in self.open[-20:]):
            return
        if not any(element.name == name for element in reversed(self.open[-200:])):
            return
        while self.open:
            element = self.open.pop()
            self.hidden -= element.hidden
            self.furniture -= element.furniture
            if element.name in ("tr", "table"):
                self._end_row()
            if element.name == name:
                return

    def _flush(self) -> None:
        """End the block that is being filled: a cell goes to its row, anything else to the page."""
        block, self.block = self.block, Block()
        if not block.text.strip():
            return
        if self.row is not None:
            self.row.add(" | " if self.row.pieces else "| ")
            self.row.pieces.extend((part.replace("\n", " "), anchor) for part, anchor in block.pieces)
            return
        self.done.append(block)

    def _end_row(self) -> None:
        row, self.row = self.row, None
        if row and row.pieces:
            row.add(" |")
            row.furniture = self.furniture > 0
            self.done.append(row)

    def _begin(self) -> None:
        """Tell what the block is by the elements that are open where its text begins."""
        block = self.block
        block.furniture = self.furniture > 0
        for element in reversed(self.open[-20:]):
            if element.name in _HEADINGS:
                block.kind, block.level = "heading", _HEADINGS[element.name]
                break
            if element.name == "li":
                block.kind = "item"
                block.add(self.marker)
                break
        self.marker = ""

    def _text(self, start: int, end: int) -> None:
        """Add a piece of the source to the block: blanks folded, entities read, each run with its place."""
        if start >= end or self.hidden:
            return
        names = [element.name for element in self.open[-6:]]
        kept, lifted = "pre" in names, "sup" in names
        for found in _RUN.finditer(self.source, start, end):
            said, at = found[0], found.start()
            if found["soft"]:
                continue
            if found["entity"]:
                said = html.unescape(said).replace("\u00ad", "") if len(said) < _LONGEST else "\ufffd"
            elif not kept:
                said = " " if found["blank"] else said.replace("\n", " ")
                if said[0] == " " and (not self.block.pieces or self.block.pieces[-1][0][-1] in " \n"):
                    said, at = said[1:], at + 1
            if said and not self.block.pieces:
                self._begin()
            self.block.add(plain(raised(said) if lifted else said), Anchor(0, 0, character=at))
