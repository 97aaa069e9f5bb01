"""What Python programs use: a Reading as records and DataFrames, in a notebook, in a spaCy pipeline."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import pipeline
from conftest import RIGHT, WRONG
from pipeline import spacy_component
from pipeline.rulebook import Rulebook
from pipeline.tables import schema

ROOT = Path(__file__).parent.parent


@pytest.fixture
def wrong(book: Rulebook) -> pipeline.Reading:
    return pipeline.check(WRONG, rules=book)


# --- records and DataFrames


def test_two_lines_check_a_string() -> None:
    code = f"import pipeline\nprint(len(pipeline.check({WRONG!r}).findings))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "1\n"


def test_a_reading_holds_records(wrong: pipeline.Reading) -> None:
    (finding,) = wrong.findings
    assert finding.check in wrong.checks and finding.severity == "error"
    assert {operand.ref for operand in finding.check.relation.operands} <= {claim.claim_id for claim in wrong.claims}


def test_frames_have_the_columns_of_the_tables(wrong: pipeline.Reading) -> None:
    frames = wrong.frames()
    assert list(frames) == [table.name for table in schema.TABLES if table in schema.OF_A_REPORT]
    for table in schema.OF_A_REPORT:
        assert tuple(frames[table.name].columns) == table.header
    assert len(frames["claims"]) == len(wrong.claims) and len(frames["findings"]) == 1


def test_exact_numbers_are_decimals_and_offsets_integers(wrong: pipeline.Reading) -> None:
    claims = wrong.frames()["claims"]
    assert claims["value"].iloc[0] == Decimal(605000000) and claims["low"].iloc[0] == Decimal(604500000)
    assert {type(value) for value in claims["value"]} == {Decimal, type(None)}  # a range has no one value
    assert str(claims["start"].dtype) == "Int64" and claims["value"].dtype == object
    assert claims["modifier"].dtype.name == "category" and set(claims["modifier"]) == {"", "~"}
    for claim, start, end, text in zip(wrong.claims, claims["start"], claims["end"], claims["text"], strict=True):
        assert (claim.figure.start, claim.figure.end) == (start, end) and WRONG[start:end] == text


def test_frames_of_nothing_have_their_columns_and_types(book: Rulebook) -> None:
    full, empty = pipeline.check(WRONG, rules=book).frames(), pipeline.check("", rules=book).frames()
    for name, frame in empty.items():
        assert list(frame.columns) == list(full[name].columns)
    assert empty["claims"].dtypes.equals(full["claims"].dtypes) and len(empty["claims"]) == 0


# --- notebooks


class Tags(HTMLParser):
    """The tags of a piece of HTML, and the text of each mark."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.marks: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("br",):
            self.open.append(tag)
        if tag == "mark":
            self.marks.append((dict(attrs)["class"] or "", ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "mark":
            self.marks[-1] = (self.marks[-1][0], self.marks[-1][1] + data)


def test_a_notebook_shows_the_text_with_its_figures_marked(wrong: pipeline.Reading) -> None:
    shown = Tags(wrong._repr_html_())
    assert shown.open == []
    assert [text for looks, text in shown.marks if "inconsistent" in looks] == [
        "605 million Yuan",
        "120 million",
        "22%",
    ]
    assert "24.6–24.9%" in wrong._repr_html_() and "would agree" in wrong._repr_html_()


def test_a_notebook_shows_of_a_long_report_the_findings_only(book: Rulebook) -> None:
    long = pipeline.check(WRONG + "\nAll was well there, as it was said.\n" * 2000, rules=book)
    html = long._repr_html_()
    assert len(html) < 10_000 and "120 million more than that in 2008" in html and "is not shown" in html


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</div><h1>owned</h1>", "\u202eevil", "<style>"],
)
def test_what_is_hostile_stays_text_in_a_notebook(book: Rulebook, text: str) -> None:
    html = pipeline.check(f"{text} {WRONG} {text} 22 apples", rules=book)._repr_html_()
    shown = Tags(html)
    assert shown.tags <= {"div", "style", "p", "b", "ol", "li", "br", "small", "section", "h2", "h3", "mark", "i"}
    assert shown.attributes <= {"class", "id", "data-i"} and "\u202e" not in html


# --- spaCy


@pytest.fixture
def nlp() -> Iterator[spacy.Language]:
    nlp = spacy.blank("en")
    nlp.add_pipe("tieout")
    yield nlp
    spacy_component.reading.cache_clear()


def test_spacy_finds_the_component_by_its_entry_point() -> None:
    found = [one for one in entry_points(group="spacy_factories") if one.name == "tieout"]
    if not found:
        pytest.skip("tieout is not installed, only its source is here")
    assert found[0].value == "pipeline.spacy_component:make"
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('tieout'); print(nlp.pipe_names)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    assert done.stdout == "['tieout']\n"


def test_a_doc_has_its_reading_and_its_claims_as_spans(nlp: spacy.Language) -> None:
    doc = nlp(WRONG)
    reading = doc._.tieout
    assert [finding.check.stated for finding in reading.findings] == ["22%"]
    spans = doc.spans["tieout"]
    assert [span.id_ for span in spans] == [claim.claim_id for claim in reading.claims]
    for span, claim in zip(spans, reading.claims, strict=True):
        assert span.label_ == claim.figure.kind
        assert span.start_char <= claim.figure.start and claim.figure.end <= span.end_char


def test_it_works_beside_other_components_and_changes_nothing_of_theirs() -> None:
    def made(with_tieout: bool) -> Doc:
        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")
        nlp.add_pipe("entity_ruler").add_patterns([{"label": "PLACE", "pattern": "Hill County"}])
        if with_tieout:
            nlp.add_pipe("tieout", first=True, config={"spans_key": "figures"})
        return nlp(WRONG)

    alone, beside = made(False), made(True)
    assert [(token.text, token.is_sent_start, token.ent_type_) for token in beside] == [
        (token.text, token.is_sent_start, token.ent_type_) for token in alone
    ]
    assert list(beside.spans) == ["figures"]


@pytest.mark.parametrize("language", ["en", "de", "zh", "xx"])
def test_it_works_on_the_tokens_of_any_language(language: str) -> None:
    nlp = spacy.blank(language)
    nlp.add_pipe("tieout")
    assert len(nlp(WRONG).spans["tieout"]) >= 8


def test_docs_survive_other_processes_and_the_disk(nlp: spacy.Language) -> None:
    docs = list(nlp.pipe([WRONG, RIGHT], n_process=2))
    assert [len(doc._.tieout.findings) for doc in docs] == [1, 0]
    kept = DocBin(store_user_data=True, docs=docs).to_bytes()
    (again, _) = DocBin().from_bytes(kept).get_docs(nlp.vocab)
    assert len(again._.tieout.findings) == 1 and len(again.spans["tieout"]) == len(docs[0].spans["tieout"])


def test_a_doc_that_it_never_saw_has_no_reading(nlp: spacy.Language) -> None:
    assert spacy.blank("en")(WRONG)._.tieout is None


def test_it_takes_rules_of_ones_own(tmp_path: Path, nlp: spacy.Language) -> None:
    rules: Any = tmp_path / "rules"
    rules.mkdir()
    (rules / "units.toml").write_text(
        '[[unit]]\nname = "jin"\ndimension = "mass"\nnames = ["jin"]\n'
        'examples = [{ text = "They sold 300 jin of tea.", finds = ["300 jin = 300 jin"] }]\n'
        'refuses = ["They sold 300 jars of tea."]\n'
    )
    nlp.remove_pipe("tieout")
    nlp.add_pipe("tieout", config={"rules": str(rules)})
    (claim,) = nlp("They sold 300 jin of tea.")._.tieout.claims
    assert claim.figure.unit == "jin"
