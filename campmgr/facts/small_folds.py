"""The folds that every camp has: withdrawn batches, marks of unknown codes, and totals told of what this node has lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from campmgr.facts.admission import limit_of
from campmgr.facts.carry_due import withdrawals_of
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.tables import AMOUNTS, IMPORTS, PENDING, TOLD_DAYS, WITHDRAWN
from campmgr.facts.totals import write_steps
from campmgr.facts.world import World
from campmgr.ledger.envelope import Stream
from campmgr.ledger.order import ReadFact, read_facts, standing
from campmgr.ledger.scopes import people_scope, scope_unit, subject, subject_key
from campmgr.store import ledger
from campmgr.store.door import Reader, Row
from campmgr.store.tables import sync_rows

LARGEST_TOLD = 10**12
"""A told number beyond this is nonsense, and would not fit a table once it is added up."""

BATCHES = "batches"
"""Whoever takes off what was withdrawn (`standing_of` does) reads this fold."""


def standing_of(folding: Folding, sort: str, keys: Collection[str]) -> dict[str, list[ReadFact]]:
    """What stands of each of these subjects, by key, of what counts and in order."""
    facts = defaultdict(list)
    for fact in folding.admission.of(ledger.of_subjects(folding.w, (subject(sort, key) for key in keys))):
        facts[subject_key(fact.subject)].append(fact)
    told = {key: read_facts(kinds_of(folding.w), facts.get(key, ())) for key in keys}
    withdrawn = withdrawals_of(folding.w, told.values())
    return {key: standing(some, withdrawn) for key, some in told.items()}


def spoken_of(sort: str) -> Callable[[Folding, Collection[str]], Iterable[str]]:
    """How a fold of this sort follows withdrawn batches: whatever their facts speak of."""

    def follow(folding: Folding, batches: Collection[str]) -> Iterable[str]:
        return map(subject_key, ledger.subjects_of_batches(folding.w, batches, sort))

    return follow


def fold_batches(folding: Folding, batches: Sequence[str]) -> set[str]:
    """Imported files, and withdrawn batches with the scopes their withdrawals stand in.

    Those whose withdrawals are now others come back: a file that was imported changes nothing of what its batch speaks of.
    """
    rows: list[Row] = []
    files: list[Row] = []
    for batch, told in standing_of(folding, "batch", batches).items():
        rows += {(batch, scope, one.id) for one in told if one.fact.kind == "batch_withdrawn" for scope in one.scopes}
        files += [_imported(batch, one) for one in told if one.fact.kind == "file_imported"]
    sync_rows(folding.w, IMPORTS, batches, files)
    old = sync_rows(folding.w, WITHDRAWN, batches, rows)
    return {row[0] for row in set(old) ^ set(rows)}


def _imported(batch: str, one: ReadFact) -> Row:
    fact, body = one.fact, one.body
    counts = (body[each] for each in ("rows", "new", "changed", "unchanged", "rejected"))
    return (batch, one.id, scope_unit(fact.scope) or "", body["kind"], body["file"], body["sha256"], body["read_at"], *counts,
            fact.actor, fact.recorded_at, fact.clock)  # fmt: skip


def fold_codes(folding: Folding, codes: Sequence[str]) -> tuple[()]:
    """Marks of codes nobody knew where they were scanned; they count once carried to the person."""
    rows: list[Row] = [
        (code, one.id, one.fact.scope)
        for code, told in standing_of(folding, "code", codes).items()
        for one in told
        if one.fact.kind in {"mark_recorded", "condition_recorded"}
    ]
    sync_rows(folding.w, PENDING, codes, rows)
    return ()


def fold_told_totals(folding: Folding, units: Sequence[str]) -> tuple[()]:
    """Daily totals of scopes that were lost in a regrant: they count while the people themselves are not held here."""
    rows: list[Row] = []
    for unit, told in standing_of(folding, "totals", units).items():
        heard = [one for one in told if folding.world.trust.ever_held(one.fact.writer, unit)]
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
    return any(limit_of(world, Stream(scope, writer)).seq > 0 for (writer,) in writers)


FOLDS = (
    Fold(name=BATCHES, sort="batch", run=fold_batches, tables=(IMPORTS, WITHDRAWN)),
    Fold(name="codes", sort="code", run=fold_codes, tables=(PENDING,), reads={BATCHES: spoken_of("code")}),
    Fold(name="told_totals", sort="totals", run=fold_told_totals, tables=(TOLD_DAYS,), reads={BATCHES: spoken_of("totals")},
         reads_scopes=True),
)  # fmt: skip
