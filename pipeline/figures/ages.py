"""Whether a bare number is an age, told by the words and commas around it."""

from __future__ import annotations

from pipeline.figures.page import Draft, Page
from pipeline.model import Sentence
from pipeline.patterns import lazy

_LOWER = lazy(r"[a-z]++")
_NAME_BEFORE = lazy(r"(?<![^\W_])(?P<name>[^\W\d_][\w'’-]+)\Z")
_AGED = lazy(
    r"(?<![^\W_])(?:(?:aged|ages)[ ]"
    r"(?:from|between|under|over|above|below|at least|up to|about|around|more than|less than)|ages?[ ]of)[ ]\Z"
)


# `Respondents over 60`, `women under 25`
_OLDER = lazy(
    r"(?<![^\W_])(?:people|persons|those|adults|respondents|residents|citizens|women|men|workers|patients|voters|anyone|everyone)"
    r"[ ](?:over|under|above|below)[ ]\Z|(?<![^\W_])(?:at|by|from|until|till|after|before)[ ]age[ ]\Z"
)
_TWO = 2


def tells_age(page: Page, draft: Draft, end: int, word: str, sentence: Sentence) -> bool:
    """`aged from 16`, `aged under 16`, `the age of 16`, or an age in commas."""
    if (
        not draft.dimension
        and len(draft.digits) == _TWO
        and _OLDER.search(page.low, max(sentence.start, draft.start - 24), draft.start)
    ):
        return True
    said = word in page.words.before or word in ("from", "between", "of")
    if said and _AGED.search(page.low, max(sentence.start, draft.start - 24), draft.start):
        return True
    return not draft.dimension and _is_age(page, draft, end, sentence)


def _is_age(page: Page, draft: Draft, end: int, sentence: Sentence) -> bool:
    """`The suspect, 19, faces trial` and `Ms Ruiz, 54, said`: a person's age in commas."""
    if len(draft.digits) > 2 or page.view[end : end + 2] != ", " or page.view[draft.start - 2 : draft.start] != ", ":
        return False
    after = _LOWER.match(page.view, end + 2, sentence.end)
    if after is None or after.group() not in page.words.around["behind-an-age"]:
        return False
    before = _NAME_BEFORE.search(page.view, max(sentence.start, draft.start - 30), draft.start - 2)
    return before is not None and (before["name"][0].isupper() or before["name"] in page.words.around["aged-persons"])
