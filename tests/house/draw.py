"""`python -m tests.house.draw`: writes those files of docs/ that are drawn from the code; a test compares them with it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from tests.house.command_list import command_list
from tests.house.picture import house_picture
from tests.house.sources import ROOT

DRAWN: Mapping[str, Callable[[], str]] = {"docs/house.svg": house_picture, "docs/command-list.md": command_list}
"""Each drawn file, and what draws it."""


def main() -> None:
    """Draw them all, and name those that changed."""
    for name, draw in DRAWN.items():
        path, text = ROOT / name, draw()
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
