"""The rule book."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.settings.fields import setting
from campmgr.settings.sections import Section


@dataclass(frozen=True, slots=True)
class Walks:
    """What a round of inspection is worth."""

    name: str = setting("活动名称", default="安全巡查", required=True, is_asked=True)
    least_minutes: int = setting("至少多少分钟算一次", "X-01", "每次巡查应有足够时间", default=30, within=(1, 1440), is_open=True)


SECTIONS = (Section("walks", Walks, "巡查", place=20),)
