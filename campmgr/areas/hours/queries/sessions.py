"""Who may be meant in the log of a meeting: by telephone, and by names that are like the one it tells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from campmgr.areas.hours.local import SessionSaid, waiting_sessions
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.wording import name_key

_SUGGESTED = 5
_MOST = 3000
"""People of a unit that are compared with a name; a name is looked for in a school, not in a province."""

_ALIKE = 0.5
PAGE = 30
"""Names a page."""


@dataclass(frozen=True, slots=True)
class SessionCandidate:
    """Somebody who may be meant: their id, and words that tell namesakes apart; `is_sure`: the very name, of one alone."""

    person: str
    words: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class SessionName:
    """A name in logs, what they say of it in words, and whom it may mean."""

    key: str
    called: str
    lesson: str
    said: tuple[SessionSaid, ...]
    candidates: tuple[SessionCandidate, ...]


@dataclass(frozen=True, slots=True)
class SessionNames:
    """A page of names that wait, or were put aside, and how many there are of each."""

    names: tuple[SessionName, ...]
    waiting: int
    put_aside: int
    aside: bool
    page: int
    pages: int


def people_by_phone(r: Reader, phones: Iterable[str], within: Collection[str] | None) -> dict[str, list[Person]]:
    """Everyone with one of these telephone numbers, of these units (None: of all)."""
    found: dict[str, list[Person]] = {}
    wanted = set(phones)
    rows = list(r.among("select phone, person from people where phone in (:keys) order by person", wanted)) if wanted else []
    people = people_by_id(r, [person for _, person in rows])
    for phone, person in rows:
        if person in people and (within is None or people[person].home in within):
            found.setdefault(phone, []).append(people[person])
    return found


def session_names_page(r: Reader, world: World, unit: str, page: int = 1, *, aside: bool = False) -> SessionNames:
    """One page of the names that wait in a unit."""
    waiting, put_aside = _grouped(waiting_sessions(r, unit)), _grouped(waiting_sessions(r, unit, aside=True))
    chosen = list((put_aside if aside else waiting).values())
    pages = max(1, -(-len(chosen) // PAGE))
    page = min(max(page, 1), pages)
    shown = chosen[(page - 1) * PAGE : page * PAGE]
    people = _people_of(r, world, unit) if shown else []
    names = tuple(SessionName(said[0].key, said[0].called, said[0].lesson, tuple(said), _candidates(world, people, said[0].called))
                  for said in shown)  # fmt: skip
    return SessionNames(names, len(waiting), len(put_aside), aside, page, pages)


def _grouped(said: Iterable[SessionSaid]) -> dict[tuple[str, str], list[SessionSaid]]:
    found: dict[tuple[str, str], list[SessionSaid]] = {}
    for one in said:
        found.setdefault((one.lesson, one.key), []).append(one)
    return found


def _people_of(r: Reader, world: World, unit: str) -> list[Person]:
    path = world.tree.units[unit].path if unit in world.tree.units else ""
    ids = [row[0] for row in r.all(
        "select p.person from units u join people p on p.home = u.unit where u.path >= :path and u.path < :end and p.name <> ''"
        " order by p.name, p.person limit :most", path=path, end=path + "\U0010ffff", most=_MOST)]  # fmt: skip
    return list(people_by_id(r, ids).values())


def _candidates(world: World, people: Sequence[Person], called: str) -> tuple[SessionCandidate, ...]:
    """The likeliest first: the very name, then one that stands inside (三班-张三, 张三妈妈), then one that is alike."""
    key = name_key(called)
    ranked = sorted(((_likeness(key, each), each) for each in people), key=lambda one: (-one[0], one[1].name, one[1].person))
    likely = [(alike, each) for alike, each in ranked if alike >= _ALIKE][:_SUGGESTED]
    sure = sum(alike >= _SAME for alike, _ in likely) == 1
    return tuple(SessionCandidate(each.person, _words(world, each), sure and alike >= _SAME) for alike, each in likely)


_SAME = 2.0


def _likeness(key: str, person: Person) -> float:
    name = name_key(person.name)
    if name == key:
        return _SAME
    told = [each for each in (name if len(name) > 1 else "", person.number, person.phone) if each]
    if any(each.casefold() in key for each in told):
        return 1.0 + len(name) / 100
    return SequenceMatcher(None, name, key, autojunk=False).ratio()


def _words(world: World, person: Person) -> str:
    home = world.tree.units.get(person.home)
    number = f"编号 {person.number}" if person.number else ""
    return " · ".join(filter(None, (person.name, person.class_name, number, home.name if home else "")))
