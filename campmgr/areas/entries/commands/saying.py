"""What is said of single works: files attached, stages, revocations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from campmgr.areas.entries.actions.agreeing import agree as say_agreed
from campmgr.areas.entries.actions.files import attach_file, drop_file
from campmgr.areas.entries.actions.staging import reinstate_entry, revoke_entry, stage_entries
from campmgr.areas.entries.files.folder import keep_file
from campmgr.areas.entries.files.probing import digest_of, probe_file
from campmgr.areas.entries.kinds import ENTRIES, REACHES, ROLES, STAGES
from campmgr.areas.entries.queries.entries import files_called
from campmgr.areas.entries.rules.checking import check_attached
from campmgr.cli.opened import writing
from campmgr.cli.output import db_option, emit, json_option, progress
from campmgr.config import data_file
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.inventory_rows import row_of


@click.command()
@click.argument("row", metavar="作品")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件")
@click.option("--role", default="作品", metavar="用途", help=f"{'、'.join(ROLES)}（默认作品）。")
@db_option
@json_option
def attach(row: str, file: Path, role: str, db: str | None, as_json: bool) -> None:
    """附上一个文件：先体检，再存一份在数据文件旁边的文件夹里。"""
    probe = probe_file(file)
    if probe.sha256 is None and probe.trouble != "missing":
        done = 0
        with progress() as tell:

            def hear(count: int) -> None:
                nonlocal done
                done += count
                tell(done, probe.bytes)

            probe = replace(probe, sha256=digest_of(file, hear))
    with writing(db) as w:
        entry = row_of(w, ENTRIES, row)
        activity = worlds.load(w).activities[entry.activity]
        checked = check_attached(probe, activity.rules, role, str(entry.values["class"]))
        fact = attach_file(w, entry, role, probe)
    keep_file(data_file(db), file, probe.sha256 or "")
    words = "合格" if checked.passes else "不合格，见 campmgr entry check"
    emit({"fact": fact.chain, "sha256": probe.sha256, "passes": checked.passes}, as_json=as_json,
         text=lambda: f"已附上 {probe.name}（{role}）：{words}。")  # fmt: skip


@click.command()
@click.argument("row", metavar="作品")
@click.argument("name", metavar="文件名")
@db_option
@json_option
def detach(row: str, name: str, db: str | None, as_json: bool) -> None:
    """撤下一个附上的文件。"""
    with writing(db) as w:
        entry = row_of(w, ENTRIES, row)
        found = files_called(w, entry, name)
        if not found:
            raise NotFound(f"这件作品没有名为“{name}”的文件。", reason="unknown_fact", hint="见 campmgr entry show。")
        facts = [drop_file(w, entry, role, digest, name).chain for role, digest in found]
    emit({"facts": facts}, as_json=as_json, text=lambda: f"已撤下 {name}。")


@click.command()
@click.argument("rows", nargs=-1, required=True, metavar="作品…")
@click.option("--to", "stage_", required=True, metavar="阶段", help="、".join(STAGES))
@click.option("--outlet", default="", metavar="平台", help="展播在哪个平台。")
@click.option("--check", "checks", multiple=True, metavar="一项", help="逐项看过、合适的一项，可写多次；没写的记为不合适。")
@click.option("--reason", default="", help="原因；退回和未入围必填。")
@db_option
@json_option
def stage(
    rows: tuple[str, ...], stage_: str, outlet: str, checks: tuple[str, ...], reason: str, db: str | None, as_json: bool
) -> None:  # fmt: skip
    """写明作品到了哪一步：退回、报送、初筛、入围、展播、未入围。"""
    with writing(db) as w:
        facts = stage_entries(w, [row_of(w, ENTRIES, each) for each in rows], stage_, outlet=outlet, checks=checks, reason=reason)
    emit({"facts": [each.chain for each in facts]}, as_json=as_json, text=lambda: f"{len(facts)} 件作品：{stage_}。")


@click.command()
@click.argument("rows", nargs=-1, required=True, metavar="作品…")
@click.option("--all", "all_", is_flag=True, help="全部各项都已承诺。")
@click.option("--item", "items", multiple=True, type=int, metavar="N", help="第几项已承诺，可写多次；没写的收回。")
@db_option
@json_option
def agree(rows: tuple[str, ...], all_: bool, items: tuple[int, ...], db: str | None, as_json: bool) -> None:
    """写明作品的创作者承诺了哪几项，各项见 campmgr rules show。"""
    if all_ == bool(items):
        raise BadInput("请写 --all，或用 --item 写明哪几项。", reason="wrong_usage")
    with writing(db) as w:
        facts = say_agreed(w, [row_of(w, ENTRIES, each) for each in rows], None if all_ else items)
    emit({"facts": [each.chain for each in facts]}, as_json=as_json,
         text=lambda: f"已记下 {len(facts)} 处。" if facts else "本来就是这样，没有改动。")  # fmt: skip


@click.command()
@click.argument("row", metavar="作品")
@click.option("--reach", default="参选", metavar="资格", help=f"{'、'.join(REACHES)}（默认参选）。")
@click.option("--reason", required=True, help="原因。")
@click.option("--back", is_flag=True, help="恢复资格。")
@db_option
@json_option
def revoke(row: str, reach: str, reason: str, back: bool, db: str | None, as_json: bool) -> None:
    """撤销（或恢复）一件作品的资格；历史和原因保留。"""
    with writing(db) as w:
        say = reinstate_entry if back else revoke_entry
        fact = say(w, row_of(w, ENTRIES, row), reach, reason)
    emit({"fact": fact.chain}, as_json=as_json, text=lambda: f"已{'恢复' if back else '撤销'}{reach}资格。")
