"""Who looked at what of whom: of one person, for their own copy; of a unit and those below it, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campmgr.accounts.lists import ListAsked, ListColumn, ListFilter, ListLine, ListOf, QueriedRows
from campmgr.accounts.queries import Account, actors
from campmgr.areas.people.queries.finding import ERASED
from campmgr.clock import minute_text
from campmgr.facts.world import World
from campmgr.store.door import Reader, Row

WHAT = {"phone": "看了手机号", "copy": "取了个人信息副本"}
"""What can be looked at, in words."""

SELF = "本人"
COMMAND_LINE = "command"
"""Who looked, where it was whoever sits at the machine."""


class LookLine(NamedTuple):
    """When, who, at what, and why ("" where nothing was said)."""

    at: str
    who: str
    what: str
    why: str


def looks_at(r: Reader, people: Sequence[str]) -> tuple[LookLine, ...]:
    """Who looked at somebody (all their ids), the latest first."""
    names = actors(r)
    rows = sorted(r.among("select at, look, actor, what, why from local_looks where person in (:keys)", people), reverse=True)
    return tuple(
        LookLine(minute_text(at), who_looked(names, actor), WHAT.get(str(what), ""), why) for at, _, actor, what, why in rows
    )


def who_looked(names: dict[str, str], actor: str) -> str:
    """Whoever looked, in words."""
    return "命令行" if actor == COMMAND_LINE else names.get(actor, "已删去的账号") if actor else SELF


_COLUMNS = (
    "l.look, l.at, l.actor, l.what, coalesce(p.name, ''), coalesce(p.erased, 0), coalesce(p.code, ''), l.person, u.name, l.why"
)

_SOURCE = """from units u join local_looks l on l.home = u.unit left join people p on p.person = l.person
    where u.path >= :path and u.path < :end and (:line = '' or u.line = :line) and (:what = '' or l.what = :what)"""


def _looks(r: Reader, world: World, account: Account, asked: ListAsked) -> QueriedRows:
    names, unit = actors(r), world.tree.units[account.unit]

    def tell(rows: Sequence[Row]) -> list[ListLine]:
        return [
            ListLine(person, (minute_text(at), who_looked(names, actor), WHAT.get(str(what), ""),
                              name or (ERASED if erased else "（未写姓名）"), code, home, why))
            for _look, at, actor, what, name, erased, code, person, home, why in rows
        ]  # fmt: skip

    values = {"path": unit.path, "end": unit.path[:-1] + "0", "line": account.line, "what": asked.chosen["what"]}
    return QueriedRows(r, _COLUMNS, _SOURCE, values, LOOKS.by, "l.at desc", ("l.look desc",), tell)


LOOKS = ListOf(
    name="looks",
    title="查看记录",
    columns=(
        ListColumn("at", "时间", by=("l.at",)),
        ListColumn("who", "谁"),
        ListColumn("what", "看了什么", "state", by=("l.what",)),
        ListColumn("person", "谁的", by=("p.name_key",)),
        ListColumn("code", "胸卡编码", by=("p.code",), usual=False),
        ListColumn("unit", "单位", by=("u.place",)),
        ListColumn("why", "原因"),
    ),
    rows=_looks,
    filters=(ListFilter("what", "看了什么", (("", "全部"), *WHAT.items())),),
    opens=("person.show", "person"),
    role="coordinator",
)
