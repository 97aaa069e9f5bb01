"""One report, written out by programs that are not ours, has the same claims in every format."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import Result

from pipeline import rulebook, run
from pipeline.model import Reading
from pipeline.readers import READERS, read_path
from pipeline.tables.load import load_rows

SAMPLES = Path(__file__).parent / "samples"
FORMATS = {  # folder of samples → how much of the claims must be the same, in percent
    "html": 100,
    "docx": 100,
    "txt": 100,
}
ALIKE = [(path, least) for folder, least in FORMATS.items() for path in sorted((SAMPLES / folder).glob("harbours*"))]


@cache
def reading(path: Path) -> Reading:
    return run.read(read_path(path, "harbours"), rulebook.load())


def claims(path: Path) -> list[tuple[str, str, str, str]]:
    """Text, value, unit and section of each claim."""
    found = reading(path)
    return [
        (
            found.report.text[claim.figure.start : claim.figure.end],
            str(claim.figure.number.value),
            claim.figure.unit,
            found.sections[claim.section].heading,
        )
        for claim in found.claims
    ]


@pytest.mark.parametrize(("path", "least"), ALIKE, ids=[path.name for path, _ in ALIKE])
def test_the_claims_are_those_of_the_markdown(path: Path, least: int) -> None:
    wanted = claims(SAMPLES / "md" / "harbours.md")
    found = claims(path)
    assert len(wanted) > 50
    missing, extra = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    assert max(missing.total(), extra.total()) * 100 <= (100 - least) * len(wanted), (missing, extra)
    if least == 100:
        assert found == wanted


@pytest.mark.parametrize("path", [path for path, _ in ALIKE if path.suffix != ".txt"], ids=lambda path: path.name)
def test_every_claim_leads_back_to_the_source(path: Path) -> None:
    found = reading(path)
    places = [range(anchor.start, anchor.end) for anchor in found.report.anchors]
    for claim in found.claims:
        assert any(claim.figure.start in place for place in places), claim


@pytest.mark.parametrize("reader", sorted(set(READERS.values())))
def test_every_format_has_a_sample(reader: str) -> None:
    suffixes = [suffix for suffix, module in READERS.items() if module == reader]
    samples = [path for suffix in suffixes for path in SAMPLES.rglob(f"*{suffix}")]
    assert samples, f"put a file with suffix {suffixes[0]}, made by another program, into tests/samples/"
    for path in samples:
        assert read_path(path, "sample").text.strip()


def test_a_run_writes_the_text_that_the_offsets_index_and_its_anchors(
    here: Path, tieout: Callable[..., Result]
) -> None:
    for folder in ("docx", "md"):
        (sample,) = (SAMPLES / folder).glob("harbours*")
        shutil.copy(sample, here / "raw" / f"{folder}{sample.suffix}")
    assert tieout("run", "raw").exit_code == 0
    text = Path("extracted/docx/text.txt").read_bytes().decode()
    for row in load_rows("extracted/docx/claims.csv"):
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
    anchors = load_rows("extracted/docx/anchors.csv")
    assert {row["part"] for row in anchors} == {"word/document.xml"}
    assert sorted(path.name for path in Path("extracted/md").iterdir()).count("text.txt") == 0
    resources = json.loads(Path("extracted/datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert [one["path"] for one in resources if one["name"] == "anchors"] == [["docx/anchors.csv"]]
    Path("raw/docx.docx").write_bytes(b"cut off")
    assert tieout("run", "raw").exit_code == 3
    assert [path.name for path in Path("extracted/docx").iterdir()] == ["summary.csv"]
