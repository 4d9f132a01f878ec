"""The unit tree as it stands: units as they were born, and what stands of what was said about them since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from campmgr.facts.births import Births
from campmgr.facts.limits import Ways
from campmgr.facts.trust import Trust
from campmgr.facts.units import NO_STORY, Called, Count, Story, Tree, Unit, Units, days_of_counts, line_of
from campmgr.ledger.envelope import Fact, Stream, subject_key
from campmgr.ledger.kinds import value_in
from campmgr.ledger.order import ReadFact, Sides, history_of, order_key, sides_among, tips_of

MERGED = "units_merged"

Told = Mapping[str, Sequence[ReadFact]]
"""All that was said of units of which more was said than how they were added, by unit, in total order."""


class Stated(NamedTuple):
    """What a unit says of itself, before its place in the tree is known."""

    code: str
    name: str
    kind: str
    own_line: str
    expected: int | None
    takes_part: bool
    sides: tuple[Sides, ...] = ()
    counts: tuple[Count, ...] = ()
    closed_on: str = ""


class _Move(NamedTuple):
    """A step of a unit's history: the day, where it was said in the order of all facts, the unit, the parent from then on."""

    day: str
    said: tuple[int, str, int, str]
    unit: str
    parent: str


class Counting(NamedTuple):
    """What of what was said about units counts: by right, and not withdrawn."""

    trust: Trust
    ways: Ways
    is_gone: Callable[[Fact], bool]

    def __call__(self, one: ReadFact, unit: str) -> bool:
        """Whether a word counts for a unit."""
        return self.ways.counts(self.trust.limit(Stream(one.fact.scope, one.fact.writer), unit), one.fact)

    def heard(self, births: Births, unit: str, links: Sequence[ReadFact]) -> list[ReadFact]:
        """What counts of all that was said of a born unit: how it was born, then the changes."""
        said = [one for one in links if not self.is_gone(one.fact)]
        adding = [one for one in said if one.fact.kind == "unit_added"]
        born = next(one for one in adding if births.is_born_by(self.trust, self.ways, one))
        return [born, *(one for one in said if one.fact.kind != "unit_added" and self(one, unit))]


def tree_of(births: Births, counting: Counting, told: Told) -> Tree:
    """The tree of all units that were born."""
    stated: dict[str, Stated] = {}
    moves: list[_Move] = []
    merges: list[ReadFact] = []
    for unit, links in told.items():
        if births.of(unit) is None:
            continue
        heard = counting.heard(births, unit, links)
        merges += (one for one in heard if one.fact.kind == MERGED and counting(one, one.body["other"]))
        stated[unit] = stated_by(heard, links)
        moves += _moves(unit, [one for one in heard if one.fact.kind != "unit_moved" or counting(one, one.body["parent"])], links)
    places = _Places(births)
    places.move(moves)
    instead = places.merge(merges)
    units = _placed(births, stated, places, instead) if stated or places.moved else births.found()
    codes = Called().with_more((unit.code, unit.unit) for unit in units.values() if unit.code)
    days = sorted({day for moved in places.moved.values() for day, _ in moved})
    tree = Tree(Units(units), codes, days, births.waited_for(), days_of_counts(units.values()))
    units |= tree.told_apart(each for code in codes.more for each in codes.ids(code))
    return tree


def stated_by(heard: Sequence[ReadFact], links: Sequence[ReadFact]) -> Stated:
    """What stands of each register."""
    told = [one for one in heard if one.fact.kind != MERGED]
    if len(told) == 1:
        said: Mapping[str, Any] = told[0].body
        sides: list[Sides] = []
        counts: tuple[Count, ...] = ()
        closed_on = ""
    else:
        tips = tips_of(told, {}, links)
        said = {register: value_in(some[-1].row, some[-1].body, register) for (_, register), some in tips.items()}
        sides = sides_among(tips)
        counts = _counts(told, links)
        closed_on = next((some[-1].fact.happened_on for (_, register), some in tips.items() if register == "closed"), "")
    return Stated(
        said["code"], said["name"], said["kind"], said["line"] or "", said["expected"], said["participating"], tuple(sides),
        counts, closed_on,
    )  # fmt: skip


def _counts(told: Sequence[ReadFact], links: Sequence[ReadFact]) -> tuple[Count, ...]:
    """How many were expected, each number from its own day on: it takes the place of those before it that were to begin later, and
    of the silence before the first.
    """
    steps: list[Count] = []
    for one in history_of("expected", told, links):
        day = "" if one.fact.kind == "unit_added" else one.fact.happened_on
        while steps and (steps[-1].day >= day or (len(steps) == 1 and steps[0].number is None)):
            steps.pop()
        steps.append(Count(day, one.body["expected"], str(one.body.get("source", ""))))
    return tuple(steps) if any(step.day for step in steps) else ()


def _moves(unit: str, told: Sequence[ReadFact], links: Sequence[ReadFact]) -> list[_Move]:
    """The steps of a unit, each from its own day on: it takes the place of those before it that were to begin later."""
    steps: list[_Move] = []
    for one in history_of("parent", told, links):
        if one.fact.kind == "unit_moved":
            while steps and steps[-1].day > one.fact.happened_on:
                steps.pop()
            steps.append(_Move(one.fact.happened_on, order_key(one.fact), unit, one.body["parent"]))
    return steps


class _Places:
    """Which unit stands below which: where they were born, but for those in `moved`, with (day, parent) in order."""

    def __init__(self, births: Births) -> None:
        self._births = births
        self.moved: dict[str, list[tuple[str, str]]] = {}

    def parent(self, unit: str) -> str:
        """Whom a unit stands below now, "" for nobody."""
        if moves := self.moved.get(unit):
            return moves[-1][1]
        born = self._births.of(unit)
        return born.parent if born else ""

    def above(self, unit: str) -> list[str]:
        """A unit and everything above it, the unit first."""
        found: list[str] = []
        while unit and unit not in found:
            found.append(unit)
            unit = self.parent(unit)
        return found

    def move(self, moves: Iterable[_Move]) -> None:
        """Apply moves by day, those of one day as they were said; one that would put a unit below itself is passed over."""
        for day, _, unit, target in sorted(moves):
            if self._births.of(target) and unit not in self.above(target):
                self.moved.setdefault(unit, []).append((day, target))

    def merge(self, merges: Iterable[ReadFact]) -> dict[str, str]:
        """Let merged units stand below those they were merged into, from the day on and whatever was said of their places later.

        Returns which unit each stands for now. One that would stand below itself is passed over.
        """
        instead: dict[str, str] = {}
        for one in sorted(merges, key=lambda each: order_key(each.fact)):
            stays, other, day = subject_key(one.fact.subject), one.body["other"], one.fact.happened_on
            if self._births.of(other) and other not in instead and other not in self.above(stays):
                instead[other] = stays
                self.moved[other] = [step for step in self.moved.get(other, ()) if step[0] <= day] + [(day, stays)]
        return instead


def _placed(births: Births, stated: Mapping[str, Stated], places: _Places, instead: Mapping[str, str]) -> dict[str, Unit]:
    """Each unit below whom it stands now. One about which nothing was said, below others like it, stays as it was born."""
    units: dict[str, Unit] = {}
    for each in births.found():
        way = []
        unit = each
        while unit and unit not in units:
            way.append(unit)
            unit = places.parent(unit)
        for one in reversed(way):
            born, above = births.found()[one], units.get(places.parent(one))
            said, story = stated.get(one), Story(moves=tuple(places.moved.get(one, ())), merged_into=instead.get(one, ""))
            if said is None and story == NO_STORY and above is born.above:
                units[one] = born
                continue
            units[one] = described(born, above, said or as_born(born), story)
    return units


def described(born: Unit, above: Unit | None, said: Stated, story: Story) -> Unit:
    """A unit as it stands: how it was born, whom it stands below, what it says of itself, what else has happened to it."""
    line = line_of(said.own_line, above.line if above else "", said.kind)
    return Unit(born.unit, said.code, said.name, said.kind, above, said.own_line, line, said.expected, said.takes_part,
                born.born_on,
                story=story._replace(born=born, sides=said.sides, counts=said.counts, closed_on=said.closed_on))  # fmt: skip


def as_born(unit: Unit) -> Stated:
    """What a unit said of itself when it was born."""
    return Stated(unit.code, unit.name, unit.kind, unit.own_line, unit.expected, unit.takes_part)
