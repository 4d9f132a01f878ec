"""What a served data file does by itself once a day: its backup."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from campmgr.errors import CampError
from campmgr.store import backups
from campmgr.store.door import Store
from campmgr.store.fault_log import remember

_LOOK = 60.0
"""Seconds between two looks at the clock."""


class Daily:
    """A thread that looks every minute whether today's backup is due; `store` gives the data file, None while there is none."""

    def __init__(self, store: Callable[[], Store | None], every: float = _LOOK) -> None:
        self._store = store
        self._every = every
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it; a backup under way is finished first."""
        self._ends.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ends.wait(self._every):
            store = self._store()
            if store is not None:
                look(store)


def look(store: Store) -> None:
    """Make today's backup if it is due; how it went is noted, and told on every page while it fails."""
    try:
        with store.reading() as r:
            due = backups.is_due(r)
        if due:
            with suppress(CampError):
                backups.back_up(store)
    except Exception as problem:  # noqa: BLE001 - a thread has nobody above it to tell
        remember(problem)
