"""What about prize lists a human should look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campmgr.areas.prizes.queries.prizes import lists_of_number, numbers_taken_twice
from campmgr.facts.review import Matter, ReviewRow, Side, Told, found_row
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject
from campmgr.store.door import Reader

TWO_LISTS = "two_lists"


def _two(r: Reader, world: World) -> Iterator[ReviewRow]:
    for number in numbers_taken_twice(r):
        yield found_row(subject("list", str(number)), TWO_LISTS, number, world.root_unit, "")


def _tell(r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    told = []
    for row in rows:
        several = lists_of_number(r, world, row.told)
        sides = tuple(
            Side(f"{each.fact[:12]}：截止 {each.until}，{each.count} 行", each.who, "", each.frozen_at) for each in several
        )
        told.append(Told(f"第 {row.told} 号名单有 {len(several)} 份：定榜的主机曾被整盘复制或还原，两边各定了一份。", sides))
    return told


MATTERS = (
    Matter(
        name=TWO_LISTS,
        title="一个编号两份名单",
        what_to_do="在“榜单”里分别看一看，问清楚公布的是哪一份；多定的那台主机停用并撤销以后，它的那份不再算数。",
        tell=_tell,
        rows=_two,
    ),
)
