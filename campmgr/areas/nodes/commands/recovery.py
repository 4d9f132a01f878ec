"""`campmgr node recover` and `new-recovery`: what the printed sheet is for (docs/ledger.md#recovery)."""

from __future__ import annotations

from pathlib import Path

import click

from campmgr.areas.nodes.exchange.recovering import replace_paper
from campmgr.areas.nodes.files.packs import read_sheet, recover_root
from campmgr.cli.opened import catalogue_in_use, writing
from campmgr.cli.output import db_option, emit, json_option
from campmgr.clock import today_of
from campmgr.config import data_file
from campmgr.disk import new_private_file
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.recovery import new_recovery, sheet_text

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--sheet", required=True, type=_FILE, metavar="文件", help="恢复单（或只写着恢复码的文本文件）。")
@db_option
@json_option
def recover(file: Path, sheet: Path, db: str | None, as_json: bool) -> None:
    """凭恢复单接续根电脑：用备份或数据包新建数据文件，原来的根从此刻起作废。"""
    path = data_file(db)
    if path.exists():
        raise BadInput(f"{path} 已经存在，不会覆盖。", reason="data_file_exists", hint="请用 --db 换一个位置。")
    fact = recover_root(path, file, read_sheet(sheet), catalogue_in_use())
    emit({"db": str(path), "writer": fact.writer, "fact": fact.chain}, as_json=as_json,
         text=lambda: f"已接续：{path}。请尽快给每个下级各做一个数据包（campmgr pack make --for）。")  # fmt: skip


@click.command("new-recovery")
@click.option("--sheet", required=True, type=_FILE, metavar="文件", help="现在的恢复单。")
@click.option("--out", required=True, type=_FILE, metavar="文件", help="新的恢复单写到哪里。")
@db_option
@json_option
def new_recovery_(sheet: Path, out: Path, db: str | None, as_json: bool) -> None:
    """换一张恢复单：旧的从此作废。"""
    old, new = read_sheet(sheet), new_recovery()
    new_private_file(out)
    with writing(db) as w:
        fact = replace_paper(w, old, new)
        world = worlds.load(w)
        out.write_text(sheet_text(new, world.campaign, world.name, today_of(w.clock)), "utf-8")
    emit({"file": str(out), "fact": fact.chain}, as_json=as_json, text=lambda: f"新的恢复单：{out}（打印后请删除）。旧的已作废。")
