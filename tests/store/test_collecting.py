"""A program that runs for weeks and writes a little every minute must not grow."""

from __future__ import annotations

import gc
import weakref

from campmgr.store.door import collect_after, uncollected


class Circle:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


def left(runs: int) -> int:
    """How many circles are still there after many writes of so many runs, each of which left some."""
    alive: weakref.WeakSet[Circle] = weakref.WeakSet()
    gc.collect()
    for _ in range(200):
        for _ in range(200):
            alive.add(Circle())
        with uncollected():
            for run in range(1, runs + 1):
                collect_after(run)
    return len(alive)


def test_many_small_writes_leave_the_collector_its_work():
    assert left(0) < 4_000  # of 40,000
    assert left(1) < 4_000


def test_a_long_write_begins_with_what_is_there_and_gives_it_back():
    with uncollected():
        for run in range(1, 4):
            collect_after(run)
        assert not gc.isenabled()
        assert gc.get_freeze_count() > 0
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
