"""The ranking by likes, now or as of a time (F-24)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.units.queries.report_lines import city_level_units
from campmgr.areas.units.settings import RollUp
from campmgr.areas.works.queries.divisions import WHOLE, Division, division_words, where
from campmgr.areas.works.rules.standings import (
    UNKNOWN_ACCOUNT,
    StandingEntry,
    Standings,
    describe,
    grounds,
    list_of,
    lists_of,
    rank,
)
from campmgr.areas.works.rules.tie_breaks import REACHED
from campmgr.areas.works.settings import Ranking
from campmgr.clock import local_text, until_instant, until_words, utc_text
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject, subject_key
from campmgr.ledger.order import read_facts
from campmgr.settings.rules import Rules
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A line of the ranking, with names looked up for showing; `account`: which list, where kinds are ranked apart.

    `at_least`: the likes are a lower bound, 10万+, or a sum with one in it.
    """

    place: int
    person: str
    name: str
    work: str
    title: str
    link: str
    likes: int
    unit: str
    city: str
    account: str = ""
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class StandingsPage:
    """The ranking, the time it holds for (empty: now), the rule in words, and what became of equals at the cut."""

    at: str
    rule: str
    rows: tuple[StandingRow, ...]
    tied_at_cut: int
    left_out: int = 0
    decided_at_cut: int = 0

    @property
    def until(self) -> str:
        """The time it holds for, in words; "" for now."""
        return until_words(self.at) if self.at else ""

    @property
    def at_the_cut(self) -> tuple[str, ...]:
        """What became of equals at the cut, in sentences to print below the list."""
        told = (
            (self.tied_at_cut, "末位并列，多出 {} 人。"),
            (self.left_out, "末位并列者放不下，空出 {} 个名额。"),
            (self.decided_at_cut, "另有 {} 人与末位点赞数相同，按先后未列入。"),
        )
        return tuple(sentence.format(count) for count, sentence in told if count)


_NOW = """select w.person, w.work, w.likes, w.account, w.published_on, w.at_least from works w
    where w.counts = 1 and w.read_at <> ''{division} order by w.likes desc"""

# from the top of all readings down, so that reading can stop; a cross join keeps this order
_AT = """
    select w.person, w.work, d.likes, w.account, w.published_on, d.at_least from readings d cross join works w
    where w.work = d.work and w.counts = 1 and d.read_at <= :at and not exists (
        select 1 from readings later where later.work = d.work and later.read_at <= :at
        and (later.read_at > d.read_at or (later.read_at = d.read_at and later.fact > d.fact))){division}
    order by d.likes desc"""

_READINGS = "select work, read_at, likes from readings where work in (:keys) and read_at <= :at"


def standings(r: Reader, world: World, at: str = "", limit: int | None = None, division: Division = WHOLE) -> StandingsPage:
    """The ranking under the camp's rules; `at` a cut-off as somebody types it, `limit` instead of the list length, `division`
    a part of the works.

    Without `at` it is as of the camp's cut-off where one is set, since that is what the text printed with it says.
    """
    moment = utc_text(until_instant(at)) if at else world.rules[Ranking].cut_off
    rules = ruled(world.rules, moment, limit, division)
    ranked = ranked_works(r, rules, moment, None, division)
    return StandingsPage(
        local_text(moment) if moment else "",
        describe(rules, division_words(world, division)),
        _shown(r, world, ranked),
        ranked.tied_at_cut,
        ranked.left_out,
        ranked.decided_at_cut,
    )


def ruled(rules: Rules, moment: str, limit: int | None = None, division: Division = WHOLE) -> Rules:
    """The camp's rules with the time and length of one ranking, so that the text printed with it tells what was done."""
    ranking = rules[Ranking]
    own = ranking.division_length if division.has_own_length else 0
    length = limit or own or ranking.length
    return rules.with_section(replace(ranking, cut_off=moment or ranking.cut_off, length=length))


def ranked_works(r: Reader, rules: Rules, moment: str, limit: int | None = None, division: Division = WHOLE) -> Standings:
    """The bare ranking. Reads works from the top and stops as soon as nothing further down can matter.

    `limit` instead of `rules`' length; the length of a division is in what `ruled` gives.
    """
    condition, values = where(r, division)
    sql = (_AT if moment else _NOW).format(division=condition)
    rows = r.each(sql, at=moment, **values) if moment else r.each(sql, **values)
    ranking = rules[Ranking]
    length = ranking.length if limit is None else limit
    lists = [division.account] if division.account and ranking.account_lists == "apart" else list(lists_of(ranking))
    entries = _as_far_as_needed(ranking, rows, length, lists)
    if REACHED in grounds(ranking):
        entries = _with_times(r, moment, list(entries))
    return rank(rules, entries, limit)


def _as_far_as_needed(
    ranking: Ranking, rows: Iterator[tuple[object, ...]], length: int, lists: list[str]
) -> Iterator[StandingEntry]:
    """Under "best" and "each" a list is decided once enough lines stand above the next count."""
    lines: dict[str, set[object]] = {each: set() for each in lists}
    waiting = set(lists)
    cut: object = None
    for person, work, likes, account, published, at_least in rows:
        if not waiting and likes != cut:
            return
        entry = StandingEntry(str(person), str(work), int(likes), str(account), str(published),  # type: ignore[call-overload]
                      at_least=bool(at_least))  # fmt: skip
        if (entry.account or UNKNOWN_ACCOUNT) not in ranking.accounts:
            continue
        yield entry
        if ranking.per_person == "sum":
            continue
        own = lines[list_of(ranking, entry.account)]
        own.add(person if ranking.per_person == "best" else work)
        if len(own) >= max(length, 1) and waiting:
            waiting.discard(list_of(ranking, entry.account))
            cut = likes


def _with_times(r: Reader, moment: str, entries: list[StandingEntry]) -> Iterator[StandingEntry]:
    """Each with the earliest reading at which it had its count; asked only of works that could stand equal with another."""
    counts = {entry.work: entry.likes for entry in entries}
    reached: dict[str, str] = {}
    for work, read_at, likes in r.among(_READINGS, counts, at=moment or "9999"):
        if likes >= counts[work] and read_at < reached.get(work, "~"):
            reached[work] = read_at
    return (entry._replace(reached=reached.get(entry.work, "")) for entry in entries)


def _shown(r: Reader, world: World, ranked: Standings) -> tuple[StandingRow, ...]:
    people = people_by_id(r, {row.person for row in ranked.rows})
    works = titles_of(r, (row.work for row in ranked.rows))
    shown = []
    for row in ranked.rows:
        person, (title, link) = people.get(row.person), works[row.work]
        home = person.home if person else ""
        shown.append(StandingRow(row.place, row.person, person.shown_name if person else "", row.work, title, link, row.likes,
                                 _name(world, home), _name(world, city_of(world, home)), row.account, row.at_least))  # fmt: skip
    return tuple(shown)


def titles_of(r: Reader, works: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Title and link of works; of those that belong to an earlier camp, as they were last registered."""
    wanted = set(works)
    found = {row[0]: (row[1], row[2]) for row in r.among("select work, title, link from works where work in (:keys)", wanted)}
    if missing := wanted - found.keys():
        facts = ledger.of_subjects(r, (subject("work", each) for each in missing), {"work_registered"})
        told = read_facts(kinds_of(r), facts)
        found |= {subject_key(one.fact.subject): (one.body["title"], one.body["link"]) for one in told}
    return found


def city_of(world: World, unit: str) -> str:
    """The city-level row a unit counts in."""
    own = world.once(city_level_units)
    for each in world.tree.path_on(unit, "9999"):
        if world.tree.units[each].kind == "市" or each in own:
            return each
    direct = world.tree.of_code(world.rules[RollUp].direct_unit)
    return direct.unit if direct else ""


def _name(world: World, unit: str) -> str:
    return unit_name(world, unit) if unit else ""
