"""The page of a report in a real browser: choosing, deciding, filtering, and 20 texts that try to be more than text.

It needs Playwright and Debian's chromium; where one is missing the tests are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import Result

from conftest import Watched
from pipeline import __version__
from pipeline.readers import read_string
from pipeline.rulebook import Rulebook
from pipeline.rulebook.scales import scales
from pipeline.run import read
from pipeline.tables import rows
from pipeline.tables.load import load_rows
from pipeline.writers import page as pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent

Tieout = Callable[..., Result]
Open = Callable[..., "Page"]

MANY = """Forest and water in Hill County

1. Planting

The board planted 900 hectares, 100 hectares more than that in 2009, up 14%. Grants came to 483 million yuan, up 26%
from 412 million yuan. It spent more than 40 million yuan, up 20% from 33 million yuan.

2. Water

There are 187 villages, of which 305 are new. Seven towns – Ash, Birch, Carver, Dunn, Elm and Fern – took part. A share
of 120% of all pupils passed. It holds 900 tons, consisting of 510 tons of rice and 480 tons of beans.
"""


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens a page in a window of its own; in the end it must have said and asked for nothing."""
    watched, contexts = Watched("file:", "data:,", "blob:"), []

    def open_(path: Path, before: str = "", address: str = "", **window: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **window})
        context.set_default_timeout(120_000)  # a busy machine is no fault of the page
        contexts.append(context)
        if before:
            context.add_init_script(before)
        tab = watched.over(context.new_page())
        tab.goto(path.absolute().as_uri() + address)
        return tab

    yield open_
    for context in contexts:
        context.close()
    assert watched.said == []


KEPT = "() => { try { return {...localStorage}; } catch { return {}; } }"
KEEP = "(kept) => Object.entries(kept).forEach(([key, value]) => localStorage.setItem(key, value))"


def reload(tab: Page) -> None:
    """The page again. A busy Chromium may lose what was just kept, no fault of the page: then it is kept again."""
    kept = tab.evaluate(KEPT)
    tab.reload()
    for _ in range(3):
        if kept.items() <= tab.evaluate(KEPT).items():
            return
        tab.evaluate(KEEP, kept)
        tab.wait_for_timeout(500)
        tab.reload()


@pytest.fixture(scope="module")
def shipped(book: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The page of a report of raw/, or of MANY."""
    folder = tmp_path_factory.mktemp("pages")

    def page(name: str) -> Path:
        text = MANY if name == "many" else (ROOT / "raw" / f"{name}.txt").read_text(encoding="utf-8")
        path = folder / f"{name}.html"
        path.write_bytes(page_of(text, name, book))
        return path

    return page


def page_of(text: str, name: str, book: Rulebook) -> bytes:
    reading = read(read_string(text, name), book)
    tables = rows.of_report(reading, scales(book))
    evidence = {finding.finding_id: "0123456789abcdef" for finding in reading.findings}
    summary = rows.summary(reading, book.sha256, __version__)
    return pages.content(reading, tables, summary, scales(book), evidence)


def chosen(tab: Page) -> str | None:
    return tab.evaluate("() => document.querySelector('.entry.chosen')?.id ?? null")


def lit(tab: Page) -> list[str]:
    return tab.locator("#text mark.lit").all_text_contents()


def in_view(tab: Page) -> list[bool]:
    """Whether each lit figure is inside what can be seen of the text."""
    return tab.evaluate(
        """() => [...document.querySelectorAll("#text mark.lit")].map((mark) => {
             const box = mark.getBoundingClientRect(), frame = document.querySelector("#text").getBoundingClientRect();
             return box.top >= frame.top && box.bottom <= frame.bottom && box.left >= 0 && box.right <= innerWidth;
           })"""
    )


def words(card: Any) -> str:
    return " ".join(card.inner_text().split())


# --- choosing


@pytest.mark.parametrize("window", [(1280, 800), (390, 844)], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ["chongqing-2009", "many"])
def test_a_finding_that_is_chosen_has_its_figures_lit_and_in_view(
    shipped: Callable[[str], Path], opened: Open, name: str, window: tuple[int, int]
) -> None:
    tab = opened(shipped(name), viewport={"width": window[0], "height": window[1]})
    cards = tab.locator(".entry:visible")
    assert cards.count() > 1
    for n in range(cards.count()):
        card = cards.nth(n)
        tab.locator("#text").evaluate("(text) => { text.scrollTop = 99999; }")
        if n:
            card.locator(".head").click()
        else:
            tab.keyboard.press("Enter")
        figures = [" ".join(one.split()) for one in card.locator(".figure bdi").all_text_contents()]
        assert sorted(" ".join(one.split()) for one in lit(tab)) == sorted(figures)
        assert all(in_view(tab)), figures
        assert card.locator(".drawing").is_visible() and card.locator(".formula").is_visible()


def test_the_worst_finding_is_chosen_when_the_page_opens(shipped: Callable[[str], Path], opened: Open) -> None:
    tab = opened(shipped("chongqing-2009"))
    assert "22% ≠ 24.6–24.9%" in words(tab.locator(".entry.chosen"))
    assert lit(tab) == ["605 million Yuan", "120 million", "22%"] and all(in_view(tab))
    roles = tab.locator("mark.lit").evaluate_all("(marks) => marks.map((mark) => mark.dataset.role)")
    assert roles == ["level", "change", "percent"]


def test_figures_far_apart_are_gone_to_one_after_the_other(shipped: Callable[[str], Path], opened: Open) -> None:
    tab = opened(shipped("northern-roads-programme-2016"))
    tab.locator(".entry", has_text="repeat").locator(".head").click()
    seen = []
    for _ in range(3):
        tab.keyboard.press("Enter")
        seen.append(tab.locator("mark.here").text_content())
        assert any(in_view(tab))
    assert seen == ["1,384 km", "1,348 km", "1,384 km"]


def test_a_link_with_the_id_of_a_finding_chooses_it(shipped: Callable[[str], Path], opened: Open) -> None:
    tab = opened(shipped("many"))
    last = tab.locator(".entry:visible").last.get_attribute("id")
    again = opened(shipped("many"), address=f"#{last}")
    assert chosen(again) == last and all(in_view(again))


def test_a_click_on_a_figure_tells_how_it_was_read(shipped: Callable[[str], Path], opened: Open) -> None:
    tab = opened(shipped("chongqing-2009"))
    tab.locator("mark", has_text="133 million Yuan").first.click()
    told = words(tab.locator("#about"))
    assert "value 133000000" in told and "agrees product 500,000 Yuan × 266 villages = 133 million Yuan" in told
    tab.locator("#about .agrees").first.click()
    assert lit(tab) == ["266 villages", "500,000 Yuan", "133 million Yuan"]
    tab.locator("mark", has_text="154 million Yuan").click()
    assert "154 million Yuan" in words(tab.locator(".entry.chosen"))


def test_the_strip_leads_to_a_finding(shipped: Callable[[str], Path], opened: Open) -> None:
    tab = opened(shipped("many"))
    last = tab.locator(".entry.error").last.get_attribute("id")
    tab.locator(f'#strip g[data-key="{last}"] .hit').click()
    assert chosen(tab) == last


# --- filters and keys


def test_keys_go_through_the_findings_that_the_filters_let_through(
    shipped: Callable[[str], Path], opened: Open
) -> None:
    tab = opened(shipped("many"))
    ids = [card.get_attribute("id") for card in tab.locator(".entry:visible").all()]
    assert chosen(tab) == ids[0]
    tab.keyboard.press("k")
    assert chosen(tab) == ids[0]
    for wanted in (*ids[1:], ids[-1]):
        tab.keyboard.press("j")
        assert chosen(tab) == wanted
    tab.locator("label.chip.error").click()
    assert chosen(tab) == ids[-1] and tab.locator(".entry:visible").count() == 1
    tab.keyboard.press("Escape")
    assert chosen(tab) is None and lit(tab) == []


@pytest.mark.parametrize(
    ("how", "kinds"),
    [
        (lambda tab: tab.select_option("select[name=kind]", "sum"), {"sum"}),
        (lambda tab: tab.select_option("select[name=section]", label="Planting"), {"growth"}),
        (lambda tab: tab.click("label.chip.error"), {"limit"}),
        (lambda tab: [tab.click(f"label.chip.{one}") for one in ("error", "warning", "borderline")], {"growth"}),
        (lambda tab: [tab.click(f"label.chip.{one}") for one in ("error", "warning", "undecided")], {"growth"}),
    ],
    ids=["kind", "section", "severity", "borderline", "undecided"],
)
def test_filters_leave_what_was_asked_for(
    shipped: Callable[[str], Path], opened: Open, how: Callable[[Page], Any], kinds: set[str]
) -> None:
    tab = opened(shipped("many"))
    before = tab.locator(".entry:visible").count()
    how(tab)
    left = tab.locator(".entry:visible")
    assert 0 < left.count() < before
    assert {card.get_attribute("data-kind") for card in left.all()} == kinds


def test_nothing_left_is_said(shipped: Callable[[str], Path], opened: Open) -> None:
    tab = opened(shipped("many"))
    assert not tab.locator("#none").is_visible()
    tab.click("label.chip.error")
    tab.click("label.chip.warning")
    assert "relations compared" in words(tab.locator("#none"))


def test_help_opens_and_closes(shipped: Callable[[str], Path], opened: Open) -> None:
    tab = opened(shipped("many"))
    tab.keyboard.press("?")
    assert tab.locator("#help").is_visible()
    tab.keyboard.press("c")
    assert tab.locator(".entry.decided").count() == 0
    tab.keyboard.press("Escape")
    assert not tab.locator("#help").is_visible()


# --- deciding


@pytest.mark.parametrize("decision", ["confirmed", "intended", "misread", "fixed"])
def test_a_decision_stands_after_a_reload(shipped: Callable[[str], Path], opened: Open, decision: str) -> None:
    tab = opened(shipped("many"))
    decided = chosen(tab)
    tab.keyboard.press(decision[0])
    tab.keyboard.press("n")
    tab.keyboard.type("jc? see the annex")
    tab.keyboard.press("Escape")
    reload(tab)
    card = tab.locator(f"#{decided}")
    assert card.locator(".word").text_content() == decision
    assert card.locator(f"button[data-decision={decision}]").get_attribute("aria-pressed") == "true"
    assert card.locator(".note").input_value() == "jc? see the annex"
    assert "1 of" in words(tab.locator("#told"))
    tab.click("label.chip:has-text('no decision yet')")
    assert not card.is_visible()
    tab.click("label.chip:has-text('no decision yet')")
    card.locator(".head").click()
    tab.keyboard.press("u")
    reload(tab)
    assert tab.locator(".entry.decided").count() == 0


def test_the_saved_file_goes_to_the_ledger(shipped: Callable[[str], Path], opened: Open, tmp_path: Path) -> None:
    tab = opened(shipped("many"), accept_downloads=True)
    ids = [card.get_attribute("id") for card in tab.locator(".entry:visible").all()][:2]
    tab.fill("#reviewer", "Li “Lee”, chief")
    tab.keyboard.press("Escape")
    tab.keyboard.press("m")
    tab.locator(".entry.chosen .note").fill('=1+1; "so"')
    tab.locator(".entry.chosen .note").blur()
    tab.keyboard.press("j")
    tab.keyboard.press("i")
    with tab.expect_download() as download:
        tab.click("#save")
    assert download.value.suggested_filename == "decisions-many.csv"
    download.value.save_as(tmp_path / "decisions.csv")
    data = (tmp_path / "decisions.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\"'=1+1" in data and data.count(b"\r\n") == 3
    first, second = load_rows(tmp_path / "decisions.csv")
    assert list(first) == ["finding_id", "decision", "note", "reviewer", "decided_at", "evidence"]
    assert [first["finding_id"], second["finding_id"]] == ids
    assert (first["decision"], first["note"], second["decision"]) == ("misread", '=1+1; "so"', "intended")
    assert first["reviewer"] == "Li “Lee”, chief" and first["evidence"] == "0123456789abcdef"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", first["decided_at"])


def test_a_decision_on_other_words_is_stale(shipped: Callable[[str], Path], opened: Open) -> None:
    path = shipped("many")
    tab = opened(path)
    decided = chosen(tab)
    tab.keyboard.press("i")
    path.write_bytes(path.read_bytes().replace(b"0123456789abcdef", b"fedcba9876543210"))
    reload(tab)
    card = tab.locator(f"#{decided}")
    assert card.locator(".word").text_content() == "intended, stale"
    assert tab.locator(".entry.decided").count() == 0 and "0 of" in words(tab.locator("#told"))


def test_a_decision_whose_finding_is_gone_is_told(shipped: Callable[[str], Path], opened: Open) -> None:
    path = shipped("many")
    tab = opened(path)
    tab.keyboard.press("f")
    path.write_bytes(path.read_bytes().replace((chosen(tab) or "").encode(), b"F-0000000000000000"))
    reload(tab)
    assert "1 decision kept in this browser no longer fits" in words(tab.locator("#gone"))


NO_STORE = 'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied"); } });'


def test_without_a_store_decisions_last_while_the_page_is_open(
    shipped: Callable[[str], Path], opened: Open, tmp_path: Path
) -> None:
    tab = opened(shipped("many"), before=NO_STORE, accept_downloads=True)
    tab.keyboard.press("c")
    tab.keyboard.press("j")
    assert tab.locator(".entry.decided").count() == 1
    assert "keeps nothing" in words(tab.locator("#told"))
    with tab.expect_download() as download:
        tab.click("#save")
    download.value.save_as(tmp_path / "decisions.csv")
    assert [row["decision"] for row in load_rows(tmp_path / "decisions.csv")] == ["confirmed"]


def test_decisions_saved_on_a_page_stand_on_the_next(here: Path, tieout: Tieout, opened: Open, book: Rulebook) -> None:
    (here / "raw/many.txt").write_text(MANY, encoding="utf-8")
    tieout("run")
    tab = opened(here / "extracted/many/report.html", accept_downloads=True)
    tab.keyboard.press("i")
    decided = chosen(tab)
    with tab.expect_download() as download:
        tab.click("#save")
    download.value.save_as(here / "saved.csv")
    assert tieout("decisions", "take", "saved.csv").exit_code == 0
    assert [row["finding_id"] for row in load_rows("extracted/decisions.csv")] == [decided]
    tieout("run", "--resume")
    elsewhere = opened(here / "extracted/many/report.html")
    assert elsewhere.locator(f"#{decided} .word").text_content() == "intended"
    assert elsewhere.locator(f"#{decided}.decided").count() == 1


# --- what is hostile stays text

HOSTILE = [
    "<script>document.title='hacked'</script>",
    "</script><script>document.title='hacked'</script>",
    "<img src=x onerror=\"document.title='hacked'\">",
    "<svg onload=\"document.title='hacked'\"></svg>",
    "\"><iframe src='https://example.org/'></iframe>",
    "' onmouseover='document.title=1' x='",
    "<a href='javascript:document.title=1'>click</a>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<base href='https://example.org/'>",
    "<form action='https://example.org/'><button autofocus>go</button></form>",
    "<!--",
    "]]>--><![CDATA[",
    "</article></main><h1>owned</h1>",
    "&lt;b&gt; &amp;#x3c;b&#x3e; &nbsp;",
    "{{ 7 * 7 }}{% raw %} ${7*7} \\u003cb\\u003e",
    "\u202e\u2066evil\u2069\u202c",
    "a\u200bb\u200dc\ufeffd\u00ade",
    "\x00\x1b[31mred\x07\x85\u2028",
    '=HYPERLINK("https://example.org/";"x") @SUM(1+1) +1',
]

FUNDS = "605 million Yuan of relief was set aside, 120 million more than that in 2008, with a growth of 22%"


@pytest.mark.parametrize("texts", [HOSTILE[n::5] for n in range(5)], ids=range(1, 6))
def test_hostile_text_stays_text(book: Rulebook, opened: Open, tmp_path: Path, texts: list[str]) -> None:
    text = " ".join(texts)
    report = f"Report of {text}\n\n" + "\n".join(
        f"## {text} of 12 counties\n\nIn 2009, {FUNDS} {text}.\n"
        f"Seven towns – Ash, {text}, Carver and Dunn – took part {text}.\n"
        for text in texts
    )
    path = tmp_path / "report.html"
    path.write_bytes(page_of(report, text, book))
    tab = opened(path)
    assert tab.title() != "hacked" and tab.evaluate("() => location.protocol") == "file:"
    for holder in ("#text", "h1"):
        told = tab.locator(holder).evaluate("(element) => element.textContent")
        assert not re.search("[\x00-\x08\x1b\x85\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", told)
        printed = "".join(told.translate(BRACKETS).split())
        assert all(named(text) in printed for text in texts), told
    tags = tab.evaluate("() => [...new Set([...document.querySelectorAll('*')].map((one) => one.localName))].sort()")
    assert set(tags) <= ORDINARY, tags
    assert tab.locator("script").count() == 2 and tab.locator(".entry").count() >= 1
    tab.locator("#text mark").last.click()
    tab.locator(".entry .head").first.click()
    tab.locator(".entry.chosen").first.wait_for(state="attached")
    tab.keyboard.press("c")
    tab.locator(".entry.decided").first.wait_for(state="attached")
    tab.locator(".entry.chosen .note").fill(text)
    tab.keyboard.press("Escape")
    assert tab.locator(".entry.decided").count() == 1


BRACKETS = str.maketrans("", "", "⟨⟩")
ORDINARY = set(
    "a article aside b bdi body button dd dialog div dl dt footer form g h1 h2 h3 h4 head header html i input kbd "
    "label li link main mark meta ol option p path rect script section select small "
    "span style svg text title ul".split()
)


def named(text: str) -> str:
    """A text without blanks, its unseen characters named."""
    from pipeline.writers.page.visible import visible

    return "".join(visible(text).translate(BRACKETS).split())


def test_marks_of_direction_do_not_reach_beyond_a_figure(book: Rulebook, opened: Open, tmp_path: Path) -> None:
    # Hebrew letters turn the numbers beside them; each figure stands for itself.
    path = tmp_path / "report.html"
    path.write_bytes(page_of(f"In 2009, {FUNDS} שלום.\n", "שלום 123 report", book))
    tab = opened(path)
    left = tab.locator("mark.lit").evaluate_all("(marks) => marks.map((mark) => mark.getBoundingClientRect().left)")
    assert len(left) == 3
    assert tab.locator("mark").first.evaluate("(mark) => getComputedStyle(mark).unicodeBidi") == "isolate"


# --- how it looks


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_is_wider_than_the_window(shipped: Callable[[str], Path], opened: Open, width: int) -> None:
    tab = opened(shipped("many"), viewport={"width": width, "height": 800})
    assert tab.evaluate("() => document.documentElement.scrollWidth") <= width
    for part in ("#text", "aside"):
        wide, seen = tab.locator(part).evaluate("(one) => [one.scrollWidth, one.clientWidth]")
        assert wide <= seen, part
    assert tab.locator("#text").bounding_box()["height"] > 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(shipped: Callable[[str], Path], opened: Open, scheme: str) -> None:
    # WCAG 2: the contrast of text is at least 4.5.
    tab = opened(shipped("many"), color_scheme=scheme)
    for place in (
        "#text p",
        "mark.lit",
        ".entry .what b",
        ".entry .computed",
        ".title p",
        ".chip.error",
        ".chip.warning",
    ):
        contrast = tab.locator(place).first.evaluate(CONTRAST)
        assert contrast >= 4.5, (place, contrast)


CONTRAST = """(element) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const over = (color) => { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); };
  const light = () => {
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const grounds = [];
  for (let one = element; one; one = one.parentElement) grounds.unshift(getComputedStyle(one).backgroundColor);
  grounds.forEach(over);
  const ground = light();
  over(getComputedStyle(element).color);
  const [high, low] = [light(), ground].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}"""


def test_print_shows_every_finding_with_its_drawing(shipped: Callable[[str], Path], opened: Open) -> None:
    tab = opened(shipped("many"))
    shown = tab.locator(".entry:visible").count()
    tab.emulate_media(media="print")
    assert tab.locator(".more:visible").count() == shown
    assert not tab.locator("#filters").is_visible() and not tab.locator(".decide").first.is_visible()
    assert tab.evaluate("() => document.documentElement.scrollHeight") > 1500


def test_without_scripts_all_is_there_to_read(shipped: Callable[[str], Path], opened: Open) -> None:
    tab = opened(shipped("many"), java_script_enabled=False)
    assert tab.locator(".entry.error .why").first.is_visible() and tab.locator(".drawing").first.is_visible()
    assert "187 villages" in tab.locator("#text").inner_text()


def test_the_page_over_all_leads_to_the_findings(here: Path, tieout: Tieout, opened: Open) -> None:
    (here / "raw/many #2.txt").write_text(MANY, encoding="utf-8")
    tieout("run")
    tab = opened(here / "extracted/index.html")
    link = tab.locator("a.entry").last
    wanted = link.get_attribute("href")
    link.click()
    assert wanted and wanted.endswith(f"#{chosen(tab)}") and all(in_view(tab))


def test_a_long_list_keeps_the_chosen_in_view(book: Rulebook, opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    text = "\n\n".join(
        f"In {2009 + n}, {605 + n} million Yuan was set aside, 120 million more than that in 2008, a growth of 42%."
        for n in range(20)
    )
    path.write_bytes(page_of(text, "long", book))
    tab = opened(path)
    for _ in range(14):
        tab.keyboard.press("j")
    card, frame = tab.locator(".entry.chosen").bounding_box(), tab.locator("aside").bounding_box()
    assert card and frame and frame["y"] <= card["y"] and card["y"] + 60 <= frame["y"] + frame["height"]
    assert tab.locator(".entry.chosen .head").evaluate("(head) => head.getAttribute('aria-expanded')") == "true"
