"""The folder of a run → a review in the browser, on this machine only: its pages, with each decision saved at once.

`shelf` knows the folder, `app` answers requests and refuses what does not come from our own pages, `serve` runs it.
"""

from __future__ import annotations

from pipeline.review.app import Gate, app
from pipeline.review.serve import ADDRESS, listening, serve, server
from pipeline.review.shelf import Refused, Shelf

__all__ = ["ADDRESS", "Gate", "Refused", "Shelf", "app", "listening", "serve", "server"]
