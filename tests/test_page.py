"""The page of a report as it is written: its text and marks, its drawings, what may run in it, when it is there."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from conftest import RIGHT, WRONG
from pipeline import __version__, api
from pipeline.model import Finding, Reading, Report, Section
from pipeline.readers import read_string
from pipeline.rulebook import Rulebook
from pipeline.rulebook.scales import scales
from pipeline.tables import rows, schema
from pipeline.tables.load import load_rows
from pipeline.writers import csvfile, page
from pipeline.writers.page.drawing import drawing
from pipeline.writers.page.places import Place, text_html
from pipeline.writers.page.visible import visible

Tieout = Callable[..., Result]


def page_of(reading: Reading, book: Rulebook) -> str:
    tables = rows.of_report(reading, scales(book))
    evidence = {finding.finding_id: "0123456789abcdef" for finding in reading.findings}
    summary = rows.summary(reading, book.sha256, __version__)
    return page.content(reading, tables, summary, scales(book), evidence).decode()


class Parsed(HTMLParser):
    """A page as a browser takes it apart: its tags with their attributes, and the text of the report by mark."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked: dict[int, str] = {}
        self._inside: list[list[int]] = []
        self._shown = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        here = dict(attrs)
        self.tags.append((tag, here))
        self._shown = self._shown or here.get("id") == "text"
        if tag == "mark":
            self._inside.append([int(number) for number in (here.get("data-i") or "").split()])

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._inside.pop()
        self._shown = self._shown and tag != "article"

    def handle_data(self, data: str) -> None:
        if self._shown:
            self.text += data
            for number in (number for numbers in self._inside for number in numbers):
                self.marked[number] = self.marked.get(number, "") + data


def bare(text: str) -> str:
    """A text without its blanks, and with its unseen characters named as the page names them."""
    return "".join(re.sub("[⟨⟩]", "", visible(text)).split())


# --- the text and its marks


@pytest.mark.parametrize("name", ["chongqing-2009", "lakeside-county-2012", "northern-roads-programme-2016"])
def test_the_page_holds_the_whole_text_and_marks_every_claim(book: Rulebook, name: str) -> None:
    reading = api.read(Path(__file__).parent.parent / "raw" / f"{name}.txt", rules=book)
    parsed = Parsed(page_of(reading, book))
    assert bare(parsed.text) == bare(reading.report.text)
    for number, claim in enumerate(reading.claims):
        figure = claim.figure
        assert bare(parsed.marked[number]) == bare(reading.report.text[figure.start : figure.end])


def whole(text: str, heading: str = "") -> Reading:
    """A reading of one section and nothing in it."""
    section = Section("s1", 1, "body", heading, 0, len(text), len(heading), "")
    report = Report("report", text, text, "")
    return Reading(report, (section,), (), (), (), (), (), (), (), ())


ODD = st.sampled_from(["<", "&", "\u202e", "\u200f", "\x00", "\x1b", "\ud800", "\u00a0", "\u3000", "\t", "\r\n", "\n"])


@given(
    st.lists(st.one_of(st.text(max_size=6), ODD), max_size=12).map("".join),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), max_size=6),
)
def test_marks_may_overlap_and_no_character_is_lost(text: str, ranges: list[tuple[int, int]]) -> None:
    marked = [
        Place(start, min(start + length, len(text)), "level consistent", True)
        for start, length in ranges
        if start < len(text)
    ]
    parsed = Parsed(f'<article id="text">{text_html(whole(text), marked)}</article>')
    assert bare(parsed.text) == bare(text)
    assert not re.search("[\x00\u202e\u200f\ud800]", parsed.text)
    for number, place in enumerate(marked):
        assert bare(parsed.marked.get(number, "")) == bare(text[place.start : place.end])


def test_a_figure_takes_the_gravest_of_its_relations(book: Rulebook) -> None:
    reading = api.check("Of the 305 villages 187 are old and 118 new. The 187 villages include 305 towns.", rules=book)
    html = page_of(reading, book)
    grave = {
        operand.start
        for check in reading.checks
        if check.verdict == "inconsistent"
        for operand in check.relation.operands
    }
    for number, claim in enumerate(reading.claims):
        (looks,) = set(re.findall(rf'<mark class="([^"]*)" data-i="{number}">', html))
        assert ("inconsistent" in looks) == (claim.figure.start in grave), looks


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("## 4. Work done\n\nIn 2016 the board built 12 roads.", "4. Work done"),
        ("【Overview】 In 2016 the board built 12 roads.", "【Overview】"),
    ],
    ids=["with figures", "in line"],
)
def test_headings_stand_apart_from_what_follows(book: Rulebook, text: str, heading: str) -> None:
    headings = re.findall(r"<h[2-6]>(.*?)</h[2-6]>", page_of(api.check(text, rules=book), book))
    assert [re.sub("<[^>]*>", "", one).removeprefix("## ") for one in headings[:1]] == [heading]


def test_columns_keep_their_blanks_and_prose_does_not(book: Rulebook) -> None:
    text = "A line of prose.\n\nRegion      2009      2010\nNorth       120       140\n"
    html = text_html(whole(text), [])
    assert html.count('columns">') == 2 and "Region      2009" in html and "<p>A line of prose.</p>" in html


# --- drawings


@pytest.fixture(scope="module")
def wrong(book: Rulebook) -> Reading:
    return api.check(WRONG, rules=book)


def test_the_drawing_is_to_scale(wrong: Reading, book: Rulebook) -> None:
    # 22% stands for 21.5 to 22.5 and is computed as 24.6 to 24.9.
    (check,) = [finding.check for finding in wrong.findings]
    drawn = drawing(check, scales(book), wrong.report.text)
    assert drawn is not None
    ticks = {float(label.rstrip("%")): x for x, label in drawn.ticks}
    (low, x_low), *_, (high, x_high) = sorted(ticks.items())
    a_point = (x_high - x_low) / (high - low)
    assert drawn.stated.width == pytest.approx(a_point, abs=0.2)
    assert drawn.stated.x == pytest.approx(x_low + (21.5 - low) * a_point, abs=0.2)
    assert drawn.computed.x == pytest.approx(x_low + (24.59 - low) * a_point, abs=0.5)
    assert drawn.computed.width == pytest.approx(0.3 * a_point, abs=4)


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("There are 187 villages, of which 305 are new.", (True, False)),
        ("Claims increased from 4,200 to 2,400.", (False, True)),
        ("Seven towns – Ash, Birch, Carver, Dunn, Elm and Fern – took part.", (False, False)),
        ("In all 84 villages received $25,000 each, $21 million in total.", (False, False)),
    ],
    ids=["at most", "more than", "counted", "ten times"],
)
def test_a_bound_is_drawn_as_going_on(book: Rulebook, text: str, opened: tuple[bool, bool]) -> None:
    reading = api.check(text, rules=book)
    check = reading.findings[0].check
    drawn = drawing(check, scales(book), text)
    assert drawn is not None
    assert (drawn.computed.low_open, drawn.computed.high_open) == opened
    apart = (
        drawn.stated.x + drawn.stated.width < drawn.computed.x
        or drawn.computed.x + drawn.computed.width < drawn.stated.x
    )
    assert apart, "what does not agree must not touch"
    for band in (drawn.stated, drawn.computed, drawn.round):
        assert band.x >= 0 and band.x + band.width <= 360
    assert 2 <= len(drawn.ticks) <= 6


def test_every_check_of_the_shipped_reports_can_be_drawn(book: Rulebook) -> None:
    for path in sorted((Path(__file__).parent.parent / "raw").glob("*.txt")):
        reading = api.read(path, rules=book)
        for check in reading.checks:
            drawn = drawing(check, scales(book), reading.report.text)
            assert drawn is None or drawn.computed.width > 0


# --- what the page says


def test_findings_stand_worst_first_and_what_is_none_after_them(book: Rulebook) -> None:
    text = (
        "The board planted 900 hectares, 100 hectares more than that in 2009, up 14%. It spent more than 40 million "
        "yuan, up 20% from 33 million yuan. A share of 120% of all pupils passed. There are 187 villages, of which "
        "305 are new."
    )
    reading = api.check(text, rules=book)
    groups = re.findall(r'<li class="entry (\w+)"', page_of(reading, book))
    assert groups == ["error", "warning", "borderline", "undecided"]
    strict = api.check(text, rules=book, strict=True)
    html = page_of(strict, book)
    assert re.findall(r'<li class="entry (\w+)" id="(.)', html)[2] == ("borderline", "F")


def test_no_finding_is_no_news_without_what_was_compared(book: Rulebook) -> None:
    html = page_of(api.check(RIGHT, rules=book), book)
    assert "No figures contradict each other. 1 relation compared; 3 of 3 figures stand in one" in html


def test_decisions_and_stale_ones_are_told(wrong: Reading, book: Rulebook) -> None:
    def told(finding: Finding) -> str:
        return page_of(replace(wrong, findings=(finding,)), book).partition("<script")[0]

    (finding,) = wrong.findings
    assert "in decisions.csv" not in told(finding) and "decided before" not in told(finding)
    made = told(replace(finding, decision="intended", note="<b>real</b> growth"))
    assert "in decisions.csv: intended · <bdi>&lt;b&gt;real&lt;/b&gt; growth" in made
    assert "other figures: <bdi>intended: for 2009</bdi>" in told(replace(finding, stale="intended: for 2009"))


def test_what_is_told_of_a_figure_is_embedded_once(wrong: Reading, book: Rulebook) -> None:
    html = page_of(wrong, book)
    data = json.loads(html.split('id="data">')[1].split("</script>")[0])
    assert len(data["claims"]) == len(wrong.claims) and all(len(one) == len(data["about"]) for one in data["claims"])
    for sentence in ("A total of ", "The county trained "):
        assert html.count(sentence) == 1


# --- what may run in it


def test_only_its_own_script_and_style_may_run(wrong: Reading, book: Rulebook) -> None:
    html = page_of(wrong, book)
    tags = Parsed(html).tags
    (policy,) = [here["content"] or "" for tag, here in tags if here.get("http-equiv") == "Content-Security-Policy"]
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed["default-src"] == "'none'" and "unsafe" not in policy
    for kind, pattern in (("script-src", r"<script>(.*?)</script>"), ("style-src", r"<style>(.*?)</style>")):
        (source,) = re.findall(pattern, html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert allowed[kind] == f"'sha256-{digest}'"
    for tag, here in tags:
        assert not [name for name in here if name.startswith("on") or name == "style"], tag
        assert not [value for name, value in here.items() if name in ("src", "href") and value != "data:,"], tag
    assert "innerHTML" not in html and "http:" not in html and "https:" not in html


def test_the_same_reading_gives_the_same_bytes(wrong: Reading, book: Rulebook) -> None:
    assert page_of(wrong, book) == page_of(api.check(WRONG, rules=book), book)


@pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", "a\u202eb", '"onload="alert(1)'])
def test_the_name_of_a_report_stays_text(book: Rulebook, name: str) -> None:
    reading = api.check(WRONG, rules=book)
    reading = replace(reading, report=replace(read_string(WRONG), name=name))
    html = page_of(reading, book)
    assert html.count("<script") == 2 and "\u202e" not in html
    assert not [here for _, here in Parsed(html).tags if "onload" in here]


# --- when it is written


def shown(out: str = "extracted") -> Sequence[str]:
    return sorted(path.relative_to(out).as_posix() for path in Path(out).rglob("*.html"))


def test_a_page_is_written_with_each_report_and_one_over_all(here: Path, tieout: Tieout) -> None:
    tieout("run")
    assert shown() == ["index.html", "right/report.html", "wrong/report.html"]
    index = Path("extracted/index.html").read_text(encoding="utf-8")
    (row,) = load_rows("extracted/findings.csv")
    assert f'href="wrong/report.html#{row["finding_id"]}"' in index and 'href="right/report.html"' in index


def test_one_report_has_no_page_over_all(here: Path, tieout: Tieout) -> None:
    tieout("run")
    tieout("run", "raw/wrong.txt")
    assert "index.html" not in shown()


@pytest.mark.parametrize("said", ["command", "options"])
def test_pages_can_be_left_out_and_old_ones_go(here: Path, tieout: Tieout, said: str) -> None:
    tieout("run")
    if said == "options":
        Path("pyproject.toml").write_text("[tool.tieout]\npage = false\n", encoding="utf-8")
    tieout("run", *(["--no-page"] if said == "command" else []))
    assert shown() == []
    assert Path("extracted/wrong/claims.csv").exists()


def test_a_report_that_cannot_be_read_has_no_page(here: Path, tieout: Tieout) -> None:
    tieout("run")
    Path("raw/wrong.txt").write_bytes(b"\xff\xfe\xfa\x00\x00")
    tieout("run")
    assert shown() == ["index.html", "right/report.html"]
    assert "not read:" in Path("extracted/index.html").read_text(encoding="utf-8")


def test_resume_writes_pages_that_are_missing_or_show_an_older_decision(here: Path, tieout: Tieout) -> None:
    tieout("run")
    whole = Path("extracted/right/report.html").read_bytes()
    Path("extracted/right/report.html").unlink()
    (row,) = load_rows("extracted/findings.csv")
    decided = dict.fromkeys(schema.DECISIONS.header, "") | {"finding_id": row["finding_id"], "decision": "fixed"}
    csvfile.write(Path("extracted/decisions.csv"), schema.DECISIONS, [decided])
    tieout("run", "--resume")
    assert Path("extracted/right/report.html").read_bytes() == whole
    assert 'data-decision="fixed"' in Path("extracted/wrong/report.html").read_text(encoding="utf-8")


def test_the_links_to_oddly_named_reports_lead_there(here: Path, tieout: Tieout) -> None:
    Path("raw/100% of it#1.txt").write_text(WRONG, encoding="utf-8")
    tieout("run")
    index = Path("extracted/index.html").read_text(encoding="utf-8")
    assert 'href="100%25%20of%20it%231/report.html"' in index


def test_the_documentation_tells_of_every_key(wrong: Reading, book: Rulebook) -> None:
    help_ = page_of(wrong, book).split('<dialog id="help">')[1].split("</dialog>")[0]
    told = (Path(__file__).parent.parent / "docs/page.md").read_text(encoding="utf-8")
    table = "".join(line.split("|")[1] for line in told.splitlines() if line.startswith("| `"))
    assert re.findall(r"`(.+?)`", table) == re.findall(r"<kbd>(.+?)</kbd>", help_)
