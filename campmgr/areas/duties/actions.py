"""Giving a duty and ending it."""

from __future__ import annotations

from collections.abc import Mapping

from campmgr.areas.duties.queries import has_duty, words_for
from campmgr.areas.people.actions.people import refuse_unless_covered
from campmgr.areas.people.queries.finding import Person
from campmgr.clock import parse_day, today_of
from campmgr.errors import BadInput, Refused
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.catalogue import catalogue
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer

LONGEST_REASON = 200


def give_duty(
    w: Writer, person: Person, activity: Activity, duty: str, *, unit: str = "", from_on: str = "", until_on: str = "",
    more: Mapping[str, object] | None = None, actor: str = "",
) -> Fact:  # fmt: skip
    """Give somebody a duty in an activity, for their own unit or another (`unit`: an id), from a day on, today by default.

    The same duty said anew follows the earlier word: other days, another unit. Raises BadInput for an unknown duty or days that
    do not fit, Refused for somebody whose details are erased or an activity that is over, NotAllowed.
    """
    known = words_for(catalogue(w), activity)
    if duty not in known:
        raise BadInput(f"这类活动没有“{duty}”这项职责；可以是：{'、'.join(known)}。", reason="unknown_word")
    if person.erased:
        raise Refused("这个人的个人信息已经删除，不能再登记职责。", reason="erased_person")
    if worlds.load(w).activities.is_earlier_camp(activity):
        raise Refused(f"“{activity.name}”是往届训练营，不再登记职责。", reason="earlier_camp", hint="请选正在进行的活动。")
    since, until = _day(from_on) or today_of(w.clock), _day(until_on)
    if until and until < since:
        raise BadInput(f"结束的日子（{until}）在开始（{since}）以前。", reason="bad_date", hint="请核对两个日期。")
    if unit and unit not in worlds.load(w).tree.units:
        raise BadInput("没有这个单位。", reason="unknown_unit")
    refuse_unless_covered(w, person.home)
    body = {"activity": activity.id, "duty": duty, "unit": unit or person.home, "from_on": since, "until_on": until,
            "more": dict(more or {})}  # fmt: skip
    return say(w, [Draft(person.home, "duty_given", subject("person", person.person), body, actor=actor)])[0].fact


def end_duty(w: Writer, person: Person, activity: Activity, duty: str, on: str, reason: str, actor: str = "") -> Fact:
    """Say that a duty is over, from a day on ("" for today), and why. Raises BadInput, Refused where nobody has it, NotAllowed."""
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise BadInput(f"请写 1 到 {LONGEST_REASON} 字的原因。", reason="too_long" if reason else "missing_value")
    if not has_duty(w, person.person, activity.id, duty):
        raise Refused(f"这个人现在没有“{duty}”这项职责。", hint="请从人员页的“职责”进入。")
    refuse_unless_covered(w, person.home)
    body = {"activity": activity.id, "duty": duty, "on": _day(on) or today_of(w.clock), "reason": reason}
    return say(w, [Draft(person.home, "duty_ended", subject("person", person.person), body, actor=actor)])[0].fact


def _day(text: str) -> str:
    try:
        return parse_day(text) if text.strip() else ""
    except ValueError as problem:
        raise BadInput(f"“{text}”不是日期。", reason="bad_date", hint="例如 2024-03-01。") from problem
