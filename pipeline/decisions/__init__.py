"""The reviewers' ledger, decisions.csv: kept, filled in beside the findings, and added to from what comes back.

It is the reviewers' own: a decision that stands there is never undone without being asked for.
"""

from __future__ import annotations

from pipeline.decisions.baseline import load_baseline, save_baseline
from pipeline.decisions.ledger import Ledger, alone, load, locked, recorded, recorded_of, save
from pipeline.decisions.made import Said, revision, with_decision, without
from pipeline.decisions.standing import Standing, decided, decided_rows, evidence, standing
from pipeline.decisions.taken import Taken, take_file, take_returned
from pipeline.decisions.tally import Tally, tally

__all__ = [
    "Ledger",
    "Said",
    "Standing",
    "Taken",
    "Tally",
    "alone",
    "decided",
    "decided_rows",
    "evidence",
    "load",
    "load_baseline",
    "locked",
    "recorded",
    "recorded_of",
    "revision",
    "save",
    "save_baseline",
    "standing",
    "take_file",
    "take_returned",
    "tally",
    "with_decision",
    "without",
]
