"""The pieces of a page → its flows in the order in which they are read: columns of text, and tables.

A page is cut along its widest gutters, white strips that run down between pieces. Where there are short pieces on both
sides it is a table, where there are lines of prose they are columns.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.patterns import lazy
from pipeline.readers.pdf.signs import Piece

MARKER = lazy(r"[•·▪●○◦‣■□–—*-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|§\s?\d+")

_NOTED = lazy(r"\d{1,3}|[*†‡]{1,3}")
_SMALL = 0.8  # of the size of what it marks: a note's raised mark
_BEHIND = 4  # sizes: what a marker marks stands no farther behind it
_GUTTER = 0.6  # of the font's size: no narrower strip is a gutter
_ROWS_OF_TABLE = 2
_ROWS_OF_COLUMN = 4
_PITCH = 1.6  # of the distance of a table's rows: so near are others that belong to it
_BETWEEN = 3  # rows: how far apart those of one table may be that have something on both sides of its gutter
_SHARED = 0.7  # of the gaps in a table's rows: so many lie below one another
_PROSE = 22  # signs: what pieces of prose have on the average
_FULL = 0.55  # pieces of prose fill this part of their column on the average
_MOST = 5_000  # pieces: a page with more is no text
_NEAR = 8  # pieces from the top down, among which those of the same height are sought
_STRIP = 0.3  # of the font's size: a strip between the cells of full rows
_DEEPEST = 12  # cuts within one another


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines that belong to one column, or rows that belong to one table, from the top down."""

    kind: str
    rows: list[list[Piece]]


def flows(pieces: Sequence[Piece]) -> list[Flow]:
    """The flows of these pieces, in reading order."""
    return _flows([piece for row in rows_of(ordered(pieces)) for piece in _with_markers(row)])


def ordered(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces from the top down."""
    return sorted(pieces, key=lambda piece: (piece.top + piece.bottom, piece.left))


def _flows(pieces: Sequence[Piece], depth: int = 0) -> list[Flow]:
    pieces = ordered(pieces)
    cut = _best_cut(pieces) if depth < _DEEPEST else None
    if not cut:
        return [Flow("text", rows_of(pieces))] if pieces else []
    first, last, at = cut
    band = pieces[first:last]
    left = [piece for piece in band if piece.right <= at]
    right = [piece for piece in band if piece.right > at]
    if _is_table(left, right):
        first, last = _widened(pieces, first, last)
        middle = [Flow("table", _cells(rows_of(pieces[first:last])))]
    else:
        middle = _flows(left, depth + 1) + _flows(right, depth + 1)
    return _flows(pieces[:first], depth + 1) + middle + _flows(pieces[last:], depth + 1)


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces, which come from the top down, line by line; in a line from left to right."""
    rows: list[list[Piece]] = []
    top = bottom = 0.0
    for piece in pieces:
        if rows:
            shared = min(bottom, piece.bottom) - max(top, piece.top)
            if shared > 0.5 * min(bottom - top, piece.bottom - piece.top):
                rows[-1].append(piece)
                continue
        rows.append([piece])
        top, bottom = piece.top, piece.bottom
    for row in rows:
        row.sort(key=lambda piece: piece.left)
    return rows


def _with_markers(row: Sequence[Piece]) -> list[Piece]:
    """The pieces of a row, with the markers of lists and notes put to what they mark: no gutter runs behind them."""
    done: list[Piece] = []
    for piece in reversed(row):
        text = piece.text.strip()
        noted = _NOTED.fullmatch(text) is not None and bool(done) and piece.size < _SMALL * done[-1].size
        if done and (noted or MARKER.fullmatch(text)) and done[-1].left - piece.right < _BEHIND * done[-1].size:
            marked = done.pop()
            runs = [replace(run, text=run.text + " ", raised=noted) for run in piece.runs[-1:]]
            top, bottom = min(piece.top, marked.top), max(piece.bottom, marked.bottom)
            done.append(
                replace(marked, left=piece.left, top=top, bottom=bottom, runs=[*piece.runs[:-1], *runs, *marked.runs])
            )
        else:
            done.append(piece)
    return done[::-1]


def _best_cut(pieces: Sequence[Piece]) -> tuple[int, int, float] | None:
    """The band of pieces, first and behind the last, that the best gutter runs through, and where that is."""
    best: tuple[int, int, float] | None = None
    most = 0
    for at in sorted(_edges(pieces) if len(pieces) <= _MOST else ()):
        for first, last in _bands(pieces, at):
            left = sum(piece.right <= at for piece in pieces[first:last])
            score = min(left, last - first - left)
            if score > most and (kept := _trimmed(pieces, first, last, at)):
                most, best = score, (*kept, at)
    return best


def _edges(pieces: Sequence[Piece]) -> set[float]:
    """Where a gutter may begin: the right ends of pieces that have another one to the right at their height."""
    edges = set()
    for n, piece in enumerate(pieces):
        for other in pieces[max(n - _NEAR, 0) : n + _NEAR]:
            if other.left > piece.right and min(other.bottom, piece.bottom) > max(other.top, piece.top):
                edges.add(float(math.ceil(piece.right)))
                break
    return edges


def _bands(pieces: Sequence[Piece], at: float) -> list[tuple[int, int]]:
    """The runs of pieces that leave a strip free that begins here."""
    bands, first = [], 0
    for n, piece in enumerate(pieces):
        if piece.left < at + _GUTTER * piece.size and piece.right > at + 0.1:
            if n > first:
                bands.append((first, n))
            first = n + 1
    if len(pieces) > first:
        bands.append((first, len(pieces)))
    return bands


def _trimmed(pieces: Sequence[Piece], first: int, last: int, at: float) -> tuple[int, int] | None:
    """The band without the lines above and below it that have something on one side only; None if too little is left.

    A column may be longer than the other, so of columns only lines that stand apart from the others are left out.
    """
    rows = rows_of(pieces[first:last])
    both = [n for n, row in enumerate(rows) if row[0].right <= at < row[-1].right]
    left = [piece for piece in pieces[first:last] if piece.right <= at]
    right = [piece for piece in pieces[first:last] if piece.right > at]
    if not left or not right:
        return None
    if _is_table(left, right):
        both = _together(both)
        if len(both) < _ROWS_OF_TABLE or not _aligned([rows[n] for n in both]):
            return None
        upper, lower = both[0], both[-1] + 1
        table = [piece for row in rows[upper:lower] for piece in row]
        if not _is_table([p for p in table if p.right <= at], [p for p in table if p.right > at]):
            return None
    else:
        if min(len(rows_of(left)), len(rows_of(right))) < _ROWS_OF_COLUMN:
            return None
        upper, lower = 0, len(rows)
        end = min(max(piece.bottom for piece in left), max(piece.bottom for piece in right))
        for n in range(1, len(rows)):
            gap = min(piece.top for piece in rows[n]) - max(piece.bottom for piece in rows[n - 1])
            if gap > rows[n][0].size and rows[n][0].top >= end:
                lower = n
                break
    before = sum(map(len, rows[:upper]))
    return first + before, first + before + sum(map(len, rows[upper:lower]))


def _together(rows: Sequence[int]) -> list[int]:
    """The longest run of rows with few others between: those that lie far apart belong to several tables."""
    runs: list[list[int]] = []
    for n in rows:
        if runs and n - runs[-1][-1] <= _BETWEEN:
            runs[-1].append(n)
        else:
            runs.append([n])
    return max(runs, key=len, default=[])


def _aligned(rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether most gaps of these rows lie below one another, as wide blanks in lines of prose do not."""
    gaps = [[(piece.right, following.left) for piece, following in pairwise(row)] for row in rows]
    near = [[*(gaps[n - 1] if n else ()), *(gaps[n + 1] if n + 1 < len(gaps) else ())] for n in range(len(gaps))]
    shared = [
        any(min(right, end) - max(left, begin) > 0.5 * min(right - left, end - begin) for begin, end in others)
        for row, others in zip(gaps, near, strict=True)
        for left, right in row
    ]
    return sum(shared) >= _SHARED * len(shared)


def _is_table(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether what stands on both sides of a gutter is short on one side at least."""
    return not (_is_prose(left) and _is_prose(right))


def _is_prose(side: Sequence[Piece]) -> bool:
    if not side:
        return False
    rows = rows_of(side)
    width = max(piece.right for piece in side) - min(piece.left for piece in side)
    signs = sum(len(piece.text) for piece in side) / len(rows)
    filled = sum(row[-1].right - row[0].left for row in rows) / len(rows)
    return signs >= _PROSE and filled >= _FULL * width


def _widened(pieces: Sequence[Piece], first: int, last: int) -> tuple[int, int]:
    """The band of a table with the rows right above and below it that have wide blanks where it has gutters."""
    rows = rows_of(pieces[first:last])
    pitch = (rows[-1][0].top - rows[0][0].top) / (len(rows) - 1) if len(rows) > 1 else 0.0
    above, below = rows_of(pieces[:first])[::-1], rows_of(pieces[last:])
    for row in above:
        if rows[0][0].top - row[0].top > _PITCH * pitch or not _belongs(row, rows):
            break
        rows.insert(0, row)
        first -= len(row)
    for row in below:
        if row[0].top - rows[-1][0].top > _PITCH * pitch or not _belongs(row, rows):
            break
        rows.append(row)
        last += len(row)
    return first, last


def _belongs(row: Sequence[Piece], table: Sequence[list[Piece]]) -> bool:
    """Whether a row falls into cells as those of a table do."""
    strips, cells = _strips(table), max(map(len, table))
    parted = [cell for piece in row for cell in _parted(piece, strips)]
    reach = max(line[-1].right for line in table) + 2 * row[0].size
    if len(parted) < max(2, cells - 1) or parted[-1].right > reach:
        return False
    gaps = [(piece.right, following.left) for piece, following in pairwise(parted)]
    return all(any(min(right, end) > max(left, begin) for begin, end in strips) for left, right in gaps)


def _strips(rows: Sequence[list[Piece]]) -> list[tuple[float, float]]:
    """The white strips between the cells of the fullest rows of a table."""
    most = max(map(len, rows))
    full = [row for row in rows if len(row) == most]
    strips = [(max(row[n].right for row in full), min(row[n + 1].left for row in full)) for n in range(most - 1)]
    return [strip for strip in strips if strip[1] - strip[0] > _STRIP * full[0][0].size]


def _cells(rows: list[list[Piece]]) -> list[list[Piece]]:
    """The rows of a table, with pieces parted at wide blanks that stand between columns of the fullest rows."""
    strips = _strips(rows)
    return [[cell for piece in row for cell in _parted(piece, strips)] for row in rows]


def _parted(piece: Piece, strips: Sequence[tuple[float, float]]) -> list[Piece]:
    """A piece, cut at its first wide blank in each strip that it runs across."""
    for left, right in strips:
        if not piece.left < left < right < piece.right:
            continue
        for nth, run in enumerate(piece.runs):
            for at, begin, end in run.breaks:
                if min(end, right) > max(begin, left):
                    head = replace(run, text=run.text[:at], right=begin, breaks=[])
                    tail = replace(
                        run,
                        text=run.text[at + 1 :],
                        first=run.first + at + 1,
                        left=end,
                        breaks=[(place - at - 1, first, last) for place, first, last in run.breaks if place > at],
                    )
                    first = replace(piece, right=begin, runs=[*piece.runs[:nth], head])
                    rest = replace(piece, left=end, runs=[tail, *piece.runs[nth + 1 :]])
                    return [first, *_parted(rest, strips)]
    return [piece]
