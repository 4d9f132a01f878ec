"""Putting a list up 公示, taking it down early, and the log of objections 异议. Only at the camp's root."""

from __future__ import annotations

from campmgr.areas.holidays.world import calendar_of
from campmgr.areas.prizes.actions.freezing import check_stands, root_only
from campmgr.areas.prizes.actions.lasting_words import stays_for_ever
from campmgr.areas.prizes.queries.prizes import prize_list
from campmgr.areas.prizes.queries.publicity import ListPublicity, Posting, publicity
from campmgr.areas.prizes.settings import COUNTED, LONGEST, Publicity
from campmgr.clock import later, parse_day, today_of
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.facts.wall import believed_today
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Reader, Writer

COUNTED_WORDS = {"working": "个工作日", "calendar": "个自然日"}


def planned(world: World, number: int, starts_on: str, days: int = 0, counted: str = "") -> Posting:
    """The publicity of a list from a day on; days and counting from the camp's rules unless said. Raises BadInput."""
    rules = world.rules[Publicity]
    days, counted = days or rules.days, counted or rules.counted
    if counted not in COUNTED or not 1 <= days <= LONGEST:
        raise BadInput(f"公示天数应为 1 到 {LONGEST} 天，按工作日或自然日计算。", reason="out_of_range", hint="请改一下天数再试。")
    try:
        starts_on = parse_day(starts_on)
        ends_on = calendar_of(world).last_day(starts_on, days, counted, first_counts=rules.first_day == "counts")
        shown_until = later(ends_on, rules.shown_after)
    except (ValueError, OverflowError) as problem:
        raise BadInput(f"“{starts_on}”不是日期。", reason="bad_date", hint="请写成 2023-07-03。") from problem
    return Posting(number, starts_on, ends_on, shown_until, f"{days} {COUNTED_WORDS[counted]}", rules.objections)


def to_post(r: Reader, world: World, number: int, starts_on: str = "", days: int = 0, counted: str = "") -> Posting:
    """What putting a list up would set; nothing is written.

    Raises BadInput, NotFound, NotAllowed, Refused for a time that is over already, or without a first day "doubtful_clock".
    """
    root_only(r, world)
    check_stands(prize_list(r, world, number))
    today = believed_today(r, starts_on)
    posting = planned(world, number, starts_on or today, days, counted)
    if posting.shown_until < today:
        raise Refused(f"这样算公示到 {posting.shown_until} 就结束了，已经过去。", reason="list_taken_down", hint="请改开始日期。")
    return posting


def post(
    w: Writer, number: int, starts_on: str = "", *, days: int = 0, counted: str = "", actor: str = "", client_id: str | None = None
) -> Posting:
    """Put a list up; said again, the new time stands instead of the old. Its end is settled now, whatever calendar comes later.

    Raises as `to_post`.
    """
    world = worlds.load(w)
    posting = to_post(w, world, number, starts_on, days, counted)
    body = {"number": number, "starts_on": posting.starts_on, "ends_on": posting.ends_on, "shown_until": posting.shown_until,
            "counted": posting.counted, "how": posting.how}  # fmt: skip
    _say(w, world, number, "list_posted", body, actor, client_id)
    return posting


def take_down(w: Writer, number: int, reason: str, actor: str = "", client_id: str | None = None) -> None:
    """Take a list down before its time. Raises Refused when it is not up, BadInput without a reason."""
    world = worlds.load(w)
    root_only(w, world)
    prize_list(w, world, number)
    check_up(publicity(w, number), today_of(w.clock))
    _say(w, world, number, "list_taken_down", {"number": number, "reason": stays_for_ever(reason, "撤下的原因")}, actor, client_id)


def check_up(found: ListPublicity, today: str) -> None:
    """Raises Refused for a list that is not up and will not be: there is nothing to take down."""
    if found.phase(today) in {"none", "down", "void"}:
        raise Refused("这份名单现在没有公示。", reason="list_taken_down", hint="不需要撤下。")


def object_to(
    w: Writer,
    number: int,
    matter: str,
    *,
    work: str = "",
    way: str = "",
    on: str = "",
    actor: str = "",
    client_id: str | None = None,
) -> Fact:
    """Log an objection: the matter alone. Who objects and how to reach them does not belong into a record that is never erased.

    Raises NotFound for a list or work that is not there, BadInput for an empty matter or one that holds a telephone number.
    """
    world = worlds.load(w)
    check_objection(w, world, number, matter, work=work, on=on)
    body = {"number": number, "work": work, "way": way.strip()[:40], "matter": stays_for_ever(matter, "异议的内容")}
    return _say(w, world, number, "objection_raised", body, actor, client_id, _day(on) if on else today_of(w.clock))


def check_objection(r: Reader, world: World, number: int, matter: str, *, work: str = "", on: str = "") -> None:
    """Look whether an objection may be logged; nothing is written. Raises as `object_to`."""
    root_only(r, world)
    listed = prize_list(r, world, number)
    check_stands(listed)
    if work and work not in {row.work for row in (*listed.rows, *listed.frozen_rows)} | {
        str(each[0]) for each in listed.content["excluded"]
    }:
        raise NotFound("名单上没有这件作品。", reason="unknown_work", hint="请从名单上选择，或不选作品。")
    if on and _day(on) > today_of(r.clock):
        raise BadInput("收到异议的日期还没有到。", reason="bad_date", hint="请核对日期。")
    stays_for_ever(matter, "异议的内容")


def answer(
    w: Writer, number: int, objection: str, *, upheld: bool, words: str, actor: str = "", client_id: str | None = None
) -> Fact:
    """Answer an objection; answered again, the last answer stands. Raises NotFound, BadInput."""
    world = worlds.load(w)
    root_only(w, world)
    if objection not in {each.fact for each in publicity(w, number).objections}:
        raise NotFound("没有这条异议。", reason="unknown_fact", hint="请从异议登记里选择。")
    body = {"objection": objection, "upheld": upheld, "answer": check_answer(words)}
    return _say(w, world, number, "objection_answered", body, actor, client_id)


def check_answer(words: str) -> str:
    """An answer as it would be kept; nothing is written. Raises BadInput."""
    return stays_for_ever(words, "答复")


def _say(
    w: Writer, world: World, number: int, kind: str, body: dict[str, object], actor: str, client_id: str | None, on: str = ""
) -> Fact:
    about = subject("list", str(number))
    draft = Draft(world.root_unit, kind, about, body, actor=actor, client_id=client_id, happened_on=on)
    return say(w, [draft])[0].fact


def _day(text: str) -> str:
    try:
        return parse_day(text)
    except ValueError as problem:
        raise BadInput(f"“{text}”不是日期。", reason="bad_date", hint="请写成 2023-07-03。") from problem
