"""What it takes of the processor until the program says anything, answers on a camp of 5,000 units, or shows the made-up camp."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from campmgr.demo.camp import build_demo
from campmgr.files.imports.importing import Options, import_file
from campmgr.store import data_file
from tests.bench.figures import Figure, Stopwatch, Took, within
from tests.bench.made_camp import open_made
from tests.bench.tree import write_units

HELP_MS, COMMAND_MS, DEMO_MS = 100, 400, 8_000
_UNITS = 5_000


def starting(folder: Path) -> Iterator[Figure]:
    """`campmgr --help` and a command on a camp of many units, less an empty Python program."""
    camp = _many_units(folder)
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")  # as what is installed is
    nothing = _program(compiled, "-c", "pass")
    yield within("campmgr --help, beyond an empty program", _program(compiled, "-m", "campmgr", "--help") - nothing, HELP_MS)
    report = _program(compiled, "-m", "campmgr", "report", "units", "--by", "city", "--db", str(camp), "--json") - nothing
    yield within(f"a report of a camp of {_UNITS:,} units, beyond an empty program", report, COMMAND_MS)


def demo(folder: Path) -> Iterator[Figure]:
    """Building the made-up camp."""
    watch = Stopwatch()
    with watch("demo"):
        build_demo(folder / "demo.sqlite")
    yield within("made-up camp ready", watch.took["demo"], DEMO_MS)


def _many_units(folder: Path) -> Path:
    camp, sheet = folder / "many-units.sqlite", folder / "many-units.csv"
    store = open_made(camp, 10)
    write_units(sheet, _UNITS)
    assert not import_file(store, "units", sheet, Options()).counts.rejected
    data_file.close(store)
    return camp


def _program(environment: Mapping[str, str], *args: str) -> Took:
    """The cheapest of seven runs of a Python program."""
    return min((_run(environment, args) for _ in range(7)), key=lambda each: each.cpu)


def _run(environment: Mapping[str, str], args: tuple[str, ...]) -> Took:
    before, wall = _of_children(), time.perf_counter()
    subprocess.run([sys.executable, *args], env=dict(environment), check=True, stdout=subprocess.DEVNULL)
    return Took(_of_children() - before, time.perf_counter() - wall)


def _of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
