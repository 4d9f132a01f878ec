"""Whether the machine's clock can be believed: what it says against what the ledger knows (docs/ledger.md#clocks).

Order never asks it. But a dead battery would date certificates 2010 and a fast clock 2099, so what bears its day for ever asks
for the day where the clock is in doubt, and pages that write one say so.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from campmgr.clock import checked_day, later, local_day, parse_day, today_of, wall_micros
from campmgr.errors import Refused
from campmgr.store.door import Reader

PAUSE, LONG_PAUSE = 45, 400
"""Days without a record before today: a reason to look at the clock, and to ask for the day of what bears it for ever."""

AFTER_LEARNING = 5 * 366
"""Days after the newest learning day: nobody issues a camp's certificates so late."""

MADE_UP = "made_up"
"""A note that a data file keeps of itself: its camp is made up and of another year, so no clock fits it."""

_DAY = timedelta(days=1)


def clock_doubt(r: Reader, pause: int = PAUSE) -> str:
    """Why the day of this machine is in doubt, in words; "" where it fits what is recorded. Asks the whole ledger once a day."""
    doubt = _doubt(r, pause)
    return "" if doubt and r.meta(MADE_UP) else doubt


def _doubt(r: Reader, pause: int) -> str:
    today = today_of(r.clock)
    own = _day_of(r.meta("clock_own", "0"))
    learned, before = _known(r, today)
    newest = max(own, learned)
    if today < newest:
        return f"本机时间是 {today}，早于已有的记录（{newest}）。"
    if before and today > later(before, pause):
        return f"本机时间是 {today}，比之前最近的记录（{before}）晚很久。"
    if learned and today > later(learned, AFTER_LEARNING):
        return f"本机时间是 {today}，比最近的学习日（{learned}）晚很多年。"
    return ""


def believed_today(r: Reader, said: str = "") -> str:
    """The day for what bears it for ever: today, or the day that is said where the clock is in doubt.

    Raises Refused "doubtful_clock" where none is said, BadInput for what is no day.
    """
    doubt = clock_doubt(r, LONG_PAUSE)
    if doubt and not said:
        raise Refused(
            doubt,
            reason="doubtful_clock",
            hint="请先校准电脑的日期；确实要用另一天，请写明日期。",
            at_console="请先校准电脑的日期；确实要用另一天，请用 --on 2023-07-01 写明。",
        )
    return checked_day(said) if doubt else today_of(r.clock)


def _day_of(clock: object) -> str:
    """The day of a clock; "" for one that a damaged file holds."""
    try:
        return local_day(datetime.fromtimestamp(int(str(clock)) / 1_000_000, UTC))
    except (ValueError, OverflowError, OSError):
        return ""


def _checked(day: str) -> str:
    """A day as it stands in a file; "" for what is none."""
    try:
        return parse_day(day)
    except ValueError:
        return ""


def _known(r: Reader, today: str) -> tuple[str, str]:
    """(the newest day that somebody claimed, the day of the newest record that is older than a day), as of today; "" for none."""
    kept = r.memory.get(__name__)
    if isinstance(kept, tuple) and kept[0] == today:
        return kept[1], kept[2]
    learned = _checked(str(r.value("select max(happened_on) from facts") or ""))
    clock = r.value("select max(clock) from facts where clock < :yesterday", yesterday=wall_micros(r.clock.now() - _DAY))
    before = _day_of(clock) if clock else ""
    r.memory[__name__] = (today, learned, before)
    return learned, before
