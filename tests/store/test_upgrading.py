"""What another version of the program served last is copied, looked through, before this one brings it up to date."""

from __future__ import annotations

import pytest

from campmgr.areas.camp.actions import open_camp
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import Trouble
from campmgr.facts.drill import drill
from campmgr.store import data_file
from campmgr.store.upgrading import FOLDER, before_upgrade, copy_before, note_program


@pytest.fixture
def path(tmp_path):
    store = open_camp(tmp_path / "camp.sqlite", "camp", CATALOGUE)
    with store.writing() as w:
        w.set_meta("program", "0.0.9")
    data_file.close(store)
    return tmp_path / "camp.sqlite"


def test_a_file_of_another_version_is_copied_once(path):
    copy = before_upgrade(path)
    assert copy is not None
    assert (copy.parent.name, "0.0.9" in copy.name) == (FOLDER, True)
    assert not drill(copy, "", CATALOGUE).problems
    with data_file.opened(path, CATALOGUE) as store:
        note_program(store, copy)
        with store.reading() as r:
            assert copy_before(r) == copy
    assert before_upgrade(path) is None
    assert len(list(copy.parent.iterdir())) == 1


def test_what_cannot_be_copied_is_not_opened(path):
    (path.parent / FOLDER).write_text("in the way")
    with pytest.raises(Trouble, match="没有打开数据"):
        before_upgrade(path)


def test_a_damaged_file_is_told_as_that(path):
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 9] = bytes(4096 * 6)
    path.write_bytes(data)
    with pytest.raises(Trouble, match="读不完整"):
        before_upgrade(path)
    assert not list((path.parent / FOLDER).iterdir())
