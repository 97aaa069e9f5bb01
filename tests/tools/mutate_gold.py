"""Put one slip of the pen into a copy of an annotated report, many times over, and count how many are caught.

    python tests/tools/mutate_gold.py GOLD_FOLDER [--copies 600] [--seed 1] [--missed]

GOLD_FOLDER holds NAME.txt, NAME.claims.jsonl and NAME.relations.jsonl. A copy counts only if its slip shows: if the
relation, bound as the annotation says, no longer agrees in any reading. It is caught if an error names the changed
figure, and its repair is right if the old figure is proposed. `beside` are errors elsewhere that the report itself
does not give.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pen

from pipeline import readers, rulebook, run
from pipeline.formulas import agreement
from pipeline.model import Check, Finding, Operand, Reading, Relation, Scope
from pipeline.rulebook.scales import scales

_SLIPS = ("digit", "transposed", "scale", "pasted", "base", "dropped")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated report."""

    name: str
    text: str
    claims: dict[str, Json]
    relations: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Slipped:
    """A copy with one figure changed."""

    gold: Gold
    relation: Json
    claim: str
    slip: str
    start: int
    old: str
    new: str

    @property
    def text(self) -> str:
        """The whole text of the copy."""
        return self.gold.text[: self.start] + self.new + self.gold.text[self.start + len(self.old) :]

    def moved(self, offset: int) -> int:
        """Where an offset of the report stands in the copy."""
        return offset + (len(self.new) - len(self.old) if offset > self.start else 0)


def gold_reports(folder: Path) -> Iterator[Gold]:
    """The annotated reports of a folder."""
    for path in sorted(folder.glob("*.txt")):
        if not path.with_suffix(".claims.jsonl").exists():
            continue
        claims = [json.loads(line) for line in path.with_suffix(".claims.jsonl").open(encoding="utf-8")]
        relations = [json.loads(line) for line in path.with_suffix(".relations.jsonl").open(encoding="utf-8")]
        sound = tuple(
            r for r in relations if not r.get("trap") and r["verdict"] == "consistent" and not r.get("optional")
        )
        # The reader must see what the pipeline sees: the text without a change of line ends.
        yield Gold(path.stem, path.read_bytes().decode("utf-8"), {c["id"]: c for c in claims}, sound)


def slips(gold: Gold, chance: random.Random) -> Iterator[Slipped]:
    """Every slip that can be put into the consistent relations of a report."""
    percents = sorted(
        (c["start"], found.group())
        for c in gold.claims.values()
        if c.get("unit") == "%" and not c.get("skip") and (found := pen.NUMBER.search(c["text"]))
    )
    for relation in gold.relations:
        for role, ids in relation["roles"].items():
            for one in ids:
                claim = gold.claims[one]
                found = pen.NUMBER.search(claim["text"])
                if claim.get("skip") or not found:
                    continue
                start = claim["start"] + found.start()
                for slip in _SLIPS:
                    new = _changed(slip, found.group(), role, relation, gold, claim["start"], percents, chance)
                    if new and new != found.group():
                        yield Slipped(gold, relation, one, slip, start, found.group(), new)


def _changed(
    slip: str,
    old: str,
    role: str,
    relation: Json,
    gold: Gold,
    start: int,
    percents: list[tuple[int, str]],
    chance: random.Random,
) -> str:
    if slip in pen.SLIPS:
        return pen.slipped(old, slip, chance)
    if slip == "pasted" and role == "percent":
        before = [text for place, text in percents if 0 < start - place < 500]
        return before[-1] if before else ""
    if slip == "base" and role == "percent" and relation["kind"] == "growth":
        roles = relation["roles"]
        if not roles.get("level") or not (roles.get("prior") or roles.get("change")):
            return ""
        value = {name: Fraction(str(gold.claims[ids[0]]["value"])) for name, ids in roles.items() if ids}
        change = value["change"] if "change" in value else abs(value["level"] - value["prior"])
        decimals = len(old.partition(".")[2])
        share = round(change / value["level"] * 100, decimals) if value["level"] else Fraction(0)
        return f"{Decimal(share.numerator) / Decimal(share.denominator):.{decimals}f}"
    return ""


def as_annotated(copy: Slipped, reading: Reading) -> Relation | None:
    """The relation of the annotation over the figures that were found; None if one was not."""
    operands = []
    for role, ids in copy.relation["roles"].items():
        for one in ids:
            claim = copy.gold.claims[one]
            start, end = copy.moved(claim["start"]), copy.moved(claim["end"])
            if claim.get("skip"):
                operands.append(Operand(role, f"@{start}-{end}", start, end, None, "", Fraction(claim["value"])))
                continue
            held = [c for c in reading.claims if c.figure.start < end and start < c.figure.end]
            if not held or held[0].figure.upper is not None:
                return None
            operands.append(Operand(role, held[0].claim_id, held[0].figure.start, held[0].figure.end, held[0].figure))
    mode = {"target": copy.relation.get("mode", "of"), "ratio": copy.relation.get("mode", "of")}
    scope: Scope = copy.relation["scope"]
    direction = -1 if copy.relation.get("down") else 1
    kind = copy.relation["kind"]
    return Relation(kind, tuple(operands), scope, "high", "", direction=direction, mode=mode.get(kind, ""))


def errors(reading: Reading) -> list[Finding]:
    """The findings that are errors."""
    return [finding for finding in reading.findings if finding.severity == "error"]


def _touches(check: Check, start: int, end: int) -> bool:
    return any(o.start < end and start < o.end for o in check.relation.operands)


def _is(proposal: str, copy: Slipped) -> bool:
    """Whether a proposal gives the changed figure what it was: that number, or a range around it."""
    printed, _, proposed = proposal.partition(" → ")
    before, ends = (
        pen.NUMBER.search(printed),
        [Fraction(n.replace(",", "")) for n in pen.NUMBER.findall(proposed.partition(" (")[0])],
    )
    old = Fraction(copy.old.replace(",", ""))
    return before is not None and before.group() == copy.new and bool(ends) and min(ends) <= old <= max(ends)


def _said(finding: Finding, text: str) -> tuple[str, ...]:
    relation = finding.check.relation
    return relation.kind, *(text[o.start : o.end] for o in relation.operands)


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="print each slip that was not caught")
    options = parser.parse_args()
    book, chance = rulebook.load(), random.Random(options.seed)
    sizes = scales(book)
    golds = list(gold_reports(options.folder))
    plain = {g.name: run.read(readers.read_bytes(g.text.encode(), g.name), book) for g in golds}
    said = {name: {_said(f, reading.report.text) for f in errors(reading)} for name, reading in plain.items()}
    all_slips = [slip for gold in golds for slip in slips(gold, chance)]
    chance.shuffle(all_slips)
    counts: Counter[str] = Counter()
    for copy in all_slips:
        if counts["copies"] >= options.copies:
            break
        reading = run.read(readers.read_bytes(copy.text.encode(), copy.gold.name), book)
        relation = as_annotated(copy, reading)
        if relation is None or agreement(relation, sizes) != "none":
            continue
        counts["copies"] += 1
        start, end = copy.start, copy.start + len(copy.new)
        right = [f for f in reading.findings if _touches(f.check, start, end)]
        caught = [f for f in right if f.severity == "error"]
        beside = [f for f in errors(reading) if f not in right and _said(f, copy.text) not in said[copy.gold.name]]
        counts["caught" if caught else "warned" if right else "missed"] += 1
        kind = copy.relation["kind"]
        for name in (copy.slip, kind, copy.relation["scope"]):
            counts[f"{name} copies"] += 1
            counts[f"{name} caught"] += bool(caught)
        counts["beside"] += bool(beside)
        if caught:
            ranks = [
                n for f in caught for n, proposal in enumerate(f.check.suggestion.split("; ")) if _is(proposal, copy)
            ]
            counts["repair first"] += 0 in ranks
            counts["repair in three"] += any(rank < 3 for rank in ranks)
        where = f"{copy.gold.name} {copy.relation['id']} {kind} {copy.relation['scope']} {copy.slip}"
        if options.missed and not caught:
            print(f"{'warned' if right else 'missed'} {where}: {copy.old} → {copy.new}")
        if options.missed and beside:
            print(f"beside {where}: {copy.old} → {copy.new}: {[f.check.explanation for f in beside]}")
    total = counts["copies"] or 1
    print(
        f"{counts['copies']} copies: caught {counts['caught'] / total:.3f}, only warned {counts['warned'] / total:.3f}"
    )
    print(f"with an error elsewhere {counts['beside'] / total:.3f}")
    caught_all = counts["caught"] or 1
    print(
        f"repair first {counts['repair first'] / caught_all:.3f}, in three {counts['repair in three'] / caught_all:.3f}"
    )
    for key in sorted(key.removesuffix(" copies") for key in counts if key.endswith(" copies")):
        print(f"  {key:12} {counts[key + ' caught']:4} of {counts[key + ' copies']:4}")


if __name__ == "__main__":
    main()
