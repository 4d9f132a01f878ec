"""The lowest versions that pyproject.toml allows, one a line, as pip wants them: `python -m tests.house.lowest`."""

from __future__ import annotations

import re
import sys
import tomllib

from tests.house.sources import ROOT

_BOUND = re.compile(r"([\w.-]+)>=([\d.]+)")


def lowest_versions() -> list[str]:
    """Each dependency at its lower bound. Raises ValueError for one that has none."""
    found = []
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]:
        bound = _BOUND.match(line)
        if bound is None:
            raise ValueError(f"no lower bound: {line}")
        found.append(f"{bound[1]}=={bound[2]}")
    return found


if __name__ == "__main__":
    sys.stdout.write("\n".join(lowest_versions()) + "\n")
