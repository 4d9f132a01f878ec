"""The small folds: withdrawn batches, marks of unknown codes, and totals told of what this node has lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from campmgr.facts.admission import Admission, limit_of
from campmgr.facts.carry_due import withdrawals_of
from campmgr.facts.tables import AMOUNTS, IMPORTS, PENDING, TOLD_DAYS, WITHDRAWN
from campmgr.facts.totals import Differences, write_steps
from campmgr.facts.world import World
from campmgr.ledger.envelope import Stream
from campmgr.ledger.order import Told, standing, tell
from campmgr.ledger.scopes import people_scope, scope_unit, subject_key
from campmgr.store import ledger
from campmgr.store.door import Reader, Row, Writer
from campmgr.store.tables import sync_rows

LARGEST_TOLD = 10**12
"""A told number beyond this is nonsense, and would not fit a table once it is added up."""


def standing_of(w: Reader, world: World, subjects: Collection[str]) -> dict[str, list[Told]]:
    """What stands of each subject, in order, of what counts."""
    facts = defaultdict(list)
    for fact in Admission(world, w).of(ledger.of_subjects(w, subjects)):
        facts[fact.subject].append(fact)
    told = {subject: tell(facts.get(subject, ())) for subject in subjects}
    withdrawn = withdrawals_of(w, told.values())
    return {subject: standing(some, withdrawn) for subject, some in told.items()}


def fold_batches(w: Writer, world: World, subjects: Collection[str]) -> set[str]:
    """Imported files, and withdrawn batches with the scopes their withdrawals stand in; what those speak of comes back.

    Only of batches whose withdrawals are now others: a file that was imported changes nothing of what its batch speaks of.
    """
    rows: list[Row] = []
    files: list[Row] = []
    for subject, told in standing_of(w, world, subjects).items():
        batch = subject_key(subject)
        rows += {(batch, scope, one.id) for one in told if one.fact.kind == "batch_withdrawn" for scope in one.scopes}
        files += [_imported(batch, one) for one in told if one.fact.kind == "file_imported"]
    batches = [subject_key(subject) for subject in subjects]
    sync_rows(w, IMPORTS, batches, files)
    old = sync_rows(w, WITHDRAWN, batches, rows)
    return ledger.subjects_of_batches(w, {row[0] for row in set(old) ^ set(rows)})


def _imported(batch: str, one: Told) -> Row:
    fact, body = one.fact, one.body
    counts = (body[each] for each in ("rows", "new", "changed", "unchanged", "rejected"))
    return (batch, one.id, scope_unit(fact.scope) or "", body["kind"], body["file"], body["sha256"], body["read_at"], *counts,
            fact.actor, fact.recorded_at, fact.clock)  # fmt: skip


def fold_codes(w: Writer, world: World, subjects: Collection[str]) -> None:
    """Marks of codes nobody knew where they were scanned; they count once carried to the person."""
    rows: list[Row] = [
        (subject_key(subject), one.id, one.fact.scope)
        for subject, told in standing_of(w, world, subjects).items()
        for one in told
        if one.fact.kind in {"mark_recorded", "condition_recorded"}
    ]
    sync_rows(w, PENDING, [subject_key(subject) for subject in subjects], rows)


def fold_told_totals(w: Writer, world: World, subjects: Collection[str], differences: Differences) -> None:
    """Daily totals of scopes that were lost in a regrant: they count while the people themselves are not held here."""
    rows: list[Row] = []
    for subject, told in standing_of(w, world, subjects).items():
        unit = subject_key(subject)
        heard = [one for one in told if world.trust.ever_held(one.fact.writer, unit)]
        if heard and not _holds_people(w, world, unit):
            rows += [(unit, *row) for row in heard[-1].body["rows"] if _is_row(row)]
    old = sync_rows(w, TOLD_DAYS, [subject_key(subject) for subject in subjects], rows)
    for each in old:
        differences.take_off(_as_steps(each))
    for each in rows:
        differences.put_on(_as_steps(each))


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
