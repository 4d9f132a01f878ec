"""Frozen prize lists, with names looked up for showing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from campmgr.clock import local_text
from campmgr.errors import NotFound
from campmgr.ids import canonical, sha256
from campmgr.projections.world import World
from campmgr.queries.finding import people_by_id
from campmgr.queries.standings import StandingRow, city_of, titles_of
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class PrizeList:
    """A frozen list. `ids`: place, person, work, likes, home as frozen; `whole`: its digest fits its content."""

    number: int
    at: str
    moment: str
    rule: str
    rules: Mapping[str, object]
    digest: str
    ids: tuple[tuple[object, ...], ...]
    rows: tuple[StandingRow, ...]
    whole: bool
    published: bool


@dataclass(frozen=True, slots=True)
class ListLine:
    """A frozen list as listed: its number, the time it holds for, how many stand on it, its digest."""

    number: int
    at: str
    count: int
    digest: str


def prize_lists(r: Reader) -> tuple[ListLine, ...]:
    """Every frozen list, the newest first."""
    rows = r.all("select number, at, json_array_length(content, '$.rows'), digest from prize_lists group by number"
                 " order by number desc")  # fmt: skip
    return tuple(ListLine(number, local_text(at), count, digest) for number, at, count, digest in rows)


def prize_list(r: Reader, world: World, number: int) -> PrizeList:
    """A list by its number. Raises NotFound "unknown_list"."""
    row = r.one("select at, rule_text, digest, content, published from prize_lists where number = :number"
                " order by published desc, fact", number=number)  # fmt: skip
    if row is None:
        raise NotFound(f"没有第 {number} 号名单。", reason="unknown_list", hint="请先定榜：campmgr prizes freeze。")
    moment, rule, digest, text, published = row
    content = json.loads(text)
    rest = {key: value for key, value in content.items() if key != "digest"}
    ids = tuple(tuple(each) for each in content["rows"])
    return PrizeList(number, local_text(moment), moment, rule, content["rules"], digest, ids, _shown(r, world, ids),
                     sha256(canonical(rest)) == digest, bool(published))  # fmt: skip


def _shown(r: Reader, world: World, ids: tuple[tuple[object, ...], ...]) -> tuple[StandingRow, ...]:
    people = people_by_id(r, {str(each[1]) for each in ids})
    works = titles_of(r, (str(each[2]) for each in ids))
    shown = []
    for place, who, work, likes, home in ids:
        known, (title, link) = people.get(str(who)), works.get(str(work), ("", ""))
        unit, city = world.tree.units.get(str(home)), world.tree.units.get(city_of(world, str(home)))
        name = known.shown_name if known else ""
        shown.append(StandingRow(int(str(place)), str(who), name, str(work), title, link, int(str(likes)),
                                 unit.name if unit else str(home), city.name if city else ""))  # fmt: skip
    return tuple(shown)
