"""How far what was done is off what was planned, where one phrase names the plan and the distance → target.

`Order intake (€2.73bn) overshot the budget of €2.60bn by 5%`, `leaving it 1,240 ha adrift of its goal of 6,000 ha`: the
level is told before the phrase. Where a sentence tells the distance alone, `the ceiling was overshot by 57`, plan and
level are the only two figures of their measure in the sentences right before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.binding.scene import Scene, countable, operand, same_measure
from pipeline.binding.slipped import one_slip_away
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Cue, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# What a sentence concludes from those before it.
_SO = lazy(r"\b(?:therefore|thus|hence|accordingly|consequently|so)\b")
_DRAWN = lazy(r",? (?:so(?: that)?|which|thus|therefore|hence|and thus|and so|it was|this was)\b")
_IT = lazy(r", (?:and |but )?(?:it|they|this|which)\b")
_THIS = lazy(r"\W*(?:this|that|it|they|which)\b")
_JOINED = lazy(r"\b(?:and|but|while)\b")
_HIT = lazy(r"\b(?:miss|beat|better)(?:e[ds]|en|ing|s|ed)?\b")
_HEADS = ("change", "percent")
_NO_BOUND = ("", "~")
# Level and plan lie no farther apart than this where nothing but their order ties them.
_TIMES = 2
_NEAR = Fraction(1, 2)
_BACK, _PAIR, _WHOLE = 2, 2, 100
# How much may be left to chance where a slip explains what does not agree.
_TIED, _LOOSE = Fraction(1), Fraction(1, 4)


def targets(scene: Scene, number: int) -> Iterator[Relation]:
    """All such targets whose distance stands in this sentence."""
    claims = scene.by_sentence[number]
    cues = {id(cue): cue for n in claims for _, cue in scene.cues_of.get(n, ()) if cue.kind == "target" and cue.frame}
    told: set[int] = set()
    for cue in sorted(cues.values(), key=lambda c: (-len(c.roles), c.start)):
        roles = {role: ref for role, ref in cue.roles if ref >= 0}
        heads = [(role, roles[role]) for role in _HEADS if role in roles]
        if not heads or told & {ref for _, ref in heads}:
            continue
        found = (
            _of_phrase(scene, number, cue, roles, heads) if "target" in roles else _of_two(scene, number, cue, heads)
        )
        if found is not None:
            told |= {ref for _, ref in heads}
            yield found
    yield from _carried_out(scene, number)
    yield from _plan_behind(scene, number)
    yield from _lacking(scene, number)


def _lacking(scene: Scene, number: int) -> Iterator[Relation]:
    """`The target was set at 58,000 million. Earnings were 95.8 percent of this target, leaving a shortfall of 2,440
    million`: the plan is the only one of the sentence before, and what was done goes untold."""
    cues = {id(cue): cue for n in scene.by_sentence[number] for _, cue in scene.cues_of.get(n, ())}
    for cue in cues.values():
        roles = dict(cue.roles)
        if cue.kind != "target" or cue.mode != "of" or set(roles) != {"percent", "change"} or not number:
            continue
        if scene.sentences[number - 1].paragraph != scene.sentences[number].paragraph:
            continue
        plans = [
            n for n in scene.by_sentence[number - 1] if "target" in scene.roles(n, "target") and _is_plain(scene, n)
        ]
        if len(plans) != 1 or not same_measure(scene.claims[plans[0]], scene.claims[roles["change"]]):
            continue
        operands = (
            operand("target", scene.claims[plans[0]]),
            *(operand(role, scene.claims[roles[role]]) for role in ("percent", "change")),
        )
        why = f"“{' '.join(scene.report.text[cue.start : cue.end].split())}”"
        way = -1 if scene.claims[roles["percent"]].figure.number.value < _WHOLE else 1
        yield Relation("target", operands, "neighbour", "high", cue.rule, why, way, "of")


def _plan_behind(scene: Scene, number: int) -> Iterator[Relation]:
    """`In all 1,012 villages were declared free. The target was 920 villages, so that it has been exceeded by 10%`: the
    plan and the distance here, and in the sentence before one figure of the plan's things."""
    here = [n for n in scene.by_sentence[number] if scene.claims[n].figure.dimension != "time"]
    if len(here) != _PAIR or not number or scene.sentences[number - 1].section != scene.sentences[number].section:
        return
    plan, head = here
    cues = scene.roles(head, "target")
    role = next((role for role in _HEADS if role in cues), "")
    if not role or "target" not in scene.roles(plan, "target") or not _is_plain(scene, plan):
        return
    if _DRAWN.search(scene.between(plan, head)) is None or "target" in dict(cues[role].roles):
        return
    unit = scene.claims[plan].figure.unit
    levels = [n for n in _of_measure(scene, number - 1, plan) if scene.claims[n].figure.unit == unit != ""]
    levels = [n for n in levels if not set(scene.roles(n, "growth")) & {"prior", "change"}]
    if len(levels) == 1:
        relation = _target(scene, cues[role], levels[0], plan, [(role, head)])
        if relation is not None and (agreement(relation, scales(scene.book)) != "none" or _is_close(relation)):
            yield relation


def _carried_out(scene: Scene, number: int) -> Iterator[Relation]:
    """`Utilisation therefore stood at 90 per cent`: of the two figures of the sentences before, one of them a plan."""
    percent = scene.by_sentence[number].start
    cue = scene.roles(percent, "share").get("percent")
    if cue is None or cue.rule != "cues.rate-of-part" or _SO.search(_ahead(scene, number, percent)) is None:
        return
    found = _of_two(scene, number, replace(cue, mode="of", direction=0), [("percent", percent)])
    if found is not None:
        yield found


def _ahead(scene: Scene, number: int, claim: int) -> str:
    return scene.report.view[scene.sentences[number].start : scene.claims[claim].figure.start].lower()


def _of_phrase(
    scene: Scene, number: int, cue: Cue, roles: dict[str, int], heads: Sequence[tuple[str, int]]
) -> Relation | None:
    """The plan that the phrase names, and the level that it names or that is told before it."""
    plan = roles["target"]
    lead = heads[0][1]
    if lead < plan and _JOINED.search(scene.between(lead, plan)):
        return None  # `14 points lower than the baseline and met the target of 28%`
    levels = [roles["level"]] if "level" in roles else _levels(scene, number, cue, plan)
    if not levels:
        return None
    relation = _target(scene, cue, levels[-1], plan, heads)
    if relation is None or agreement(relation, scales(scene.book)) != "none":
        return relation
    if cue.mode == "of" and agreement(replace(relation, mode="excess"), scales(scene.book)) != "none":
        return replace(relation, mode="excess")  # `The plan was 40 wells; 44 were sunk (10%)`
    a, b = (scene.claims[n].figure.number.value for n in (levels[-1], plan))
    sure = len(levels) == 1 and max(a, b) <= _TIMES * min(a, b)
    return relation if sure or one_slip_away(relation, scales(scene.book), least=_TIED) else None


def _levels(scene: Scene, number: int, cue: Cue, plan: int) -> list[int]:
    """The figures of the plan's measure before the phrase in its sentence, which no word makes a plan."""
    held = {ref for _, ref in cue.roles}
    found = [n for n in _of_measure(scene, number, plan) if n not in held]
    before = [n for n in found if scene.claims[n].figure.start < cue.start]
    # `Use fell to 135 litres from 139 in 2022, and missed its target`: what was before is no level.
    now = [n for n in before if "prior" not in scene.roles(n, "growth")]
    if before and not now and number and _speaks_of_another(scene, number, before, cue):
        # `74% were satisfied. This was up from 71% last year, but still two points short of our target`
        return _of_measure(scene, number - 1, plan)
    return now or before or (found if len(found) == 1 else [])


def _speaks_of_another(scene: Scene, number: int, before: Sequence[int], cue: Cue) -> bool:
    """Whether what is set against a plan was told in the sentence before: `This was up from 71% …, but …`, `Relative to
    the 26.04 of 2022 it fell by 4.5%, and it stayed …`."""
    behind = scene.report.view[scene.claims[before[-1]].figure.end : cue.start].lower()
    return _THIS.match(_ahead(scene, number, before[0])) is not None or _IT.search(behind) is not None


def _of_measure(scene: Scene, number: int, plan: int) -> list[int]:
    """The figures of a sentence in the measure of a plan, which no word makes a plan."""
    return [
        n
        for n in scene.by_sentence[number]
        if _is_plain(scene, n, time=scene.claims[plan].figure.dimension == "time")
        and same_measure(scene.claims[n], scene.claims[plan])
        and "target" not in scene.roles(n, "target")
    ]


def _of_two(scene: Scene, number: int, cue: Cue, heads: Sequence[tuple[str, int]]) -> Relation | None:
    """Plan and level, the only two amounts of their measure in the two sentences before and what stands before here."""
    first = scene.by_sentence[max(0, number - _BACK)].start
    change = next((ref for role, ref in heads if role == "change"), None)
    here = [n for n in range(first, heads[0][1]) if _is_near(scene, n, number) and _is_plain(scene, n)]
    alike = [n for n in here if change is None or _measures(scene, n, change)]
    if len(alike) != _PAIR or (
        scene.claims[alike[0]].figure.kind == "percent"
        and scene.claims[heads[0][1]].figure.kind == "absolute"
        and scene.claims[heads[0][1]].figure.unit != "point"
    ):
        return None
    plans = [n for n in alike if "target" in scene.roles(n, "target")]
    if len(plans) != 1 or not countable(scene.claims[alike[0]], scene.claims[alike[1]]):
        return None
    level = next(n for n in alike if n != plans[0])
    relation = _target(scene, cue, level, plans[0], heads)
    if relation is None or agreement(relation, scales(scene.book)) != "none":
        return relation
    concluded = _SO.search(_ahead(scene, number, heads[0][1])) is not None
    sure = concluded or _is_close(relation) or one_slip_away(relation, scales(scene.book), least=_LOOSE)
    return relation if sure else None


def _measures(scene: Scene, n: int, change: int) -> bool:
    """Whether a change can be one of a figure: points are of a percent."""
    points = scene.claims[change].figure.kind == "points" or scene.claims[change].figure.unit == "point"
    return scene.claims[n].figure.kind == "percent" if points else same_measure(scene.claims[n], scene.claims[change])


def _is_close(relation: Relation) -> bool:
    """Whether the distance said is about that of level and plan."""
    value = {o.role: o.figure.number.value for o in relation.operands if o.figure is not None}
    apart = abs(value["level"] - value["target"])
    if relation.mode == "of":
        apart = value["level"]
    said = value.get("change") or value["percent"] * value["target"] / 100
    return abs(apart - said) <= said * _NEAR


def _is_near(scene: Scene, claim: int, number: int) -> bool:
    sentence = scene.claims[claim].sentence
    return scene.sentences[sentence].section == scene.sentences[number].section


def _is_plain(scene: Scene, claim: int, *, time: bool = False) -> bool:
    figure = scene.claims[claim].figure
    return (
        figure.kind in ("absolute", "rate", "percent")
        and figure.upper is None
        and figure.modifier in _NO_BOUND
        and (figure.dimension == "time") is time
        and figure.number.value > 0
    )


def _target(scene: Scene, cue: Cue, level: int, plan: int, heads: Sequence[tuple[str, int]]) -> Relation | None:
    figures = [scene.claims[ref].figure for role, ref in heads]
    if any(figure.upper is not None or figure.modifier not in _NO_BOUND for figure in figures):
        return None
    if scene.claims[plan].figure.upper is not None or level == plan:
        return None
    operands = (
        operand("level", scene.claims[level]),
        operand("target", scene.claims[plan]),
        *(operand(role, scene.claims[ref]) for role, ref in heads),
    )
    words = f"“{' '.join(scene.report.text[cue.start : cue.end].split())}”"
    # A target is beaten or missed from either side: `beat the 14% reduction that was promised by 0.6 points`.
    direction = 0 if _HIT.search(words.lower()) else cue.direction
    scope = scene.scope_of(level, plan, *(ref for _, ref in heads))
    mode = "excess" if cue.mode == "in-all" else cue.mode
    return Relation("target", operands, scope, "high", cue.rule, words, direction, mode)
