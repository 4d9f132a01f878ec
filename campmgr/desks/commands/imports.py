"""`campmgr import`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from campmgr.cli.lazily import SORT
from campmgr.cli.opened import camp_of, catalogue_in_use, opened
from campmgr.cli.output import ASKED_NOW, db_option, emit, json_option, present_camp_option, progress, table
from campmgr.desks.commands.folders import folder_data, folder_text, take_folder
from campmgr.errors import BadInput, Trouble
from campmgr.facts.importing import Reject
from campmgr.facts.under_way import PACK, all_under_way
from campmgr.files.imports.choices import ENCODINGS, Choices, columns_said
from campmgr.files.imports.importing import FileImported, Options
from campmgr.files.imports.looking import open_chosen
from campmgr.files.imports.many_files import ReturnedFile, import_files
from campmgr.files.imports.rejects import save_rejects
from campmgr.files.imports.sealed_sheet import opened_sheet
from campmgr.files.imports.sheets import FolderTaken, sheets_of, sort_of
from campmgr.settings.limits import Limits
from campmgr.store.door import Store

_SHOWN = 20


class SheetName(click.Choice):  # type: ignore[type-arg] # generic in newer versions of click alone
    """The name of a kind of spreadsheet that some area takes in; which there are is known only when the command runs."""

    def __init__(self) -> None:
        super().__init__(())

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The name itself. Raises click.BadParameter for one that no area knows."""
        self.choices = tuple(sheets_of(catalogue_in_use(ctx)))
        return super().convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str | None:
        """The names, as help shows them; older versions of click give no context."""
        self.choices = tuple(sheets_of(catalogue_in_use(ctx)))
        return super().get_metavar(param, ctx) if ctx is not None else super().get_metavar(param)  # type: ignore[call-arg]


@click.command()
@click.argument("kind", type=SheetName())
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE...")
@click.option("--unit", default="", metavar="代码", help="表中没有写单位的行归到这里。")
@click.option("--lesson", default="", metavar="课程编号", help="参会记录（sessions）是哪一节课的。")
@click.option("--round", "round_", default="", metavar="轮次", help="评分表（scores）是哪一轮的；不是的整张不导入。")
@click.option("--judge", default="", metavar="编码", help="评分表（scores）是哪位评委的；不是的整张不导入。")
@click.option("--read-at", default="", metavar="时间", help="点赞数的读取时间；学习记录里没有日期的行算哪一天。")
@click.option("--sheet", default="", metavar="名称", help="读哪一张工作表；不写则选表头最合适的一张。")
@click.option("--encoding", default="", type=click.Choice(tuple(ENCODINGS)), help="CSV 的编码；不写则自动识别（Big5 要写明）。")
@click.option("--heading-row", default=0, metavar="行号", type=click.IntRange(0, 1000), help="表头在第几行；不写则自动识别。")
@click.option("--map", "columns", multiple=True, metavar="字段=列", help="哪一列是哪个字段，如 姓名=学生名字、手机号=F；可写多次。")
@click.option("--skip-hidden-rows", "skip_hidden", is_flag=True, help="跳过表格里隐藏（筛选掉）的行。")
@click.option(
    "--files",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="文件夹",
    help="作品汇总表（entries）：作品文件所在的文件夹，按表里的序号、文件名或作品名称附到各件作品上。",
)
@click.option("--dry-run", is_flag=True, help="只看结果，不写入。")
@click.option("--strict", is_flag=True, help="只要有一行不能导入，就整个文件都不写入。")
@click.option("--rejects", type=click.Path(path_type=Path), metavar="文件.xlsx", help="把不能导入的行连同原因写成表格。")
@present_camp_option
@db_option
@json_option
def import_(
    kind: str, files: tuple[Path, ...], rejects: Path | None, db: str | None, *, columns: tuple[str, ...], sheet: str,
    encoding: str, heading_row: int, skip_hidden: bool, as_json: bool, **named: Any,
) -> None:  # fmt: skip
    """从表格导入（.xlsx .xls .ods .csv）。再导入一次同样的文件不会有变化；中途停下的，再导入一次就接着做完。

    可以一次给出多个文件（如各单位交回的表）：每个文件一个批次，读不了的逐个说明，其余照常导入。
    """
    layout, folder = sheets_of(catalogue_in_use())[kind].layout, named.pop("folder")
    if folder and (len(files) > 1 or sheets_of(catalogue_in_use())[kind].folder is None):
        raise BadInput("--files 一次配一个表格，只用于有文件的表格（作品汇总表）。", reason="wrong_usage")
    click.get_current_context().meta[SORT] = sort_of(catalogue_in_use(), kind)
    of_activity = str(click.get_current_context().meta.get(ASKED_NOW, ""))
    options = Options(
        activity=of_activity, choices=Choices(sheet, encoding, heading_row, skip_hidden, columns_said(layout, columns)),
        said={"round": named.pop("round_"), "judge": named.pop("judge")}, **named
    )  # fmt: skip
    with opened(db) as store:
        with store.reading() as r:
            limit = camp_of(r).rules[Limits].import_bytes
        if missing := [file for file in files if not file.is_file()]:
            raise BadInput(f"没有找到文件 {missing[0]}。", reason="unreadable_file", hint="请核对文件名。")
        if rejects and (rejects.is_dir() or not rejects.parent.is_dir()):
            raise Trouble(f"{rejects} 写不进去，没有导入任何内容。", hint="请检查文件夹是否存在。")
        _say_cut_off(store)
        try:
            with progress() as told:
                found = import_files(store, kind, files, options, told)
        except KeyboardInterrupt:
            _say_cut_off(store)
            raise
        for place, each in enumerate(found, 1):
            if rejects and each.imported and each.imported.counts.rejected:
                known = [sheet.layout for sheet in sheets_of(catalogue_in_use()).values()]
                to = rejects if len(found) == 1 else rejects.with_name(f"{rejects.stem}-{place}-{each.path.stem}{rejects.suffix}")
                with opened_sheet(store, layout, each.path, limit) as plain:
                    parts = open_chosen(plain, layout, known, options.choices, limit)[1]
                    save_rejects(to, layout, parts, each.imported.counts.rejects)
        taken = take_folder(store, kind, found[0], folder, options, limit) if folder else None
    if len(found) == 1:
        _tell_one(found[0], taken, as_json=as_json, dry_run=options.dry_run)
    else:
        _tell_all(found, as_json=as_json, dry_run=options.dry_run)


def _tell_one(one: ReturnedFile, taken: FolderTaken | None, *, as_json: bool, dry_run: bool) -> None:
    """What became of the only file. Raises what it was refused for."""
    if one.refused:
        raise one.refused
    if one.imported:
        result = one.imported
        emit(as_data(result) | (folder_data(taken) if taken else {}), as_json=as_json,
             text=lambda: "\n".join([_text(result, dry_run=dry_run), *(folder_text(taken) if taken else ())]))  # fmt: skip


def _tell_all(found: Sequence[ReturnedFile], *, as_json: bool, dry_run: bool) -> None:
    """What became of each file, and of all; the exit code tells of any that was refused."""
    counts = [each.imported.counts for each in found if each.imported]
    total = {name: sum(getattr(each, name) for each in counts) for name in ("rows", "new", "changed", "unchanged", "rejected")}
    refused = [each.refused for each in found if each.refused]
    data = {"files": [_file_data(each) for each in found], **total, "refused": len(refused)}
    emit(data, as_json=as_json, text=lambda: "\n".join(
        [*(_file_text(each, dry_run=dry_run) for each in found), f"共 {len(found)} 个文件，{len(refused)} 个没有导入。"]))  # fmt: skip
    if refused:
        sys.exit(refused[0].exit_code)


def _file_data(each: ReturnedFile) -> dict[str, object]:
    if each.imported:
        return {"file": str(each.path), **as_data(each.imported)}
    problem = each.refused
    told = {"reason": problem.reason, "sentence": problem.sentence, "hint": problem.at_console} if problem else {}
    return {"file": str(each.path), "error": told}


def _file_text(each: ReturnedFile, *, dry_run: bool) -> str:
    if each.imported:
        return f"{each.path}\n{_text(each.imported, dry_run=dry_run)}"
    return f"{each.path}\n没有导入：{each.refused.sentence if each.refused else ''}"


def _say_cut_off(store: Store) -> None:
    """Say which imports were cut off, where each stopped, and what can be done, on standard error."""
    with store.reading() as r:
        cut_off = [each for each in all_under_way(r) if each.kind != PACK and not each.is_going_on]
    for each in cut_off:
        click.echo(f"{each.file} 的导入停在第 {each.row} 行。继续：再导入一次同一个文件（已导入的行不会重复）；"
                   f"撤回：campmgr withdraw {each.batch} --reason 导错了", err=True)  # fmt: skip


def as_data(result: FileImported) -> dict[str, object]:
    """The contract's shape of an import's result."""
    counts = result.counts
    return {
        "rows": counts.rows, "new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged,
        "rejected": counts.rejected,
        "rejects": [_rejected(result, each) for each in counts.rejects],
        "batch": result.batch, "receipt": result.sha256,
        "resumed_after": result.resumed_after,
        "sheet": result.sheet,
        "sheets": list(result.sheets),
        "other_sheets": list(result.other_sheets),
        "unused_columns": list(result.columns.ignored),
        "encoding": result.encoding,
        "columns": {column: result.columns.headings[place] for column, place in result.columns.fields.items()},
        "differences": [
            {"row": each.row, **_sheet(each.sheet), "state": each.state, "about": each.about,
             "changes": [{"column": result.columns.heading(one.field) or one.field, "old": one.old, "new": one.new}
                         for one in each.changes]}
            for each in counts.differences
        ],
        "notes": [_rejected(result, each) for each in counts.notes],
    }  # fmt: skip


def _rejected(result: FileImported, each: Reject) -> dict[str, object]:
    return {"row": each.row or None, **_sheet(each.sheet), "column": result.columns.heading(each.column) or each.column,
            "value": each.value, "reason": each.reason, "sentence": each.sentence}  # fmt: skip


def _sheet(name: str) -> dict[str, str]:
    """The sheet of a row, where several are read."""
    return {"sheet": name} if name else {}


def _text(result: FileImported, *, dry_run: bool) -> str:
    counts = result.counts
    done = "预览" if dry_run else "导入"
    taken = f"新增 {counts.new}，更改 {counts.changed}，未变 {counts.unchanged}，未导入 {counts.rejected}"
    lines = [f"{done} {counts.rows} 行：{taken}。"]
    if brought := counts.brought():
        lines.append(f"其中新增 {brought}。")
    if result.resumed_after is not None:
        lines.append(f"接着上次停在第 {result.resumed_after} 行的导入；已经导入的行算在内，没有重复。")
    if result.batch:
        lines.append(f"批次 {result.batch}（可用 campmgr withdraw 撤回）")
    if result.columns.ignored:
        lines.append("没有用到的列：" + "、".join(result.columns.ignored))
    if changed := [each for each in counts.differences if each.state == "changed"][:_SHOWN]:
        told = [(each.row, each.about[:30], result.columns.heading(one.field) or one.field, one.old[:20], one.new[:20])
                for each in changed for one in each.changes]  # fmt: skip
        lines.append(table(("行", "谁", "更改", "原来", "改为"), told))
    lines += [f"请留意{_row(each)}：{each.sentence}" for each in counts.notes[:_SHOWN]]
    if counts.rejects:
        rows = [
            (f"{each.sheet} {each.row}".strip(), result.columns.heading(each.column), each.value[:20], each.sentence)
            for each in counts.rejects[:_SHOWN]
        ]
        lines.append(table(("行", "列", "内容", "原因"), rows))
    if len(counts.rejects) > _SHOWN:
        lines.append(f"……还有 {len(counts.rejects) - _SHOWN} 条，用 --rejects 文件.xlsx 全部写出。")
    return "\n".join(lines)


def _row(each: Reject) -> str:
    return f"{each.sheet}第 {each.row} 行" if each.row else ""
