"""`campmgr awards publish | take-down | objections | object | answer`: what becomes of an award list that was frozen."""

from __future__ import annotations

from typing import Any

import click

from campmgr.areas.judging.actions.award_publicity import answer_objection, object_to_awards, post_awards, take_awards_down
from campmgr.areas.judging.commands.awards import awards
from campmgr.areas.judging.queries.award_lists import AwardList, award_list
from campmgr.areas.judging.queries.award_publicity import PHASES, AwardObjection, AwardPosting, AwardPublicity, publicity_of
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.finding import chosen_activity
from campmgr.store.door import Reader

_number = click.argument("number", type=click.IntRange(1, 1_000_000))


@awards.command("publish")
@_number
@click.option("--from", "starts_on", default="", metavar="日期", help="从哪天起（默认今天）。")
@activity_option
@db_option
@json_option
def publish(number: int, starts_on: str, activity: str, db: str | None, as_json: bool) -> None:
    """公示一份获奖名单；截止日当时按规则算定，期满以后继续展示到规则写的那天。"""
    with writing(db) as w:
        posting = post_awards(w, chosen_activity(worlds.load(w), activity, "entries"), number, starts_on)
    emit({"number": number, **posting._asdict()}, as_json=as_json, text=lambda: _posting_words(number, posting))


@awards.command("take-down")
@_number
@click.option("--reason", required=True, metavar="原因", help="为什么提前撤下。")
@activity_option
@db_option
@json_option
def take_down(number: int, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """提前撤下公示。"""
    with writing(db) as w:
        found = chosen_activity(worlds.load(w), activity, "entries")
        take_awards_down(w, found, number, reason)
        data = _told(w, found, number)
    emit(data, as_json=as_json, text=lambda: f"第 {number} 号名单已撤下。")


@awards.command("objections")
@_number
@activity_option
@db_option
@json_option
def objections(number: int, activity: str, db: str | None, as_json: bool) -> None:
    """一份获奖名单的公示情况和全部异议。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "entries")
        listed = award_list(r, world, found, number)
        told, today = publicity_of(r, found, listed), today_of(r.clock)
    emit(_data(listed, told, today), as_json=as_json, text=lambda: _words(listed, told, today))


@awards.command("object")
@_number
@click.option("--matter", required=True, metavar="内容", help="只写奖项、作品和理由；不写提出人的姓名、电话。")
@click.option("--line", default="", metavar="作品", help="关于名单上的哪一个（awards show --json 里的 entry，或单位的 id）。")
@click.option("--way", default="", metavar="方式", help="来信、电话、当面……")
@activity_option
@db_option
@json_option
def object_(number: int, matter: str, line: str, way: str, activity: str, db: str | None, as_json: bool) -> None:
    """登记一条异议。"""
    with writing(db) as w:
        found = chosen_activity(worlds.load(w), activity, "entries")
        fact = object_to_awards(w, found, number, matter, line=line, way=way).chain
    emit({"number": number, "objection": fact}, as_json=as_json, text=lambda: f"已登记，编号 {fact[:12]}。")


@awards.command("answer")
@_number
@click.argument("objection", metavar="异议编号")
@click.option("--upheld/--rejected", required=True, help="异议成立，或不成立。")
@click.option("--words", required=True, metavar="答复", help="核实的情况和处理。")
@activity_option
@db_option
@json_option
def answer(number: int, objection: str, words: str, activity: str, db: str | None, *, upheld: bool, as_json: bool) -> None:
    """答复一条异议；再答复一次，以最后一次为准。"""
    with writing(db) as w:
        found = chosen_activity(worlds.load(w), activity, "entries")
        answer_objection(w, found, number, _objection(w, found, number, objection), upheld=upheld, words=words)
        data = _told(w, found, number)
    more = "名单的改动请用 campmgr awards amend。" if upheld else ""
    emit(data, as_json=as_json, text=lambda: f"已答复。{more}")


def _told(r: Reader, activity: Activity, number: int) -> dict[str, Any]:
    listed = award_list(r, worlds.load(r), activity, number)
    return _data(listed, publicity_of(r, activity, listed), today_of(r.clock))


def _objection(r: Reader, activity: Activity, number: int, text: str) -> str:
    """The objection of an id, or of the first eight or more characters of one. Raises NotFound, BadInput."""
    every = publicity_of(r, activity, award_list(r, worlds.load(r), activity, number)).objections
    found = [each.fact for each in every if len(text) >= 8 and each.fact.startswith(text.lower())]
    if len(found) > 1:
        raise BadInput(f"以“{text}”开头的异议不止一条。", reason="unknown_fact", hint="请多写几位。")
    if not found:
        raise NotFound(f"没有编号以“{text}”开头的异议。", reason="unknown_fact", hint="编号见 campmgr awards objections。")
    return found[0]


def _data(listed: AwardList, told: AwardPublicity, today: str) -> dict[str, Any]:
    return {
        "number": listed.number, "phase": told.phase(today), "posting": told.posting and told.posting._asdict(),
        "taken_down_on": told.down_on or None, "taken_down_for": told.down_for or None,
        "objections": [_one(listed, each) for each in told.objections],
    }  # fmt: skip


def _one(listed: AwardList, each: AwardObjection) -> dict[str, Any]:
    return {"objection": each.fact, "on": each.raised_on, "line": each.line or None,
            "title": listed.title(each.line) if each.line else None, "way": each.way or None, "matter": each.matter,
            "state": each.state, "answer": each.answer or None, "answered_on": each.answered_on or None,
            "late": each.late}  # fmt: skip


def _words(listed: AwardList, told: AwardPublicity, today: str) -> str:
    said = [PHASES[told.phase(today)], *([_posting_words(listed.number, told.posting)] if told.posting else [])]
    if told.down_on:
        said.append(f"{told.down_on} 提前撤下：{told.down_for}")
    rows = [(each.fact[:12], each.raised_on, each.way, listed.title(each.line) if each.line else "", each.matter, each.words,
             each.answer) for each in told.objections]  # fmt: skip
    heads = ("编号", "收到", "方式", "作品", "内容", "处理", "答复")
    return "\n".join([*said, table(heads, rows) if rows else "没有异议。"])


def _posting_words(number: int, posting: AwardPosting) -> str:
    return f"第 {number} 号名单公示 {posting.starts_on} 至 {posting.ends_on}（{posting.counted}），展示到 {posting.shown_until}。"
