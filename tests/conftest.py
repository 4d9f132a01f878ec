"""What every test stands on: folders of its own, and what several rooms share."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

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


@pytest.fixture(scope="session", autouse=True)
def _folders_of_our_own():
    """No test may read or write the data of the person who runs it; started programs inherit this too."""
    kept = {name: os.environ.get(name) for name in ("CAMPMGR_DB", "CAMPMGR_STATE")}
    with tempfile.TemporaryDirectory(prefix="campmgr-tests-", ignore_cleanup_errors=True) as folder:
        os.environ.update(CAMPMGR_DB=str(Path(folder) / "camp.sqlite"), CAMPMGR_STATE=str(Path(folder) / "state"))
        yield
    for name, value in kept.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})
