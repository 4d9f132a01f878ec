"""`python -m tests.bench`: the numbers of docs/numbers.md, each as a ratio of two things measured in this run.

Nothing here asserts a speed; it prints, and keeps what it found with `--json` and in docs/measured.md with `--table`. Rows can be
chosen, and `--quick` takes a tenth of every size. Beside it:
`python -m tests.bench.walk` prints which files a request passes, `python -m tests.bench.fill 10000` makes a filled data file
that is kept for whoever measures on one.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.appending import LargeLedger, bulk_append, large_ledger
from tests.bench.beside import beside
from tests.bench.board import board
from tests.bench.certificates import certificates
from tests.bench.figures import HEADING, Figure, middle, say
from tests.bench.fragments import fragments
from tests.bench.importing import importing
from tests.bench.judging import judging
from tests.bench.keeping import keep, machine, write_table
from tests.bench.marking import marking
from tests.bench.memory import memory
from tests.bench.nothing_new import nothing_new
from tests.bench.one_new_mark import one_new_mark
from tests.bench.own_page import own_page
from tests.bench.pages import pages
from tests.bench.points import points
from tests.bench.recorded import beside_morango
from tests.bench.reports import reports
from tests.bench.searching import searching
from tests.bench.serving import serving
from tests.bench.set_aside import set_aside
from tests.bench.starting import demo, starting
from tests.bench.station import station
from tests.bench.syncing import syncing
from tests.bench.tree import importing_units
from tests.bench.weighing import weighing

Row = Callable[[], Iterator[Figure]]


def rows(folder: Path, share: int, *, large: bool = False) -> dict[str, Row]:
    """The rows by name; `share` divides every size; `large` asks for the reports of a whole province."""
    return {
        "start": lambda: starting(folder),
        "demo": lambda: demo(folder),
        "serve": lambda: serving(folder, 3_000),
        "board": lambda: board(folder, 10_000 // share),
        "own": lambda: own_page(folder),
        "review": lambda: set_aside(folder, 10_000 // share),
        "marking": lambda: marking(folder),
        "fragments": lambda: fragments(folder),
        "search": lambda: searching(folder, 1_000_000 // share),
        "weights": lambda: weighing(folder),
        "station": lambda: station(folder, 1_000),
        "append": lambda: bulk_append(folder, 100_000 // share),
        "import": lambda: importing(folder, 100_000 // share),
        "units": lambda: importing_units(folder, 665_276 if large else 200_000 // share),
        "beside": lambda: beside(folder, 100_000 // share),
        "ledger": lambda: large_ledger(LargeLedger(folder, 1_000_000 // share)),
        "mark": lambda: one_new_mark(LargeLedger(folder, 50_000 // share)),
        "nothing": lambda: nothing_new(folder, 20_000 // share),
        "morango": beside_morango,
        "sync": lambda: syncing(folder),
        "memory": lambda: memory(LargeLedger(folder, 1_000_000 // share)),
        "points": lambda: points(folder, 20_000 // share),
        "judging": lambda: judging(1_000 // share),
        "certificates": lambda: certificates(folder, 10_000 // share),
        "pages": lambda: pages(100_000 // share, 10_000 // share),
        "reports": lambda: reports(1_000_000 if large else 100_000 // share, 10_000 // share),
    }


def main() -> None:
    """Measure and print, row by row as they come."""
    names = list(rows(Path(), 1))
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rows", choices=names, nargs="+", default=names, help="only these")
    parser.add_argument("--quick", action="store_true", help="a tenth of every size")
    parser.add_argument(
        "--large",
        action="store_true",
        help="reports of 1,000,000 people instead of 100,000: 15 GB, made in an hour or two; units of the whole nation",
    )
    parser.add_argument("--folder", type=Path, help="where the large files are made")
    parser.add_argument("--repeat", type=int, default=1, help="run each row so often; the middle one of each figure counts")
    parser.add_argument("--json", type=Path, help="keep the figures in this file, row by row")
    parser.add_argument(
        "--table", action="store_true", help="write the figures into docs/measured.md, in place of those of their rows"
    )
    asked = parser.parse_args()
    found: dict[str, list[Figure]] = {}
    say(machine())
    say(HEADING)
    for name in asked.rows:
        runs = [_run(name, asked) for _ in range(asked.repeat)]
        found[name] = middle(runs)
        for figure in found[name]:
            say(figure.line())
        if asked.json:
            keep(asked.json, found)
        if asked.table:
            write_table(found)


def _run(name: str, asked: argparse.Namespace) -> list[Figure]:
    """One row, in files of its own."""
    with tempfile.TemporaryDirectory(prefix="campmgr-bench-", dir=asked.folder) as made:
        os.environ["CAMPMGR_STATE"] = str(Path(made) / "state")
        return list(rows(Path(made), 10 if asked.quick else 1, large=asked.large)[name]())


if __name__ == "__main__":
    main()
