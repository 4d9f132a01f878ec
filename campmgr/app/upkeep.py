"""`campmgr verify`, `rebuild`, `state-hash`, `backup`, `restore`, `doctor`."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import click

from campmgr import __version__
from campmgr.areas.camp.rules import address_warning
from campmgr.areas.camp.settings import Camp
from campmgr.cli.lan import answers_itself, lan_addresses
from campmgr.cli.opened import catalogue_in_use, opened, reading, writing
from campmgr.cli.output import db_option, emit, json_option, table
from campmgr.config import data_file
from campmgr.errors import BadInput
from campmgr.facts.checking import state_hash as hash_of_state
from campmgr.facts.checking import verify_ledger
from campmgr.facts.folding import rebuild as rebuild_tables
from campmgr.facts.world import load
from campmgr.store import upkeep

_FILE = click.Path(path_type=Path)


@click.command()
@db_option
@json_option
def verify(db: str | None, as_json: bool) -> None:
    """核对每条记录的摘要、链值和封签。有问题时以 1 结束。"""
    with opened(db) as store, store.reading() as r:
        checked = verify_ledger(r)
    data = {"streams": checked.streams, "facts": checked.facts, "ok": not checked.problems, "problems": list(checked.problems)}
    text = f"{checked.streams} 条流，{checked.facts} 条记录：" + ("全部相符。" if not checked.problems else "有问题。")
    emit(data, as_json=as_json, text=lambda: "\n".join([text, *checked.problems]))
    if checked.problems:
        sys.exit(1)


@click.command()
@db_option
@json_option
def rebuild(db: str | None, as_json: bool) -> None:
    """由账本重建全部表；随时可做，结果逐字节相同。"""
    with writing(db) as w:
        before = hash_of_state(w)
        rebuild_tables(w)
        after = hash_of_state(w)
    text = "已重建，没有变化。" if before == after else "已重建，内容有更新。"
    emit({"hash": after, "changed": before != after}, as_json=as_json, text=lambda: text)


@click.command()
@db_option
@json_option
def state_hash(db: str | None, as_json: bool) -> None:
    """全部表的 SHA-256；持有同样记录的节点得到同样的值。"""
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


_REACHED = {"yes": "本机可以通", "busy": "端口已被占用（可能正在服务）", "no": "连本机都不通，被防火墙拦住了"}
_ON_THE_DAY = (
    "请用一部手机连同一个 Wi-Fi，打开上面的地址：打不开，多半是防火墙没有放行（Windows 首次运行时请选“允许访问”），"
    "或者 Wi-Fi 开了客户端隔离。当天来不及解决，就用这台电脑当登记站，或用纸质名册，事后补录。"
)


@click.command()
@click.option("--port", default=8321, show_default=True, type=click.IntRange(1, 65535), help="手机要访问的端口。")
@db_option
@json_option
def doctor(port: int, db: str | None, as_json: bool) -> None:
    """检查本机的程序版本、数据文件是否完好、手机能不能从局域网打开页面。"""
    path = data_file(db)
    found = {
        "campmgr": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "sqlite": upkeep.sqlite_version(),
        "db": str(path),
        "integrity": "没有数据文件",
        "base_address": "",
    }
    if path.is_file():
        with opened(db) as store:
            found["integrity"] = upkeep.integrity(store)
            with store.reading() as r:
                found["base_address"] = _address(load(r).rules[Camp].base_address)
    lan = {f"http://{each}:{port}/": answers_itself(each, port) for each in lan_addresses()}
    rows = [*found.items(), *((address, _REACHED[state]) for address, state in lan.items())]
    advice = _ON_THE_DAY if lan else "这台电脑没有连局域网：手机打不开页面，请把它当登记站用，或用纸质名册。"
    whole = found["integrity"] in {"ok", "没有数据文件"}
    if not whole:
        advice = "数据文件的索引或内容有损坏：请先备份，再运行 campmgr rebuild；仍不好就用备份恢复。" + advice
    emit({**found, "lan": lan, "advice": advice}, as_json=as_json, text=lambda: table(("项目", "结果"), rows) + "\n" + advice)
    if not whole:
        sys.exit(1)


def _address(base: str) -> str:
    """The address that is printed on posters, with the warning it deserves."""
    return f"{base or '（没有设置）'} {address_warning(base)}".strip()
