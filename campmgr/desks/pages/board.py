"""The ranking for everyone, names masked (F-24): a page, and one for a wall that goes on through a restart of the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for

from campmgr.areas.camp.settings import FIELDS, Camp
from campmgr.areas.prizes.queries.publicity import Posting, lists_up
from campmgr.areas.units.settings import LINES
from campmgr.areas.works.queries.board import Board, BoardRow, board
from campmgr.areas.works.queries.divisions import Division, asked_division
from campmgr.areas.works.settings import ACCOUNT_KINDS, Ranking
from campmgr.clock import minute_text
from campmgr.facts.finding import unit_address
from campmgr.facts.world import World
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import anyone
from campmgr.web.kept import kept
from campmgr.web.respond import Answer

area = Blueprint("board", __name__)

PER_SCREEN = 10
"""Lines that are read from the back of a hall."""

POLLED = 30
"""Seconds between two looks of an open board for news."""


@dataclass(frozen=True, slots=True)
class BoardPart:
    """The part of the board that looks for news: the board, when counts were last read ("" for never), and its own address."""

    board: Board
    read_at: str
    address: str
    every: int


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The board, what can be chosen to rank a part of it, and the lists that are up 公示.

    `unit`: the address of the unit it is of, "" for all.
    """

    part: BoardPart
    unit: str
    units: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    fields: tuple[str, ...]
    accounts: tuple[str, ...]
    wall: str
    posted: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class WallPage:
    """One screen of the board: page `number` of `pages`, its address, that of the next one, and of the whole next page."""

    camp: str
    hashtag: str
    within: str
    rows: tuple[BoardRow, ...]
    number: int
    pages: int
    rows_address: str
    next_rows: str
    next_page: str
    every: int
    read_at: str


@area.get("/board")
@anyone
@kept
def board_page() -> Answer:
    """The masked top of the ranking; `unit`, `line`, `field`, `account` in the address rank a part. Raises NotFound, BadInput."""
    with reading() as (r, world):
        asked = _asked(world)
        page = BoardPage(
            _part(world, board(r, world, asked)), unit_address(world, asked.unit), _units(world), LINES.words, FIELDS.words,
            ACCOUNT_KINDS.words,
            url_for("board.screen", **_named(world, asked)), lists_up(r))  # fmt: skip
    return respond.page("works/board.html", page)


@area.get("/board/rows")
@anyone
@kept
def rows() -> Answer:
    """The list alone: an open board looks for news by it."""
    with reading() as (r, world):
        part = _part(world, board(r, world, _asked(world)))
    return respond.fragment("works/_rows.html", part=part)


@area.get("/board/screen")
@anyone
@kept
def screen() -> Answer:
    """The same for a wall, ten lines at a time."""
    return respond.page("works/screen.html", _wall())


@area.get("/board/screen/rows")
@anyone
@kept
def screen_rows() -> Answer:
    """One screen alone; it tells which comes next."""
    return respond.fragment("works/_wall.html", wall=_wall())


def _part(world: World, found: Board) -> BoardPart:
    return BoardPart(found, _read_at(found), url_for("board.rows", **_named(world, found.division)), POLLED)


def _wall() -> WallPage:
    with reading() as (r, world):
        found = board(r, world, _asked(world))
        hashtag, every = world.rules[Camp].hashtag, world.rules[Ranking].screen_seconds
        named = _named(world, found.division)
    pages = max(1, -(-len(found.rows) // PER_SCREEN))
    asked = request.args.get("page", "1")
    number = min(int(asked), pages) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 else 1
    number = max(number, 1)
    lines = found.rows[(number - 1) * PER_SCREEN : number * PER_SCREEN]
    to: dict[str, Any] = {"page": number % pages + 1, **named}
    return WallPage(found.camp, hashtag, found.within, lines, number, pages, url_for("board.screen_rows", **to | {"page": number}),
                    url_for("board.screen_rows", **to),
                    url_for("board.screen", **to), every, _read_at(found))  # fmt: skip


def _asked(world: World) -> Division:
    return asked_division(world, *(request.args.get(name, "") for name in ("unit", "line", "field", "account")))


def _named(world: World, division: Division) -> dict[str, Any]:
    """A division as it stands in an address."""
    named = {
        "unit": unit_address(world, division.unit),
        "line": division.line,
        "field": division.field,
        "account": division.account,
    }
    return {name: word for name, word in named.items() if word}


def _units(world: World) -> tuple[tuple[str, str], ...]:
    """The regions to choose from: the children of the whole camp that are no offices of a line."""
    children = (unit for unit in world.tree.units.values() if unit.parent == world.root_unit and not unit.line)
    return tuple((unit.address, unit.name) for unit in children if unit.participating)


def _read_at(found: Board) -> str:
    return minute_text(found.read_at)
