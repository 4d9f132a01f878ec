"""The stories that are kept as lines of text in `tests/nodes/stories`."""

from __future__ import annotations

from pathlib import Path
from random import Random

_FOLDER = Path(__file__).parents[1] / "nodes" / "stories"


def stories(pattern: str) -> list[Path]:
    """Their files, by a pattern of their names, in an order that is always the same and brings unlike ones first."""
    found = sorted(_FOLDER.glob(pattern))
    assert found
    return Random(43).sample(found, len(found))


def lines_of(story: Path) -> list[str]:
    """What is told; a line behind # is for the reader."""
    return [line for line in story.read_text("utf-8").splitlines() if line and not line.startswith("#")]
