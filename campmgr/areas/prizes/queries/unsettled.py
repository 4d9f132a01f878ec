"""What is still open when a list is about to be frozen: doubts, works without an author, old readings, lists of the same time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from campmgr.areas.prizes.queries.list_content import division_of
from campmgr.areas.prizes.queries.prizes import shown_rows
from campmgr.areas.prizes.rules.frozen_list import ListRow, changes_between
from campmgr.areas.works.local import counts_waiting
from campmgr.areas.works.queries.flags import all_flags
from campmgr.areas.works.queries.standings import StandingRow
from campmgr.areas.works.rules.anomalies import MATTERS
from campmgr.clock import parse_instant, utc_text
from campmgr.facts.activities import Activity
from campmgr.facts.area import Remark
from campmgr.facts.laptops import laptop
from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class SameTime:
    """A list that stands, of the same time and the same works: its number, how many lines, and how many of them differ."""

    number: int
    count: int
    differing: int


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What is open before a list of these lines is frozen.

    `doubts`: works with a flag that nobody has looked at, with what the first is about; `waiting`: the likes of works that
    fit no author yet; `last_read`: when counts were last read before the time, a stored instant; `silent`: laptops that have not
    been heard of since.
    """

    doubts: Mapping[str, str]
    waiting: tuple[int, ...]
    last_read: str
    same: tuple[SameTime, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftLines:
    """The lines a list would have, and those next below it, with names."""

    rows: tuple[StandingRow, ...]
    below: tuple[StandingRow, ...]


_NEXT = 3

_HEARD = """select e.writer, max(f.recorded_at) from (select scope, writer, max(seq) as seq from seals group by scope, writer) e
    join facts f on f.scope = e.scope and f.writer = e.writer and f.seq = e.seq group by e.writer"""


def unsettled(r: Reader, world: World, body: Mapping[str, Any]) -> Unsettled:
    """What is open before a list is frozen whose content would be `body`."""
    moment = str(body["at"])
    settled = set(r.all("select work, case_ from work_decisions where case_ <> ''"))
    doubts: dict[str, str] = {}
    for flag in all_flags(r, world):
        if (flag.work, flag.case) not in settled:
            doubts.setdefault(flag.work, MATTERS[flag.matter])
    last = r.value("select max(read_at) from readings where read_at <= :at", at=moment)
    return Unsettled(doubts, tuple(counts_waiting(r, moment)), str(last or ""), _same_time(r, body), _silent(r, world, moment))


def draft_lines(r: Reader, world: World, body: Mapping[str, Any]) -> DraftLines:
    """The lines of a draft and those next below, with names."""
    rows = [ListRow.read(each) for each in body["rows"]]
    last = rows[-1].place if rows else 0
    below = [
        ListRow(last + 1, str(each[1]), str(each[0]), int(each[2]), str(each[3]))
        for each in body["excluded"]
        if each[4] in {"tied", "next"}
    ][:_NEXT]
    shown = shown_rows(r, world, [*rows, *below], body["bounds"], str(body["at"]))
    return DraftLines(tuple(shown[each] for each in rows), tuple(shown[each] for each in below))


def _same_time(r: Reader, body: Mapping[str, Any]) -> tuple[SameTime, ...]:
    """Lists that stand, of the same time and the same part of the works. Amendments made since are not looked at."""
    new, found = [ListRow.read(each) for each in body["rows"]], []
    for number, text in r.all("select number, content from prize_lists where at = :at and voided_on = '' order by number, fact",
                              at=str(body["at"])):  # fmt: skip
        content = json.loads(text)
        if division_of(content) == division_of(body):
            old = [ListRow.read(each) for each in content["rows"]]
            found.append(SameTime(number, len(old), len(changes_between(old, new))))
    return tuple(found)


def _silent(r: Reader, world: World, moment: str) -> tuple[str, ...]:
    """Laptops with a grant that have not been heard of since an instant, as they are called."""
    heard = {writer: utc_text(parse_instant(last)) for writer, last in r.all(_HEARD)}
    return tuple(
        laptop(world, node)
        for node in world.trust.nodes()
        if world.trust.state(node) == "granted" and all(heard.get(writer, "") < moment for writer in world.trust.writers_of(node))
    )


def unfinished(r: Reader, world: World, activity: Activity) -> Iterator[Remark]:
    """Objections that wait for an answer, before the camp that is going on is closed."""
    if activity.id == world.activity:
        yield Remark("还没有答复的异议", int(r.value("select count(*) from list_objections where state = 'waiting'") or 0))


def frozen(r: Reader, world: World, activity: Activity) -> Iterator[Remark]:
    """Lists that stay as they are, whatever the camp's rules say from now on."""
    if activity.id == world.activity:
        found = r.value("select count(distinct number) from prize_lists where voided_on = ''"
                        " and coalesce(json_extract(content, '$.activity'), '') = :camp", camp=activity.id)  # fmt: skip
        yield Remark("已冻结的名单（名次、人选按冻结时的规则，不再变）", int(found or 0))
