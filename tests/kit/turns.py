"""Writes that share one commit, one after another, each in a thread of its own: as if somebody waited until the last is done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from campmgr.store.door import Store


def queued(store: Store, writes: Sequence[Callable[[], object]]) -> list[BaseException | None]:
    """Run these in this order in one commit; what each raised, or None."""
    problems: list[BaseException | None] = [None] * len(writes)
    commits = store._commits  # noqa: SLF001

    def run(at: int) -> None:
        try:
            writes[at]()
        except Exception as problem:  # noqa: BLE001 - handed to the test
            problems[at] = problem

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(writes))]
    commits._waiting += 1  # noqa: SLF001 - so that the commit stays open
    for thread in threads:
        before = _so_far(store)
        thread.start()
        while thread.is_alive() and _so_far(store) == before:
            thread.join(0.001)
    with commits._queue:  # noqa: SLF001
        commits._waiting -= 1  # noqa: SLF001
    for thread in threads:
        thread.join(30)
    return problems


def _so_far(store: Store) -> tuple[int, int]:
    """The group that shares the commit that is open, and how many have written in it; however long it has been open."""
    group = store._commits._group  # noqa: SLF001
    if group is None:
        return 0, 0
    group.began = float("inf")
    return id(group), group.writes
