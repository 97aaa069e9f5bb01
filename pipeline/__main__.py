"""The program: `python -m pipeline` and the console script `tieout` are the same."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from pipeline.cli import program

    program(prog_name="tieout")


if __name__ == "__main__":
    main()
