"""The program: `python -m pipeline` and the console script `tieout` are the same."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # whoever started us closed it
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    from pipeline.cli import program

    program(prog_name="tieout")


if __name__ == "__main__":
    main()
