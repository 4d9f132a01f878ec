"""`campmgr verify`, `rebuild`, `state-hash`, `backup`, `restore`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from campmgr.areas.nodes.local.incoming import behind_words
from campmgr.cli.opened import camp_of, catalogue_in_use, opened, reading
from campmgr.cli.output import db_option, emit, json_option
from campmgr.config import data_file
from campmgr.errors import BadInput
from campmgr.facts.checking import state_hash as hash_of_state
from campmgr.facts.checking import verify_ledger
from campmgr.facts.drift import drifted_tables, rebuild_aside
from campmgr.store import upkeep
from campmgr.store.door import Reader, Store
from campmgr.store.identity import lacking

_FILE = click.Path(path_type=Path)


@click.command()
@db_option
@json_option
def verify(db: str | None, as_json: bool) -> None:
    """核对每条记录的摘要、链值和封签，各表是否与账本相符，这份文件是否完整。有问题时以 1 结束。"""
    with opened(db) as store:
        with store.reading() as r:
            checked = verify_ledger(r)
            problems = [*checked.problems, *_lacks(r)]
        problems += _drift(store) if not checked.problems else []
        if not problems:  # else what is wrong may be why no camp is seen
            with store.reading() as r:
                camp_of(r)
    data = {"streams": checked.streams, "facts": checked.facts, "ok": not problems, "problems": problems}
    text = f"{checked.streams} 条流，{checked.facts} 条记录：" + ("全部相符。" if not problems else "有问题。")
    emit(data, as_json=as_json, text=lambda: "\n".join([text, *problems]))
    if problems:
        sys.exit(1)


def _drift(store: Store) -> list[str]:
    """Tables that are not what the ledger says."""
    found = drifted_tables(store)
    return [f"表 {'、'.join(found)} 与账本不符：请先备份，再运行 campmgr rebuild。"] if found else []


def _lacks(r: Reader) -> list[str]:
    """What this machine, or a pack that came, knows the file to lack."""
    count, path = lacking(r)
    by_path = f"比它原来的位置（{path}）少 {count} 条记录：请改用原来那份，或接收原来那份发出的数据包。" if count else ""
    return list(filter(None, (by_path, behind_words(r))))


@click.command()
@db_option
@json_option
def rebuild(db: str | None, as_json: bool) -> None:
    """由账本重建全部表，改正与账本不符的；随时可做，他人照常使用，结果逐字节相同。"""
    with opened(db) as store:
        with store.reading() as r:
            camp_of(r)
        changed = rebuild_aside(store)
        with store.reading() as r:
            after = hash_of_state(r)
    text = f"已重建，改正了 {len(changed)} 张表。" if changed else "已重建，没有变化。"
    emit({"hash": after, "changed": bool(changed)}, as_json=as_json, text=lambda: text)


@click.command()
@db_option
@json_option
def state_hash(db: str | None, as_json: bool) -> None:
    """全部表的 SHA-256；持有同样记录的电脑得到同样的值。"""
    with reading(db) as (r, _):
        value = hash_of_state(r)
    emit({"scope": "all", "hash": value}, as_json=as_json, text=lambda: value)


@click.command()
@click.option("--out", required=True, type=_FILE, metavar="文件", help="备份写到哪里。")
@db_option
@json_option
def backup(out: Path, db: str | None, as_json: bool) -> None:
    """完整备份；他人正在使用时也可以做。"""
    with opened(db) as store:
        upkeep.backup(store, out)
    size = out.stat().st_size
    emit({"file": str(out), "bytes": size}, as_json=as_json, text=lambda: f"已备份：{out}（{size} 字节）")


@click.command()
@click.argument("file", type=_FILE)
@db_option
@json_option
def restore(file: Path, db: str | None, as_json: bool) -> None:
    """把备份恢复成一个新的数据文件；恢复后的文件以新的写入者继续。"""
    path = data_file(db)
    if path.exists():
        raise BadInput(f"{path} 已经存在，不会覆盖。", reason="data_file_exists", hint="请先移走它，或用 --db 换一个位置。")
    upkeep.restore(file, path, catalogue_in_use())
    with opened(db) as store, store.reading() as r:
        writer = r.meta("writer")
    emit({"db": str(path), "writer": writer}, as_json=as_json, text=lambda: f"已恢复到 {path}。")
