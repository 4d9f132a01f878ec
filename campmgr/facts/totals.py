"""Totals by unit and day, kept by difference up the tree (docs/ledger.md#totals).

Every person, work and told total contributes *steps*: (placement, day, amounts). What changed is added to the placements' days
and from there, along the paths of the day, to the units'. All of it is linear, so order and batches make no difference.
A unit that moves takes along, on that day, what its placements had gathered: off the old rows, on the new.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from operator import add, sub

from campmgr.facts.placements import Key, Placements, at
from campmgr.facts.tables import AMOUNTS, NOTHING, PLACEMENT_DAYS, UNIT_DAYS, UNIT_TOTALS
from campmgr.ids import canonical
from campmgr.store.door import Reader, Writer
from campmgr.store.tables import add_amounts

Amounts = tuple[int, ...]
Steps = list[tuple[str, str, Amounts]]
"""(placement, day, what is added from that day on)."""


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


def spread(w: Writer, placements: Placements, steps: Iterable[tuple[str, str, Amounts]], sign: int = 1) -> None:
    """Add the placements' steps to the rows they count in: on their day, and off and on again where a unit moved later."""
    by_day: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: list(NOTHING))
    totals: dict[Key, list[int]] = defaultdict(lambda: list(NOTHING))
    for placement, day, amounts in steps:
        timeline = placements.timeline(placement)
        start = at(timeline, day)
        _add(by_day, timeline[start][1], day, amounts, sign)
        for (_, before), (moved_on, after) in zip(timeline[start:], timeline[start + 1 :], strict=False):
            _add(by_day, before - after, moved_on, amounts, -sign)
            _add(by_day, after - before, moved_on, amounts, sign)
        for key in timeline[-1][1]:
            _increase(totals[key], amounts, sign)
    add_amounts(w, UNIT_DAYS, ((key, tuple(amounts)) for key, amounts in by_day.items()))
    add_amounts(w, UNIT_TOTALS, ((key, tuple(amounts)) for key, amounts in totals.items()))


def _add(by_day: dict[tuple[str, str, str], list[int]], keys: Iterable[Key], day: str, amounts: Amounts, sign: int) -> None:
    for unit, line in keys:
        _increase(by_day[unit, line, day], amounts, sign)


def _increase(known: list[int], amounts: Amounts, sign: int) -> None:
    for place, amount in enumerate(amounts):
        known[place] += sign * amount


_PLACEMENT_STEPS = f"""
    select placement, day, {", ".join(AMOUNTS)} from placement_days where placement in (:keys)"""  # noqa: S608 - our own names


def follow_units(w: Writer, before: Placements, now: Placements) -> None:
    """After the tree changed: move what every placement has gathered from its old rows to its new ones."""
    known = [row[0] for row in w.all("select distinct placement from placement_days")]
    moved = [placement for placement in known if before.timeline(placement) != now.timeline(placement)]
    rows = [(row[0], row[1], row[2:]) for row in w.among(_PLACEMENT_STEPS, moved)]
    spread(w, before, rows, -1)
    spread(w, now, rows)


Gathered = dict[tuple[str, str], tuple[int, ...]]
"""What every placement has gathered: (placement, day) -> amounts."""


def gathered(r: Reader) -> Gathered:
    """What every placement has gathered so far, day by day."""
    rows = r.each(f"select placement, day, {', '.join(AMOUNTS)} from placement_days")  # noqa: S608 - our own column names
    return {(row[0], row[1]): row[2:] for row in rows}
