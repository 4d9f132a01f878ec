"""`campmgr account list | close | reset`: whoever sits at the machine may close anybody, and give a link for a new password."""

from __future__ import annotations

import click

from campmgr.accounts import governing as actions
from campmgr.accounts import local
from campmgr.accounts.governing import tidy_login
from campmgr.accounts.local import AccountRow
from campmgr.accounts.queries import role_word
from campmgr.areas.camp.settings import Camp
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import db_option, emit, json_option, table
from campmgr.errors import NotFound
from campmgr.facts.world import load
from campmgr.store.door import Reader


@click.group()
def account() -> None:
    """网页的登录账号：列出、停用、重设密码。"""


@account.command("list")
@db_option
@json_option
def list_(db: str | None, as_json: bool) -> None:
    """全部账号，停用的也在内。"""
    with reading(db) as (r, world):
        known = world.tree.units
        found = [(each, known.get(each.unit)) for each in local.all_accounts(r)]
    rows = [
        {"login": each.login, "name": each.name, "role": each.role, "unit": unit.code if unit else "", "unit_id": each.unit,
         "line": each.line, "active": bool(each.active)}
        for each, unit in found
    ]  # fmt: skip
    lines = [
        (each.login, each.name, role_word(each.role), unit.name if unit else each.unit, each.line or "全部",
         "" if each.active else "已停用")
        for each, unit in found
    ]  # fmt: skip
    emit({"accounts": rows}, as_json=as_json, text=lambda: table(("登录名", "姓名", "角色", "单位", "条线", ""), lines))


@account.command()
@click.argument("login")
@db_option
@json_option
def close(login: str, db: str | None, as_json: bool) -> None:
    """停用一个账号：登录、链接和它发出的邀请立即失效。"""
    with writing(db) as w:
        row = _row(w, login)
        actions.close_account(w, row)
    emit({"login": row.login, "active": False}, as_json=as_json, text=lambda: f"已停用 {row.login}（{row.name}）。")


@account.command()
@click.argument("login")
@db_option
@json_option
def reset(login: str, db: str | None, as_json: bool) -> None:
    """给一个重设密码的链接（只能用一次）。"""
    with writing(db) as w:
        row = _row(w, login)
        base = load(w).rules[Camp].base_address.rstrip("/")
        link = f"{base}/link/{actions.new_reset_link(w, row)}"
    where = "" if base else "（请加在网页地址后面）"
    emit({"login": row.login, "link": link}, as_json=as_json,
         text=lambda: f"请把这个链接交给 {row.name}，{actions.RESET.days} 天内有效{where}：\n{link}")  # fmt: skip


def _row(r: Reader, login: str) -> AccountRow:
    found = local.account_of_login(r, tidy_login(login))
    if found is None:
        raise NotFound(f"没有登录名是“{login}”的账号。", reason="unknown_account", hint="campmgr account list 列出全部账号。")
    return found
