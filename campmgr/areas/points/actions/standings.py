"""What the host gives and takes beside the points: a bonus, its cancellation, a task that somebody is excused from."""

from __future__ import annotations

from typing import Any

from campmgr.areas.points.fold.standings import standing_key
from campmgr.areas.points.rules.ranking import GROUNDS
from campmgr.errors import BadInput
from campmgr.facts.activities import Activity
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.periods.spans import named
from campmgr.store.door import Writer

LONGEST_REASON, MOST_TENTHS = 200, 10_000


def say_bonus(w: Writer, activity: Activity, unit: str, tenths: int, reason: str, actor: str = "") -> Fact:
    """Give a unit a bonus, in tenths of a point, instead of what was given before. Raises BadInput, NotAllowed."""
    if not 0 <= tenths <= MOST_TENTHS:
        raise BadInput(f"附加分请填 0 到 {MOST_TENTHS // 10} 之间的数。", reason="out_of_range")
    return _say(w, activity, unit, "bonus_said", {"tenths": tenths, "reason": _reason(reason)}, actor)


def cancel_bonus(w: Writer, activity: Activity, unit: str, ground: str, reason: str, actor: str = "") -> Fact:
    """Cancel a unit's bonus: points and place stay. Raises BadInput, NotAllowed."""
    if ground not in GROUNDS:
        raise BadInput(f"取消附加分的理由只有：{'、'.join(GROUNDS)}。", reason="unknown_word")
    return _say(w, activity, unit, "bonus_cancelled", {"ground": ground, "reason": _reason(reason)}, actor)


def excuse(w: Writer, activity: Activity, unit: str, period: str, reason: str, actor: str = "") -> Fact:
    """Say that a unit owes nothing for a week, month or quarter. Raises BadInput, NotAllowed."""
    return _say(w, activity, unit, "quota_excused", {"period": named(period).name, "reason": _reason(reason)}, actor)


def _reason(text: str) -> str:
    text = text.strip()
    if not 0 < len(text) <= LONGEST_REASON:
        raise BadInput(f"请写 1 到 {LONGEST_REASON} 字的原因。", reason="too_long" if text else "missing_value")
    return text


def _say(w: Writer, activity: Activity, unit: str, kind: str, said: dict[str, Any], actor: str) -> Fact:
    about = subject("standing", standing_key(activity.id, unit))
    return say(w, [Draft(activity.host, kind, about, {"activity": activity.id, "unit": unit, **said}, actor=actor)])[0].fact
