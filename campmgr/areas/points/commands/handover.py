"""`campmgr points propose`, `agree`: another correspondent of a unit."""

from __future__ import annotations

import click

from campmgr.areas.points.actions.handover import Proposal, agree, propose, refuse_proposal
from campmgr.areas.points.queries.roster import agreeing
from campmgr.areas.points.queries.rows import row_of
from campmgr.cli.opened import writing
from campmgr.cli.output import activity_option, db_option, emit, json_option
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.finding import chosen_activity, find_unit


@click.command("propose")
@click.option("--unit", required=True, metavar="单位", help="哪个单位。")
@click.option("--name", required=True, metavar="姓名", help="提谁当宣传员。")
@click.option("--post", default="", metavar="职务", help="职务。")
@click.option("--phone", default="", metavar="电话", help="联系电话。")
@click.option("--from", "from_on", required=True, metavar="日期", help="从哪天起。")
@click.option("--follows", default="", metavar="人员", help="接替谁（人员编号，见 report roster）；不写是增加一位。")
@click.option("--full-time", is_flag=True, help="专职。")
@activity_option
@db_option
@json_option
def propose_(
    unit: str, name: str, post: str, phone: str, from_on: str, follows: str, full_time: bool, activity: str, db: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """提出一位宣传员；部门负责人、分管领导都同意以后才换。"""
    with writing(db) as w:
        world = worlds.load(w)
        found = chosen_activity(world, activity, "points")
        of = row_of(w, world, found, find_unit(world, unit).unit).unit.unit
        person = propose(w, found, of, Proposal(name, post, phone, from_on, follows, full_time))
        posts = agreeing(found)
    emit(
        {"person": person, "waits_for": list(posts)},
        as_json=as_json,
        text=lambda: f"已提出（{person}），等{'、'.join(posts)}同意。",
    )


@click.command("agree")
@click.argument("person", metavar="人员")
@click.option("--unit", required=True, metavar="单位", help="哪个单位。")
@click.option("--by", "post", default="", metavar="职务", help="谁同意：部门负责人、分管领导。")
@click.option("--refuse", "refused", is_flag=True, help="不同意。")
@click.option("--reason", default="", help="不同意的原因。")
@activity_option
@db_option
@json_option
def agree_(person: str, unit: str, post: str, refused: bool, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """同意一位提出的宣传员，或不同意；都同意了就换人，被接替的到前一天为止。"""
    if bool(post) == refused:
        raise BadInput("请写 --by 谁同意，或 --refuse。", reason="wrong_usage")
    with writing(db) as w:
        world = worlds.load(w)
        found = chosen_activity(world, activity, "points")
        of = row_of(w, world, found, find_unit(world, unit).unit).unit.unit
        left: tuple[str, ...] = ()
        if refused:
            refuse_proposal(w, found, of, person, reason)
        else:
            left = agree(w, found, of, person, post)
    words = "已注明不同意。" if refused else f"已同意，还等{'、'.join(left)}。" if left else "都已同意，已换人。"
    emit({"person": person, "agreed": not refused, "waits_for": list(left)}, as_json=as_json, text=lambda: words)
