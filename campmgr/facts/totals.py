"""Where a person counts, and the totals kept of it by difference up the tree (docs/ledger.md#totals, docs/commands.md#reports).

A placement is a text "kind|home|membership,membership": all who share it count in the same rows. A row is (unit, line): line ""
is the region row of a unit, "教育" its members of that line; "!school" counts who stands in no school row, "@职工" a kind.

Every person, work and told total contributes *steps*: (placement, day, amounts). What changed is added to the placements' days
and from there, along the paths of the day, to the units'. All of it is linear, so order and batches make no difference.
A unit that moves takes along, on that day, what its placements had gathered: off the old rows, on the new.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import add, neg, sub
from typing import TypeVar

from campmgr.facts.tables import AMOUNTS, NOTHING, PLACEMENT_DAYS, UNIT_DAYS, UNIT_TOTALS
from campmgr.facts.units import Tree
from campmgr.ids import canonical
from campmgr.store.door import Reader, Writer
from campmgr.store.tables import add_amounts

Amounts = tuple[int, ...]
Steps = list[tuple[str, str, Amounts]]
"""(placement, day, what is added from that day on)."""

Key = tuple[str, str]
_Row = TypeVar("_Row")
Timeline = list[tuple[str, frozenset[Key]]]

UNIT_REPORTS = {"school": ("学校", "教育"), "federation": ("妇联", "妇联")}
"""Reports with a row for every unit of a kind: the kind, and the line whose members count."""


def placement(kind: str, home: str, memberships: Iterable[str]) -> str:
    """The placement of a participant kind with a home and other memberships."""
    return f"{kind}|{home}|{','.join(sorted(memberships))}"


@lru_cache(4_000)  # many people share theirs, and a fold asks for each of their works
def read_placements(text: str) -> tuple[tuple[str, str], ...]:
    """Placements as stored with a person: (day, placement) in order."""
    return tuple((day, where) for day, where in json.loads(text))


def units_of(text: str) -> list[str]:
    """The units a placement names: the home, then the memberships."""
    _, home, others = text.split("|", 2)
    return [unit for unit in (home, *others.split(",")) if unit]


_REMEMBERED = 4_000
"""Placements whose rows are remembered: a province has many more, and each weighs."""


class Placements:
    """Answers which rows a placement counts in, over time."""

    def __init__(self, tree: Tree, root: str) -> None:
        self._tree = tree
        self._root = root
        self._known: dict[str, Timeline] = {}

    def timeline(self, text: str) -> Timeline:
        """(day, rows) in order, the first day "": the rows a placement counts in from each day on."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[text] = self._build(text)
        return known

    def counts_in(self, text: str, key: Key, day: str) -> bool:
        """Whether a placement counts in a row on a day."""
        timeline = self.timeline(text)
        return key in timeline[at(timeline, day)][1]

    def _build(self, text: str) -> Timeline:
        timeline: Timeline = [("", self._rows(text, ""))]
        for day in self._tree.move_days:
            rows = self._rows(text, day)
            if rows != timeline[-1][1]:
                timeline.append((day, rows))
        return timeline

    def _rows(self, text: str, day: str) -> frozenset[Key]:
        kind, home, others = text.split("|", 2)
        tree = self._tree
        members = [home, *filter(None, others.split(","))]
        rows = {(unit, "") for unit in tree.path_on(home, day)}
        # the root counts everybody by itself, since a home that nobody has added yet has no path up to it
        rows |= {(self._root, ""), (self._root, f"@{kind}")}
        lines: dict[str, str] = {}
        for member in members:
            unit = tree.units.get(member)
            if unit is not None and unit.line:
                lines.setdefault(unit.line, member)
        paths = {line: tree.path_on(member, day) for line, member in lines.items()}
        rows |= {(unit, line) for line, path in paths.items() for unit in path}
        rows |= {(self._root, line) for line in lines}
        if not lines:
            rows.add((self._root, "!line"))
        for report, (unit_kind, line) in UNIT_REPORTS.items():
            if not any(tree.units[unit].kind == unit_kind for unit in paths.get(line, ())):
                rows.add((self._root, f"!{report}"))
        return frozenset(rows)


def at(timeline: Timeline, day: str) -> int:
    """Which entry of a timeline holds on a day."""
    return bisect_right(timeline, day, key=lambda entry: entry[0]) - 1


def steps_along(placements: Sequence[tuple[str, str]], states: Sequence[tuple[str, Amounts]]) -> Steps:
    """States as differences, each on its day under the placement of that day; a new placement takes everything along.

    `placements`: (day, placement) in order, the first day "". `states`: (day, amounts) in order.
    """
    if len(placements) == 1:
        return _differences(placements[0][1], states)
    steps: Steps = []
    where, amounts = "", NOTHING
    for day in sorted({*(day for day, _ in states), *(day for day, _ in placements[1:])}):
        now = next((each for since, each in reversed(states) if since <= day), NOTHING)
        here = next(placement for since, placement in reversed(placements) if since <= day)
        if here != where and amounts != NOTHING:
            steps.append((where, day, tuple(-amount for amount in amounts)))
            amounts = NOTHING
        if now != amounts:
            steps.append((here, day, tuple(a - b for a, b in zip(now, amounts, strict=True))))
        where, amounts = here, now
    return steps


def _differences(placement: str, states: Iterable[tuple[str, Amounts]]) -> Steps:
    steps: Steps = []
    before = NOTHING
    for day, now in states:
        if now != before:
            steps.append((placement, day, tuple(map(sub, now, before))))
            before = now
    return steps


def write_steps(steps: Steps) -> str:
    """Steps as stored with a person or a work."""
    return canonical([[placement, day, *amounts] for placement, day, amounts in steps])


class Differences:
    """What a batch adds to the placements' days, gathered before it is written."""

    def __init__(self) -> None:
        self._amounts: dict[tuple[str, str], Amounts] = {}

    def take_off(self, text: str) -> None:
        """Take off steps as stored."""
        self._change(text, sub)

    def put_on(self, text: str) -> None:
        """Put on steps as stored."""
        self._change(text, add)

    def _change(self, text: str, change: Callable[[int, int], int]) -> None:
        gathered = self._amounts
        for placement, day, *amounts in json.loads(text):
            gathered[placement, day] = tuple(map(change, gathered.get((placement, day), NOTHING), amounts))

    def write(self, w: Writer, placements: Placements) -> None:
        """Add what was gathered to the tables."""
        days = [(key, amounts) for key, amounts in self._amounts.items() if any(amounts)]
        add_amounts(w, PLACEMENT_DAYS, days)
        spread(w, placements, ((placement, day, amounts) for (placement, day), amounts in days))
        self._amounts.clear()


def spread(w: Writer, placements: Placements, steps: Iterable[tuple[str, str, Amounts]]) -> None:
    """Add the placements' steps to the rows they count in: on their day, and off and on again where a unit moved later."""
    # Gathered before it is written: a class of forty changes the same dozen rows forty times.
    by_day: dict[tuple[str, str, str], Amounts] = defaultdict(lambda: NOTHING)
    totals: dict[Key, Amounts] = defaultdict(lambda: NOTHING)
    in_all: dict[str, Amounts] = defaultdict(lambda: NOTHING)
    for placement, day, amounts in steps:
        timeline = placements.timeline(placement)
        start = at(timeline, day)
        _add(by_day, ((*key, day) for key in timeline[start][1]), amounts)
        for (_, before), (moved_on, after) in zip(timeline[start:], timeline[start + 1 :], strict=False):
            _add(by_day, ((*key, moved_on) for key in before - after), tuple(map(neg, amounts)))
            _add(by_day, ((*key, moved_on) for key in after - before), amounts)
        _add(in_all, (placement,), amounts)
    for placement, amounts in in_all.items():
        _add(totals, placements.timeline(placement)[-1][1], amounts)
    add_amounts(w, UNIT_DAYS, by_day.items())
    add_amounts(w, UNIT_TOTALS, totals.items())


def _add(known: dict[_Row, Amounts], keys: Iterable[_Row], amounts: Amounts) -> None:
    for key in keys:
        known[key] = tuple(map(add, known[key], amounts))


_PLACEMENT_STEPS = f"""
    select placement, day, {", ".join(AMOUNTS)} from placement_days where placement in (:keys)"""  # noqa: S608 - our own names


def follow_units(w: Writer, before: Placements, now: Placements) -> None:
    """After the tree changed: move what every placement has gathered from its old rows to its new ones."""
    known = [row[0] for row in w.all("select distinct placement from placement_days")]
    moved = [placement for placement in known if before.timeline(placement) != now.timeline(placement)]
    rows = [(row[0], row[1], row[2:]) for row in w.among(_PLACEMENT_STEPS, moved)]
    spread(w, before, ((where, day, tuple(map(neg, amounts))) for where, day, amounts in rows))
    spread(w, now, rows)


Gathered = dict[tuple[str, str], tuple[int, ...]]
"""What every placement has gathered: (placement, day) -> amounts."""


def gathered(r: Reader) -> Gathered:
    """What every placement has gathered so far, day by day."""
    rows = r.each(f"select placement, day, {', '.join(AMOUNTS)} from placement_days")  # noqa: S608 - our own column names
    return {(row[0], row[1]): row[2:] for row in rows}
