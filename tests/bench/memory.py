"""The largest memory of imports, packs and rebuilds, each in a program of its own."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from campmgr.store import data_file
from tests.bench.appending import LargeLedger
from tests.bench.figures import Figure, Took, of_limit
from tests.bench.made_camp import MARKS, joining, made_people, open_made, say_all, units_by_code
from tests.bench.one_work import largest
from tests.kit.server_process import serving

LIMIT_MB = 200


def memory(ledger: LargeLedger) -> Iterator[Figure]:
    """Peak of each bulk work on so many facts."""
    folder, facts = ledger.folder, ledger.facts
    target, pack, table, camp = folder / "peak.sqlite", folder / "peak.pack", folder / "marks.csv", folder / "camp.sqlite"
    ledger.pack_for_new_file(target, pack)
    yield _peak(f"peak of accepting {facts:,} facts", "accept", target, pack)
    yield _peak(f"peak of packing {facts:,} facts", "pack", ledger.path, folder / "again.pack")
    yield _peak(f"peak of rebuilding {facts:,} facts", "rebuild", ledger.path)
    yield from _syncing(ledger)
    yield _peak(f"peak of writing {ledger.marks:,} marks as .xlsx", "list", ledger.path, folder / "marks.xlsx")
    yield _peak(f"peak of the state hash of {facts:,} facts", "hash", ledger.path)
    _camp_and_table(camp, table, facts)
    yield _peak(f"peak of importing {facts:,} marks from .csv", "marks", camp, table)
    for made in (target, pack, folder / "again.pack", folder / "marks.xlsx", camp, table):
        made.unlink()


def _syncing(ledger: LargeLedger) -> Iterator[Figure]:
    """Of whoever asks for all of it, and of the server that gives it."""
    with serving(ledger.path) as served:
        yield _peak(f"peak of syncing {ledger.facts:,} facts", "sync", ledger.early, served.address)
        server = largest(Path(f"/proc/{served.process.pid}/status")) / 1024
        yield of_limit(f"peak of the server that gives {ledger.facts:,} facts", server, LIMIT_MB, "MB")


def _camp_and_table(camp: Path, table: Path, marks: int) -> None:
    """A camp of people without marks, and a table with all their marks."""
    people = marks // MARKS
    store = open_made(camp, people)
    with store.writing() as w:
        say_all(w, (draft for one in made_people(people, units_by_code(w)) for draft in joining(one)))
    data_file.close(store)
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("参与者编号", "课程编号", "分钟", "日期"))
        for one in made_people(people):
            writer.writerows((one.who.number, mark.lesson, mark.minutes, mark.day) for mark in one.course.marks)


def _peak(what: str, *args: str | Path) -> Figure:
    return of_limit(what, measured_peak(*args), LIMIT_MB, "MB")


def measured_peak(*args: str | Path) -> float:
    """The largest memory of a work in a program of its own, in MB."""
    return measured_alone(*args)[0]


def measured_alone(*args: str | Path) -> tuple[float, Took]:
    """The largest memory, in MB, and the time of a work in a program of its own (`one_work`)."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.one_work", *map(str, args)], check=True, capture_output=True, text=True
    )
    memory_kb, seconds = done.stdout.split()
    return int(memory_kb) / 1024, Took(float(seconds), time.perf_counter() - began)
