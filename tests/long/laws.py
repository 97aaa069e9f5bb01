"""Every law of tests/laws.py, laws_of_numbers.py and laws_of_stages.py on thousands of inputs.

    python tests/long/laws.py [--texts 5000] [--bytes 2000] [LAW…]

The inputs are drawn by Hypothesis, the same ones each time; of a law that fails the smallest input is printed. A law of
byte strings and files is tried `--bytes` times, any other `--texts` times. Exit code 1 where any fails.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

sys.path.insert(0, str(Path(__file__).parent.parent))

import laws
import laws_of_numbers
import laws_of_stages

CASES = laws.CASES | laws_of_numbers.CASES | laws_of_stages.CASES


def broken(strategy: SearchStrategy[Any], law: laws.Law, most: int) -> str:
    """What breaks a law, with the smallest input that does; empty if nothing does."""
    with tempfile.TemporaryDirectory() as here:

        @settings(
            max_examples=most,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def tried(given_: Any) -> None:
            laws.hold(law, given_, Path(here))

        try:
            tried()
        except Exception:
            return traceback.format_exc(limit=-4)
    return ""


def main() -> None:
    """Try each law, and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("laws", nargs="*", metavar="LAW", help="only these")
    parser.add_argument("--texts", type=int, default=5_000)
    parser.add_argument("--bytes", type=int, default=2_000)
    options = parser.parse_args()
    tried = wrong = 0
    for name in options.laws or CASES:
        strategy, law = CASES[name]
        most = options.bytes if laws.takes_bytes(name) else options.texts
        began = time.process_time()
        said = broken(strategy, law, most)
        tried, wrong = tried + most, wrong + bool(said)
        print(f"{name}: {said or f'{most} held'} ({time.process_time() - began:.0f} s)", flush=True)
    print(f"{len(options.laws or CASES)} laws, {tried} inputs, {wrong} broken")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
