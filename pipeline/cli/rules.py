"""`tieout rules`: the rule book listed, shown, and tested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.model import Reading
    from pipeline.rulebook import Rule, Rulebook


@click.group()
def rules() -> None:
    """The rule book: list it, show a rule, test rules."""


@rules.command("list")
@click.argument("folder", required=False, metavar="[DIR]")
def list_rules(folder: str | None) -> None:
    """List all rules, with those of DIR laid over the shipped ones."""
    from rich.console import Console
    from rich.table import Table

    book = _book(folder)
    table = Table("rule", "what", "examples", "refusals", "where", box=None, pad_edge=False)
    for rule in book:
        table.add_row(rule.rule_id, type(rule).__name__, str(len(rule.examples)), str(len(rule.refuses)), rule.address)
    console = Console(highlight=False)
    console.print(table, soft_wrap=not console.is_terminal)


@rules.command("show")
@click.argument("name")
@click.argument("folder", required=False, metavar="[DIR]")
def show_rule(name: str, folder: str | None) -> None:
    """Show a rule, by its name as it stands in the tables: units.CNY."""
    found = [rule for rule in _book(folder) if name in (rule.rule_id, rule.name, rule.file)]
    if not found:
        raise click.UsageError(f"no rule {name!r}{near(name, (rule.rule_id for rule in _book(folder)))}")
    for rule in found:
        click.echo("\n".join(told(rule)))
        click.echo()


@rules.command("test")
@click.argument("folder", required=False, metavar="[DIR]")
@click.option("--mutate", is_flag=True, help="Put slips of the pen into the consistent examples; count those caught.")
@click.option("--missed", is_flag=True, help="With --mutate: show each slip that is not caught.")
def test_rules(folder: str | None, mutate: bool, missed: bool) -> None:
    """Run the examples and refusals of all rules in DIR (the shipped rules when none is given).

    Exit code: 0 all hold, 1 some do not, 2 a mistake in a rule file.
    """
    from pipeline import selftest

    book = _book(folder)
    tested = [rule for rule in book if not folder or rule.address.startswith(f"{Path(folder).name}/")]
    if mutate or missed:
        _mutate(tested, book, missed)
        return
    failures = [failure for rule in tested for failure in selftest.failures(rule, book, _read)]
    for failure in failures:
        click.echo(failure)
    cases = sum(len(rule.examples) + len(rule.refuses) for rule in tested)
    click.echo(f"{len(tested)} rules with {cases} examples and refusals: {len(failures)} do not hold.")
    raise click.exceptions.Exit(1 if failures or not tested else 0)


def _mutate(tested: Iterable[Rule], book: Rulebook, missed: bool) -> None:
    """Print the share of slips that each kind of relation catches in its own examples."""
    from pipeline.mutate import table, tally
    from pipeline.rulebook.shapes import CheckRule

    tallies = [tally(rule, book, _read) for rule in tested if isinstance(rule, CheckRule)]
    if not tallies:
        raise click.UsageError("no kind of relation among these rules; --mutate needs a checks/KIND.toml")
    for line in table(tallies):
        click.echo(line)
    for copy in (copy for one in tallies for copy in one.missed if missed):
        click.echo(f"{copy.check.relation.kind} {copy.slip} {copy.old} → {copy.new}: {copy.text}")


def told(rule: Rule) -> list[str]:
    """A rule as it is shown: its address, its keys, its examples and refusals."""
    lines = [f"{rule.rule_id}   ({rule.address})"]
    for field in fields(rule):
        value = getattr(rule, field.name)
        if field.name in ("name", "address", "file", "examples", "refuses") or value in ("", (), None):
            continue
        lines.append(f"  {field.name}: {', '.join(map(str, value)) if isinstance(value, tuple) else value}")
    for example in rule.examples:
        lines.append(f"  example: {example.text}")
        lines.extend(f"    finds {line}" for line in example.finds)
    lines.extend(f"  refuses: {refusal.text}" for refusal in rule.refuses)
    return lines


def near(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'growth'?`, or nothing if none is near."""
    import difflib

    found = difflib.get_close_matches(word, list(known), 1)
    return f"; did you mean {found[0]!r}?" if found else ""


def _read(text: str, book: Rulebook) -> Reading:
    from pipeline import api

    return api.check(text, rules=book, strict=True)


def _book(folder: str | None) -> Rulebook:
    from pipeline import rulebook
    from pipeline.cli import work

    return rulebook.load(*work.rule_folders(folder or ""))
