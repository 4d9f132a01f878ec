"""Sheets of units that were given out: what stood in them, kept until they may come back. Of this data file alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from campmgr.areas.units.rules.three_way import Value, Values
from campmgr.clock import utc_text
from campmgr.store.door import Reader, Writer

KEPT = timedelta(days=400)
"""How long what was sent is known: a camp's year and a month."""


class SentUnit(NamedTuple):
    """A row as it was sent: the unit's id, and its values (of a parent its id)."""

    unit: str
    values: Values


class Trip(NamedTuple):
    """A sheet that was given out: its name, the unit whose subtree it holds, who made it and when, its rows."""

    trip: str
    unit: str
    account: str
    made_at: str
    rows: tuple[SentUnit, ...]


def keep_trip(w: Writer, trip: Trip) -> None:
    """Remember what is sent; what was sent long ago goes."""
    w.run("delete from local_round_trips where made_at < :since", since=utc_text(w.clock.now() - KEPT))
    w.run("insert into local_round_trips (trip, unit, account, made_at, rows) values (:trip, :unit, :account, :made_at, :rows)",
          trip=trip.trip, unit=trip.unit, account=trip.account, made_at=trip.made_at,
          rows=json.dumps(trip.rows, ensure_ascii=False, separators=(",", ":")))  # fmt: skip


def trip_of(r: Reader, trip: str) -> Trip | None:
    """A sheet that was given out, by its name; None for one that is not known here, or no more."""
    row = r.one("select trip, unit, account, made_at, rows from local_round_trips where trip = :trip", trip=trip)
    if row is None:
        return None
    rows = (SentUnit(unit, {field: _value(value) for field, value in values.items()}) for unit, values in json.loads(row[4]))
    name, unit_, account, made_at = row[:4]
    return Trip(name, unit_, account, made_at, tuple(rows))


def _value(told: str | list[str]) -> Value:
    return told if isinstance(told, str) else (told[0], told[1], told[2])


def trips_of(r: Reader, unit: str, many: int = 10) -> Sequence[tuple[str, str, str, int]]:
    """(Name, account, made at, rows) of the last sheets of a unit, the newest first."""
    return r.all("""select trip, account, made_at, json_array_length(rows) from local_round_trips where unit = :unit
        order by made_at desc limit :many""", unit=unit, many=many)  # fmt: skip
