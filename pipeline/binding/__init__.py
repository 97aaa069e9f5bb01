"""Claims with their cues → relations: which figures the words tie together, and what was considered and not built.

Find first, bind later: a binder proposes the bindings that words allow, and arithmetic chooses only between these
(`charity`). `bind` has the order of the binders, `scene` what they look at; `words`, `names` and `ledger` tell what is
said around a figure, what it is called, and which others are of its size. The binders live by what they build:
`comparisons`, `sums`, `shares`, `products`, `repeats`, `counts`, and `distant` for what stands far apart; `in_two`,
`goes_on`, `worked_out` and `pairs…` build what a sentence says of the one before. In each room the file named like it,
or like its kind, has `bind`; those called `…_told` say when words tell all of a relation, those called `slipped…` find
relations that one slip of the pen keeps from agreeing.
"""

from __future__ import annotations

from pipeline.binding.bind import Bound, bind

__all__ = ["Bound", "bind"]
