"""A file that is a copy or an old state gets a writer of its own; one that merely moved keeps its own."""

from __future__ import annotations

import shutil

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.store import data_file, upkeep
from campmgr.store.identity import PREDECESSOR, own_writers
from campmgr.store.ledger import own_key


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPMGR_STATE", str(tmp_path / "state"))
    path = tmp_path / "camp.sqlite"
    data_file.close(data_file.create(path, CATALOGUE))
    _work(path)
    return path


def _work(path, facts=3) -> tuple[str, str]:
    """Open, pretend to write some facts, close; (writer, predecessor)."""
    with data_file.opened(path, CATALOGUE) as store:
        with store.writing() as w:
            w.set_meta("written", str(int(w.meta("written", "0")) + facts))
        with store.reading() as r:
            assert own_key(r).writer == r.meta("writer")
            return r.meta("writer"), r.meta(PREDECESSOR)


def test_the_same_file_keeps_its_writer(path):
    assert {_work(path) for _ in range(3)} == {(_work(path)[0], "")}


def test_a_moved_file_keeps_its_writer(path, tmp_path):
    before = _work(path)
    path.rename(tmp_path / "elsewhere.sqlite")
    assert _work(tmp_path / "elsewhere.sqlite") == before
    assert _work(tmp_path / "elsewhere.sqlite") == before


def test_a_copy_beside_the_original_gets_a_new_writer(path, tmp_path):
    writer, _ = _work(path)
    shutil.copy(path, tmp_path / "copy.sqlite")
    copied, predecessor = _work(tmp_path / "copy.sqlite")
    assert copied != writer
    assert predecessor == writer
    assert _work(tmp_path / "copy.sqlite")[0] == copied
    assert _work(path) == (writer, "")


def test_an_older_state_put_back_in_place_gets_a_new_writer(path, tmp_path):
    shutil.copy(path, tmp_path / "old.sqlite")
    writer, _ = _work(path)
    shutil.copy(tmp_path / "old.sqlite", path)
    assert _work(path)[1] == writer


def test_a_file_from_another_machine_gets_a_new_writer(path, tmp_path, monkeypatch):
    writer, _ = _work(path)
    monkeypatch.setenv("CAMPMGR_STATE", str(tmp_path / "other machine"))
    assert _work(path)[1] == writer


def test_a_restored_backup_gets_a_new_writer(path, tmp_path):
    writer, _ = _work(path)
    with data_file.opened(path, CATALOGUE) as store:
        upkeep.backup(store, tmp_path / "backup.sqlite")
    upkeep.restore(tmp_path / "backup.sqlite", tmp_path / "restored.sqlite", CATALOGUE)
    restored, predecessor = _work(tmp_path / "restored.sqlite")
    assert restored != writer
    assert predecessor == writer


def test_a_program_that_was_killed_goes_on_as_the_same_writer(path):
    writer, _ = _work(path)
    killed = data_file.open_file(path, CATALOGUE)
    with killed.writing() as w:
        w.set_meta("written", "99")
    killed.close()  # no marker was left
    assert _work(path) == (writer, "")


def test_a_copy_of_a_copy_that_wrote_nothing_names_the_first(path, tmp_path):
    writer, _ = _work(path)
    previous = path
    for name in ("one", "two"):
        shutil.copy(previous, tmp_path / f"{name}.sqlite")
        previous = tmp_path / f"{name}.sqlite"
        with data_file.opened(previous, CATALOGUE) as store, store.reading() as r:
            assert r.meta(PREDECESSOR) == writer
            assert writer in own_writers(r)
            assert r.meta("writer") != writer


@pytest.mark.parametrize("content", ["", "{", "[]", '{"path": 1}', '{"path": "x", "written": "many"}', "\udcff"])
def test_a_spoiled_marker_is_no_marker(path, tmp_path, content):
    writer, _ = _work(path)
    marker = tmp_path / "state" / "writers" / f"{writer}.json"
    marker.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert _work(path)[1] == writer


def test_a_state_folder_that_cannot_be_written_loses_no_work(path, tmp_path, monkeypatch):
    (tmp_path / "a file").write_text("x", "utf-8")
    monkeypatch.setenv("CAMPMGR_STATE", str(tmp_path / "a file"))
    before = _work(path)
    assert before[1]
    with data_file.opened(path, CATALOGUE) as store, store.reading() as r:
        assert r.meta("written") == "6"
