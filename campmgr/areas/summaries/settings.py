"""What the area of summaries lets a camp decide: whether units hand one in, which of them, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campmgr.areas.camp.settings import Live
from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import setting
from campmgr.settings.reading import day, quoted
from campmgr.settings.sections import Chosen, Section


@dataclass(frozen=True, slots=True)
class Summaries:
    """What units hand in at the end."""

    asked: bool = setting("是否要求单位报送总结", "F-26", default=False)
    text: str = setting("总结上报要求", "F-26")
    from_units: str = setting(
        "哪些单位报送总结",
        "F-26",
        default="addressees",
        is_open=True,
        allowed={
            "addressees": "各条线的主送单位（安办、应急、教育、妇联等）",
            "cities": "各设区市一级单位",
            "joined": "有人参加的每个单位",
        },
    )
    due_on: str = setting("总结报送截止日期（留空为不限）", "F-26", form=day, is_open=True)


def _after_the_start(chosen: Chosen) -> Iterator[Complaint]:
    """A complaint where summaries would be due before the camp starts."""
    due = chosen[Summaries].due_on
    if due and chosen.has(Live) and due < (start := chosen[Live].starts_on):
        yield Complaint("summaries.due_on", quoted(due), f"不早于 live.starts_on（{start}）的日期", "bad_date")


SECTIONS = (Section("summaries", Summaries, "总结", place=150, check=_after_the_start),)
