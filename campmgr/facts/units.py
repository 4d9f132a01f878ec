"""The unit tree: names, kinds, lines, and who stood below whom on which day."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from campmgr.facts.births import Births, line_of
from campmgr.facts.limits import Ways
from campmgr.facts.trust import Trust
from campmgr.ids import canonical
from campmgr.ledger.envelope import Stream, subject_key
from campmgr.ledger.kinds import value_in
from campmgr.ledger.order import ReadFact, Sides, history_of, order_key, sides_among, tips_of
from campmgr.typed_codes import readings
from campmgr.wording import name_key

MERGED = "units_merged"

LEAST_OF_AN_ID = 8
"""So many first digits of an id are enough to name it, where no other begins so."""


class Unit(NamedTuple):
    """A unit as it stands today. `unit` is its id, `code` what people call it by, "" for none.

    `parents`: (day, parent) in order, the birth first with the day "". `place`: its way down in codes, by which lists are sorted.
    `merged_into`: the unit it is one with now, "" for one that stands by itself.
    `sides`: what was said of it by offices that did not know of each other.
    """

    unit: str
    code: str
    name: str
    kind: str
    parent: str
    own_line: str
    line: str
    expected: int | None
    participating: bool
    path: str
    birth_path: str
    birth_line: str
    parents: tuple[tuple[str, str], ...]
    place: str
    is_code_shared: bool = False
    merged_into: str = ""
    sides: tuple[Sides, ...] = ()

    @property
    def address(self) -> str:
        """What names it in an address, and wherever somebody types a unit: its code where that is its own, else its id."""
        return self.unit if self.is_code_shared or self.merged_into else self.code or self.unit

    @property
    def shown_code(self) -> str:
        """What stands for it in lists and files: its code; its id where it has none."""
        return self.code or self.unit

    def row(self) -> tuple[object, ...]:
        """As stored."""
        return (
            *self[:8],
            int(self.participating),
            self.path,
            self.place,
            self.birth_path,
            self.birth_line,
            canonical(self.parents),
        )


class _Stated(NamedTuple):
    """What a unit says of itself, before its place in the tree is known."""

    code: str
    name: str
    kind: str
    own_line: str
    expected: int | None
    participating: bool
    sides: tuple[Sides, ...] = ()


def units_of_word(kind: str, subject: str, body: Mapping[str, Any]) -> list[str]:
    """The units a word about the tree needs the right to; none for a withdrawal, which reaches only what its writer has said."""
    unit = subject_key(subject)
    if kind == "unit_added":
        return [body["parent"]] if body["parent"] else []
    further = {"unit_moved": "parent", "units_merged": "other"}
    return [unit, body[further[kind]]] if kind in further else [unit] if kind == "unit_changed" else []


def fold_units(
    births: Births, trust: Trust, changes: Mapping[str, Iterable[ReadFact]], ways: Ways, links: Mapping[str, Sequence[ReadFact]]
) -> dict[str, Unit]:
    """Every born unit, from its birth and what stands of what was said about it and counts. `links`: all that was said at all."""
    stated: dict[str, _Stated] = {}
    parents: dict[str, list[tuple[str, str]]] = {}
    moves: list[_Move] = []
    merges: list[ReadFact] = []
    for unit in births.units():
        birth = births.of(unit)
        if birth is None:
            continue
        heard = [one for one in changes.get(unit, ()) if _counts(trust, ways, one, unit)]
        told = [births.told(unit), *(one for one in heard if one.fact.kind != MERGED)]
        merges += (one for one in heard if one.fact.kind == MERGED and _counts(trust, ways, one, one.body["other"]))
        stated[unit] = _stated(told, links.get(unit, ()))
        parents[unit] = [("", births.told(unit).body["parent"] or "")]
        if len(told) > 1:
            moves += _moves(unit, [one for one in told if _has_right_there(trust, ways, one)], links.get(unit, ()))
    _move(parents, moves)
    return _told_apart(_placed(births, stated, parents, _merge(parents, merges)))


def _stated(told: Sequence[ReadFact], links: Sequence[ReadFact]) -> _Stated:
    """What stands of each register; most units were added and nothing more."""
    if len(told) == 1:
        said: Mapping[str, Any] = told[0].body
        sides: list[Sides] = []
    else:
        tips = tips_of(told, {}, links)
        said = {register: value_in(some[-1].row, some[-1].body, register) for (_, register), some in tips.items()}
        sides = sides_among(tips)
    return _Stated(
        said["code"], said["name"], said["kind"], said["line"] or "", said["expected"], said["participating"], tuple(sides)
    )


class _Move(NamedTuple):
    """A step of a unit's history: the day, its place in it, the unit, the parent from then on."""

    day: str
    step: int
    unit: str
    parent: str


def _moves(unit: str, told: Sequence[ReadFact], links: Sequence[ReadFact]) -> list[_Move]:
    """The steps of a unit, each from its own day on: it takes the place of those before it that were to begin later."""
    steps: list[_Move] = []
    for one in history_of("parent", told, links):
        if one.fact.kind == "unit_moved":
            while steps and steps[-1].day > one.fact.happened_on:
                steps.pop()
            steps.append(_Move(one.fact.happened_on, len(steps), unit, one.body["parent"]))
    return steps


def _has_right_there(trust: Trust, ways: Ways, one: ReadFact) -> bool:
    return one.fact.kind != "unit_moved" or _counts(trust, ways, one, one.body["parent"])


def _counts(trust: Trust, ways: Ways, one: ReadFact, unit: str) -> bool:
    return ways.counts(trust.limit(Stream(one.fact.scope, one.fact.writer), unit), one.fact)


def _move(parents: dict[str, list[tuple[str, str]]], moves: list[_Move]) -> None:
    """Apply moves by day, then each unit's in its order; one that would put a unit below itself is passed over."""
    now = {unit: history[-1][1] for unit, history in parents.items()}
    for day, _, unit, target in sorted(moves):
        if target in now and unit not in _above(now, target):
            now[unit] = target
            parents[unit].append((day, target))


def _merge(parents: dict[str, list[tuple[str, str]]], merges: Iterable[ReadFact]) -> dict[str, str]:
    """Let merged units stand below those they were merged into, from the day on and whatever was said of their places later.

    Returns which unit each stands for now. One that would stand below itself is passed over.
    """
    instead: dict[str, str] = {}
    for one in sorted(merges, key=lambda each: order_key(each.fact)):
        stays, other, day = subject_key(one.fact.subject), one.body["other"], one.fact.happened_on
        now = {unit: history[-1][1] for unit, history in parents.items()}
        if other in parents and other not in instead and other not in _above(now, stays):
            instead[other] = stays
            parents[other] = [step for step in parents[other] if step[0] <= day] + [(day, stays)]
    return instead


def _above(parents: Mapping[str, str], unit: str) -> list[str]:
    """A unit and everything above it, the unit first."""
    found = []
    while unit and unit not in found:
        found.append(unit)
        unit = parents.get(unit, "")
    return found


def _placed(
    births: Births, stated: Mapping[str, _Stated], parents: Mapping[str, list[tuple[str, str]]], instead: Mapping[str, str]
) -> dict[str, Unit]:
    now = {unit: history[-1][1] for unit, history in parents.items()}
    units: dict[str, Unit] = {}
    for unit in stated:
        for one in reversed(_above(now, unit)):
            if one in units or one not in stated:
                continue
            above, told, birth = units.get(now[one]), stated[one], births.of(one)
            units[one] = Unit(
                unit=one,
                code=told.code,
                name=told.name,
                kind=told.kind,
                parent=now[one],
                own_line=told.own_line,
                line=line_of(told.own_line, above.line if above else "", told.kind),
                expected=told.expected,
                participating=told.participating and one not in instead and (above is None or above.participating),
                path=f"{above.path if above else '/'}{one}/",
                birth_path=birth.path if birth else "",
                birth_line=birth.line if birth else "",
                parents=tuple(parents[one]),
                place=f"{above.place if above else '/'}{told.code or told.name}/",
                sides=told.sides,
                merged_into=instead.get(one, ""),
            )
    return units


def _told_apart(units: dict[str, Unit]) -> dict[str, Unit]:
    """The units in the order of their places; of each that shares its code with another it is noted."""
    bearers = Counter(unit.code for unit in units.values() if unit.code and not unit.merged_into)
    return {
        unit.unit: unit._replace(is_code_shared=True) if bearers[unit.code] > 1 and not unit.merged_into else unit
        for unit in sorted(units.values(), key=lambda unit: (unit.place, unit.unit))
    }


class Tree:
    """The units in the order of their codes, how they are called, and the paths they stood on."""

    def __init__(self, units: Mapping[str, Unit]) -> None:
        self.units = units
        self.move_days = sorted({day for unit in units.values() for day, _ in unit.parents if day})

    def path_on(self, unit: str, day: str) -> tuple[str, ...]:
        """A unit and everything above it on a day, the unit first; () for an unknown unit."""
        found: list[str] = []
        while unit in self.units and unit not in found:
            found.append(unit)
            history = self.units[unit].parents
            unit = history[bisect_right(history, (day, "\uffff")) - 1][1] if len(history) > 1 else history[0][1]
        return tuple(found)

    def called(self, text: str) -> Sequence[Unit]:
        """The units that somebody may mean: the one of an id, else those of a code, of a name, of the beginning of an id."""
        return self._called(text) or next(filter(None, map(self._called, readings(text)[1:])), [])

    def _called(self, text: str) -> Sequence[Unit]:
        unit = self.units.get(text)
        if unit is not None:
            return [unit]
        return (
            self.by_code.get(text) or self.by_code.get(text.upper()) or self._by_name.get(name_key(text)) or self._beginning(text)
        )

    @cached_property
    def by_code(self) -> Mapping[str, Sequence[Unit]]:
        """The units of each code: mostly one. The code of a merged unit means the one it was merged into."""
        return _grouped((unit.code, self.standing(unit)) for unit in self.units.values() if unit.code)

    def standing(self, unit: Unit) -> Unit:
        """The unit that one stands for: itself, or what it was merged into."""
        while unit.merged_into in self.units:
            unit = self.units[unit.merged_into]
        return unit

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Unit]]:
        return _grouped((name_key(unit.name), self.standing(unit)) for unit in self.units.values())

    def _beginning(self, text: str) -> list[Unit]:
        return [unit for key, unit in self.units.items() if key.startswith(text)] if len(text) >= LEAST_OF_AN_ID else []

    def of_code(self, code: str) -> Unit | None:
        """The unit that a rule of the camp means by a code: of several the one nearest the root, which no office below can take."""
        bearers = self.by_code.get(code, ())
        return min(bearers, key=lambda unit: (unit.path.count("/"), unit.unit), default=None)


def _grouped(named: Iterable[tuple[str, Unit]]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for name, unit in named:
        if unit not in found[name]:
            found[name].append(unit)
    return dict(found)
