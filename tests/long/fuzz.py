"""Atheris on decoding, figures, sections and Word documents: bytes that reach what no bytes before them reached.

    pip install -e '.[fuzz]'
    python tests/long/fuzz.py [--seconds 60] [--keep] [TARGET…]

It begins with the corpus in tests/corpus/TARGET. `--keep` adds a few small inputs to it that reach beyond it. What
breaks a target is printed, and left in tests/corpus/TARGET under the name `crash-…`, so that the suite tries it too.
Exit code 1 where anything breaks.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from targets import CORPUS, TARGETS

# Inputs this long reach all there is to reach; the corpus is kept to so many bytes an input, and so many inputs.
_LONGEST, _SMALL, _KEPT = 400, 120, 24
_RUNS = re.compile(r"stat::number_of_executed_units:\s+(\d+)")


def fuzz(target: str, folders: list[str], seconds: int) -> None:
    """In a process of its own: libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=["pipeline"]):
        ours = ("laws", "targets", "invariants")
        for name in [name for name in sys.modules if name.startswith("pipeline") or name in ours]:
            del sys.modules[name]
        from targets import TARGETS as INSTRUMENTED
    CORPUS.joinpath(target).mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={_LONGEST}",
        "-timeout=20",
        "-seed=1",
        "-print_final_stats=1",
        "-verbosity=0",
        f"-artifact_prefix={CORPUS / target}/",
    ]
    atheris.Setup([sys.argv[0], *options, *folders], INSTRUMENTED[target])
    atheris.Fuzz()


def main() -> None:
    """Each target in its turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--in", dest="folders", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.folders:
        fuzz(options.targets[0], options.folders, options.seconds)
        return
    broken = 0
    for target in options.targets or TARGETS:
        with tempfile.TemporaryDirectory() as new:
            done = subprocess.run(
                [sys.executable, __file__, target, "--seconds", str(options.seconds), "--in", new, CORPUS / target],
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
            found = sorted(Path(new).iterdir(), key=lambda path: (path.stat().st_size, path.name))
            runs = _RUNS.search(done.stderr)
            print(f"{target}: {runs[1] if runs else 'no'} inputs, {len(found)} reached more", flush=True)
            if options.keep:
                for path in [path for path in found if path.stat().st_size <= _SMALL][-_KEPT:]:
                    shutil.copy(path, CORPUS / target / path.name[:12])
        if done.returncode or not runs:
            broken += 1
            print(done.stdout[-4000:], done.stderr[-4000:])
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
