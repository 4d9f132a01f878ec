"""Where in its time a camp stands, and what the set-up page still asks for (F-05, F-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from campmgr.settings.because import Reason

if TYPE_CHECKING:
    from campmgr.settings.preset import Rules

Phase = Literal["before", "warm_up", "live", "after"]

PHASE_WORDS: dict[Phase, str] = {"before": "未开始", "warm_up": "预热", "live": "进行中", "after": "已结束"}


def phase_of(rules: Rules, day: str) -> Phase:
    """The phase of a day "YYYY-MM-DD"; first and last days are included (F-05).

    A camp without dates is always live; one without an end stays live; days between warm-up and start count as before.
    """
    if rules.live.ends_on and day > rules.live.ends_on:
        return "after"
    if not rules.live.starts_on or day >= rules.live.starts_on:
        return "live"
    warming = bool(rules.warm_up.starts_on) and rules.warm_up.starts_on <= day
    return "warm_up" if warming and day <= (rules.warm_up.ends_on or day) else "before"


def reminders(rules: Rules) -> tuple[Reason, ...]:
    """What the notice left open and the set-up page reminds of until it is set (F-05, F-24)."""
    found = []
    if not rules.live.ends_on:
        found.append(Reason("no_end_date", "通知没有写结束日期，活动会一直进行；定下后请设置 live.ends_on。"))
    if not rules.ranking.cut_off:
        found.append(Reason("no_cut_off", "还没有定点赞截止时间，定榜前请设置 ranking.cut_off。"))
    return tuple(found)
