"""What a measurement comes to: a ratio of two things measured in the same run, beside what it should reach."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. `ratio` and `reach` are in the sense that `sense` says: at least, or at most."""

    what: str
    measured: str
    against: str
    ratio: float
    reach: float
    sense: Literal["≥", "≤"]

    @property
    def ok(self) -> bool:
        """Whether the ratio reaches what docs/numbers.md asks for."""
        return self.ratio >= self.reach if self.sense == "≥" else self.ratio <= self.reach

    def line(self) -> str:
        """The row as text."""
        verdict = "ok" if self.ok else "MISSED"
        return f"{self.what:<58} {self.measured:>12} {self.against:>12} {self.ratio:>8.2f} {self.sense} {self.reach:<6g} {verdict}"


def say(line: str) -> None:
    """A line that is seen at once, even in a pipe."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


HEADING = f"{'row':<58} {'measured':>12} {'against':>12} {'ratio':>8}   {'reach':<6} ok"


@dataclass(slots=True)
class Stopwatch:
    """Seconds by name, of blocks of work. `clock` may be the processor's own, where others use the machine at the same time."""

    clock: ClassVar[Callable[[], float]] = time.perf_counter
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Measure a block; garbage of what was made before it is not its business."""
        gc.collect()
        start = Stopwatch.clock()
        try:
            yield
        finally:
            self.seconds[name] = Stopwatch.clock() - start


def quickest(work: Callable[[], object], least_seconds: float = 0.3) -> float:
    """The shortest of several runs, in seconds: what the work costs when nobody disturbs it."""
    best, spent, runs = float("inf"), 0.0, 0
    while runs < 3 or (spent < least_seconds and runs < 200):
        start = time.perf_counter()
        work()
        took = time.perf_counter() - start
        best, spent, runs = min(best, took), spent + took, runs + 1
    return best


def as_fast(what: str, ours: float, theirs: float, reach: float) -> Figure:
    """How fast our work is beside other work: 1 is as fast, 0.5 takes twice the time. Seconds."""
    return Figure(what, _shown(ours), _shown(theirs), theirs / ours, reach, "≥")


def times_as_long(what: str, ours: float, theirs: float, reach: float) -> Figure:
    """How many times as long our work takes. Seconds."""
    return Figure(what, _shown(ours), _shown(theirs), ours / theirs, reach, "≤")


def of_limit(what: str, measured: float, limit: float, unit: str) -> Figure:
    """How much of a limit is used; 1 is all of it."""
    return Figure(what, f"{measured:.0f} {unit}", f"{limit:.0f} {unit}", measured / limit, 1, "≤")


def _shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"
