"""Flags of works: found anew from the readings held here, so that every node with the same facts sees the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.works.queries.standings import ranked_works
from campmgr.areas.works.rules.anomalies import MATTERS, Flag, ReadCount, find_flags
from campmgr.areas.works.settings import Anomalies, Ranking
from campmgr.clock import minute_text
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.store.ledger import heads

PAGE = 30
"""Flags a page."""

Seen = Literal["open", "settled", "all"]
SEEN: dict[Seen, str] = {"open": "待处理", "settled": "已处理", "all": "全部"}


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag with the work it is about. `decided`: the reason given when somebody looked at it, "" while nobody has."""

    work: str
    matter: str
    words: str
    read_at: str
    sentence: str
    case: str
    title: str
    author: str
    unit: str
    likes: int
    at_least: bool
    counts: bool
    decided: str


@dataclass(frozen=True, slots=True)
class FlagEvent:
    """Flags of one sort about one reading that nobody has looked at yet, mostly of one cause. `cases`: (work, case) of each."""

    matter: str
    words: str
    read_at: str
    at: str
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FlagsPage:
    """A page of flags; how many there are of each matter under the same filter; whether only works on the list are shown.

    `events`: those of several that can be looked at together.
    """

    rows: tuple[FlagRow, ...]
    count: int
    page: int
    pages: int
    seen: str
    matter: str
    listed: bool
    matters: tuple[tuple[str, str, int], ...]
    events: tuple[FlagEvent, ...]


_READINGS = "select work, read_at, likes, plays, rounded, at_least from readings order by work, read_at, fact"
_TWO_AUTHORS = """select substr(subject, 6), matter || ':' || detail from review where matter = 'two_authors'
    union select work, case_ from work_decisions where case_ >= 'two_authors:' and case_ < 'two_authors;' order by 1"""
_WORKS = "select work, person, title, number, link, likes, at_least, counts from works where work in (:keys)"
_SETTLED = "select work, case_, reason from work_decisions where case_ <> '' and stands = 1"
_MEMORY = "flags"


def flags_page(r: Reader, world: World, seen: str = "open", matter: str = "", page: int = 1, *, listed: bool = False) -> FlagsPage:
    """One page of the flags under a filter; `listed`: only of works that stand on the list as it is now."""
    settled = _settled(r)
    left = _left(r, world, seen, settled, listed=listed)
    matters = tuple((each, words, sum(1 for flag in left if flag.matter == each)) for each, words in MATTERS.items())
    chosen = [flag for flag in left if not matter or flag.matter == matter]
    pages = max(1, -(-len(chosen) // PAGE))
    page = min(max(page, 1), pages)
    rows = _rows(r, world, chosen[(page - 1) * PAGE : page * PAGE], settled)
    return FlagsPage(rows, len(chosen), page, pages, seen, matter, listed, tuple(each for each in matters if each[2]),
                     _events(flag for flag in chosen if (flag.work, flag.case) not in settled))  # fmt: skip


def flags_under(r: Reader, world: World, seen: str, matter: str, *, listed: bool) -> tuple[FlagRow, ...]:
    """All flags under a filter, in the order of the pages."""
    settled = _settled(r)
    left = _left(r, world, seen, settled, listed=listed)
    return _rows(r, world, [flag for flag in left if not matter or flag.matter == matter], settled)


def _settled(r: Reader) -> dict[tuple[str, str], str]:
    return {(work, case): reason for work, case, reason in r.all(_SETTLED)}


def _left(r: Reader, world: World, seen: str, settled: Mapping[tuple[str, str], str], *, listed: bool) -> list[Flag]:
    inside = {row.work for row in ranked_works(r, world.rules, world.rules[Ranking].cut_off).rows} if listed else None
    return [
        flag
        for flag in all_flags(r, world)
        if (inside is None or flag.work in inside) and _is_seen(seen, settled=(flag.work, flag.case) in settled)
    ]


def flag_event(r: Reader, world: World, matter: str, read_at: str) -> FlagEvent | None:
    """The open flags of one sort about one reading, all there are by now; None for fewer than two."""
    settled = {(work, case) for work, case, _ in r.all(_SETTLED)}
    left = (flag for flag in all_flags(r, world) if (flag.matter, flag.read_at) == (matter, read_at))
    return next(iter(_events(flag for flag in left if (flag.work, flag.case) not in settled)), None)


def _events(flags: Iterable[Flag]) -> tuple[FlagEvent, ...]:
    """The events that several flags share, the largest first."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for flag in flags:
        if flag.read_at:
            found[flag.matter, flag.read_at].append((flag.work, flag.case))
    events = [
        FlagEvent(matter, MATTERS[matter], at, minute_text(at), tuple(sorted(cases))) for (matter, at), cases in found.items()
    ]
    return tuple(sorted((each for each in events if len(each.cases) > 1), key=lambda each: (-len(each.cases), each.read_at)))


def all_flags(r: Reader, world: World) -> list[Flag]:
    """Every flag, settled or not. Kept in memory until a fact arrives or the rules change."""
    version = (heads(r), world.version)
    known = r.memory.get(_MEMORY)
    if isinstance(known, tuple) and known[0] == version:
        return known[1]  # type: ignore[no-any-return]
    flags = find_flags(world.rules[Anomalies], world.rules[Ranking].cut_off, _series(r))
    flags += [_two_authors(work, case) for work, case in r.all(_TWO_AUTHORS)]
    r.memory[_MEMORY] = (version, flags)
    return flags


def open_cases(r: Reader, world: World, work: str) -> list[Flag]:
    """The flags of a work that nobody has looked at yet."""
    settled = {row[0] for row in r.all("select case_ from work_decisions where work = :work and case_ <> ''", work=work)}
    return [flag for flag in all_flags(r, world) if flag.work == work and flag.case not in settled]


def _series(r: Reader) -> Iterator[tuple[str, list[ReadCount]]]:
    """Each work with its counts in order of time; of several at one time the last, as in the ranking."""
    for work, rows in groupby(r.each(_READINGS), key=lambda row: str(row[0])):
        at_once = {row[1]: ReadCount(row[1], row[2], row[3], bool(row[4]), bool(row[5])) for row in rows}
        yield work, list(at_once.values())


def _two_authors(work: str, case: str) -> Flag:
    return Flag(work, "two_authors", "", "同一作品登记了两个作者；排名按先登记的一位。请核实是谁的作品。", case)


def _is_seen(seen: str, *, settled: bool) -> bool:
    return seen == "all" or settled == (seen == "settled")


def _rows(r: Reader, world: World, flags: list[Flag], settled: dict[tuple[str, str], str]) -> tuple[FlagRow, ...]:
    works = {row[0]: row[1:] for row in r.among(_WORKS, {flag.work for flag in flags})}
    people = people_by_id(r, {row[0] for row in works.values()})
    rows = []
    for flag in flags:
        person, title, number, link, likes, at_least, counts = works[flag.work]
        author = people.get(person)
        unit = world.tree.units.get(author.home) if author else None
        rows.append(FlagRow(flag.work, flag.matter, MATTERS[flag.matter], minute_text(flag.read_at), flag.sentence, flag.case,
                            title or number or link, author.shown_name if author else "", unit.name if unit else "", likes,
                            bool(at_least), bool(counts), settled.get((flag.work, flag.case), "")))  # fmt: skip
    return tuple(rows)
