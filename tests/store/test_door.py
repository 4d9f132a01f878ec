"""The door of the SQLite engine: threads, query-only reading, copies while others write."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.errors import Trouble
from campmgr.ledger.envelope import Stream
from campmgr.store import data_file, ledger, upkeep
from campmgr.store.door import Store
from tests.store.contract import facts_of

_STREAM = Stream("people/A", "w1")


def _append_one(store: Store) -> None:
    """What every action does: read the head, then append behind it."""
    with store.writing() as w:
        head = ledger.head(w, "camp", _STREAM)
        assert ledger.append(w, facts_of(_STREAM, 1, head)) == 1


def _append(store: Store, count: int) -> None:
    for _ in range(count):
        _append_one(store)


def _numbers(store: Store) -> list[int]:
    with store.reading() as r:
        return [fact.seq for fact in ledger.of_stream(r, _STREAM)]


def test_eight_threads_read_the_head_and_append_and_none_fails(store):
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(_append, store, 60) for _ in range(8)]:
            done.result()
    assert _numbers(store) == list(range(1, 8 * 60 + 1))


def test_readers_are_never_in_the_way_of_writers(store):
    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(_append, store, 40) for _ in range(4)]
        reading = [pool.submit(lambda: [_numbers(store) for _ in range(40)]) for _ in range(4)]
        for done in writing:
            done.result()
        for seen in reading:
            views = seen.result()
            assert all(view == list(range(1, len(view) + 1)) for view in views)
            assert views == sorted(views, key=len)


def test_two_stores_on_one_file_wait_for_each_other(store):
    other = Store(store.path, CATALOGUE)
    try:
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(_append, each, 30) for each in (store, other)]:
                done.result()
        assert _numbers(store) == list(range(1, 61))
    finally:
        other.close()


def test_reading_is_query_only(store):
    with store.reading() as r, pytest.raises(sqlite3.OperationalError, match="readonly"):
        r.all("delete from facts")
    with store.reading() as r:
        assert not hasattr(r, "run")


def test_every_commit_is_on_disk_and_what_is_deleted_is_overwritten(store):
    with store.writing() as w:
        assert w.value("pragma journal_mode") == "wal"
        assert w.value("pragma synchronous") == 2
        assert w.value("pragma foreign_keys") == 1
        assert w.value("pragma secure_delete") == 1


def test_an_erased_body_leaves_no_bytes_in_the_file(store):
    fact = facts_of(_STREAM, 1)[0]._replace(body='{"name":"Zaphod-to-be-forgotten"}')
    with store.writing() as w:
        ledger.append(w, [fact])
    with store.writing() as w:
        ledger.erase_bodies(w, [fact.chain])
    store.empty_log()
    store.close()
    assert all(b"Zaphod" not in path.read_bytes() for path in store.path.parent.iterdir())


def test_a_backup_holds_nothing_of_a_transaction_that_is_still_open(store, tmp_path):
    with ThreadPoolExecutor(1) as pool:
        with suppress(KeyError), store.writing() as w:
            ledger.append(w, facts_of(_STREAM, 5))
            copying = pool.submit(upkeep.backup, store, tmp_path / "copy.sqlite")
            wait([copying], timeout=0.1)  # the copy has its chance to begin; it must not get in before the rollback
            raise KeyError
        copying.result()
    assert not _facts_in(tmp_path / "copy.sqlite")


def _facts_in(path) -> list[int]:
    copy = Store(path, CATALOGUE)
    try:
        return _numbers(copy)
    finally:
        copy.close()


def test_a_second_writer_of_another_program_is_told_of_in_words(store):
    holding = sqlite3.connect(store.path, isolation_level=None)
    holding.execute("begin immediate")
    try:
        with pytest.raises(Trouble) as told, store.writing(patience=0.05) as w:
            w.set_meta("k", "v")
        assert "再试" in told.value.hint
    finally:
        holding.close()
    _append_one(store)


def test_a_full_disk_is_told_of_and_leaves_nothing(store):
    with store.writing() as w:
        w.run(f"pragma max_page_count = {w.value('pragma page_count') + 2}")
    with pytest.raises(Trouble) as told, store.writing() as w:
        ledger.append(w, facts_of(_STREAM, 500))
    assert "磁盘已满" in told.value.sentence
    assert _numbers(store) == []
    _append_one(store)


def test_a_closed_store_is_closed(store):
    with store.reading() as r:
        r.meta("k")
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        _append_one(store)


def test_the_marker_is_not_needed_for_writing(store):
    _append_one(store)
    data_file.leave_marker(store)
    _append_one(store)
    assert _numbers(store) == [1, 2]
