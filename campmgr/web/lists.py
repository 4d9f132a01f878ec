"""A declared list on a page: what its address asks for, headings that sort, what narrows it, which columns are shown, its workbook.

    listed = shown_list(r, world, WORKS)
    {{ lists.tools(page.listed) }} {{ lists.table(page.listed) }}

All of it is plain links and forms by GET. The workbook is made of the same declaration and the same address, so its rows and
numbers are those of the page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from campmgr.accounts.list_acts import acts_of
from campmgr.accounts.lists import LIST_PAGE, ListAsked, ListCell, ListColumn, ListFilter, ListLine, ListOf
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web.current import frame, me, page_asked, past_camp
from campmgr.web.forms import Form
from campmgr.web.i18n import _
from campmgr.wording import hours_text

FAR = 200
"""Pages that one can turn to: whoever wants to see more rows narrows the list, or takes the workbook."""

Args = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class ListHead:
    """A heading. `address`: where it leads to sort by this column, "" where that is not possible; `way`: how it is sorted now."""

    key: str
    words: str
    is_number: bool
    address: str
    way: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell in words; a state in several, each with how it is shown."""

    words: str
    is_number: bool
    states: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A row: what it is known by, where it leads ("" for nowhere), its cells."""

    key: str
    address: str
    cells: tuple[ShownCell, ...]
    pick: str


@dataclass(frozen=True, slots=True)
class ShownFilter:
    """A filter, and what is chosen of it."""

    filter: ListFilter
    value: str


@dataclass(frozen=True, slots=True)
class ShownList:
    """A page of a list, and the form of its workbook. `columns`: every column with whether it is shown; `kept`: what else the
    address says, for forms that narrow; `query`: the whole of it, from which the workbook is made, "" where none can be; `found`:
    what was searched for in the address; `is_chosen`: whether somebody chose the columns.
    """

    name: str
    title: str
    count: int
    is_whole: bool
    heads: tuple[ListHead, ...]
    lines: tuple[ShownLine, ...]
    filters: tuple[ShownFilter, ...]
    columns: tuple[tuple[str, str, bool], ...]
    kept: tuple[tuple[str, str], ...]
    here: str
    before: str
    after: str
    page: int
    pages: int
    query: str
    is_searched: bool
    found: str
    is_chosen: bool
    form: Form
    acts: tuple[tuple[str, str], ...] = ()
    """What can be done to rows that are ticked: (name, words)."""
    asked: str = ""
    """The whole of what the address asks for, by which "all that match" are found."""


def shown_list(
    r: Reader, world: World, listed: ListOf, *, unit: str = "", without: Collection[str] = (), here: str = "", search: str = ""
) -> ShownList:
    """A page of a list as its address asks for it; `without`: columns that are not shown here while nobody has chosen. `here` and
    `search`: the list's own address and the number of a search, where they are not those of the request.

    Raises what the list's own `rows` raises where it is not theirs.
    """
    args: Args = MultiDict(request.args)
    if search:
        args["search"] = search
    here = here or request.path
    asked = asked_of(listed, args, unit)
    rows = listed.rows(r, world, me(), asked)
    order, down = order_of(listed, args, rows.orders, asked)
    columns = columns_of(world, listed, args, without)
    count = rows.count
    pages = max(1, min(FAR, -(-count // LIST_PAGE)))
    page = min(max(page_asked(), 1), pages)
    lines = rows.part(order, down=down, many=LIST_PAGE, skip=(page - 1) * LIST_PAGE)
    at = _Address(here, listed, args, columns if args.getlist("col") else ())
    heads = tuple(_head(each, at, order, rows.orders, down=down) for each in columns)
    return ShownList(
        listed.name, listed.title, count, rows.is_whole, heads,
        tuple(_line(listed, line, columns) for line in lines),
        tuple(ShownFilter(each, asked.chosen[each.key]) for each in listed.filters),
        tuple((each.key, _(each.words), each in columns) for each in offered(world, listed)),
        at.kept, here, at(page=page - 1) if page > 1 else "", at(page=page + 1) if page < pages else "", page, pages,
        "" if past_camp() else (query := _query(listed, args, columns, order, unit, down=down)), listed.is_searched,
        asked.text if listed.is_searched else "", bool(args.getlist("col")), Form(),
        () if past_camp() else acts_offered(listed), "" if past_camp() else query)  # fmt: skip


def acts_offered(listed: ListOf) -> tuple[tuple[str, str], ...]:
    """What whoever is logged in can do to ticked rows of a list."""
    return tuple((each.key, _(each.words)) for each in acts_of(frame().catalogue).get(listed.name, ()) if me().has(each.role))


def asked_of(listed: ListOf, args: Args, unit: str) -> ListAsked:
    """What an address asks a list for. What was searched for of people is kept in memory, under a number."""
    text = args.get("find", "")[:60].strip() if listed.is_searched else frame().searches.typed(me().account, args.get("search", ""))
    return listed.asked(args, unit, text)


def order_of(listed: ListOf, args: Mapping[str, str], orders: Collection[str], asked: ListAsked) -> tuple[str, bool]:
    """By which column, and whether from the last; what it cannot be ordered by is its own order."""
    order, down = args.get("sort", ""), args.get("way") == "down"
    if order in orders and order in listed.keys:
        return order, down
    usual = "" if asked.text or listed.order not in orders else listed.order
    return usual, bool(usual) and listed.is_down


def columns_of(world: World, listed: ListOf, args: Args, without: Collection[str] = ()) -> tuple[ListColumn, ...]:
    """The columns that are asked for, else the usual ones; the first one is always there, since it names the row."""
    wanted, there = set(args.getlist("col")), offered(world, listed)
    if not wanted & {each.key for each in there}:
        return tuple(each for each in there if each.usual and each.key not in without)
    return tuple(each for at, each in enumerate(there) if at == 0 or each.key in wanted)


def offered(world: World, listed: ListOf) -> tuple[ListColumn, ...]:
    """The columns to choose from: what is of a camp only where there is one."""
    return tuple(each for each in listed.columns if world.has_camp or not each.of_camp)


def cell_words(column: ListColumn, cell: ListCell) -> str:
    """A cell as the page shows it."""
    if cell is None or cell == "":
        return "—"
    if isinstance(cell, int):
        return hours_text(cell) if column.sort == "hours" else f"{cell:,}"
    return cell


class _Address:
    """Addresses of the same list, asked for a little otherwise: what was chosen stays."""

    def __init__(self, here: str, listed: ListOf, args: Args, columns: Collection[ListColumn]) -> None:
        self._here = here
        names = [*(each.key for each in listed.filters), *listed.free, "find", "search", "as"]
        self.kept = tuple((name, args[name]) for name in names if args.get(name))
        self._order = tuple((name, args[name]) for name in ("sort", "way") if args.get(name))
        self._columns = tuple(("col", each.key) for each in columns)

    def __call__(self, *, page: int = 1, order: tuple[tuple[str, str], ...] | None = None) -> str:
        told = (*self.kept, *self._columns, *(self._order if order is None else order))
        told = (*told, ("page", str(page))) if page > 1 else told
        return self._here + ("?" + urlencode(told) if told else "")


def _head(column: ListColumn, at: _Address, order: str, orders: Collection[str], *, down: bool) -> ListHead:
    is_here = column.key == order
    other = not down if is_here else column.sort in {"number", "hours"}  # of numbers one wants to see the largest first
    address = at(order=(("sort", column.key), *((("way", "down"),) if other else ()))) if column.key in orders else ""
    way = ("descending" if down else "ascending") if is_here else ""
    return ListHead(column.key, _(column.words), column.sort in {"number", "hours"}, address, way)


def _line(listed: ListOf, line: ListLine, columns: Collection[ListColumn]) -> ShownLine:
    endpoint, named = listed.opens
    cells = dict(zip(listed.keys, line.cells, strict=True))
    named_by: dict[str, Any] = {named: line.key}
    address = url_for(endpoint, **named_by) if endpoint and line.key else ""
    return ShownLine(line.key, address, tuple(_cell(listed, each, cells[each.key]) for each in columns), line.pick or line.key)


def _cell(listed: ListOf, column: ListColumn, cell: ListCell) -> ShownCell:
    states = str(cell).split("、") if column.sort == "state" and cell else ()
    return ShownCell(
        cell_words(column, cell), column.sort in {"number", "hours"}, tuple((each, listed.tone(each)) for each in states)
    )


def _query(listed: ListOf, args: Args, columns: Collection[ListColumn], order: str, unit: str, *, down: bool) -> str:
    """What the workbook is made of: the list as it stands here, with every column named."""
    names = (*(each.key for each in listed.filters), *listed.free, "find", "search")
    told = [(name, args[name]) for name in names if args.get(name)]
    told += [("col", each.key) for each in columns]
    told += [("sort", order)] if order else []
    told += [("way", "down")] if down else []
    told += [("unit", unit)] if unit else []
    return urlencode(told)
