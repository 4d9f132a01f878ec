"""Batches: what a unit can hand in now, what it has, and every version of one with its digest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from campmgr.accounts.queries import in_subtree, unit_name
from campmgr.areas.entries.rules.batch import batch_digest, handin_id
from campmgr.areas.entries.rules.windows import HandInWindow, window_named, windows_of
from campmgr.areas.entries.settings import Entries
from campmgr.clock import minute_text
from campmgr.errors import NotFound
from campmgr.facts.activities import Activity
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ledger.envelope import people_scope, subject
from campmgr.ledger.order import read_facts
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class HandedRow:
    """A work as it was handed in: its number, id, title, class, form, unit's id, and its files by name and SHA-256."""

    number: int
    entry: str
    title: str
    kind: str
    sub: str
    unit: str
    files: tuple[tuple[str, str], ...]

    def plain(self) -> list[Any]:
        """As a fact keeps it."""
        files = [list(each) for each in self.files]
        return [self.number, self.entry, self.title, self.kind, self.sub, self.unit, files]


@dataclass(frozen=True, slots=True)
class HandIn:
    """A unit's batch of a window. `state`: "open" (nothing closed yet), "closed" or "reopened"."""

    id: str
    unit: str
    unit_name: str
    window: HandInWindow
    state: str = "open"
    late: str = ""
    rows: tuple[HandedRow, ...] = ()
    contact: str = ""
    share: str = ""
    sent_on: str = ""
    digest: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A time at which a batch was closed: when, how many works, the digest as it was said, and whether it comes out so again."""

    at: str
    count: int
    digest: str
    equal: bool


@dataclass(frozen=True, slots=True)
class Leave:
    """A batch that the host takes though its window is over, and why; `state` of the batch as in `HandIn`."""

    unit: str
    unit_name: str
    window: HandInWindow
    reason: str
    state: str

    @property
    def is_used(self) -> bool:
        """Whether the batch was handed in."""
        return self.state == "closed"


def leaves_in(r: Reader, world: World, activity: Activity, unit: str = "") -> tuple[Leave, ...]:
    """The late batches that the host takes, of all units or of one."""
    sql = (
        "select l.unit, l.window, l.reason, coalesce(h.state, 'open') from handin_leaves l"
        " left join handins h on h.unit = l.unit and h.handin = l.handin"
        " where l.activity = :activity and (:unit = '' or l.unit = :unit) order by l.window, l.unit"
    )
    found = []
    for of, name, reason, state in r.all(sql, activity=activity.id, unit=unit):
        known = windows_of(activity.rules, to_relay=to_relay(world, activity, of))
        window = window_named(known, name) or HandInWindow(name, name, "", None)
        found.append(Leave(of, unit_name(world, of), window, reason, state))
    return tuple(found)


def to_relay(world: World, activity: Activity, unit: str) -> bool:
    """Whether a unit hands in to somebody who passes on, so that the earlier deadline is its own."""
    return activity.seat == "submitter" or (activity.seat == "relay" and unit != activity.host and bool(world.root_unit))


def handins_of(r: Reader, world: World, activity: Activity, unit: str) -> tuple[HandIn, ...]:
    """A unit's batch of each window, closed or not."""
    sql = (
        "select window, state, late, rows, contact, share, sent_on, digest, reason from handins"
        " where activity = :activity and unit = :unit"
    )
    told = {row[0]: row[1:] for row in r.all(sql, activity=activity.id, unit=unit)}
    known = windows_of(activity.rules, to_relay=to_relay(world, activity, unit))
    return tuple(_handin(world, activity, unit, each, told.get(each.name)) for each in known)


def handin_of(r: Reader, world: World, activity: Activity, unit: str, window: str) -> HandIn:
    """One of them. Raises NotFound for a window that is none."""
    found = next((each for each in handins_of(r, world, activity, unit) if each.window.name == window), None)
    if found is None:
        known = "、".join(each.name for each in windows_of(activity.rules, to_relay=to_relay(world, activity, unit)))
        raise NotFound(f"没有名为“{window}”的报送窗口。", reason="unknown_fact", hint=f"现有：{known}。")
    return found


def closed_in(r: Reader, world: World, activity: Activity) -> tuple[HandIn, ...]:
    """The batches of all units that stand closed, by unit and window."""
    sql = (
        "select unit, window, state, late, rows, contact, share, sent_on, digest, reason from handins"
        " where activity = :activity and state = 'closed' order by window, unit"
    )
    found = []
    for row in r.all(sql, activity=activity.id):
        known = windows_of(activity.rules, to_relay=to_relay(world, activity, row[0]))
        window = window_named(known, row[1]) or HandInWindow(row[1], row[1], "", None)
        found.append(_handin(world, activity, row[0], window, row[2:]))
    return tuple(found)


def _handin(world: World, activity: Activity, unit: str, window: HandInWindow, told: Sequence[Any] | None) -> HandIn:
    id_, name = handin_id(activity.id, unit, window.name), unit_name(world, unit)
    if told is None:
        return HandIn(id_, unit, name, window)
    state, late, rows, contact, share, sent_on, digest, reason = told
    return HandIn(id_, unit, name, window, state, late, handed_rows(json.loads(rows)), contact, share, sent_on, digest, reason)


def handed_rows(told: Sequence[Any]) -> tuple[HandedRow, ...]:
    """Rows as a fact keeps them."""
    found = []
    for number, entry, title, kind, sub, unit, files in told:
        found.append(HandedRow(number, entry, title, kind, sub, unit, tuple((name, digest) for name, digest in files)))
    return tuple(found)


_WAITS = "listed = 1 and coalesce(w.stage, '') <> '退回' and instr(coalesce(w.revoked, ''), '参选') = 0"

_OF_ENTRY = "e.entry, e.class, e.listed_on, e.title from entries e left join entry_ways w on w.unit = e.unit and w.entry = e.entry"


def waiting_of(r: Reader, world: World, activity: Activity, unit: Unit) -> list[str]:
    """Works that wait to be handed in by a unit, whether they pass or not, in the order of its batch: its own, and those that units
    below have handed in to it; none that stand in another batch of its own, were sent back or are revoked.
    """
    own = r.all(f"select {_OF_ENTRY} where e.activity = :activity and e.unit = :unit and {_WAITS}",
                activity=activity.id, unit=unit.unit)  # fmt: skip
    below, held = set[str](), set[str]()
    sql = (
        "select h.unit, e.entry from handins h join handin_entries e on e.unit = h.unit and e.handin = h.handin"
        " where h.activity = :activity order by h.unit, e.number"
    )
    for by, entry in r.all(sql, activity=activity.id):
        if by == unit.unit:
            held.add(entry)
        elif in_subtree(world, by, unit.unit):
            below.add(entry)
    passed = f"select {_OF_ENTRY} where e.entry in (:keys) and e.activity = :activity and {_WAITS}"
    found = {row[0]: row[1:] for row in (*own, *r.among(passed, below, activity=activity.id)) if row[0] not in held}
    order = {kind: number for number, kind in enumerate(activity.rules[Entries].classes)}
    return sorted(found, key=lambda each: (order.get(found[each][0], len(order)), *found[each][1:], each))


def versions_of(r: Reader, activity: Activity, handin: HandIn) -> tuple[Version, ...]:
    """Every time a batch was closed, the first first, each digest computed again from what the fact holds."""
    told = read_facts(kinds_of(r), ledger.of_subjects(r, [subject("handin", handin.id)]))
    own = [one for one in told if one.fact.kind == "handin_closed" and one.fact.scope == people_scope(handin.unit)]
    return tuple(
        Version(minute_text(one.fact.recorded_at), len(one.body["rows"]), one.body["digest"],
                batch_digest(one.body["rows"], handin.window.name, handin.unit) == one.body["digest"])
        for one in own if one.body["activity"] == activity.id
    )  # fmt: skip
