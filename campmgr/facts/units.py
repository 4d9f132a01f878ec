"""The unit tree: names, kinds, lines, and who stood below whom on which day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from campmgr.facts.births import Births, line_of
from campmgr.facts.limits import Ways
from campmgr.facts.trust import Trust
from campmgr.ids import canonical
from campmgr.ledger.envelope import Stream, subject_key
from campmgr.ledger.order import ReadFact, order_key


class Unit(NamedTuple):
    """A unit as it stands today. `parents`: (day, parent) in order, the birth first with the day ""."""

    unit: str
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

    def row(self) -> tuple[object, ...]:
        """As stored."""
        return (*self[:7], int(self.participating), self.path, self.birth_path, self.birth_line, canonical(self.parents))


class _Stated(NamedTuple):
    """What a unit says of itself, before its place in the tree is known."""

    name: str
    kind: str
    own_line: str
    expected: int | None
    participating: bool


def units_of_word(kind: str, subject: str, body: Mapping[str, Any]) -> list[str]:
    """The units a word about the tree needs the right to; none for a withdrawal, which reaches only what its writer has said."""
    unit = subject_key(subject)
    if kind == "unit_added":
        return [body["parent"]] if body["parent"] else []
    return [unit, body["parent"]] if kind == "unit_moved" else [unit] if kind == "unit_changed" else []


def fold_units(births: Births, trust: Trust, changes: Mapping[str, Iterable[ReadFact]], ways: Ways) -> dict[str, Unit]:
    """Every born unit, from its birth and the standing facts about it that count."""
    stated: dict[str, _Stated] = {}
    parents: dict[str, list[tuple[str, str]]] = {}
    moves: list[ReadFact] = []
    for unit in births.units():
        birth = births.of(unit)
        if birth is None:
            continue
        stated[unit] = _say(birth.told)
        parents[unit] = [("", birth.told.body["parent"] or "")]
        for one in changes.get(unit, ()):
            if not _counts(trust, ways, one, unit):
                continue
            if one.fact.kind == "unit_changed":
                stated[unit] = _say(one)
            elif one.fact.kind == "unit_moved" and _counts(trust, ways, one, one.body["parent"]):
                moves.append(one)
    _move(parents, moves)
    return _placed(births, stated, parents)


def _say(one: ReadFact) -> _Stated:
    body = one.body
    return _Stated(body["name"], body["kind"], body["line"] or "", body["expected"], body["participating"])


def _counts(trust: Trust, ways: Ways, one: ReadFact, unit: str) -> bool:
    return ways.counts(trust.limit(Stream(one.fact.scope, one.fact.writer), unit), one.fact)


def _move(parents: dict[str, list[tuple[str, str]]], moves: list[ReadFact]) -> None:
    """Apply moves by day, then total order; one that would put a unit below itself is passed over."""
    now = {unit: history[-1][1] for unit, history in parents.items()}
    for one in sorted(moves, key=lambda move: (move.fact.happened_on, order_key(move.fact))):
        unit, target = one.fact.subject.partition(":")[2], one.body["parent"]
        if target in now and unit not in _above(now, target):
            now[unit] = target
            parents[unit].append((one.fact.happened_on, target))


def _above(parents: Mapping[str, str], unit: str) -> list[str]:
    """A unit and everything above it, the unit first."""
    found = []
    while unit and unit not in found:
        found.append(unit)
        unit = parents.get(unit, "")
    return found


def _placed(births: Births, stated: Mapping[str, _Stated], parents: Mapping[str, list[tuple[str, str]]]) -> dict[str, Unit]:
    now = {unit: history[-1][1] for unit, history in parents.items()}
    units: dict[str, Unit] = {}
    for unit in stated:
        for one in reversed(_above(now, unit)):
            if one in units or one not in stated:
                continue
            above, told, birth = units.get(now[one]), stated[one], births.of(one)
            units[one] = Unit(
                unit=one,
                name=told.name,
                kind=told.kind,
                parent=now[one],
                own_line=told.own_line,
                line=line_of(told.own_line, above.line if above else "", told.kind),
                expected=told.expected,
                participating=told.participating and (above is None or above.participating),
                path=f"{above.path if above else '/'}{one}/",
                birth_path=birth.path if birth else "",
                birth_line=birth.line if birth else "",
                parents=tuple(parents[one]),
            )
    return units


class Tree:
    """The units, and the paths they stood on."""

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
