"""How often each source asked within a while, in memory."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime

_MOST_SOURCES = 20_000
"""Sources remembered at once; the oldest make room, so that somebody with many addresses fills no memory."""

Source = tuple[str, str]
"""What was asked, and from where."""


@dataclass(slots=True)
class Counts:
    """A count for each source, and since when; thread-safe."""

    _counts: dict[Source, tuple[datetime, int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def so_far(self, source: Source, now: datetime, seconds: int) -> int:
        """How often within the window. A clock that was set back begins a new one."""
        since, count = self._counts.get(source, (now, 0))
        return count if 0 <= (now - since).total_seconds() < seconds else 0

    def add(self, source: Source, now: datetime, seconds: int) -> None:
        """Count one more."""
        with self._lock:
            before = self.so_far(source, now, seconds)
            since, _ = self._counts.pop(source, (now, 0))
            self._counts[source] = (since if before else now, before + 1)
            if len(self._counts) > _MOST_SOURCES:
                del self._counts[next(iter(self._counts))]
