"""What takes long to make is made once in a run, whichever worker asks first, and copied by whoever writes into it."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.clock import Clock
from campmgr.demo.camp import DemoCamp, build_demo
from campmgr.store import data_file
from campmgr.store.door import Store

T = TypeVar("T")
_PATIENCE_S = 600


@pytest.fixture(scope="session")
def made_once(tmp_path_factory) -> Callable[[str, Callable[[Path], T]], T]:
    """`made_once(name, make)`: what `make(folder)` returned to the first who asked for `name` in this run; it must be pickled."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # a worker's folder lies in the one of the whole run
        folder = folder.parent

    def ask(name: str, make: Callable[[Path], T]) -> T:
        made = folder / f"made-{name}"
        made.mkdir(exist_ok=True)
        answer = made / "answer.pickle"
        with closing(sqlite3.connect(made / "lock", timeout=_PATIENCE_S, isolation_level=None)) as lock:
            lock.execute("begin exclusive")  # let go by the system should its holder die
            if not answer.exists():
                answer.write_bytes(pickle.dumps(make(made)))
        value: T = pickle.loads(answer.read_bytes())  # noqa: S301 - written by this run
        return value

    return ask


@pytest.fixture(scope="session")
def demo_camp(made_once) -> Callable[[Path], DemoCamp]:
    """`demo_camp(folder)`: the made-up camp in a file of one's own, which knows of no other, as `campmgr demo` builds it."""
    built = made_once("demo", lambda folder: build_demo(folder / "camp.sqlite"))

    def copied(folder: Path) -> DemoCamp:
        store = own_copy(built.path, folder / "camp.sqlite")
        data_file.close(store)
        return replace(built, path=store.path)

    return copied


def own_copy(made: Path, path: Path, clock: Clock | None = None) -> Store:
    """A made file copied and open, which knows of no other: the marker lies beside the copy, so that it needs no new writer."""
    store = Store(Path(shutil.copy(made, path)), CATALOGUE, clock)
    data_file.leave_marker(store)
    return store
