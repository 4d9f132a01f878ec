"""What the host has given and taken beside the points: bonuses, cancelled ones too, and tasks that somebody is excused from."""

from __future__ import annotations

from typing import NamedTuple

from campmgr.facts.activities import Activity
from campmgr.store.door import Reader


class BonusLine(NamedTuple):
    """A unit's bonus in tenths of a point, why; on which ground and why it was cancelled, "" where it was not."""

    unit: str
    tenths: int
    reason: str
    ground: str
    cancel_reason: str

    @property
    def words(self) -> str:
        """The bonus as people write it: 5, 2.5."""
        whole, rest = divmod(self.tenths, 10)
        return f"{whole}.{rest}" if rest else str(whole)


class ExcuseLine(NamedTuple):
    """A week, month or quarter for which a unit owes nothing, and why."""

    unit: str
    period: str
    reason: str


def bonus_lines(r: Reader, activity: Activity) -> tuple[BonusLine, ...]:
    """Every bonus, as the host says it."""
    sql = (
        "select unit, tenths, reason, ground, cancel_reason from bonuses where activity = :activity and host = :host order by unit"
    )
    return tuple(BonusLine(*row) for row in r.all(sql, activity=activity.id, host=activity.host))


def excuse_lines(r: Reader, activity: Activity) -> tuple[ExcuseLine, ...]:
    """Every excused task, as the host says it, the latest period first."""
    sql = """select unit, period, reason from quota_excuses where activity = :activity and host = :host
             order by period desc, unit"""
    return tuple(ExcuseLine(*row) for row in r.all(sql, activity=activity.id, host=activity.host))
