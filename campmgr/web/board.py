"""The ranking for everyone, names masked (F-24): a page, and one for a wall that goes on through a restart of the server."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request

from campmgr.clock import local_text
from campmgr.queries.board import Board, BoardRow, board
from campmgr.queries.publicity import Posting, lists_up
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import anyone
from campmgr.web.respond import Answer

area = Blueprint("board", __name__)

PER_SCREEN = 10
"""Lines that are read from the back of a hall."""


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The board, when the counts were last read (YYYY-MM-DD HH:MM, "" for never), and the lists that are up 公示."""

    board: Board
    read_at: str
    prize: str
    posted: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class WallPage:
    """One screen of the board: page `number` of `pages`, and which comes next."""

    camp: str
    hashtag: str
    rows: tuple[BoardRow, ...]
    number: int
    pages: int
    next: int
    read_at: str


@area.get("/board")
@anyone
def board_page() -> Answer:
    """The masked top of the ranking."""
    with reading() as (r, world):
        found = board(r, world)
        page = BoardPage(found, _read_at(found), world.rules.ranking.prize, lists_up(r))
    return _unless_known(respond.page("board/board.html", page))


@area.get("/board/screen")
@anyone
def screen() -> Answer:
    """The same for a wall, ten lines at a time."""
    return _unless_known(respond.page("board/screen.html", _wall()))


@area.get("/board/screen/rows")
@anyone
def screen_rows() -> Answer:
    """The next screen alone; it asks for its successor by itself."""
    return _unless_known(respond.fragment("board/_wall.html", wall=_wall()))


def _wall() -> WallPage:
    with reading() as (r, world):
        found = board(r, world)
        hashtag = world.rules.camp.hashtag
    pages = max(1, -(-len(found.rows) // PER_SCREEN))
    asked = request.args.get("page", "1")
    number = min(int(asked), pages) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 else 1
    number = max(number, 1)
    rows = found.rows[(number - 1) * PER_SCREEN : number * PER_SCREEN]
    return WallPage(found.camp, hashtag, rows, number, pages, number % pages + 1, _read_at(found))


def _read_at(found: Board) -> str:
    return local_text(found.read_at)[:16].replace("T", " ") if found.read_at else ""


def _unless_known(answer: Answer) -> Answer:
    """304 when the browser has this very text: a wall asks every few seconds."""
    answer.add_etag()
    answer.make_conditional(request)
    return answer
