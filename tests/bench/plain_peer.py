"""A peer for one mark: the plainest server that anybody would write, Flask and SQLAlchemy, on the same settings of SQLite.

It knows its people and upserts a mark by its form's own key. It has no log-in, no rights, no chain, no signature, no totals.
"""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection

from flask import Flask, redirect, request
from sqlalchemy import create_engine, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from werkzeug.wrappers import Response


class _Base(DeclarativeBase):
    pass


class _Person(_Base):
    __tablename__ = "people"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    home: Mapped[str] = mapped_column(index=True)


class _Mark(_Base):
    __tablename__ = "marks"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(index=True)
    lesson: Mapped[str]
    day: Mapped[str]
    minutes: Mapped[int | None]
    client_id: Mapped[str] = mapped_column(unique=True)


def fill_peer(path: Path, people: list[str]) -> None:
    """A file of the peer with these people."""
    engine = create_engine(f"sqlite:///{path}")
    _Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([_Person(id=person, name=f"人{at}", home="3501") for at, person in enumerate(people)])
        session.commit()
    engine.dispose()


def plain_app(path: Path) -> Flask:
    """Its one route."""
    engine, app = create_engine(f"sqlite:///{path}"), Flask("peer")

    @event.listens_for(engine, "connect")
    def _settings(connection: Connection, _: object) -> None:
        for pragma in (
            "journal_mode = wal",
            "synchronous = full",
            "foreign_keys = on",
            "secure_delete = on",
            "cache_size = -10000",
        ):
            connection.execute(f"pragma {pragma}")

    @app.post("/desk/people/<person>/mark")
    def mark(person: str) -> Response | tuple[str, int]:
        form = request.form
        values = {"person": person, "lesson": form["lesson"], "day": form["day"], "client_id": form["client_id"],
                  "minutes": int(form["minutes"]) if form["minutes"] else None}  # fmt: skip
        with Session(engine) as session:
            if session.get(_Person, person) is None:
                return "", 404
            said = insert(_Mark).values(**values)
            session.execute(said.on_conflict_do_update(index_elements=["client_id"], set_={"minutes": said.excluded.minutes}))
            session.commit()
        return redirect(f"/desk/people/{person}", 303)

    return app
