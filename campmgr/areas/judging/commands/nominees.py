"""`campmgr awards nominees`, `rate`, `name`: the awards of people, teams and units."""

from __future__ import annotations

from typing import Any

import click

import campmgr.areas.judging.commands.award_publicity  # noqa: F401 - brings its own commands
from campmgr.accounts.queries import unit_name
from campmgr.areas.judging.actions.awards import round_asked
from campmgr.areas.judging.actions.nominees import as_person, as_team, as_unit, name_nominee, rate_unit
from campmgr.areas.judging.commands.awards import awards
from campmgr.areas.judging.queries.award_draft import draft_of, score_text
from campmgr.areas.judging.queries.judged import judged_in
from campmgr.areas.judging.queries.nominees import NomineesDraft, nominees_draft
from campmgr.areas.judging.rules.nominees import STEPS, Named, points_words
from campmgr.areas.people.queries.finding import find_person
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.finding import chosen_activity, find_unit
from campmgr.facts.world import World


@awards.command("nominees")
@click.argument("round_", metavar="[轮次]", default="")
@activity_option
@db_option
@json_option
def nominees(round_: str, activity: str, db: str | None, as_json: bool) -> None:
    """给人和单位的奖：各有多少件报送、入围、展播、获奖，得分，按规则会给谁。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "entries")
        name = round_asked(r, found, round_)
        draft = nominees_draft(r, world, found, draft_of(r, world, found, judged_in(r, world, found, name)))
    data = {"round": name, "people": _data(world, draft, draft.people), "units": _data(world, draft, draft.units),
            "ties": [{"award": cut.award, "slots": cut.left, "lines": list(cut.entries)}
                     for each in (draft.people, draft.units) for cut in each.filled.cuts]}  # fmt: skip
    heads = ("先后", "个人、团队或单位", *STEPS, "得分", "各项", "奖项")
    emit(data, as_json=as_json,
         text=lambda: "\n".join(table(heads, _lines(draft, each)) for each in (draft.people, draft.units) if each.placed)
         or "还没有报送的作品。")  # fmt: skip


@awards.command("rate")
@click.option("--unit", required=True, metavar="单位", help="代码、名称或识别号。")
@click.option("--part", "parts", multiple=True, required=True, metavar="项=分", help="如 组织=85，0 到 100；可写几次。")
@click.option("--reason", required=True, help="理由。")
@activity_option
@db_option
@json_option
def rate(unit: str, parts: tuple[str, ...], reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """给一个单位打分：数量由程序数，其余由主办单位打。"""
    points = dict(each.partition("=")[::2] for each in parts)
    with writing(db) as w:
        world = worlds.load(w)
        fact = rate_unit(w, chosen_activity(world, activity, "entries"), find_unit(world, unit).unit, points, reason)
    emit({"fact": fact.chain}, as_json=as_json, text=lambda: "已记下。")


@awards.command("name")
@click.option("--award", required=True, metavar="奖项", help="哪个奖。")
@click.option("--unit", default="", metavar="单位", help="给单位；有 --team 的，是团队所在的单位。")
@click.option("--person", default="", metavar="编号", help="给个人。")
@click.option("--team", default="", metavar="名称", help="给团队。")
@click.option("--reason", required=True, help="理由，会写进名单和纪要。")
@activity_option
@db_option
@json_option
def name_(award: str, unit: str, person: str, team: str, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """写明一个奖给谁、为什么：不按先后，或者不分先后时。"""
    if bool(person) == bool(unit):
        raise BadInput("请写明给谁。", reason="missing_value", hint="--person 个人，--unit 单位，或 --unit 和 --team 团队。")
    with writing(db) as w:
        world = worlds.load(w)
        found = chosen_activity(world, activity, "entries")
        if person:
            nominee = as_person(find_person(w, person))
        else:
            known = find_unit(world, unit).unit
            nominee = as_team(found, known, team) if team else as_unit(known)
        fact = name_nominee(w, found, nominee, award, reason)
    emit({"fact": fact.chain}, as_json=as_json, text=lambda: "已记下。")


def _data(world: World, draft: NomineesDraft, named: Named) -> list[dict[str, Any]]:
    got = {given.entry: given for given, _ in named.rows}
    return [
        {"place": each.place, "line": each.nominee.line, "sort": each.nominee.sort, "name": draft.names[each.nominee.line],
         "unit": unit_name(world, each.nominee.unit) if each.nominee.unit else "",
         **dict(zip(("handed_in", "shortlisted", "shown", "awarded"), each.numbers, strict=True)),
         "points": {part: None if points is None else f"{round(points) / 100:.2f}" for part, points in each.points.items()},
         "score": score_text(each.score) or None,
         "award": got[each.nominee.line].award if each.nominee.line in got else None,
         "note": (got[each.nominee.line].fit or None) if each.nominee.line in got else None}
        for each in named.placed
    ]  # fmt: skip


def _lines(draft: NomineesDraft, named: Named) -> list[tuple[object, ...]]:
    got = {given.entry: given.award for given, _ in named.rows}
    return [(each.place, draft.names[each.nominee.line], *each.numbers, score_text(each.score), points_words(each),
             got.get(each.nominee.line, "")) for each in named.placed]  # fmt: skip
