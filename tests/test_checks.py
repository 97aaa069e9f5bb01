"""Checks and findings: the verdict, what is said of it in which words, and ids that survive edits elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_hand import relation
from pipeline import api, checks
from pipeline.formulas import KINDS
from pipeline.model import Check, Confidence, Relation, Report, Section, Sentence
from pipeline.rulebook import Rulebook
from pipeline.rulebook.shapes import CheckRule
from test_formulas import CASES

UP, DOWN = 1, -1
SEED = "level=605 million Yuan; change=120 million; percent=22%"


def judged(book: Rulebook, kind: str, roles: str, direction: int = 0, mode: str = "") -> tuple[Check, str]:
    text, made = relation(kind, roles, direction, mode)
    (check,) = checks.judge([made], Report("r", text, text, ""), (), book)
    return check, text


def test_a_growth_that_does_not_add_up_is_told_as_an_editor_would(book: Rulebook) -> None:
    check, _ = judged(book, "growth", SEED, UP)
    assert check.verdict == "inconsistent"
    assert check.stated == "22%"
    assert check.computed == "24.6–24.9%"
    assert check.gap == "2.09"
    assert check.formula == "120 million / (605 million Yuan − 120 million) = 24.7%"
    assert check.explanation == (
        "605 million Yuan is 120 million more than before, so the earlier figure was about 485 million Yuan and "
        "the rise is 24.7% (24.6–24.9%), not 22%; these figures cannot all be true as written."
    )
    assert check.suggestion == "22% → 24.7%; 120 million → 107–111 million; 605 million Yuan → 651–681 million Yuan"


VERDICTS = {"strict": "consistent", "coarse": "borderline", "open": "undecided", "none": "inconsistent"}


@pytest.mark.parametrize(
    ("kind", "direction", "mode", "roles", "agreed"),
    CASES,
    ids=[f"{c[0]}: {c[3]} {'+' * c[1]}{'-' * -c[1]}" for c in CASES],
)
def test_every_verdict_is_told_without_calling_a_figure_wrong(
    book: Rulebook, kind: str, direction: int, mode: str, roles: str, agreed: str
) -> None:
    check, _ = judged(book, kind, roles, direction, mode)
    assert check.explanation
    assert not re.search(r"[{}]| (is|are) wrong|\b(not|is|of|about|to)[ ,.;]*$|  ", check.explanation), (
        check.explanation
    )
    assert "None" not in check.explanation + check.formula + check.computed + check.suggestion
    if check.verdict == "inconsistent":
        assert re.search(r"cannot (all |both )?be|cannot lie", check.explanation)
    else:
        assert not check.suggestion
    if check.verdict in ("consistent", "borderline"):
        assert check.formula
    assert (check.gap == "") == (check.verdict == "undecided") or check.gap == ""


@pytest.mark.parametrize(
    ("kind", "direction", "roles", "wanted"),
    [
        pytest.param(
            "sum",
            0,
            "total=2,013 villages; part=1,501 villages; part=521 villages",
            "1,501 villages and 521 villages make 2,022 villages, not 2,013 villages; these figures cannot all be true "
            "as written.",
            id="sum",
        ),
        pytest.param(
            "shares",
            0,
            "part=52%; part=29%; part=16%",
            "52%, 29% and 16% make 97.0% (95.5–98.5%), not 100%; they cannot all be shares of one whole as written.",
            id="shares",
        ),
        pytest.param(
            "points",
            DOWN,
            "level=33.4%; prior=38.6%; change=6.2 percentage points",
            "38.6% to 33.4% is a fall of 5.2 percentage points (5.1–5.3), not 6.2 percentage points; these figures "
            "cannot all be true as written.",
            id="points",
        ),
        pytest.param(
            "growth",
            UP,
            "level=90 mines; prior=100 mines; percent=10%",
            "100 mines to 90 mines is a rise of −10.0%, not 10%; these figures cannot all be true as written. "
            "They would agree as a fall.",
            id="a-lost-direction",
        ),
        pytest.param(
            "growth",
            UP,
            "level=1,386 villages; prior=860; change=546",
            "860 to 1,386 villages is a rise of 526, not 546; these figures cannot all be true as written.",
            id="change",
        ),
        pytest.param(
            "target",
            UP,
            "level=150 wells; target=120 wells; percent=52%",
            "150 wells is 125.0% of the target of 120 wells, not 52%; these figures cannot all be true as written.",
            id="target",
        ),
        pytest.param(
            "count",
            0,
            "count=seven plans; item=a; item=b",
            "Seven plans are announced, but 2 are listed; the number and the list cannot both be right as written.",
            id="count",
        ),
        pytest.param(
            "time",
            0,
            "start=2009; end=2006",
            "2006 comes before 2009; the years cannot both be right as written.",
            id="years",
        ),
        pytest.param(
            "limit",
            0,
            "value=22%; whole=14 counties",
            "No whole number out of 14 counties makes 22%; the nearest is 21.4%. These figures cannot both be true "
            "as written.",
            id="a-share-of-few",
        ),
    ],
)
def test_a_contradiction_is_told_in_the_words_of_its_kind(
    book: Rulebook, kind: str, direction: int, roles: str, wanted: str
) -> None:
    assert judged(book, kind, roles, direction, "of")[0].explanation == wanted


def test_a_target_is_told_by_what_the_percentage_is_of(book: Rulebook) -> None:
    check, _ = judged(book, "target", "level=150 wells; target=120 wells; percent=52%", UP, "excess")
    assert check.formula == "(150 wells − 120 wells) / 120 wells = 25.0%"
    assert "is 25.0% above it, not 52%" in check.explanation


def test_the_rules_tell_of_every_kind_and_name_its_roles(book: Rulebook) -> None:
    rules = {rule.name: rule for rule in book.of(CheckRule)}
    assert set(rules) == set(KINDS)
    for name, rule in rules.items():
        kind = KINDS[name]
        asked = {role for group in kind.groups for role in group} | {*kind.stated, *kind.percents}
        assert asked <= set(rule.roles), rule.address
        assert rule.file == name, rule.address


def test_a_percentage_taken_from_just_before_is_told_so(book: Rulebook) -> None:
    _, earlier = relation("growth", "level=128 tons; prior=104 tons; percent=28%", UP)
    text, made = relation("growth", "level=71 million Yuan; prior=69 million Yuan; percent=28%", UP, offset=60)
    _, check = checks.judge([earlier, made], Report("r", text, text, ""), (), book)
    assert check.suggestion.startswith("28% → 2.9% (the same percentage stands just before)")


def test_a_percentage_that_is_said_again_is_doubted_last(book: Rulebook) -> None:
    text, made = relation("growth", SEED, UP)
    text_again, again = relation("repeat", "mention=22%; mention=22%", offset=80)
    percent = replace(again.operands[0], ref=made.operands[2].ref)
    again = replace(again, operands=(percent, again.operands[1]))
    check, _ = checks.judge([made, again], Report("r", text + text_again[len(text) :], text, ""), (), book)
    assert check.suggestion.startswith("120 million → 107–111 million")
    assert check.suggestion.endswith("22% → 24.7%")


def test_the_note_of_a_report_is_quoted(book: Rulebook) -> None:
    text, made = relation("sum", "total=100 boats; part=33 boats; part=66 boats", notes=("may not add up",))
    (check,) = checks.judge([made], Report("r", text, text, ""), (), book)
    assert check.verdict == "borderline"
    assert check.explanation.endswith("The report notes: “may not add up”")


def test_the_section_is_that_of_the_first_operand(book: Rulebook) -> None:
    text, made = relation("growth", SEED, UP, offset=10)
    first = Section("s1", 1, "body", "Funds", 0, 20, 5, "sections.first")
    second = Section("s2", 1, "body", "Works", 20, len(text), 25, "sections.first")
    (check,) = checks.judge([made], Report("r", text, text, ""), (first, second), book)
    assert check.section == "Funds"
    assert (check.start, check.end) == (made.operands[0].start, made.operands[-1].end)


# Ids and findings ----------------------------------------------------------------------------------------------


def test_a_check_is_known_by_its_kind_and_claims(book: Rulebook) -> None:
    check, _ = judged(book, "growth", SEED, UP)
    assert checks.claims_column(check.relation) == "level=c0;change=c18;percent=c31"
    assert re.fullmatch(r"C-[0-9a-f]{12}", check.check_id)
    renamed = replace(check.relation, rule="another", confidence="low", reason="other words")
    text = relation("growth", SEED, UP)[0]
    assert checks.judge([renamed], Report("r", text, text, ""), (), book)[0].check_id == check.check_id


def found(
    book: Rulebook, relations: list[tuple[str, Relation]], name: str = "r", strict: bool = False
) -> list[tuple[str, str]]:
    text = max((text for text, _ in relations), key=len)
    report = Report(name, text, text, "")
    made = checks.judge([r for _, r in relations], report, (), book)
    return [(f.finding_id, f.severity) for f in checks.findings(made, report, (), strict=strict)]


@given(offset=st.integers(min_value=0, max_value=200))
def test_a_finding_survives_edits_elsewhere(book: Rulebook, offset: int) -> None:
    here = found(book, [relation("growth", SEED, UP)])
    assert found(book, [relation("growth", SEED, UP, offset=offset)]) == here
    assert re.fullmatch(r"F-[0-9a-f]{16}", here[0][0])


def test_a_changed_figure_or_report_makes_a_new_finding(book: Rulebook) -> None:
    here = found(book, [relation("growth", SEED, UP)])
    assert found(book, [relation("growth", SEED.replace("22%", "21%"), UP)]) != here
    assert found(book, [relation("growth", SEED, UP)], name="another") != here


def test_equal_findings_are_told_apart_by_their_order(book: Rulebook) -> None:
    ids = [
        finding for finding, _ in found(book, [relation("growth", SEED, UP), relation("growth", SEED, UP, offset=80)])
    ]
    assert len(set(ids)) == 2
    assert found(book, [relation("growth", SEED, UP)])[0][0] in ids


@pytest.mark.parametrize(
    ("roles", "confidence", "strict", "wanted"),
    [
        (SEED, "high", False, ["error"]),
        (SEED, "medium", False, ["warning"]),
        (SEED, "low", False, ["warning"]),
        (SEED.replace("22%", "24%"), "high", False, []),
        (SEED.replace("22%", "24%"), "high", True, ["note"]),
        (SEED.replace("22%", "25%"), "high", True, []),
    ],
)
def test_severity_follows_verdict_and_confidence(
    book: Rulebook, roles: str, confidence: Confidence, strict: bool, wanted: list[str]
) -> None:
    text, made = relation("growth", roles, UP)
    assert [s for _, s in found(book, [(text, replace(made, confidence=confidence))], strict=strict)] == wanted


def test_findings_come_worst_first(book: Rulebook) -> None:
    small = relation("growth", "level=605 million Yuan; prior=485 million Yuan; percent=23.1%", UP)
    large = relation("growth", "level=605 million Yuan; prior=485 million Yuan; percent=93.1%", UP, offset=100)
    unsure = relation("growth", "level=605 million Yuan; prior=485 million Yuan; percent=99.1%", UP, offset=200)
    unsure = unsure[0], replace(unsure[1], confidence="medium")
    text = unsure[0]
    report = Report("r", text, text, "")
    made = checks.judge([r for _, r in (small, unsure, large)], report, (), book)
    stated = [check.relation.operands[2].figure for check in (f.check for f in checks.findings(made, report, ()))]
    assert [figure.number.value for figure in stated if figure] == [
        Fraction("93.1"),
        Fraction("23.1"),
        Fraction("99.1"),
    ]


def test_the_quote_is_the_sentences_around(book: Rulebook) -> None:
    text = "It spent 605 million\nYuan. Rain fell. It had 700 million Yuan before. All agreed."
    ends = [text.index(". ") + 1, text.index("fell.") + 5, text.index("before.") + 7, len(text)]
    starts = [0, text.index("Rain"), text.index("It had"), text.index("All")]
    sentences = [Sentence(s, e, 0, 0, ()) for s, e in zip(starts, ends, strict=True)]
    _, made = relation("repeat", "mention=605 million Yuan; mention=700 million Yuan")
    spans = [text.index("605"), text.index("700")]
    operands = tuple(replace(o, start=s, end=s + 16) for o, s in zip(made.operands, spans, strict=True))
    check = judged(book, "growth", SEED, UP)[0]
    check = replace(check, relation=replace(made, operands=operands))
    assert checks.quote(check, text, sentences) == "It spent 605 million Yuan. … It had 700 million Yuan before."


def test_an_amount_that_a_bound_far_away_says_too_is_doubted_late(book: Rulebook) -> None:
    text = (
        "In 2009, 605 million yuan of relief was paid, 120 million yuan more than that in 2008, a growth of 22%. "
        + "The work went on in every county, and the villages were visited. " * 9
        + "By October relief had exceeded 600 million yuan, up 22%."
    )
    (finding,) = api.check(text, rules=book).findings
    assert finding.check.suggestion.startswith("120 million yuan → 107–111 million yuan; ")
