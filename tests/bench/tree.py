"""A table of units, as large as a province's or the nation's, beside the same rows by executemany; and its memory."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from campmgr.files.imports.importing import Options, import_file
from tests.bench.appending import insert_raw, rows_between
from tests.bench.figures import Figure, Stopwatch, of_limit, times_as_long
from tests.bench.made_camp import open_made
from tests.bench.memory import measured_peak

HEADINGS = ("code", "name", "level", "parent")
UnitLine = tuple[str, str, str, str]

_BELOW = (("市", 2, 11), ("县", 2, 9), ("乡", 3, 14), ("村", 3, 16))
"""Of each level below a province: what its units are called, the digits of a code, how many stand below one."""


def importing_units(folder: Path, count: int) -> Iterator[Figure]:
    """A table that stands in no order; a third as many first, so that what grows faster than its rows is seen."""
    watch, sheet = Stopwatch(), folder / "units.csv"
    for name, some in (("third", count // 3), ("all", count)):
        before, after = folder / f"{name}-before.sqlite", folder / f"{name}-after.sqlite"
        write_units(sheet, some)
        store = open_made(after, 10)
        store.empty_log()
        shutil.copy(after, before)
        with watch(name):
            done = import_file(store, "units", sheet, Options()).counts
        assert (done.rows, done.new) == (some, some), done
        store.close()
        if some == count:
            insert_raw(before, rows_between(before, after), watch)
    yield times_as_long(f"import {count:,} units / executemany", watch.took["all"], watch.took["raw"], 5)
    yield times_as_long(f"import {count:,} units / a third, a row", watch.took["all"] / 3, watch.took["third"], 1.2)
    camp = folder / "peak-units.sqlite"
    open_made(camp, 10).close()
    limit = 200 if count <= 200_000 else 1000
    yield of_limit(f"peak of importing {count:,} units from .csv", measured_peak("units", camp, sheet), limit, "MB")


def write_units(path: Path, count: int) -> None:
    """Write so many units below 35, in no order."""
    lines = list(islice(_units(), count))
    Random(count).shuffle(lines)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(lines)


def _units() -> Iterator[UnitLine]:
    for number in range(41, 99):
        yield f"{number}", f"第{number}省", "省", "35"
        yield from _below(f"{number}", 0)


def _below(above: str, level: int) -> Iterator[UnitLine]:
    if level < len(_BELOW):
        kind, digits, many = _BELOW[level]
        for number in range(1, many + 1):
            code = f"{above}{number:0{digits}d}"
            yield code, f"{above[-3:]}第{number}{kind}", kind, above
            yield from _below(code, level + 1)
