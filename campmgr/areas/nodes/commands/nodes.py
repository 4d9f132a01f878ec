"""`campmgr node`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from campmgr.areas.nodes import actions
from campmgr.areas.nodes.commands.packs import accept_file
from campmgr.areas.nodes.commands.recovery import new_recovery_, recover
from campmgr.areas.nodes.exchange.enrolment import read_request, write_request
from campmgr.areas.nodes.files.packs import send_pack
from campmgr.areas.nodes.queries.nodes import (
    REASONS,
    calls,
    find_stretch,
    forks,
    granted_nodes,
    idle_words,
    last_seals,
    quarantined_stretches,
)
from campmgr.cli.opened import catalogue_in_use, opened, reading, writing
from campmgr.cli.output import db_option, emit, json_option, table
from campmgr.config import data_file
from campmgr.facts.finding import shown_code
from campmgr.store import data_file as data_files

_FILE = click.Path(path_type=Path)
_STATES = {"root": "本营的根", "granted": "已授权", "revoked": "已撤销", "successor": "继任", "unknown": "未授权"}


@click.group()
def node() -> None:
    """电脑：每台电脑上的数据文件。"""


@node.command()
@click.option("--out", required=True, type=_FILE, metavar="文件", help="申请文件写到哪里。")
@click.option("--name", default="", help="给上级看的名称，如“鼓楼区教育局办公室”。")
@click.option("--new-key", is_flag=True, help="换一把新钥匙：旧钥匙被撤销后不能再次授权。")
@db_option
@json_option
def request(out: Path, name: str, new_key: bool, db: str | None, as_json: bool) -> None:
    """制作授权申请；没有数据文件时先新建一个。"""
    path = data_file(db)
    if not path.exists():
        data_files.close(data_files.create(path, catalogue_in_use()))
    with opened(db) as store:
        if new_key:
            with store.writing() as w:
                actions.change_key(w)
        with store.reading() as r:
            asked = write_request(r, out, name)
    emit({"file": str(out), "key": asked.key, "name": asked.name}, as_json=as_json, text=lambda: f"申请已写到 {out}，请交给上级。")


@node.command()
@click.argument("file", type=_FILE)
@click.option("--unit", required=True, metavar="代码", help="授权的单位（含全部下级）。")
@click.option("--line", default="", metavar="条线", help="只授权一条线。")
@click.option("--except", "excluding", multiple=True, metavar="代码", help="不含的单位，可写多次。")
@click.option("--out", required=True, type=_FILE, metavar="文件", help="返回给对方的文件。")
@db_option
@json_option
def enrol(file: Path, unit: str, line: str, excluding: tuple[str, ...], out: Path, db: str | None, as_json: bool) -> None:
    """给下级授权，并制作带有其全部数据的返回文件。"""
    asked = read_request(file)
    with writing(db) as w:
        child = actions.enrol(w, asked, actions.Grant(unit, line, excluding))
    with opened(db) as store:
        packed = send_pack(store, out, child, whole=True)
    data = {"node": child, "unit": unit, "line": line or None, "file": str(out), "facts": packed.facts}
    emit(data, as_json=as_json, text=lambda: f"已授权 {asked.name or child[:8]}：{unit}。请把 {out} 交给对方。")


@node.command()
@click.argument("file", type=_FILE)
@db_option
@json_option
def accept(file: Path, db: str | None, as_json: bool) -> None:
    """接收上级返回的授权文件。"""
    accept_file(db, file, as_json=as_json)


@node.command("list")
@db_option
@json_option
def list_(db: str | None, as_json: bool) -> None:
    """全部电脑，及其每条流最后的封签。"""
    with reading(db) as (r, world):
        nodes, seals = [each._replace(unit=each.unit and shown_code(world, each.unit)) for each in granted_nodes(r)], last_seals(r)
        names = {each.node: next(iter(calls(world, each.node)), "") for each in nodes}
        forked = [{**fork.stream._asdict(), "heads": fork.heads} for fork in forks(r)]
        idle = [word._asdict() for word in idle_words(world)]
    data = [
        {"node": key, "name": names[key], "number": number or None, "parent": parent or None, "unit": unit or None,
         "line": line or None, "state": state,
         "streams": [{"scope": scope, "seq": seq, "seal": chain} for scope, writer, seq, chain in seals if writer == key]}
        for key, number, parent, unit, line, state in nodes
    ]  # fmt: skip
    rows = [(key[:12], names[key], unit, line, _STATES.get(state, state)) for key, _, _, unit, line, state in nodes]
    emit(
        {"nodes": data, "forks": forked, "without_effect": idle},
        as_json=as_json,
        text=lambda: table(("电脑", "名称", "单位", "条线", "状态"), rows),
    )


@node.command()
@click.argument("node_id", metavar="电脑")
@click.option("--at", default="", metavar="封签", help="从这个封签之后的记录不再有效（默认：到目前收到的为止）。")
@click.option("--reason", default="", help="撤销的原因。")
@click.option("--keep", multiple=True, metavar="电脑", help="不随之撤销的下级，可写多次（默认：它授权的下级一并撤销）。")
@click.option("--dry-run", is_flag=True, help="只列出会被撤销的电脑。")
@db_option
@json_option
def revoke(node_id: str, at: str, reason: str, keep: tuple[str, ...], dry_run: bool, db: str | None, as_json: bool) -> None:
    """撤销一台电脑和它授权的下级：之前的记录有效，之后的在所有电脑上隔离。"""
    if dry_run:
        with reading(db) as (_, world):
            found = actions.find_node(world, node_id)
            also, facts = [found, *actions.revoked_with(world, found, keep)], {}
    else:
        with writing(db) as w:
            facts = {fact.subject.partition(":")[2]: fact.chain for fact in actions.revoke(w, node_id, at, reason, keep=keep)}
        also = [*facts]
    with reading(db) as (_, world):
        names = {each: next(iter(calls(world, each)), each[:12]) for each in also}
    data = {"node": also[0], "fact": facts.get(also[0]), "dry_run": dry_run,
            "revoked": [{"node": each, "name": name, "fact": facts.get(each)} for each, name in names.items()]}  # fmt: skip
    words = "将撤销" if dry_run else "已撤销"
    emit(data, as_json=as_json, text=lambda: f"{words} {len(names)} 台电脑：{'、'.join(names.values())}。")


@node.command("quarantine")
@db_option
@json_option
def quarantine(db: str | None, as_json: bool) -> None:
    """保留而不计入的记录：哪台电脑、哪一段、为什么。"""
    with reading(db) as (r, world):
        found = [(stretch, next(iter(calls(world, stretch.node)), "")) for stretch in quarantined_stretches(r)]
    data = [{**asdict(stretch), "from": stretch.start, "to": stretch.end, "name": name} for stretch, name in found]
    for each in data:
        del each["start"], each["end"]
    rows = [(stretch.scope, name or stretch.writer[:12], f"{stretch.start}–{stretch.end}", stretch.count, REASONS[stretch.reason],
             stretch.since[:10], stretch.chain[:12]) for stretch, name in found]  # fmt: skip
    head = ("范围", "电脑", "从–到", "条数", "为什么", "自", "放行用")
    emit({"stretches": data}, as_json=as_json, text=lambda: table(head, rows))


@node.command()
@click.argument("chain", metavar="放行用")
@click.option("--reason", required=True, help="为什么可以计入。")
@db_option
@json_option
def admit(chain: str, reason: str, db: str | None, as_json: bool) -> None:
    """让一段隔离的记录计入（campmgr node quarantine 列出的最后一列）。"""
    with writing(db) as w:
        fact = actions.admit(w, find_stretch(w, chain), reason)
    emit({"fact": fact.chain}, as_json=as_json, text=lambda: "已放行，在所有电脑上计入。")


node.add_command(recover)
node.add_command(new_recovery_)
