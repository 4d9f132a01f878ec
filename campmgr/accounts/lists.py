"""A list, declared once: its columns, what narrows it, who may see it, and its rows; its page and its workbook are made of that.

Rows come from a query (`QueriedRows`), which knows by what it can be ordered, or stand in memory already (`KnownRows`). Either way
a page asks as many queries for three rows as for three hundred, and a workbook is written row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, NamedTuple, Protocol, TypeAlias

from campmgr.accounts.queries import Account, Role
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.world import World
from campmgr.store.door import Reader, Row

ListCell: TypeAlias = str | int | None
"""What stands in a cell: hours in hundredths, several states in one text with 、 between them, None for nothing."""

LIST_PAGE = 50
"""Rows a page."""

_RUN = 400
"""Rows that are told about at once while a workbook is written."""


class ListColumn(NamedTuple):
    """A column. `sort`: what its cells hold; `by`: what a query orders by, expression by expression; `usual`: whether it is shown
    while nobody has chosen; `of_camp`: whether it tells something of a camp, and is not there where none was ever opened.
    """

    key: str
    words: str
    sort: Literal["text", "number", "hours", "state"] = "text"
    by: tuple[str, ...] = ()
    usual: bool = True
    of_camp: bool = False


class ListFilter(NamedTuple):
    """What narrows a list: its name in the address, what people call it, and what to choose from, the first one being usual."""

    key: str
    words: str
    choices: tuple[tuple[str, str], ...]


class ListLine(NamedTuple):
    """A row: what it is opened by, a cell for each column of the list; `pick`: what it is ticked by, where that is another."""

    key: str
    cells: tuple[ListCell, ...]
    pick: str = ""


@dataclass(frozen=True, slots=True)
class ListAsked:
    """What a list is asked for: the unit whose it is ("" for none), a chosen value for each filter, and what was searched for."""

    unit: str
    chosen: Mapping[str, str]
    text: str


class ListRows(Protocol):
    """The rows of a list as they were asked for."""

    @property
    def orders(self) -> Collection[str]:
        """The columns they can be ordered by, beside "" for their own order."""
        ...

    @property
    def count(self) -> int:
        """How many there are, as far as they are counted."""
        ...

    @property
    def is_whole(self) -> bool:
        """Whether those are all there are."""
        ...

    def part(self, order: str, *, down: bool, many: int, skip: int) -> Sequence[ListLine]:
        """Some of them, in an order."""
        ...

    def each(self, order: str, *, down: bool) -> Iterator[ListLine]:
        """All of them, one after another."""
        ...


Tell: TypeAlias = Callable[[Sequence[Row]], Sequence[ListLine]]


@dataclass(frozen=True, slots=True)
class QueriedRows:
    """Rows of a query. `first`: what stands before `select` ("with …"), `columns` what is selected, `source` "from … where …".

    `own`: the order while none was chosen, `tie`: what rows that are equal are ordered by, so that no two pages show one row;
    `tell` makes lines of rows, asking for what else it needs once for all of them.
    """

    r: Reader
    columns: str
    source: str
    values: Mapping[str, object]
    by: Mapping[str, tuple[str, ...]]
    own: str
    tie: tuple[str, ...]
    tell: Tell
    first: str = ""
    most: int = 0
    """How many are counted at most, where counting all would take long; 0 for all."""
    known: int | None = None
    """How many there are, where sums tell."""

    @property
    def orders(self) -> Collection[str]:
        """The columns that the query can be ordered by."""
        return self.by.keys()

    @property
    def count(self) -> int:
        """How many rows there are, or one more than `most`."""
        if self.known is not None:
            return self.known
        counted = f"select 1 {self.source}" + (f" limit {self.most + 1}" if self.most else "")
        return int(self.r.value(f"{self.first} select count(*) from ({counted})", **self.values))  # noqa: S608 - our own words

    @property
    def is_whole(self) -> bool:
        """Whether all rows are counted."""
        return not self.most

    def sql(self, order: str, *, down: bool) -> str:
        """The query in an order, without a limit."""
        way = " desc" if down else ""
        wanted = [f"{each}{way}" for each in self.by[order]] if order else [self.own]
        return f"{self.first} select {self.columns} {self.source} order by {', '.join([*wanted, *self.tie])}"

    def part(self, order: str, *, down: bool, many: int, skip: int) -> Sequence[ListLine]:
        """Some of them, in an order."""
        return self.tell(self.r.all(self.sql(order, down=down) + " limit :many offset :skip", many=many, skip=skip, **self.values))

    def each(self, order: str, *, down: bool) -> Iterator[ListLine]:
        """All of them, told about run by run."""
        rows = self.r.each(self.sql(order, down=down), **self.values)
        while run := list(islice(rows, _RUN)):
            yield from self.tell(run)


@dataclass(frozen=True, slots=True)
class KnownRows:
    """Rows that stand in memory, in their own order: of units, lessons, accounts there are some thousands at most."""

    lines: Sequence[ListLine]
    keys: tuple[str, ...]
    is_whole: bool = True

    @property
    def orders(self) -> Collection[str]:
        """Every column."""
        return self.keys

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.lines)

    def part(self, order: str, *, down: bool, many: int, skip: int) -> Sequence[ListLine]:
        """Some of them, in an order."""
        return list(islice(self.each(order, down=down), skip, skip + many))

    def each(self, order: str, *, down: bool) -> Iterator[ListLine]:
        """All of them; of two that are equal the one that stands first in their own order comes first, whichever way."""
        if not order:
            return iter(self.lines)
        at = self.keys.index(order)
        return iter(sorted(self.lines, key=lambda line: _comparable(line.cells[at]), reverse=down))


def _comparable(cell: ListCell) -> tuple[int, int, str]:
    """Nothing before numbers, numbers before texts."""
    return (0, 0, "") if cell is None else (1, cell, "") if isinstance(cell, int) else (2, 0, cell)


Scope: TypeAlias = Callable[[World, Account, ListAsked], str]


def own_units(world: World, account: Account, asked: ListAsked) -> str:
    """A list of what is an account's own, in words."""
    del asked
    return reach_words(world, account)


def reach_words(world: World, account: Account) -> str:
    """Whose people an account may see, in words: 福州市及下级（教育）."""
    unit = world.tree.units.get(account.unit)
    return (f"{unit.name}及下级" if unit else "") + (f"（{account.line}）" if account.line else "")


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list. `name` stands in addresses, `title` in the workbook; `rows` looks it up, raising NotFound and NotAllowed where it is
    not theirs; `opens`: the view that a row leads to, and what of it names the row, ("", "") for none; `tones`: how a state looks.

    `order`: by which column it stands while nobody has chosen, "" for its own order; `role` and `is_whole_camp`: who may see it.
    """

    name: str
    title: str
    columns: tuple[ListColumn, ...]
    rows: Callable[[Reader, World, Account, ListAsked], ListRows]
    filters: tuple[ListFilter, ...] = ()
    opens: tuple[str, str] = ("", "")
    tones: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    is_down: bool = False
    role: Role = "organizer"
    is_whole_camp: bool = False
    scope: Scope = own_units
    free: tuple[str, ...] = ()
    """What else narrows it, by words that nobody can list beforehand: a class."""
    is_searched: bool = False
    """Whether one searches it by words that may stand in an address: names of units and lessons, never of people."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its columns."""
        return tuple(each.key for each in self.columns)

    @property
    def by(self) -> dict[str, tuple[str, ...]]:
        """What a query orders by for each column that it can be ordered by."""
        return {each.key: each.by for each in self.columns if each.by}

    def tone(self, word: str) -> str:
        """How a state is shown."""
        return self.tones.get(word, "")

    def asked(self, args: Mapping[str, str], unit: str = "", text: str = "") -> ListAsked:
        """What an address asks for; what it does not say, or says wrongly, is the usual."""
        chosen = {}
        for each in self.filters:
            value = args.get(each.key, "")
            chosen[each.key] = value if value in dict(each.choices) else each.choices[0][0]
        chosen.update({name: args.get(name, "")[:60] for name in self.free})
        return ListAsked(unit, chosen, text)


def lists_of(catalogue: Catalogue) -> Mapping[str, ListOf]:
    """Every list that the areas declare, by name."""
    return catalogue.joined(_lists)


def _lists(catalogue: Catalogue) -> dict[str, ListOf]:
    return {each.name: each for _, brought in catalogue.named("lists") for each in brought}
