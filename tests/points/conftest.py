"""A data file of the notice alone: its activity, units and holidays; and a city of the cast that hosts the same, served."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from campmgr.accounts.queries import Account
from campmgr.app.web_app import Settings, end_jobs
from campmgr.areas.holidays.actions import tell_calendar
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.periods.published import published_days
from campmgr.store import data_file
from campmgr.web.current import EXTENSION, frame_of
from tests.kit.pages import CHEAP, Pages
from tests.kit.program import Program, started
from tests.points.hosted import fill, host


@pytest.fixture(scope="session")
def _opened_once(made_once) -> Path:
    return made_once("points", _open)


def _open(folder: Path) -> Path:
    path = folder / "camp.sqlite"
    for words in (["open", "--preset", "correspondents-2022", "--code", "xc"], ["points", "units"]):
        process = started(path, *words)
        out, err = process.communicate()
        assert process.returncode == 0, out + err
    store = data_file.open_file(path, CATALOGUE)
    with store.writing() as w:
        tell_calendar(w, published_days(2022), "国办发明电〔2021〕11号")
    data_file.close(store)
    return path


@pytest.fixture
def office(_opened_once, tmp_path, capsys) -> Program:
    """The command line of the office that hosts it."""
    shutil.copy(_opened_once, tmp_path / "camp.sqlite")
    return Program(tmp_path / "camp.sqlite", capsys)


NOW = "2023-06-10T09:00"


@dataclass
class Hosted(Pages):
    """The pages, and the items' ids by their titles."""

    ids: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="session")
def _hosted_once(made_once, filled) -> tuple[Path, dict[str, Account], dict[str, str]]:
    path, cast = filled

    def make(folder: Path) -> tuple[Path, dict[str, Account], dict[str, str]]:
        store = data_file.open_file(Path(shutil.copy(path, folder / "camp.sqlite")), CATALOGUE, FixedClock(NOW))
        with store.writing() as w:
            host(w)
        with store.writing() as w:
            ids = fill(w)
        data_file.close(store)
        return folder / "camp.sqlite", cast, ids

    found: tuple[Path, dict[str, Account], dict[str, str]] = made_once("points-pages", make)
    return found


@pytest.fixture
def hosted(tmp_path, _hosted_once, _pages_without_a_camp):
    """A city that hosts, copied."""
    path, cast, ids = _hosted_once
    clock, app = FixedClock(NOW), _pages_without_a_camp
    store = data_file.open_file(Path(shutil.copy(path, tmp_path / "camp.sqlite")), CATALOGUE, clock)
    app.extensions[EXTENSION] = frame_of(Settings(store.path, cost=CHEAP, patience=60), CATALOGUE, store)
    yield Hosted(app, store, clock, cast, ids=ids)
    end_jobs(app)
    data_file.close(store)
