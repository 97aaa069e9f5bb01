"""Word documents: their text as the last editor sees it; what is hostile or damaged is refused in one line."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.model import Report
from pipeline.readers import ReadError, ReadOptions, read_bytes, read_path

SAMPLES = Path(__file__).parent / "samples"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {W}>
<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H"/></w:style>
<w:style w:styleId="T"><w:name w:val="toc 1"/></w:style></w:styles>"""
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0">
<w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
</w:numbering>"""
NOTE = '<w:footnote w:id="2"><w:p><w:r><w:t>Without 9 ships.</w:t></w:r></w:p></w:footnote>'
NOTES = f"<w:footnotes {W}>{NOTE}</w:footnotes>"
FOOTER = f"<w:ftr {W}><w:p><w:r><w:t>Page 3</w:t></w:r></w:p></w:ftr>"


def document(body: str, **parts: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def read(data: bytes, options: ReadOptions = ReadOptions()) -> Report:  # noqa: B008
    return read_bytes(data, "trade", ".docx", options)


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, number: int, level: int = 0) -> str:
    return p(r(text), properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(
            p(r("It was "), f"<w:del>{r('600')}</w:del>", f"<w:ins>{r('605')}</w:ins>", r(" million.")),
            "It was 605 million.",
            id="insertions count, deletions do not",
        ),
        pytest.param(
            p(f"<w:moveFrom>{r('old')}</w:moveFrom>", f"<w:moveTo>{r('new')}</w:moveTo>"), "new", id="what was moved"
        ),
        pytest.param(
            p(r("60"), properties="<w:rPr><w:del/></w:rPr>") + p(r("5 million")),
            "605 million",
            id="a deleted paragraph end",
        ),
        pytest.param(p(r("84,000 m"), r("2", '<w:vertAlign w:val="superscript"/>')), "84,000 m²", id="superscript"),
        pytest.param(p(r("605"), r("9", "<w:vanish/>"), r(" tons")), "605 tons", id="hidden text"),
        pytest.param(p("<w:r><w:t>605 mil</w:t><w:softHyphen/><w:t>lion</w:t></w:r>"), "605 million", id="soft hyphen"),
        pytest.param(
            p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>"), "a\nb\tc", id="break and tab"
        ),
        pytest.param(
            p("<w:r><w:fldChar/><w:instrText>PAGE 99</w:instrText><w:t>7</w:t></w:r>"), "7", id="a field is its result"
        ),
        pytest.param(
            listed("coal", 1) + listed("hard", 1, 1) + listed("soft", 1, 1) + listed("ore", 1),
            "3. coal\n3.i) hard\n3.ii) soft\n4. ore",
            id="numbered list",
        ),
        pytest.param(listed("coal", 2) + listed("ore", 2), "- coal\n- ore", id="bullets"),
        pytest.param(
            "<w:tbl>"
            + "".join(f"<w:tr><w:tc>{p(r(a))}</w:tc><w:tc>{p(r(b))}</w:tc></w:tr>" for a, b in ("ab", "cd"))
            + "</w:tbl>",
            "| a | b |\n| c | d |",
            id="table",
        ),
        pytest.param(
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(r('9'))}</w:tc></w:tr><w:tr><w:tc>{p(r('5'))}</w:tc></w:tr></w:tbl>",
            "| 5 |",
            id="a deleted row",
        ),
        pytest.param(
            p(
                r("Above"),
                f"<w:r><w:txbxContent>{p(r('Boxed 5.'))}</w:txbxContent><Fallback>{p(r('Boxed 5.'))}</Fallback></w:r>",
            ),
            "Above\n\nBoxed 5.",
            id="a text box, once",
        ),
        pytest.param(
            p(r("All ships"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r(" came.")) + p(r("End.")),
            "All ships¹ came.\n\n¹ Without 9 ships.\n\nEnd.",
            id="a footnote follows its paragraph",
        ),
    ],
)
def test_a_document_is_the_text_that_its_last_editor_sees(body: str, text: str) -> None:
    assert read(document(body, numbering=NUMBERING, footnotes=NOTES)).text == text + "\n"


def test_headings_come_from_styles_and_outline_levels() -> None:
    body = (
        p(r("One"), properties='<w:pStyle w:val="H"/>')
        + p(r("Two"), properties='<w:pStyle w:val="Mine"/>')
        + p(r("Three"), properties='<w:outlineLvl w:val="3"/>')
        + p(r("Prose."))
    )
    report = read(document(body, styles=STYLES))
    found = [(report.text[mark.start : mark.end], mark.kind, mark.level) for mark in report.marks]
    assert found == [("One", "heading", 2), ("Two", "heading", 2), ("Three", "heading", 4)]


def test_footers_and_tables_of_contents_are_furniture() -> None:
    body = p(r("Trade 3"), properties='<w:pStyle w:val="T"/>') + p(r("Prose."))
    report = read(document(body, styles=STYLES, footer1=FOOTER))
    found = [(report.text[mark.start : mark.end], mark.kind) for mark in report.marks]
    assert found == [("Trade 3", "furniture"), ("Page 3", "furniture")]


def test_each_paragraph_has_its_number() -> None:
    report = read(document(p(r("One.")) + p() + p(r("Three."))))
    assert [(anchor.part, anchor.paragraph, report.text[anchor.start : anchor.end]) for anchor in report.anchors] == [
        ("word/document.xml", 1, "One."),
        ("word/document.xml", 3, "Three."),
    ]


NOTED = '<w:r><w:footnoteReference w:id="2"/></w:r>'
LONG_FORM = re.sub(r'(?<=lvlText w:val=")[^"]*', "%1)" + "x" * 40_000, NUMBERING)


@pytest.mark.parametrize(
    "content",
    [
        document(p(r("All ships"), NOTED * 2_000), footnotes=NOTES.replace("Without", "Without " * 10_000)),
        document(listed("coal", 1) * 2_000, numbering=LONG_FORM),
    ],
    ids=["a note referred to 2,000 times", "a number of 40,000 signs before 2,000 paragraphs"],
)
def test_what_a_document_says_once_does_not_grow_with_how_often_it_is_referred_to(content: bytes) -> None:
    assert len(read(content).text) < 250_000


BOMB = "<w:t>" + " " * 60_000_000 + "</w:t>"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
HOSTILE: Mapping[str, tuple[bytes, str]] = {
    "zip bomb": (document(BOMB), "unpacks to 60,000,\\d+ bytes, the limit is 50,000,000"),
    "entities": (document("", styles=LAUGHS + STYLES), "declares a document type"),
    "external entity": (
        document("", styles='<!DOCTYPE x SYSTEM "file:///etc/passwd">' + STYLES),
        "declares a document type",
    ),
    "200,000 elements in one another": (document("<w:p>" * 200_000 + "</w:p>" * 200_000), "more than 256 elements"),
    "cut off": (document(p(r("5")))[:-40], "damaged or cut-off"),
    "damaged within": (document("<w:p>", styles=STYLES), "word/document.xml is damaged"),
    "no zip": (b"PK\x03\x04 nothing", "damaged or cut-off"),
    "with a password": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "locked with a password"),
    "a workbook": (document("").replace(b"word/document.xml", b"book/document.xml"), "no Word document"),
    "no text": (document(p()), "the document holds no text"),
    "many parts": (document("", **{f"p{n}": b"" for n in range(5_001)}), "the limit is 5,000"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_damaged_document_is_one_clear_line(name: str) -> None:
    data, message = HOSTILE[name]
    with pytest.raises(ReadError, match=f"trade: .*{message}") as raised:
        read(data)
    assert "\n" not in str(raised.value)


def test_what_a_part_unpacks_to_is_counted_whatever_it_says_of_itself() -> None:
    data = bytearray(document(p(r("5" * 50_000))))
    place = data.rindex(b"PK\x01\x02") + 24  # the size that the directory tells
    data[place : place + 4] = (9).to_bytes(4, "little")
    with pytest.raises(ReadError):
        read(bytes(data), ReadOptions(largest=1_000_000))


def test_a_document_of_a_word_processor_reads_like_its_markdown() -> None:
    report = read_path(SAMPLES / "docx" / "harbours.docx", "harbours")
    assert "\n\n1.1 Fishing\n\nThe fishing fleet" in report.text
    assert "\n2. a new quay of 500 metres, for €22.5 million;\n" in report.text
    assert "\n| Northport | 142.0 | 4,410 |\n" in report.text
