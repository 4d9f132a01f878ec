"""`campmgr judging` with packs and receipts: what a judge takes home, and the slip for what came back."""

from __future__ import annotations

from pathlib import Path

import click

from campmgr.areas.entries.files.folder import kept_file
from campmgr.areas.judging.commands.judging import judging
from campmgr.areas.judging.files.pack import NOT_HIDDEN, PackFile, write_pack
from campmgr.areas.judging.files.receipts import receipt_paper
from campmgr.areas.judging.queries.forms import form_of
from campmgr.areas.judging.queries.receipts import receipt_of
from campmgr.areas.judging.queries.rounds import round_named
from campmgr.areas.people.queries.finding import find_person
from campmgr.cli.opened import press_for, reading
from campmgr.cli.output import activity_option, db_option, emit, json_option
from campmgr.config import data_file
from campmgr.facts.finding import chosen_activity
from campmgr.files.official_sheet import paper_pdf
from campmgr.files.whole_file import whole_file


@click.command("pack")
@click.argument("name", metavar="轮次")
@click.option("--judge", required=True, metavar="编码", help="哪位评委。")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="写到哪个 .zip 文件。")
@activity_option
@db_option
@json_option
def pack(name: str, judge: str, out: Path, activity: str, db: str | None, as_json: bool) -> None:
    """给一位评委做评审包：一个离线评审页、一张评分表、改了名的作品。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "entries")
        form, files = form_of(r, world, found, round_named(r, found, name), find_person(r, judge).person)
    places = [PackFile(each.name, kept_file(data_file(db), each.sha256)) for each in files]
    with whole_file(out) as target:
        done = write_pack(form, places, target)
    told = {
        "file": str(out),
        "works": done.works,
        "bytes": out.stat().st_size,
        "missing": list(done.missing),
        "as_they_are": list(done.as_they_are),
    }
    lines = [f"已写入 {out}：{done.works} 件作品。", NOT_HIDDEN]
    lines += [f"不在这台电脑上，没有装进去：{each}" for each in done.missing]
    lines += [f"这种格式没有清除文件里的作者信息：{each}" for each in done.as_they_are]
    emit(told, as_json=as_json, text=lambda: "\n".join(lines))


@click.command("receipt")
@click.argument("sha256")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="写成 PDF，打印出来交给评委。")
@db_option
@json_option
def receipt(sha256: str, out: Path | None, db: str | None, as_json: bool) -> None:
    """一张交回的评分表的回执：文件的校验码、收下几件。"""
    with reading(db) as (r, _):
        found = receipt_of(r, sha256)
    if out is not None:
        with whole_file(out) as target:
            target.write(paper_pdf(press_for(db), receipt_paper(found)))
    emit(found._asdict(), as_json=as_json, text=lambda: found.words)


for each in (pack, receipt):
    judging.add_command(each)
