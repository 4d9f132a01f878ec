"""Files that are not data files, or not whole, or not of this version: a sentence, a reason, an exit code, and no harm done."""

from __future__ import annotations

import random
import sqlite3

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput, CampError, NotFound, Trouble
from campmgr.store import data_file, opening, upkeep


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "camp.sqlite"
    data_file.close(data_file.create(path, CATALOGUE))
    return path


def _told(path) -> CampError:
    with pytest.raises(CampError) as told:
        data_file.open_file(path, CATALOGUE)
    assert told.value.sentence
    assert told.value.hint
    return told.value


def _is(problem: CampError, family, reason) -> bool:
    return type(problem) is family and problem.reason == reason


def test_a_missing_file_and_a_folder(tmp_path):
    assert _is(_told(tmp_path / "none.sqlite"), NotFound, "no_data_file")
    assert _is(_told(tmp_path), NotFound, "no_data_file")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04" * 500, b"SQLite format 3\0", b"SQLite format 3\0" + b"\0" * 4080, b"\0" * 8192]
)
def test_what_is_no_data_file_stays_as_it_was(tmp_path, content):
    path = tmp_path / "some.sqlite"
    path.write_bytes(content)
    problem = _told(path)
    assert _is(problem, Trouble, "damaged_data_file")
    assert problem.exit_code == 1
    assert "some.sqlite" in problem.sentence
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["some.sqlite"]


def test_somebody_elses_database_is_refused_and_left_as_it_was(tmp_path):
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("create table theirs (a)")
    other.close()
    before = path.read_bytes()
    assert _is(_told(path), Trouble, "damaged_data_file")
    assert path.read_bytes() == before


def test_a_file_of_a_newer_version_is_refused_and_left_as_it_was(path):
    with sqlite3.connect(path) as newer:
        newer.execute(f"pragma user_version = {opening.FORMAT + 1}")
    newer.close()
    before = path.read_bytes()
    problem = _told(path)
    assert _is(problem, Trouble, "newer_data_file")
    assert "升级" in problem.hint
    assert path.read_bytes() == before


def test_a_damaged_header(path):
    content = bytearray(path.read_bytes())
    content[:16] = b"XQLite format 3\0"
    path.write_bytes(content)
    assert _is(_told(path), Trouble, "damaged_data_file")


def test_a_file_cut_short_or_with_spoiled_pages_is_told_of_and_never_a_fault_of_ours(path, tmp_path):
    whole, dice = path.read_bytes(), random.Random(11)
    for number in range(30):
        spoiled = bytearray(whole)
        if number % 2:
            del spoiled[dice.randrange(100, len(spoiled)) :]
        else:
            at = dice.randrange(100, len(spoiled) - 600)
            spoiled[at : at + 500] = dice.randbytes(500)
        broken = tmp_path / f"broken-{number}.sqlite"
        broken.write_bytes(spoiled)
        assert _reason_or_none(broken) in {"", "damaged_data_file"}


def _reason_or_none(path) -> str:
    """Why it cannot be read; "" where the damage hit nothing that is read. What is no failure of ours goes through."""
    try:
        with data_file.opened(path, CATALOGUE) as store, store.reading() as r:
            r.all("select * from facts")
    except CampError as problem:
        return problem.reason
    return ""


def test_what_is_there_is_never_overwritten(path):
    before = path.read_bytes()
    with pytest.raises(BadInput) as told:
        data_file.create(path, CATALOGUE)
    assert told.value.reason == "data_file_exists"
    assert path.read_bytes() == before


def test_a_place_that_cannot_be(tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(Trouble) as told:
        data_file.create(tmp_path / "file" / "camp.sqlite", CATALOGUE)
    assert told.value.hint


def test_a_new_file_in_folders_that_are_not_there_yet(tmp_path):
    data_file.close(data_file.create(tmp_path / "新 建" / "%20?#.sqlite", CATALOGUE))
    with data_file.opened(tmp_path / "新 建" / "%20?#.sqlite", CATALOGUE) as store, store.reading() as r:
        assert r.meta("writer")


def test_a_whole_file_says_so(path):
    with data_file.opened(path, CATALOGUE) as store:
        assert upkeep.integrity(store) == "ok"


def test_a_backup_is_whole_and_overwrites_nothing(path, tmp_path):
    with data_file.opened(path, CATALOGUE) as store:
        with store.writing() as w:
            w.set_meta("story", "told")
        upkeep.backup(store, tmp_path / "backup.sqlite")
        with pytest.raises(BadInput) as told:
            upkeep.backup(store, tmp_path / "backup.sqlite")
        with pytest.raises(Trouble):
            upkeep.backup(store, tmp_path / "no folder" / "backup.sqlite")
    assert told.value.reason == "data_file_exists"
    upkeep.restore(tmp_path / "backup.sqlite", tmp_path / "restored.sqlite", CATALOGUE)
    with data_file.opened(tmp_path / "restored.sqlite", CATALOGUE) as store, store.reading() as r:
        assert r.meta("story") == "told"


@pytest.mark.parametrize(("content", "family", "reason"), [(None, NotFound, "no_data_file"), (b"", Trouble, "damaged_data_file"),
                                                           (b"no backup", Trouble, "damaged_data_file")])  # fmt: skip
def test_restoring_what_is_no_backup_leaves_nothing(tmp_path, content, family, reason):
    if content is not None:
        (tmp_path / "backup.sqlite").write_bytes(content)
    with pytest.raises(family) as told:
        upkeep.restore(tmp_path / "backup.sqlite", tmp_path / "restored.sqlite", CATALOGUE)
    assert told.value.reason == reason
    assert "backup.sqlite" in told.value.sentence
    assert {each.name for each in tmp_path.iterdir()} <= {"backup.sqlite"}
