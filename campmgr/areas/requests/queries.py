"""What a unit has asked for and what became of it, and what waits for an office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.requests.kinds import SORTS
from campmgr.clock import later, today_of
from campmgr.facts.review import Answer, ReviewRow, Told, found_row
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader, Row

WAITING = "request"
"""The matter of what an office has not answered."""

STATES = {"open": "等答复", "done": "已办", "refused": "不办"}

AT_ONCE = (Answer("do", "照办", acts=True, governs=True), Answer("refuse", "不办", acts=True, governs=True))
"""Answers to what the program does itself, and to what the office does by hand first."""

BY_HAND = (Answer("do", "已经办好", acts=True, governs=True), AT_ONCE[1])

_NEWS_DAYS = 7
"""For how long an answer is told on the unit's first page."""

_ROWS = "select request, unit, sort, person, target, text, asked_on, fact, state, reason, answered_on from requests"


@dataclass(frozen=True, slots=True)
class Request:
    """What a unit asks for: `sort` and `state` in short and in words, whom it is about (an id and the name, "" for nobody), the
    unit to go to (an id and the name), why; the fact that asks, the reason of the answer and its day.
    """

    request: str
    unit: str
    sort: str
    person: str
    name: str
    target: str
    target_name: str
    text: str
    asked_on: str
    fact: str
    state: str
    reason: str
    answered_on: str

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.state == "open"

    @property
    def words(self) -> str:
        """How it stands."""
        return STATES[self.state]

    @property
    def what(self) -> str:
        """What is asked for, in a sentence without its reason."""
        if self.sort == "person":
            return f"把 {self.name} 转到 {self.target_name}"
        if self.sort == "also":
            return f"把 {self.name} 也算到 {self.target_name}"
        if self.sort == "unit":
            return f"把本单位改到 {self.target_name} 之下"
        return f"更正 {self.name} 的资料" if self.name else SORTS.get(self.sort, self.sort)


def requests_of(r: Reader, world: World, unit: Unit) -> tuple[Request, ...]:
    """What a unit has asked for, what waits first, then the newest."""
    rows = r.all(f"{_ROWS} where unit = :unit order by state <> 'open', asked_on desc, request", unit=unit.unit)
    return _in_words(r, world, rows)


def request_of(r: Reader, world: World, request: str) -> Request | None:
    """One request; None where there is none."""
    return next(iter(_in_words(r, world, r.all(f"{_ROWS} where request = :request", request=request))), None)


def _in_words(r: Reader, world: World, rows: Sequence[Row]) -> tuple[Request, ...]:
    people = people_by_id(r, {row[3] for row in rows if row[3]})
    return tuple(_request(world, row, people[row[3]].shown_name if row[3] in people else "") for row in rows)


def _request(world: World, row: Row, name: str) -> Request:
    request, unit, sort, person, target, *rest = row
    shown = (name or "（未写姓名）") if person else ""
    return Request(request, unit, sort, person, shown, target, unit_name(world, target) if target else "", *rest)


class Lately(NamedTuple):
    """How many requests of a unit wait, and how many were answered in the last days."""

    waiting: int
    answered: int


def lately(r: Reader, unit: str) -> Lately:
    """What a unit's first page says of its requests."""
    row = r.one("select coalesce(sum(state = 'open'), 0), coalesce(sum(state <> 'open' and answered_on > :since), 0)"
                " from requests where unit = :unit", unit=unit, since=later(today_of(r.clock), -_NEWS_DAYS))  # fmt: skip
    return Lately(*map(int, row)) if row else Lately(0, 0)


def waiting_requests(r: Reader, world: World) -> Iterator[ReviewRow]:
    """What waits, for whoever holds all that it touches: the one that asks with the one to go to, else with the one above it."""
    for request, unit, person, target, since in r.all(
        "select request, unit, person, target, asked_on from requests where state = 'open' order by asked_on, request"
    ):
        known = world.tree.units.get(unit)
        if known is not None:
            about = f"person:{person}" if person else f"unit:{unit}"
            yield found_row(about, WAITING, request, unit, since, also=target if target in world.tree.units else known.parent)


def tell_requests(r: Reader, world: World, rows: Iterable[ReviewRow]) -> list[Told]:
    """Who asks for what, and why."""
    told = []
    keys = [row.told for row in rows]
    marks = ", ".join(f":k{number}" for number in range(len(keys)))
    found = r.all(f"{_ROWS} where request in ({marks})", **{f"k{number}": key for number, key in enumerate(keys)})
    known = {each.request: each for each in _in_words(r, world, found)}
    for key in keys:
        each = known[key]
        sentence = f"{unit_name(world, each.unit)} 请办：{each.what}。" + (f"说明：{each.text}" if each.text else "")
        told.append(Told(sentence, answers=None if each.target else BY_HAND))
    return told
