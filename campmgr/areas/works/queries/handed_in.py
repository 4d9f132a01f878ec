"""Works as they were handed in: those of a unit's people, those of one person, and what was agreed to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from campmgr.areas.people.queries.class_sums import GATHERED, joined
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.works.rules.statements import agreed_to
from campmgr.areas.works.settings import Works
from campmgr.clock import minute_text
from campmgr.facts.world import World
from campmgr.store.door import Reader

MOST_SHOWN = 200
"""Works of a unit that its page lists: the office's list has them all."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed to: when, and the versions of the texts; `is_present`: they are the texts that the rules have today."""

    at: str
    versions: tuple[str, ...]
    is_present: bool


@dataclass(frozen=True, slots=True)
class HandedWork:
    """A work: its author's name and unit, and what was agreed to (None: nothing is known, as of a list of likes)."""

    work: str
    title: str
    link: str
    number: str
    author: str
    unit: str
    published_on: str
    counts: bool
    reason: str
    agreement: Agreement | None


_COLUMNS = "select w.work, w.title, w.link, w.number, w.person, w.published_on, w.counts, w.reason from works w "


_SCOPE = "u.path >= :path and u.path < :end and (:line = '' or u.line = :line)"
_GATHERED = f"""from units u cross join people p on p.home = u.unit cross join works w on w.person = p.person where {_SCOPE}"""
_FOLLOWED = f"""from works w indexed by works_by_agreement cross join people p on p.person = w.person
    cross join units u on u.unit = p.home where w.agreed = :agreed and {_SCOPE}"""
_SELECTED = "select w.work, w.title, w.link, w.number, w.person, w.published_on, w.counts, w.reason "
_WORKS = "select works from unit_totals where unit = :unit and line = :line"


def works_of_unit(r: Reader, world: World, unit: str, line: str = "") -> tuple[tuple[HandedWork, ...], int]:
    """The works of the people of a unit and below, those without agreement first; and how many there are.

    Of a province they are read in the order of an index, as far as they are shown; of how many there are its totals tell then,
    which are of those that take part in the ranking.
    """
    known = world.tree.units[unit]
    asked = {"path": known.path, "end": known.path[:-1] + "0", "line": line}
    if joined(r, known, line) <= GATHERED:
        rows = r.all(f"{_SELECTED} {_GATHERED} order by w.agreed, w.title, w.work", **asked)
        count = len(rows)
    else:
        in_order = f"{_SELECTED} {_FOLLOWED} order by w.title, w.work limit :most"
        rows = r.all(in_order, **asked, agreed=0, most=MOST_SHOWN)
        rows += r.all(in_order, **asked, agreed=1, most=MOST_SHOWN - len(rows))
        count = int(r.value(_WORKS, unit=unit, line=line) or 0)
    shown = rows[:MOST_SHOWN]
    return _shown(r, world, shown, agreements_of(r, world, [row[0] for row in shown])), count


def works_by(r: Reader, world: World, person: str) -> tuple[HandedWork, ...]:
    """The works of one person, by title."""
    rows = r.all(_COLUMNS + "where w.person = :person order by w.title, w.work", person=person)
    return _shown(r, world, rows, agreements_of(r, world, [row[0] for row in rows]))


def _shown(r: Reader, world: World, rows: list[tuple[object, ...]], agreed: Mapping[str, Agreement]) -> tuple[HandedWork, ...]:
    people = people_by_id(r, {str(row[4]) for row in rows})
    found = []
    for row in rows:
        work, title, link, number, person, published, _, reason = map(str, row)
        author = people.get(person)
        unit = world.tree.units.get(author.home) if author else None
        found.append(HandedWork(work, title, link, number, author.shown_name if author else "", unit.name if unit else "",
                                published, bool(row[6]), reason, agreed.get(work)))  # fmt: skip
    return tuple(found)


def agreements_of(r: Reader, world: World, works: list[str]) -> dict[str, Agreement]:
    """What was agreed to of works, by their ids."""
    asked = world.rules[Works]
    today = agreed_to(asked.agreements, asked.agreements_version)
    found = {}
    for work, told, at in r.among("select work, statements, agreed_at from work_agreements where work in (:keys)", works):
        said = json.loads(told)
        versions = tuple(dict.fromkeys(str(version) for version, _ in said))
        found[work] = Agreement(minute_text(at), versions, said == today)
    return found


def batch_handed_in(r: Reader, work: str, person: Person) -> str:
    """The batch in which a work was handed in alone; "" where it came with a list, or once its likes were read."""
    sql = (
        "select f.batch from facts f where f.subject = :about and f.kind = 'work_registered' and f.batch is not null"
        " and not exists (select 1 from facts o where o.batch = f.batch and o.subject <> :about) order by f.clock desc limit 1"
    )
    own = r.one("select read_at from works where work = :work and author = :person", work=work, person=person.person)
    return str(r.value(sql, about=f"work:{work}") or "") if own is not None and not own[0] else ""


def count_of(r: Reader, person: str) -> int:
    """How many works were registered for somebody."""
    return int(r.value("select count(*) from works where author = :person", person=person) or 0)
