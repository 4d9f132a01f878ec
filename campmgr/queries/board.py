"""The public board: the ranking with masked names, namesakes told apart by unit."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.projections.world import World
from campmgr.queries.finding import masked_name
from campmgr.queries.standings import standings
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A line of the board."""

    place: int
    name: str
    title: str
    likes: int
    unit: str
    city: str


@dataclass(frozen=True, slots=True)
class Board:
    """The board: the rule it follows, its rows, how many are tied beyond the cut, and when counts were last read."""

    camp: str
    rule: str
    rows: tuple[BoardRow, ...]
    tied_at_cut: int
    read_at: str


def board(r: Reader, world: World, limit: int | None = None) -> Board:
    """The masked top of the ranking as of now."""
    page = standings(r, world, "", limit)
    rows = tuple(BoardRow(row.place, masked_name(row.name), row.title, row.likes, row.unit, row.city) for row in page.rows)
    read_at = r.value("select max(read_at) from works") or ""
    return Board(world.name, page.rule, rows, page.tied_at_cut, str(read_at))
