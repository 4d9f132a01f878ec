"""The public board: the ranking with masked names, namesakes told apart by unit, and within a unit by a figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from campmgr.areas.people.queries.finding import masked_name
from campmgr.areas.works.queries.divisions import WHOLE, Division, division_words
from campmgr.areas.works.queries.standings import StandingRow, standings
from campmgr.areas.works.settings import Ranking
from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A line of the board. `account`: which list, where kinds are ranked apart; `at_least`: the likes are a lower bound."""

    place: int
    name: str
    title: str
    likes: int
    unit: str
    city: str
    account: str
    at_least: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The board: the rule it follows, its rows, what became of equals at the cut, and when counts were last read.

    `within` names the division that is ranked, "" for all works.
    """

    camp: str
    rule: str
    rows: tuple[BoardRow, ...]
    at_the_cut: tuple[str, ...]
    read_at: str
    division: Division
    within: str


_READ_AT = "select max(read_at) from works"
_READ_BY = "select max(read_at) from readings where read_at <= :at"


def board(r: Reader, world: World, division: Division = WHOLE) -> Board:
    """The masked top of the ranking as of now, or as of the camp's cut-off."""
    page = standings(r, world, "", None, division)
    cut_off = world.rules[Ranking].cut_off
    read_at = r.value(_READ_BY, at=cut_off) if cut_off else r.value(_READ_AT)
    return Board(world.name, page.rule, _masked(page.rows), page.at_the_cut, str(read_at or ""), division,
                 division_words(world, division))  # fmt: skip


def _masked(rows: Iterable[StandingRow]) -> tuple[BoardRow, ...]:
    """The lines with masked names; people who look alike even with their unit get figures, by their ids, so that these stay."""
    rows = tuple(rows)
    alike: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        alike[masked_name(row.name), row.unit].add(row.person)
    shown = []
    for row in rows:
        name = masked_name(row.name)
        people = sorted(alike[name, row.unit])
        told = f"{name}（{people.index(row.person) + 1}）" if len(people) > 1 and name else name
        shown.append(BoardRow(row.place, told, row.title, row.likes, row.unit, row.city, row.account, row.at_least))
    return tuple(shown)
