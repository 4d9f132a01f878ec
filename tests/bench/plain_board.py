"""A peer for the board: the plainest scoreboard that keeps its top list, as CTFd does: Flask, SQLAlchemy, a list kept for a minute.

It sums what everybody scored and remembers the first hundred; a page is drawn of these, and as data the whole answer is remembered.
It masks no name, knows no unit, division, cut-off or frozen list, and its list is up to a minute old.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

from flask import Flask, jsonify, render_template_string
from sqlalchemy import ForeignKey, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from werkzeug.wrappers import Response

P = ParamSpec("P")
R = TypeVar("R")

SHOWN, _SECONDS = 100, 60
_PAGE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>Scoreboard</title></head><body><table>
{% for row in rows %}<tr><th>{{ row.place }}</th><td>{{ row.name }}</td><td>{{ "{:,}".format(row.score) }}</td></tr>
{% endfor %}</table></body></html>"""


class _Tables(DeclarativeBase):
    pass


class _Account(_Tables):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class _Score(_Tables):
    __tablename__ = "scores"
    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    value: Mapped[int]


class Placed(NamedTuple):
    """A line of the peer's list."""

    place: int
    name: str
    score: int


def fill_board(path: Path, participants: int) -> None:
    """A file of the peer with so many participants, each with three scores."""
    engine = create_engine(f"sqlite:///{path}")
    _Tables.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([_Account(id=n + 1, name=f"人{n:05d}") for n in range(participants)])
        session.add_all([_Score(account=n + 1, value=n * 7919 % 100_003 + more) for n in range(participants) for more in range(3)])
        session.commit()
    engine.dispose()


def board_app(path: Path) -> Flask:
    """Its two addresses: `/board` draws a page of the list that is kept, `/board.json` is kept as it was answered."""
    engine, app = create_engine(f"sqlite:///{path}"), Flask("scoreboard")

    @_kept
    def standings() -> list[Placed]:
        total = func.sum(_Score.value).label("total")
        asked = select(_Account.name, total).join(_Score).group_by(_Account.id).order_by(total.desc(), _Account.id).limit(SHOWN)
        with Session(engine) as session:
            return [Placed(place, name, score) for place, (name, score) in enumerate(session.execute(asked), start=1)]

    @app.get("/board")
    def page() -> str:
        return render_template_string(_PAGE, rows=standings())

    @app.get("/board.json")
    @_kept
    def data() -> Response:
        return jsonify([row._asdict() for row in standings()])

    return app


def _kept(made: Callable[P, R]) -> Callable[P, R]:
    known: list[tuple[float, R]] = []

    @wraps(made)
    def kept(*args: P.args, **named: P.kwargs) -> R:
        if not known or time.monotonic() - known[0][0] > _SECONDS:
            known[:] = [(time.monotonic(), made(*args, **named))]
        return known[0][1]

    return kept
