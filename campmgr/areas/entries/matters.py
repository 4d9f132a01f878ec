"""What about works a human should look at: one work that was handed in twice, by two units or by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campmgr.accounts.queries import unit_name
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.queries.doubles import Told as Work
from campmgr.areas.entries.queries.doubles import doubles_of
from campmgr.areas.entries.rules.doubles import FIRST, KEEP
from campmgr.facts.inventory_rows import InventoryRow, rows_by_id
from campmgr.facts.review import Answer, Matter, ReviewRow, Side, Told, found_row
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject
from campmgr.store.door import Reader

TWO_UNITS, TWICE = "work_of_two_units", "work_listed_twice"


def _found(r: Reader, world: World) -> Iterator[ReviewRow]:
    for activity in world.activities.values():
        if activity.sort != "entries" or not activity.is_open:
            continue
        for why, some in doubles_of(r, world, activity).across():
            told = {"why": why, "works": sorted([each.unit, each.entry] for each in some)}
            first = some[0]
            yield found_row(subject("entry", first.entry), TWO_UNITS, told, activity.host, first.listed_on)


def _tell(r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    every = {
        each.entry: each
        for activity in world.activities.values() if activity.sort == "entries"
        for _, some in doubles_of(r, world, activity).across() for each in some
    }  # fmt: skip
    return [_told(world, row, [every[entry] for _, entry in row.told["works"] if entry in every]) for row in rows]


def _told(world: World, row: ReviewRow, works: Sequence[Work]) -> Told:
    names = [unit_name(world, each) for each in dict.fromkeys(unit for unit, _ in row.told["works"])]
    keep = tuple(Answer(f"{KEEP}{number}", f"由{name}报送", acts=True, governs=True) for number, name in enumerate(names))
    sides = tuple(Side(f"《{each.title}》", "", each.unit_name, each.listed_on) for each in works)
    return Told(f"{row.told['why']}相同的一件作品，有 {len(names)} 家报送。", sides, (_APART, *keep))


def _found_twice(r: Reader, world: World) -> Iterator[ReviewRow]:
    for activity in world.activities.values():
        if activity.sort == "entries" and activity.is_open:
            for why, some in doubles_of(r, world, activity).within():
                told = {"why": why, "works": [[each.unit, each.entry] for each in some]}
                yield found_row(subject("entry", some[0].entry), TWICE, told, activity.host, some[-1].listed_on)


def _tell_twice(r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    known = rows_by_id(r, ENTRIES, [entry for row in rows for _, entry in row.told["works"]])
    return [_told_twice(world, row, [known[entry] for _, entry in row.told["works"] if entry in known]) for row in rows]


def _told_twice(world: World, row: ReviewRow, works: Sequence[InventoryRow]) -> Told:
    name = unit_name(world, row.told["works"][0][0])
    sides = tuple(Side(f"《{each.values['title']}》", "", name, each.listed_on) for each in works)
    return Told(f"{name}登记的 {len(row.told['works'])} 件作品，附的{row.told['why']}相同。", sides)


_APART = Answer("apart", "确是不同的作品", acts=True, governs=True)


MATTERS = (
    Matter(
        name=TWO_UNITS,
        title="同一作品两家报送",
        what_to_do="问清楚由哪一家报送，按“由……报送”，另一家的退回，原因两家都看得到；确实是不同的作品，按“确是不同的作品”，两家照报。",
        tell=_tell,
        rows=_found,
        answers=(_APART,),
        act="campmgr.areas.entries.actions.doubles:answer",
        note="怎么知道的（可不填，报送单位看得到）",
    ),
    Matter(
        name=TWICE,
        title="同一单位两件作品文件相同",
        what_to_do="打开两件看一看。附错了文件的，请单位换上；是同一件的，按“只留先登记的一件”，其余退回；确是不同的作品，按“确是不同的作品”。",
        tell=_tell_twice,
        rows=_found_twice,
        answers=(_APART, Answer(FIRST, "只留先登记的一件", acts=True, governs=True)),
        act="campmgr.areas.entries.actions.doubles:answer",
        note="怎么知道的（可不填，报送单位看得到）",
    ),
)
