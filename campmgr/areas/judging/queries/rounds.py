"""Rounds of an activity as the host's scope holds them, and the works that each judges."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from campmgr.areas.entries.queries.heads import heads_in, heads_of
from campmgr.areas.judging.rules.rounds import Round, round_of
from campmgr.areas.judging.settings import Judging
from campmgr.clock import parse_instant
from campmgr.errors import NotFound
from campmgr.facts.activities import Activity
from campmgr.store.door import Reader, Row

_AFTER = {"报送": ("", "报送", "初筛", "入围", "展播"), "初筛": ("初筛", "入围", "展播"), "入围": ("入围", "展播")}
"""At which stages a work is judged, by `judging.stage`; "" for one that stands in a batch and was not staged yet."""


class Opening(NamedTuple):
    """When a round was opened, by whom (as a fact names its actor), and why."""

    on: str
    actor: str
    reason: str
    fact: str


class EarlierRound(NamedTuple):
    """How a round was set before: the day, by whom, and what the fact said."""

    on: str
    actor: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round with its history. `fact`: what set it so; `reason`: why it was changed, "" for one set before any mark."""

    round: Round
    fact: str
    set_on: str
    reason: str
    earlier: tuple[EarlierRound, ...]
    openings: tuple[Opening, ...]

    @property
    def name(self) -> str:
        """Its name."""
        return self.round.name

    @property
    def is_opened(self) -> bool:
        """Whether its marks may be seen."""
        return bool(self.openings)

    @property
    def state(self) -> str:
        """As JSON tells it."""
        return "opened" if self.is_opened else "set"

    def is_closed(self, now: str) -> bool:
        """Whether the time for marks is over (`now`: an instant)."""
        return bool(self.round.closes_at) and parse_instant(self.round.closes_at) < parse_instant(now)

    def takes_marks(self, now: str) -> bool:
        """Whether judges may still mark: neither opened nor over."""
        return not self.is_opened and not self.is_closed(now)


@dataclass(frozen=True, slots=True)
class JudgedWork:
    """A work of a round: `author` is the id of whom it names, "" for none."""

    entry: str
    title: str
    kind: str
    unit: str
    author: str


_ROUNDS = "select round, name, settings, fact, set_on, earlier, openings from rounds where activity = :activity and unit = :host"


def rounds_of(r: Reader, activity: Activity) -> tuple[RoundLine, ...]:
    """The rounds of an activity, in the order in which they were first set."""
    rows = r.all(_ROUNDS, activity=activity.id, host=activity.host)
    lines = [_line(activity, row) for row in rows]
    return tuple(sorted(lines, key=lambda each: (each.earlier[0].on if each.earlier else each.set_on, each.name)))


def round_named(r: Reader, activity: Activity, name: str) -> RoundLine:
    """A round by its name. Raises NotFound."""
    row = r.one(f"{_ROUNDS} and name = :name", activity=activity.id, host=activity.host, name=name)
    if row is None:
        known = "、".join(each.name for each in rounds_of(r, activity))
        raise NotFound(
            f"没有“{name}”这一轮评审。", reason="unknown_activity", hint=f"现有：{known}。" if known else "请先设置一轮评审。"
        )
    return _line(activity, row)


def _line(activity: Activity, row: Row) -> RoundLine:
    _, _, settings, fact, set_on, earlier, openings = row
    body = json.loads(settings)
    return RoundLine(
        round_of(body, activity.rules[Judging]), fact, set_on, body["reason"],
        tuple(EarlierRound(*each) for each in json.loads(earlier)), tuple(Opening(*each) for each in json.loads(openings)),
    )  # fmt: skip


def works_of(r: Reader, activity: Activity, one: Round, entry: str = "") -> tuple[JudgedWork, ...]:
    """The works that a round judges: of its classes, or those that it names, which still take part and have come far enough.
    `entry`: this work alone is asked for.
    """
    stages = _AFTER[activity.rules[Judging].stage]
    heads = {
        each.id: each
        for each in (heads_of(r, activity, entry) if entry else heads_in(r, activity))
        if each.counts and each.stage in stages and (each.stage or each.windows) and (not one.classes or each.kind in one.classes)
        and (not one.entries or each.id in one.entries)
    }  # fmt: skip
    one_alone = "entry = :entry and " if entry else ""
    sql = f"select entry, title, author from entries where {one_alone}activity = :activity and listed = 1"  # noqa: S608
    rows = r.all(sql, activity=activity.id, **({"entry": entry} if entry else {}))
    told = {entry: (title, author) for entry, title, author in rows}
    return tuple(JudgedWork(entry, told[entry][0], head.kind, head.unit, told[entry][1]) for entry, head in sorted(heads.items()))
