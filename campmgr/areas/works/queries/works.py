"""Works for the organizer: one work with every reading and what was decided about it (F-14, F-24)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.clock import local_text
from campmgr.errors import NotFound
from campmgr.facts.world import World
from campmgr.store.door import Reader, Row

State = Literal["all", "counting", "out", "unread"]
STATES: dict[State, str] = {"all": "全部", "counting": "参加排名", "out": "已取消资格", "unread": "还没有读数"}


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work as listed. `reads`: how many readings there are; `read_at` the last one's time, "" for none; `at_least`: 10万+."""

    work: str
    title: str
    number: str
    link: str
    author: str
    unit: str
    account: str
    counts: bool
    likes: int
    read_at: str
    reads: int
    at_least: bool


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A reading: when, likes, plays (None: not told), whether the platform had rounded it, and the rise since the one before.

    `moment`: the stored instant; `at_least`: the likes are a lower bound, 10万+.
    """

    read_at: str
    likes: int
    plays: int | None
    rounded: bool
    rise: int | None
    moment: str
    at_least: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision about a work: when, whether it counts, and why."""

    at: str
    counts: bool
    reason: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One work: its row, its author, its fields, all readings and decisions in order."""

    row: WorkRow
    person: Person | None
    field: str
    published_on: str
    reason: str
    readings: tuple[ReadingLine, ...]
    judgements: tuple[Judgement, ...]


_COLUMNS = """select w.work, w.title, w.number, w.link, w.person, w.account, w.counts, w.likes, w.read_at,
    (select count(*) from readings d where d.person = w.person and d.work = w.work), w.at_least, w.field, w.published_on,
    w.reason"""
_ONE = _COLUMNS + " from works w where w.work = :work"
_READINGS = "select read_at, likes, plays, rounded, at_least from readings where work = :work order by read_at, fact"
_JUDGED = """select recorded_at, body from facts where subject = :about and kind = 'work_judged' and body is not null
    order by clock, writer, seq, chain"""


def work_page(r: Reader, world: World, work: str) -> WorkPage:
    """One work. Raises NotFound "unknown_work"."""
    row = r.one(_ONE, work=work)
    if row is None:
        raise NotFound("没有这件作品。", reason="unknown_work", hint="请从作品列表进入。")
    person = people_by_id(r, [row[4]]).get(row[4])
    judged = [(local_text(at), json.loads(body)) for at, body in r.all(_JUDGED, about=f"work:{work}")]
    decisions = tuple(Judgement(_minute(at), bool(body["counts"]), str(body["reason"])) for at, body in judged)
    return WorkPage(_row(world, row, person), person, row[11], row[12], row[13], _readings(r, work), decisions)


def authored(r: Reader, works: Sequence[str]) -> list[tuple[Row, Person | None]]:
    """Of each of these works that is here (work, person, title, number, counts), with its author; None for one that is not here."""
    sql = "select work, person, title, number, counts from works where work in (:keys)"
    rows = {row[0]: row for row in r.among(sql, works)}
    people = people_by_id(r, {row[1] for row in rows.values()})
    return [(rows[work], people.get(rows[work][1])) for work in works if work in rows]


def _readings(r: Reader, work: str) -> tuple[ReadingLine, ...]:
    lines: list[ReadingLine] = []
    for read_at, likes, plays, rounded, at_least in r.all(_READINGS, work=work):
        rise = likes - lines[-1].likes if lines else None
        lines.append(ReadingLine(_minute(local_text(read_at)), likes, plays, bool(rounded), rise, read_at, bool(at_least)))
    return tuple(lines)


def _row(world: World, row: tuple[object, ...], person: Person | None) -> WorkRow:
    unit = world.tree.units.get(person.home) if person else None
    work, title, number, link, _, account, counts, likes, read_at, reads, at_least = row[:11]
    return WorkRow(str(work), str(title), str(number), str(link), person.shown_name if person else "", unit.name if unit else "",
                   str(account), bool(counts), int(str(likes)), _minute(local_text(str(read_at))) if read_at else "",
                   int(str(reads)), bool(at_least))  # fmt: skip


def _minute(instant: str) -> str:
    return instant[:16].replace("T", " ")
