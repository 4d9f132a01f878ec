"""`campmgr pack`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from campmgr.areas.nodes.actions import find_node
from campmgr.areas.nodes.exchange.outcome import heard_sentence, odd_segments, outcome_of
from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.exchange.receipt import SUFFIX, is_receipt
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.areas.nodes.files.packs import accept_pack, hear_receipt, look_at_pack, send_pack, write_receipt
from campmgr.areas.nodes.queries.neighbours import Arrival, NeighbourLine, arrivals, neighbour_lines
from campmgr.cli.opened import camp_of, opened, reading
from campmgr.cli.output import db_option, emit, json_option, progress, table
from campmgr.config import data_file
from campmgr.errors import BadInput, CampError, Trouble
from campmgr.facts import world as worlds
from campmgr.facts.laptops import laptop
from campmgr.ledger.hpke import SealingKey
from campmgr.ledger.seal import writer_of
from campmgr.store.ledger import own_sealing_keys

_FILE = click.Path(path_type=Path)


@click.group()
def pack() -> None:
    """数据包：用 U 盘在电脑之间带数据。"""


@pack.command()
@click.option("--for", "node", default="", metavar="电脑", help="只装这台电脑该有的（默认：给上级和直属下级，他们各自该有的）。")
@click.option("--all", "whole", is_flag=True, help="装全部记录，不管回执（默认：只装对方的回执里还没有的；没有回执就是全部）。")
@click.option("--out", required=True, type=_FILE, metavar="文件", help="写到哪里。")
@db_option
@json_option
def make(node: str, whole: bool, out: Path, db: str | None, as_json: bool) -> None:
    """制作数据包：只装对方还没有的。"""
    with opened(db) as store:
        with store.reading() as r:
            world = camp_of(r)
            to = find_node(world, node) if node else ""
        packed = send_pack(store, out, to, whole=whole)
    data = {"file": str(out), "streams": packed.streams, "facts": packed.facts, "bytes": packed.bytes, "answers": packed.answers}
    alone = "" if packed.made_for else "\n还没有上级或下级电脑：这个数据包只有这份数据文件自己能打开。"
    emit(data, as_json=as_json, text=lambda: f"已写出 {packed.facts} 条记录，{packed.bytes} 字节：{out}{alone}")


@pack.command("show")
@click.argument("file", type=_FILE)
@db_option
@json_option
def show_(file: Path, db: str | None, as_json: bool) -> None:
    """查看数据包：谁、为谁、何时制作，有哪些段，收下会有什么变化；不写入。"""
    reader = PackReader(file, _sealing_keys(db))
    segments = [{"scope": row.stream.scope, "writer": row.stream.writer, "from": row.start, "to": row.end, "facts": row.length,
                 "opens": reader.key_of(row.stream.scope) is not None} for row in reader.rows()]  # fmt: skip
    head, look = reader.head, _would_change(db, file) if reader.is_readable else None
    data = {"campaign": head.campaign, "made_by": writer_of(head.made_by), "made_for": list(head.made_for), "made_at": head.made_at,
            "answers": head.answers, "would_change": look, "opens": reader.is_readable, "segments": segments}  # fmt: skip
    words = look["sentence"] if look else f"{head.made_at} 制作的数据包。这份数据文件打不开它：它是给别的电脑的。"
    rows = [(each["scope"], each["writer"], each["from"], each["to"], each["facts"], "" if each["opens"] else "打不开")
            for each in segments]  # fmt: skip
    emit(data, as_json=as_json, text=lambda: words + "\n" + table(("范围", "写入者", "从", "到", "条数", ""), rows))


def _would_change(db: str | None, file: Path) -> dict[str, Any] | None:
    """What taking it in would change; None for a pack of another camp, or in a file without one."""
    with opened(db) as store:
        try:
            look = look_at_pack(store, file)
        except CampError:
            return None
    return {"facts": look.facts, "new": look.new, "damaged": look.bad, "brings": list(look.brings), "sentence": look.sentence}


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
@click.option("--receipt", type=_FILE, metavar="文件", help="回执写到哪里（默认：数据包旁边）。")
def accept_(file: Path, receipt: Path | None, db: str | None, as_json: bool) -> None:
    """接收数据包，并在旁边写一张回执，请带回对方。

    损坏或被改动的段一条也不写入，其余照常写入；同一个包接收多次没有变化；中途停下的，再接收一次就接着做完。
    """
    accept_file(db, file, receipt, as_json=as_json)


def accept_file(db: str | None, file: Path, receipt: Path | None = None, *, as_json: bool) -> None:
    """Take in a pack and say what it came to; whatever was not simply taken, and every note, goes to standard error.

    The receipt goes beside the pack where nothing else is said; that it cannot be written there keeps nothing out.
    """
    if is_receipt(file):
        raise BadInput(f"{file.name} 是回执，不是数据包。", reason="wrong_usage", hint="请用 campmgr pack receipt 收下它。")
    with opened(db) as store:
        with progress() as told:
            taken = accept_pack(store, file, told)
        written = _write_receipt(receipt or file.with_name(file.name + SUFFIX), taken)
        with store.reading() as r:
            odd = odd_segments(worlds.load(r), taken)
    segments = [{"stream": f"{each.stream.scope} {each.stream.writer}", "from": each.start, "to": each.end, "result": each.result,
                 "forked": each.forked, "why": each.why or None} for each in taken.segments]  # fmt: skip
    outcome = outcome_of(taken)
    data = {"segments": segments, "new": taken.new, "known": taken.known, "quarantined": taken.quarantined, "notes": taken.notes,
            "accepted": outcome.accepted, "set_aside": [each._asdict() for each in outcome.aside],
            "receipt": str(written) if written else None}  # fmt: skip
    back = f"\n回执：{written}，请带回给做这个数据包的电脑。" if written else ""
    emit(data, as_json=as_json, text=lambda: outcome.sentence + back)
    for sentence in (*(f"{where}{words}。" for where, words in odd), *taken.notes):
        click.echo(sentence, err=True)


def _write_receipt(path: Path, taken: Accepted) -> Path | None:
    """Where the receipt stands now. That it cannot be written is a note: what came in stays in."""
    if not taken.receipt:
        taken.notes.append(
            "没有写回执：做这个数据包的电脑在本机还没有授权，无法为它封好。请由它的上级先给它授权，再收一次这个包，不会重复。"
        )
        return None
    try:
        write_receipt(path, taken.receipt)
    except Trouble as problem:
        taken.notes.append(
            f"数据已收下，但回执写不到 {path.name}（{problem.hint}）：请用 --receipt 换个地方写，再接收一次，不会重复。"
        )
        return None
    return path


@pack.command("receipt")
@click.argument("file", type=_FILE)
@db_option
@json_option
def receipt_(file: Path, db: str | None, as_json: bool) -> None:
    """收下对方带回的回执：以后的数据包只装对方还没有的。"""
    with opened(db) as store:
        heard = hear_receipt(store, file)
        with store.reading() as r:
            world = worlds.load(r)
            name, line = laptop(world, heard.node), neighbour_lines(r, world, [heard.node])[0]
    one = heard.receipt
    data = {"node": heard.node, "name": name, "result": heard.result, "answers": one.pack, "given_at": one.given_at,
            "told": dict(one.told), "outstanding": line.outgoing.facts}  # fmt: skip
    emit(data, as_json=as_json, text=lambda: heard_sentence(name, heard, line))


@pack.command()
@db_option
@json_option
def due(db: str | None, as_json: bool) -> None:
    """下次带什么给谁：每个上级和下级还缺多少，本机记的到了哪一级。以回执为准。"""
    with reading(db) as (r, world):
        lines, arrived = neighbour_lines(r, world), arrivals(r, world)
    data = {
        "neighbours": [{"node": each.node, "name": each.name, "above": each.is_above, "answered": each.is_answered,
                        "last_contact": each.last_contact or None, "last_pack": each.made.made_at if each.made else None,
                        "to_carry": each.outgoing.facts, "to_carry_since": each.outgoing.since or None,
                        "to_fetch": each.incoming.facts, "to_fetch_told": each.incoming.since or None} for each in lines],
        "arrived": [{"node": each.node, "name": each.name, "total": each.total, "arrived": each.arrived, "whole": each.is_whole}
                    for each in arrived],
    }  # fmt: skip
    emit(data, as_json=as_json, text=lambda: _due_text(lines, arrived))


def _due_text(lines: Sequence[NeighbourLine], arrived: Sequence[Arrival]) -> str:
    rows = [("上级" if each.is_above else "下级", each.name, each.last_contact or "还没有", f"{each.outgoing.facts}",
             each.outgoing.since, f"{each.incoming.facts}", each.incoming.since * bool(each.incoming.facts))
            for each in lines]  # fmt: skip
    told = [f"{each.name}：{'都到了' if each.is_whole else f'{each.total} 条里到了 {each.arrived} 条'}" for each in arrived]
    heading = ("", "电脑", "最近联系", "要带去", "最早一条", "那边有、本机没有", "回执收到于")
    return "\n".join([table(heading, rows), *(["本机记录的到达情况（以回执为准）：", *told] if told else [])])
