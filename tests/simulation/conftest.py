"""How the nine offices are told a story, and what is not as it must be in the end."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.simulation.nine import begin, make_template
from tests.simulation.resting import Problem, Told, check


@pytest.fixture
def told(made_once, tmp_path) -> Told:
    """`told(lines)`: what is not as it must be once a story has come to rest."""
    template = made_once("nine-nodes", _template)
    count = 0

    def tell(lines: Sequence[str]) -> list[Problem]:
        nonlocal count
        count += 1
        folder = tmp_path / str(count)
        story = begin(template, folder)
        try:
            story.tell(lines)
            return check(story)
        finally:
            shutil.rmtree(folder)

    return tell


def _template(folder: Path) -> Path:
    make_template(folder / "nine")
    return folder / "nine"
