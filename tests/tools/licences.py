"""Print every distribution that an installed tieout needs, with its version and licence.

    python tests/tools/licences.py [--extras review,excel]

What is needed is followed from tieout's own metadata through what is installed; one that names no licence is an error.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def named(requirement: str) -> tuple[str, str]:
    """The distribution of a requirement, and the marker that it hangs on."""
    match = _NAME.match(requirement)
    return (match.group().lower().replace("_", "-") if match else "", requirement.partition(";")[2])


def needed(extras: list[str]) -> Iterator[tuple[str, Distribution | None]]:
    """Every distribution needed, by name; None for one that is not installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ahead = [*project["dependencies"], *(r for e in extras for r in project["optional-dependencies"][e])]
    seen: set[str] = {"tieout"}
    while ahead:
        name, marker = named(ahead.pop())
        if name in seen or "extra ==" in marker:
            continue
        seen.add(name)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            if not marker:
                yield name, None
            continue
        yield name, found
        ahead.extend(found.requires or ())


def licence(found: Distribution) -> str:
    """What a distribution says of its licence: the expression, else the classifiers, else the first line."""
    said = found.metadata
    if said.get("License-Expression"):
        return str(said["License-Expression"])
    classified = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License")]
    return ", ".join(classified) or str(said.get("License") or "").strip().split("\n")[0]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--extras", default="", help="names of extras with commas between them")
    options = parser.parse_args()
    unknown = 0
    for name, found in sorted(needed([e for e in options.extras.split(",") if e])):
        terms = licence(found) if found else "(not installed)"
        unknown += not terms
        print(f"{name:24} {found.version if found else '':14} {terms or 'NO LICENCE NAMED'}")
    sys.exit(1 if unknown else 0)


if __name__ == "__main__":
    main()
