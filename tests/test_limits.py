"""What a report may hold and be: at each limit it is read, beyond it is refused in a line that names what to raise."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import Result

from invariants import BOOK
from pipeline import api, readers, run
from pipeline.fraction import Fraction
from pipeline.limits import MOST_DIGITS, MOST_EXPONENT, Limits
from pipeline.rulebook import Rule, Rulebook
from pipeline.rulebook.scales import scales
from pipeline.tables import rows
from pipeline.tables.load import load_rows

Tieout = Callable[..., Result]
MEGABYTE = 1_000_000
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return file.getvalue()


def document(within: int = 0, beside: int = 0) -> bytes:
    """A Word document with a text in so many elements, and so many parts that nothing refers to."""
    body = f"{'<w:sdt>' * within}<w:p><w:r><w:t>It sold 5 tons.</w:t></w:r></w:p>{'</w:sdt>' * within}"
    parts = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    return packed(**parts, **{f"word/{n}.xml": "" for n in range(beside)})


TEXT = "It sold 5 tons.".ljust(MEGABYTE)

# By option: its value, what is read with it, what is one more than that, and what is said of it.
LIMITS: Mapping[str, tuple[int, str, bytes, bytes, str]] = {
    "largest-mb": (1, "a.txt", TEXT.encode(), f"{TEXT} ".encode(), "1,000,001 bytes, the limit is 1,000,000"),
    "largest-mb unpacked": (
        1,
        "a.zip",
        packed(**{"a.txt": TEXT}),
        packed(**{"a.txt": TEXT + " "}),
        "a.txt: unpacks to 1,0",
    ),
    "members": (2, "a.zip", packed(**dict.fromkeys(("a.txt", "b.txt"), "5")), packed(a="", b="", c=""), "3 files in"),
    "parts": (3, "a.docx", document(beside=2), document(beside=3), "4 parts in the file, the limit is 3"),
    "depth": (12, "a.docx", document(7), document(8), "has more than 12 elements within one another"),
}


@pytest.mark.parametrize("where", ["command line", "pyproject.toml"])
@pytest.mark.parametrize("limit", LIMITS)
def test_a_report_is_read_up_to_its_limit_and_refused_in_a_line_beyond_it(
    here: Path, tieout: Tieout, limit: str, where: str
) -> None:
    value, name, most, more, message = LIMITS[limit]
    option = limit.split(maxsplit=1)[0]
    if where == "pyproject.toml":
        (here / "pyproject.toml").write_text(f"[tool.tieout]\n{option} = {value}\n", encoding="utf-8")
    said = (f"--{option}", str(value)) if where == "command line" else ()
    (here / name).write_bytes(most)
    assert tieout("check", name, *said).exit_code == 0
    (here / name).write_bytes(more)
    result = tieout("check", name, *said)
    (line,) = [one for one in result.stderr.splitlines() if message in one]
    assert result.exit_code == 3 and line.startswith("a") and f"raise {option}" in line


LARGEST = Limits(digits=MOST_DIGITS, exponent=MOST_EXPONENT)
DIGITS, POWER = "too-many-digits", "too-large-power"

# By option and what is at it: its value, a number that is read with it, one beyond it, the rule that skips that one,
# and what is said of it.
NUMBERS: Mapping[str, tuple[int, str, str, str, str]] = {
    "digits": (12, "9" * 12, "9" * 13, DIGITS, "a number with more than 12 digits at character 8 was skipped"),
    "digits in groups": (9, "123,456,789", "1,123,456,789", DIGITS, "more than 9 digits"),
    "digits set apart": (9, "123 456 789", "1 123 456 789", DIGITS, "more than 9 digits"),
    "digits with decimals": (9, "12345.6789", "12345.67891", DIGITS, "more than 9 digits"),
    "digits of a power": (9, "2^29", "2^30", DIGITS, "more than 9 digits"),
    "digits of a power below nothing": (9, "2^-9", "2^-10", DIGITS, "more than 9 digits"),
    "digits by thousands": (9, "9" * 9, "9" * 6000, DIGITS, "more than 9 digits"),
    "exponent": (12, "1.5e12", "1.5e13", POWER, "a number with a power beyond 12 at character 8 was skipped"),
    "exponent below nothing": (12, "1.5e-12", "1.5e-13", POWER, "a power beyond 12"),
    "exponent raised": (12, "3 × 10¹²", "3 × 10¹³", POWER, "a power beyond 12"),
    "exponent of ten": (12, "10^12", "10^13", POWER, "a power beyond 12"),
    "exponent by thousands": (12, "1e012", f"1e{'9' * 6000}", POWER, "a power beyond 12"),
}


@pytest.mark.parametrize("where", ["command line", "pyproject.toml"])
@pytest.mark.parametrize("limit", NUMBERS)
def test_a_number_is_read_up_to_its_limit_and_skipped_beyond_it_with_a_line_that_names_what_to_raise(
    here: Path, tieout: Tieout, limit: str, where: str
) -> None:
    value, most, more, rule, message = NUMBERS[limit]
    option = limit.partition(" ")[0]
    if where == "pyproject.toml":
        (here / "pyproject.toml").write_text(f"[tool.tieout]\n{option} = {value}\n", encoding="utf-8")
    said = (f"--{option}", str(value)) if where == "command line" else ()
    (here / "a.txt").write_text(f"It made {most} tons.", encoding="utf-8")
    done = tieout("run", "a.txt", "--no-page", *said)
    assert done.exit_code == 0 and not done.stderr and not load_rows(here / "extracted/a/skips.csv")
    (here / "a.txt").write_text(f"It made {more} tons.", encoding="utf-8")
    done = tieout("run", "a.txt", "--no-page", *said)
    (line,) = done.stderr.splitlines()
    assert done.exit_code == 0 and message in line and f"raise {option} to read it; the rest was read" in line
    (skip,) = load_rows(here / "extracted/a/skips.csv")
    assert (skip["text"], skip["reason"], skip["rule"]) == (more, "other", f"skips.{rule}")


def test_what_is_beyond_no_limit_but_cannot_be_read_is_not_told_as_a_limit(book: Rulebook) -> None:
    for text in (f"{'12,' * 20}3", "3^-1", "1.2.3", "x" + "9" * 40):
        reading = api.check(f"It made {text} tons.", rules=book)
        assert not reading.not_read and not {skip.rule for skip in reading.skips} & {
            f"skips.{DIGITS}",
            f"skips.{POWER}",
        }


def test_a_place_is_explained_as_it_is_checked(here: Path, tieout: Tieout) -> None:
    (here / "a.txt").write_text(f"It cost ${'9' * 31}.", encoding="utf-8")
    assert "skips.too-many-digits" in tieout("explain", "a.txt", "--at", "12").stdout
    (here / "pyproject.toml").write_text("[tool.tieout]\ndigits = 31\ncurrency = 'AUD'\n", encoding="utf-8")
    told = tieout("explain", "a.txt", "--at", "12").stdout
    assert "no claim" not in told and "AUD" in told


def test_several_numbers_beyond_both_limits_are_told_in_one_line(here: Path, tieout: Tieout) -> None:
    (here / "a.txt").write_text(f"It sold 1e31, {'7' * 31} boats and {'8' * 31} cups.", encoding="utf-8")
    assert tieout("check", "a.txt").stderr.splitlines() == [
        "a.txt: 2 numbers with more than 30 digits, the first at character 14, were skipped: raise digits to read them"
        "; a number with a power beyond 30 at character 8 was skipped: raise exponent to read it; the rest was read"
    ]


@pytest.mark.parametrize("where", ["command line", "pyproject.toml"])
@pytest.mark.parametrize(("option", "most"), [("digits", MOST_DIGITS), ("exponent", MOST_EXPONENT)])
def test_no_limit_of_numbers_can_be_raised_without_end(
    here: Path, tieout: Tieout, option: str, most: int, where: str
) -> None:
    (here / "a.txt").write_text(f"It made {'9' * (most + 1)} tons and 1e{most + 1} tons.", encoding="utf-8")
    for value in (most, most + 1):
        if where == "pyproject.toml":
            (here / "pyproject.toml").write_text(f"[tool.tieout]\n{option} = {value}\n", encoding="utf-8")
        done = tieout("check", "a.txt", *((f"--{option}", str(value)) if where == "command line" else ()))
        assert done.exit_code == (0 if value == most else 2)
        assert (f"{option} goes no higher" if value == most else str(most)) in done.stderr


def test_other_limits_of_numbers_are_another_run(here: Path, tieout: Tieout) -> None:
    (here / "a.txt").write_text(f"It made {'9' * 31} tons.", encoding="utf-8")
    for more, claims in (((), 0), (("--digits", "31"), 1), ((), 0)):
        assert tieout("run", "a.txt", "--no-page", "--resume", *more).exit_code == 0
        assert len(load_rows(here / "extracted/a/claims.csv")) == claims


# Each of three figures may be rounded by half a unit of its last digit: one unit too many may be true, two cannot.
@pytest.mark.parametrize(("more", "verdict"), [(1, "consistent"), (2, "inconsistent")])
@pytest.mark.parametrize("power", [0, MOST_EXPONENT, -MOST_EXPONENT], ids=["long", "large", "small"])
def test_the_largest_numbers_that_may_be_asked_for_are_exact(
    book: Rulebook, power: int, more: int, verdict: str
) -> None:
    first, second = int("4" * (MOST_DIGITS - 1) + "3"), int("3" * (MOST_DIGITS - 1) + "4")
    numbers = (first, second, first + second + more)
    one, other, total = (f"{number}e{power}" if power else str(number) for number in numbers)
    report = readers.read_string(f"Food took {one} tons and fuel {other} tons, totalling {total} tons.")
    reading = run.read(report, book, limits=LARGEST)
    values = [claim.figure.number.value for claim in reading.claims]
    assert values == [number * Fraction(10) ** power for number in numbers]
    (check,) = (check for check in reading.checks if check.relation.kind == "sum")
    assert check.verdict == verdict


KINDS = [rule for rule in BOOK if "/checks/" in rule.address]


@pytest.mark.parametrize("rule", KINDS, ids=[rule.address for rule in KINDS])
def test_each_kind_judges_the_largest_numbers_that_may_be_asked_for(book: Rulebook, rule: Rule) -> None:
    """Its examples with numbers as long, as large and as small as may be asked for give rows, whatever they say."""
    drawn = random.Random(rule.rule_id)

    def larger(found: re.Match[str]) -> str:
        long = "".join(drawn.choices("123456789", k=MOST_DIGITS))
        ways = (long, f"0.{long[1:]}", f"{long}e{MOST_EXPONENT}", f"{long}e-{MOST_EXPONENT}", found.group())
        return found.group() if re.fullmatch(r"(?:19|20)\d\d", found.group()) else drawn.choice(ways)

    for example in rule.examples:
        report = readers.read_string(re.sub(r"\d[\d,]*(?:\.\d+)?", larger, example.text))
        reading = run.read(report, book, strict=True, limits=LARGEST)
        assert rows.of_report(reading, scales(book))


@pytest.mark.parametrize("size", [30, MOST_DIGITS])
def test_what_grew_beyond_all_writing_is_not_worked_out(book: Rulebook, size: int) -> None:
    report = readers.read_string(
        f"Output grew by an average of {'9' * size}% a year, from 5 tons in 1850 to 6 tons in 2049."
    )
    reading = run.read(report, book, limits=LARGEST)
    assert [one.verdict for one in reading.checks if one.relation.kind == "annual"] == ["undecided"]
