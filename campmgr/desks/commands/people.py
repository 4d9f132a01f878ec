"""`campmgr mark`, `person`, `withdraw`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from campmgr.accounts.kept_files import forget_all
from campmgr.areas.hours.actions import corrections
from campmgr.areas.hours.actions.marks import MarkRow
from campmgr.areas.hours.actions.marks import mark as record_mark
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.people.actions import people as actions
from campmgr.areas.people.actions.carrying_over import CarriedLine, ClassChoice, carried_lines, carry_over
from campmgr.areas.people.actions.leaving import leave as leave_camp
from campmgr.areas.people.actions.retention import erase_retained
from campmgr.areas.people.local import note_look
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.people.queries.looks import COMMAND_LINE
from campmgr.areas.people.queries.mentions import Mention, mentions
from campmgr.areas.people.queries.retention import Retention, retention
from campmgr.areas.people.queries.taking_part import left_classes
from campmgr.cli.opened import camp_of, opened, press_for, reading, writing
from campmgr.cli.output import camp_option, db_option, emit, json_option, present_camp_option, table
from campmgr.desks.actions import withdrawing
from campmgr.desks.commands.shapes import hours_data, person_data
from campmgr.desks.files.own_copy import copy_paper
from campmgr.desks.files.receipt import receipt_paper
from campmgr.desks.queries.histories import HistoryLine, history_lines
from campmgr.desks.queries.own_copy import own_copy
from campmgr.desks.queries.person import PersonPage, person_page
from campmgr.desks.queries.receipts import erasure_receipt
from campmgr.errors import BadInput
from campmgr.facts.earlier import drop_stale
from campmgr.facts.finding import find_unit, shown_code
from campmgr.facts.world import World
from campmgr.facts.world import load as world_of
from campmgr.files.official_book import write_paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.files.whole_file import whole_file
from campmgr.ids import random_id
from campmgr.masks import mask_phone
from campmgr.settings.terms import say
from campmgr.wording import hours_text

_CERTIFICATES = {"valid": "有效", "revoked": "已撤销", "superseded": "已换发"}
_STATES = {"recorded": "已登记", "known": "本来就有，没有重复登记", "pending": "已暂存：这里不认识此人，由上级转给其所在单位"}


@click.command()
@click.option("--person", required=True, metavar="编码", help="16 位编码，或在本营唯一的编号。")
@click.option("--lesson", default="", metavar="课程", help="课程编号。")
@click.option("--minutes", type=int, metavar="分钟", help="学习分钟数（不写表示学完）。")
@click.option("--sign-in", "condition", flag_value="sign_in", help="签到。")
@click.option("--daily-scan", "condition", flag_value="daily_scan", help="每日扫码。")
@click.option("--follow", "condition", flag_value="follow", help="关注并预约。")
@click.option("--on", "day", default="", metavar="日期", help="哪一天（默认今天）。")
@present_camp_option
@db_option
@json_option
def mark(person: str, lesson: str, minutes: int | None, condition: str | None, day: str, db: str | None, as_json: bool) -> None:
    """登记一次学习，或签到、每日扫码、关注。再登记一次同样的不会重复。"""
    if bool(lesson) == bool(condition):
        raise BadInput("请写明课程（--lesson），或签到、每日扫码、关注之一。", reason="wrong_usage")
    if condition and minutes is not None:
        raise BadInput("签到、每日扫码和关注没有分钟数。", reason="wrong_usage", hint="请去掉 --minutes，或写明课程。")
    with writing(db) as w:
        marked = record_mark(w, person, MarkRow(day, lesson, condition or "", minutes, "hand"))
    data = {"fact": marked.fact, "person": marked.person, "credited": hours_text(marked.credited), "state": marked.state}
    emit(data, as_json=as_json, text=lambda: f"{_STATES[marked.state]}。现有 {hours_text(marked.credited)} 课时。")


@click.group()
def person() -> None:
    """人员。"""


@person.command("show")
@click.argument("code")
@click.option("--phone", "whole", is_flag=True, help="手机号写全，并记进“查看记录”；不写时中间四位打码。")
@camp_option
@db_option
@json_option
def show_(code: str, whole: bool, db: str | None, as_json: bool) -> None:
    """一个人的全部记录：课时和原因、签到、证书、历史。"""
    if whole:
        with writing(db) as w:
            who = find_person(w, code)
            note_look(w, "phone", who.person, who.home, COMMAND_LINE)
    with reading(db) as (r, world):
        page = person_page(r, world, code)
        history = history_lines(r, world, page.history)
    data = person_data(world, page, str if whole else mask_phone)
    emit(data, as_json=as_json, text=lambda: _page_text(world, page, history, data["phone"]))


def _page_text(world: World, page: PersonPage, history: Sequence[HistoryLine], phone: str) -> str:
    who, hours = page.hours.person, page.hours
    lines = [
        f"{who.shown_name}  编码 {who.code}  编号 {who.number or '（无）'}  单位 {shown_code(world, who.home)}  {who.kind}"
        + (f"  手机号 {phone}" if phone else ""),
        f"课时 {hours_text(hours.credit.total)} / {hours_text(hours.readiness.required)}  {'已签到' if hours.signed_in else '未签到'}",
    ]
    lines += [f"  {each.sentence}" for each in hours.readiness.because]
    lines.append(table(("课程", "分钟", "课时", "说明"), [
        (each.lesson, each.minutes, hours_text(each.credited), "".join(reason.sentence for reason in each.because))
        for each in hours.credit.lessons]))  # fmt: skip
    lines.append("签到等：" + ("、".join(f"{say(CONDITIONS, what)} {day}" for what, day in page.conditions) or "（无）"))
    certificates = [
        f"{each.number}（{'，'.join(filter(None, (_CERTIFICATES.get(each.state, each.state), each.issued_on, each.camp)))}）"
        for each in page.certificates
    ]
    lines.append("证书：" + ("、".join(certificates) or "（无）"))
    lines.append(table(("记录", "日期", "类型", "内容", "", "登记人", "录入时间"), [
        (each.fact[:12], each.day, each.what, each.detail, "" if each.stands else "已更正或撤回", each.who, each.recorded_at)
        for each in history]))  # fmt: skip
    return "\n".join(lines)


@person.command("carry-over")
@click.option("--unit", required=True, metavar="单位", help="单位代码。")
@click.option("--class", "classes", multiple=True, metavar="班级", help="上一届的班级；升了年级写成 三年1班=四年1班。可以写多次。")
@click.option("--all", "everyone", is_flag=True, help="本单位还没有带入的所有班级，班名不变。")
@click.option("--dry-run", is_flag=True, help="只看会带入谁，不写入。")
@present_camp_option
@db_option
@json_option
def carry_over_(unit: str, classes: tuple[str, ...], everyone: bool, dry_run: bool, db: str | None, as_json: bool) -> None:
    """把上一届的人带入本届：课时和证书从零开始；整批可以用 campmgr withdraw 撤回。"""
    if bool(classes) == everyone:
        raise BadInput("请写明班级（--class），或用 --all 带入所有班级。", reason="wrong_usage")
    batch = random_id()
    with writing(db) as w:
        home = find_unit(world_of(w), unit).unit
        named = [each.partition("=") for each in classes] if classes else [(each.name, "", "") for each in left_classes(w, home)]
        lines = carried_lines(w, home, [ClassChoice(name.strip(), to.strip()) for name, _, to in named])
        count = sum(len(each.people) for each in lines) if dry_run else carry_over(w, lines, batch)
    data = {"carried": count, "batch": batch if count and not dry_run else None,
            "classes": [{"name": each.name, "to": each.to or each.name, "people": len(each.people)} for each in lines]}  # fmt: skip
    emit(data, as_json=as_json, text=lambda: _carried_text(lines, count, data["batch"]))


def _carried_text(lines: Sequence[CarriedLine], count: int, batch: object) -> str:
    told = table(
        ("上一届的班级", "本届的班级", "人数"), [(each.name or "（无）", each.to or each.name, len(each.people)) for each in lines]
    )
    return f"{told}\n" + (f"已带入 {count} 人，批次 {batch}。" if batch else f"{count} 人会带入，还没有写入。")


@person.command()
@click.argument("code")
@click.option("--to", "unit", required=True, metavar="单位", help="新单位的代码。")
@click.option("--on", "day", default="", metavar="日期", help="从哪一天起（默认今天）。")
@db_option
@json_option
def move(code: str, unit: str, day: str, db: str | None, as_json: bool) -> None:
    """把一个人移到另一个单位，历史一起带走。"""
    with writing(db) as w:
        fact = actions.move(w, find_person(w, code), unit, day)
        after = find_person(w, code)
        home = shown_code(world_of(w), after.home)
    data = {"person": after.person, "unit": home, "unit_id": after.home, "fact": fact.chain if fact else None}
    emit(data, as_json=as_json, text=lambda: f"{after.shown_name} 现在属于 {home}。")


@person.command()
@click.argument("code")
@click.option("--unit", required=True, metavar="单位", help="第二个身份所在的单位。")
@db_option
@json_option
def join(code: str, unit: str, db: str | None, as_json: bool) -> None:
    """让一个人同时计入另一条线的单位（如家庭计入妇联）。"""
    with writing(db) as w:
        who = find_person(w, code)
        actions.add_membership(w, who, unit)
    emit({"person": who.person, "unit": unit}, as_json=as_json, text=lambda: f"{who.shown_name} 同时计入 {unit}。")


@person.command()
@click.argument("code")
@click.option("--unit", default="", metavar="单位", help="只是不再计入这个单位。")
@click.option("--reason", default="", metavar="原因", help="离开训练营的原因，例如 转学、毕业、离职；不写姓名。")
@click.option("--on", "day", default="", metavar="日期", help="从哪一天起（默认今天）。")
@db_option
@json_option
def leave(code: str, unit: str, reason: str, day: str, db: str | None, as_json: bool) -> None:
    """登记一个人离开（--reason），不再催；或只是不再同时计入另一个单位（--unit）。以前的合计不变，可以撤回。"""
    if bool(unit) == bool(reason):
        raise BadInput("请写 --reason（离开训练营）或 --unit（不再计入一个单位）其中一个。", reason="wrong_usage")
    with writing(db) as w:
        who = find_person(w, code)
        fact = actions.end_membership(w, who, unit, day) if unit else leave_camp(w, who, reason, day)
        left_on = find_person(w, code).left_on
    data = {"person": who.person, "unit": unit or None, "left_on": left_on, "fact": fact.chain if fact else None}
    words = f"不再计入 {unit}" if unit else f"从 {left_on} 起离开" if fact else f"已经离开（{left_on}），没有改动"
    emit(data, as_json=as_json, text=lambda: f"{who.shown_name} {words}。")


@person.command()
@click.argument("code")
@click.argument("other")
@db_option
@json_option
def merge(code: str, other: str, db: str | None, as_json: bool) -> None:
    """两份登记其实是同一个人：合并（可以再拆开）。"""
    with writing(db) as w:
        stands = actions.merge(w, find_person(w, code), find_person(w, other))
    emit({"person": stands}, as_json=as_json, text=lambda: "已合并为同一个人。")


@person.command()
@click.argument("code")
@db_option
@json_option
def part(code: str, db: str | None, as_json: bool) -> None:
    """撤销合并，各自的记录回到各自名下。"""
    with writing(db) as w:
        people = actions.part(w, code, find_person(w, code))
    emit({"people": people}, as_json=as_json, text=lambda: f"已拆开为 {len(people)} 个人。")


@person.command()
@click.argument("code")
@click.option("--fact", default="", metavar="记录", help="要更正的学习记录。")
@click.option("--minutes", type=int, metavar="分钟", help="正确的分钟数（不写表示学完）。")
@click.option("--name", metavar="姓名", help="正确的姓名。")
@click.option("--class", "class_name", metavar="班级", help="正确的班级。")
@click.option("--phone", metavar="手机号", help="正确的手机号。")
@click.option("--reason", required=True, help="更正的原因。")
@present_camp_option
@db_option
@json_option
def correct(
    code: str,
    fact: str,
    minutes: int | None,
    name: str | None,
    class_name: str | None,
    phone: str | None,
    reason: str,
    db: str | None,
    as_json: bool,
) -> None:
    """更正一条学习记录的分钟数，或个人信息；原来的记录仍在历史里。"""
    details = {key: value for key, value in (("name", name), ("class_name", class_name), ("phone", phone)) if value is not None}
    if bool(fact) == bool(details):
        raise BadInput("请写明要更正的记录（--fact）或个人信息（--name 等）之一。", reason="wrong_usage")
    if details and minutes is not None:
        raise BadInput("更正个人信息时没有分钟数。", reason="wrong_usage", hint="学习记录请另用 --fact 更正。")
    with writing(db) as w:
        who = find_person(w, code)
        said = corrections.correct_mark(w, who, fact, minutes, reason) if fact else actions.change_details(w, who, **details)
        page = person_page(w, world_of(w), who.code)
    data = {"person": who.person, "fact": said.chain if said else None, "hours": hours_data(page.hours)}
    emit(data, as_json=as_json, text=lambda: f"已更正。现有 {hours_text(page.hours.credit.total)} 课时。")


@person.command()
@click.argument("code")
@click.option("--reason", required=True, help="删除的原因。")
@db_option
@json_option
def erase(code: str, reason: str, db: str | None, as_json: bool) -> None:
    """删除一个人的个人信息；不含姓名的学习记录留下，合计不变。不能恢复。"""
    with opened(db) as store:
        with store.writing() as w:
            camp_of(w)
            who = find_person(w, code)
            found = mentions(w, who.name)
            actions.erase(w, who, reason)
        forget_all()
        cleared = store.empty_log()
        drop_stale(store)
    data = {"person": who.person, "erased": True, "cleared": cleared, "mentions": [asdict(each) for each in found]}
    emit(data, as_json=as_json, text=lambda: "\n".join(_erased(cleared=cleared, found=found)))


@person.command()
@click.option("--dry-run", is_flag=True, help="只看会删除谁的、多少人，不写入。")
@db_option
@json_option
def expire(dry_run: bool, db: str | None, as_json: bool) -> None:
    """保存期限（规则 people.keep_until）过了：删除所有人的个人信息，合计不变。不能恢复，请先用 --dry-run 看。"""
    with opened(db) as store:
        with store.reading() as r:
            world = camp_of(r)
            found = retention(r, world, world.tree.units[world.root_unit])
        done, cleared = 0, True
        while not dry_run:
            with store.writing(alone=True) as w:
                run = erase_retained(w)
            if not run:
                break
            done += run
        if done:
            forget_all()
            cleared = store.empty_log()
            drop_stale(store)
    data = {"until": found.until or None, "due": found.is_due, "people": found.people, "erased": done, "cleared": cleared,
            "units": [asdict(each) for each in found.units]}  # fmt: skip
    emit(data, as_json=as_json, text=lambda: "\n".join(_expired(found, done, dry_run=dry_run)))


def _expired(found: Retention, done: int, *, dry_run: bool) -> Iterator[str]:
    yield f"保存到 {found.until}，{'已经过期' if found.is_due else '还没有到期'}。" if found.until else "没有定保存期限。"
    if found.units and dry_run:
        yield table(("单位", "人数", "其中登记了监护人同意"), [(each.name, each.people, each.minors) for each in found.units])
    yield f"会删除 {found.people} 人的个人信息，还没有写入。" if dry_run else f"已删除 {done} 人的个人信息；学时和合计不变。"


@person.command()
@click.argument("code")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="写到哪个 PDF。")
@db_option
@json_option
def receipt(code: str, out: Path, db: str | None, as_json: bool) -> None:
    """删除个人信息的回执（PDF）：抹掉了什么、留下什么、为什么、何时、由谁；不写被删除的内容。"""
    with reading(db) as (r, world):
        found = erasure_receipt(r, world, find_person(r, code))
    _save(out, paper_pdf(press_for(db), receipt_paper(found)))
    emit({"file": str(out), "code": found.code, "gone": found.gone}, as_json=as_json, text=lambda: f"已写到 {out}。")


@person.command("copy")
@click.argument("code")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件（.xlsx 或 .pdf）。")
@db_option
@json_option
def copy_(code: str, out: Path, db: str | None, as_json: bool) -> None:
    """一个人的个人信息副本：保存的关于他的全部内容，交给本人；取过会记下来。"""
    with writing(db) as w:
        world, who = world_of(w), find_person(w, code)
        note_look(w, "copy", who.person, who.home, COMMAND_LINE)
        paper = copy_paper(own_copy(w, world, who, str), "命令行")
        if out.suffix == ".pdf":
            _save(out, paper_pdf(press_for(db), paper))
        else:
            write_paper(out, paper)
    emit({"file": str(out), "person": who.person}, as_json=as_json, text=lambda: f"已写到 {out}。")


def _save(out: Path, data: bytes) -> None:
    with whole_file(out) as file:
        file.write(data)


def _erased(*, cleared: bool, found: tuple[Mention, ...]) -> Iterator[str]:
    yield "个人信息已删除。"
    if not cleared:
        yield "另一个程序正在读旧的内容，磁盘上还没有清完；它结束后请运行 campmgr doctor，会接着清。"
    if found:
        yield "以下文字里也有这个姓名，删除不了，请知悉："
        yield from (f"  {each.day} {each.what}：{each.text}" for each in found)


@click.command()
@click.argument("what")
@click.option("--reason", required=True, help="撤回的原因。")
@db_option
@json_option
def withdraw(what: str, reason: str, db: str | None, as_json: bool) -> None:
    """撤回一个批次（导入时给出的编号）或一条记录。"""
    with writing(db) as w:
        done = withdrawing.withdraw(w, what, reason)
    data = {"withdrawn": done.what, "scopes": list(done.scopes), "state": "known" if done.known else "recorded"}
    emit(data, as_json=as_json, text=lambda: "本来就已撤回。" if done.known else f"已撤回，涉及 {len(done.scopes)} 个单位范围。")
