"""What becomes of works, their files and votes, and the batches in which they were handed in.

Of a work its own unit's scope speaks, of votes the host's; a row keeps the unit whose scope said it, and whoever asks joins by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.works.rules.work import tidy_link
from campmgr.facts.batches import BATCHES, spoken_of, standing_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.inventories import inventory_fold
from campmgr.ids import canonical
from campmgr.ledger.envelope import people_scope, scope_unit
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row
from campmgr.store.tables import Table, sync_rows

WAYS = Table(
    "entry_ways", ("unit", "entry", "activity", "stage", "outlets", "staged_on", "reason", "revoked", "revoked_reason"), 2, "entry"
)
FILES = Table("entry_files", ("unit", "entry", "role", "sha256", "name", "bytes", "probe"), 4, "entry")
LINKS = Table("entry_links", ("unit", "entry", "link"), 2, "entry")
APART = Table("entry_apart", ("unit", "entry", "why", "other"), 4, "entry")
VOTES = Table(
    "vote_readings", ("unit", "entry", "channel", "read_at", "activity", "votes", "rejected", "rounded", "at_least"), 4, "entry"
)
HANDINS = Table(
    "handins",
    ("unit", "handin", "activity", "window", "state", "late", "rows", "contact", "share", "statements", "sent_on", "digest",
     "reason"),
    2,
    "handin",
)  # fmt: skip
LEAVES = Table("handin_leaves", ("unit", "handin", "activity", "window", "reason"), 2, "handin")
HANDED_IN = Table("handin_entries", ("unit", "handin", "entry", "number"), 3, "handin")


def fold_ways(folding: Folding, entries: Sequence[str]) -> tuple[()]:
    """Fold what was said of these works beside their own fields."""
    rows: dict[Table, list[Row]] = {WAYS: [], FILES: [], LINKS: [], APART: [], VOTES: []}
    for entry, told in standing_of(folding, "entry", entries).items():
        by_unit: dict[str, list[ReadFact]] = defaultdict(list)
        for one in told:
            by_unit[scope_unit(one.fact.scope) or ""].append(one)
        for unit, some in by_unit.items():
            rows[WAYS] += _way(unit, entry, some)
            rows[FILES] += [_file(unit, entry, one) for one in some if one.fact.kind == "file_attached"]
            links = [one.body["link"] for one in some if one.fact.kind == "entry_listed" and "link" in one.body]
            rows[LINKS] += [(unit, entry, tidy_link(link)) for link in links[-1:] if link]
            rows[APART] += sorted({(unit, entry, one.body["why"], str(other)) for one in some
                                   if one.fact.kind == "entry_told_apart" for other in one.body["others"]})  # fmt: skip
            rows[VOTES] += [_votes(unit, entry, one) for one in some if one.fact.kind == "votes_read"]
    for table, some_rows in rows.items():
        sync_rows(folding.w, table, entries, some_rows)
    return ()


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
    )]  # fmt: skip


def _file(unit: str, entry: str, one: ReadFact) -> Row:
    body = one.body
    return (unit, entry, body["role"], body["sha256"], body["name"], body["bytes"], canonical(body["probe"]))


def _votes(unit: str, entry: str, one: ReadFact) -> Row:
    body = one.body
    return (unit, entry, body["channel"], body["read_at"], body["activity"], body["votes"], canonical(body["rejected"]),
            int(body["rounded"]), int(body["at_least"]))  # fmt: skip


_SAID = ("handin_closed", "handin_reopened")
"""What is said of a batch, beside what takes that back."""


def fold_handins(folding: Folding, handins: Sequence[str]) -> tuple[()]:
    """Fold these batches: as last closed, and whether they were opened again since."""
    rows: list[Row] = []
    held: list[Row] = []
    leaves: list[Row] = []
    for handin, told in standing_of(folding, "handin", handins).items():
        home = [one for one in told if "unit" in one.body and one.fact.scope == people_scope(one.body["unit"])]
        taken = [one.body for one in home if one.fact.kind == "handin_late_taken"]
        leaves += [(body["unit"], handin, body["activity"], body["window"], body["reason"]) for body in taken[-1:]]
        own = [one for one in home if one.fact.kind in _SAID]
        last = own[-1] if own else None
        if last is None:
            continue
        body, state = last.body, "closed" if last.fact.kind == "handin_closed" else "reopened"
        closed = body if state == "closed" else {}
        rows.append((
            body["unit"], handin, body["activity"], body["window"], state, closed.get("late", ""),
            canonical(closed.get("rows", [])),
            closed.get("contact", ""), closed.get("share", ""), canonical(closed.get("statements", [])), closed.get("sent_on", ""),
            closed.get("digest", ""), body.get("reason", ""),
        ))  # fmt: skip
        held += [(body["unit"], handin, row[1], row[0]) for row in closed.get("rows", [])]
    sync_rows(folding.w, HANDINS, handins, rows)
    sync_rows(folding.w, HANDED_IN, handins, held)
    sync_rows(folding.w, LEAVES, handins, leaves)
    return ()


FOLDS = (
    inventory_fold(ENTRIES),
    Fold(
        name="entry_ways",
        sort="entry",
        run=fold_ways,
        tables=(WAYS, FILES, LINKS, APART, VOTES),
        reads={BATCHES: spoken_of("entry")},
    ),
    Fold(
        name="handins", sort="handin", run=fold_handins, tables=(HANDINS, HANDED_IN, LEAVES), reads={BATCHES: spoken_of("handin")}
    ),
)
