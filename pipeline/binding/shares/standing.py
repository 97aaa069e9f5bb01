"""What words have made of a figure already, so that it is no part, or no whole, of another percent."""

from __future__ import annotations

from pipeline.binding.scene import Scene
from pipeline.patterns import lazy

# `216 of the 240 rooms were let; the year's occupancy was 80%`
_ANOTHER_TIME = lazy(r";[^;]*\b(?:year's|annual|yearly|monthly|last|previous|average|overall|usual|national)\b[^;]*$")
# `Of the remaining 8% (4.2 million) …`
_OPENS = lazy(r"(?:^|[,;:.\n]\s*|\W )(?:out )?(?:of|among) (?:the|these|those|this)(?: [a-z]+){0,2} $")
_LEAD = 30
_LEAVING = lazy(r"\b(?:leaving|leaves|left)\b[^,;.]{0,30}$")


def is_whole_of_another(scene: Scene, claim: int, percent: int) -> bool:
    """Whether words make a figure the whole of another percent of its sentence."""
    return any(
        role == "whole"
        and cue.kind == "share"
        and any(r == "percent" and ref not in (-1, percent) for r, ref in cue.roles)
        for role, cue in scene.cues_of.get(claim, ())
    )


def is_a_share(scene: Scene, claim: int) -> bool:
    """Whether a figure is said as a percent of something larger: `109,520 households (92.5%)`."""
    return any(cue.kind == "share" and role == "part" for role, cue in scene.cues_of.get(claim, ()))


def is_shared_out(scene: Scene, claim: int) -> bool:
    """Whether a sentence opens with a part of something, said as a percent too, and goes on to share it out."""
    percent = claim - 1
    if percent not in scene.by_sentence[scene.claims[claim].sentence] or scene.between(percent, claim).strip() != "(":
        return False
    figure, sentence = scene.claims[percent].figure, scene.sentences[scene.claims[claim].sentence]
    ahead = scene.report.view[max(sentence.start, figure.start - _LEAD) : figure.start].lower()
    return figure.kind == "percent" and _OPENS.search(ahead) is not None


def leaves(scene: Scene, claim: int, part: int) -> bool:
    """Whether a part is what another leaves: `212.0 million was spent, leaving 12.7 million, or 5.7%`."""
    return claim < part and _LEAVING.search(scene.between(claim, part)) is not None


def is_base_of(scene: Scene, level: int, prior: int) -> bool:
    """Whether a figure is only what the one before it is compared with: `rose to 742 from 689, or 58% of revenue`."""
    if level not in scene.by_sentence[scene.claims[prior].sentence]:
        return False
    return "level" in scene.roles(level, "growth") and "prior" in scene.roles(prior, "growth")


def is_of_another_time(scene: Scene, claim: int, percent: int) -> bool:
    """Whether a percent is said of another time than a figure before it."""
    return claim < percent and _ANOTHER_TIME.search(scene.between(claim, percent)) is not None
