"""What can be done to several units at once from their list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from campmgr.accounts.list_acts import ActLine, Done, ListAct, Looked, Press
from campmgr.accounts.lists import ListAsked
from campmgr.accounts.queries import Account, is_theirs, visible_unit
from campmgr.areas.units.actions.units import change_draft, closed_draft
from campmgr.errors import CampError
from campmgr.facts.saying import may_write, say
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER


def _look(why_not: Callable[[Unit], str]) -> Looked:
    """Of each unit why it cannot be done to it: what is of every act first, then what is of this one."""

    def look(r: Reader, world: World, account: Account, asked: ListAsked, keys: Sequence[str]) -> list[ActLine]:
        del asked
        found = []
        for key in keys:
            try:
                unit = visible_unit(world, account, key)
            except CampError:  # not theirs to know of, or no more
                continue
            if unit.unit == account.unit:
                why = "您自己的单位由上级办理"
            elif not is_theirs(world, account, unit) or not may_write(world, r.meta(WRITER), unit.unit):
                why = "不归您办理"
            else:
                why = "已并入其他单位" if unit.merged_into else why_not(unit)
            found.append(ActLine(key, unit.name, unit.above.name if unit.above else "", why))
        return found

    return look


def _taking_part(participating: bool) -> Done:  # noqa: FBT001 - which of two acts it is
    return _said(
        lambda world, unit, press: change_draft(world, unit, {"participating": participating}, press.batch, press.account.actor)
    )


def _said(draft_of: Callable[[World, Unit, Press], Draft | None]) -> Done:
    def do(w: Writer, world: World, press: Press, keys: Sequence[str]) -> str:
        units = [visible_unit(world, press.account, key) for key in keys]
        say(w, [draft for unit in units if (draft := draft_of(world, unit, press))])
        return press.batch

    return do


ACTS = (
    ListAct("units", "away", "不参加", _look(lambda unit: "" if unit.takes_part else "已经是不参加"), _taking_part(participating=False),
            ("它们和下级不能再登记人员，也不在报表中；单位还在，随时可以改回参加。",)),
    ListAct("units", "in", "参加", _look(lambda unit: "已经参加" if unit.takes_part else ""), _taking_part(participating=True),
            ("它们又可以登记人员，也在报表中。",)),
    ListAct("units", "close", "关闭", _look(lambda unit: "已经关闭" if unit.closed_on else ""),
            _said(lambda world, unit, press: closed_draft(world, unit, press.batch, press.typed, press.account.actor)),
            ("从今天起，它们和下级不再登记新的人；人员、记录、证书和报表都不变。", "账号不动，要停用的请到“账号”里勾选。"),
            asks="为什么关闭", hint="例如：并校、停办。不写人名。"),
)  # fmt: skip
