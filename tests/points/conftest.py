"""A data file of the notice alone: its activity, its 23 units, the holidays of the year."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from campmgr.areas.holidays.actions import tell_calendar
from campmgr.areas.whole import CATALOGUE
from campmgr.periods.published import published_days
from campmgr.store import data_file
from tests.kit.program import Program, started


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
