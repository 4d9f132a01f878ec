"""One batch: what an import or the marking of a class recorded, by whom, and whether it was taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from campmgr.accounts.queries import Account, actors, holds_all, is_theirs
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.hours.rules.words import lesson_words
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.requests.kinds import ANSWERED
from campmgr.clock import minute_text
from campmgr.desks.queries.histories import called
from campmgr.desks.queries.imports import ImportRow, import_of
from campmgr.errors import NotFound
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.under_way import UnderWay, under_way
from campmgr.facts.world import World
from campmgr.ledger.carrier import CARRIER, DETAILS_CARRIER
from campmgr.ledger.envelope import scope_unit
from campmgr.settings.terms import say
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch: (what, how many) in words, how many people, first and last day, when, by whom, the units, whether taken back.

    `file`: the file it came from, None for the marking of a class; `under_way`: how far its import is, None once that is through.
    """

    batch: str
    what: tuple[tuple[str, int], ...]
    detail: str
    people: int
    first_day: str
    last_day: str
    recorded_at: str
    who: str
    units: tuple[tuple[str, str], ...]
    withdrawn: bool
    file: ImportRow | None
    under_way: UnderWay | None


_KINDS = """
    select kind, count(*), min(happened_on), max(happened_on), min(recorded_at), max(actor) from facts
    where batch = :batch and kind not in (:carrier, :of_details) group by kind order by kind"""


def batch_page(r: Reader, world: World, account: Account, batch: str) -> Batch:
    """A batch for its maker, or for somebody whose units cover all it speaks of. Raises NotFound for any other."""
    known, kinds = kinds_of(r), r.all(_KINDS, batch=batch, carrier=CARRIER, of_details=DETAILS_CARRIER)
    spoken = r.all("select distinct scope, kind from facts where batch = :batch order by scope", batch=batch)
    units = list(dict.fromkeys(scope_unit(scope) or "" for scope, _ in spoken))  # "" for the unit tree, rules and lessons
    whose = {_whose(world, scope, kind) for scope, kind in spoken}
    if not kinds or not _may_see(world, account, whose, {row[5] for row in kinds}):
        raise NotFound("没有这个批次，或不在您的范围内。", reason="unknown_fact", hint="请从人员页面的记录里进入。")
    people = r.value("select count(distinct subject) from facts where batch = :batch and subject like 'person:%'", batch=batch)
    gone = r.value("select count(distinct scope) from withdrawn where batch = :batch", batch=batch)
    return Batch(
        batch=batch,
        what=tuple((called(known, str(row[0])) or "其他记录", int(row[1])) for row in kinds),
        detail=_detail(r, world, batch),
        people=people,
        first_day=min(row[2] for row in kinds),
        last_day=max(row[3] for row in kinds),
        recorded_at=minute_text(min(row[4] for row in kinds)),
        who=actors(r).get(max(row[5] for row in kinds), ""),
        units=tuple((unit, world.tree.units[unit].name) for unit in units if unit in world.tree.units),
        withdrawn=gone > 0,
        file=import_of(r, world, batch),
        under_way=under_way(r, batch),
    )


def recorded(r: Reader, batches: Iterable[str]) -> set[str]:
    """Those of the batches of which anything is in the ledger."""
    return {row[0] for row in r.among("select distinct batch from facts where batch in (:keys)", batches)}


def people_of_batches(r: Reader, batches: Iterable[str], scope: str) -> dict[str, int]:
    """How many people of a scope each of the batches is about."""
    sql = """select batch, count(distinct subject) from facts
        where batch in (:keys) and scope = :scope and subject like 'person:%' group by batch"""
    return dict(r.among(sql, batches, scope=scope))


def openable(r: Reader, world: World, account: Account, batches: Iterable[str]) -> frozenset[str]:
    """Those of the batches whose page this account may open, as `batch_page` has it: links are drawn to no others."""
    units: dict[str, set[str]] = {}
    said_by: dict[str, set[str]] = {}
    for batch, scope, actor, kind in r.among(
        "select distinct batch, scope, actor, kind from facts where batch in (:keys)", batches
    ):
        units.setdefault(batch, set()).add(_whose(world, scope, kind))
        said_by.setdefault(batch, set()).add(actor)
    return frozenset(batch for batch, some in units.items() if _may_see(world, account, some, said_by[batch]))


def _whose(world: World, scope: str, kind: str) -> str:
    """The unit that one must hold to see what was said there; an office's answer is the office's, not of the unit that asked."""
    unit = scope_unit(scope) or ""
    known = world.tree.units.get(unit)
    return known.parent if known and kind == ANSWERED else unit


def _may_see(world: World, account: Account, units: Iterable[str], said_by: set[str]) -> bool:
    known = [world.tree.units.get(unit) for unit in units]
    return (
        account.actor in said_by
        or holds_all(world, account)
        or all(unit is not None and is_theirs(world, account, unit) for unit in known)
    )


def _detail(r: Reader, world: World, batch: str) -> str:
    """Which lesson or condition, where the whole batch is about one; else ""."""
    rows = r.all(
        "select distinct kind, body from facts where batch = :batch and kind in ('mark_recorded', 'condition_recorded') limit 2",
        batch=batch,
    )
    if len(rows) != 1 or not rows[0][1]:
        return ""
    body = json.loads(rows[0][1])
    return (
        say(CONDITIONS, body["condition"])
        if "condition" in body
        else lesson_words(lessons_of(world), body["lesson"], body["minutes"])
    )
