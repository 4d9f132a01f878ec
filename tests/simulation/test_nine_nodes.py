"""Nine offices, sticks, copies, broken disks and wrong clocks: at rest there is one truth, and it is the one that was said.

A story that fails is printed short: put its lines into a file of `tests/nodes/stories`, and it is told in every run.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.simulation.chance import Chance
from tests.simulation.nine import begin, make_template
from tests.simulation.resting import Problem, check
from tests.simulation.shrinking import shrunk

STORIES = Path(__file__).parents[1] / "nodes" / "stories"
LINES = 60
PATIENCE_S = 60

Told = Callable[[Sequence[str]], list[Problem]]


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


def _fails_like(told: Told, sort: str) -> Callable[[Sequence[str]], bool]:
    return lambda lines: any(problem.sort == sort for problem in told(lines))


@pytest.mark.drawn(whole=300, usual=12)
def test_whatever_chance_tells_comes_to_one_truth(told, seed):
    lines = Chance(seed).lines(LINES)
    problems = told(lines)
    if problems:
        short = shrunk(lines, _fails_like(told, problems[0].sort), PATIENCE_S)
        pytest.fail("\n".join([*short, *map(str, told(short))]))


@pytest.mark.parametrize("story", sorted(STORIES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_story_once_told_wrongly_comes_to_one_truth(told, story):
    lines = [line for line in story.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert [str(problem) for problem in told(lines)] == []
