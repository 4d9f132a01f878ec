"""What the area of prize lists lets a camp decide: how long a list is put up 公示."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.settings.fields import setting
from campmgr.settings.sections import Section

COUNTED = {"working": "工作日（周末和放假日不算，调休上班日算）", "calendar": "自然日"}
"""How the days of a period are counted."""

LONGEST = 60
"""Days a period may last; more is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Publicity:
    """How long a list is put up 公示, and when it comes down."""

    days: int = setting("公示天数", "F-24", default=5, within=(1, LONGEST), is_open=True)
    counted: str = setting("公示天数怎样算", "F-24", default="working", is_open=True, allowed=COUNTED)
    first_day: str = setting(
        "公示开始的当天", "F-24", default="counts", is_open=True, allowed={"counts": "当天算第一天", "next": "从第二天起算"}
    )
    shown_after: int = setting("公示期满后继续展示（天），到期自动撤下", "F-24", default=0, within=(0, 365), is_open=True)
    objections: str = setting(
        "怎样提出异议",
        "F-24",
        default="对名单有异议的，请在公示期内向主办单位实名反映，说明名次、作品和理由。",
        required=True,
    )


SECTIONS = (Section("publicity", Publicity, "公示", place=140),)
