"""What about works a human should look at: one work that two units hand in; both stand until one drops it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campmgr.areas.entries.queries.doubles import doubles_of
from campmgr.facts.review import Matter, ReviewRow, Side, Told, found_row
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject
from campmgr.store.door import Reader

TWO_UNITS = "work_of_two_units"


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
    told = []
    for row in rows:
        works = [every[entry] for _, entry in row.told["works"] if entry in every]
        sides = tuple(Side(f"《{each.title}》", each.unit_name, each.unit, each.listed_on) for each in works)
        units = {each.unit for each in works}
        told.append(Told(f"{row.told['why']}相同的一件作品，有 {len(units)} 家报送。", sides))
    return told


MATTERS = (
    Matter(
        name=TWO_UNITS,
        title="同一作品两家报送",
        what_to_do="问清楚由哪一家报送，请另一家撤下，这一条就消失；确实是两件不同的作品，请改正填错的链接或文件。",
        tell=_tell,
        rows=_found,
    ),
)
