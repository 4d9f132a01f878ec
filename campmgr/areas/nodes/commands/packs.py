"""`campmgr pack`."""

from __future__ import annotations

from pathlib import Path

import click

from campmgr.areas.nodes.actions import find_node
from campmgr.areas.nodes.exchange.pack import PackReader
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.areas.nodes.files import accept_pack, make_pack, odd_segments
from campmgr.cli.opened import opened, reading
from campmgr.cli.output import db_option, emit, json_option, table

_FILE = click.Path(path_type=Path)


@click.group()
def pack() -> None:
    """数据包：用 U 盘在电脑之间带数据。"""


@pack.command()
@click.option("--for", "node", default="", metavar="节点", help="只装这个节点该有的（默认：本文件的全部，交给上级）。")
@click.option("--out", required=True, type=_FILE, metavar="文件", help="写到哪里。")
@db_option
@json_option
def make(node: str, out: Path, db: str | None, as_json: bool) -> None:
    """制作数据包。"""
    with reading(db) as (r, world):
        packed = make_pack(r, world, out, find_node(world, node) if node else "")
    data = {"file": str(out), "streams": packed.streams, "facts": packed.facts, "bytes": packed.bytes}
    emit(data, as_json=as_json, text=lambda: f"已写出 {packed.facts} 条记录，{packed.bytes} 字节：{out}")


@pack.command("show")
@click.argument("file", type=_FILE)
@json_option
def show_(file: Path, as_json: bool) -> None:
    """查看数据包里有什么，不写入。"""
    reader = PackReader(file)
    segments = []
    for segment, values in reader.segments():
        count = sum(1 for _ in values)
        scope, writer = segment.stream
        segments.append({"scope": scope, "writer": writer, "from": segment.start, "to": segment.seal.seq, "facts": count})
    header = reader.header
    data = {"campaign": header.campaign, "made_by": header.made_by, "made_for": header.made_for or None, "made_at": header.made_at,
            "segments": segments}  # fmt: skip
    rows = [tuple(each.values()) for each in segments]
    head = f"训练营 {header.campaign}，{header.made_at} 制作\n"
    emit(data, as_json=as_json, text=lambda: head + table(("范围", "写入者", "从", "到", "条数"), rows))


@pack.command("accept")
@click.argument("file", type=_FILE)
@db_option
@json_option
def accept_(file: Path, db: str | None, as_json: bool) -> None:
    """接收数据包。损坏或被改动的段一条也不写入，其余照常写入；同一个包接收多次没有变化。"""
    say_accepted(accept_file(db, file), as_json=as_json)


def accept_file(db: str | None, file: Path) -> Accepted:
    """Take in a pack into the data file of a command."""
    with opened(db) as store:
        return accept_pack(store, file)


def say_accepted(taken: Accepted, *, as_json: bool) -> None:
    """The contract's shape, or the sum in words; whatever was not simply taken, and every note, is said on standard error."""
    segments = [{"stream": f"{each.stream.scope} {each.stream.writer}", "from": each.start, "to": each.end, "result": each.result,
                 "forked": each.forked, "why": each.why or None} for each in taken.segments]  # fmt: skip
    data = {"segments": segments, "new": taken.new, "known": taken.known, "quarantined": taken.quarantined, "notes": taken.notes}
    sum_text = f"新写入 {taken.new} 条，本来就有 {taken.known} 条，隔离 {taken.quarantined} 条。"
    emit(data, as_json=as_json, text=lambda: sum_text)
    for where, words in odd_segments(taken):
        click.echo(where + words + "。", err=True)
    for note in taken.notes:
        click.echo(note, err=True)
