"""How far people have come, and how they came day by day, from joining to the certificate (docs/commands.md#reports)."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.accounts.queries import Account
from campmgr.areas.units.queries.reports import Amounts
from campmgr.store import ledger
from campmgr.store.door import Reader

STAGES = ("joined", "learning", "completed", "certified")
"""The steps of the way, of those that totals count."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day: what it added at each stage, less what it took away, and what there was at its end."""

    day: str
    added: Amounts
    reached: Amounts


@dataclass(frozen=True, slots=True)
class Progress:
    """The days on which something changed, in order; at the end of the last, so many stand at each stage."""

    as_of: str
    days: tuple[Day, ...]
    reached: Amounts
    heads: str


_DAYS = """select day, joined, learning, completed, certified from unit_days
    where unit = :unit and line = :line and day <= :day order by day"""


def progress(r: Reader, account: Account, as_of: str = "") -> Progress:
    """The way of everybody in an account's scope, by a day. It reads the days of one row of the totals."""
    rows = r.all(_DAYS, unit=account.unit, line=account.line, day=as_of or "9999-12-31")
    reached: Amounts = (0,) * len(STAGES)
    days: list[Day] = []
    for day, *added in rows:
        reached = tuple(a + b for a, b in zip(reached, added, strict=True))
        if any(added):
            days.append(Day(day, tuple(added), reached))
    return Progress(as_of, tuple(days), reached, ledger.heads(r))
