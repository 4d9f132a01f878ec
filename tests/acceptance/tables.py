"""Reports and standings as the design words them, from a recount; one slow pass a table, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from tests.acceptance.recount import DIRECT, LINES, OWN_ROW, ROOT, Person, Recount, credit

REQUIRED = 800
KEYS = ("joined", "learning", "completed", "certified", "hours", "works", "likes")
"""All counts of a row but `expected`; hours in hundredths."""

REPORTS = ("city", "county", "school", "federation", "line")
_LINE_REPORTS = {"school": ("学校", "教育"), "federation": ("妇联", "妇联")}

Tally: TypeAlias = dict[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """code -> counts, the same for whoever stands in no row and for all; code -> expected; row sums beyond the total."""

    rows: dict[str, Tally]
    expected: dict[str, int | None]
    unassigned: Tally
    total: Tally
    total_expected: int | None
    overlap: Tally


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the top list."""

    place: int
    name: str
    likes: int
    link: str
    unit: str
    city: str


def expected(camp: Recount, code: str) -> int | None:
    """The unit's own number, else its children's sum, else None."""
    own = camp.units[code].expected
    return own if own is not None else _sum(expected(camp, child) for child in camp.children[code])


def city_of(camp: Recount, unit: str) -> str:
    """The row of the city report: one of nine cities, 平潭, or 省直 for everything else."""
    return next((each for each in camp.path(unit) if each == OWN_ROW or camp.units[each].kind == "市"), DIRECT)


def report(camp: Recount, by: str, until: str = "9999") -> Report:
    """The report `by` city, county, school, federation or line, of what happened up to and including day `until`."""
    codes = _codes(camp, by)
    rows: dict[str, Tally] = {code: dict.fromkeys(KEYS, 0) for code in codes}
    unassigned, total = dict.fromkeys(KEYS, 0), dict.fromkeys(KEYS, 0)
    for person, tally in _tallies(camp, until).items():
        for target in [*(rows[code] for code in _places(camp, by, person.units)), total]:
            _add(target, tally)
        if not _places(camp, by, person.units):
            _add(unassigned, tally)
    beyond = {key: sum(row[key] for row in rows.values()) + unassigned[key] - total[key] for key in KEYS}
    return Report(rows, {code: _row_expected(camp, by, code) for code in codes}, unassigned, total, expected(camp, ROOT), beyond)


def standings(camp: Recount, at: str, length: int) -> tuple[list[Standing], int]:
    """The first `length` with all who stand equal to the last, and how many stand beyond: each author's best work at `at`."""
    best: dict[Person, tuple[int, str]] = {}
    for work in camp.works.values():
        read = [each for each in work.likes if each <= at]
        if read:
            best[work.author] = max(best.get(work.author, (-1, "")), (work.likes[max(read)], work.link))
    ordered = sorted((likes for likes, _ in best.values()), reverse=True)
    lowest = ordered[min(length, len(ordered)) - 1]
    lines = [
        Standing(1 + sum(other > likes for other in ordered), who.name, likes, link, who.units[0], city_of(camp, who.units[0]))
        for who, (likes, link) in best.items()
        if likes >= lowest
    ]
    return sorted(lines, key=lambda line: (line.place, line.name)), max(0, len(lines) - length)


def hours(camp: Recount, person: Person) -> Tally:
    """What `report hours` says of a person, in hundredths; ready = completed and signed in."""
    credited = credit(camp.lessons, person.marks.items())
    signed_in = any(condition == "签到" for condition, _ in person.conditions)
    return {
        "credited": credited, "missing": max(0, REQUIRED - credited), "complete": credited >= REQUIRED, "signed_in": signed_in,
        "ready": credited >= REQUIRED and signed_in,
    }  # fmt: skip


def minutes(person: Person) -> Tally:
    """Lesson -> minutes over all days."""
    watched: Tally = {}
    for (code, _), counted in person.marks.items():
        watched[code] = watched.get(code, 0) + counted
    return watched


def behind(camp: Recount, unit: str) -> list[str]:
    """Names of who joined at home in the unit or below it and is not ready yet."""
    return sorted(each.name for each in camp.people if unit in camp.path(each.units[0]) and not hours(camp, each)["ready"])


def _tallies(camp: Recount, until: str) -> dict[Person, Tally]:
    """Each participant's and each author's part of the sums; authors who never joined bring works and likes only."""
    tallies: dict[Person, Tally] = {}
    for person in camp.people:
        credited = credit(camp.lessons, person.marks.items(), until)
        states = (1, int(credited > 0), int(credited >= REQUIRED), 0, credited, 0, 0)
        tallies[person] = dict(zip(KEYS, states, strict=True))
    for work in camp.works.values():
        tally = tallies.setdefault(work.author, dict.fromkeys(KEYS, 0))
        read = [at for at in work.likes if at[:10] <= until]
        tally["works"] += 1
        tally["likes"] += work.likes[max(read)] if read else 0
    return tallies


def _codes(camp: Recount, by: str) -> list[str]:
    kinds = {code: unit.kind for code, unit in camp.units.items()}
    if by == "line":
        return list(LINES)
    if by == "city":
        return [*(code for code, kind in kinds.items() if kind == "市"), OWN_ROW, DIRECT]
    wanted = "县" if by == "county" else _LINE_REPORTS[by][0]
    return [code for code, kind in kinds.items() if kind == wanted and not camp.away(code)]


def _places(camp: Recount, by: str, units: list[str]) -> set[str]:
    """The rows a person counts in: regions by home, lines by home and memberships; once in each row."""
    if by == "city":
        return {city_of(camp, units[0])}
    if by == "county":
        return {each for each in camp.path(units[0]) if camp.units[each].kind == "县"}
    if by == "line":
        return {line for each in units if (line := camp.line_of(each))}
    kind, line = _LINE_REPORTS[by]
    members = [each for each in units if camp.line_of(each) == line]
    return {above for each in members for above in camp.path(each) if camp.units[above].kind == kind}


def _row_expected(camp: Recount, by: str, code: str) -> int | None:
    if by == "line":
        return _sum(expected(camp, each) for each in camp.units if _begins_line(camp, each, code))
    if by == "city" and code == DIRECT:
        others = (each for each in camp.children[ROOT] if city_of(camp, each) == DIRECT)
        return _sum(expected(camp, each) for each in others)
    return expected(camp, code)


def _begins_line(camp: Recount, code: str, line: str) -> bool:
    """Whether the line begins at this unit: it is of that line, and its parent is not."""
    parent = camp.units[code].parent
    return camp.line_of(code) == line and not (parent and camp.line_of(parent) == line)


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _add(target: Tally, tally: Tally) -> None:
    for key in KEYS:
        target[key] += tally[key]
