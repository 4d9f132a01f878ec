"""Marks that share a commit: said each for itself, sealed and folded once; who fails leaves nothing, all equals a rebuild."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from campmgr.accounts.governing import NewAccount, Place, open_account
from campmgr.accounts.logging_in import open_device
from campmgr.app.web_app import Settings, create_app, end_jobs
from campmgr.areas.hours.actions.class_marking import mark_class
from campmgr.areas.hours.actions.marks import MarkRow
from campmgr.areas.people.actions.people import add_membership
from campmgr.areas.people.queries.finding import credited_of, people_by_id
from campmgr.areas.whole import CATALOGUE
from campmgr.facts.checking import verify_ledger
from campmgr.facts.drift import drifted_tables
from campmgr.ids import canonical, hash_id, sha256
from campmgr.ledger.envelope import subject
from campmgr.store import data_file, ledger
from tests.kit.program import REPOSITORY
from tests.kit.story import machine
from tests.kit.turns import queued

DAY = "2023-06-01"


class Failed(Exception):
    """What a request fails with after it has said its mark."""


def marks(store, person, lesson="V1", *, told=None, fails=False):
    """One request: a mark of one person, in a transaction of its own."""

    def write():
        with store.writing(about=frozenset({subject("person", person)})) as w:
            row = MarkRow(DAY, lesson, source="hand")
            marked = mark_class(w, [person], row, batch=hash_id("batch", person, lesson))
            if told is not None:
                told.append((person, marked.recorded, marked.known))
            if fails:
                raise Failed

    return write


@pytest.fixture
def root(cast):
    root = cast.root()
    root.adds("S1", "350102", "学校", "教育")
    return root


@pytest.fixture
def people(root):
    return [root.joins("350102" if number % 2 else "S1", f"人{number}", f"{number}") for number in range(8)]


def seals(node):
    return node.see(lambda r: r.value("select count(*) from seals"))


def is_whole(store):
    """The chains and seals hold, the digest of heads is that of the last seals, and every table is what a rebuild makes of it."""
    with store.reading() as r:
        assert verify_ledger(r).problems == ()
        ends = [int(sha256(canonical([*stream, *end])), 16) for stream, end in ledger.ends(r).items()]
        assert ledger.heads(r) == f"{sum(ends) % 2**256:064x}"
        for stream, (seq, chain) in ledger.ends(r).items():
            assert ledger.holds(r, stream, seq, chain)
    assert drifted_tables(store) == ()


def test_marks_of_many_are_sealed_once_for_each_stream_and_folded_once(root, people):
    before, learning = seals(root), root.total("learning")
    assert queued(root.store, [marks(root.store, person) for person in people]) == [None] * 8
    assert seals(root) == before + 2
    assert root.total("learning") == learning + 8
    assert {root.hours(person) for person in people} == {100}
    is_whole(root.store)


def test_the_clock_of_what_is_said_together_runs_on(root, people):
    queued(root.store, [marks(root.store, person) for person in people])
    root.marks(people[0], "V2")
    clocks = root.see(lambda r: [row[0] for row in r.all("select clock from facts order by rowid")])
    assert clocks == sorted(set(clocks))


def test_a_request_that_fails_after_its_mark_leaves_nothing_and_the_others_stand(root, people):
    failing = {people[at] for at in (0, 3, 7)}
    problems = queued(root.store, [marks(root.store, person, fails=person in failing) for person in people])
    assert [isinstance(each, Failed) for each in problems] == [person in failing for person in people]
    assert {person for person in people if root.hours(person)} == set(people) - failing
    is_whole(root.store)
    assert queued(root.store, [marks(root.store, person) for person in people]) == [None] * 8
    assert {root.hours(person) for person in people} == {100}
    is_whole(root.store)


def test_the_same_mark_twice_in_one_commit_is_one(root, people):
    told: list[tuple[str, int, int]] = []
    one = people[0]
    writes = [marks(root.store, one, told=told), marks(root.store, people[1], told=told), marks(root.store, one, told=told)]
    assert queued(root.store, writes) == [None] * 3
    assert told == [(one, 1, 0), (people[1], 1, 0), (one, 0, 1)]
    is_whole(root.store)


def test_whoever_reads_everything_in_the_same_commit_reads_what_was_said_before(root, people):
    seen = {}

    def reads():
        with root.store.writing() as w:
            seen.update(credited_of(w, people))
            mark_class(w, people[4:6], MarkRow(DAY, "V3", source="class"), batch="class")

    writes = [*(marks(root.store, person) for person in people[:4]), reads, marks(root.store, people[7])]
    assert queued(root.store, writes) == [None] * 6
    assert {person for person, credited in seen.items() if credited} == set(people[:4])
    assert root.hours(people[4]) == 99
    is_whole(root.store)


def test_a_mark_for_a_second_unit_is_told_it_in_the_same_commit(root, people):
    root.adds("F1", "350102", "妇联", "妇联")
    root.do(lambda w: add_membership(w, people_by_id(w, people)[people[0]], "F1"))
    count = "select count(*) from facts where kind = 'progress_told'"
    before = root.see(lambda r: r.value(count))
    assert queued(root.store, [marks(root.store, person) for person in people]) == [None] * 8
    assert root.see(lambda r: r.value(count)) == before + 1
    assert not root.see(lambda r: r.all("select * from progress_due"))
    is_whole(root.store)


def test_the_marks_of_32_browsers_are_on_the_disk_when_answered_and_equal_a_rebuild(root):
    people = [root.joins("350102" if number % 2 else "S1", f"人{number}", f"{number}") for number in range(32)]
    account = root.do(open_account, NewAccount("lin", "lin", "correct horse"), Place("organizer", "35"), cost="scrypt:256:8:1")
    token = root.do(open_device, account.account, "Firefox", kept=True)
    app, begin = create_app(root.store, Settings(root.path)), threading.Barrier(len(people))

    def press(person):
        client = app.test_client()
        client.set_cookie("campmgr", token)
        begin.wait(30)
        answer = client.post(
            f"/desk/people/{person}/mark", headers={"Origin": "http://localhost"},
            data={"lesson": "V1", "day": DAY, "minutes": "", "client_id": person})  # fmt: skip
        with closing(sqlite3.connect(root.path)) as other:
            on_disk = other.execute("select credited from people where person = ?", (person,)).fetchone()
        return answer.status_code, on_disk

    with ThreadPoolExecutor(len(people)) as browsers:
        answers = list(browsers.map(press, people))
    end_jobs(app)
    assert answers == [(303, (100,))] * len(people)
    is_whole(root.store)


_KILLED = """
import json, os, signal, sys
from pathlib import Path
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.store import data_file
from tests.hours.test_marks_together import marks
from tests.kit.turns import queued
store = data_file.open_file(Path(sys.argv[1]), CATALOGUE, FixedClock("2023-06-01T12:00"))
people, last, steps = sys.argv[3:], int(sys.argv[2]), 0
def step(statement):
    global steps
    steps += 1
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)
def saved(person):
    write = marks(store, person)
    def run():
        write()
        os.write(1, f"{person}\\n".encode())
    return run
store._writing.set_trace_callback(step)
assert queued(store, [saved(person) for person in people]) == [None] * len(people)
store._writing.set_trace_callback(None)
os.write(1, f"{steps}\\n".encode())
os._exit(0)
"""


def _killed(node, path, last, people):
    """The marks of all in one commit, by a program that is killed at that statement: whether it was, and what it said."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "CAMPMGR_STATE": str(node.state)}
    command = [sys.executable, "-c", _KILLED, str(path), str(last), *people]
    ran = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert ran.returncode in {0, -signal.SIGKILL}, ran.stderr
    return ran.returncode == -signal.SIGKILL, ran.stdout.split()


@pytest.mark.skipif(sys.platform == "win32", reason="kills of Unix")
@pytest.mark.drawn(whole=120, usual=12)
def test_killed_between_handing_over_folding_sealing_and_committing_all_stands_or_nothing(root, people, draws):
    root.close()
    kept = {each: each.read_bytes() for each in root.folder.rglob("*") if each.is_file()}
    killed, (*_, whole) = _killed(root, root.path, 0, people)
    assert not killed
    dice, stood = random.Random(20), set()
    for _ in range(draws):
        for each in root.folder.rglob("*"):
            if each.is_file():
                each.unlink()
        for each, data in kept.items():
            each.write_bytes(data)
        killed, said = _killed(root, root.path, dice.randrange(1, int(whole) + 1), people)
        assert killed
        with machine(root.state), data_file.opened(root.path, CATALOGUE, root.clock) as store:
            is_whole(store)
            with store.reading() as r:
                credited = {person for person, hundredths in credited_of(r, people).items() if hundredths}
            assert set(said) <= credited
            assert credited in (set(), set(people))
            stood.add(bool(credited))
            assert queued(store, [marks(store, person) for person in people]) == [None] * 8
            is_whole(store)
    assert False in stood
