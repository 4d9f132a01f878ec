"""`campmgr handin`: a unit's batch shown, closed, opened again, exported, verified."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from campmgr.areas.entries.actions.handing_in import Closing, close_batch, preview, reopen_batch, take_late
from campmgr.areas.entries.commands.checking import SORT, finding_data
from campmgr.areas.entries.files.batch_folder import batch_sent, write_batch
from campmgr.areas.entries.queries.handins import HandIn, closed_in, handin_of, handins_of, versions_of
from campmgr.areas.entries.rules.batch import mail_titles
from campmgr.areas.people.queries.finding import find_person
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.config import data_file
from campmgr.errors import Refused
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.finding import chosen_activity, find_unit


@click.group()
def handin() -> None:
    """作品报送批次：查看、结批、重新打开、导出、核对。"""


@handin.command("show")
@click.argument("unit", metavar="单位")
@click.argument("window", required=False, default="", metavar="窗口")
@activity_option
@db_option
@json_option
def show(unit: str, window: str, activity: str, db: str | None, as_json: bool) -> None:
    """一个单位各窗口的批次；不写窗口时，先列出现在结批会怎样。"""
    with reading(db) as (r, world):
        found, of = chosen_activity(world, activity, SORT), find_unit(world, unit)
        if window:
            one = handin_of(r, world, found, of.unit, window)
            data = handin_data(found, one) | {"versions": [_version(each) for each in versions_of(r, found, one)]}
            emit(data, as_json=as_json, text=lambda: _text(found, one))
            return
        shown, known = preview(r, found, of), handins_of(r, world, found, of.unit)
    data = {
        "windows": [handin_data(found, each) for each in known], "now": shown.placed.window.name if shown.placed.window else None,
        "late_to": shown.placed.late or None, "sentence": shown.placed.sentence,
        "going": [{"entry": each.id, "title": each.title, "class": each.kind} for each in shown.going],
        "staying": [{"entry": each.id, "title": each.title, "findings": [finding_data(one) for one in each.findings]}
                    for each in shown.staying],
    }  # fmt: skip
    rows = [(each.window.words, each.window.opens, each.window.closes_words, _STATES[each.state], len(each.rows)) for each in known]
    told = f"现在结批：{len(shown.going)} 件报送，{len(shown.staying)} 件不合格。{shown.placed.sentence}"
    emit(data, as_json=as_json, text=lambda: table(("窗口", "打开", "截止", "状态", "件数"), rows) + f"\n{told}")


_STATES = {"open": "未结批", "closed": "已结批", "reopened": "重新打开"}


@handin.command("close")
@click.argument("unit", metavar="单位")
@click.argument("window", required=False, default="", metavar="窗口")
@click.option("--contact", required=True, metavar="编码", help="联系人的 16 位编码或唯一的编号。")
@click.option("--share", default="", metavar="网址", help="网盘共享链接（不写为邮件附件）。")
@click.option("--password", default="", help="共享链接的提取码；只存在这台电脑，不进账本。")
@click.option("--address", default="", metavar="地址", help="汇总表表头里的通讯地址；只存在这台电脑，下次不用再写。")
@click.option("--agree", is_flag=True, help="已逐项确认承诺。")
@activity_option
@db_option
@json_option
def close(
    unit: str,
    window: str,
    contact: str,
    share: str,
    password: str,
    address: str,
    agree: bool,
    activity: str,
    db: str | None,
    as_json: bool,
) -> None:
    """结批：把合格的作品固定成一批，编号、摘要、封签。"""
    with writing(db) as w:
        world = worlds.load(w)
        found, of = chosen_activity(world, activity, SORT), find_unit(world, unit)
        closing = Closing(find_person(w, contact), share, password, window, agree, address)
        fact = close_batch(w, found, of, closing)
        body = handin_of(w, worlds.load(w), found, of.unit, _window_of(w, found, of.unit, fact.subject))
    emit(handin_data(found, body), as_json=as_json, text=lambda: _text(found, body))


def _window_of(r: Any, activity: Activity, unit: str, about: str) -> str:
    world = worlds.load(r)
    return next(each.window.name for each in handins_of(r, world, activity, unit) if about.endswith(each.id))


@handin.command("reopen")
@click.argument("unit", metavar="单位")
@click.argument("window", metavar="窗口")
@click.option("--reason", required=True, help="原因。")
@activity_option
@db_option
@json_option
def reopen(unit: str, window: str, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """重新打开一批；已经报送的那一版留在历史里。"""
    with writing(db) as w:
        world = worlds.load(w)
        found, of = chosen_activity(world, activity, SORT), find_unit(world, unit)
        fact = reopen_batch(w, found, handin_of(w, world, found, of.unit, window), reason)
    emit({"fact": fact.chain}, as_json=as_json, text=lambda: "已重新打开；改好以后请再结批。")


@handin.command("allow")
@click.argument("unit", metavar="单位")
@click.argument("window", metavar="窗口")
@click.option("--reason", required=True, help="原因，报送单位看得到。")
@activity_option
@db_option
@json_option
def allow(unit: str, window: str, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """主办单位同意一个单位补报已经截止的窗口；那一批注明晚报。"""
    with writing(db) as w:
        world = worlds.load(w)
        found, of = chosen_activity(world, activity, SORT), find_unit(world, unit)
        fact = take_late(w, found, of, window, reason)
    emit({"fact": fact.chain}, as_json=as_json, text=lambda: f"已同意{of.name}补报；数据传到那里以后就可以结批。")


@handin.command("export")
@click.argument("unit", metavar="单位")
@click.argument("window", metavar="窗口")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="文件夹", help="写到哪个文件夹。")
@click.option("--address", default="", help="表头里的通讯地址（默认结批时写的）。")
@activity_option
@db_option
@json_option
def export(unit: str, window: str, out: Path, address: str, activity: str, db: str | None, as_json: bool) -> None:
    """导出一批：汇总表（.xlsx 和 PDF）、邮件标题和正文、编好号的作品文件。"""
    with reading(db) as (r, world):
        found, of = chosen_activity(world, activity, SORT), find_unit(world, unit)
        one = closed(handin_of(r, world, found, of.unit, window))
        sent = batch_sent(r, world, found, one, address)
    missing = write_batch(sent, found, out, data_file(db))
    data = {"out": str(out), "rows": len(one.rows), "files": len(sent.mail.files) - len(missing), "missing": list(missing)}
    told = f"已写入 {out}：{len(one.rows)} 件作品。" + (f"不在本机的文件：{'、'.join(missing)}" if missing else "")
    emit(data, as_json=as_json, text=lambda: told)


@handin.command("verify")
@click.argument("unit", metavar="单位")
@click.argument("window", metavar="窗口")
@activity_option
@db_option
@json_option
def verify(unit: str, window: str, activity: str, db: str | None, as_json: bool) -> None:
    """核对一批的每一版：由账本重算摘要，与当时的比对。"""
    with reading(db) as (r, world):
        found, of = chosen_activity(world, activity, SORT), find_unit(world, unit)
        versions = versions_of(r, found, handin_of(r, world, found, of.unit, window))
    rows = [(each.at, each.count, each.digest[:16], "相符" if each.equal else "不符") for each in versions]
    data = {"versions": [_version(each) for each in versions], "equal": all(each.equal for each in versions)}
    emit(data, as_json=as_json, text=lambda: table(("结批", "件数", "摘要", ""), rows) if rows else "还没有结过批。")


def closed(handin: HandIn) -> HandIn:
    """A batch that is closed. Raises Refused for another."""
    if handin.state != "closed":
        raise Refused("这一批还没有结批。", hint="请先结批，再导出。")
    return handin


def _version(each: Any) -> dict[str, Any]:
    return {"at": each.at, "rows": each.count, "digest": each.digest, "equal": each.equal}


def handin_data(activity: Activity, one: HandIn) -> dict[str, Any]:
    """A batch as JSON."""
    titles = mail_titles(activity.rules, [row.kind for row in one.rows], one.unit_name)
    return {
        "activity": activity.id, "unit": one.unit_name, "window": one.window.name, "opens": one.window.opens or None,
        "closes": one.window.until.last.isoformat() if one.window.until else None, "late_to": one.late or None, "state": one.state,
        "entries": [{"number": row.number, "entry": row.entry, "title": row.title, "class": row.kind} for row in one.rows],
        "titles": [{"class": each.kind or None, "title": each.title} for each in titles],
        "closed_on": one.sent_on or None, "digest": one.digest or None,
    }  # fmt: skip


def _text(activity: Activity, one: HandIn) -> str:
    rows = [(row.number, row.title, row.kind, row.sub) for row in one.rows]
    head = f"{one.unit_name} {one.window.words}：{_STATES[one.state]}"
    titles = [f"标题：{each.title}" for each in mail_titles(activity.rules, [row.kind for row in one.rows], one.unit_name)]
    return "\n".join([head, table(("序号", "作品", "类型", "形式"), rows), *titles, f"摘要：{one.digest}"]) if rows else head


@click.command()
@activity_option
@db_option
@json_option
def report(activity: str, db: str | None, as_json: bool) -> None:
    """收到的批次：哪些单位结了哪个窗口的批，几件作品，摘要。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, SORT)
        batches = closed_in(r, world, found)
    rows = [(each.unit_name, each.window.words, len(each.rows), each.sent_on, each.digest[:16]) for each in batches]
    emit({"batches": [handin_data(found, each) for each in batches]}, as_json=as_json,
         text=lambda: table(("单位", "窗口", "件数", "结批", "摘要"), rows) if rows else "还没有收到。")  # fmt: skip
