"""`campmgr doctor`: this machine, the data file, and whether phones reach it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from campmgr import __version__
from campmgr.areas.camp.rules import address_warning
from campmgr.areas.camp.settings import Camp
from campmgr.areas.nodes.local.incoming import behind_words
from campmgr.cli.lan import answers_itself, lan_addresses
from campmgr.cli.opened import opened
from campmgr.cli.output import db_option, emit, json_option, table
from campmgr.config import data_file, state_folder
from campmgr.disk import open_to
from campmgr.facts.drift import drifted_tables
from campmgr.facts.wall import clock_doubt
from campmgr.facts.world import load
from campmgr.store import upkeep
from campmgr.store.door import Store
from campmgr.store.identity import lacking

_REACHED = {"yes": "本机可以通", "busy": "端口已被占用（可能正在服务）", "no": "连本机都不通，被防火墙拦住了"}
_ON_THE_DAY = (
    "请用一部手机连同一个 Wi-Fi，打开上面的地址：打不开，多半是防火墙没有放行（Windows 首次运行时请选“允许访问”），"
    "或者 Wi-Fi 开了客户端隔离。当天来不及解决，就用这台电脑当登记站，或用纸质名册，事后补录。"
)
_NO_FILE = "没有数据文件"


@click.command()
@click.option("--port", default=8321, show_default=True, type=click.IntRange(1, 65535), help="手机要访问的端口。")
@db_option
@json_option
def doctor(port: int, db: str | None, as_json: bool) -> None:
    """检查程序版本、数据文件是否完好完整、本机日期可不可信、别的用户能不能读、手机能不能从局域网打开页面。"""
    path = data_file(db)
    found = {
        "campmgr": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "sqlite": upkeep.sqlite_version(),
        "db": str(path),
        "integrity": _NO_FILE,
        "tables": "",
        "copying": "",
        "clock": "",
        "access": "",
        "base_address": "",
    }
    advice = []
    if path.is_file():
        with opened(db) as store:
            found |= _of_file(store)
            advice = list(_advice(store, found))
    lan = {f"http://{each}:{port}/": answers_itself(each, port) for each in lan_addresses()}
    rows = [*found.items(), *((address, _REACHED[state]) for address, state in lan.items())]
    advice.append(_ON_THE_DAY if lan else "这台电脑没有连局域网：手机打不开页面，请把它当登记站用，或用纸质名册。")
    data = {**found, "lan": lan, "advice": "".join(advice)}
    emit(data, as_json=as_json, text=lambda: table(("项目", "结果"), rows) + "\n" + "\n".join(advice))
    if found["integrity"] not in {"ok", _NO_FILE} or found["tables"] not in {"ok", ""}:
        sys.exit(1)


def _of_file(store: Store) -> dict[str, str]:
    """What there is to say of an open data file, a word or sentence each."""
    found = {"integrity": upkeep.integrity(store), "tables": "", "copying": "ok", "access": _access(store.path)}
    if found["integrity"] == "ok":
        found["tables"] = "、".join(drifted_tables(store)) or "ok"
    if not store.empty_log(patience=1):
        found["copying"] = "还没有写完，请勿复制"
    with store.reading() as r:
        found["clock"] = clock_doubt(r) or "ok"
        found["base_address"] = _address(load(r).rules[Camp].base_address)
    return found


def _advice(store: Store, found: dict[str, str]) -> Iterator[str]:
    if found["integrity"] != "ok":
        yield "数据文件的索引或内容有损坏：请先备份，再运行 campmgr rebuild；仍不好就用备份恢复。"
    if found["tables"] not in {"ok", ""}:
        yield f"表 {found['tables']} 与账本不符：请先备份，再运行 campmgr rebuild。"
    if found["copying"] != "ok":
        yield "数据文件还没有写完，请勿复制；要带走数据，请用 campmgr backup。"
    if found["clock"] != "ok":
        yield found["clock"] + "请先校准这台电脑的日期，再录入或签发。"
    if found["access"] != "ok":
        yield f"{found['access']}：请把它们放进自己的用户文件夹，或收紧权限。"
    with store.reading() as r:
        count, path = lacking(r)
        behind = behind_words(r)
    if count:
        yield f"这份数据文件比它原来的位置（{path}）少 {count} 条记录：请改用原来那份，或接收原来那份发出的数据包。"
    if behind:
        yield behind


def _access(path: Path) -> str:
    """Who else may read what holds names or keys."""
    files = [path, *(path.with_name(path.name + log) for log in ("-wal", "-shm")), state_folder()]
    told = [f"{each.name} {who}可读" for each in files if each.exists() and (who := open_to(each))]
    return "；".join(told) or "ok"


def _address(base: str) -> str:
    """The address that is printed on posters, with the warning it deserves."""
    return f"{base or '（没有设置）'} {address_warning(base)}".strip()
