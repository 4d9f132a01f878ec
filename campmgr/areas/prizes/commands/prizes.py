"""`campmgr prizes`, and its JSON (docs/commands.md)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from campmgr.areas.prizes.actions import amending, voiding
from campmgr.areas.prizes.actions import freezing as actions
from campmgr.areas.prizes.actions.freezing import Verdict
from campmgr.areas.prizes.commands import publicity
from campmgr.areas.prizes.files.faces import FACES, prize_paper
from campmgr.areas.prizes.queries.prizes import AmendedLine, PrizeList, prize_list
from campmgr.areas.works.commands.standings import standing_data
from campmgr.areas.works.queries.divisions import asked_division
from campmgr.areas.works.queries.standings import StandingRow
from campmgr.cli.opened import press_for, reading, writing
from campmgr.cli.output import F, camp_option, db_option, emit, json_option, present_camp_option, table
from campmgr.clock import at_time
from campmgr.facts import world as worlds
from campmgr.facts.finding import shown_code
from campmgr.facts.world import World
from campmgr.files.official_book import write_paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.files.whole_file import whole_file


@click.group()
def prizes() -> None:
    """获奖名单。"""


for each in (publicity.publish, publicity.take_down, publicity.objections, publicity.object_, publicity.answer, publicity.calendar):
    prizes.add_command(each)


@prizes.command()
@click.option("--at", default="", metavar="时间", help="点赞数的截止时间（默认用规则里的 ranking.cut_off）。")
@click.option("--unit", default="", metavar="代码", help="只排一个单位及其下级的。")
@click.option("--line", default="", metavar="条线", help="只排一个条线的。")
@click.option("--field", default="", metavar="领域", help="只排一个领域的作品。")
@click.option("--account", default="", metavar="类型", help="只排个人号或官方号发布的。")
@click.option("--on", default="", metavar="日期", help="今天是哪天；只在本机日期不可信、命令要求时写。")
@present_camp_option
@db_option
@json_option
def freeze(at: str, on: str, db: str | None, *, as_json: bool, **asked: str) -> None:
    """定榜：按截止时间前最后读到的点赞数固定名单，编号、摘要、封签；可以只定一个单位、条线、领域或账号类型的。"""
    with writing(db) as w:
        division = asked_division(worlds.load(w), **asked)
        frozen = actions.freeze(w, at_time(at), division=division, on=on)
        data = _prizes_data(worlds.load(w), frozen)
    emit(data, as_json=as_json, text=lambda: _text(frozen))


def _which_option(command: F) -> F:
    return click.option("--fact", default="", metavar="记录", help="两份名单编号相同时，写明是哪一份（定榜记录编号的开头）。")(
        command
    )


@prizes.command("show")
@click.argument("number", type=click.IntRange(1, 1_000_000))
@_which_option
@camp_option
@db_option
@json_option
def show_(number: int, fact: str, db: str | None, as_json: bool) -> None:
    """查看一份已定的名单。"""
    with reading(db) as (r, world):
        frozen = prize_list(r, world, number, fact)
        data = _prizes_data(world, frozen)
    emit(data, as_json=as_json, text=lambda: _text(frozen))


@prizes.command()
@click.argument("number", type=click.IntRange(1, 1_000_000))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="文件", help="写到哪里。")
@click.option(
    "--face",
    type=click.Choice(list(FACES)),
    default="archive",
    show_default=True,
    help="public 公示版（姓名打码）、handout 发放版（手机号、签名，按市分页）、archive 存档版（依据、更正、未列入）。",
)
@_which_option
@click.option("--format", "sort", type=click.Choice(("xlsx", "pdf")), help="表格或 PDF（默认看文件名的结尾）。")
@camp_option
@db_option
def export(number: int, out: Path, face: str, sort: str | None, fact: str, db: str | None) -> None:
    """把名单写成表格或 PDF；同一份名单的同一版每次写出的文件逐字节相同。"""
    with reading(db) as (r, world):
        frozen = prize_list(r, world, number, fact)
        paper = prize_paper(r, world, frozen, face)
    if (sort or out.suffix.lower().removeprefix(".")) == "pdf":
        with whole_file(out) as file:
            file.write(paper_pdf(press_for(db), paper))
    else:
        write_paper(out, paper)
    click.echo(f"已写出 {len(frozen.rows)} 行：{out}")


@prizes.command()
@click.argument("number", type=click.IntRange(1, 1_000_000))
@camp_option
@db_option
@json_option
def verify(number: int, db: str | None, as_json: bool) -> None:
    """按账本里的记录重新排一次，看名单是否一致。"""
    with reading(db) as (r, _):
        verdict = actions.verify(r, number)
    data: dict[str, object] = {"number": number, "equal": verdict.equal, "differences": list(verdict.differences)}
    data |= {"notes": list(verdict.notes)} if verdict.notes else {}
    data |= {"void": verdict.void} if verdict.void else {}
    emit(data, as_json=as_json, text=lambda: _verdict_text(verdict))


@prizes.command()
@click.argument("number", type=click.IntRange(1, 1_000_000))
@click.option("--reason", required=True, metavar="原因", help="为什么作废；人人看得到，不要写姓名和号码。")
@_which_option
@present_camp_option
@db_option
@json_option
def void(number: int, reason: str, fact: str, db: str | None, *, as_json: bool) -> None:
    """作废一份弄错的名单：仍可查看，注明作废，编号不再使用；收不回。"""
    with writing(db) as w:
        voided = voiding.void(w, number, reason, fact=fact)
        data = _prizes_data(worlds.load(w), voided)
    emit(data, as_json=as_json, text=lambda: f"{voided.void_words}\n编号不再使用；要用请重新定榜。")


@prizes.command()
@click.argument("number", type=click.IntRange(1, 1_000_000))
@click.option("--reason", required=True, metavar="原因", help="为什么更正，例如依据哪一条异议的答复。")
@click.option(
    "--strike", default="", metavar="作品", help="只划去（或恢复）这一件作品的一行，其余名次不动；不写则按现在的记录重新排。"
)
@click.option("--objection", default="", metavar="编号", help="依据的异议（prizes objections 里的编号）。")
@click.option("--dry-run", is_flag=True, help="只看会怎样改，不写入。")
@present_camp_option
@db_option
@json_option
def amend(number: int, reason: str, strike: str, objection: str, *, dry_run: bool, db: str | None, as_json: bool) -> None:
    """更正名单：编号的更正，写明改前改后；原名单仍可查看。"""
    if dry_run:
        with reading(db) as (r, world):
            found = amending.propose(r, world, prize_list(r, world, number), strike)
        data = {"number": number, "amendment": found.amendment, "changes": [_amended_data(line) for line in found.lines]}
        emit(data, as_json=as_json, text=lambda: _lines_text(found.lines))
        return
    with writing(db) as w:
        amended = amending.amend(w, number, reason, strike=strike, objection=objection)
        data = _prizes_data(worlds.load(w), amended)
    emit(data, as_json=as_json, text=lambda: _text(amended))


def _verdict_text(verdict: Verdict) -> str:
    said = "一致。" if verdict.equal else "不一致：\n" + "\n".join(verdict.differences)
    return "\n".join([*filter(None, [verdict.void]), said, *verdict.notes])


def _lines_text(lines: Sequence[AmendedLine]) -> str:
    """Each changed line, before and after."""

    def told(row: StandingRow | None) -> str:
        return f"第 {row.place} 名 {row.name}《{row.title or row.link}》{row.likes} 赞" if row else "（无）"

    return "\n".join(f"{told(line.before)} → {told(line.after)}" for line in lines) or "没有变化。"


def _text(frozen: PrizeList) -> str:
    rows = [(row.place, row.name, row.title, row.likes, row.unit, row.city) for row in frozen.rows]
    void = f"{frozen.void_words}\n" if frozen.void_words else ""
    head = f"{void}第 {frozen.number} 号名单，截止 {frozen.until}\n{frozen.rule}\n摘要 {frozen.digest}\n"
    said = [f"\n更正 {each.amendment}（{each.on}）：{each.reason}\n{_lines_text(each.lines)}" for each in frozen.amendments]
    return "\n".join([head + table(("名次", "姓名", "作品", "点赞", "单位", "市"), rows), *said])


def _prizes_data(world: World, frozen: PrizeList) -> dict[str, Any]:
    """`prizes freeze`, `show`, `amend`. `rows` stand as amended; `frozen_rows` as frozen, null while nothing was amended."""
    return {
        "number": frozen.number, "at": frozen.at, "rule": frozen.rule, "digest": frozen.digest, "digest_now": frozen.digest_now,
        "division": _division_data(world, frozen.content["division"]),
        "published": frozen.published, "whole": frozen.whole, "fact": frozen.fact,
        "voided_on": frozen.voided_on or None, "void_reason": frozen.void_reason or None,
        "rows": [standing_data(row) for row in frozen.rows],
        "frozen_rows": [standing_data(row) for row in frozen.frozen_rows] if frozen.amendments else None,
        "amendments": [
            {"amendment": each.amendment, "on": each.on, "reason": each.reason, "objection": each.objection or None,
             "digest": each.digest, "changes": [_amended_data(line) for line in each.lines]}
            for each in frozen.amendments
        ],
        "excluded": [dict(zip(("work", "person", "likes", "home", "why", "reason"), _with_code(world, each),
                              strict=True)) for each in frozen.content["excluded"]],
        "sources": [dict(zip(("sha256", "file", "read_at", "recorded_at"), each, strict=True)) for each in frozen.sources],
    }  # fmt: skip


def _with_code(world: World, excluded: list[Any]) -> list[Any]:
    work, person, likes, home, *why = excluded
    return [work, person, likes, shown_code(world, home), *why]


def _division_data(world: World, division: dict[str, str]) -> dict[str, str]:
    """The part of the works that is ranked; its unit by code, and by id beside it."""
    unit = division.get("unit", "")
    return {**division, "unit": shown_code(world, unit), "unit_id": unit} if unit else division


def _amended_data(line: AmendedLine) -> dict[str, Any]:
    """One line of an amendment, before and after."""
    before, after = line.before, line.after
    return {"before": before and standing_data(before), "after": after and standing_data(after)}
