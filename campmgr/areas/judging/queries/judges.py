"""The judges of an activity: who they are, of which unit and field, and how far each has come. No mark is read here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.judging.kinds import ABSTAINED, DUTY, SCORED
from campmgr.areas.judging.queries.recusals import Recusals, recusals_of, standing_of_unit
from campmgr.areas.judging.queries.rounds import JudgedWork, RoundLine, works_of
from campmgr.areas.judging.queries.scores import ONE_JUDGE
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge. `unit`: an id, "" where nobody here knows it, so that conflicts cannot be found; `city`: its name, "" for none;
    `goes_on`: whether the duty was not ended; counts are of one round, or of all.
    """

    person: str
    name: str
    unit: str
    unit_name: str
    city: str
    field: str
    goes_on: bool = True
    assigned: int = 0
    scored: int = 0
    abstained: int = 0
    recused: int = 0

    @property
    def left(self) -> int:
        """How many works still wait."""
        return max(0, self.assigned - self.scored - self.abstained)


@dataclass(frozen=True, slots=True)
class Seats:
    """A round's works, who was given which, what was said of each (scored, abstained; never how), and the recusals.

    Judges who were merged are one here, under the id that stands; the tables keep the ids that were said.
    """

    works: tuple[JudgedWork, ...]
    assigned: frozenset[tuple[str, str]]
    said: Mapping[tuple[str, str], str]
    recusals: Recusals

    def active(self) -> set[tuple[str, str]]:
        """The pairs that count: assigned, of a work that is judged, nobody recused."""
        ids = {work.entry for work in self.works}
        return {pair for pair in self.assigned if pair[0] in ids and pair not in self.recusals.of}


def judges_of(r: Reader, world: World, activity: Activity, some: Collection[str] = ()) -> tuple[Judge, ...]:
    """The judges by name; those whose duty is over only where `some` names them."""
    rows = r.all("select person, unit, state, more from duties where activity = :activity and duty = :duty order by from_on, fact",
                 activity=activity.id, duty=DUTY)  # fmt: skip
    last = {person: (unit, state, more) for person, unit, state, more in rows}
    wanted = [person for person, (_, state, _) in last.items() if state == "given" or person in some]
    people = people_by_id(r, wanted)
    found = []
    for person in wanted:
        unit, state, more = last[person]
        known = world.tree.units.get(unit)
        place = standing_of_unit(world, unit)
        city = unit_name(world, place.city) if place and place.city else ""
        told = json.loads(more).get("field", "")
        name = people[person].shown_name if person in people else "—"
        found.append(Judge(person, name, unit if known else "", known.name if known else "", city, told if isinstance(told, str)
                           else "", state == "given"))  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.name, each.person)))


_OF_ROUND = "left join aliases a on a.person = judge where activity = :activity and unit = :host and round = :round"
_ASSIGNED = f"select entry, coalesce(stands_for, judge) from assignments {_OF_ROUND}"  # noqa: S608 - our own words
_SAID = f"select entry, coalesce(stands_for, judge), state from scores {_OF_ROUND}"  # noqa: S608 - our own words
_IN_ORDER = "order by said_on, fact"


def assigned_in(r: Reader, activity: Activity, line: RoundLine) -> frozenset[tuple[str, str]]:
    """(work, judge) of everything that was given to somebody in a round."""
    return frozenset(r.all(_ASSIGNED, **_asked(activity, line)))


def _asked(activity: Activity, line: RoundLine) -> dict[str, str]:
    return {"activity": activity.id, "host": activity.host, "round": line.name}


def seats_of(r: Reader, world: World, activity: Activity, line: RoundLine, judges: Iterable[str] = ()) -> Seats:
    """The seats of a round; recusals are found of these judges and of all who were assigned or have marked."""
    assigned = assigned_in(r, activity, line)
    said = {(entry, judge): state for entry, judge, state in r.all(f"{_SAID} {_IN_ORDER}", **_asked(activity, line))}
    works = works_of(r, activity, line.round)
    some = {*judges, *(judge for _, judge in assigned), *(judge for _, judge in said)}
    return Seats(works, assigned, said, recusals_of(r, world, activity, line.round, works, some))


def seats_of_judge(r: Reader, world: World, activity: Activity, line: RoundLine, judge: str, entry: str = "") -> Seats:
    """The same of one judge alone, and of one work alone where `entry` names it: nothing of the others is read."""
    asked = _asked(activity, line) | {"judge": judge}
    assigned = frozenset((given, judge) for given, _ in r.all(f"{_ASSIGNED} and {ONE_JUDGE}", **asked))
    said = {(given, judge): state for given, _, state in r.all(f"{_SAID} and {ONE_JUDGE} {_IN_ORDER}", **asked)}
    works = works_of(r, activity, line.round, entry)
    return Seats(works, assigned, said, recusals_of(r, world, activity, line.round, works, [judge]))


def judges_in(r: Reader, world: World, activity: Activity, line: RoundLine) -> tuple[tuple[Judge, ...], Seats]:
    """The judges with what they have done in a round, and its seats. Recusals are counted over all works of the round."""
    some = judges_of(r, world, activity)
    seats = seats_of(r, world, activity, line, [each.person for each in some])
    took_part = {judge for _, judge in (*seats.assigned, *seats.said)}
    some = judges_of(r, world, activity, took_part)
    active = seats.active()
    assigned = Counter(judge for _, judge in active)
    states = Counter((judge, state) for (entry, judge), state in seats.said.items() if (entry, judge) in active)
    recused = Counter(judge for _, judge in seats.recusals.of)
    return tuple(
        Judge(each.person, each.name, each.unit, each.unit_name, each.city, each.field, each.goes_on, assigned[each.person],
              states[each.person, SCORED], states[each.person, ABSTAINED], recused[each.person])
        for each in some
    ), seats  # fmt: skip


def names_of_judges(r: Reader, ids: Iterable[str]) -> dict[str, str]:
    """Names by ids, those of merged people under the id asked for."""
    return {person: who.shown_name for person, who in people_by_id(r, ids).items()}
