"""Of each work: who judges it, who does not, and what was marked, as the host says in its own scope.

Nobody's marks are dropped here: whoever asks sets those aside whose judge must not judge the work, and lists them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from campmgr.areas.judging.fold.tables import ASSIGNMENTS, FITS, RECUSALS, SCORES
from campmgr.facts.batches import BATCHES, spoken_of, told_by_unit
from campmgr.facts.fold import Fold, Folding
from campmgr.ids import canonical
from campmgr.ledger.order import ReadFact, Stood
from campmgr.store.door import Row
from campmgr.store.tables import Table, sync_rows

_KINDS = frozenset({"judge_assigned", "judge_recused", "recusal_lifted", "score_given", "fit_noted"})
_TABLES = (ASSIGNMENTS, RECUSALS, SCORES, FITS)

Seat = tuple[str, str, str]
"""(round, judge, activity), as the tables keep it."""


def fold_judged(folding: Folding, entries: Sequence[str]) -> tuple[()]:
    """Fold what was said of the judging of these works."""
    rows: dict[Table, list[Row]] = {table: [] for table in _TABLES}
    for (entry, unit), stood in told_by_unit(folding, "entry", entries, _KINDS).items():
        if unit:
            rows[ASSIGNMENTS] += _assigned(unit, entry, stood.facts)
            rows[RECUSALS] += _recused(unit, entry, stood.facts)
            rows[SCORES] += _scored(unit, entry, stood)
            fits = {one.body["award"]: one for one in stood.facts if one.fact.kind == "fit_noted"}
            rows[FITS] += [(unit, entry, award, one.body["activity"], one.body["reason"], one.id) for award, one in fits.items()]
    for table in _TABLES:
        sync_rows(folding.w, table, entries, rows[table])
    return ()


def _seat(one: ReadFact) -> Seat:
    return one.body["round"], one.body["judge"], one.body["activity"]


def _by_seat(facts: Sequence[ReadFact], *kinds: str) -> dict[Seat, list[ReadFact]]:
    found: dict[Seat, list[ReadFact]] = defaultdict(list)
    for one in facts:
        if one.fact.kind in kinds:
            found[_seat(one)].append(one)
    return found


def _assigned(unit: str, entry: str, facts: Sequence[ReadFact]) -> list[Row]:
    seats = _by_seat(facts, "judge_assigned")
    return [(unit, entry, *seat, canonical([one.id for one in some])) for seat, some in seats.items()]


def _recused(unit: str, entry: str, facts: Sequence[ReadFact]) -> list[Row]:
    rows: list[Row] = []
    for seat, some in _by_seat(facts, "judge_recused", "recusal_lifted").items():
        last = some[-1]
        is_off = last.fact.kind == "recusal_lifted"
        why, note = ("", last.body["reason"]) if is_off else (last.body["why"], last.body["note"])
        rows.append((unit, entry, *seat, "lifted" if is_off else "recused", why, note, last.id, last.fact.happened_on))
    return rows


def _scored(unit: str, entry: str, stood: Stood) -> list[Row]:
    """The last word of each judge that stands; what it replaced is kept beside it, and so is how many stand side by side."""
    rows: list[Row] = []
    said = _by_seat(stood.said, "score_given")
    for seat, some in _by_seat(stood.facts, "score_given").items():
        last, body = some[-1], some[-1].body
        standing = {one.id for one in some}
        earlier = [_told(one) for one in said[seat] if one.id not in standing]
        rows.append((unit, entry, *seat, body["state"], canonical(body["marks"]), body["note"], body["source"], body["form"],
                     body["reason"], " ".join(one.id for one in some), last.fact.happened_on, last.fact.actor, canonical(earlier),
                     len({canonical([one.body["state"], one.body["marks"]]) for one in some}) - 1))  # fmt: skip
    return rows


def _told(one: ReadFact) -> dict[str, object]:
    kept = {name: one.body[name] for name in ("state", "marks", "note", "source", "reason")}
    return {**kept, "on": one.fact.happened_on, "actor": one.fact.actor, "fact": one.id}


JUDGED_FOLD = Fold(name="judged_entries", sort="entry", run=fold_judged, tables=_TABLES, reads={BATCHES: spoken_of("entry")})
