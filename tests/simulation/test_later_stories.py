"""Stories that chance told wrongly later on; told anew in every run. A file of their own, so that another core can tell them."""

from __future__ import annotations

import pytest

from tests.simulation.stories import lines_of, stories


@pytest.mark.parametrize("story", stories("[!0-9]*.txt"), ids=lambda path: path.stem)
def test_it_comes_to_one_truth(told, story):
    assert [str(problem) for problem in told(lines_of(story))] == []
