"""A failing story made short: lines are dropped while it still fails in the same way."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

Fails = Callable[[Sequence[str]], bool]


def shrunk(lines: Sequence[str], fails: Fails, seconds: float) -> list[str]:
    """The shortest failing story found in the time: first large pieces are dropped, then ever smaller ones."""
    ends, left, size = time.monotonic() + seconds, list(lines), max(1, len(lines) // 2)
    while time.monotonic() < ends:
        at, dropped = 0, False
        while at < len(left) and time.monotonic() < ends:
            fewer = left[:at] + left[at + size :]
            if fails(fewer):
                left, dropped = fewer, True
            else:
                at += size
        if size == 1 and not dropped:
            break
        size = size if dropped and size == 1 else max(1, size // 2)
    return left
