"""Two seconds after the last write the file alone holds everything; a copy that lacks something is told what; erased bytes go."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time

import pytest

from campmgr.areas.camp.actions import open_camp
from campmgr.areas.people.actions.people import Registration, erase, register
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.areas.whole import CATALOGUE
from campmgr.store import data_file, identity, upkeep
from tests.house.sources import ROOT


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPMGR_STATE", str(tmp_path / "state"))
    made = open_camp(tmp_path / "camp.sqlite", "escape-drill-2023", CATALOGUE)
    with made.writing() as w:
        add_unit(w, UnitRow("S1", "第一小学", "3501", "学校", "教育"))
    yield made
    data_file.close(made)


def _join(store, number: int) -> None:
    with store.writing() as w:
        register(w, Registration("S1", f"学生{number}", f"{number:03d}"))


def _people(path) -> int:
    with sqlite3.connect(path) as copy:
        found = copy.execute("select count(*) from people").fetchone()[0]
    copy.close()
    return int(found)


def _wait_until(done, seconds: float = 10.0) -> float:
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < seconds
        time.sleep(0.02)
    return time.monotonic() - began


def test_soon_after_the_last_write_a_copy_of_the_file_alone_holds_everything(store, tmp_path):
    for number in range(30):
        _join(store, number)
    assert store.settling.since > 0
    shutil.copy(store.path, tmp_path / "at once.sqlite")
    assert _wait_until(lambda: not store.settling.since) < 5
    shutil.copy(store.path, tmp_path / "later.sqlite")
    assert _people(tmp_path / "later.sqlite") == 30


def test_while_somebody_reads_an_older_state_it_is_said_and_done_later(store, tmp_path):
    with store.reading() as r:
        r.value("select count(*) from people")
        _join(store, 1)
        _wait_until(lambda: store.settling.since > 2)
    _wait_until(lambda: not store.settling.since)
    shutil.copy(store.path, tmp_path / "copy.sqlite")
    assert _people(tmp_path / "copy.sqlite") == 1


def test_a_copy_made_too_early_is_told_what_it_lacks(store, tmp_path):
    _join(store, 0)
    _wait_until(lambda: not store.settling.since)
    shutil.copy(store.path, tmp_path / "early.sqlite")
    for number in range(1, 6):
        _join(store, number)
    _wait_until(lambda: not store.settling.since)
    with data_file.opened(tmp_path / "early.sqlite", CATALOGUE) as early, early.reading() as r:
        count, path = identity.lacking(r)
        assert count >= 5
        assert path == str(store.path)


def test_a_whole_copy_lacks_nothing(store, tmp_path):
    _join(store, 0)
    upkeep.backup(store, tmp_path / "backup.sqlite")
    _wait_until(lambda: not store.settling.since)
    shutil.copy(store.path, tmp_path / "copy.sqlite")
    for name in ("backup.sqlite", "copy.sqlite"):
        with data_file.opened(tmp_path / name, CATALOGUE) as other, other.reading() as r:
            assert identity.lacking(r) == (0, "")


def test_what_was_erased_is_said_to_be_cleared_only_when_its_bytes_are_gone(store):
    _join(store, 7)
    _wait_until(lambda: not store.settling.since)
    with store.writing() as w:
        register(w, Registration("S1", "王冕冕", "900"))
    with store.reading() as r:
        r.value("select count(*) from people")
        with store.writing() as w:
            erase(w, find_person(w, "900"), "本人要求")
        assert not store.empty_log(patience=0.3)
        assert store.settling.is_clearing
        assert "王冕冕".encode() in _bytes(store)
    _wait_until(lambda: not store.settling.is_clearing)
    assert "王冕冕".encode() not in _bytes(store)


def _bytes(store) -> bytes:
    files = [store.path, store.path.with_name(store.path.name + "-wal")]
    return b"".join(each.read_bytes() for each in files if each.is_file())


_KILLED = """
import sys, os
from pathlib import Path
from campmgr.areas.whole import CATALOGUE
from campmgr.store import data_file
store = data_file.open_file(Path(sys.argv[1]), CATALOGUE)
with store.writing() as w:
    w.set_meta("killed", "here")
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills")
def test_after_a_kill_the_next_start_settles_what_was_left(store, tmp_path):
    subprocess.run([sys.executable, "-c", _KILLED, store.path], cwd=ROOT, check=False)
    with store.reading() as r:
        assert r.meta("killed") == "here"
    store.settling.note()
    _wait_until(lambda: not store.settling.since)
    shutil.copy(store.path, tmp_path / "copy.sqlite")
    copy = sqlite3.connect(tmp_path / "copy.sqlite")
    assert copy.execute("select value from meta where key = 'killed'").fetchone() == ("here",)
    copy.close()


def _log(store) -> int:
    return store.path.with_name(store.path.name + "-wal").stat().st_size


@pytest.mark.parametrize("alone", [True, False], ids=["long writes", "small writes"])
def test_the_log_does_not_grow_for_as_long_as_somebody_writes_without_a_pause(store, alone):
    began, written = time.monotonic(), 0
    while written < 20_000_000 or _log(store) > 0.8 * written:
        assert time.monotonic() - began < 90
        with store.writing(alone=alone) as w:
            w.set_meta("large", "0123456789"[written // 100_000 % 10] * 100_000)
        written += 100_000
