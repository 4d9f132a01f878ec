"""Totals told of what a node has lost: they count while the people themselves are not held here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from campmgr.facts.admission import limit_of
from campmgr.facts.batches import BATCHES, spoken_of, standing_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.limits import NONE
from campmgr.facts.tables import AMOUNTS
from campmgr.facts.totals import write_steps
from campmgr.facts.world import World
from campmgr.ledger.envelope import Stream, people_scope, subject_key
from campmgr.store import ledger
from campmgr.store.door import Reader, Row
from campmgr.store.tables import Table, sync_rows

TOLD_DAYS = Table("told_days", ("unit", "placement", "day", *AMOUNTS), 3, "unit")

LARGEST_TOLD = 10**12
"""A told number beyond this is nonsense, and would not fit a table once it is added up."""


def fold_told_totals(folding: Folding, units: Sequence[str]) -> tuple[()]:
    """Daily totals of scopes that were lost in a regrant: they count while the people themselves are not held here."""
    rows: list[Row] = []
    for unit, told in standing_of(folding, "totals", units).items():
        heard = [one for one in told if folding.world.trust.ever_held(one.fact.writer, unit)]
        heard = [one for one in heard if one.body.get("activity", "") == folding.world.activity]
        if heard and not _holds_people(folding.w, folding.world, unit):
            rows += [(unit, *row) for row in heard[-1].body["rows"] if _is_row(row)]
    old = sync_rows(folding.w, TOLD_DAYS, units, rows)
    for each in old:
        folding.differences.take_off(_as_steps(each))
    for each in rows:
        folding.differences.put_on(_as_steps(each))
    return ()


def _as_steps(row: Row) -> str:
    return write_steps([(row[1], row[2], tuple(row[3:]))])


def _is_row(row: object) -> bool:
    if not isinstance(row, list) or [type(part) for part in row] != [str, str, *[int] * len(AMOUNTS)]:
        return False
    return row[0].count("|") == 2 and all(-LARGEST_TOLD <= amount <= LARGEST_TOLD for amount in row[2:])


def _holds_people(r: Reader, world: World, unit: str) -> bool:
    scope = people_scope(unit)
    writers = r.all("select distinct writer from facts where scope = :scope and kind = 'person_registered'", scope=scope)
    return any(limit_of(world, Stream(scope, writer)) != NONE for (writer,) in writers)


def _every_told(folding: Folding, _: Collection[str]) -> Iterable[str]:
    """Who may tell a unit's totals is whoever was ever granted it: a grant that comes in late lets them count."""
    return map(subject_key, ledger.subjects(folding.w, "totals"))


FOLDS = (
    Fold(name="told_totals", sort="totals", run=fold_told_totals, tables=(TOLD_DAYS,), reads_scopes=True,
         reads={BATCHES: spoken_of("totals"), "trust": _every_told, "units": _every_told}),
)  # fmt: skip
