"""`campmgr kit`: makes the folder for a stick, on a machine with internet (docs/kit.md)."""

from __future__ import annotations

from pathlib import Path

import click

from campmgr.app.kit.making import make
from campmgr.app.kit.platforms import SYSTEMS
from campmgr.cli.output import emit, json_option, table
from campmgr.errors import BadInput

_FILE = click.Path(path_type=Path)


@click.command()
@click.option("--out", required=True, type=_FILE, metavar="文件夹", help="做在哪里；还不能有这个文件夹。")
@click.option(
    "--python", "pythons", multiple=True, required=True, nargs=3, type=str, metavar="系统 档案 校验值",
    help=f"给哪个系统（{'、'.join(SYSTEMS)}）用哪一份 Python 档案，和它的 SHA-256；可写多次。",
)  # fmt: skip
@click.option("--wheels", type=_FILE, metavar="文件夹", help="从这个文件夹取包，不联网。")
@click.option("--zip", "zipped", is_flag=True, help="再压成一个 .zip。")
@json_option
def kit(out: Path, pythons: tuple[tuple[str, str, str], ...], wheels: Path | None, zipped: bool, as_json: bool) -> None:
    """做一份 U 盘安装包：解开就能用，不要网络，不要管理员。在能上网的电脑上做。"""
    for name, _, _ in pythons:
        if name not in SYSTEMS:
            raise BadInput(f"没有“{name}”这个系统。", reason="wrong_usage", hint=f"可用的：{'、'.join(SYSTEMS)}。")
    archives = [(SYSTEMS[name], Path(archive), told) for name, archive, told in pythons]
    parts = make(out, archives, wheels, lambda words: click.echo(words, err=True), zipped=zipped)
    data = [{"system": each.system.name, "path": str(each.path), "unpacked": each.unpacked, "files": each.files} for each in parts]
    rows = [(each.system.name, each.path.name, f"{each.unpacked / 1e6:.0f} MB", each.files) for each in parts]
    emit({"kit": str(out), "parts": data}, as_json=as_json, text=lambda: table(("系统", "在 U 盘上", "解开后", "文件数"), rows))
