"""Web pages: what a reader sees of them becomes text with its structure, each piece with its place in the source."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Report
from pipeline.readers import ReadError, read_bytes


def page(source: str, encoding: str = "utf-8") -> Report:
    return read_bytes(source.encode(encoding), "page", ".html")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param(
            "<p>Exports rose\n  by <b>5</b>%.</p><p>Imports fell.", "Exports rose by 5%.\n\nImports fell.", id="p"
        ),
        pytest.param(
            "<p>AT&amp;T &mdash; 5&nbsp;% &#x32;&#50; &unknown;", "AT&T — 5\u00a0% 22 &unknown;", id="entities"
        ),
        pytest.param("<p>5<br>6", "5\n6", id="line break"),
        pytest.param("<p>605 mil&shy;lion", "605 million", id="soft hyphen"),
        pytest.param("<p>84,000 m<sup>2</sup>; 1,422<sup>3</sup> tons", "84,000 m²; 1,422³ tons", id="raised digits"),
        pytest.param("<p>the 20<sup>th</sup> of May", "the 20th of May", id="raised letters"),
        pytest.param("<ul><li>coal<li>ore</ul>", "- coal\n- ore", id="bullets"),
        pytest.param(
            "<ol start=3><li>coal</li><li value=7>ore</li><li>tin</ol>", "3. coal\n7. ore\n8. tin", id="numbers"
        ),
        pytest.param(
            "<table><tr><th>Port<th>Ships<tr><td>North<td>4,410</table>",
            "| Port | Ships |\n| North | 4,410 |",
            id="table",
        ),
        pytest.param("<p>5 < 6 and 7 > 2", "5 < 6 and 7 > 2", id="signs that are no tags"),
        pytest.param("<script>if (a<b) x='</p>'</script><p>5", "5", id="script"),
        pytest.param("<!-- <p>9 --><p>5<!-- 9", "5", id="comments"),
        pytest.param("<p hidden>9</p><div style='display: none'>9</div><p>5", "5", id="what is hidden"),
        pytest.param("<head><title>9</title></head><p title='a > b' x=1>5", "5", id="head, and signs in attributes"),
        pytest.param("<pre>5  a\n6  b</pre>", "5  a\n6  b", id="preformatted"),
        pytest.param("<div>5<div>6</div>7</div>", "5\n\n6\n\n7", id="blocks within blocks"),
    ],
)
def test_a_page_is_the_text_that_a_reader_sees(source: str, text: str) -> None:
    assert page(source).text == text + "\n"


@pytest.mark.parametrize(
    "source",
    ["<nav>Home 5</nav>", "<footer>Home 5</footer>", "<div role=navigation>Home 5</div>", "<form>Home 5</form>"],
)
def test_navigation_and_footers_are_furniture(source: str) -> None:
    report = page(f"<p>Exports rose.</p>{source}<p>Imports fell.</p>")
    assert [(mark.kind, report.text[mark.start : mark.end]) for mark in report.marks] == [("furniture", "Home 5")]


def test_headings_are_marked_with_their_level() -> None:
    report = page("<h1>Trade</h1><p>It rose.</p><h3>1.2 Ports</h3>")
    assert [(mark.level, report.text[mark.start : mark.end]) for mark in report.marks] == [
        (1, "Trade"),
        (3, "1.2 Ports"),
    ]


def test_each_piece_has_its_place_in_the_source() -> None:
    source = "<p>Exports rose\n   by <b>5</b>&nbsp;% &amp; more.</p>\n<ul><li>coal: 6</ul>"
    report = page(source)
    for anchor in report.anchors:
        assert anchor.character is not None
        said = report.text[anchor.start : anchor.end]
        there = source[anchor.character :]
        assert there.startswith(said) or there[0] in "&\n ", (anchor, said)
    assert "5" in {report.text[anchor.start : anchor.end] for anchor in report.anchors}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("&#0000000049;00 tons", "100 tons\n", id="noughts in front"),
        pytest.param("&#x00000031;00 tons", "100 tons\n", id="noughts in front, hexadecimal"),
        pytest.param("&#9999999950; tons", "\ufffd tons\n", id="beyond all characters"),
        pytest.param(f"&#{'9' * 5000}; tons", "\ufffd tons\n", id="beyond all numbers"),
        pytest.param("1<del>9</del>00 <s>9</s>tons", "100 tons\n", id="struck out"),
        pytest.param("1<s>9<p>00 tons", "1\n\n00 tons\n", id="struck out to the end of the paragraph"),
        pytest.param("1<ruby>0<rt>9<rp>)</ruby>0 tons", "100 tons\n", id="with a phonetic guide"),
        pytest.param(f"&#x{'F' * 5000}; tons", "\ufffd tons\n", id="beyond all numbers, hexadecimal"),
    ],
)
def test_a_number_is_the_one_that_a_browser_shows(source: str, text: str) -> None:
    assert page(f"<p>{source}").text == text


@pytest.mark.parametrize(
    ("declared", "written", "encoding", "certainty"),
    [
        pytest.param("gb2312", "gb18030", "gb18030", "declared", id="in the superset of what is declared"),
        pytest.param("iso-8859-1", "utf-8", "utf-8", "certain", id="UTF-8 whatever is declared"),
        pytest.param("windows-1250", "cp1250", "cp1250", "declared", id="what could not be told otherwise"),
    ],
)
def test_the_declared_encoding_counts_where_it_fits(declared: str, written: str, encoding: str, certainty: str) -> None:
    words = "příjmy" if written == "cp1250" else "出口增长５％，进口下降。"
    report = page(f"<meta charset={declared}><p>{words}", written)
    assert (report.text, report.encoding, report.certainty) == (words + "\n", encoding, certainty)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        pytest.param(
            "<p>5</p><a href='x", "the page is cut off: the tag at character 8 never ends", id="cut off in a tag"
        ),
        pytest.param("<script>load()</script>", "the page holds no text", id="made by a script"),
        pytest.param("<div>" * 200_000 + "5", "elements within one another", id="200,000 elements in one another"),
    ],
)
def test_a_page_that_cannot_be_read_is_one_clear_line(source: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        page(source)


@pytest.mark.parametrize(
    "pump",
    ["<a ", "<!--", "<!", "</a ", "&#", "<?", "<p>", "<tr><td>x", "</p>x", "<b>x</b>", "x\n", "<br>", '="', "<![x"],
)
def test_no_page_takes_more_than_its_length(pump: str) -> None:
    # 60 KB of `<a ` take the standard library's parser minutes; here a page so long ends at once or not at all.
    with contextlib.suppress(ReadError):
        page("<p>5 " + pump * 20_000)


@given(st.text(st.sampled_from(list("<>/ab=\"'&;!-? \n5")), max_size=60))
def test_any_tag_soup_is_a_report_or_a_read_error(source: str) -> None:
    try:
        report = page(source)
    except ReadError:
        return
    assert report.text.strip()
    assert all(anchor.start < anchor.end <= len(report.text) for anchor in report.anchors)
