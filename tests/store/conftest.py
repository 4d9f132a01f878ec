"""The engines the store's contract is run for. A second one is one more function here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.store import data_file
from campmgr.store.door import Store

pytest.register_assert_rewrite("tests.store.contract")


def _sqlite(folder: Path) -> Store:
    return data_file.create(folder / "camp.sqlite", CATALOGUE)


ENGINES: dict[str, Callable[[Path], Store]] = {"sqlite": _sqlite}


@pytest.fixture(params=ENGINES)
def store(request, tmp_path):
    made = ENGINES[request.param](tmp_path)
    yield made
    made.close()
