"""The first stories that were once told wrongly: some in every run, all with `--whole`."""

from __future__ import annotations

import pytest

from tests.simulation.stories import lines_of, stories

STORIES = stories("[0-9]*.txt")


@pytest.mark.drawn(whole=len(STORIES), usual=6)
def test_it_comes_to_one_truth(told, seed):
    story = STORIES[seed - 1]
    assert [str(problem) for problem in told(lines_of(story))] == [], story.stem
