"""The ranking by likes, now or as of a time (F-24)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from campmgr.clock import local_text, parse_instant, utc_text
from campmgr.projections.world import World
from campmgr.queries.finding import people_by_id
from campmgr.rules.preset import Rules
from campmgr.rules.standings import UNKNOWN_ACCOUNT, Entry, Standings, describe, rank
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A line of the ranking, with names looked up for showing."""

    place: int
    person: str
    name: str
    work: str
    title: str
    link: str
    likes: int
    unit: str
    city: str


@dataclass(frozen=True, slots=True)
class StandingsPage:
    """The ranking, the time it holds for (empty: now), and the rule in words."""

    at: str
    rule: str
    rows: tuple[StandingRow, ...]
    tied_at_cut: int


_NOW = """select person, work, likes, account from works where counts = 1 and read_at <> '' order by likes desc"""

# from the top of all readings down, so that reading can stop; a cross join keeps this order
_AT = """
    select w.person, w.work, d.likes, w.account from readings d cross join works w
    where w.work = d.work and w.counts = 1 and d.read_at <= :at and not exists (
        select 1 from readings later where later.work = d.work and later.read_at <= :at
        and (later.read_at > d.read_at or (later.read_at = d.read_at and later.fact > d.fact)))
    order by d.likes desc"""


def standings(r: Reader, world: World, at: str = "", limit: int | None = None) -> StandingsPage:
    """The ranking under the camp's rules; `at` an ISO time, `limit` instead of the camp's list length."""
    rules = world.rules
    moment = utc_text(parse_instant(at)) if at else ""
    ranked = ranked_works(r, rules, moment, limit)
    return StandingsPage(
        local_text(moment) if moment else "", describe(ruled(rules, moment, limit)), _shown(r, world, ranked), ranked.tied_at_cut
    )


def ruled(rules: Rules, moment: str, limit: int | None = None) -> Rules:
    """The camp's rules with the time and length of one ranking, so that the text printed with it tells what was done."""
    ranking = replace(rules.ranking, cut_off=moment or rules.ranking.cut_off, length=limit or rules.ranking.length)
    return replace(rules, ranking=ranking)


def ranked_works(r: Reader, rules: Rules, moment: str, limit: int | None = None) -> Standings:
    """The bare ranking. Reads works from the top and stops as soon as nothing further down can matter."""
    rows = r.each(_AT, at=moment) if moment else r.each(_NOW)
    length = rules.ranking.length if limit is None else limit
    return rank(rules, _as_far_as_needed(rules, rows, length), limit)


def _as_far_as_needed(rules: Rules, rows: Iterator[tuple[object, ...]], length: int) -> Iterator[Entry]:
    """Under "best" and "each" the list is decided once enough lines stand above the next count."""
    lines: set[object] = set()
    cut: object = None
    for person, work, likes, account in rows:
        entry = Entry(str(person), str(work), int(likes), str(account))  # type: ignore[call-overload]
        if cut is not None and entry.likes < cut:  # type: ignore[operator]
            return
        if (entry.account or UNKNOWN_ACCOUNT) not in rules.ranking.accounts:
            continue
        yield entry
        if rules.ranking.per_person == "sum":
            continue
        lines.add(person if rules.ranking.per_person == "best" else work)
        if cut is None and len(lines) >= max(length, 1):
            cut = entry.likes


def _shown(r: Reader, world: World, ranked: Standings) -> tuple[StandingRow, ...]:
    people = people_by_id(r, {row.person for row in ranked.rows})
    works = titles_of(r, (row.work for row in ranked.rows))
    shown = []
    for row in ranked.rows:
        person, (title, link) = people.get(row.person), works[row.work]
        home = person.home if person else ""
        shown.append(StandingRow(row.place, row.person, person.shown_name if person else "", row.work, title, link, row.likes,
                                 _name(world, home), _name(world, city_of(world, home))))  # fmt: skip
    return tuple(shown)


def titles_of(r: Reader, works: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Title and link of works."""
    return {row[0]: (row[1], row[2]) for row in r.among("select work, title, link from works where work in (:keys)", works)}


def city_of(world: World, unit: str) -> str:
    """The city-level row a unit counts in."""
    roll_up, units = world.rules.roll_up, world.tree.units
    for each in world.tree.path_on(unit, "9999"):
        if units[each].kind == "市" or each in roll_up.city_level_units:
            return each
    return roll_up.direct_unit if roll_up.direct_unit in units else ""


def _name(world: World, unit: str) -> str:
    known = world.tree.units.get(unit)
    return known.name if known else unit
