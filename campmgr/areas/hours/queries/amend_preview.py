"""What a change of the rules would do to people's hours and certificates, counted without writing.

Everyone is counted again under the changed rules, a thousand at a time, so that memory stays small however large the camp is. Who
asks in a hurry sets a limit on people, and the answer says how many of how many it has looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from campmgr.accounts.queries import unit_name
from campmgr.areas.hours.rules.lesson import Mark
from campmgr.areas.hours.rules.meter import Meter, counted_by_day
from campmgr.areas.hours.rules.readiness import readiness
from campmgr.areas.hours.settings import Completion, Hours
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.fold.people import TAKES_PART
from campmgr.areas.people.queries.finding import ERASED
from campmgr.areas.units.settings import OUTSIDE
from campmgr.facts.world import World
from campmgr.settings.fields import Field
from campmgr.settings.rules import Rules
from campmgr.store.door import Reader, Row

RUN = 1000
AT_ONCE = 300
"""People who are counted again while somebody waits for the page."""

NAMED = 20
"""How many people of each sort are named."""


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """One person: class-hours in hundredths before and after."""

    person: str
    name: str
    unit_name: str
    before: int
    after: int


@dataclass(slots=True)
class Sort:
    """The people to whom one thing happens: how many, by how many hundredths together, and the first of them by name."""

    count: int = 0
    hundredths: int = 0
    first: list[RuleEffect] = field(default_factory=list)

    def add(self, one: RuleEffect) -> None:
        """Count one more."""
        self.count += 1
        self.hundredths += abs(one.after - one.before)
        if len(self.first) < NAMED:
            self.first.append(one)


@dataclass(slots=True)
class Preview:
    """What a change would do. `counted` of `everyone` were looked at; `certified` hold a certificate and would fall below it."""

    rules: Rules
    everyone: int
    counted: int = 0
    gain: Sort = field(default_factory=Sort)
    lose: Sort = field(default_factory=Sort)
    ready_now: Sort = field(default_factory=Sort)
    ready_no_more: Sort = field(default_factory=Sort)
    certified: Sort = field(default_factory=Sort)

    @property
    def is_whole(self) -> bool:
        """Whether everybody was looked at."""
        return self.counted == self.everyone

    @property
    def changes_nothing(self) -> bool:
        """Whether nobody looked at would see a difference."""
        return not any(each.count for each in (self.gain, self.lose, self.ready_now, self.ready_no_more, self.certified))


def takes_long(r: Reader) -> bool:
    """Whether so many people are counted again that nobody should have to wait for the page."""
    return int(r.value("select count(*) from (select 1 from people limit :many)", many=AT_ONCE + 1)) > AT_ONCE


def touches_people(about: Field) -> bool:
    """Whether a setting can change anybody's hours or certificate."""
    return about.section in {Hours, Completion}


_OF_CAMP = f" from people p where p.kind <> :outside and {TAKES_PART}"
_COUNT = "select count(*)" + _OF_CAMP
_RUNS = (
    "select p.person, p.home, p.name, p.erased, p.credited, p.ready, p.certified"
    + _OF_CAMP
    + " and p.person > :after order by p.person limit :many"
)


def amend_preview(
    r: Reader, world: World, key: str, text: str, *, limit: int = 0, say: Callable[[int, int], None] | None = None
) -> Preview:
    """Count everyone under the changed rules, at most `limit` people (0: all). `say(counted, everyone)` hears of the progress.

    Raises BadInput for an unknown key or a wrong value.
    """
    changed = world.rules.with_change(key, text)
    found = Preview(changed, int(r.value(_COUNT, outside=OUTSIDE)))
    meter = Meter(changed, lessons_of(world))
    for people in _runs(r, limit):
        marks, conditions = _marks(r, people), _conditions(r, people)
        for row in people:
            _count(found, world, meter, row, marks.get(row[0], []), conditions.get(row[0], set()))
        found.counted += len(people)
        if say:
            say(found.counted, found.everyone)
    return found


def _runs(r: Reader, limit: int) -> Iterator[list[Row]]:
    """People in runs, by their ids: person, home, name, erased, credited, ready, certified."""
    after, left = "", limit or 2**62
    while left > 0 and (people := r.all(_RUNS, after=after, outside=OUTSIDE, many=min(RUN, left))):
        yield people
        after, left = people[-1][0], left - len(people)


def _marks(r: Reader, people: list[Row]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = defaultdict(list)
    sql = "select person, fact, lesson, day, minutes, source from marks where person in (:keys)"
    for person, *mark in r.among(sql, (row[0] for row in people)):
        found[person].append(Mark(*mark))
    return found


def _conditions(r: Reader, people: list[Row]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    sql = "select person, condition from conditions where person in (:keys)"
    for person, condition in r.among(sql, (row[0] for row in people)):
        found[person].add(condition)
    return found


def _count(found: Preview, world: World, meter: Meter, row: Row, marks: list[Mark], conditions: set[str]) -> None:
    """Sort one person in. Whose hours were only told by another node keeps them: their marks are not here."""
    person, home, name, erased, before, was_ready, certified = row
    after = counted_by_day(meter, marks)[-1][1] if marks else before
    ready = readiness(found.rules, after, conditions)
    one = RuleEffect(person, ERASED if erased and not name else name, unit_name(world, home), before, after)
    if after != before:
        (found.gain if after > before else found.lose).add(one)
    if ready.ready != bool(was_ready):
        (found.ready_now if ready.ready else found.ready_no_more).add(one)
    if certified and not ready.ready:
        found.certified.add(one)
