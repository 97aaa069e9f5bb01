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

from invariants import BOOK
from pipeline import run
from pipeline.model import Reading
from pipeline.readers import READERS, read_path
from pipeline.tables.load import load_rows

SAMPLES = Path(__file__).parent / "samples"
LEAST = {"pdf": 99}  # how many of the claims must be the same, in percent; all in other formats
RAW = Path(__file__).parents[1] / "raw"
# What a sample says, by the beginning of its name.
ORIGINALS = {path.stem: path for path in [SAMPLES / "md" / "harbours.md", *sorted(RAW.glob("*.txt"))]}
ALIKE = [
    (path, original)
    for name, original in ORIGINALS.items()
    for path in sorted(SAMPLES.rglob(f"{name}*"))
    if path != original
]


@cache
def reading(path: Path) -> Reading:
    return run.read(read_path(path, "sample"), BOOK)


def claims(path: Path) -> list[tuple[str, str, str, str]]:
    """Text (a line break in it is a blank), value, unit and section of each claim."""
    found = reading(path)
    return [
        (
            " ".join(found.report.text[claim.figure.start : claim.figure.end].split()),
            str(claim.figure.number.value),
            claim.figure.unit,
            found.sections[claim.section].heading,
        )
        for claim in found.claims
    ]


@pytest.mark.parametrize(("path", "original"), ALIKE, ids=[path.name for path, _ in ALIKE])
def test_the_claims_are_the_same_in_every_format(path: Path, original: Path) -> None:
    wanted, found = claims(original), claims(path)
    assert len(wanted) > 50
    least = LEAST.get(path.suffix[1:], 100)
    if least == 100:
        assert found == wanted, "is the sample older than the report? python tests/tools/make_samples.py"
    missing, extra = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    assert max(missing.total(), extra.total()) * 100 <= (100 - least) * len(wanted), (missing, extra)


@pytest.mark.parametrize("suffix", ["txt", "md", "rst", "html", "docx", "pdf"])
def test_every_shipped_report_is_there_in_every_format(suffix: str) -> None:
    for original in sorted(RAW.glob("*.txt")):
        assert list((SAMPLES / suffix).glob(f"{original.stem}-*")), (
            f"python tests/tools/make_samples.py {original.stem}"
        )


ANCHORED = [path for path, _ in ALIKE if path.suffix in (".html", ".docx", ".pdf")]


@pytest.mark.parametrize("path", ANCHORED, ids=lambda path: path.name)
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
        (sample,) = (SAMPLES / folder).glob("harbours.*")
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
