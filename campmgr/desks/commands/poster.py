"""`campmgr poster`."""

from __future__ import annotations

from pathlib import Path

import click

from campmgr.areas.camp.rules import address_warning
from campmgr.areas.camp.settings import Camp
from campmgr.areas.people.actions.joining import make_join_code, open_unit_code
from campmgr.areas.people.local import JoinCode, join_codes_of
from campmgr.cli.lan import lan_addresses
from campmgr.cli.opened import camp_of, press_for, writing
from campmgr.cli.output import db_option, present_camp_option
from campmgr.desks.files.poster import poster_for, posters_pdf
from campmgr.errors import CampError, Trouble
from campmgr.facts.finding import find_unit
from campmgr.store.door import Writer

_PORT = 8000


@click.command()
@click.option("--unit", required=True, metavar="代码", help="单位代码或名称。")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="文件.pdf", help="写到哪里。")
@present_camp_option
@db_option
def poster(unit: str, out: Path, db: str | None) -> None:
    """一个单位的招募海报（A4，PDF），带加入二维码；没有可用的加入码时新做一个。"""
    with writing(db) as w:
        world = camp_of(w)
        found = find_unit(world, unit)
        code = _working_code(w, found.unit)
        base = world.rules[Camp].base_address
        address = f"{(base or _here()).rstrip('/')}/j/{code.code}"
        data = posters_pdf(press_for(db), [poster_for(world.rules, found.name, code.code, address)])
        _write(out, data)
    click.echo(f"已写出海报：{out}\n加入码 {code.code}，二维码指向 {address}")
    if warning := address_warning(base):
        click.echo(f"注意：{warning}", err=True)


def _working_code(w: Writer, unit: str) -> JoinCode:
    """The unit's newest code that works today, else a new one."""
    for each in reversed(join_codes_of(w, [unit])):
        try:
            return open_unit_code(w, each.code)
        except CampError:  # revoked, over or used up
            continue
    return make_join_code(w, unit)


def _here() -> str:
    """Where `campmgr serve` would be reached from other machines, as far as this one knows."""
    return f"http://{next(iter(lan_addresses()), '127.0.0.1')}:{_PORT}"


def _write(out: Path, data: bytes) -> None:
    try:
        out.write_bytes(data)
    except OSError as problem:
        raise Trouble(f"{out} 写不进去。", hint="请检查文件夹是否存在，或这个文件是否正在别的程序里打开。") from problem
