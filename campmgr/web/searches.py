"""What an account searched for or was shown lately, in memory alone: names and secrets belong into no address, no log and no file.

A search is sent by POST and kept here; the page that shows what was found has an address with a number that means nothing, so that
Back, reload and a second look work as for every page.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field

from campmgr.ids import random_id

_MOST = 2000
"""Searches remembered at once; the oldest of whoever has most make room, so that a stranger who sends many clears nobody else's."""


@dataclass(slots=True)
class Searches:
    """What was typed, by account and a random number; thread-safe."""

    _typed: dict[tuple[str, str], str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, account: str, text: str) -> str:
        """Remember what was typed; the number to find it by. The same text again has the same number."""
        with self._lock:
            number = next((key[1] for key, typed in self._typed.items() if key[0] == account and typed == text), random_id()[:12])
            self._typed[account, number] = text
            if len(self._typed) > _MOST:
                most = Counter(whose for whose, _ in self._typed).most_common(1)[0][0]
                del self._typed[next(key for key in self._typed if key[0] == most)]
            return number

    def typed(self, account: str, number: str) -> str:
        """What this account searched for; "" for what is not remembered any more, and for another's search."""
        return self._typed.get((account, number), "")

    def forget(self, account: str) -> None:
        """Forget all that an account searched for: it logs out."""
        with self._lock:
            for key in [key for key in self._typed if key[0] == account]:
                del self._typed[key]
