"""How long it takes until the program says anything, and until the made-up camp can be looked at."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from campmgr.demo.camp import build_demo
from tests.bench.figures import Figure, of_limit, quickest

LIMIT_MS = 150
DEMO_LIMIT_MS = 8_000


def starting() -> Iterator[Figure]:
    """First byte of `campmgr --help`, less that of an empty Python program."""
    ours = quickest(lambda: _first_byte(["-m", "campmgr", "--help"]), 3)
    theirs = quickest(lambda: _first_byte(["-c", "print()"]), 3)
    yield of_limit("first byte of campmgr --help, beyond an empty program", (ours - theirs) * 1000, LIMIT_MS, "ms")


def demo(folder: Path) -> Iterator[Figure]:
    """What building the made-up camp takes of the processor."""
    begin = time.process_time()
    build_demo(folder / "demo.sqlite")
    yield of_limit("made-up camp ready, processor's time", (time.process_time() - begin) * 1000, DEMO_LIMIT_MS, "ms")


def _first_byte(args: list[str]) -> None:
    with subprocess.Popen([sys.executable, *args], stdout=subprocess.PIPE) as program:
        assert program.stdout
        assert program.stdout.read(1)
        program.stdout.read()
