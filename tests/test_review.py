"""The review server: what it answers, what it refuses, the decisions that it writes; then in a real browser."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import Result

from conftest import Watched
from pipeline import decisions
from pipeline.tables.load import load_rows

pytest.importorskip("starlette", reason="the extra `review` is not installed")
pytest.importorskip("uvicorn", reason="the extra `review` is not installed")

from pipeline import review
from pipeline.review.app import HEADER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Tieout = Callable[..., Result]
Open = Callable[..., "Page"]
Heads = dict[str, str | None]

MANY = """Forest and water in Hill County

The board planted 900 hectares, 100 hectares more than that in 2009, up 14%. Grants came to 483 million yuan, up 26%
from 412 million yuan. It holds 900 tons, consisting of 510 tons of rice and 480 tons of beans. There are 187 villages,
of which 305 are new. A share of 120% of all pupils passed.
"""


# So many answers may be lost before one is missed.
_LOST = 3


@dataclass(frozen=True)
class Answer:
    status: int
    heads: Message
    body: bytes


class Served:
    """A review server in a thread of its own, over a folder."""

    def __init__(self, out: Path, reviewer: str = "") -> None:
        self.out = out
        self.door = review.listening(0)
        self.gate = review.Gate(self.door.getsockname()[1])
        self.server = review.server(review.app(review.Shelf(out, reviewer), self.gate))
        self.thread = Thread(target=self.server.run, kwargs={"sockets": [self.door]})
        self.thread.start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.gate.port}"

    @property
    def address(self) -> str:
        return f"http://{self.host}"

    def ledger(self) -> dict[str, str]:
        return {row["finding_id"]: row["decision"] for row in load_rows(self.out / "decisions.csv")}

    def ask(self, method: str, path: str, heads: Heads | None = None, body: Any = None) -> Answer:
        """The answer to a request as our own pages make it, but for these headers; one that is None is left out.

        A server that refuses a request before it has read all of it may close the line while the rest is on its way:
        then the answer is lost, and is asked for again.
        """
        for _ in range(_LOST):
            with suppress(ConnectionResetError):
                return self._ask(method, path, heads, body)
        return self._ask(method, path, heads, body)

    def _ask(self, method: str, path: str, heads: Heads | None, body: Any) -> Answer:
        said: Heads = {"Host": self.host, HEADER: self.gate.token, "Cookie": f"{self.gate.cookie}={self.gate.token}"}
        if method == "POST":
            said |= {"Content-Type": "application/json", "Origin": self.address}
        said |= heads or {}
        line = http.client.HTTPConnection(self.host, timeout=20)
        line.putrequest(method, path, skip_host=True)
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        if data is not None:
            said.setdefault("Content-Length", str(len(data)))
        for name, value in said.items():
            if value is not None:
                line.putheader(name, value)
        line.endheaders(data)
        try:
            answer = line.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            line.close()

    def json(self, path: str) -> Any:
        return json.loads(self.ask("GET", path).body)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join()
        self.door.close()


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run that all tests start from is kept."""
    return tmp_path_factory.mktemp("once") / "extracted"


@pytest.fixture
def extracted(here: Path, tieout: Tieout, once: Path) -> Path:
    """The folder of a run over a report with several findings, and one with none."""
    shutil.rmtree(here / "raw")
    (here / "raw").mkdir()
    (here / "raw/many.txt").write_text(MANY, encoding="utf-8")
    (here / "raw/right.txt").write_text("In 2009 the board planted 900 trees.", encoding="utf-8")
    if not once.exists():
        assert tieout("run", "--out", str(once)).exit_code == 0
    return shutil.copytree(once, here / "extracted")


@pytest.fixture
def served(extracted: Path) -> Iterator[Served]:
    server = Served(extracted, "Li")
    yield server
    server.stop()


def findings(served: Served) -> list[str]:
    return [row["finding_id"] for row in load_rows(served.out / "many/findings.csv")]


def said(served: Served, finding_id: str, decision: str = "misread", **changed: str) -> dict[str, str]:
    """A decision as the page sends it when nobody decided before."""
    (row,) = [row for row in load_rows(served.out / "many/findings.csv") if row["finding_id"] == finding_id]
    proof = decisions.evidence(row["report"], row["kind"], row["quote"])
    told = {"finding_id": finding_id, "decision": decision, "note": "", "reviewer": "Li", "evidence": proof}
    return {**told, "revision": "", **changed}


POST = "/api/report/many"

# --- who is let in


@pytest.mark.parametrize(
    ("method", "path", "heads", "status"),
    [
        ("GET", "/", {"Host": "example.org"}, 403),
        ("GET", "/", {"Host": "127.0.0.1"}, 403),
        ("GET", "/", {"Host": None}, 400),
        ("GET", "/", {"Cookie": None}, 403),
        ("GET", "/", {"Cookie": "tieout-1=x"}, 403),
        ("GET", "/report/many", {"Cookie": None}, 403),
        ("GET", "/?token=wrong", {}, 403),
        ("GET", "/?token=%E2%9C%93", {}, 403),
        ("GET", "/", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("GET", "/api/reports", {HEADER: None}, 403),
        ("GET", "/api/reports", {HEADER: "wrong"}, 403),
        ("GET", "/api/report/many", {"Origin": "null"}, 403),
        ("POST", POST, {"Host": "evil.example:80"}, 403),
        ("POST", POST, {HEADER: None}, 403),
        ("POST", POST, {HEADER: "wrong"}, 403),
        ("POST", POST, {"Origin": "http://127.0.0.1:1"}, 403),
        ("POST", POST, {"Origin": "null"}, 403),
        ("POST", POST, {"Sec-Fetch-Site": "same-site"}, 403),
        ("POST", POST, {"Content-Type": "text/plain"}, 415),
        ("POST", POST, {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ("POST", POST, {"Content-Type": None}, 415),
        ("POST", POST, {"Content-Length": "99999999"}, 413),
        ("POST", POST, {"Content-Length": "9" * 5_000}, 400),
        ("POST", POST, {"Content-Length": "-1"}, 400),
        ("GET", "//example.org/", {}, 404),
        ("GET", "/report/many", {"Host": "127.0.0.1.example.org"}, 403),
        ("POST", POST, {"Content-Length": None, "Transfer-Encoding": "chunked"}, 413),
        ("PUT", POST, {}, 405),
        ("OPTIONS", POST, {"Origin": "http://example.org"}, 403),
    ],
)
def test_requests_that_are_not_from_our_pages_are_refused(
    served: Served, method: str, path: str, heads: Heads, status: int
) -> None:
    body = said(served, findings(served)[0]) if method == "POST" and "Transfer-Encoding" not in heads else None
    answer = served.ask(method, path, heads, body)
    assert answer.status == status
    assert answer.heads.get("Access-Control-Allow-Origin") is None
    assert served.ledger() == {}


def test_the_printed_address_lets_in_and_a_ticket_once(served: Served) -> None:
    for token in (served.gate.token, served.gate.token, served.gate.ticket()):
        answer = served.ask("GET", f"/?token={token}", {"Cookie": None})
        assert answer.status == 303 and answer.heads.get("Location") == "/"
        cookie = answer.heads.get("Set-Cookie") or ""
        assert served.gate.token in cookie and "HttpOnly" in cookie and "SameSite=strict" in cookie
    assert served.ask("GET", f"/?token={token}", {"Cookie": None}).status == 403


def test_it_listens_on_this_machine_only(served: Served) -> None:
    assert served.door.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("path", ["/", "/report/many", "/api/reports", "/nothing"])
def test_every_answer_lets_no_other_script_run_and_is_kept_nowhere(served: Served, path: str) -> None:
    answer = served.ask("GET", path)
    policy = answer.heads.get("Content-Security-Policy") or ""
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert answer.heads.get("Cache-Control") == "no-store" and answer.heads.get("X-Content-Type-Options") == "nosniff"


@pytest.mark.parametrize("name", ["..", ".", "%2e%2e", "..%2f..", "many%2f..%2fmany", "none", "many%00", "%5cmany"])
def test_a_path_leads_to_no_other_file(served: Served, name: str) -> None:
    for path in (f"/report/{name}", f"/api/report/{name}"):
        assert served.ask("GET", path).status == 404


def test_a_page_of_another_version_is_not_served(served: Served) -> None:
    # Its script is none of ours: the policy would stop it without a word.
    path = served.out / "many/report.html"
    path.write_bytes(path.read_bytes().replace(b"script-src &#39;sha256-", b"script-src &#39;sha256-x"))
    answer = served.ask("GET", "/report/many")
    assert answer.status == 404 and b"run it again" in answer.body
    path.unlink()
    assert served.ask("GET", "/report/many").status == 404
    assert not served.json("/api/reports")["reports"][0]["page"]


# --- what is decided


def test_a_decision_is_in_the_ledger_when_the_answer_comes(served: Served) -> None:
    first = findings(served)[0]
    answer = served.ask("POST", POST, body=said(served, first, note='=1+1 "so"\n'))
    assert answer.status == 200
    state = json.loads(answer.body)["decisions"][first]
    (row,) = load_rows(served.out / "decisions.csv")
    assert (row["decision"], row["note"], row["reviewer"]) == ("misread", '=1+1 "so"\n', "Li")
    assert row["decided_at"] == state["decided_at"] and row["evidence"]
    assert served.json(POST)["decisions"][first] == state
    (many, _) = served.json("/api/reports")["reports"]
    assert (many["decided"], many["open"]) == (1, len(findings(served)) - 1)


def test_a_decision_can_be_changed_and_taken_back_by_who_has_seen_it(served: Served) -> None:
    first = findings(served)[0]
    state = json.loads(served.ask("POST", POST, body=said(served, first)).body)
    revision = state["decisions"][first]["revision"]
    state = json.loads(served.ask("POST", POST, body=said(served, first, "fixed", revision=revision)).body)
    assert served.ledger() == {first: "fixed"}
    revision = state["decisions"][first]["revision"]
    assert served.ask("POST", POST, body=said(served, first, "", revision=revision)).status == 200
    assert served.ledger() == {}


def test_who_has_not_seen_the_decision_of_another_does_not_undo_it(served: Served, tieout: Tieout) -> None:
    first, second, *_ = findings(served)
    tieout("decide", first, "confirmed", "--reviewer", "Wu")
    answer = served.ask("POST", POST, body=said(served, first))
    told = json.loads(answer.body)
    assert answer.status == 409 and "somebody else" in told["error"]
    assert told["decisions"][first]["reviewer"] == "Wu"
    assert served.ask("POST", POST, body=said(served, second)).status == 200
    assert served.ledger() == {first: "confirmed", second: "misread"}


def test_many_at_once_lose_no_decision(served: Served) -> None:
    ids = findings(served)
    assert len(ids) >= 4
    bodies = [said(served, one, note=str(n)) for n, one in enumerate(ids)]
    with ThreadPoolExecutor(len(ids)) as pool:
        answers = list(pool.map(lambda body: served.ask("POST", POST, body=body).status, bodies))
    assert answers == [200] * len(ids) and served.ledger() == dict.fromkeys(ids, "misread")


def test_a_decision_on_words_that_have_changed_is_refused(served: Served, tieout: Tieout) -> None:
    first = findings(served)[0]
    before = said(served, first)
    answer = served.ask("POST", POST, body={**before, "evidence": "0123456789abcdef-0123456789abcdef"})
    assert answer.status == 409 and "run again" in json.loads(answer.body)["error"] and served.ledger() == {}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 60_000, 400),
        (b'{"a":' + b"9" * 60_000 + b"}", 400),
        (b"\xff", 400),
        ({"finding_id": "F-0000000000000000"}, 400),
        ({"decision": 1}, 400),
        ({"decision": "wrong"}, 409),
        ({"finding_id": "F-0000000000000000"}, 409),
        ({"note": "x" * 1001}, 400),
        ({"note": "\ud800"}, 200),
    ],
    ids=str,
)
def test_what_is_no_decision_is_refused_in_words(served: Served, body: Any, status: int) -> None:
    if isinstance(body, dict) and len(body) == 1 and (status != 400 or "note" in body):
        body = said(served, findings(served)[0]) | body
    answer = served.ask("POST", POST, body=body)
    assert answer.status == status and answer.body
    assert len(served.ledger()) == (status == 200)


def test_a_damaged_ledger_is_told_and_left_alone(served: Served) -> None:
    ledger = served.out / "decisions.csv"
    body = said(served, findings(served)[0])
    ledger.write_bytes(b"not,a\r\nledger,x\r\n")
    answer = served.ask("POST", POST, body=body)
    assert answer.status == 500 and b"repair it" in answer.body
    assert ledger.read_bytes() == b"not,a\r\nledger,x\r\n"
    assert served.ask("GET", "/api/reports").status == 500


def test_what_has_not_changed_is_not_sent_again(served: Served) -> None:
    for path in ("/api/reports", POST):
        tag = served.ask("GET", path).heads.get("ETag")
        assert served.ask("GET", path, {"If-None-Match": tag}).status == 304
    served.ask("POST", POST, body=said(served, findings(served)[0]))
    for path in ("/api/reports", POST):
        assert served.ask("GET", path, {"If-None-Match": tag}).status == 200


def test_a_run_in_the_background_shows_up(served: Served, tieout: Tieout) -> None:
    before = served.json(POST)
    served.ask("POST", POST, body=said(served, findings(served)[0], "intended"))
    Path("raw/many.txt").write_text(MANY.replace("483", "484"), encoding="utf-8")
    Path("raw/new.txt").write_text("In 2009 the board planted 7 trees.", encoding="utf-8")
    tieout("run")
    assert served.json(POST)["stamp"] != before["stamp"]
    assert [one["report"] for one in served.json("/api/reports")["reports"]] == ["many", "new", "right"]


def test_a_decision_on_other_figures_is_shown_as_stale(served: Served, tieout: Tieout) -> None:
    grants = next(r["finding_id"] for r in load_rows(served.out / "many/findings.csv") if "483" in r["explanation"])
    served.ask("POST", POST, body=said(served, grants, "intended", note="so it was"))
    Path("raw/many.txt").write_text(MANY.replace("483", "484"), encoding="utf-8")
    tieout("run")
    (stale,) = [one for one in served.json(POST)["decisions"].values() if one["stale"]]
    assert stale["stale"] == "intended: so it was" and stale["decision"] == ""


# --- the command


def test_there_must_be_a_run(tieout: Tieout, here: Path) -> None:
    result = tieout("review")
    assert result.exit_code == 2 and "`tieout run --out extracted` makes it" in result.output


def test_a_port_that_is_taken_is_told(tieout: Tieout, served: Served) -> None:
    result = tieout("review", "--port", str(served.gate.port))
    assert result.exit_code == 2 and f"port {served.gate.port} cannot be had" in result.output


def test_without_the_extra_it_says_how_to_install_it(
    tieout: Tieout, extracted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    result = tieout("review")
    assert result.exit_code == 2 and "pip install starlette uvicorn" in result.output


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_it_prints_its_address_and_ends_with_ctrl_c(extracted: Path) -> None:
    root = Path(__file__).parent.parent
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "review", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout and process.stderr
    address = process.stdout.readline()
    host, _, token = address.strip().removeprefix("http://").partition("/?token=")
    line = http.client.HTTPConnection(host, timeout=20)
    line.request("GET", "/api/reports", headers={HEADER: token})
    assert line.getresponse().read().startswith(b'{"reports":[')
    line.close()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 0 and "Traceback" not in told and told.endswith("What was decided is saved.\n")


# --- in a browser


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Open]:
    """Opens the review in a window of its own, let in; in the end it must have said nothing, and asked only us.

    (What the browser itself says of an answer that refuses, or does not come, is not the page's.)
    """
    watched, contexts = Watched(served.address, "data:,"), []

    def open_(path: str = "/", before: str = "") -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(120_000)  # a busy machine is no fault of the page
        contexts.append(context)
        if before:
            context.add_init_script(before)
        tab = watched.over(context.new_page())
        tab.goto(f"{served.address}/?token={served.gate.token}")
        if path != "/":
            tab.goto(served.address + path)
        return tab

    yield open_
    for context in contexts:
        context.close()
    assert [one for one in watched.said if not one.startswith("console: Failed to load resource")] == []


BLIND = "Object.defineProperty(document, 'hidden', { get: () => true });"  # a tab in the background asks for nothing


def soon(tab: Page, holds: str) -> None:
    """Wait until an expression holds in the page. (The browser's own way to wait is barred by the page's policy.)"""
    for _ in range(400):
        with suppress(Exception):  # while it goes to another page
            if tab.evaluate(holds):
                return
        tab.wait_for_timeout(50)
    raise AssertionError(f"never came: {holds}")


def words(tab: Page, place: str) -> str:
    return " ".join(tab.locator(place).inner_text().split())


def test_a_decision_made_in_the_browser_is_saved_and_stands_after_a_reload(served: Served, opened: Open) -> None:
    tab = opened("/report/many")
    assert tab.input_value("#reviewer") == "Li" and not tab.locator("#save").is_visible()
    first = tab.locator(".entry.chosen").get_attribute("id")
    tab.keyboard.press("n")
    tab.keyboard.type("see the annex")
    tab.keyboard.press("Escape")
    tab.keyboard.press("m")
    soon(tab, "document.querySelectorAll('.entry.decided').length === 1")
    (row,) = load_rows(served.out / "decisions.csv")
    assert (row["finding_id"], row["decision"], row["note"], row["reviewer"]) == (
        first,
        "misread",
        "see the annex",
        "Li",
    )
    tab.reload()
    soon(tab, "document.querySelectorAll('.entry.decided').length === 1")
    assert tab.locator(f"#{first} .word").text_content() == "misread"
    assert tab.locator(f"#{first} .note").input_value() == "see the annex"
    assert "in decisions.csv: misread (Li, 20" in words(tab, f"#{first} .ledger")
    tab.keyboard.press("u")
    soon(tab, "document.querySelectorAll('.entry.decided').length === 0")
    assert served.ledger() == {}
    tab.click("text=all reports")
    soon(tab, "document.querySelectorAll('tbody tr').length === 2")


def test_two_tabs_see_what_each_other_decides(served: Served, opened: Open) -> None:
    one, other = opened("/report/many"), opened("/report/many")
    one.keyboard.press("m")
    other.keyboard.press("j")
    other.keyboard.press("i")
    for tab in (one, other):
        soon(tab, "document.querySelectorAll('.entry.decided').length === 2")
    assert sorted(served.ledger().values()) == ["intended", "misread"]


def test_a_tab_that_has_not_seen_the_decision_of_another_shows_it_instead(served: Served, opened: Open) -> None:
    late, other = opened("/report/many", BLIND), opened("/report/many")
    other.keyboard.press("c")
    soon(other, "document.querySelectorAll('.entry.decided').length === 1")
    late.keyboard.press("m")
    soon(late, "document.querySelector('#told').classList.contains('trouble')")
    assert "somebody else has decided" in words(late, "#told")
    assert late.locator(".entry.chosen .word").text_content() == "confirmed"
    assert list(served.ledger().values()) == ["confirmed"]
    late.keyboard.press("m")
    soon(late, "document.querySelector('.entry.chosen .word').textContent === 'misread'")
    assert list(served.ledger().values()) == ["misread"]


def test_a_run_in_the_background_reloads_the_page_and_shows_what_is_stale(
    served: Served, opened: Open, tieout: Tieout
) -> None:
    tab = opened("/report/many")
    tab.locator(".entry", has_text="483").locator(".head").click()
    tab.keyboard.press("i")
    soon(tab, "document.querySelectorAll('.entry.decided').length === 1")
    Path("raw/many.txt").write_text(MANY.replace("483", "484"), encoding="utf-8")
    tieout("run")
    soon(tab, "document.querySelector('#text').textContent.includes('484')")
    soon(tab, "[...document.querySelectorAll('.word')].some((word) => word.textContent === 'intended, stale')")
    assert tab.locator(".entry.decided").count() == 0


def test_the_front_page_searches_sorts_and_shows_the_progress(served: Served, opened: Open, tieout: Tieout) -> None:
    tab = opened()
    soon(tab, "document.querySelectorAll('tbody tr').length === 2")
    names = lambda: tab.locator("tbody tr td:first-child").all_inner_texts()  # noqa: E731
    assert names() == ["many", "right"]
    tab.click("th:first-child button")
    tab.click("th:first-child button")
    assert names() == ["right", "many"] and tab.locator("th").first.get_attribute("aria-sort") == "descending"
    tab.keyboard.press("/")
    tab.keyboard.type("yuan 483")
    assert names() == ["many"]
    tab.reload()
    soon(tab, "document.querySelectorAll('tbody tr').length === 1")
    tab.fill("input[type=search]", "")
    found = findings(served)
    tieout("decide", *found[:-1], "misread")
    soon(
        tab,
        f"document.querySelector('#told').textContent.includes('{len(found) - 1} of {len(found)} findings decided')",
    )
    assert f"{len(found) - 1} of {len(found)}" in words(tab, "tbody td.progress >> nth=-1")
    tab.click("text=with findings to decide")
    assert names() == ["many"]
    tieout("decide", found[-1], "fixed")
    soon(tab, "document.querySelectorAll('tbody tr').length === 0")
    assert tab.locator("#none").is_visible()


@pytest.mark.parametrize("path", ["/", "/report/many"])
def test_nothing_is_wider_than_a_phone(opened: Open, path: str) -> None:
    tab = opened(path)
    tab.set_viewport_size({"width": 360, "height": 740})
    soon(tab, "document.querySelectorAll('tbody tr, .entry').length > 1")
    for place in ("html", ".scroll", "aside"):
        if tab.locator(place).count():
            wide, seen = tab.locator(place).evaluate("(one) => [one.scrollWidth, one.clientWidth]")
            assert wide <= seen, place
    if path == "/":
        assert tab.locator("tbody td:first-child").first.bounding_box()["height"] < 80  # type: ignore[index]
        assert tab.locator("#told").is_visible()


def test_a_page_of_another_site_changes_nothing(served: Served, browser: Browser, tmp_path: Path) -> None:
    # As bad as can be: the same machine, another port, the cookie in the browser, all known but the token.
    body = json.dumps(said(served, findings(served)[0]))
    attack = f"""<form method=post enctype=text/plain action="{served.address}{POST}"><input name='{body}'></form>
      <script>
      const send = (mode, type) => fetch("{served.address}{POST}", {{ method: "POST", mode, credentials: "include",
        headers: {{ "Content-Type": type }}, body: {json.dumps(body)} }}).then(() => 1, () => 0);
      const read = fetch("{served.address}/", {{ credentials: "include" }}).then((it) => it.text(), () => "nothing");
      Promise.all([send("no-cors", "text/plain"), send("cors", "application/json"), send("no-cors", "application/json"),
        read]).then((done) => {{ document.title = String(done[3]); document.forms[0].submit(); }});
    </script>"""
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{served.address}/?token={served.gate.token}")
    tab.route("http://127.0.0.1:1/", lambda route: route.fulfill(body=attack, content_type="text/html"))
    titles: list[str] = []
    with tab.expect_response(
        lambda answer: answer.request.is_navigation_request() and answer.url.endswith(POST)
    ) as sent:
        tab.goto("http://127.0.0.1:1/")
        titles.append(tab.title())
    assert sent.value.status == 403 and served.ledger() == {}
    context.close()


HOSTILE = [
    "<script>document.title='hacked'<script>",
    "<img src=x onerror=document.title='hacked'>",
    "\"><iframe src='https:example.org'>",
    "' onmouseover='document.title=1' x='",
    "javascript:document.title='hacked'",
    "#top",
    "?token=x",
    "100%",
    "%2e%2e%2f%00",
    "_..many",
    "a&amp;b&lt;",
    "{{ 7 * 7 }}{% raw %}",
    "${7*7}",
    "\u202e\u2066evil\u2069",
    "a\u200bb\ufeffc",
    '=HYPERLINK("x")',
    "-2+3 @SUM(1+1)",
    "  blanks  within  ",
    "報告 émigré 𝟙",
    "api reports",
]


def test_hostile_names_stay_names(served: Served, opened: Open, tieout: Tieout) -> None:
    text = "It holds 900 tons, consisting of 510 tons of rice and 480 tons of beans."
    Path("raw/many.txt").unlink()
    for name in HOSTILE:
        Path("raw", f"{name}.txt").write_text(text, encoding="utf-8")
    assert tieout("run").exit_code == 0
    for folder in served.out.glob("*hacked*"):  # whoever made the folder may not have been us
        folder.rename(folder.with_name(re.sub("_(.*)_", r"<\1>", folder.name)))
    tab = opened()
    soon(tab, f"document.querySelectorAll('tbody tr').length >= {len(HOSTILE)}")
    assert tab.locator("tbody tr td:first-child a").count() == len(HOSTILE) + 2  # many and right stand beside them
    links = tab.locator("tbody tr td:first-child a").evaluate_all("(all) => all.map((one) => one.href)")
    for link in links:
        tab.goto(link)
        assert tab.title() != "hacked" and tab.locator("h1").inner_text()
        tab.keyboard.press("m")
        if tab.locator(".entry").count():
            soon(tab, "document.querySelectorAll('.entry.decided').length === 1")
    assert len(served.ledger()) == len(HOSTILE) + 1
    tags = tab.evaluate("() => [...document.querySelectorAll('*')].map((one) => one.localName)")
    assert not {"img", "iframe"} & set(tags)


def test_a_server_that_has_stopped_is_told(served: Served, opened: Open) -> None:
    tab = opened("/report/many", BLIND)
    served.server.should_exit = True
    served.thread.join()
    tab.keyboard.press("m")
    soon(tab, "document.querySelector('#told').textContent.includes('has stopped')")
    assert tab.locator(".entry.decided").count() == 0
