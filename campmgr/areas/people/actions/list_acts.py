"""What can be done to several people at once from their list."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.accounts.list_acts import ActLine, ListAct, Press
from campmgr.accounts.lists import ListAsked
from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.people.actions.leaving import leave_several
from campmgr.areas.people.actions.people import change_class, move_several, refuse_non_participating
from campmgr.areas.people.actions.plain_reasons import refuse_names_in
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.people.queries.people_list import counted_here
from campmgr.areas.people.queries.theirs import is_home_theirs
from campmgr.facts.world import World
from campmgr.store.door import Reader, Writer


def _look(r: Reader, world: World, account: Account, asked: ListAsked, keys: Sequence[str]) -> list[ActLine]:
    unit = unit_for(world, account, asked.unit)
    here, found = counted_here(r, unit, account.line, keys), people_by_id(r, keys)
    return [
        ActLine(key, found[key].shown_name, found[key].class_name,
                "登记在别的单位，由那里改" if not is_home_theirs(world, account, found[key]) else "个人信息已删除" if found[key].erased else "")
        for key in keys if key in found and (key in here or is_home_theirs(world, account, found[key]))
    ]  # fmt: skip


def _class(w: Writer, world: World, press: Press, keys: Sequence[str]) -> str:
    del world
    change_class(w, people_by_id(w, keys).values(), press.typed[:60], press.batch, press.account.actor)
    return press.batch


def _move(w: Writer, world: World, press: Press, keys: Sequence[str]) -> str:
    target = unit_for(world, press.account, press.typed.strip())
    move_several(w, people_by_id(w, keys).values(), target, actor=press.account.actor, batch=press.batch)
    return press.batch


def _look_leaving(r: Reader, world: World, account: Account, asked: ListAsked, keys: Sequence[str]) -> list[ActLine]:
    known = people_by_id(r, keys)
    return [
        line._replace(why_not="已经离开") if not line.why_not and known[line.key].left_on else line
        for line in _look(r, world, account, asked, keys)
    ]


def _leave(w: Writer, world: World, press: Press, keys: Sequence[str]) -> str:
    del world
    people = people_by_id(w, keys)
    refuse_names_in(w, press.typed, keys)
    leave_several(w, people.values(), press.typed, actor=press.account.actor, batch=press.batch)
    return press.batch


def _named(world: World, account: Account, typed: str) -> str:
    target = unit_for(world, account, typed)
    refuse_non_participating(target)
    above = f"{target.above.name} " if target.above else ""
    return f"换到：{above}{target.name}（{target.shown_code}）。"


ACTS = (
    ListAct("people", "class", "改班级", _look, _class, ("勾选的人从此在这个班；学习记录不变。",), asks="改到哪个班", hint="例如 三年2班。",
            role="coordinator"),
    ListAct("people", "move", "换单位", _look, _move,
            ("勾选的人从今天起登记在那个单位，学习记录一起过去；已经在那里的不动。", "只能换到您管的单位；写单位代码，或不重名的单位名称。"),
            asks="换到哪个单位", hint="例如 3501-X2，或演练小学。", names=_named, role="coordinator"),
    ListAct("people", "leave", "已离开", _look_leaving, _leave,
            ("勾选的人从今天起不再催、不再点名；学过的照样计入合计，证书照样有效。", "他们回来了，撤回这一批就行。"),
            asks="为什么离开", hint="例如 转学、毕业、离职，不写姓名。", role="coordinator"),
)  # fmt: skip
