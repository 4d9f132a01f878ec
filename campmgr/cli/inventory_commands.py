"""The commands of an inventory: its report, exported as .xlsx or PDF too, and one that lists, drops and tells of single rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from campmgr.cli.opened import press_for, reading, writing
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.finding import chosen_activity, find_unit, shown_code
from campmgr.facts.inventories import Inventory
from campmgr.facts.inventory_rows import InventoryRow, Who, drop_row, ids_begun, inventory_rows, list_row, row_of, told_of, words_of
from campmgr.facts.units import LEAST_OF_AN_ID
from campmgr.facts.world import World
from campmgr.files.cells import CellProblem
from campmgr.files.inventory_sheets import inventory_paper, read_field
from campmgr.files.official_book import write_paper
from campmgr.files.official_paper import Paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.files.whole_file import whole_file
from campmgr.store.door import Reader


def inventory_report(inventory: Inventory, who: Who | None = None) -> click.Command:
    """`campmgr report <table>`: its rows, people by the names they have now."""

    @click.command()
    @click.option("--unit", default="", metavar="单位", help="只看一个单位的（代码、名称或识别号）。")
    @click.option("--dropped", is_flag=True, help="连已撤下的一起列出。")
    @click.option("--out", type=click.Path(path_type=Path), help="另存为 .xlsx 或 .pdf；写明单位的，按通知的表样。")
    @activity_option
    @db_option
    @json_option
    def report(unit: str, dropped: bool, out: Path | None, activity: str, db: str | None, as_json: bool) -> None:
        if out is not None and out.suffix.lower() not in {".xlsx", ".pdf"}:
            raise BadInput(f"不知道怎样写 {out.name}。", reason="wrong_usage", hint="文件名请以 .xlsx 或 .pdf 结尾。")
        with reading(db) as (r, world):
            found, of = chosen_activity(world, activity, inventory.sort), find_unit(world, unit).unit if unit else ""
            rows = inventory_rows(r, inventory, found.id, of, dropped=dropped)
            words = words_of(r, inventory, rows, who)
            data = [_data(world, row, words[row.id]) for row in rows]
            if out is not None:
                paper = inventory_paper(world, inventory, found.rules, [row for row in rows if row.listed], of)
                _write(out, paper, db)
        headings = ("单位", *(each.heading for each in inventory.fields), "")
        lines = [(each["unit"], *each["shown"].values(), "" if each["listed"] else "已撤下") for each in data]
        told = f"已写入 {out}：{len(rows)} 条。" if out else table(headings, lines) if lines else f"还没有{inventory.called}。"
        emit({"activity": found.id, "rows": data}, as_json=as_json, text=lambda: told)

    report.help = f"{inventory.title}：逐条列出，或另存为表。"
    return report


def inventory_command(inventory: Inventory, who: Who | None = None) -> click.Group:
    """`campmgr <name>`: one row at a time, `set`, `drop` and `show`."""

    @click.group(help=f"{inventory.called}：逐条登记、修改、撤下、查看。成批的用 campmgr import {inventory.table}。")
    def group() -> None:
        pass

    @group.command("set", help="登记一条，或修改同一条的几项；撤下的重新列入。每项写成 字段=内容。")
    @click.argument("said", nargs=-1, required=True)
    @click.option("--unit", default="", metavar="单位", help="哪个单位的。", required=inventory.is_units)
    @activity_option
    @db_option
    @json_option
    def set_(said: tuple[str, ...], unit: str, activity: str, db: str | None, as_json: bool) -> None:
        with writing(db) as w:
            world = worlds.load(w)
            found, of = chosen_activity(world, activity, inventory.sort), find_unit(world, unit).unit if unit else ""
            values = _values(w, inventory, who, of, said)
            fact = list_row(w, inventory, found, of, values)
            id_ = inventory.row_id(found.id, of, values)
        emit({"id": id_, "fact": fact.chain if fact else None}, as_json=as_json,
             text=lambda: f"已登记（{id_[:8]}）。" if fact else "本来就是这样，没有改动。")  # fmt: skip

    @group.command("drop", help="撤下一条；历史仍在，可以重新列入。")
    @click.argument("row")
    @click.option("--reason", required=True, help="原因。")
    @db_option
    @json_option
    def drop(row: str, reason: str, db: str | None, as_json: bool) -> None:
        with writing(db) as w:
            fact = drop_row(w, inventory, _begun(w, inventory, row), reason)
        emit({"id": row, "fact": fact.chain if fact else None}, as_json=as_json,
             text=lambda: "已撤下。" if fact else "本来就已撤下。")  # fmt: skip

    @group.command("show", help="一条，和它的全部历史。")
    @click.argument("row")
    @db_option
    @json_option
    def show(row: str, db: str | None, as_json: bool) -> None:
        with reading(db) as (r, world):
            found = _begun(r, inventory, row)
            data = _data(world, found, words_of(r, inventory, [found], who)[found.id])
            history = [each._asdict() for each in told_of(r, world, inventory, found)]
        lines = [(each["at"], each["laptop"], each["called"], each["words"]) for each in history]
        emit(data | {"history": history}, as_json=as_json, text=lambda: table(("时间", "电脑", "", "内容"), lines))

    return group


def _write(out: Path, paper: Paper, db: str | None) -> None:
    if out.suffix.lower() == ".xlsx":
        write_paper(out, paper)
        return
    with whole_file(out) as file:
        file.write(paper_pdf(press_for(db), paper))


def _begun(r: Reader, inventory: Inventory, text: str) -> InventoryRow:
    """The row of an id or of its first eight or more characters, as `set` prints it. Raises NotFound, BadInput."""
    found = ids_begun(r, inventory, text.lower()) if len(text) >= LEAST_OF_AN_ID else []
    if len(found) > 1:
        raise BadInput(f"以“{text}”开头的不止一条。", reason="unknown_fact", hint="请多写几位。")
    return row_of(r, inventory, found[0] if found else text)


def _values(r: Reader, inventory: Inventory, who: Who | None, unit: str, said: tuple[str, ...]) -> dict[str, Any]:
    """What `字段=内容` says, by field. Raises BadInput for a field that is none, a value that is none, or where the key lacks."""
    fields = {name: each for each in inventory.asked for name in (each.name, each.heading)}
    values: dict[str, Any] = {}
    for each in said:
        name, mark, text = each.partition("=")
        if not mark or name not in fields:
            known = "、".join(field.heading for field in inventory.asked)
            raise BadInput(f"“{each}”看不懂。", reason="unknown_word", hint=f"请写成 字段=内容；字段有：{known}。")
        field = fields[name]
        try:
            value = read_field(field, text) if text else field.blank
        except CellProblem as problem:
            raise BadInput(f"{field.heading}：{problem.sentence}", reason=problem.reason) from problem
        values[field.name] = who.find(r, unit, value) if value and who and field.sort == "person" else value
    lacking = [inventory.by_name[name].heading for name in inventory.key if name not in values]
    if lacking:
        raise BadInput(f"请写明{'、'.join(lacking)}。", reason="missing_value")
    return values


def _data(world: World, row: InventoryRow, shown: dict[str, str]) -> dict[str, Any]:
    unit = shown_code(world, row.unit) if row.unit else None
    return {"id": row.id, "unit": unit, "listed": row.listed, "listed_on": row.listed_on, **row.values, "shown": shown}
