"""What two figures tell of now and then, with a change told of both of them → growth, points, annual, direction.

`The rate was 3.2% in the autumn. In the summer it had been 3.6%. It has thus slowed.` The two are the only figures of
their measure there, words tell which came first, and the sentence that tells of the change points back at them. Only
for a change that nothing nearer has bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.binding.comparisons import by_years, directions, timing
from pipeline.binding.comparisons.leading import AMBIENT, is_of_some, leads
from pipeline.binding.comparisons.soundness import of_one_size
from pipeline.binding.comparisons.two_times import (
    ANOTHER,
    BETTER,
    POINTS,
    SO,
    SPELL,
    WORD,
    Told,
    framed,
    is_of,
    is_plain,
    may_be_two,
    names_it,
    speaks_of,
    told_of,
    two,
)
from pipeline.binding.listed import valued
from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.binding.words import stems
from pipeline.formulas import agreement
from pipeline.model import Relation, Scope
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales
from pipeline.rulebook.ways import ways

_THE = frozenset(("the", "this", "that", "such", "its", "their"))
_LONGEST = 10
_OVER_IT = lazy(rf"[^.;]{{0,25}}\b(?:over|in|during|across|throughout) (?:the|those|these|that) (?:[a-z]+ )?{SPELL}\b")
_APPOSED = lazy(
    r"(?: [^.;:,–—(]{0,45})?"
    r"(?:,| –| —|—| -| \()(?P<told>[^.;:–—(]{0,40})"
)
_HEADS = ("percent", "change", "factor")
_PRONOUN = lazy(r"\W*(?:that|this|it|they|which|against|compared|versus)\b")
_LINKS = frozenset(
    "a an or i e that is by of which some about representing making being thus so nearly almost just in all".split()
)
_ENDS = lazy(r"\s*(?:[.,;)–—]|(?:worse|better|more|less|fewer|higher|lower|up|down|was|were|has been)\b|$)")
_NOUN = lazy(
    r"\b(?P<noun>[a-z-]+)(?:,| of| by| is| was| amounts to| amounted to| comes to| came to| averag\w+)"
    r"(?: (?:some|about|around|nearly|almost|just|only|over|an average of|the|a|exactly|roughly))*\W*$"
)
_EXTRA = lazy(r"\bthe (?:additional|extra) \W*$")
_GONE = lazy(r"[ -](?:[a-z]+ )?(?P<way>lost|shed|gained|added|created|cut|saved)\b")
# `has thus`, `have, in short,`; `Thus it has`; `The increase reflects …`
_HAS_SO = lazy(rf"\b(?:has|have|had|is|was|are|were)[ ,]+(?:{SO}|since)[ ,]+(?:(?:been|again|further|[a-z]+ly) )?")
_SO_HAS = lazy(
    rf"\W*{SO}[ ,]+(?P<who>[a-z' -]{{2,50}}?) (?:has|have|had|is|was|are|were) (?:(?:been|again|further|[a-z]+ly) )?"
)
_THE_NOUN = lazy(
    r"\W*(?:the|this|that|such an?) (?:(?!of\b|largest|biggest|greatest|highest|smallest|lowest|main|only|average)"
    r"[a-z-]+ )?(?=[a-z-]+(?:,| (?:is|was|has|had|reflect|came|comes|stem|follow|mark|owe|result|continu|mean|prompt)))"
)
# `Lending accordingly fell`
_SO_FELL = lazy(rf"\W*+(?P<who>[a-z' -]{{2,50}}?) {SO} ")
_BETWEEN = lazy(
    r"\s*(?:between (?:the two|them|these|those)\b|(?:over|in|during) (?:that|those) (?:years?|period|time)\b)"
)
_IMPROVED = lazy(r"(?:improved|bettered)\b")
_WORSENED = lazy(r"(?:worsened|deteriorated)\b")
_SUBJECT = lazy(
    r"(?:^|[:;,.] )\W?(?:(?:the|its|their) )?(?P<who>[a-z' -]{3,60}?) (?:has|have|had) (?:since|now|then|thus) "
)
_THE_GAP = lazy(
    r"\b(?:gap|difference|disparity|margin) between (?:them|the two|these|both|the (?:former|two)[a-z ]{0,20})"
    r"(?:,| of| is| was| at| amounts to| comes to| came to) ?(?:thus |only |some |about )*\W*$"
)
_A_RATE = lazy(r"\b(?:rate|ratio|margin|share|proportion|percentage|coverage|occupancy|yield|turnout)\b")
_YEARLY = lazy(r"\s*(?:[a-z]+ )?(?:(?:a|per|each|every) (?:year|annum)|annually|yearly|p\.a\.)")
_NEAR = 90


def bind(scene: Scene, bound: Sequence[Relation]) -> Iterator[Relation]:
    """The changes told of two figures before them that no nearer words bind."""
    sure = [r for r in bound if _counts(scene, r)]
    tied_by = {_pair_of(r) for r in sure if any(o.role in ("percent", "change") for o in r.operands)}
    held = {o.ref for r in sure for o in r.operands if o.role in _HEADS}
    surely = {o.ref for r in sure if r.confidence == "high" for o in r.operands if o.role in _HEADS}
    tied = {
        o.ref
        for r in bound
        if r.kind in ("direction", "growth", "points", "annual", "target", "ratio")
        for o in r.operands
    }
    for number in range(len(scene.sentences)):
        claims = scene.by_sentence[number]
        if not claims and not may_be_two(scene, number, claims.start):
            continue
        found = False
        for claim in claims:
            ref = scene.claims[claim].claim_id
            # The years that a change names say more than figures that happen to agree.
            if ref in surely or (ref in held and by_years.two(scene, number, claim) is None):
                continue
            relation = _changed(scene, number, claim) or _yearly(scene, number, claim)
            if relation is not None and (relation.kind == "annual" or _pair_of(relation) not in tied_by):
                found = True
                yield relation
        if not found and not any(scene.claims[c].claim_id in held for c in claims):
            relation = _moved(scene, number, tied)
            if relation is not None:
                yield relation


def _pair_of(relation: Relation) -> frozenset[str]:
    return frozenset(o.ref for o in relation.operands if o.role in ("level", "prior"))


def _counts(scene: Scene, relation: Relation) -> bool:
    """Whether a relation is sure, or agrees and has words that lead it."""
    if relation.confidence == "high":
        return True
    return relation.rule != AMBIENT and agreement(relation, scales(scene.book)) != "none"


def _changed(scene: Scene, number: int, claim: int) -> Relation | None:
    """A percent or an amount by which something changed, and what it was before and after."""
    figure = scene.claims[claim].figure
    said = _ahead(scene, claim)
    role, direction = _lead(scene, claim, said)
    if (
        not role
        or figure.upper is not None
        or any(c.kind in ("real", "annual") for _, c in scene.cues_of.get(claim, ()))
    ):
        return None
    kind = "points" if figure.kind == "points" else "growth"
    leading = leads(scene, claim)
    between = kind == "points" and leading is not None and leading[2].mode == "gap"
    told = of_the_pair = framed(scene, number, claim, percents=kind == "points")
    if told is None or not names_it(scene, said, told, claim, direction):
        of_the_pair = None
        told = two(scene, number, claim, percents=kind == "points", like=claim if role == "change" else None)
    if told is None and role == "percent" and _A_RATE.search(said) is not None:
        told = two(scene, number, claim, percents=True, like=None)  # `The ratio has thus increased by 3.7%`
    if told is None and between:
        told = two(scene, number, claim, percents=True, like=claim, back=1)
    in_row = by_years.two(scene, number, claim)
    told = in_row or told
    if told is None:
        return None
    near = told in (of_the_pair, in_row) or (between and max(told.level, told.prior) == claim - 1)
    if not near and not _points_back(scene, number, claim, told, said):
        return None
    gap = between or _THE_GAP.search(said[-_NEAR:]) is not None
    if not told.sure and not gap:
        return None
    level, prior = told.level, told.prior
    if not directions.are_one(scene, told.prior, told.level) or (
        kind == "growth" and not of_one_size(scene, {role: claim}, level, prior)
    ):
        return None
    operands = tuple(operand(r, scene.claims[c]) for r, c in (("level", level), ("prior", prior), (role, claim)))
    why = "words tell what it was, what it is, and by how much it changed"
    relation = Relation(
        kind, operands, scene.scope_of(level, prior, claim), "high", "growth.now-and-then", why, direction
    )
    return relation if in_row is None or by_years.is_told(scene, relation, claim) else None


def _is_cued(scene: Scene, claim: int) -> bool:
    """Whether words give a figure a role, other than beside: a bound, or the width of a range."""
    return any(cue.kind not in ("range", "limit") for _, cue in scene.cues_of.get(claim, ()))


def _lead(scene: Scene, claim: int, said: str) -> tuple[str, int]:
    """The role in which a figure tells of a change, and which way; no role where it does not."""
    leading = leads(scene, claim)
    figure = scene.claims[claim].figure
    if leading is not None and (leading[0].kind == "growth" or leading[2].mode == "in-all"):
        return leading[1], leading[2].direction  # `The saving of 3.9 million` may be one over two years
    if figure.kind not in ("absolute", "points", "percent") or _is_cued(scene, claim):
        return "", 0
    role = "percent" if figure.kind == "percent" else "change"
    if _THE_GAP.search(said[-_NEAR:]) is not None:
        return role, 0
    noun = _NOUN.search(said[-_NEAR:])
    if noun is not None and noun["noun"] in ways(scene.book, "RISEN", "FALLN", "LOSSOFWORTH").signs:
        return role, ways(scene.book, "RISEN", "FALLN", "LOSSOFWORTH").signs[noun["noun"]]
    if figure.kind == "absolute" and figure.dimension in ("count", ""):
        if _EXTRA.search(said) is not None:
            return role, 1
        gone = _GONE.match(scene.report.view[figure.number_end : figure.end + _NEAR].lower())
        if gone is not None and said.rstrip().endswith(" the"):
            return role, 1 if gone["way"] in ("gained", "added", "created") else -1
    return "", 0


def _yearly(scene: Scene, number: int, claim: int) -> Relation | None:
    """A yearly growth between two figures, with the years between them."""
    cue = scene.roles(claim, "annual").get("percent")
    if cue is None or scene.claims[claim].figure.kind != "percent":
        return None
    told = two(scene, number, claim, percents=False, like=None)
    if told is None or not told.sure:
        return None
    first = min(scene.claims[c].sentence for c in (told.level, told.prior))
    built = [
        Relation(
            "annual",
            tuple(
                operand(r, scene.claims[c])
                for r, c in (("level", told.level), ("prior", told.prior), ("percent", claim))
            )
            + tuple(years),
            scene.scope_of(told.level, told.prior, claim),
            "high",
            "annual.now-and-then",
            "words tell what it was, what it is, the years between, and the yearly growth",
            cue.direction,
        )
        for years in timing.years_between(scene, told.prior, told.level, first, number)
    ]
    agreed = [r for r in built if agreement(r, scales(scene.book)) != "none"]
    return next(iter(agreed or built), None)


def _moved(scene: Scene, number: int, tied: set[str]) -> Relation | None:
    """`… It has thus slowed.`: a word of movement, told of two figures before, without one of its own; or `Losses have
    since fallen to 7 percent.`, told of the one before."""
    claims = [c for c in scene.by_sentence[number] if scene.claims[c].figure.dimension != "time"]
    found = _moved_so(scene, number, claims) or _moved_to(scene, number, claims)
    if found is None:
        return None
    told, direction, words = found
    if {scene.claims[c].claim_id for c in (told.prior, told.level)} & tied:
        return None
    if not directions.may_be_compared(scene, told.prior, told.level) or not directions.are_one(
        scene, told.prior, told.level
    ):
        return None
    operands = tuple(
        directions.as_finely(r, scene.claims[c]) for r, c in (("prior", told.prior), ("level", told.level))
    )
    scope: Scope = (
        "neighbour" if min(scene.claims[c].sentence for c in (told.prior, told.level)) >= number - 1 else "section"
    )
    return Relation("direction", operands, scope, "high", "direction.now-and-then", f"“{words}”", direction)


def _moved_so(scene: Scene, number: int, claims: Sequence[int]) -> tuple[Told, int, str] | None:
    if not may_be_two(scene, number, scene.by_sentence[number].start):
        return None
    sentence = scene.sentences[number]
    said = " ".join(scene.report.view[sentence.start : sentence.end].lower().split())
    at = _HAS_SO.search(said) or _SO_HAS.match(said) or _SO_FELL.match(said) or _THE_NOUN.match(said)
    if at is None or (claims and _ahead(scene, claims[0]).find(said[: at.end()]) < 0):
        return None
    told = two(scene, number, scene.by_sentence[number].start, percents=None, like=None)
    if told is None or not told.sure:
        return None
    who = at.groupdict().get("who", said[: at.start()])
    if not speaks_of(scene, who, min(told.prior, told.level), number):
        return None
    moved = ways(scene.book, "RISEV", "FALLV", "RISEN", "FALLN", "LOSSOFWORTH")
    found = moved.pattern.match(said, at.end())
    if found is not None:
        return told, moved.signs[found.group()], said[: found.end()]
    better = bool(_IMPROVED.match(said, at.end())) - bool(_WORSENED.match(said, at.end()))
    if not better:
        return None
    first = min(scene.claims[c].sentence for c in (told.prior, told.level))
    about = scene.report.view[scene.sentences[first].start : scene.sentences[number].end].lower()
    more, less = (words.search(about) is not None for words in valued(scene.book))
    direction = better * (more - less)
    return (told, direction, said[: at.end() + 10]) if direction else None


def _moved_to(scene: Scene, number: int, claims: Sequence[int]) -> tuple[Told, int, str] | None:
    for level in claims:
        cue = scene.roles(level, "growth").get("level")
        if cue is None or cue.frame or not cue.direction:
            continue
        subject = _SUBJECT.search(_ahead(scene, level))
        prior = _only_one(scene, number - 1, level)
        if subject is None or prior is None or not is_plain(scene, level):
            return None
        before = scene.sentences[number - 1]
        named = stems(subject["who"])
        if named and not named & stems(scene.report.view[before.start : before.end].lower()):
            return None
        return Told(prior, level, True), cue.direction, " ".join(scene.report.text[cue.start : cue.end].split())
    return None


def _only_one(scene: Scene, number: int, level: int) -> int | None:
    """The only plain figure of a level's measure in the sentence before it, of one paragraph with it."""
    if number < 0 or scene.sentences[number].paragraph != scene.sentences[number + 1].paragraph:
        return None
    figure = scene.claims[level].figure
    alike = [
        c
        for c in scene.by_sentence[number]
        if scene.claims[c].figure.kind == figure.kind and same_measure(scene.claims[c], scene.claims[level])
    ]
    if len(alike) != 1 or not is_plain(scene, alike[0]) or scene.claims[alike[0]].figure.unit != figure.unit:
        return None
    return None if scene.roles(alike[0], "growth", "target") else alike[0]


def _ahead(scene: Scene, claim: int) -> str:
    """The words of a sentence before a figure, in lower case, with one blank between them."""
    start = scene.sentences[scene.claims[claim].sentence].start
    return " ".join(scene.report.view[start : scene.claims[claim].figure.start].lower().split()) + " "


def _points_back(scene: Scene, number: int, claim: int, told: Told, said: str) -> bool:
    """Whether what tells of a change speaks of the two figures: right behind them, or where a sentence points back."""
    second, first = max(told.level, told.prior), min(told.level, told.prior)
    if scene.claims[second].sentence == number:
        if not _is_apposed(scene, second, claim):
            return False
        # `Sales rose by 1.4%. Gross margin was 22.9%, 14 points down`: what is named anew is another thing.
        before = scene.sentences[number - 1]
        about, figure = stems(scene.report.view[before.start : before.end].lower()), scene.claims[second].figure
        noun = scene.report.view[figure.number_end : figure.end].lower()
        named = stems(_ahead(scene, second)) | stems(noun) <= about
        pronoun = _PRONOUN.match(_ahead(scene, second)) is not None
        return scene.claims[first].sentence == number or named or pronoun
    others = [c for c in range(scene.by_sentence[number].start, claim) if scene.claims[c].figure.dimension != "time"]
    if others or is_of_some(scene, claim, scene.claims[first].sentence):
        return False
    yearly = "percent" in scene.roles(claim, "annual")
    if _THE_GAP.search(said) is not None:
        return True
    if not yearly and ANOTHER.search(said) is not None:
        return False
    changes = ways(scene.book, "RISEN", "FALLN", "LOSSOFWORTH").signs.keys() | BETTER
    words = WORD.findall(said)
    if words and words[0] in _THE and len(words) <= _LONGEST:
        at = next((n for n, word in enumerate(words[:3]) if word in changes), 0)
        if at:
            return is_of(scene, words[at + 1 :], first, number)
        if len(words) == 1:  # `The 35-percent increase in sales`
            return is_of(scene, WORD.findall(re.split(r"[.;,]", scene.after(claim))[0])[1:5], first, number)
        if _EXTRA.search(said) is not None:
            return True  # `The additional 1,245 children`
    if _BETWEEN.match(scene.after(claim)) is not None and stems(said) & told_of(scene, first, number):
        return True
    points = POINTS.fullmatch(said)
    if points is not None:
        return speaks_of(scene, points["who"] or "", first, number)
    return yearly and _OVER_IT.match(scene.after(claim)) is not None


def _is_apposed(scene: Scene, second: int, claim: int) -> bool:
    """`… 21,700 in 2019, up by 18.6 per cent.`: a change straight behind the later figure, at the end of its clause."""
    between = _APPOSED.fullmatch(scene.between(second, claim))
    if between is None or _ENDS.match(scene.after(claim)) is None:
        return False
    changes = ways(scene.book).signs.keys() | BETTER | _LINKS
    return all(word in changes for word in WORD.findall(between["told"]))
