"""A Reading and its tables → report.html: one page that needs nothing else, to see and decide on what was found.

The page asks for nothing over a network and runs no script but its own, by the hash in its policy. `served` makes the
pages of `tieout review` of it.
"""

from pipeline.writers.page import served
from pipeline.writers.page.document import FILE, content
from pipeline.writers.page.overview import FILE as INDEX_FILE
from pipeline.writers.page.overview import index

__all__ = ["FILE", "INDEX_FILE", "content", "index", "served"]
