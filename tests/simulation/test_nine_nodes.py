"""Nine offices, sticks, copies, broken disks and wrong clocks: at rest there is one truth, and it is the one that was said.

A story that fails is printed short: put its lines into a file of `tests/nodes/stories`, and it is told again, in some runs
and with `--whole`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.simulation.chance import Chance
from tests.simulation.resting import Told
from tests.simulation.shrinking import shrunk

LINES = 60
PATIENCE_S = 60


def _fails_like(told: Told, sort: str) -> Callable[[Sequence[str]], bool]:
    return lambda lines: any(problem.sort == sort for problem in told(lines))


@pytest.mark.drawn(whole=300, usual=6)
def test_whatever_chance_tells_comes_to_one_truth(told, seed):
    lines = Chance(seed).lines(LINES)
    problems = told(lines)
    if problems:
        short = shrunk(lines, _fails_like(told, problems[0].sort), PATIENCE_S)
        pytest.fail("\n".join([*short, *map(str, told(short))]))
