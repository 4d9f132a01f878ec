"""What notices leave open about periods, each a declared setting: a sort of activity takes the sections that its notice needs.

The words are what the set-up page asks; where nothing is chosen, the default stands and is shown as still open.
"""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import Field, setting
from campmgr.settings.reading import day, text, wrong
from campmgr.settings.sections import Section
from campmgr.written_times import written_clock

WEEK_OF = {"monday": "星期一所在的月、季度、年", "thursday": "星期四（一周的大半）所在的月、季度、年"}
COUNTED = {"calendar": "自然日", "working": "工作日（周末和放假日不算，调休上班日算）"}
EXCUSED = {"excused": "不考核", "due": "照常考核"}
LAST_WEEK = {
    "last_7_days": "季度最后七天",
    "monday_week": "季度最后一天所在那一周的星期一起，到季度末",
    "whole_week": "季度内最后一个完整的星期一至星期日",
}
EARLY = {"take": "收下，计入下一个窗口", "refuse": "不收，请到窗口打开后再报"}
LATE = {"next": "计入下一个窗口，并注明晚于哪个窗口", "refuse": "不收", "mark": "仍计入原来的窗口，注明晚报"}
FIRST_DUE = {"next": "发文后的下一个季度", "same": "发文当季"}
WEEK_119 = {"monday_week": "11月9日所在的星期一至星期日", "from_9": "11月9日至15日"}
BEFORE = {"included": "含当天（3月4日前报送：3月4日交算按时）", "excluded": "不含当天"}


def clock_time(about: Field, found: object) -> str | Complaint:
    """A form: a time of the day as 17:30, "" not allowed."""
    said = text(about, found)
    if isinstance(said, Complaint):
        return said
    try:
        seconds = written_clock(said)
    except ValueError:
        return wrong(about, found, "一天里的时刻，如 17:30", "bad_date")
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How what is written as a deadline is meant."""

    off_work: str = setting("“下班前”是几点", default="17:30", form=clock_time, required=True, is_open=True)
    before: str = setting("“某日前”含不含当天", default="included", is_open=True, allowed=BEFORE)


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Within how many days of what happened something must be handed in."""

    days: int = setting("几天内报送", default=2, within=(1, 60))
    counted: str = setting("几天怎样算", default="calendar", is_open=True, allowed=COUNTED)


@dataclass(frozen=True, slots=True)
class Quotas:
    """Which weeks, months and quarters somebody owes something for."""

    week_of: str = setting("跨月的一周算哪个月", default="monday", is_open=True, allowed=WEEK_OF)
    starts_on: str = setting("从哪一天起考核（留空为从年初起）", form=day, is_open=True)
    partial_first: str = setting("开始考核时已过了一部分的周、月、季度", default="excused", is_open=True, allowed=EXCUSED)
    holiday_weeks: str = setting("七天全放假的一周", default="due", is_open=True, allowed=EXCUSED)


@dataclass(frozen=True, slots=True)
class HandIns:
    """When a quarter's collection is handed in."""

    collects_from: str = setting("从哪天起收", form=day)
    collects_to: str = setting("收到哪天", form=day)
    first_due: str = setting("第一个季度的截止日期（留空为与其他季度一样）", form=day)
    last_week: str = setting("“每季度最后一周”是哪几天", default="last_7_days", is_open=True, allowed=LAST_WEEK)
    early: str = setting("窗口打开前就报来的", default="take", is_open=True, allowed=EARLY)
    late: str = setting("窗口关闭后才报来的", default="next", is_open=True, allowed=LATE)


@dataclass(frozen=True, slots=True)
class Meetings:
    """How often partners meet."""

    per_quarter: int = setting("每季度至少几次", default=1, within=(0, 20))
    first_due: str = setting("从哪个季度起", default="next", is_open=True, allowed=FIRST_DUE)
    warn_days: int = setting("季度末前几天提醒", default=30, within=(0, 90))


@dataclass(frozen=True, slots=True)
class Nodes:
    """Days of the year around which offices plan."""

    week_119: str = setting("消防宣传周（119周）是哪几天", default="monday_week", is_open=True, allowed=WEEK_119)


SECTIONS = (
    Section("deadlines", Deadlines, "截止时间", place=10),
    Section("timeliness", Timeliness, "时限", place=20),
    Section("quotas", Quotas, "任务周期", place=30),
    Section("handins", HandIns, "报送窗口", place=40),
    Section("meetings", Meetings, "例会", place=50),
    Section("nodes", Nodes, "节点", place=60),
)
"""Every such setting under its key, as commands take them; a sort of activity names those of them that its notice needs."""
