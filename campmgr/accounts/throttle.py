"""Guessing made slow: delays that grow with each failure, windows for an address, a budget for everybody together.

A delay stands against what is guessed at (a log-in name, a person), so that a stranger can make its owner wait but never shut them
out. What fails is counted before anything is looked at, and taken back when it succeeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from campmgr.accounts import local
from campmgr.clock import parse_instant, utc_text
from campmgr.errors import TooMany
from campmgr.ids import sha256
from campmgr.store.door import Reader, Writer

_FORGOTTEN = timedelta(days=1)
"""After so long without a failure a delay begins anew."""


@dataclass(frozen=True, slots=True)
class Delay:
    """So many failures are free; then the wait in seconds, doubled by each, up to the most."""

    free: int
    first: int
    most: int

    def after(self, failures: int) -> int:
        """Seconds to wait after so many failures."""
        return min(self.first << min(failures - self.free, 30), self.most) if failures >= self.free else 0


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many failures within a time."""

    most: int
    within: timedelta


def named(what: str, of: str) -> str:
    """What failures are counted under: a hash, since names and addresses are nobody's business later."""
    return sha256(f"{what}:{of}")


def count(w: Writer, source: str, by: Delay | Limit) -> None:
    """Count a failure in advance. Raises TooMany while a wait is on, and then nothing is counted."""
    now = w.clock.now()
    found = local.attempts(w, source)
    if isinstance(by, Delay):
        failures, last = (found.count, found.last_at) if found and _is_fresh(found.last_at, now, _FORGOTTEN) else (0, "")
        if failures and (left := by.after(failures) - _passed(last, now)) > 0:
            raise _too_many(left)
    else:
        failures = found.count if found and _is_fresh(found.since, now, by.within) else 0
        if found and failures >= by.most:
            raise _too_many(by.within.total_seconds() - _passed(found.since, now))
    since = found.since if found and failures else utc_text(now)
    local.put_attempt(w, local.AttemptRow(source, failures + 1, since, utc_text(now)))


def succeeded(w: Writer, *, guessed: str = "", shared: tuple[str, ...] = ()) -> None:
    """Forget the failures against what was guessed at; take back the one that was counted against what many share."""
    local.drop_attempts(w, guessed)
    for each in shared:
        local.forgive_attempt(w, each)


def failures(r: Reader, source: str, within: timedelta) -> int:
    """How many failures stand against a source within a time."""
    found = local.attempts(r, source)
    return found.count if found and _is_fresh(found.since, r.clock.now(), within) else 0


def _is_fresh(instant: str, now: datetime, within: timedelta) -> bool:
    """A clock that was set back begins anew: nobody waits for years."""
    return 0 <= (now - parse_instant(instant)).total_seconds() < within.total_seconds()


def _passed(instant: str, now: datetime) -> float:
    return (now - parse_instant(instant)).total_seconds()


def _too_many(seconds: float) -> TooMany:
    wait = f"{seconds / 60 + 0.99:.0f} 分钟" if seconds >= 60 else f"{max(1, seconds):.0f} 秒"
    return TooMany("尝试次数太多，请稍后再试。", hint=f"请等 {wait}再试。")
