"""What every test stands on: folders of its own, and what several rooms share."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

import pytest

_HERE = Path(__file__).parent

pytest_plugins = [
    "tests.kit.made_once",
    "tests.kit.pages",
    "tests.kit.one_of_each",
    "tests.kit.program",
    "tests.kit.sent_imports",
    "tests.kit.small_camp",
    "tests.kit.story",
    "tests.kit.switches",
]
"""Fixtures that several rooms use: a filled camp's pages, its command line, a small camp for verbs, a cast of data files."""


_LONGEST_FIRST = (
    "browser/test_every_page.py",
    "simulation/test_nine_nodes.py",
    "browser/test_station.py",
    "app/test_faults.py",
    "simulation/",
    "browser/",
    "facts/test_law.py",
    "app/test_matrix.py",
    "nodes/",
    "acceptance/",
    "house/",
)
"""Files that take longest, and folders of such: begun first, so that no core waits for another's last file."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of what takes longest come first; the others stay as they are."""
    items.sort(key=_place)


def pytest_collection_finish() -> None:
    """What collecting ten thousand tests made stays to the end: the collector need not go through it again and again."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def _place(item: pytest.Item) -> int:
    path = item.path.relative_to(_HERE).as_posix()
    return next((place for place, start in enumerate(_LONGEST_FIRST) if path.startswith(start)), len(_LONGEST_FIRST))


@pytest.fixture(scope="session", autouse=True)
def _folders_of_our_own():
    """No test may read or write the data of the person who runs it; started programs inherit this too."""
    kept = {name: os.environ.get(name) for name in ("CAMPMGR_DB", "CAMPMGR_STATE")}
    with tempfile.TemporaryDirectory(prefix="campmgr-tests-", ignore_cleanup_errors=True) as folder:
        os.environ.update(CAMPMGR_DB=str(Path(folder) / "camp.sqlite"), CAMPMGR_STATE=str(Path(folder) / "state"))
        yield
    for name, value in kept.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})
