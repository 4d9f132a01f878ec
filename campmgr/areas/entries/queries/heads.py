"""What is needed of every work where thousands are counted or turned over: a few words each, nothing judged."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from campmgr.areas.entries.rules.agreements import statements_of
from campmgr.areas.entries.settings import Entries
from campmgr.facts.activities import Activity
from campmgr.store.door import Reader, Row


class EntryHead(NamedTuple):
    """A work in a few words; `windows`: those of the batches it stands in."""

    id: str
    unit: str
    kind: str
    theme: str
    stage: str
    outlets: str
    revoked: str
    windows: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether it still takes part."""
        return "参选" not in self.revoked

    @property
    def state(self) -> str:
        """Where it has come to."""
        if self.revoked:
            return f"撤销{self.revoked}资格"
        return self.stage or ("已报送" if self.windows else "待报送")


_HEADS = (
    "select e.entry, e.unit, e.class, e.theme, coalesce(w.stage, ''), coalesce(w.outlets, ''), coalesce(w.revoked, '')"
    " from entries e left join entry_ways w on w.entry = e.entry and w.unit = e.unit"
)
_WINDOWS = "select e.entry, h.window from handins h join handin_entries e on e.unit = h.unit and e.handin = h.handin"


def heads_in(r: Reader, activity: Activity, units: Collection[str] | None = None) -> list[EntryHead]:
    """The works of an activity, of all units or of these, by unit, class and title."""
    windows = r.all(f"{_WINDOWS} where h.activity = :activity", activity=activity.id)
    rows = r.all(f"{_HEADS} where e.activity = :activity and e.listed = 1 order by e.unit, e.class, e.title, e.entry",
                 activity=activity.id)  # fmt: skip
    return _heads((row for row in rows if units is None or row[1] in units), windows)


def heads_of(r: Reader, activity: Activity, entry: str) -> list[EntryHead]:
    """The same of one work alone; none where the activity has no such work."""
    windows = r.all(f"{_WINDOWS} where e.entry = :entry and h.activity = :activity", entry=entry, activity=activity.id)
    rows = r.all(f"{_HEADS} where e.entry = :entry and e.activity = :activity and e.listed = 1", entry=entry, activity=activity.id)
    return _heads(rows, windows)


def _heads(rows: Iterable[Row], windows: Iterable[Row]) -> list[EntryHead]:
    held: dict[str, set[str]] = {}
    for entry, window in windows:
        held.setdefault(entry, set()).add(window)
    return [EntryHead._make((*row, tuple(sorted(held[row[0]])) if row[0] in held else ())) for row in rows]


def shown_in(r: Reader, activity: Activity) -> list[str]:
    """The ids of the works that an outlet shows, that lost nothing and whose makers agreed to every text of today's version, in the
    order of units, classes and titles.
    """
    asked = activity.rules[Entries]
    sql = (
        "select e.entry from entries e join entry_ways w on w.entry = e.entry and w.unit = e.unit"
        " where e.activity = :activity and e.listed = 1 and w.outlets <> '' and w.revoked = '' and (select count(*)"
        " from entry_agreements a where a.entry = e.entry and a.unit = e.unit and a.version = :version"
        " and a.statement in (select value from json_each(:texts))) = :many order by e.unit, e.class, e.title, e.entry"
    )
    texts = {each.id for each in statements_of(asked)}
    told = {"version": asked.statements_version, "texts": json.dumps(sorted(texts)), "many": len(texts)}
    return [row[0] for row in r.all(sql, activity=activity.id, **told)]
