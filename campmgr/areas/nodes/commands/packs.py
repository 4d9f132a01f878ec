"""`campmgr pack`."""

from __future__ import annotations

from pathlib import Path

import click

from campmgr.areas.nodes.actions import find_node
from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.files import accept_pack, make_pack, odd_segments
from campmgr.cli.opened import opened, reading
from campmgr.cli.output import db_option, emit, json_option, progress, table
from campmgr.config import data_file
from campmgr.facts import world as worlds
from campmgr.ledger.hpke import SealingKey
from campmgr.ledger.seal import writer_of
from campmgr.store.ledger import own_sealing_keys

_FILE = click.Path(path_type=Path)


@click.group()
def pack() -> None:
    """数据包：用 U 盘在电脑之间带数据。"""


@pack.command()
@click.option("--for", "node", default="", metavar="电脑", help="只装这台电脑该有的（默认：本文件的全部，交给上级和直属下级）。")
@click.option("--out", required=True, type=_FILE, metavar="文件", help="写到哪里。")
@db_option
@json_option
def make(node: str, out: Path, db: str | None, as_json: bool) -> None:
    """制作数据包。"""
    with reading(db) as (r, world):
        packed = make_pack(r, world, out, find_node(world, node) if node else "")
    data = {"file": str(out), "streams": packed.streams, "facts": packed.facts, "bytes": packed.bytes}
    alone = "" if packed.receivers else "\n还没有上级或下级电脑：这个数据包只有这份数据文件自己能打开。"
    emit(data, as_json=as_json, text=lambda: f"已写出 {packed.facts} 条记录，{packed.bytes} 字节：{out}{alone}")


@pack.command("show")
@click.argument("file", type=_FILE)
@db_option
@json_option
def show_(file: Path, db: str | None, as_json: bool) -> None:
    """查看数据包的包头：谁、为谁、何时制作，有哪些段；不写入。"""
    reader = PackReader(file, _sealing_keys(db))
    segments = [{"scope": row.stream.scope, "writer": row.stream.writer, "from": row.start, "to": row.end, "facts": row.length,
                 "opens": reader.key_of(row.stream.scope) is not None} for row in reader.rows()]  # fmt: skip
    head = reader.head
    data = {"campaign": head.campaign, "made_by": writer_of(head.made_by), "made_for": list(head.made_for), "made_at": head.made_at,
            "answers": head.answers, "opens": reader.is_readable, "segments": segments}  # fmt: skip
    words = f"训练营 {head.campaign}，{head.made_at} 制作。" + (
        "" if reader.is_readable else "这份数据文件打不开它：它是给别的电脑的。"
    )
    rows = [(each["scope"], each["writer"], each["from"], each["to"], each["facts"], "" if each["opens"] else "打不开")
            for each in segments]  # fmt: skip
    emit(data, as_json=as_json, text=lambda: words + "\n" + table(("范围", "写入者", "从", "到", "条数", ""), rows))


def _sealing_keys(db: str | None) -> list[SealingKey]:
    """The keys of the data file, where there is one: a pack's head can be read without."""
    if not data_file(db).exists():
        return []
    with opened(db) as store, store.reading() as r:
        return own_sealing_keys(r)


@pack.command("accept")
@click.argument("file", type=_FILE)
@db_option
@json_option
def accept_(file: Path, db: str | None, as_json: bool) -> None:
    """接收数据包。损坏或被改动的段一条也不写入，其余照常写入；同一个包接收多次没有变化；中途停下的，再接收一次就接着做完。"""
    accept_file(db, file, as_json=as_json)


def accept_file(db: str | None, file: Path, *, as_json: bool) -> None:
    """Take in a pack and say what it came to; whatever was not simply taken, and every note, goes to standard error."""
    with opened(db) as store:
        with progress() as told:
            taken = accept_pack(store, file, told)
        with store.reading() as r:
            odd = odd_segments(worlds.load(r), taken)
    segments = [{"stream": f"{each.stream.scope} {each.stream.writer}", "from": each.start, "to": each.end, "result": each.result,
                 "forked": each.forked, "why": each.why or None} for each in taken.segments]  # fmt: skip
    data = {"segments": segments, "new": taken.new, "known": taken.known, "quarantined": taken.quarantined, "notes": taken.notes}
    sum_text = f"新写入 {taken.new} 条，本来就有 {taken.known} 条，隔离 {taken.quarantined} 条。"
    emit(data, as_json=as_json, text=lambda: sum_text)
    for sentence in (*(f"{where}{words}。" for where, words in odd), *taken.notes):
        click.echo(sentence, err=True)
