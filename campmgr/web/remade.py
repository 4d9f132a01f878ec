"""An answer that costs much and that everybody may ask for: made by one at a time, and not again for a while whatever is written.

    _CHECKER: Remade[bytes] = Remade("checker file", seconds=60)
    page = _CHECKER.get(r.memory, heads(r), r.clock.now(), lambda: checker_file(r, world))

Kept in memory with the data file; whoever asks while another is making it is given the last one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar, cast

T = TypeVar("T")


@dataclass(slots=True)
class _Kept(Generic[T]):
    lock: threading.Lock = field(default_factory=threading.Lock)
    value: T | None = None
    version: Hashable = None
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Remade(Generic[T]):
    """What is kept, under which name, and for how many seconds it is good enough whatever has been written since."""

    name: str
    seconds: int

    def get(self, memory: dict[str, object], version: Hashable, now: datetime, make: Callable[[], T]) -> T:
        """The last one made, or a new one where its version is another and it is not so new, or nobody has made any."""
        kept = cast("_Kept[T]", memory.setdefault(self.name, _Kept()))
        with_last = kept.value
        if with_last is not None and (self._is_good(kept, version, now) or not kept.lock.acquire(blocking=False)):
            return with_last
        if with_last is None:
            kept.lock.acquire()
        try:
            if kept.value is None or not self._is_good(kept, version, now):
                kept.value, kept.version, kept.made_at = make(), version, now
            return kept.value
        finally:
            kept.lock.release()

    def _is_good(self, kept: _Kept[T], version: Hashable, now: datetime) -> bool:
        since = (now - kept.made_at).total_seconds() if kept.made_at else -1
        return kept.version == version or 0 <= since < self.seconds
