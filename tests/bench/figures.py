"""What a measurement comes to: a ratio of two things measured in the same run, beside what it should reach.

Time is the processor's, which a machine that others use changes least; how long somebody waited stands beside it.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds that some work took: of the processor's time, and until it was over."""

    cpu: float
    wall: float

    def __add__(self, other: Took) -> Took:
        """Both, one after the other."""
        return Took(self.cpu + other.cpu, self.wall + other.wall)

    def __sub__(self, other: Took) -> Took:
        """What is beyond the other."""
        return Took(self.cpu - other.cpu, self.wall - other.wall)

    def __truediv__(self, parts: float) -> Took:
        """One of so many equal parts."""
        return Took(self.cpu / parts, self.wall / parts)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. `ratio` (of the processor's time), `waited` (of what somebody waited for, None where that is not
    known) and `reach` are in the sense that `sense` says: at least, or at most. `when`: the day and the machine, where it was not
    measured in this run.
    """

    what: str
    measured: str
    against: str
    ratio: float
    waited: float | None
    reach: float
    sense: Literal["≥", "≤"]
    when: str = ""

    @property
    def ok(self) -> bool:
        """Whether the ratio reaches what docs/numbers.md asks for."""
        return self.ratio >= self.reach if self.sense == "≥" else self.ratio <= self.reach

    def line(self) -> str:
        """The row as text."""
        waited = "" if self.waited is None else f"{self.waited:.2f}"
        verdict = "ok" if self.ok else "MISSED"
        return (f"{self.what:<58} {self.measured:>12} {self.against:>12} {self.ratio:>8.2f} {self.sense} {self.reach:<6g} "
                f"{verdict:<6} {waited:>8}")  # fmt: skip


HEADING = f"{'row':<58} {'measured':>12} {'against':>12} {'ratio':>8}   {'reach':<6} {'ok':<6} {'waited':>8}"


def say(line: str) -> None:
    """A line that is seen at once, even in a pipe."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def middle(runs: Sequence[Sequence[Figure]]) -> list[Figure]:
    """Of the figures of several runs of one row the middle one of each, so that a run that was disturbed does not count."""
    return [sorted(same, key=lambda each: each.ratio)[len(same) // 2] for same in zip(*runs, strict=True)]


@dataclass(slots=True)
class Stopwatch:
    """What blocks of work took, by name."""

    took: dict[str, Took] = field(default_factory=dict)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Measure a block; garbage of what was made before it is not its business."""
        gc.collect()
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            yield
        finally:
            self.took[name] = Took(time.process_time() - cpu, time.perf_counter() - wall)


def quickest(work: Callable[[], object], least_seconds: float = 0.3) -> Took:
    """The cheapest of several runs: what the work costs when nobody disturbs it."""
    best, spent, runs = Took(float("inf"), float("inf")), 0.0, 0
    while runs < 3 or (spent < least_seconds and runs < 200):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        took = Took(time.process_time() - cpu, time.perf_counter() - wall)
        best, spent, runs = min(best, took, key=lambda each: each.cpu), spent + took.wall, runs + 1
    return best


def as_fast(what: str, ours: Took, theirs: Took, reach: float) -> Figure:
    """How fast our work is beside other work: 1 is as fast, 0.5 takes twice the time."""
    return Figure(what, _shown(ours), _shown(theirs), theirs.cpu / ours.cpu, theirs.wall / ours.wall, reach, "≥")


def times_as_long(what: str, ours: Took, theirs: Took, reach: float) -> Figure:
    """How many times as long our work takes."""
    return Figure(what, _shown(ours), _shown(theirs), ours.cpu / theirs.cpu, ours.wall / theirs.wall, reach, "≤")


def within(what: str, took: Took, limit_ms: float) -> Figure:
    """How much of a limit in milliseconds some work takes; 1 is all of it."""
    return Figure(
        what, f"{took.cpu * 1000:.0f} ms", f"{limit_ms:.0f} ms", took.cpu * 1000 / limit_ms, took.wall * 1000 / limit_ms, 1, "≤"
    )


def of_limit(what: str, measured: float, limit: float, unit: str) -> Figure:
    """How much of a limit is used; 1 is all of it."""
    return Figure(what, f"{measured:.0f} {unit}", f"{limit:.0f} {unit}", measured / limit, None, 1, "≤")


def _shown(took: Took) -> str:
    return f"{took.cpu:.2f} s" if took.cpu >= 1 else f"{took.cpu * 1000:.2f} ms"
