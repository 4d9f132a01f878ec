"""In which second people were recorded one by one, and how many in the same: forty at once is worth a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from campmgr.areas.hours.fold.tables import CROWDS, MOMENTS
from campmgr.ids import hash_id
from campmgr.ledger.order import Told
from campmgr.store.door import Row, Writer
from campmgr.store.tables import add_amounts, sync_rows

_ONE_BY_ONE = {"station", "hand"}
"""Sources of which each record is made by itself; classes, paper and tables come many at a time, and rightly."""


def _is_alone(one: Told) -> bool:
    """Whether a record was made by itself. A station's round comes together when the server was away meanwhile, and rightly too."""
    source = one.body.get("source")
    return source in _ONE_BY_ONE and not (source == "station" and one.fact.batch)


def moments_of(standing: Iterable[Told]) -> set[str]:
    """The seconds in which somebody was marked or declared something, each with who wrote it there (as a hash)."""
    return {
        f"{one.fact.recorded_at} {hash_id('moment', one.fact.writer, one.fact.actor)[:12]}"
        for one in standing
        if one.fact.kind == "mark_declared" or _is_alone(one)
    }


def write_moments(w: Writer, people: Sequence[str], rows: list[Row]) -> None:
    """Make the moments of these people the new ones, and keep the crowds by difference."""
    old = sync_rows(w, MOMENTS, people, rows)
    change = Counter(row[1] for row in rows)
    change.subtract(row[1] for row in old)
    add_amounts(w, CROWDS, [((moment,), (people_more,)) for moment, people_more in change.items()])
