"""Backups that make themselves: written, looked through, let go, sealed, due, late; and what a broken disk comes to."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from campmgr.app.regularly import look_at_backup
from campmgr.areas.camp.actions import open_camp
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.errors import BadInput, Trouble
from campmgr.facts.drill import drill
from campmgr.store import backups, data_file, upkeep
from campmgr.store.backups import FOLDER, Plan

WORDS = "三月七日 晚上八点"


@pytest.fixture
def store(tmp_path):
    opened = open_camp(tmp_path / "camp.sqlite", "camp", CATALOGUE, FixedClock("2023-06-10T09:00"))
    (tmp_path / "disk").mkdir()
    yield opened
    data_file.close(opened)


def _planned(store, **plan) -> None:
    with store.writing() as w:
        backups.set_plan(w, replace(Plan(str(store.path.parent / "disk"), daily=True), **plan))


def _register(store, name: str) -> None:
    with store.writing() as w:
        people.register(w, Registration(w.value("select unit from units limit 1"), name))


def test_a_backup_holds_all_that_stands_here(store):
    _register(store, "陈小红")
    _planned(store)
    made = backups.back_up(store)
    with store.reading() as r:
        facts = r.value("select count(*) from facts")
    assert (made.facts, made.problem, Path(made.path).parent.name) == (facts, "", FOLDER)
    drilled = drill(Path(made.path), "", CATALOGUE)
    assert (drilled.facts, drilled.problems) == (facts, ())


def test_only_the_newest_of_ones_own_are_kept(store, tmp_path):
    _planned(store, keep=3)
    folder = tmp_path / "disk" / FOLDER
    folder.mkdir()
    theirs = folder / f"{FOLDER}-9999x-20230101-0000.sqlite"
    theirs.write_bytes(b"theirs")
    made = [Path(backups.back_up(store).path) for _ in range(5)]
    assert len(set(made)) == 5
    assert {each for each in folder.iterdir() if each != theirs} == set(made[-3:])
    assert theirs.exists()


def test_a_sealed_one_opens_with_its_passphrase_alone(store, tmp_path):
    _register(store, "陈小红")
    with store.writing() as w:
        backups.set_plan(w, backups.with_lock(Plan(str(tmp_path / "disk")), WORDS))
    made = Path(backups.back_up(store).path)
    assert "陈小红".encode() not in made.read_bytes()
    with pytest.raises(BadInput, match="口令不对"), backups.opened_backup(made, "三月八日 晚上八点"):
        pass
    with pytest.raises(BadInput, match="用口令封好"), backups.opened_backup(made, ""):
        pass
    with backups.opened_backup(made, f" {WORDS} ") as plain:
        upkeep.restore(plain, tmp_path / "new.sqlite", CATALOGUE)
    with data_file.opened(tmp_path / "new.sqlite", CATALOGUE) as restored, restored.reading() as r:
        assert r.value("select name from people") == "陈小红"
    assert not list(tmp_path.glob("campmgr-*"))


def test_an_altered_sealed_one_never_opens(store, tmp_path):
    """40 drawn mutations: a byte, a cut, something behind it."""
    with store.writing() as w:
        backups.set_plan(w, backups.with_lock(Plan(str(tmp_path / "disk")), WORDS))
    whole = Path(backups.back_up(store).path).read_bytes()
    draw, broken = random.Random(3), tmp_path / "broken.sealed"
    begins = whole.index(b"\n", 30) + 1
    for _ in range(40):
        at = draw.randrange(begins, len(whole))
        how = draw.choice(["byte", "cut", "more"])
        changed = whole[:at] + bytes([whole[at] ^ draw.randrange(1, 256)]) + whole[at + 1 :]
        broken.write_bytes({"byte": changed, "cut": whole[:at], "more": whole + b"x"}[how])
        with pytest.raises(Trouble), backups.opened_backup(broken, WORDS):
            pass
    broken.write_bytes(whole.replace(b'"n":32768', b'"n":999999999'))
    with pytest.raises(Trouble), backups.opened_backup(broken, WORDS):
        pass


def test_what_is_read_back_broken_is_no_backup(store, tmp_path):
    copy = tmp_path / "copy.sqlite"
    upkeep.backup(store, copy)
    data = bytearray(copy.read_bytes())
    data[4096 * 3 : 4096 * 9] = bytes(4096 * 6)
    copy.write_bytes(data)
    with pytest.raises(Trouble, match="读回来不完整"):
        backups.looked_through(copy)


def test_it_is_due_once_a_day_and_again_half_an_hour_after_a_failure(store, tmp_path):
    _planned(store)
    assert _due(store)
    look_at_backup(store, lambda: False)
    assert not _due(store)
    store.clock = FixedClock("2023-06-11T08:00")
    assert _due(store)
    (tmp_path / "disk").rename(tmp_path / "drawn")
    look_at_backup(store, lambda: False)
    with store.reading() as r:
        last = backups.last_of(r)
        assert last is not None
        assert ("现在不在" in last.problem, backups.late_words(r)) == (True, "")
    store.clock = FixedClock("2023-06-11T08:20")
    assert not _due(store)
    store.clock = FixedClock("2023-06-13T10:00")
    assert _due(store)
    with store.reading() as r:
        assert "3 天没有成功" in backups.late_words(r)
    (tmp_path / "drawn").rename(tmp_path / "disk")
    look_at_backup(store, lambda: False)
    with store.reading() as r:
        assert backups.late_words(r) == ""
    assert len(list((tmp_path / "disk" / FOLDER).iterdir())) == 2


def _due(store) -> bool:
    with store.reading() as r:
        return backups.is_due(r)
