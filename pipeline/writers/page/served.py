"""The pages of `tieout review`: report.html as it is on disk with saving switched on, and the list of all reports.

Served pages bring no policy of their own: the server sends POLICY with each, and it lets no script run but ours.
"""

from __future__ import annotations

from pipeline.writers.page import frame


def report(content: bytes, token: str, stamp: str, reviewer: str) -> bytes | None:
    """The page of a report that saves to the server; None if another version of the program wrote it.

    `token` is what the server wants to see, `stamp` tells this page from one that a later run writes.
    """
    policy, served = str(frame.meta_policy("page.js")).encode(), _served(token, stamp, reviewer)
    return content.replace(policy, served, 1) if policy in content else None


def reports(token: str, version: str) -> bytes:
    """The page over all reports; it asks the server for them."""
    return frame.page("review.html", "review.js", served=frame.safe(_served(token, "", "").decode()), version=version)


def policy() -> str:
    """The Content-Security-Policy of all served pages."""
    ours = frame.policy("page.js", "review.js", connect="'self'")
    return f"{ours}; frame-ancestors 'none'"


def _served(token: str, stamp: str, reviewer: str) -> bytes:
    from markupsafe import Markup

    told = Markup('<meta name="tieout" data-token="{}" data-stamp="{}" data-reviewer="{}">')
    return told.format(token, stamp, reviewer).encode("utf-8", "backslashreplace")
