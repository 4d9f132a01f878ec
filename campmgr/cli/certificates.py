"""`campmgr certificates`."""

from __future__ import annotations

from pathlib import Path

import click

from campmgr.actions import certificates as actions
from campmgr.actions import revoking
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import db_option, emit, json_option, table
from campmgr.config import data_file
from campmgr.files.certificate_sheet import look_of, write_certificates
from campmgr.files.certificate_template import copy_template
from campmgr.files.press import Press
from campmgr.files.whole_file import whole_file
from campmgr.projections.world import load
from campmgr.queries.certificate_checks import Verified, verify_text
from campmgr.queries.certificate_prints import certificate_prints
from campmgr.queries.certificate_words import NOTES
from campmgr.queries.finding import find_unit, people_by_id
from campmgr.wording import hours_text

_STATES = {"valid": "有效", "revoked": "已撤销", "superseded": "已换发", "unknown": "查无此证", "forged": "不可信"}
_REASONS = {"sign_in_missing": "没有签到", "follow_missing": "没有关注并预约", "daily_scan_missing": "没有每日扫码",
            "certificate_revoked": "证书曾被撤销，需人工处理"}  # fmt: skip


@click.group()
def certificates() -> None:
    """结业证书。"""


@certificates.command()
@click.option("--unit", default="", metavar="代码", help="只签发这个单位及其下级的人。")
@click.option("--dry-run", is_flag=True, help="只看结果，不签发。")
@db_option
@json_option
def issue(unit: str, dry_run: bool, db: str | None, as_json: bool) -> None:
    """给所有达到条件而还没有证书的人签发；再运行一次不会重复。"""
    with writing(db) as w:
        code = find_unit(load(w), unit).unit if unit else ""
        done = actions.issue(w, code, dry_run=dry_run)
        names = {key: who.shown_name for key, who in people_by_id(w, [person for person, _ in done.refused]).items()}
    data = {
        "issued": done.issued,
        "already": done.already,
        "refused": [{"person": person, "reason": reason} for person, reason in done.refused],
        "numbers": list(done.numbers),
    }
    rows = [(names.get(person, person), _REASONS.get(reason, reason)) for person, reason in done.refused[:50]]
    text = f"{'将签发' if dry_run else '已签发'} {done.issued} 份，本来就有 {done.already} 份，未签发 {len(done.refused)} 人。"
    emit(data, as_json=as_json, text=lambda: text + ("\n" + table(("学满但未签发", "原因"), rows) if rows else ""))


@certificates.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="文件.pdf", help="写到哪里。")
@click.option("--unit", default="", metavar="代码", help="只要这个单位及其下级的人的证书。")
@db_option
@json_option
def export(out: Path, unit: str, db: str | None, as_json: bool) -> None:
    """把有效的证书写成一个 PDF（A4 横向，每页一份），按单位、班级、姓名排列。"""
    with reading(db) as (r, world):
        found = certificate_prints(r, world, find_unit(world, unit).unit if unit else world.root_unit)
        look = look_of(r, world, Press(data_file(db)))
    with whole_file(out) as file:
        made = write_certificates(look, found, file)
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
@click.argument("text", metavar="编号或文字")
@db_option
@json_option
def verify(text: str, db: str | None, as_json: bool) -> None:
    """查验一个证书编号，或证书二维码里的网址或文字（不需要网络）。"""
    with reading(db) as (r, world):
        found = verify_text(r, world, text)
    data = {
        "number": found.number,
        "state": found.state,
        "name": found.name,
        "issued_on": found.issued_on,
        "reason": found.reason,
        "unit": found.unit_name,
        "credited": None if found.credited is None else hours_text(found.credited),
        "ended_on": found.ended_on,
        "instead": found.instead,
        "issuer": found.issuer,
        "signed": found.is_signed,
        "as_of": found.as_of,
        "note": found.note,
        "sentence": NOTES.get(found.note, ""),
    }
    emit(data, as_json=as_json, text=lambda: _in_words(found))


def _in_words(found: Verified) -> str:
    first = "  ".join(filter(None, (_STATES[found.state], found.name, found.unit_name, found.issued_on, found.reason)))
    signed = f"由“{found.issuer}”签名，签名有效；数据截至 {found.as_of}。" if found.is_signed else ""
    instead = f"已换发为 {found.instead}。" if found.instead else ""
    return "\n".join(filter(None, (f"{found.number or '（没有编号）'}：{first}", instead, signed, NOTES.get(found.note, ""))))


@certificates.command()
@click.argument("number")
@click.option("--reason", required=True, help="撤销的原因。")
@db_option
@json_option
def revoke(number: str, reason: str, db: str | None, as_json: bool) -> None:
    """撤销一份证书。"""
    with writing(db) as w:
        fact = revoking.revoke(w, number, reason)
    emit({"number": number, "fact": fact.chain}, as_json=as_json, text=lambda: "已撤销。")
