"""Where a person counts: which rows of which reports, on which day (docs/commands.md#reports).

A placement is a text "kind|home|membership,membership": all who share it count in the same rows. A row is (unit, line): line ""
is the region row of a unit, "教育" its members of that line; "!school" counts who stands in no school row, "@职工" a kind.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from campmgr.facts.units import Tree

Key = tuple[str, str]
Timeline = list[tuple[str, frozenset[Key]]]

UNIT_REPORTS = {"school": ("学校", "教育"), "federation": ("妇联", "妇联")}
"""Reports with a row for every unit of a kind: the kind, and the line whose members count."""


def placement(kind: str, home: str, memberships: Iterable[str]) -> str:
    """The placement of a participant kind with a home and other memberships."""
    return f"{kind}|{home}|{','.join(sorted(memberships))}"


def units_of(text: str) -> list[str]:
    """The units a placement names: the home, then the memberships."""
    _, home, others = text.split("|", 2)
    return [unit for unit in (home, *others.split(",")) if unit]


class Placements:
    """Answers which rows a placement counts in, over time."""

    def __init__(self, tree: Tree, root: str) -> None:
        self._tree = tree
        self._root = root
        self._known: dict[str, Timeline] = {}

    def timeline(self, text: str) -> Timeline:
        """(day, rows) in order, the first day "": the rows a placement counts in from each day on."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._build(text)
        return known

    def _build(self, text: str) -> Timeline:
        timeline: Timeline = [("", self._rows(text, ""))]
        for day in self._tree.move_days:
            rows = self._rows(text, day)
            if rows != timeline[-1][1]:
                timeline.append((day, rows))
        return timeline

    def _rows(self, text: str, day: str) -> frozenset[Key]:
        kind, home, others = text.split("|", 2)
        tree = self._tree
        members = [home, *filter(None, others.split(","))]
        rows = {(unit, "") for unit in tree.path_on(home, day)}
        rows |= {(self._root, ""), (self._root, f"@{kind}")}
        lines: dict[str, str] = {}
        for member in members:
            unit = tree.units.get(member)
            if unit is not None and unit.line:
                lines.setdefault(unit.line, member)
        paths = {line: tree.path_on(member, day) for line, member in lines.items()}
        rows |= {(unit, line) for line, path in paths.items() for unit in path}
        rows |= {(self._root, line) for line in lines}
        if not lines:
            rows.add((self._root, "!line"))
        for report, (unit_kind, line) in UNIT_REPORTS.items():
            if not any(tree.units[unit].kind == unit_kind for unit in paths.get(line, ())):
                rows.add((self._root, f"!{report}"))
        return frozenset(rows)


def at(timeline: Timeline, day: str) -> int:
    """Which entry of a timeline holds on a day."""
    return bisect_right(timeline, day, key=lambda entry: entry[0]) - 1
