"""Rows of like counts that fit no work or several, each with the works and authors it may mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from campmgr.areas.people.queries.finding import Person, people_by_id, people_by_name, people_by_number
from campmgr.areas.works.local import SaidRow, WaitingRow, count_waiting, waiting_keys, waiting_of
from campmgr.clock import minute_text
from campmgr.facts.world import World
from campmgr.settings.terms import fold
from campmgr.store.door import Reader
from campmgr.wording import name_key

PAGE = 20
"""Rows a page."""

SUGGESTED = 5
"""Works suggested for a row, the likeliest first."""

_LIKELY = 45
"""How alike a work must be to be suggested, in hundredths: titles alone, an equal author or unit add to it."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A work that a row may mean."""

    work: str
    title: str
    number: str
    author: str
    unit: str
    likes: int


@dataclass(frozen=True, slots=True)
class WorkCandidate:
    """Somebody who may be the author of a new work: their id, and words that tell namesakes apart."""

    person: str
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits, with all the counts read for it: (when, likes), and what it may mean."""

    key: str
    said: SaidRow
    counts: tuple[tuple[str, int], ...]
    row_number: int
    sentence: str
    suggestions: tuple[Suggestion, ...]
    candidates: tuple[WorkCandidate, ...]


@dataclass(frozen=True, slots=True)
class MatchingPage:
    """A page of rows that wait, or of those put aside; how many there are of each."""

    rows: tuple[Waiting, ...]
    waiting: int
    put_aside: int
    aside: bool
    page: int
    pages: int


_WORKS = "select w.work, w.person, w.title, w.number, w.likes from works w"
_BY_PERSON = _WORKS + " where w.person in (:keys)"
_BY_TITLE = _WORKS + " where substr(w.title, 1, 3) in (:keys) limit 400"
_OF_UNIT = _WORKS + " join people p on p.person = w.person where p.home in (:keys) limit 1000"

_Row = tuple[str, str, str, str, int]


def matching_page(r: Reader, world: World, page: int = 1, *, aside: bool = False) -> MatchingPage:
    """One page of the rows that wait, or that were put aside."""
    waiting, put_aside = count_waiting(r), count_waiting(r, aside=True)
    pages = max(1, -(-(put_aside if aside else waiting) // PAGE))
    page = min(max(page, 1), pages)
    keys = waiting_keys(r, PAGE, (page - 1) * PAGE, aside=aside)
    groups: dict[str, list[WaitingRow]] = defaultdict(list)
    for row in waiting_of(r, keys):
        groups[row.key].append(row)
    return MatchingPage(_rows(r, world, [groups[key] for key in keys if key in groups]), waiting, put_aside, aside, page, pages)


def _rows(r: Reader, world: World, groups: list[list[WaitingRow]]) -> tuple[Waiting, ...]:
    last = [group[-1].said for group in groups]
    by_number = people_by_number(r, {said.person_number for said in last if said.person_number})
    by_name = people_by_name(r, {said.author for said in last if said.author})
    units = {said.unit: _unit(world, said.unit) for said in last}
    meant = {id(said): [*by_number.get(said.person_number, []), *by_name.get(name_key(said.author), [])] for said in last}
    pool = _pool(r, last, meant, units)
    people = people_by_id(r, {row[1] for row in pool})
    return tuple(_waiting(world, group, pool, people, meant[id(group[-1].said)], units[group[-1].said.unit]) for group in groups)


def _pool(r: Reader, last: list[SaidRow], meant: dict[int, list[Person]], units: dict[str, str]) -> list[_Row]:
    """Every work that one of these rows may mean: its author's, its unit's, or with a title that begins alike."""
    found = {row[0]: row for row in r.among(_BY_PERSON, {person.person for some in meant.values() for person in some})}
    found |= {row[0]: row for row in r.among(_BY_TITLE, {said.title[:3] for said in last if said.title})}
    found |= {row[0]: row for row in r.among(_OF_UNIT, {unit for unit in units.values() if unit})}
    return list(found.values())


def _waiting(
    world: World, group: list[WaitingRow], pool: list[_Row], people: dict[str, Person], meant: list[Person], unit: str
) -> Waiting:
    row = group[-1]
    scored = [(_alike(row.said, unit, work, people.get(work[1])), work) for work in pool]
    likely = sorted((each for each in scored if each[0] >= _LIKELY), key=lambda each: (-each[0], each[1][0]))[:SUGGESTED]
    suggestions = tuple(_suggestion(world, work, people.get(work[1])) for _, work in likely)
    here = [person for person in meant if not unit or row.said.person_number or person.home == unit] or meant
    candidates = tuple(WorkCandidate(person.person, _told(world, person)) for person in here[:8])
    counts = tuple((minute_text(each.read_at), each.said.likes) for each in group)
    return Waiting(row.key, row.said, counts, row.row_number, row.sentence, suggestions, candidates)


def _alike(said: SaidRow, unit: str, work: _Row, author: Person | None) -> int:
    """How much a work looks like what a row says, in hundredths of its title, and more for an equal author or unit."""
    title = int(100 * SequenceMatcher(None, fold(said.title), fold(work[2])).ratio()) if said.title and work[2] else 0
    if author is not None and said.author and author.name == said.author:
        title += 40
    if author is not None and unit and author.home == unit:
        title += 10
    return title


def _suggestion(world: World, work: _Row, author: Person | None) -> Suggestion:
    home = world.tree.units.get(author.home) if author else None
    return Suggestion(work[0], work[2], work[3], author.shown_name if author else "", home.name if home else "", work[4])


def _told(world: World, person: Person) -> str:
    """A person in words that tell namesakes apart."""
    home = world.tree.units.get(person.home)
    last = person.phone[-4:] if person.phone else ""
    return " ".join(filter(None, (person.shown_name, home.name if home else "", person.class_name, person.number,
                                  f"手机尾号 {last}" if last else "")))  # fmt: skip


def _unit(world: World, text: str) -> str:
    called = world.tree.called(text) if text else ()
    return called[0].unit if len(called) == 1 else ""
