"""A report falls into sections that tile it: headings come out right, prose is never furniture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import grows_no_faster_than
from invariants import BOOK
from pipeline import sections
from pipeline.model import Section
from pipeline.readers import read_string

PROSE = "The county built 12 kilometers of roads in 2009, which is 3 kilometers more than it had planned."


def split(text: str) -> tuple[Section, ...]:
    return sections.split(read_string(text), BOOK)


def outline(text: str) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in split(text) if section.kind == "body"]


YEARBOOK = f"""Roads and Water in Nan County

   【Overview】  {PROSE}

   {PROSE}

   【Measures】 Two things were done in 2009:

   1.Targeting of funds. {PROSE}

   2.Checks. {PROSE}

   【Water】{PROSE}

扫描下载手机客户端

地址:南城大街9号 邮编100000 电话:+86-10-5550000

版权所有©贸易年鉴编辑部
"""


def test_a_yearbook_entry_comes_apart_at_its_brackets_and_numbers() -> None:
    assert outline(YEARBOOK) == [
        (0, "Roads and Water in Nan County"),
        (1, "Overview"),
        (1, "Measures"),
        (2, "Targeting of funds"),
        (2, "Checks"),
        (1, "Water"),
    ]
    assert split(YEARBOOK)[-1].kind == "furniture"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"Report for 2009\n\nI. Trade\n{PROSE}\n\nA. Exports\n{PROSE}\n\nB. Imports\n{PROSE}\n\nII. Ports\n{PROSE}",
            [(0, "Report for 2009"), (1, "Trade"), (2, "Exports"), (2, "Imports"), (1, "Ports")],
            id="Roman numbers over letters",
        ),
        pytest.param(
            f"# Trade\n\n{PROSE}\n\n## Exports\n\n{PROSE}\n\n### By sea\n\n{PROSE}\n\n## Imports\n\n{PROSE}",
            [(1, "Trade"), (2, "Exports"), (3, "By sea"), (2, "Imports")],
            id="Markdown",
        ),
        pytest.param(
            f"Trade\n=====\n\n{PROSE}\n\nExports\n-------\n\n{PROSE}",
            [(1, "Trade"), (1, "Exports")],
            id="underlined",
        ),
        pytest.param(
            f"\n\n{PROSE}\n\n".join(["", "1. Trade", "1.1 Exports", "1.2 Imports", "2. Ports", ""]),
            [(0, ""), (1, "Trade"), (2, "Exports"), (2, "Imports"), (1, "Ports")],
            id="numbers with dots",
        ),
        pytest.param(
            f"MINISTRY OF TRADE\nDEPARTMENT OF PORTS\n\nDrinking Water\n\n{PROSE}\n\nRural Roads\n\n{PROSE}",
            [(0, "MINISTRY OF TRADE DEPARTMENT OF PORTS"), (1, "Drinking Water"), (1, "Rural Roads")],
            id="capitals over plain lines",
        ),
        pytest.param(
            f"Drinking Water\n{PROSE}\n\nRural Roads\n{PROSE}",
            [(0, "Drinking Water"), (1, "Rural Roads")],
            id="no blank below",
        ),
        pytest.param(f"{PROSE} {PROSE}", [(0, "")], id="no heading"),
        pytest.param(f"12. {PROSE}\n\n13. {PROSE}", [(0, "")], id="numbered paragraphs"),
        pytest.param("exports rose.\nimports fell to 3 tons.\nrates were flat.", [(0, "")], id="a sentence a line"),
        pytest.param("605 million dollars was paid in the year", [(0, "")], id="one line alone is no title"),
    ],
)
def test_headings_and_their_levels(text: str, expected: list[tuple[int, str]]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_change_no_section(ending: str) -> None:
    assert outline(YEARBOOK.replace("\n", ending)) == outline(YEARBOOK)


@pytest.mark.parametrize(
    "line",
    [
        "Contact with the buyers was lost in 2009, and exports fell by 30 tons.",
        "The address of the minister was heard by 300 people on page 3 of 12.",
        "All rights reserved for farmers were given to 300 families in the year.",
        "The licence fees came to 5 million dollars; the copyright office took 3%.",
        "Telephone lines reached 300 villages, fax machines 20, and e-mail 5 of the 48 towns.",
        "Page 3 of the report gives 5 million dollars.",
        "The home market took 48% and search for news about help abroad cost 3 million.",
        "Cookies worth 5 million dollars were sold.",
        "© marks were put on 300 goods, said the minister. " * 7,
        "电话用户达到500万户,比上年增长5%。",
        "In 2009-2010 and in 2011-2012 the plan cost 5 million dollars a year.",
    ],
)
def test_prose_is_never_furniture(line: str) -> None:
    for text in (line, f"{PROSE}\n\n{line}\n\n{PROSE}", f"Title of All\n\n{line}"):
        assert [section.kind for section in split(text)] == ["body"] * len(split(text))


@pytest.mark.parametrize(
    "line",
    [
        "地址：南城大街9号 邮编100000 电话：+86-10-5550000",
        "版权所有©贸易年鉴编辑部 未经许可不得复制 南ICP备12345678号-2",
        "Tel: +44 20 5550 1234 Fax: +44 20 5550 1235",
        "Tél. : 01 55 50 12 34 – courriel : presse@bureau.example",
        "Pressestelle, Telefon: 030 5550123, Telefax: 030 5550124",
        "Teléfono: 91 555 01 23, correo: prensa@oficina.example",
        "Phone: 0755-5550000    e-mail: press@bureau.example",
        "Contact: +1-614-555-0199.",
        "Copyright 2010 Bureau of Trade. Alle Rechte vorbehalten.",
        "Tous droits réservés",
        "Page 3 of 12",
        "Bureau of Trade | Seite 3 von 12",
        "第3页 共12页",
        "- 7 -",
        "Home | About | Contact",
        "首页 | 关于我们 | 联系我们",
        "We use cookies to count our visits.",
        "Ce site utilise des cookies.",
        "Download our app",
        "Back to top",
    ],
)
def test_footers_and_the_like_are_furniture(line: str) -> None:
    before, middle, after = split(f"Roads in 2009\n\n{PROSE}\n\n{line}\n\n{PROSE}")
    assert (before.kind, middle.kind, after.kind) == ("body", "furniture", "body")
    assert (after.heading, after.level, after.rule) == (before.heading, before.level, before.rule)


def test_a_heading_with_figures_is_read_with_its_body() -> None:
    text = f"Sales up 6% to 412 million dollars\n\n{PROSE}\n\nOther Things\n\n{PROSE}"
    first, second = split(text)
    assert text[first.body :].startswith("Sales up 6%")
    assert text[second.body :].strip() == PROSE


def test_ids_count_up() -> None:
    assert [section.section_id for section in split(YEARBOOK)] == [f"s{n}" for n in range(1, 8)]


def test_an_empty_text_has_no_section() -> None:
    assert split("") == ()


def test_blank_lines_alone_are_one_section() -> None:
    (section,) = split("\n \n")
    assert (section.start, section.end) == (0, 3)


LINES = [
    PROSE,
    "",
    "  ",
    "【Water】 It is 3%.",
    "I. Trade",
    "A. Ports",
    "1.Checks. They were made.",
    "2. Imports",
    "# Roads",
    "Page 3 of 12",
]
LINES += [
    "TRADE",
    "=====",
    "---",
    "Tel: +44 20 5550 1234",
    "版权所有©",
    "Rural Roads",
    "- one;",
    "a 【b】 c",
    "**Bold**",
    "\f",
    "第一章 x",
    "\ud800",
]


@given(st.lists(st.sampled_from(LINES)), st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
def test_sections_tile_the_text(lines: list[str], ending: str) -> None:
    text = ending.join(lines)
    found = split(text)
    assert "".join(text[section.start : section.end] for section in found) == text
    for section in found:
        assert section.start <= section.body <= section.end
        assert section.start < section.end
        assert section.heading == section.heading.strip()


@pytest.mark.parametrize(
    "pump",
    [
        "%",
        "【",
        "【a】",
        "#",
        "I. A\n",
        "x\n",
        "A b\n\n",
        "=\n",
        "a\n==\n",
        "**a**\n",
        "1.A. B ",
        "@",
        "+1 ",
        "home | ",
    ],
)
def test_time_grows_no_faster_than_the_text(pump: str) -> None:
    assert grows_no_faster_than(1, split, pump * (80_000 // len(pump)), little=0.1)
