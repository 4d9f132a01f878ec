"""Invitations for many at once: what pasted rows say, and what becomes of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campmgr.accounts import governing, local
from campmgr.accounts.governing import Place
from campmgr.accounts.queries import ROLE_WORDS, Account, Role, account_of, in_subtree, is_theirs, may_give
from campmgr.clock import utc_text
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader, Writer
from campmgr.wording import name_key, normal

MOST_INVITED = 500
"""Invitations of one press: as many as somebody hands out."""

_LONGEST_NAME = 60
_HEADINGS = frozenset({"单位", "单位名称", "单位代码", "代码", "姓名", "名称", "角色"})
_BREAKS = re.compile(r"[,，;；|]|\s{2,}")


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A pasted row: its number from 1, what it says of the unit, the name ("" for none), the role."""

    number: int
    unit: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A row and what it comes to: the unit's id and name, the name, the role; `why_not`: why nobody is invited, "" where one is."""

    number: int
    unit: str
    unit_name: str
    name: str
    role: Role
    line: str
    why_not: str = ""


def asked_rows(text: str) -> list[AskedRow]:
    """The rows of a pasted text: unit, name, role, as a spreadsheet hands them over (tabs), or with commas or blanks between.

    Blank lines and a line of headings are none. With single blanks, the first word is the unit.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = _cells(normal(line))
        if any(cells) and not set(filter(None, cells)) <= _HEADINGS:
            unit, name, role = (*cells, "", "")[:3]
            found.append(AskedRow(number, unit, "", name) if name in ROLE_WORDS.values() and not role
                         else AskedRow(number, unit, name, role))  # fmt: skip
    return found


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return [each.strip() for each in line.split("\t")]
    parts = [each.strip() for each in _BREAKS.split(line.strip())]
    return parts if len(parts) > 1 else line.split()


def invitations_of(r: Reader, world: World, account: Account, rows: Sequence[AskedRow], role: Role, line: str) -> list[Invitation]:
    """What each row comes to; of rows that ask for the same, the first counts. `role`: of rows that name none."""
    now = utc_text(r.clock.now())
    open_ = {(link.unit, link.role, name_key(link.name)) for link in local.open_links(r, "invite", now)}
    seen: set[tuple[str, str, str]] = set()
    found = []
    for row in rows:
        one = _invitation(world, account, row, role, line)
        key = (one.unit, one.role, name_key(one.name))
        if not one.why_not and key in seen:
            one = _refused(one, "与上面一行相同")
        elif not one.why_not and key in open_:
            one = _refused(one, "已有一份没用的邀请，要换请先取消")
        seen.add(key)
        found.append(one)
    return found


def _refused(one: Invitation, why: str) -> Invitation:
    return Invitation(one.number, one.unit, one.unit_name, one.name, one.role, one.line, why)


def _invitation(world: World, account: Account, row: AskedRow, role: Role, line: str) -> Invitation:
    named = next((each for each, words in ROLE_WORDS.items() if words == row.role), None)
    given: Role = named or role

    def refused(why: str) -> Invitation:
        return Invitation(row.number, "", row.unit, row.name, given, line, why)

    if row.role and named is None:
        return refused(f"没有“{row.role}”这个角色，可以写：{'、'.join(ROLE_WORDS.values())}")
    if len(row.name) > _LONGEST_NAME:
        return refused(f"姓名有 {len(row.name)} 个字，最多 {_LONGEST_NAME} 个")
    met = [unit for unit in world.tree.called(row.unit) if in_subtree(world, unit.unit, account.unit)] if row.unit else []
    if len(met) != 1:
        return refused("没有写单位" if not row.unit else "对应几个单位，请写代码" if met else "没有这个单位，或不在您的范围内")
    unit = met[0]
    if not unit.admits:
        return refused(f"{unit.name} {unit.why_closed}")
    if not may_give(world, account, unit.unit, line or account.line):
        return refused("不在您的范围内")
    return Invitation(row.number, unit.unit, unit.name, row.name, given, line or account.line)


def units_without(r: Reader, world: World, account: Account, top: Unit) -> list[Unit]:
    """The units below one that are the account's, take people, have none below, and neither an account nor an open invitation."""
    now = utc_text(r.clock.now())
    have = {account_of(row).unit for row in local.all_accounts(r) if row.active}
    have |= {link.unit for link in local.open_links(r, "invite", now)}
    return [
        unit for unit in world.tree.units.values()
        if unit.path.startswith(top.path) and unit.unit not in world.tree.uppers and unit.admits and unit.unit not in have
        and is_theirs(world, account, unit)
    ]  # fmt: skip


def invite_all(w: Writer, world: World, by: Account, some: Iterable[Invitation], client_id: str) -> list[tuple[Invitation, str]]:
    """Make each invitation, with its token; pressed twice, the first tokens end. Raises NotAllowed."""
    return [
        (one, governing.invite(w, world, by, Place(one.role, one.unit, one.line), one.name, f"{client_id}:{one.number}"))
        for one in some
    ]
