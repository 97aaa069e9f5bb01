"""A spaCy Doc → the same Doc with the claims of its text as spans, and its Reading at `doc._.tieout`.

    nlp.add_pipe("tieout")

It needs nothing of the pipeline but its tokens, and changes nothing that other components made. It stands outside the
floors: nothing imports it but spaCy, by the entry point `spacy_factories`, and that whenever it makes a pipeline: what
reads texts is imported when the first text is read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from pipeline import api
    from pipeline.model import Claim

NAME = "tieout"


class Component:
    """Reads the text of each Doc. `rules` is a folder laid over the shipped rules, `spans_key` where spans are put."""

    def __init__(self, rules: str = "", strict: bool = False, spans_key: str = NAME) -> None:
        self.rules = rules
        self.strict = strict
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Add the spans: each is labelled with the kind of its claim and has its claim_id for an id.

        A span is as wide as the tokens that the figure touches; the exact place is that of the claim.
        """
        # Plain values only: what stands in user_data must survive being sent to another process, or kept in a DocBin.
        doc.user_data[NAME] = {"rules": self.rules, "strict": self.strict}
        spans = [_span(doc, claim) for claim in reading(doc.text, self.rules, self.strict).claims]
        doc.spans[self.spans_key] = [span for span in spans if span is not None]
        return doc


@Language.factory(
    NAME,
    default_config={"rules": "", "strict": False, "spans_key": NAME},
    assigns=["doc._.tieout", "doc.spans"],
)
def make(nlp: Language, name: str, rules: str, strict: bool, spans_key: str) -> Component:
    """The component, as `nlp.add_pipe("tieout", config={...})` makes it."""
    if not Doc.has_extension(NAME):
        Doc.set_extension(NAME, getter=_of)
    return Component(rules, strict, spans_key)


@lru_cache(maxsize=64)
def reading(text: str, rules: str, strict: bool) -> api.Reading:
    """The Reading of a text; made anew where it is not at hand, such as for a Doc that came from another process."""
    from pipeline import api

    return api.check(text, rules=rules or None, strict=strict)


def _of(doc: Doc) -> api.Reading | None:
    """The Reading of a Doc that went through the component, None of any other."""
    said = doc.user_data.get(NAME)
    return reading(doc.text, said["rules"], said["strict"]) if said else None


def _span(doc: Doc, claim: Claim) -> Span | None:
    figure = claim.figure
    return doc.char_span(figure.start, figure.end, label=figure.kind, span_id=claim.claim_id, alignment_mode="expand")
