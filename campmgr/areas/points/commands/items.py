"""`campmgr item`: report, pass, adopt, settle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from campmgr.areas.points.actions.adoptions import adopt, settle
from campmgr.areas.points.actions.items import Report, report_item
from campmgr.areas.points.actions.noted import match, refuse
from campmgr.areas.points.actions.passing import pass_items
from campmgr.areas.points.files.attachments import Packed, packed_in
from campmgr.areas.points.queries.items import ItemAccount, account_of, item_of, known_items
from campmgr.areas.points.queries.noted import noted_of
from campmgr.areas.points.rules.characters import SAID, counts_of
from campmgr.areas.points.settings import SORTS, Passing
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import activity_option, db_option, emit, json_option
from campmgr.clock import typed_instant, utc_text
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.finding import chosen_activity, find_unit, shown_code
from campmgr.settings.limits import Limits
from campmgr.store.door import Reader


@click.group()
def item() -> None:
    """宣传稿件：报送、审核、录用、核定。成批的用 campmgr import items 和 import adoptions。"""


@item.command("report")
@click.option("--unit", required=True, metavar="单位", help="哪个单位报送（代码、名称或识别号）。")
@click.option("--sort", required=True, metavar="类型", help=f"{'、'.join(SORTS)}。")
@click.option("--title", required=True, metavar="标题", help="稿件标题。")
@click.option("--event-on", default="", metavar="日期", help="事件哪天发生；信息必填，时限从那天算。")
@click.option("--sent-at", default="", metavar="时间", help="何时报送（默认现在）。")
@click.option(
    "--characters",
    default="",
    metavar="字数",
    help="字数，或稿件的文本文件（由程序数）；综合性原创文章必填，附件里有正文的不用写。",
)
@click.option(
    "--file", "file", type=click.Path(path_type=Path), metavar="文件.zip", help="附件：文字、图片打成的一个 zip，由程序数字数。"
)
@click.option("--urgent", is_flag=True, help="督查、会议等信息。")
@activity_option
@db_option
@json_option
def report(
    unit: str, characters: str, file: Path | None, activity: str, db: str | None, as_json: bool, **said: Any
) -> None:  # fmt: skip
    """报送一篇稿件；同一单位同一天同一标题的再报，就是修改。"""
    with writing(db) as w:
        world = worlds.load(w)
        found, of = chosen_activity(world, activity, "points"), find_unit(world, unit).unit
        packed = packed_in(file, world.rules[Limits].import_bytes) if file else Packed({}, "", "")
        said["sent_at"] = _moment(said["sent_at"]) or utc_text(w.clock.now())
        length = packed.characters or _characters(characters)
        about = Report(characters=length, file=packed.name, sha256=packed.sha256, source="command", **said)
        key, _ = report_item(w, found, of, about)
        account = account_of(w, found, known_items(w, [key])[key])
        data = _data(w, found, account)
    emit(data, as_json=as_json, text=lambda: _words(found, account))


@item.command("pass")
@click.argument("items", nargs=-1, required=True)
@click.option("--stage", type=int, required=True, help="第几级，从 1 起。")
@click.option("--back", is_flag=True, help="退回，而不是通过。")
@click.option("--reason", default="", help="退回的原因。")
@activity_option
@db_option
@json_option
def pass_(items: tuple[str, ...], stage: int, back: bool, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """审核几篇稿件：通过，或退回。"""
    with writing(db) as w:
        found = chosen_activity(worlds.load(w), activity, "points")
        keys = [item_of(w, found, each).item for each in items]
        said = pass_items(w, found, keys, stage, accepted=not back, reason=reason)
    done = "退回" if back else "通过"
    data = {"items": keys, "stage": stage, "accepted": not back, "facts": [each.fact.chain for each in said]}
    emit(data, as_json=as_json, text=lambda: f"已{done} {len(keys)} 篇。")


@item.command("adopt")
@click.argument("item_id", metavar="稿件")
@click.option("--outlet", required=True, metavar="媒体", help="被谁录用。")
@click.option("--on", required=True, metavar="日期", help="录用日期。")
@click.option("--link", default="", help="链接。")
@click.option("--class", "cls", type=int, default=0, help="类别 1–5；不写按载体分类表归类。")
@activity_option
@db_option
@json_option
def adopt_(item_id: str, outlet: str, on: str, link: str, cls: int, activity: str, db: str | None, as_json: bool) -> None:
    """登记一次录用。"""
    with writing(db) as w:
        found = chosen_activity(worlds.load(w), activity, "points")
        line = item_of(w, found, item_id)
        adopt(w, line, outlet, on, link=link, cls=cls)
        account = account_of(w, found, known_items(w, [line.item])[line.item])
        data = _data(w, found, account)
    emit(data, as_json=as_json, text=lambda: _words(found, account))


@item.command("settle")
@click.argument("item_id", metavar="稿件")
@click.option("--adoption", default="", metavar="编号", help="哪次录用（只有一次的可不写）。")
@click.option("--refuse", is_flag=True, help="不计分。")
@click.option("--reason", default="", help="不计分的原因。")
@activity_option
@db_option
@json_option
def settle_(item_id: str, adoption: str, refuse: bool, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """核定一次录用：计分，或不计分。"""
    with writing(db) as w:
        found = chosen_activity(worlds.load(w), activity, "points")
        line = item_of(w, found, item_id)
        meant = [each for each in account_of(w, found, line).adoptions if each.fact.startswith(adoption)]
        if len(meant) != 1:
            raise BadInput(
                f"这篇稿件有 {len(meant)} 次这样的录用。", reason="unknown_fact", hint="请写录用的编号，见 report item。"
            )
        settle(w, found, line, meant[0].fact, counts=not refuse, reason=reason)
        account = account_of(w, found, known_items(w, [line.item])[line.item])
        data = _data(w, found, account)
    emit(data, as_json=as_json, text=lambda: _words(found, account))


@item.command("match")
@click.argument("adoption", metavar="录用")
@click.option("--item", "item_id", default="", metavar="稿件", help="是哪篇稿件的（编号）。")
@click.option("--refuse", "refused", is_flag=True, help="不是哪篇稿件的：不计分。")
@click.option("--reason", default="", help="不是的原因。")
@activity_option
@db_option
@json_option
def match_(adoption: str, item_id: str, refused: bool, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """给没有对上稿件的录用对上一篇；编号见 report adoptions。"""
    if bool(item_id) == refused:
        raise BadInput("请写 --item 稿件编号，或 --refuse。", reason="wrong_usage")
    with writing(db) as w:
        found = chosen_activity(worlds.load(w), activity, "points")
        noted = noted_of(w, found, adoption)
        if refused:
            refuse(w, noted, reason)
        else:
            match(w, noted, item_of(w, found, item_id))
        told = noted_of(w, found, adoption)
    emit({"adoption": told.adoption, "state": told.state, "item": told.item or None, "reason": told.reason or None},
         as_json=as_json, text=lambda: "已注明不是哪篇稿件的。" if refused else "已对上稿件。")  # fmt: skip


def _characters(said: str) -> dict[str, int]:
    """A number, or what is counted in a text file; nothing for nothing. Raises BadInput."""
    if not said or said.isdecimal():
        return {SAID: int(said)} if said else {}
    try:
        return counts_of(Path(said).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInput(
            f"“{said[:60]}”不是字数，也不是读得出的文本文件。", reason="bad_number", hint="请写数字，或文本文件。"
        ) from problem


def _moment(text: str) -> str:
    if not text:
        return ""
    try:
        return utc_text(typed_instant(text))
    except ValueError as problem:
        raise BadInput(f"“{text[:40]}”不是时间。", reason="bad_date", hint="请写成 2022-03-06 23:30。") from problem


def _data(r: Reader, activity: Activity, account: ItemAccount) -> dict[str, Any]:
    line = account.line
    return {
        "item": line.item, "unit": shown_code(worlds.load(r), line.unit), "sort": line.sort, "title": line.title,
        "timely": not line.late, "last_day": line.last_day or None, "points": line.points,
        "because": [{"code": each.code, "on": each.day, "points": each.points, "sentence": each.sentence}
                    for each in account.because],
        "file": line.file or None, "state": line.state, "waits": line.waits_for(activity.rules[Passing]),
        "adoptions": [{"fact": each.fact, "outlet": each.outlet, "class": each.cls or None, "on": each.adopted_on,
                       "counts": each.settled != "refused"} for each in account.adoptions],
    }  # fmt: skip


def _words(activity: Activity, account: ItemAccount) -> str:
    line = account.line
    first = f"{line.item[:8]}  {line.sort}  {line.title}  {line.points} 分  {line.waits_for(activity.rules[Passing])}"
    return "\n".join([first, *(f"  {each.sentence}" for each in account.because)])


@click.command("item")
@click.argument("item_id", metavar="稿件")
@activity_option
@db_option
@json_option
def item_report(item_id: str, activity: str, db: str | None, as_json: bool) -> None:
    """一篇稿件的积分，每一分的来历。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "points")
        account = account_of(r, found, item_of(r, found, item_id))
        data = _data(r, found, account)
    emit(data, as_json=as_json, text=lambda: _words(found, account))
