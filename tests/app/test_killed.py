"""The program is killed at any moment: an import stays as far as it came, and nothing that was acknowledged is lost."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests.kit.program import REPOSITORY, Program, started, write

_PEOPLE = 500


@pytest.fixture
def sheet(tmp_path):
    return write(
        tmp_path / "people.csv",
        [["编号", "姓名", "单位代码"], *([f"9{number:05d}", f"人{number}", "S1"] for number in range(_PEOPLE))],
    )


def _rows(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


_BATCHES = "select count(distinct batch) from facts"


def _kill_after(process, seconds: float) -> bytes:
    """What it had said when it was killed."""
    try:
        out, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        out, _ = process.communicate()
    return out


@pytest.mark.drawn(whole=24, usual=3)
def test_an_import_that_is_killed_stays_as_far_as_it_came_and_the_same_again_goes_on_with_it(program, sheet, tmp_path, draws):
    before, begin = program.state(), time.perf_counter()
    ((batches,),) = _rows(program.path, _BATCHES)
    shutil.copy(program.path, tmp_path / "measured.sqlite")
    assert started(tmp_path / "measured.sqlite", "import", "people", sheet, "--json").communicate()[0]
    whole, dice = time.perf_counter() - begin, random.Random(8)
    for _ in range(draws):
        path = tmp_path / "killed.sqlite"
        for left in tmp_path.glob("killed.sqlite*"):
            left.unlink()
        shutil.copy(program.path, path)
        said = _kill_after(started(path, "import", "people", sheet, "--json"), whole * dice.uniform(0.3, 1.05))
        killed = Program(path, program.capture)
        facts = killed.state()[0] - before[0]
        there = len({row[0] for row in _rows(path, "select person from people where number like '9%'")})
        # each person is two facts; one more introduces the copy, one says that the file was imported
        assert facts in {2 * there, 2 * there + 1, 2 * there + 2}, (facts, there)
        if said:
            assert json.loads(said)["new"] == there == _PEOPLE
        assert killed.json("verify")["ok"]
        tried = killed("import", "people", sheet, "--dry-run")
        assert ("停在第" in tried.err) == (there > 0 and facts < 2 * there + 2)
        again = killed.json("import", "people", sheet)
        cut_off = there > 0 and facts < 2 * there + 2
        assert again["new"] == (_PEOPLE if cut_off or not there else 0)  # what was cut off counts as part of the whole import
        assert again["new"] + again["unchanged"] == _PEOPLE
        assert (again["resumed_after"] is not None) == cut_off
        assert _rows(path, _BATCHES) == [(batches + 1,)]
        assert killed.json("rebuild")["changed"] is False


_MARKING = """
import sys
from pathlib import Path
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.whole import CATALOGUE
from campmgr.store import data_file
store = data_file.open_file(Path(sys.argv[1]), CATALOGUE)
for minutes in range(1, 1000):
    with store.writing() as w:
        said = mark(w, "001", MarkRow("2023-06-01", lesson="V1", minutes=minutes))
    print(said.fact, flush=True)
"""


@pytest.mark.drawn(whole=24, usual=3)
def test_every_mark_that_was_acknowledged_is_there(program, tmp_path, draws):
    dice = random.Random(9)
    for _ in range(draws):
        process = subprocess.Popen(
            [sys.executable, "-c", _MARKING, program.path], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(REPOSITORY)}
        )
        assert process.stdout
        told = [process.stdout.readline() for _ in range(dice.randrange(1, 40))]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.read().splitlines(keepends=True)
        process.stdout.close()
        process.wait()
        acknowledged = {line.decode().strip() for line in told if line.endswith(b"\n")}
        kept = {event["fact"] for event in program.json("person", "show", "001")["history"]}
        assert acknowledged
        assert acknowledged <= kept
        assert program.json("verify")["ok"]
        assert program.json("rebuild")["changed"] is False
