"""What several tests start from: the shipped rules, two small reports of our own writing, a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from invariants import BOOK
from pipeline import engine, rulebook
from pipeline.cli import program
from pipeline.rulebook import Rulebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

settings.register_profile("tieout", deadline=None, derandomize=True)
settings.load_profile("tieout")

# 605 after a rise of 120 is a rise of 24.7 %, not 22 %: an error that no rounding explains.
WRONG = """Relief work in Hill County

【Funds】 In 2009, 605 million Yuan of relief was set aside, 120 million more than that in 2008, with a growth of 22%.
A total of 1,422,000 people live in 266 poor villages; about 2/3 of them are farmers, at 3.5–4.2% interest.

1.Training. The county trained 8,300 people, including 2,100 women.

Tel: +86-10-5550100  Copyright 2009
"""
RIGHT = """Relief work in Lake County

In 2009, 605 million Yuan of relief was set aside, 120 million more than that in 2008, with a growth of 24.7%.
"""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many processes `-n auto` spreads the tests over: each reads the rules and holds a browser of its own."""
    return min(engine.cores(), 6)


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The shipped rules."""
    return BOOK


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to work in, with raw/wrong.txt and raw/right.txt."""
    monkeypatch.chdir(tmp_path)
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "wrong.txt").write_bytes(WRONG.encode())
    (raw / "right.txt").write_bytes(RIGHT.encode())
    yield tmp_path


@pytest.fixture
def tieout(book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line, in this process, which reads and compiles the shipped rules once for all tests."""
    load, shipped = rulebook.load, rulebook.shipped_rules()
    monkeypatch.setattr(rulebook, "load", lambda *folders: book if folders == (shipped,) else load(*folders))

    def call(*arguments: str, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(program, list(arguments), input=stdin, prog_name="tieout")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return call


CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium, driven by Playwright; where one is missing the tests that ask for it are skipped."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
    if not Path(CHROMIUM).exists():
        pytest.skip("no chromium: apt-get install chromium")
    with sync_api.sync_playwright() as play:
        # A container has no rights for the browser's own sandbox.
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watched:
    """What pages said, or asked for, that they should not have; addresses that begin so may be asked for."""

    def __init__(self, *allowed: str) -> None:
        self.allowed = allowed
        self.said: list[str] = []

    def over(self, tab: Page) -> Page:
        """The tab, watched."""
        tab.on("console", lambda message: self.said.append(f"console: {message.text}"))
        tab.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        tab.on("dialog", lambda dialog: self.said.append(f"dialog: {dialog.message}"))
        tab.on("popup", lambda popup: self.said.append(f"window: {popup.url}"))
        tab.on("request", lambda asked: self.asked(asked.url))
        return tab

    def asked(self, address: str) -> None:
        """Note an address that was asked for."""
        if not address.startswith(self.allowed):
            self.said.append(f"request: {address}")
