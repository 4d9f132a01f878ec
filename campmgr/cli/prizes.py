"""`campmgr prizes`."""

from __future__ import annotations

from pathlib import Path

import click

from campmgr.actions import prizes as actions
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import db_option, emit, json_option, table
from campmgr.cli.reports import at_time
from campmgr.cli.shapes import prizes_data
from campmgr.files.prize_list import FACES, prize_sheet, write_prize_list
from campmgr.queries.prizes import PrizeList, prize_list


@click.group()
def prizes() -> None:
    """获奖名单。"""


@prizes.command()
@click.option("--at", default="", metavar="时间", help="点赞数的截止时间（默认用规则里的 ranking.cut_off）。")
@db_option
@json_option
def freeze(at: str, db: str | None, as_json: bool) -> None:
    """定榜：按截止时间前最后读到的点赞数固定名单，编号、摘要、封签。"""
    with writing(db) as w:
        frozen = actions.freeze(w, at_time(at))
    emit(prizes_data(frozen), as_json=as_json, text=lambda: _text(frozen))


@prizes.command("show")
@click.argument("number", type=click.IntRange(1, 1_000_000))
@db_option
@json_option
def show_(number: int, db: str | None, as_json: bool) -> None:
    """查看一份已定的名单。"""
    with reading(db) as (r, world):
        frozen = prize_list(r, world, number)
    emit(prizes_data(frozen), as_json=as_json, text=lambda: _text(frozen))


@prizes.command()
@click.argument("number", type=click.IntRange(1, 1_000_000))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="文件.xlsx", help="写到哪里。")
@click.option(
    "--face",
    type=click.Choice(list(FACES)),
    default="archive",
    show_default=True,
    help="public 公示版（姓名打码）、handout 发放版（手机号、签名）、archive 存档版。",
)
@db_option
def export(number: int, out: Path, face: str, db: str | None) -> None:
    """把名单写成表格；同一份名单的同一版每次写出的文件逐字节相同。"""
    with reading(db) as (r, world):
        sheet = prize_sheet(r, world, prize_list(r, world, number), face)
    write_prize_list(out, sheet)
    click.echo(f"已写出 {len(sheet.rows)} 行：{out}")


@prizes.command()
@click.argument("number", type=click.IntRange(1, 1_000_000))
@db_option
@json_option
def verify(number: int, db: str | None, as_json: bool) -> None:
    """按账本里的记录重新排一次，看名单是否一致。"""
    with reading(db) as (r, _):
        verdict = actions.verify(r, number)
    data = {"number": verdict.number, "equal": verdict.equal, "differences": list(verdict.differences)}
    emit(data, as_json=as_json, text=lambda: "一致。" if verdict.equal else "不一致：\n" + "\n".join(verdict.differences))


def _text(frozen: PrizeList) -> str:
    rows = [(row.place, row.name, row.title, row.likes, row.unit, row.city) for row in frozen.rows]
    head = f"第 {frozen.number} 号名单，截止 {frozen.at}\n{frozen.rule}\n摘要 {frozen.digest}\n"
    return head + table(("名次", "姓名", "作品", "点赞", "单位", "市"), rows)
