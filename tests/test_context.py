"""What a figure's words say of it: its period, what it is compared with, what it measures, the unit it is lent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pipeline import api, load_table, readers, run
from pipeline.context import Defaults
from pipeline.model import Claim
from pipeline.rulebook import Rulebook


def claim(text: str, figure: str, book: Rulebook) -> Claim:
    reading = api.check(text, rules=book)
    return next(c for c in reading.claims if reading.report.text[c.figure.start : c.figure.end] == figure)


@pytest.mark.parametrize(
    ("text", "figure", "period"),
    [
        ("In 2009 it spent 605 million Yuan.", "605 million Yuan", "2009"),
        ("It spent 5 million Yuan in 2008 and 6 million Yuan in 2009.", "5 million Yuan", "2008"),
        ("It spent 5 million Yuan in 2008 and 6 million Yuan in 2009.", "6 million Yuan", "2009"),
        ("On 31 October 2009 it had 266 poor villages.", "266 poor villages", "2009-10-31"),
        ("At the end of March 2015 there were 40 boats.", "40 boats", "2015-03"),
        ("Sales for the third quarter of 2023 were $5 million.", "$5 million", "2023-Q3"),
        ("FY2009 output was 3 tons.", "3 tons", "FY2009"),
        ("It produced 40 tons (2023 est.) of tea.", "40 tons", "2023"),
        ("It has $1 billion of notes, which were repaid in May 2012, and 5 tons of tea.", "5 tons", ""),
        ("Exports, which were $5 million in 2010, fell.", "$5 million", "2010"),
        ("In June 2019 it was 130% of the 2041 Notes price.", "130%", "2019-06"),
        ("In the fiscal year, ending 30th June, 1861, it sold 5 tons.", "5 tons", "FY1861"),
        ("In 2006-2010 it sold 5 tons of tea.", "5 tons", "2006/2010"),
        ("In 2018-19 it spent Rs 40 crore.", "Rs 40 crore", "2018/2019"),
        ("In the first half of 2009 it sold 5 tons.", "5 tons", "2009-H1"),
        ("In the first nine months of 2009 it sold 5 tons.", "5 tons", "2009-01/2009-09"),
        ("From January to October 2009 it sold 5 tons.", "5 tons", "2009-01/2009-10"),
        ("For the three months ended March 31, 2019, it sold 5 tons.", "5 tons", "2019-01/2019-03"),
        ("For the year ended March 31, 2019, it sold 5 tons.", "5 tons", "FY2019"),
        ("In the third quarter of fiscal 2019 it sold 5 tons.", "5 tons", "FY2019-Q3"),
        ("From 2006 to 2010, it built 30 schools.", "30 schools", "2006/2010"),
        ("Sales fell by 5 tons from 2018 to 2019.", "5 tons", "2019"),
        ("Fees were $5 million, $6 million and $7 million in 2014, 2013 and 2012.", "$6 million", "2013"),
        ("As of June 30, 2019 and 2018, it owed $5 million and $6 million, respectively.", "$6 million", "2018-06-30"),
        ("As of December 31, 2015 and 2014, the amount accrued was $9.", "$9", ""),
        ("In 2019-Q4 fees were $5 million compared to $6 million in the prior quarter.", "$6 million", "2019-Q3"),
        ("In 2009 it had 5 tons. In that year it sold 4 tons.", "4 tons", ""),
        ("It had 5 tons against 4 tons in 2008, and sold 3 tons.", "3 tons", ""),
        ("Since 2001 it has sold 4 tons.", "4 tons", ""),
        ("Bonds due in 2020 were $5 million.", "$5 million", ""),
        ("Under the act of June 14, 1858, it spent $11 million.", "$11 million", ""),
        ("Our 2004 Stock Incentive Plan allows up to 600 shares.", "600 shares", ""),
        ("Results of 2014\n\nFees came to $5 million in all.", "$5 million", "2014"),
        ("Results of 2014\n\nFees came to $5 million against $4 million last year.", "$4 million", "2013"),
        ("It owed $5 and $6 as of May 31, 2009 and June 30, 2008, respectively.", "$6", "2008-06-30"),
        ("In 2019 it held 32% (2018: 30%) of the mill and 7% of the farm.", "7%", "2019"),
        ("It held $7 (none was drawn in 2015) and $4 ($6 drawn) in 2014.", "$6", ""),
        ("Prices are 10 percent lower than they were in May 2009.", "10 percent", ""),
        ("It rose from 12 million in mid-2012 to 16 million by mid-2037.", "16 million", "2037"),
        ("It spent $81 million on the 2016 acquisition of the firm.", "$81 million", ""),
        ("It is 23 percent above 1992 levels.", "23 percent", ""),
        ("It is 4% below the peak of June 2008 (230 dollars).", "230 dollars", "2008-06"),
        ("In May 2014 it was 4% below the peak of June 2008.", "4%", "2014-05"),
        ("It spent 40 dollars more than in 2008.", "40 dollars", ""),
        ("It spent 40 dollars.", "40 dollars", ""),
    ],
)
def test_the_period_of_a_figure(book: Rulebook, text: str, figure: str, period: str) -> None:
    assert claim(text, figure, book).period == period


def test_a_change_names_the_period_it_is_set_against(book: Rulebook) -> None:
    found = claim("In 2009 it spent 605 million Yuan, 120 million more than that in 2008.", "120 million", book)
    assert (found.period, found.compared_with) == ("2009", "2008")


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [
        (
            "605 million Yuan of financial anti-poverty funds was allocated.",
            "605 million Yuan",
            "financial anti-poverty funds",
        ),
        ("It chose 266 poor villages.", "266 poor villages", "poor villages"),
        ("It came to 40 million Yuan in all.", "40 million Yuan", ""),
        ("A rise of 5% was seen.", "5%", ""),
        ("The per capita net income of farmers reached 3,500 Yuan.", "3,500 Yuan", "per capita net income of farmers"),
        ("Last year, total retail sales were 40 million Yuan.", "40 million Yuan", ""),
        ("In 2009, total retail sales were 40 million Yuan.", "40 million Yuan", "total retail sales"),
        ("The number of visitors rose to 3,000.", "3,000", "number of visitors"),
        ("Sales fell from 19% to 18%.", "18%", "Sales"),
        ("We made net gains of $7 million on them.", "$7 million", ""),
        (
            "The plan includes a sublimit of $15,000 and a letter of credit sublimit of $10,000.",
            "$10,000",
            "letter of credit sublimit",
        ),
        ("The mayor recorded charges of about $5 million.", "$5 million", ""),
        ("It met a grant by the company of 5% of its shares.", "5%", ""),
        ("Net gains of $5 million were made.", "$5 million", "Net gains"),
        ("The loss is a result of fees of $5 million.", "$5 million", ""),
        ("It spent $3 on a gold reserve and of $5 on a fort.", "$5", ""),
        ("It had a decrease of $5 million in hosting costs.", "$5 million", "hosting costs"),
        ("There was a $5 million decrease in salary and travel costs.", "$5 million", "salary and travel costs"),
        ("They were 40 million Yuan.", "40 million Yuan", ""),
        ("The clinic was 30% owned by the city.", "30%", ""),
        ("The mayor, who saw that sales were down, asked for aid of 5 tons.", "5 tons", ""),
        ("Exports, imports and fees were 5, 6 and 7 million Yuan respectively.", "7 million Yuan", "fees"),
        ("Sales of grain and oil were 5 and 6 tons respectively.", "6 tons", "Sales of oil"),
        ("605 million Yuan of relief was set aside, 120 million more than in 2008.", "120 million", "relief"),
        ("Exports reached 3 tons and imports 2 tons. The latter fell by 5%.", "5%", ""),
        ("Exports reached 3 tons and imports reached 2 tons. The latter fell by 5%.", "5%", "imports"),
        ("Output in 2009 was 30 tons. That in 2008 was 20 tons.", "20 tons", "Output"),
        ("It owed $13 of senior, mezzanine, and other loans.", "$13", ""),
        ("It has 5 tons of the regions the share of which fell.", "5 tons", ""),
        ("The signing of 15 cultural, commercial treaties is near.", "15", ""),
        ("Contracts for three quarters were 6% above it.", "6%", ""),
        ("The fair value excludes leases of $34 million.", "$34 million", ""),
        ("It was paid by a combination of $6 million in debt.", "$6 million", ""),
        ("Sales in the Asian, American and European regions were 3, 4 and 5 tons respectively.", "4", ""),
        ("GDP grew, while Kenya was 17.2% below.", "17.2%", ""),
        ("It compares with 0.7% growth in H1.", "0.7%", ""),
        ("Prices were up from an increase of 10.7% in April 2014.", "10.7%", ""),
        ("It named $68 of its non-U.S. loans.", "$68", ""),
        ("Revenue rose under the tariff of 1846 of $8 million.", "$8 million", ""),
        ("Homes where one member was aged under 65 years fell by six percentage points.", "six percentage points", ""),
        ("It will be short of $74 million.", "$74 million", ""),
    ],
)
def test_the_subject_is_taken_from_plain_forms_only(book: Rulebook, text: str, figure: str, subject: str) -> None:
    assert claim(text, figure, book).subject == subject


@pytest.mark.parametrize(
    ("text", "figure", "place"),
    [
        ("In Kenya, 40 boats sank.", "40 boats", "Kenya"),
        ("In Lake County, 40 boats sank.", "40 boats", "Lake County"),
        ("Prices in the UK fell from 19% to 18%.", "18%", "UK"),
        ("In 2009, Gansu's exports fell by 5%.", "5%", "Gansu"),
        ("Sales were 5 tons in Kenya and 6 tons in Peru.", "6 tons", "Peru"),
        ("Sales in Kenya and Peru were 6 tons.", "6 tons", ""),
        ("Sales in Kenya rose while fees fell by 5%.", "5%", ""),
        ("Kenya Airways bought 40 boats in the county.", "40 boats", ""),
        ("We sold 40 boats to Kenya.", "40 boats", ""),
        ("The Bank of America's rate rose by 5%.", "5%", ""),
        ("Overview\n\nIt was so.\n\n【Latin America】 Sales fell by 5%.", "5%", "Latin America"),
    ],
)
def test_the_place_of_a_figure_is_named_by_its_sentence_or_heading(
    book: Rulebook, text: str, figure: str, place: str
) -> None:
    assert claim(text, figure, book).place == place


@pytest.mark.parametrize(
    ("text", "figure", "scale"),
    [
        ("($ in thousands)\n\nFees came to $40 in all.", "$40", 1000),
        ("($ in thousands)\n\nFees came to $4 million in all.", "$4 million", 1),
        ("($ in thousands)\n\nIt hired 40 cooks.", "40 cooks", 1),
        ("All amounts are in millions of Yuan unless otherwise stated.\n\nIt spent 40 Yuan.", "40 Yuan", 10**6),
        ("Unit: 10,000 Yuan\n\nIt spent 40 Yuan.", "40 Yuan", 10**4),
        ("It spent 40 Yuan in millions of homes.", "40 Yuan", 1),
    ],
)
def test_a_note_says_what_figures_are_counted_in_and_they_stay_as_printed(
    book: Rulebook, text: str, figure: str, scale: int
) -> None:
    found = claim(text, figure, book)
    assert found.scale == scale
    assert found.figure.number.value in (40, 4_000_000)


@pytest.mark.parametrize(
    ("text", "figure", "unit"),
    [
        ("It spent 605 million Yuan, 120 million more than in 2008.", "120 million", "CNY"),
        ("The rate was 14.6 per cent, 3.3 points lower than 17.9 per cent.", "3.3 points", "pp"),
        ("The score for the 40 counties rose from 2 to 4.", "4", ""),
    ],
)
def test_a_bare_number_is_lent_a_unit_by_what_it_is_compared_with(
    book: Rulebook, text: str, figure: str, unit: str
) -> None:
    assert claim(text, figure, book).figure.unit == unit


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("($ in thousands)\n\nSales rose by 25% from $40 to $50.", "consistent"),
        ("($ in thousands)\n\nSales rose by 25% from $4 million to $5,000.", "consistent"),
        ("Sales rose by 25% from $4 million to $5,000.", "inconsistent"),
    ],
)
def test_a_scale_that_the_report_says_is_tried_before_figures_are_called_wrong(
    book: Rulebook, text: str, verdict: str
) -> None:
    (check,) = (c for c in api.check(text, rules=book).checks if c.relation.kind == "growth")
    assert check.verdict == verdict
    assert ("as the report says" in check.explanation) == (verdict == "consistent" and "million" in text)


@pytest.mark.parametrize(
    ("text", "figure", "defaults", "unit", "scale", "period"),
    [
        ("It cost $40 in all.", "$40", Defaults("AUD"), "AUD", 1, ""),
        ("It cost 40 dollars in all.", "40 dollars", Defaults("AUD"), "AUD", 1, ""),
        ("It cost US$40 in all.", "US$40", Defaults("AUD"), "USD", 1, ""),
        ("It cost 40 Yuan in all.", "40 Yuan", Defaults("AUD"), "CNY", 1, ""),
        ("It cost 40 Yuan in all.", "40 Yuan", Defaults(scale="thousand"), "CNY", 1000, ""),
        ("It cost 40 Yuan in all.", "40 Yuan", Defaults(period="2009"), "CNY", 1, "2009"),
        ("It cost 40 Yuan last year.", "40 Yuan", Defaults(period="2009"), "CNY", 1, "2008"),
        ("In 2007 it cost 40 Yuan.", "40 Yuan", Defaults(period="2009"), "CNY", 1, "2007"),
    ],
)
def test_defaults_hold_where_the_report_does_not_say(
    book: Rulebook, text: str, figure: str, defaults: Defaults, unit: str, scale: int, period: str
) -> None:
    found = run.read(readers.read_string(text), book, defaults=defaults).claims[0]
    assert text[found.figure.start : found.figure.end] == figure
    assert (found.figure.unit, found.scale, found.period) == (unit, scale, period)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--currency", "XQZ"], "currency 'XQZ' is not known"),
        (["--scale", "heaps"], "scale 'heaps' is not known"),
        (["--period", "May"], "period 'May' is not known"),
        (["--model", "en_core_web_none"], "python -m spacy download en_core_web_none"),
    ],
)
def test_a_default_that_cannot_be_used_is_a_usage_error_in_plain_words(
    here: Path, tieout: Callable[..., Result], options: list[str], said: str
) -> None:
    for command in ("run", "check"):
        result = tieout(command, "raw", *options)
        assert result.exit_code == 2
        assert said in result.output


def test_defaults_stand_in_tool_tieout_too_and_change_what_resume_keeps(
    here: Path, tieout: Callable[..., Result]
) -> None:
    (here / "raw" / "wrong.txt").unlink()
    (here / "raw" / "right.txt").write_text("It cost 40 dollars in all.", encoding="utf-8")
    assert tieout("run").exit_code == 0
    before = load_table("extracted/right/summary.csv")
    assert list(before["backend"]) == ["rules"]
    (here / "pyproject.toml").write_text('[tool.tieout]\ncurrency = "CAD"\n', encoding="utf-8")
    assert tieout("run", "--resume").exit_code == 0
    assert list(load_table("extracted/right/claims.csv")["unit"]) == ["CAD"]
    assert list(load_table("extracted/right/summary.csv")["rules_sha256"]) != list(before["rules_sha256"])


@pytest.mark.parametrize(
    ("text", "figure", "place"),
    [
        ("Sales fell 14 percent in London, 8 percent in Paris and 2 percent in Little Rock.", "2 percent", ""),
        ("Sales fell 14 percent in London, 8 percent in Paris and 2 percent in Little Rock.", "8 percent", "Paris"),
        ("The largest rise was in London at 20% followed by the South East (9%).", "9%", ""),
        ("In London rents rose 20% (9% in real terms).", "9%", "London"),
    ],
)
def test_a_place_holds_until_another_is_named(book: Rulebook, text: str, figure: str, place: str) -> None:
    assert claim(text, figure, book).place == place


@pytest.mark.parametrize(
    ("text", "figure", "role"),
    [
        ("Sales were 12% higher than in 2008.", "12%", "percent"),
        ("Output in 2013 was 241 tons.", "241 tons", ""),
        ("It is more than double the level of 3 years ago.", "3 years", ""),
        ("The wait rose from 3 days to 5 days.", "3 days", "prior"),
        ("The aerospace industry (£2 billion) grew.", "£2 billion", ""),
        ("It paid US$12 million (82 million Yuan).", "82 million Yuan", "mention"),
        ("Life expectancy at age 65 rose between 2000 and 2010.", "65", ""),
        ("The ratio is to be no greater than 65 percent.", "65 percent", ""),
        ("Sales were higher than the $5 million of 2008.", "$5 million", "prior"),
    ],
)
def test_the_role_is_what_the_words_say(book: Rulebook, text: str, figure: str, role: str) -> None:
    assert claim(text, figure, book).role == role


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [
        ("It saw a rise of 5% in the index for all services.", "5%", ""),
        ("It saw a rise of 5% in the hosting costs.", "5%", "hosting costs"),
        ("There were 50 fewer deaths.", "50 fewer deaths", "deaths"),
        ("It came within 200 km of the shoreline.", "200 km", ""),
        ("It saw the effects of 3% glutaraldehyde on it.", "3%", ""),
        ("Some 3.8 million of the company's 10.1 million shares were sold.", "3.8 million", ""),
        ("It has 3,500-odd staff.", "3,500-odd staff", "staff"),
        ("It fell 3 percent after a 2 percent increase in the prior period.", "2 percent", ""),
        ("Sales rose, with 14 percent increases in Maine and Texas.", "14 percent", ""),
        ("In Wales the share using cars, motorcycles or taxis ranged from 60 to 67 percent.", "60 to 67 percent", ""),
        ("The value of permits for the first half of 2003 reached $41 million.", "$41 million", "value of permits"),
        ("Selling expenses Selling expenses decreased $788.", "$788", "Selling expenses"),
    ],
)
def test_a_subject_is_said_whole_or_not_at_all(book: Rulebook, text: str, figure: str, subject: str) -> None:
    assert claim(text, figure, book).subject == subject
