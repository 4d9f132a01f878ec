"""The first stories that were once told wrongly, in their order; told anew in every run."""

from __future__ import annotations

import pytest

from tests.simulation.stories import lines_of, stories


@pytest.mark.parametrize("story", stories("[0-9]*.txt"), ids=lambda path: path.stem)
def test_it_comes_to_one_truth(told, story):
    assert [str(problem) for problem in told(lines_of(story))] == []
