"""Which work a row of like counts means: as somebody matched it, by link, by number, by author and title, in that order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from campmgr.areas.people.queries.finding import Person
from campmgr.areas.works.rules.work import Work, id_of_link, id_of_number, link_key, work_id
from campmgr.settings.terms import fold
from campmgr.store.door import Reader


class KnownWork(NamedTuple):
    """A work that is registered: its id, its author and where they are at home."""

    work: str
    person: str
    home: str
    title: str
    author: str
    number: str
    link: str


_KNOWN = "select w.work, w.person, p.home, w.title, p.name, w.number, w.link from works w left join people p on p.person = w.person"
_BY_ID = _KNOWN + " where w.work in (:keys)"
_BY_NUMBER = _KNOWN + " where w.number in (:keys) and w.number <> ''"
_BY_PERSON = _KNOWN + " where w.person in (:keys)"
_BY_KEY = (
    "select k.key, w.work, w.person, p.home, w.title, p.name, w.number, w.link from work_keys k"
    " join works w on w.person = k.person and w.work = k.work left join people p on p.person = w.person"
    " where k.key in (:keys) order by k.clock, k.fact"
)


class KnownWorks:
    """The works that a run of rows may mean. Looked up in bulk, asked one by one."""

    def __init__(self, r: Reader, campaign: str) -> None:
        self._r = r
        self._campaign = campaign
        self._by_id: dict[str, KnownWork] = {}
        self._by_key: dict[str, KnownWork] = {}
        self._by_person: dict[str, list[KnownWork]] = {}

    def look_up(self, works: Sequence[Work], row_keys: Iterable[str]) -> None:
        """Find works by what was matched before, by link and by number; `row_keys` those of rows with neither."""
        ids = {work_id(self._campaign, work) for work in works if work.link or work.number}
        self._by_id = {known.work: known for known in self._known(_BY_ID, ids)}
        for known in self._known(_BY_NUMBER, {work.number for work in works if work.number}):
            self._by_id[id_of_number(self._campaign, known.number)] = known
        self._by_key = {}
        if self._r.one("select 1 from work_keys limit 1"):
            keys = {key for work in works for key in _keys(work)}
            for key, *row in self._r.among(_BY_KEY, keys | set(row_keys)):
                self._by_key[key] = _of_row(row)

    def look_up_authors(self, people: Iterable[str]) -> None:
        """Find the works of these people, for rows that only tell author and title."""
        self._by_person = defaultdict(list)
        for known in self._known(_BY_PERSON, set(people)):
            self._by_person[known.person].append(known)

    @property
    def any_matched(self) -> bool:
        """Whether anything was found by what somebody matched; else nobody needs to ask for keys."""
        return bool(self._by_key)

    def find(self, work: Work, key: str = "") -> KnownWork | None:
        """The work that a link, a number or the `key` of a row stands for."""
        for each in (*_keys(work), key) if self._by_key else ():
            if each in self._by_key:
                return self._by_key[each]
        if work.link and (known := self._by_id.get(id_of_link(self._campaign, work.link))):
            return known
        return self._by_id.get(id_of_number(self._campaign, work.number)) if work.number else None

    def titled(self, work: Work, authors: Iterable[Person]) -> list[KnownWork]:
        """The works of these authors with this title that do not have another link or number than the row tells."""
        title = fold(work.title)
        return [
            known for person in authors for known in self._by_person.get(person.person, ())
            if title and fold(known.title) == title
            and not (work.link and known.link) and not (work.number and known.number)
        ]  # fmt: skip

    def remember(self, work: Work, known: KnownWork) -> None:
        """Rows further down that mean this work, by link or by number, find it."""
        if work.link:
            self._by_id.setdefault(id_of_link(self._campaign, work.link), known)
        if work.number:
            self._by_id.setdefault(id_of_number(self._campaign, work.number), known)

    @property
    def found(self) -> set[str]:
        """The ids of everything that was found."""
        own = (known for some in self._by_person.values() for known in some)
        return {known.work for known in (*self._by_id.values(), *self._by_key.values(), *own)}

    def _known(self, sql: str, keys: set[str]) -> list[KnownWork]:
        return [_of_row(row) for row in self._r.among(sql, keys)]


def _keys(work: Work) -> list[str]:
    return [*([link_key(work.link)] if work.link else []), *(["number:" + work.number] if work.number else [])]


def _of_row(row: Iterable[object]) -> KnownWork:
    return KnownWork(*(str(value or "") for value in row))
