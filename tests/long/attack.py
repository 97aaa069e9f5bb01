"""Bytes and texts that nobody wrote, read as reports: each gives rows or one clear line, in bounded time.

    python tests/long/attack.py [--mutations 20000] [--texts 5000] [--seed 1] [--seconds 600]

Mutations are of the bytes of the shipped reports; texts are put together of what such reports are made of, and of what
no report should hold. What breaks is printed with the seed that makes it again. Exit code 1 where anything does.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import traceback
from collections import Counter
from itertools import pairwise
from pathlib import Path

from pipeline import readers, rulebook, run
from pipeline.model import Reading
from pipeline.rulebook import Rulebook

ROOT = Path(__file__).parent.parent.parent
PIECES = (
    "605 million Yuan", "22%", "120 million more than that in 2008", "of which", "accounting for", "respectively",
    "totalling", "A and B", "1,422,000 people", "2/3", "3.5–4.2%", "US$", "€", "-", "−", "(", ")", "【", "】", ";", ":",
    "the remaining", "average annual growth of", "from 2010 to 2014", "doubled", "half", "twice", "none", "zero", "per",
    "for each village", "percentage points", "basis points", "in thousands", "No. 28", "[2010]", "1st", "+86",
    "\n", "\r", "\r\n", "\t", " ", "\u00a0", "\u2009", "\u200b", "\u202e", "\ufeff", "\0", "\x1b[31m", "\ud800".encode(
        "utf-16", "surrogatepass"
    ).decode("utf-16", "replace"),
    "٣٤٥", "１２３", "½", "²", "①", "Ⅳ", "百万", "1e999999", "9" * 400, "0.0000000001", "1" + ",000" * 60, "NaN", "inf",
    "e\u0301" * 20, "((((((((", "million " * 8, "= 2", "=CMD()", "<script>", "../../etc", "%" * 500, "1/0", "0%", "1:0",
)  # fmt: skip


class Slow(Exception):
    """A text that took longer than it may."""


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, lost, doubled, or a piece moved."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        at = chance.randrange(len(changed) + 1)
        way = chance.randrange(6)
        if way == 0 and at < len(changed):
            changed[at] = chance.randrange(256)
        elif way == 1:
            del changed[at : at + chance.choice((1, 2, 40))]
        elif way == 2:
            changed[at:at] = bytes([chance.randrange(256)]) * chance.choice((1, 3, 300))
        elif way == 3:
            changed[at:at] = chance.choice(PIECES).encode("utf-8", "replace")
        elif way == 4:
            piece = changed[at : at + 200]
            other = chance.randrange(len(changed) + 1)
            changed[other:other] = piece
        else:
            changed = changed[: max(at, 1)] if chance.random() < 0.1 else changed
    return bytes(changed)


def composed(chance: random.Random) -> str:
    """Pieces of reports in any order."""
    return "".join(
        chance.choice(PIECES) + chance.choice(("", " ", " ", ", ", ". ")) for _ in range(chance.randrange(1, 60))
    )


def broken(reading: Reading) -> str:
    """What does not hold of a Reading: spans, digits, references."""
    text = reading.report.text
    if "".join(text[s.start : s.end] for s in reading.sections) != text:
        return "sections do not tile the text"
    spans = sorted((f.start, f.end) for f in [*(c.figure for c in reading.claims), *reading.skips])
    if any(b < a_end for (_, a_end), (b, _) in pairwise(spans)):
        return "figures overlap"
    known = {claim.claim_id for claim in reading.claims}
    if any(not o.ref.startswith("@") and o.ref not in known for r in reading.relations for o in r.operands):
        return "a relation names no claim"
    return ""


def tried(what: bytes | str, book: Rulebook, seconds: int) -> str:
    """What went wrong; empty if rows or a clear line came out."""

    def late(*_: object) -> None:
        raise Slow

    signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        report = readers.read_string(what) if isinstance(what, str) else readers.read_bytes(what, "report")
        return broken(run.read(report, book, strict=True))
    except readers.ReadError as error:
        return "" if str(error) and "\n" not in str(error) else f"an unclear message: {error!r}"
    except Slow:
        return f"more than {seconds} s\n{traceback.format_exc(limit=-3)}"
    except Exception:
        return traceback.format_exc(limit=-3)
    finally:
        signal.alarm(0)


def main() -> None:
    """Attack, count, and print what broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=int, default=20_000)
    parser.add_argument("--texts", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    options = parser.parse_args()
    book, began = rulebook.load(), time.monotonic()
    shipped = [path.read_bytes()[:6_000] for path in sorted((ROOT / "raw").glob("*.txt"))]
    counts: Counter[str] = Counter()
    for kind, times in (("texts", options.texts), ("mutations", options.mutations)):
        for n in range(times):
            if time.monotonic() - began > options.seconds * (0.4 if kind == "texts" else 1):
                break
            chance = random.Random(f"{kind} {options.seed} {n}")
            data = composed(chance) if kind == "texts" else mutated(chance.choice(shipped), chance)
            wrong = tried(data, book, 20)
            counts[kind] += 1
            counts["broken"] += bool(wrong)
            if wrong:
                print(f"{kind} --seed {options.seed} number {n}: {wrong}", flush=True)
    print(f"{counts['texts']} texts, {counts['mutations']} mutations, {counts['broken']} broken")
    sys.exit(1 if counts["broken"] else 0)


if __name__ == "__main__":
    main()
