"""Writes that share a commit hand over what is done once for all: in order, before the commit, never of one that failed."""

from __future__ import annotations

import sqlite3

import pytest

from campmgr.areas.register import AREAS, area_of
from campmgr.areas.whole import ROOMS
from campmgr.facts.catalogue import Catalogue
from campmgr.store.commits import Handed
from campmgr.store.data_file import create
from tests.kit.turns import queued


class Failed(Exception):
    """What a test lets a write or the finish fail with."""


@pytest.fixture
def done():
    """What was done, each time as one list."""
    return []


@pytest.fixture
def store(tmp_path, done):
    def finish(w, handed):
        some = [each.what for each in handed]
        done.append(some)
        w.set_meta(f"done {len(done)}", " ".join(some))
        if "poison" in some:
            raise Failed

    store = create(tmp_path / "camp.sqlite", Catalogue([area_of(name) for name in AREAS], ROOMS, None, finish))
    yield store
    store.close()


def notes(store):
    with store.reading() as r:
        return {row[0] for row in r.all("select key from meta where key like 'note %'")}


def says(store, name, *, about=None, fails=False):
    def write():
        with store.writing(about=frozenset({about or name})) as w:
            w.set_meta(f"note {name}", "x")
            w.turn.handed.append(Handed(w.turn.about, name))
            if fails:
                raise Failed

    return write


def plainly(store, name, seen=None):
    def write():
        with store.writing() as w:
            w.set_meta(f"note {name}", "x")
            if seen is not None:
                seen.update(row[0] for row in w.all("select value from meta where key like 'done %'"))

    return write


def test_what_was_handed_over_is_done_once_before_the_commit(store, done):
    ends = []
    store._writing.set_trace_callback(lambda sql: ends.append(len(done)) if sql.lower() == "commit" else None)  # noqa: SLF001
    assert queued(store, [says(store, name) for name in "abc"]) == [None] * 3
    assert done == [["a", "b", "c"]]
    assert ends == [1]
    assert notes(store) == {"note a", "note b", "note c"}


def test_who_writes_alone_is_done_with_at_once(store, done):
    says(store, "a")()
    says(store, "b")()
    assert done == [["a"], ["b"]]


def test_who_fails_has_handed_over_nothing(store, done):
    problems = queued(store, [says(store, "a"), says(store, "b", fails=True), says(store, "c")])
    assert [type(each) for each in problems] == [type(None), Failed, type(None)]
    assert done == [["a", "c"]]
    assert notes(store) == {"note a", "note c"}


def test_the_last_one_failing_takes_nothing_back_from_those_before_it(store, done):
    problems = queued(store, [says(store, "a"), says(store, "b"), says(store, "c", fails=True)])
    assert problems[:2] == [None, None]
    assert done == [["a", "b"]]
    assert notes(store) == {"note a", "note b"}


def taken_back(w):
    with w.attempt():
        w.turn.handed.append(Handed(w.turn.about, "taken back"))
        raise Failed


def test_an_attempt_that_is_taken_back_hands_over_nothing(store, done):
    with store.writing(about=frozenset({"a"})) as w:
        w.turn.handed.append(Handed(w.turn.about, "kept"))
        with pytest.raises(Failed):
            taken_back(w)
    assert done == [["kept"]]


def test_whoever_reads_more_than_its_own_comes_after_what_was_handed_over(store, done):
    seen: set[str] = set()
    assert queued(store, [says(store, "a"), says(store, "b"), plainly(store, "c", seen), says(store, "d")]) == [None] * 4
    assert seen == {"a b"}
    assert done == [["a", "b"], ["d"]]


def test_what_is_about_the_same_subject_comes_after_it(store, done):
    assert queued(store, [says(store, "a", about="one"), says(store, "b"), says(store, "c", about="one")]) == [None] * 3
    assert done == [["a", "b"], ["c"]]


def test_when_it_cannot_be_done_everyone_who_shares_the_commit_is_told_and_nothing_is_kept(store):
    problems = queued(store, [says(store, "a"), says(store, "poison"), says(store, "b")])
    assert [type(each) for each in problems] == [Failed] * 3
    assert notes(store) == set()
    says(store, "later")()
    assert notes(store) == {"note later"}


def test_whoever_comes_after_what_could_not_be_done_begins_anew(store):
    problems = queued(store, [says(store, "a"), says(store, "poison"), plainly(store, "c")])
    assert [type(each) for each in problems] == [Failed, Failed, type(None)]
    assert notes(store) == {"note c"}


def test_what_a_writer_has_asked_is_forgotten_once_another_program_has_written(store):
    with store.writing() as w:
        w.set_meta("note", "ours")
    with sqlite3.connect(store.path) as other:
        other.execute("update meta set value = 'theirs' where key = 'note'")
    other.close()
    with store.writing() as w:
        assert w.meta("note") == "theirs"


def test_what_a_writer_has_asked_is_forgotten_when_it_is_taken_back(store):
    with pytest.raises(Failed):
        says(store, "lost", fails=True)()
    with store.writing() as w:
        assert w.meta("note lost") == ""
