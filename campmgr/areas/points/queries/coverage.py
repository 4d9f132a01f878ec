"""What of the year's plan, its occasions and the account's sections was reported: sums by tag and by section (W-26, W-27)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from campmgr.areas.points.settings import Tags
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.periods.spans import Span
from campmgr.store.door import Reader, Row

PLAN, DAYS, COLUMNS = "宣传重点", "主题活动", "公众号栏目"
"""The three lists of words that an item may bear."""

_SUMS = "count(*), sum(i.points), sum(exists (select 1 from adoptions d where d.item = i.item and d.settled <> 'refused'))"
_BY_TAG = f"""select t.value, i.unit, {_SUMS}
 from items i, json_each(i.tags) t where i.activity = :activity and i.sent_on between :first and :last
 group by t.value, i.unit"""  # noqa: S608 - our own words
_BY_SECTION = f"""select i.section, i.unit, {_SUMS}
 from items i where i.activity = :activity and i.section <> '' and i.sent_on between :first and :last
 group by i.section, i.unit"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Covered:
    """A word of a list (PLAN, DAYS, COLUMNS): how many items bear it, of how many units, how many were adopted, their points.

    `is_known`: whether the activity's rules name it; what they named once is still told.
    """

    sort: str
    word: str
    items: int
    units: int
    adopted: int
    points: int
    is_known: bool


def coverage(r: Reader, world: World, activity: Activity, period: Span) -> tuple[Covered, ...]:
    """Every word of the rules, also one that nobody has reported of, then others that items bear."""
    tags, at = activity.rules[Tags], {"activity": activity.id, "first": period.first, "last": period.last}
    by_tag, by_section = _summed(world, r.all(_BY_TAG, **at)), _summed(world, r.all(_BY_SECTION, **at))
    known = ((PLAN, tags.plan, by_tag), (DAYS, tags.days, by_tag), (COLUMNS, tags.columns, by_section))
    found = [_covered(sort, word, sums.get(word), is_known=True) for sort, words, sums in known for word in words]
    others = ((PLAN, by_tag.keys() - {*tags.plan, *tags.days}, by_tag), (COLUMNS, by_section.keys() - {*tags.columns}, by_section))
    found += [_covered(sort, word, sums[word], is_known=False) for sort, words, sums in others for word in sorted(words)]
    return tuple(found)


_Sum = tuple[int, int, int, int]


def _summed(world: World, rows: Iterable[Row]) -> dict[str, _Sum]:
    """Word -> items, units, adopted, points; units that are one now count once."""
    units: dict[str, set[str]] = {}
    sums: dict[str, list[int]] = {}
    for word, unit, count, points, adopted in rows:
        known = world.tree.units.get(unit)
        units.setdefault(word, set()).add(world.tree.standing(known).unit if known else unit)
        total = sums.setdefault(word, [0, 0, 0])
        for place, value in enumerate((count, adopted, points)):
            total[place] += int(value)
    return {word: (count, len(units[word]), adopted, points) for word, (count, adopted, points) in sums.items()}


def _covered(sort: str, word: str, sums: _Sum | None, *, is_known: bool) -> Covered:
    items, units, adopted, points = sums or (0, 0, 0, 0)
    return Covered(sort, word, items, units, adopted, points, is_known)
