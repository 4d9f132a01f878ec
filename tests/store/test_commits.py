"""Small writes that come at once share a commit; each stands or falls by itself; a long one keeps nobody waiting."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.store.data_file import create


@pytest.fixture
def store(tmp_path):
    store = create(tmp_path / "camp.sqlite", CATALOGUE)
    yield store
    store.close()


@pytest.fixture
def commits(store):
    said = []
    ends = {"commit", "rollback"}
    store._writing.set_trace_callback(lambda sql: said.append(sql.lower()) if sql.lower() in ends else None)  # noqa: SLF001
    return said


def notes(store):
    with store.reading() as r:
        return {row[0] for row in r.all("select key from meta where key like 'note %'")}


def together(store, names, *, failing=()):
    """Let the first writer hold its turn until all the others queue behind it; the names whose write was refused come back."""
    refused = []
    inside, go_on = threading.Event(), threading.Event()

    def write(name, first):
        try:
            with store.writing() as w:
                w.set_meta(f"note {name}", "x")
                if first:
                    inside.set()
                    go_on.wait(10)
                _ = 1 // (name not in failing)
        except ZeroDivisionError:
            refused.append(name)

    threads = [threading.Thread(target=write, args=(name, at == 0)) for at, name in enumerate(names)]
    threads[0].start()
    assert inside.wait(10)
    for thread in threads[1:]:
        thread.start()
    while store._commits._waiting < len(names) - 1:  # noqa: SLF001
        threading.Event().wait(0.001)
    go_on.set()
    for thread in threads:
        thread.join(10)
    return refused


def test_writers_that_queue_up_share_one_commit(store, commits):
    together(store, "abcdefgh")
    assert notes(store) == {f"note {name}" for name in "abcdefgh"}
    assert commits == ["commit"]


def test_one_failure_takes_nothing_back_from_the_others(store, commits):
    assert together(store, "abcd", failing="ac") == ["a", "c"]
    assert notes(store) == {"note b", "note d"}
    assert commits.count("commit") >= 1


def test_when_all_fail_nothing_is_kept(store, commits):
    assert sorted(together(store, "abc", failing="abc")) == ["a", "b", "c"]
    assert notes(store) == set()
    assert "commit" not in commits


def test_a_write_alone_is_on_the_disk_when_it_returns(store, commits):
    with store.writing(alone=True) as w:
        w.set_meta("note long", "x")
    assert commits == ["commit"]
    assert notes(store) == {"note long"}


def test_a_long_write_lets_those_go_first_who_came_after_it(store):
    order, inside, go_on = [], threading.Event(), threading.Event()

    def write(name, *, alone=False):
        with store.writing(alone=alone) as w:
            order.append(name)
            w.set_meta(f"note {name}", "x")
            if name == "first":
                inside.set()
                go_on.wait(10)

    threads = [
        threading.Thread(target=write, args=("first",)),
        threading.Thread(target=write, args=("long",), kwargs={"alone": True}),
    ]
    threads[0].start()
    assert inside.wait(10)
    threads[1].start()
    threading.Event().wait(0.2)
    threads += [threading.Thread(target=write, args=(f"small {number}",)) for number in range(3)]
    for thread in threads[2:]:
        thread.start()
    threading.Event().wait(0.2)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert order[-1] == "long"


def _write_an_orphan(store):
    with store.writing() as w:
        w.set_meta("note lost", "x")
        w.run("insert into child (parent) values (7)")


def test_a_failed_commit_is_told_to_everyone_in_it(store):
    """A deferred constraint fails at the commit itself: nobody may believe their write is kept."""
    with store.writing() as w:
        w.run("create table parent (id integer primary key)")
        w.run("create table child (parent integer references parent (id) deferrable initially deferred)")
    with pytest.raises(sqlite3.IntegrityError):
        _write_an_orphan(store)
    assert notes(store) == set()
    with store.writing() as w:
        w.set_meta("note later", "x")
    assert notes(store) == {"note later"}
