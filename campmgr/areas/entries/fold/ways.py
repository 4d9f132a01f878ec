"""What becomes of works, their files and votes.

Of a work its own unit's scope speaks, of votes the host's; a row keeps the unit whose scope said it, and whoever asks joins by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from campmgr.areas.entries.fold.tables import AGREEMENTS, APART, FILES, LINKS, VOTES, WAYS
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.works.rules.work import tidy_link
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.seats import Seats, Told, seat_reads, told_of
from campmgr.facts.tables import RULED_WORDS
from campmgr.ids import canonical
from campmgr.ledger.envelope import scope_unit
from campmgr.ledger.order import ReadFact, Withdrawn, stand
from campmgr.store.door import Row
from campmgr.store.tables import Table, sync_rows


def fold_ways(folding: Folding, entries: Sequence[str]) -> tuple[()]:
    """Fold what was said of these works beside their own fields."""
    rows: dict[Table, list[Row]] = {WAYS: [], FILES: [], LINKS: [], AGREEMENTS: [], APART: [], VOTES: []}
    every = told_of(folding, "entry", entries)
    seats = Seats(folding, every.values())
    for entry, told in every.items():
        activity, unit = _home_of(entry, told.facts)
        if unit:
            _add_rows(rows, unit, entry, seats.heard(told, activity, unit).facts)
        for one in _votes_in(told, seats.withdrawals):
            rows[VOTES].append(_votes(scope_unit(one.fact.scope) or "", entry, one))
    for table, some_rows in rows.items():
        sync_rows(folding.w, table, entries, some_rows)
    seats.keep("entry", entries)
    return ()


def _home_of(entry: str, told: Iterable[ReadFact]) -> tuple[str, str]:
    """The activity and the unit of a work, of which its id is made; nobody speaks of it from elsewhere."""
    for one in told:
        body = one.body
        if one.fact.kind == "entry_listed" and body.keys() >= {"activity", *ENTRIES.key}:
            unit = scope_unit(one.fact.scope) or ""
            if ENTRIES.row_id(body["activity"], unit, body) == entry:
                return body["activity"], unit
    return "", ""


def _votes_in(told: Told, withdrawals: Withdrawn) -> list[ReadFact]:
    """The counts that stand, of whatever scope; most works have none."""
    if not any(one.fact.kind == "votes_read" for one in told.facts):
        return []
    stood = stand(told.facts, withdrawals, told.unheard).facts
    return [one for one in stood if one.fact.kind == "votes_read"]


def _add_rows(rows: dict[Table, list[Row]], unit: str, entry: str, some: Sequence[ReadFact]) -> None:
    rows[WAYS] += _way(unit, entry, some)
    rows[FILES] += [_file(unit, entry, one) for one in some if one.fact.kind == "file_attached"]
    links = [one.body["link"] for one in some if one.fact.kind == "entry_listed" and "link" in one.body]
    rows[LINKS] += [(unit, entry, tidy_link(link)) for link in links[-1:] if link]
    rows[AGREEMENTS] += [(unit, entry, one.body["statement"], one.body["version"], one.fact.recorded_at) for one in some
                       if one.fact.kind == "entry_agreed" and one.body["agreed"]]  # fmt: skip
    rows[APART] += sorted({(unit, entry, one.body["why"], str(other)) for one in some
                           if one.fact.kind == "entry_told_apart" for other in one.body["others"]})  # fmt: skip


def _way(unit: str, entry: str, told: Sequence[ReadFact]) -> list[Row]:
    """The last word on the stage, all outlets on which it is shown, and what it has lost."""
    staged = [one for one in told if one.fact.kind == "entry_staged"]
    lost = [one for one in told if one.fact.kind == "entry_revoked"]
    if not staged and not lost:
        return []
    last = staged[-1] if staged else None
    outlets = [one.body["outlet"] for one in staged if one.body["outlet"] and one.body["stage"] == "展播"]
    activity = (staged or lost)[0].body["activity"]
    return [(
        unit, entry, activity, last.body["stage"] if last else "", "、".join(outlets), last.fact.happened_on if last else "",
        last.body["reason"] if last else "", "、".join(one.body["reach"] for one in lost), lost[-1].body["reason"] if lost else "",
        canonical(last.body["checks"] if last else {}),
    )]  # fmt: skip


def _file(unit: str, entry: str, one: ReadFact) -> Row:
    body = one.body
    return (unit, entry, body["role"], body["sha256"], body["name"], body["bytes"], canonical(body["probe"]))


def _votes(unit: str, entry: str, one: ReadFact) -> Row:
    body = one.body
    return (unit, entry, body["channel"], body["read_at"], body["activity"], body["votes"], canonical(body["rejected"]),
            int(body["rounded"]), int(body["at_least"]))  # fmt: skip


WAYS_FOLD = Fold(
    name="entry_ways", sort="entry", run=fold_ways, tables=(WAYS, FILES, LINKS, AGREEMENTS, APART, VOTES),
    shares=(RULED_WORDS,), reads=seat_reads("entry"),
)  # fmt: skip
