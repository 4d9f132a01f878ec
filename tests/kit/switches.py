"""The two switches of our tests: `pytest --quick` and `pytest --whole`.

Quick are the tests that touch no file: rules, ledger, texts and the house's own.

Chance is tried a few times in every run, always the same ones, and as often as it takes with `--whole`. A test that draws
says so: `@pytest.mark.drawn(whole=10_000, usual=120)`. It is told by its argument `draws` how many times to draw, or runs once
for each `seed`. Tests of hypothesis need no mark: their number of examples is a profile's.
"""

from __future__ import annotations

import pytest
from hypothesis import settings

_EXAMPLES = {"usual": 25, "whole": 1_000}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Give pytest the switches."""
    parser.addoption("--quick", action="store_true", help="only tests that touch no file")
    parser.addoption("--whole", action="store_true", help="what is drawn at random is drawn as often as it takes")


def pytest_configure(config: pytest.Config) -> None:
    """Say what the mark means, and choose how many examples hypothesis tries."""
    config.addinivalue_line("markers", "drawn(whole, usual=12): draws at random, that many times with --whole and without")
    for name, examples in _EXAMPLES.items():
        settings.register_profile(name, deadline=None, derandomize=True, database=None, max_examples=examples)
    settings.load_profile("whole" if config.getoption("whole") else "usual")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put aside what is not quick: tests that ask for a folder, themselves or through what they ask for."""
    if not config.getoption("quick"):
        return
    slow = {item for item in items if {"tmp_path", "tmp_path_factory"} & set(getattr(item, "fixturenames", ()))}
    config.hook.pytest_deselected(items=list(slow))
    items[:] = [item for item in items if item not in slow]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each seed."""
    mark = metafunc.definition.get_closest_marker("drawn")
    if mark is not None and "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(1, 1 + _times(metafunc.config, mark)))


@pytest.fixture
def draws(request: pytest.FixtureRequest) -> int:
    """How many times this test draws."""
    mark = request.node.get_closest_marker("drawn")
    assert mark is not None, "a test that asks for draws says how many: @pytest.mark.drawn(whole=…)"
    return _times(request.config, mark)


def _times(config: pytest.Config, mark: pytest.Mark) -> int:
    whole, usual = mark.kwargs["whole"], mark.kwargs.get("usual", 12)
    return int(whole if config.getoption("whole") else usual)
