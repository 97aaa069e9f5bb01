"""The figures that a list may be set under: those of its measure in the few sentences before it.

It says which they are, and what ties the list to one of them or speaks against it; what they make is for
`slipped_rows`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.listed import are_two_kinds
from pipeline.binding.scene import Scene, countable, operand
from pipeline.binding.sums.runs import Row, aimed, eligible
from pipeline.binding.words import stems
from pipeline.formulas import agreement
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# `Together they came to 623 million` sums up what went before.
_TOGETHER = lazy(r"\b(?:together|combined|add(?:s|ed)? up)\b")
# Money that came in stands under no total of what went out.
_BROUGHT = lazy(r"\b(?:brought in|raised|earned|yielded|generated)\b")
_WENT = lazy(r"\b(?:cost|went on|went to|was spent on|took up|absorbed|swallowed)\b")
_IN = lazy(r"\b(?:income|revenues?|receipts|takings|earnings|earned|raised|received)\b")
_OUT = lazy(r"\b(?:spent|spending|expenditure|expenses|costs?|outlays?|paid|surplus|deficit)\b")
# `At 4,480 dollars` is a price; `stood at` tells an amount.
_PRICED = lazy(r"(?<!\bstood)(?<!\bstands)(?<!\bput)(?<!\bestimated)(?<!\bvalued)(?<!\bremained) at \W*$")
_ROW = lazy(r",? (?:and )?")
# What is put at so much is an amount: `puts the product of the year at 96.42 billion`.
_NO_PRICE = 1_000_000
_OF = lazy(r" (?:out )?of (?:the|its|their|our|an?) ")
# `The total output of pork, beef and mutton`, and how the parts of such a list are joined.
_NAMED = lazy(r",(?: and)? | and ")
_JOINT = lazy(r"[,;:()]|\b(?:and|while|whereas|with)\b")
_AMONG = lazy(r"\W*(?:of|among|amongst) (?:them|these|those|this|it|which|whom)\b")
_LEAD, _NOUN = 60, 25
_BACK, _FEW_HEADS = 4, 3


def heads(scene: Scene, row: Row) -> Iterator[int]:
    """The few figures that a list may be set under: the nearest of its measure in the sentences before."""
    first, seen = row.claims[0], 0
    for number in range(row.sentence - 1, max(-1, row.sentence - 1 - _BACK), -1):
        for claim in reversed(scene.by_sentence[number]):
            if not scene.same_section(claim, first) or seen == _FEW_HEADS:
                return
            fits = (
                eligible(scene, claim)
                and not _is_summed_up(scene, claim)
                and not aimed(scene, claim)
                and not _is_priced(scene, claim)
            )
            fits = fits and countable(scene.claims[claim], scene.claims[first])
            fits = fits and "prior" not in scene.roles(claim, "growth") and not _is_in_row(scene, claim)
            fits = fits and not (claim in scene.by_sentence[number][1:] and _is_taken_from(scene, claim))
            if fits and side(scene, claim, row.claims) != "other":
                seen += 1
                yield claim


def _is_summed_up(scene: Scene, claim: int) -> bool:
    """Whether words call a figure the total of what stands before it: `Together they came to 623 million`."""
    cue = scene.roles(claim, "sum").get("total")
    words = scene.report.view[cue.start : cue.end].lower() if cue is not None else ""
    return cue is not None and cue.mode == "close" and _TOGETHER.search(words) is not None


def _is_taken_from(scene: Scene, claim: int) -> bool:
    """`spent 4.51 million of the grant of 4.80 million`: what is listed next is of what was taken out of it."""
    return _OF.match(scene.between(claim - 1, claim)) is not None and countable(*scene.claims[claim - 1 : claim + 1])


def _is_priced(scene: Scene, claim: int) -> bool:
    start, value = scene.claims[claim].figure.start, scene.claims[claim].figure.number.value
    return value < _NO_PRICE and _PRICED.search(scene.report.view[max(0, start - _NOUN) : start].lower()) is not None


def _is_in_row(scene: Scene, claim: int) -> bool:
    """Whether a figure is one of three or more in a row, each of which has its name elsewhere: `219, 115 and 53`."""
    here = scene.by_sentence[scene.claims[claim].sentence]
    tied = {n for n in range(claim - 2, claim + 2) if {n, n + 1} <= {*here} and _ROW.fullmatch(scene.between(n, n + 1))}
    return len(tied & {claim - 1, claim}) == 2 or {claim, claim + 1} <= tied or {claim - 2, claim - 1} <= tied


def side(scene: Scene, total: int, parts: Sequence[int]) -> str:
    """Whether money that came in, or went out, stands under a total of its `own` side or of the `other`."""
    lead = scene.report.view[scene.claims[total - 1].figure.end if total else 0 : scene.claims[total].figure.start]
    start = scene.sentences[scene.claims[parts[0]].sentence].start
    said = scene.report.view[start : scene.claims[parts[-1]].figure.start].lower()
    lead = lead[-_LEAD:].lower()
    for listed, own, other in ((_BROUGHT, _IN, _OUT), (_WENT, _OUT, _IN)):
        if listed.search(said):
            return "own" if own.search(lead) else "other" if other.search(lead) else ""
    return ""


def goes_on(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """Whether the sentence behind a list tells of one more, with which the parts make the total."""
    number = scene.claims[parts[-1]].sentence + 1
    if number >= len(scene.sentences) or not scene.by_sentence[number]:
        return False
    more = scene.by_sentence[number].start
    if not (scene.same_section(total, more) and countable(scene.claims[total], scene.claims[more])):
        return False
    operands = (operand("total", scene.claims[total]), *(operand("part", scene.claims[p]) for p in (*parts, more)))
    relation = Relation("sum", operands, "section", "low", "sum.slip-under-a-total", "")
    return agreement(relation, scales(scene.book)) != "none"


def are_other_things(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """Whether the things of a list have names, and neither they nor its words are those of the total: `486 schools.
    There were 214 accidents, killing 108 people and injuring 163`."""
    names = {scene.claims[p].figure.unit for p in parts} - {""}
    figure = scene.claims[total].figure
    unit = figure.unit
    if figure.dimension != "count" or not unit or unit in names:
        return False
    span = scene.sentences[scene.claims[parts[0]].sentence]
    said = stems(scene.report.view[span.start : span.end].lower())
    things = stems(unit) | stems(scene.report.view[figure.number_end : figure.end].lower())
    return len(names) > 1 and not things & said


def lists_its_names(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """Whether the words before a total name each part, in turn: `The total output of pork, beef and mutton was …`,
    and the last sentence of the two tells of the same: `pork 93,000 tons, beef …`."""
    sentence, row = scene.sentences[scene.claims[total].sentence], scene.by_sentence[scene.claims[total].sentence]
    start = scene.claims[total - 1].figure.end if total - 1 in row else sentence.start
    names = _NAMED.split(scene.report.view[start : scene.claims[total].figure.start].lower())[-len(parts) :]
    if len(names) != len(parts) or scene.claims[parts[0]].sentence - scene.claims[total].sentence != 1:
        return False
    told = [stems(name) for name in names]
    about = [_about(scene, part) for part in parts]
    common = frozenset.intersection(*about)
    return all(name & (own - common) for name, own in zip(told, about, strict=True)) and _of_one_matter(
        scene, total, parts
    )


def _of_one_matter(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """Whether the sentence of the parts points back at the total, or has a word of what is measured: `output`."""
    before = scene.sentences[scene.claims[total].sentence]
    here = scene.sentences[scene.claims[parts[0]].sentence]
    lead = scene.report.view[here.start : scene.claims[parts[0]].figure.start].lower()
    if _AMONG.match(lead) is not None:
        return True
    measured = _NAMED.split(scene.report.view[before.start : scene.claims[total].figure.start].lower())[0]
    return bool(stems(measured.rsplit(" of ", 1)[0]) & stems(scene.report.view[here.start : here.end].lower()))


def are_all_of_it(scene: Scene, total: int, pair: Sequence[int]) -> bool:
    """Whether two parts leave no third (`urban`, `rural`), and are of what the sentence right before tells the total
    of: `Retail sales totalled … Sales in urban areas were … and those in rural areas …`."""
    if len(pair) != 2 or scene.claims[pair[0]].sentence - scene.claims[total].sentence != 1:
        return False
    about = [" ".join(_texts(scene, part)) for part in pair]
    if not are_two_kinds(scene.book, *about, always=True):
        return False
    whole = stems(_texts(scene, total)[0])
    return bool(whole & stems(about[0]))


def _about(scene: Scene, part: int) -> frozenset[str]:
    return stems(" ".join(_texts(scene, part)))


def _texts(scene: Scene, part: int) -> tuple[str, str]:
    """The words before a figure from the figure before on, and behind it up to the next joint, in lower case."""
    sentence, row = scene.sentences[scene.claims[part].sentence], scene.by_sentence[scene.claims[part].sentence]
    figure, view = scene.claims[part].figure, scene.report.view
    start = scene.claims[part - 1].figure.end if part - 1 in row else sentence.start
    end = scene.claims[part + 1].figure.start if part + 1 in row else sentence.end
    return view[start : figure.start].lower(), _JOINT.split(view[figure.number_end : end].lower())[0]
