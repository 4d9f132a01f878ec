"""Until when: deadlines as notices write them, how late somebody is, and how long before something somebody was told.

The last instant that is in time is kept, to the second: 17:30 holds 17:30:00, a day alone holds its whole day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from campmgr.clock import CHINA, later, local_day, parse_day, parse_instant, until_words, utc_text
from campmgr.errors import BadInput
from campmgr.periods.settings import Deadlines
from campmgr.periods.working_days import WorkCalendar
from campmgr.wording import normal
from campmgr.written_times import written_clock, written_moment

HOW_WRITTEN = "请写成 2024-05-29、2024-05-29 17:30 或 2024年5月29日下班前。"
"""The hint beside a deadline that cannot be read."""

_SECOND = timedelta(seconds=1)
_AT_CLOSING = re.compile(r"(?:下班|工作日结束)(?:之?前|以前|时)$")
_BEFORE = re.compile(r"(?:之?前|以前)$")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last second that is in time."""

    last: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether an instant is in time."""
        return moment.replace(microsecond=0) <= self.last

    @property
    def day(self) -> str:
        """The day on which it falls, in China time."""
        return local_day(self.last)

    @property
    def words(self) -> str:
        """A time of day as it is; the end of a day with the day that it includes: 2024-07-31 24:00（含7月31日全天）."""
        whole = self.last.astimezone(CHINA).strftime("%H:%M:%S") == "23:59:59"
        return until_words(utc_text(self.last + _SECOND if whole else self.last))

    def left_words(self, now: datetime) -> str:
        """How long is left, as a page says it: 还有 9 天, 今天截止, 已过 3 天. Days are those of the calendar here."""
        days = (date.fromisoformat(self.day) - date.fromisoformat(local_day(now))).days
        if not self.holds(now):
            return f"已过 {-days} 天" if days < 0 else "今天已截止"
        return f"还有 {days} 天" if days else "今天截止"


def end_of(day: str) -> Deadline:
    """The whole day counts."""
    return Deadline(parse_instant(later(day, 1)) - _SECOND)


def deadline(text: str, rules: Deadlines) -> Deadline:
    """A deadline as a notice writes it: a day, a day with a time, …下班前, …前. Raises BadInput; a year is never guessed."""
    said = normal(text).strip()
    closing, before = _AT_CLOSING.search(said), _BEFORE.search(said)
    cut = said[: closing.start()] if closing else said[: before.start()] if before else said
    try:
        found = written_moment(cut)
        if isinstance(found, datetime) and not closing:
            return Deadline(parse_instant(found.isoformat()) - (_SECOND if _is_midnight(found) else timedelta()))
        day = parse_day(cut)
        if closing:
            return Deadline(parse_instant(day) + timedelta(seconds=written_clock(rules.off_work)))
        return end_of(later(day, -1) if before and rules.before == "excluded" else day)
    except (ValueError, OverflowError) as problem:
        raise BadInput(f"“{text[:40]}”不是截止时间。", reason="bad_date", hint=HOW_WRITTEN) from problem


def deadline_after(day: str, days: int, counted: str, calendar: WorkCalendar) -> Deadline:
    """So many calendar or working days after a day, the last of them whole; the day itself is not counted."""
    return end_of(calendar.last_day(day, days, counted, first_counts=False))


def days_late(due_on: str, done_on: str) -> int:
    """How many calendar days after the day it was due something was done; 0 in time."""
    return max(0, (date.fromisoformat(done_on) - date.fromisoformat(due_on)).days)


def minutes_before(told: datetime, happens: datetime) -> int:
    """Whole minutes between being told and what one was told of; negative when told after it began."""
    return int((happens - told).total_seconds() // 60)


def told_in_time(told: datetime, happens: datetime, least_minutes: int) -> bool:
    """Whether somebody was told before: at the very same instant is not before, whatever the least."""
    return told < happens and minutes_before(told, happens) >= least_minutes


def _is_midnight(moment: datetime) -> bool:
    """24:00 of a day is the end of that day, not a second of the next."""
    return moment.time() == datetime.min.time()
