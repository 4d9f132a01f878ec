"""Putting an award list up 公示, taking it down early, and the log of objections 异议."""

from __future__ import annotations

from typing import Any

from campmgr.areas.holidays.world import calendar_of
from campmgr.areas.judging.fold.awards import list_key
from campmgr.areas.judging.queries.award_lists import award_list
from campmgr.areas.judging.queries.award_publicity import AwardPosting, publicity_of
from campmgr.areas.judging.settings import Publicity
from campmgr.areas.prizes.actions.lasting_words import stays_for_ever
from campmgr.areas.prizes.actions.publicity import COUNTED_WORDS
from campmgr.clock import later, parse_day, today_of
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.saying import say
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Reader, Writer


def planned_posting(r: Reader, world: World, activity: Activity, starts_on: str = "") -> AwardPosting:
    """When a list would be up by the rules, from a day on (today). Raises BadInput for what is no day, Refused for a time that is
    over.
    """
    rules, today = activity.rules[Publicity], today_of(r.clock)
    try:
        first = parse_day(starts_on) if starts_on else today
        last = calendar_of(world).last_day(first, rules.days, rules.counted, first_counts=rules.first_day == "counts")
        until = later(last, rules.shown_after)
    except (ValueError, OverflowError) as problem:
        raise BadInput(f"“{starts_on}”不是日期。", reason="bad_date", hint="请写成 2024-10-08。") from problem
    if until < today:
        raise Refused(f"这样算公示到 {until} 就结束了，已经过去。", reason="list_taken_down", hint="请改开始日期。")
    return AwardPosting(first, last, until, f"{rules.days} {COUNTED_WORDS[rules.counted]}", rules.objections)


def post_awards(
    w: Writer, activity: Activity, number: int, starts_on: str = "", actor: str = "", client_id: str | None = None
) -> AwardPosting:
    """Put a list up; said again, the new time stands. Its end is settled now, whatever calendar comes later.

    Raises as `planned_posting`.
    """
    world = worlds.load(w)
    award_list(w, world, activity, number)
    posting = planned_posting(w, world, activity, starts_on)
    _say(w, activity, number, "awards_posted", posting._asdict(), actor, client_id)
    return posting


def take_awards_down(
    w: Writer, activity: Activity, number: int, reason: str, actor: str = "", client_id: str | None = None
) -> Fact:
    """Take a list down before its time. Raises Refused when it is not up, BadInput without a reason."""
    listed = award_list(w, worlds.load(w), activity, number)
    if publicity_of(w, activity, listed).phase(today_of(w.clock)) in {"none", "down"}:
        raise Refused("这份名单现在没有公示。", reason="list_taken_down", hint="不需要撤下。")
    return _say(w, activity, number, "awards_taken_down", {"reason": stays_for_ever(reason, "撤下的原因")}, actor, client_id)


def object_to_awards(
    w: Writer, activity: Activity, number: int, matter: str, *, line: str = "", way: str = "", actor: str = "",
    client_id: str | None = None,
) -> Fact:  # fmt: skip
    """Log an objection: the matter alone, never who objects. Raises NotFound for a line that is not there, BadInput."""
    listed = award_list(w, worlds.load(w), activity, number)
    if line and line not in {row.line for row in (*listed.frozen_rows, *listed.now.rows)} | {
        str(each[0]) for each in listed.content["excluded"]
    }:
        raise NotFound("名单上没有这件作品。", reason="unknown_work", hint="请从名单上选择，或不选。")
    body = {"line": line, "way": way.strip()[:40], "matter": stays_for_ever(matter, "异议的内容")}
    return _say(w, activity, number, "award_objection_raised", body, actor, client_id)


def answer_objection(
    w: Writer, activity: Activity, number: int, objection: str, *, upheld: bool, words: str, actor: str = ""
) -> Fact:
    """Answer an objection; answered again, the last answer stands. Raises NotFound, BadInput."""
    listed = award_list(w, worlds.load(w), activity, number)
    if objection not in {each.fact for each in publicity_of(w, activity, listed).objections}:
        raise NotFound("没有这条异议。", reason="unknown_fact", hint="请从异议登记里选择。")
    body = {"objection": objection, "upheld": upheld, "answer": stays_for_ever(words, "答复")}
    return _say(w, activity, number, "award_objection_answered", body, actor, None)


def _say(w: Writer, activity: Activity, number: int, kind: str, body: dict[str, Any], actor: str, client_id: str | None) -> Fact:
    about, told = subject("list", list_key(activity.id, number)), {"activity": activity.id, "number": number} | body
    return say(w, [Draft(activity.host, kind, about, told, actor=actor, client_id=client_id)])[0].fact
