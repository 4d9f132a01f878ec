"""`campmgr certificates verify`, `revoke`, `reissue`, `list`, `checker`, `badge`: what proves a certificate, and what ends one."""

from __future__ import annotations

from pathlib import Path

import click

from campmgr.areas.certificates.actions import revoking
from campmgr.areas.certificates.actions.revoking_lists import RevocationPlan, plan_revocations, revoke_planned
from campmgr.areas.certificates.actions.taken_lists import is_list, take_list
from campmgr.areas.certificates.commands.certificates import certificates
from campmgr.areas.certificates.files.checker_file import checker_file
from campmgr.areas.certificates.files.revocation_rows import wanted_rows
from campmgr.areas.certificates.files.revocation_sheet import revocation_sheet
from campmgr.areas.certificates.queries.checks import Verified, verify_text
from campmgr.areas.certificates.queries.prints import certificate_badge
from campmgr.areas.certificates.queries.revocation_lists import revocation_list
from campmgr.areas.certificates.queries.words import NOTES
from campmgr.cli.opened import press_for, reading, writing
from campmgr.cli.output import db_option, emit, json_option, table
from campmgr.clock import minute_text
from campmgr.errors import BadInput
from campmgr.facts.world import load
from campmgr.files.whole_file import whole_file
from campmgr.settings.limits import Limits
from campmgr.wording import hours_text

__all__ = ["certificates"]  # the group, with the commands below in it

_STATES = {"valid": "有效", "revoked": "已撤销", "superseded": "已换发", "unknown": "查无此证", "forged": "不可信"}
_file = click.Path(path_type=Path)


@certificates.command()
@click.argument("text", metavar="编号或文字")
@db_option
@json_option
def verify(text: str, db: str | None, as_json: bool) -> None:
    """查验一个证书编号，或证书二维码里的网址或文字（不需要网络）；撤销名单的码会收下，以后查验时用。"""
    if is_list(text):
        _take(db, text, as_json=as_json)
        return
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
        "camp": {"code": found.camp.code, "name": found.camp.name, "year": found.camp.year} if found.camp else None,
    }
    emit(data, as_json=as_json, text=lambda: _in_words(found))


def _take(db: str | None, text: str, *, as_json: bool) -> None:
    """A part of a signed list instead of a certificate: taken in, so that later checks know it."""
    with writing(db) as w:
        taken = take_list(w, load(w), text)
    until = minute_text(taken.as_of)
    data = {"list": {"as_of": taken.as_of, "issuer": taken.issuer, "part": taken.part, "parts": taken.parts, "numbers": taken.count,
                     "new": taken.new}}  # fmt: skip
    words = (
        f"已收下撤销名单（第 {taken.part} 个码，共 {taken.parts} 个）：截至 {until}，由“{taken.issuer}”签发，{taken.count} 个编号。"
    )
    emit(data, as_json=as_json, text=lambda: words)


def _in_words(found: Verified) -> str:
    first = "  ".join(filter(None, (_STATES[found.state], found.name, found.unit_name, found.issued_on, found.reason,
                                  found.camp.words if found.camp else "")))  # fmt: skip
    signed = f"由“{found.issuer}”签名，签名有效；数据截至 {found.as_of}。" if found.is_signed else ""
    instead = f"已换发为 {found.instead}。" if found.instead else ""
    return "\n".join(filter(None, (f"{found.number or '（没有编号）'}：{first}", instead, signed, NOTES.get(found.note, ""))))


@certificates.command()
@click.argument("number", required=False, default="")
@click.option("--list", "listed", type=_file, metavar="表格", help="按名单撤销：.xlsx 或 .csv，列为 证书编号、原因。")
@click.option("--reason", default="", help="撤销的原因；名单里没有写原因的行也用它。")
@click.option("--dry-run", is_flag=True, help="只看名单逐行的结果，不撤销。")
@db_option
@json_option
def revoke(number: str, listed: Path | None, reason: str, dry_run: bool, db: str | None, as_json: bool) -> None:
    """撤销一份证书，或一份名单里的证书。"""
    if bool(number) == (listed is not None):
        raise BadInput("请给出一个证书编号，或用 --list 给出名单，两者选一。")
    if listed is not None:
        plan = _by_list(db, listed, reason, dry_run=dry_run)
        emit(_counts(plan), as_json=as_json, text=lambda: _plan_in_words(plan, dry_run=dry_run))
        return
    if dry_run:
        raise BadInput("--dry-run 只用于 --list。")
    with writing(db) as w:
        fact = revoking.revoke(w, number, reason)
    emit({"number": number, "fact": fact.chain}, as_json=as_json, text=lambda: "已撤销。")


def _by_list(db: str | None, path: Path, reason: str, *, dry_run: bool) -> RevocationPlan:
    with writing(db) as w:
        plan = plan_revocations(w, wanted_rows(path, max_bytes=load(w).rules[Limits].import_bytes), reason)
        if not dry_run:
            revoke_planned(w, plan)
    return plan


def _counts(plan: RevocationPlan) -> dict[str, object]:
    rejects = [{"row": each.row, "column": "证书编号", "value": each.number, "reason": each.reason, "sentence": each.sentence}
               for each in plan.rows if each.result == "rejected"]  # fmt: skip
    return {"rows": len(plan.rows), "new": plan.count("new"), "unchanged": plan.count("known"), "rejected": len(rejects),
            "rejects": rejects}  # fmt: skip


def _plan_in_words(plan: RevocationPlan, *, dry_run: bool) -> str:
    counted = f"共 {len(plan.rows)} 行：{'将撤销' if dry_run else '已撤销'} {plan.count('new')} 份，"
    counted += f"本来就已撤销 {plan.count('known')} 份，不能撤销 {plan.count('rejected')} 行。"
    rows = [(each.row, each.number, each.sentence) for each in plan.rows if each.result == "rejected"]
    return counted + ("\n" + table(("行", "证书编号", "原因"), rows) if rows else "")


@certificates.command()
@click.argument("number")
@click.option("--reason", required=True, help="换发的原因，如姓名更正、撤销后补发。")
@db_option
@json_option
def reissue(number: str, reason: str, db: str | None, as_json: bool) -> None:
    """换发：旧编号作废，给同一个人一个新编号的证书。"""
    with writing(db) as w:
        made = revoking.reissue(w, number, reason)
    data = {"number": made.number, "instead_of": number, "known": made.known}
    emit(data, as_json=as_json, text=lambda: f"{'先前已换发为' if made.known else '已换发为'} {made.number}。")


@certificates.command(name="list")
@click.option("--out", required=True, type=_file, metavar="文件.pdf", help="写到哪里。")
@db_option
@json_option
def list_(out: Path, db: str | None, as_json: bool) -> None:
    """把签了名的撤销名单写成 PDF：几个二维码，扫进核验页面或离线核验文件就生效。"""
    with writing(db) as w:
        revoking.publish_due(w)
        ended = revocation_list(w, load(w))
        pdf = revocation_sheet(press_for(db), load(w).rules, ended)
    with whole_file(out) as file:
        file.write(pdf)
    until = minute_text(ended.as_of)
    data = {"file": str(out), "as_of": ended.as_of, "numbers": ended.count, "codes": len(ended.texts), "texts": list(ended.texts)}
    emit(data, as_json=as_json, text=lambda: f"已写出 {out}：截至 {until}，{ended.count} 个编号不再有效，{len(ended.texts)} 个码。")


@certificates.command()
@click.option("--out", required=True, type=_file, metavar="核验.html", help="写到哪里。")
@db_option
@json_option
def checker(out: Path, db: str | None, as_json: bool) -> None:
    """写一个离线核验文件：放在 U 盘里，没有网络也能用浏览器打开，核验本营的证书。"""
    with reading(db) as (r, world):
        page = checker_file(r, world)
    with whole_file(out) as file:
        file.write(page)
    emit({"file": str(out), "bytes": len(page)}, as_json=as_json, text=lambda: f"已写出 {out}，用浏览器打开就能核验。")


@certificates.command()
@click.argument("number")
@click.option("--out", required=True, type=_file, metavar="文件.jwt", help="写到哪里。")
@db_option
@json_option
def badge(number: str, out: Path, db: str | None, as_json: bool) -> None:
    """把一份有效证书写成开放徽章（Open Badges 3.0，VC-JWT）。"""
    with reading(db) as (r, world):
        token = certificate_badge(r, world, world.root_unit, number)
    with whole_file(out) as file:
        file.write(token.encode())
    emit({"file": str(out), "bytes": len(token)}, as_json=as_json, text=lambda: f"已写出 {out}。")
