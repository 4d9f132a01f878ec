"""What a served data file does by itself: its daily backup, and a sync every so many minutes where somebody has said so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from campmgr.areas.nodes.exchange.client import Destination
from campmgr.areas.nodes.files.calling import sync
from campmgr.areas.nodes.local import syncing
from campmgr.errors import CampError
from campmgr.store import backups
from campmgr.store.door import Store
from campmgr.store.fault_log import remember
from campmgr.web.jobs import Stopped

_LOOK = 60.0
"""Seconds between two looks at the clock."""

Stops = Callable[[], bool]
"""Whether the program is about to end."""


class Regularly:
    """A thread that looks every minute whether something is due; `store` gives the data file, None while there is none."""

    def __init__(self, store: Callable[[], Store | None], look: Callable[[Store, Stops], None], every: float = _LOOK) -> None:
        self._store = store
        self._look = look
        self._every = every
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name=look.__name__, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it; a backup under way is finished first, a sync stops where it is and goes on with the next."""
        self._ends.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ends.wait(self._every):
            store = self._store()
            if store is not None:
                try:
                    self._look(store, self._ends.is_set)
                except Exception as problem:  # noqa: BLE001 - a thread has nobody above it to tell
                    remember(problem)


def look_at_backup(store: Store, stops: Stops) -> None:
    """Make today's backup if it is due; how it went is noted, and told on every page while it fails."""
    del stops
    with store.reading() as r:
        due = backups.is_due(r)
    if due:
        with suppress(CampError):
            backups.back_up(store)


def look_at_sync(store: Store, stops: Stops) -> None:
    """Sync with the laptop that was chosen if it is time; how it went is noted, and stands on the page of packs."""

    def told(done: int, whole: int) -> None:
        del done, whole
        if stops():
            raise Stopped

    with store.reading() as r:
        to = syncing.plan_of(r).address if syncing.is_due(r) else ""
    if to:
        with suppress(CampError, Stopped):
            sync(store, Destination(to, ""), told)
