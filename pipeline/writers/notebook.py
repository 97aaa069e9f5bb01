"""A Reading → HTML for a notebook: what was counted, the findings, and the text with its figures marked.

It runs no script and brings a style of its own, which reaches nothing but itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pipeline.model import Finding, Reading
from pipeline.writers.page.places import places, text_html
from pipeline.writers.page.visible import visible

LONGEST = 50_000  # characters of a text that is shown whole; a notebook keeps what it shows

_STYLE = """<style>
.tieout { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 6px; padding: .5em .8em; }
.tieout p { margin: .3em 0; } .tieout ol { margin: .3em 0; padding-left: 1.4em; }
.tieout .error { color: #b3261e; } .tieout .warning { color: #8f5f00; } .tieout small { opacity: .7; }
.tieout .text { max-height: 24em; overflow: auto; }
.tieout mark { background: none; color: inherit; border-bottom: 2px solid #2f68a8; }
.tieout mark.alone { border-bottom: 2px dotted #8886; } .tieout mark.other { border: 0; }
.tieout mark.inconsistent { background: #f9dedc; color: #410e0b; border-bottom-color: #b3261e; }
.tieout mark.borderline { background: #e2eaf6; color: #14284b; }
</style>"""


def html(reading: Reading) -> str:
    """The HTML of a report; of a long one only the findings, with their quotes."""
    return "".join(("<div class='tieout'>", _STYLE, *_parts(reading), "</div>"))


def _parts(reading: Reading) -> Iterator[str]:
    compared = sum(check.verdict != "undecided" for check in reading.checks)
    counts = (
        f"{len(reading.findings)} finding{'' if len(reading.findings) == 1 else 's'}",
        f"{compared} relation{'' if compared == 1 else 's'} compared",
        f"{len(reading.claims)} figure{'' if len(reading.claims) == 1 else 's'}",
    )
    yield f"<p><b>{_safe(reading.report.name)}</b>: {', '.join(counts)}</p>"
    short = len(reading.report.text) <= LONGEST
    if reading.findings:
        yield f"<ol>{''.join(_finding(finding, quoted=not short) for finding in reading.findings)}</ol>"
    if short:
        yield f"<div class='text'>{text_html(reading, places(reading).all)}</div>"
    else:
        yield f"<p><small>The text has {len(reading.report.text):,} characters and is not shown.</small></p>"


def _finding(finding: Finding, quoted: bool) -> str:
    check = finding.check
    words = f"<b class='{finding.severity}'>{finding.severity}</b> {check.relation.kind}: {_safe(check.explanation)}"
    if check.suggestion:
        words += f"<br><small>would agree: {_safe(check.suggestion)}</small>"
    if quoted:
        words += f"<br><small>{_safe(finding.quote)}</small>"
    return f"<li>{words}</li>"


def _safe(text: str) -> str:
    return escape(visible(text))
