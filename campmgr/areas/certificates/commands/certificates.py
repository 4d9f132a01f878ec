"""`campmgr certificates`: issue and print; what proves or ends them stands in `certificate_trust`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from campmgr.areas.certificates.actions import issuing as actions
from campmgr.areas.certificates.actions.issuing import record_platform_certificate
from campmgr.areas.certificates.files.bundle import write_bundle
from campmgr.areas.certificates.files.sheet import look_of, write_certificates
from campmgr.areas.certificates.files.template import copy_template
from campmgr.areas.certificates.queries.camps import as_of_camp
from campmgr.areas.certificates.queries.certificates import UnitOutcome, Whom, outcome_by_unit
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.areas.people.queries.finding import find_person
from campmgr.cli.opened import press_for, reading, writing
from campmgr.cli.output import activity_option, db_option, emit, json_option, present_camp_option, progress
from campmgr.errors import BadInput
from campmgr.facts.catalogue import CAMP
from campmgr.facts.finding import chosen_activity, find_unit
from campmgr.facts.world import load
from campmgr.files.whole_file import whole_file


@click.group()
def certificates() -> None:
    """结业证书。"""


@certificates.command()
@click.option("--unit", default="", metavar="代码", help="只签发这个单位及其下级的人。")
@click.option("--on", default="", metavar="日期", help="证书上的日期（默认今天；本机日期不可信时必须写）。")
@click.option("--dry-run", is_flag=True, help="只看结果，不签发。")
@present_camp_option
@db_option
@json_option
def issue(unit: str, on: str, dry_run: bool, db: str | None, as_json: bool) -> None:
    """给所有达到条件而还没有证书的人签发；再运行一次不会重复。"""
    with writing(db) as w:
        world = load(w)
        code = find_unit(world, unit).unit if unit else ""
        done = actions.issue(w, Whom(code), on=on, dry_run=dry_run)
        units = outcome_by_unit(w, world, done.holders, done.refused)
    data = {
        "issued": done.issued,
        "already": done.already,
        "refused": [{"person": person, "reason": reason} for person, reason in done.refused],
        "numbers": list(done.numbers),
        "units": [
            {"unit": each.code, "name": each.name, "ready": list(each.ready), "refused": [asdict(one) for one in each.refused]}
            for each in units
        ],
    }
    text = f"{'将签发' if dry_run else '已签发'} {done.issued} 份，本来就有 {done.already} 份，未签发 {len(done.refused)} 人。"
    emit(data, as_json=as_json, text=lambda: "\n".join((text, *_by_unit(units))))


def _by_unit(units: Sequence[UnitOutcome]) -> Iterator[str]:
    """Who gets one and who does not, unit by unit."""
    for each in units:
        yield f"\n{each.name}（{each.code}）：{len(each.ready)} 份"
        if each.ready:
            yield "  " + "、".join(each.ready)
        yield from (f"  未签发 {one.name}：{one.reason}" for one in each.refused)


@certificates.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="文件.pdf|文件.zip", help="写到哪里。")
@click.option("--unit", default="", metavar="代码", help="只要这个单位及其下级的人的证书。")
@activity_option
@db_option
@json_option
def export(out: Path, unit: str, activity: str, db: str | None, as_json: bool) -> None:
    """把一届训练营里有效的证书写成一个 PDF（A4 横向，每页一份），或一个 zip：按地市、单位分文件夹，附装箱单和签收单。"""
    if out.suffix.lower() not in {".pdf", ".zip"}:
        raise BadInput(f"不知道怎样写 {out.name}。", reason="wrong_usage", hint="文件名请以 .pdf 或 .zip 结尾。")
    with reading(db) as (r, present):
        world = as_of_camp(present, chosen_activity(present, activity, CAMP).id) if activity else present
        found = certificate_prints(r, world, find_unit(world, unit).unit if unit else world.root_unit)
        look = look_of(r, world, press_for(db))
    write = partial(write_bundle, world) if out.suffix.lower() == ".zip" else write_certificates
    with whole_file(out) as file, progress() as told:
        made = write(look, found, file, told)
    unprinted = [{"number": each.certificate.number, "name": each.certificate.name, "characters": list(each.characters),
                  "sentence": each.sentence} for each in made.unprinted]  # fmt: skip
    data = {"file": str(out), "printed": made.printed, "unprinted": unprinted}
    emit(data, as_json=as_json, text=lambda: f"已写出 {made.printed} 份证书：{out}")
    for each in made.unprinted:
        click.echo(f"注意：{each.sentence}", err=True)


@certificates.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="文件夹", help="写到哪个文件夹。")
@json_option
def template(out: Path, as_json: bool) -> None:
    """把自带的证书模板复制出来，供修改；怎样使用，见其中的“说明.txt”。"""
    files = copy_template(out)
    emit({"folder": str(out), "files": list(files)}, as_json=as_json, text=lambda: f"已复制到 {out}：{'、'.join(files)}")


@certificates.command()
@click.argument("code")
@click.option("--number", required=True, metavar="编号", help="平台证书上的编号。")
@click.option("--on", "day", required=True, metavar="日期", help="平台证书的颁发日期，如 2023-06-10。")
@present_camp_option
@db_option
@json_option
def platform(code: str, number: str, day: str, db: str | None, as_json: bool) -> None:
    """登记一个人的平台证书编号，和本营的证书一并存档。"""
    with writing(db) as w:
        who = find_person(w, code)
        fact = record_platform_certificate(w, who, number, day)
    data = {"person": who.person, "number": number, "on": day, "fact": fact.chain}
    emit(data, as_json=as_json, text=lambda: f"已登记 {who.shown_name} 的平台证书。")
