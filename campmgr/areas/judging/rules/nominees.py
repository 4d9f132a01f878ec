"""Awards of people, teams and units: what is counted of each, in which order they stand, and who gets which (E-29, E-30, H-23).

Units stand by the weights that the host opened. 数量 is counted: the works handed in, as a share of the most that any unit has.
质量 is counted too, the share of its works that were shortlisted, shown or awarded, unless the host gives points for it; every other
part is points of the host. People and teams stand by how many of their works were awarded, then shown, then shortlisted, then
handed in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from campmgr.areas.judging.rules.award_list import AwardRow
from campmgr.areas.judging.rules.giving import Award, Filled, Given, Ranked, Terms, fill

UNIT, PERSON, TEAM = "单位", "个人", "团队"
"""What a nominee is."""

HANDED, SHORTLISTED, SHOWN, AWARDED = "报送", "入围", "展播", "获奖"
STEPS = (HANDED, SHORTLISTED, SHOWN, AWARDED)
"""How far a work came, as far as it counts for who made or sent it."""

NUMBER, QUALITY = "数量", "质量"
FULL = 10_000
"""The most points of a part, in hundredths."""


@dataclass(frozen=True, slots=True)
class Nominee:
    """Who may get an award. `line`: the id of a unit or person, of a team one made of its name; `name`: of a team; `said`: the
    host's points in hundredths by part; `works`: the works that count for it, each with the steps that it came to.
    """

    line: str
    sort: str
    unit: str
    name: str = ""
    said: Mapping[str, int] = field(default_factory=dict)
    works: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def read(cls, raw: Sequence[Any]) -> Nominee:
        """A nominee out of a fact's body."""
        line, sort, unit, name, said, works = raw
        return cls(line, sort, unit, name, dict(said), tuple((entry, tuple(steps)) for entry, *steps in works))

    def told(self) -> list[Any]:
        """As a fact's body holds it."""
        works = [[entry, *steps] for entry, steps in self.works]
        return [self.line, self.sort, self.unit, self.name, dict(self.said), works]

    def numbers(self, lost: Collection[str] = ()) -> tuple[int, ...]:
        """How many works came to each step, without those that were lost."""
        kept = [steps for entry, steps in self.works if entry not in lost]
        return tuple(sum(step in steps for steps in kept) for step in STEPS)

    def row(self, given: Given) -> AwardRow:
        """Its line on a list."""
        if self.sort == UNIT:
            return AwardRow(given.award, given.place, "", given.score, self.unit)
        return AwardRow(given.award, given.place, "", 0, self.unit, self.line)


class Placed(NamedTuple):
    """A nominee in its order: numbers by step, points by part (None: nobody has given any), the score in ten-thousandths (0 for
    people, who have none).
    """

    nominee: Nominee
    place: int
    score: int
    numbers: tuple[int, ...]
    points: Mapping[str, Fraction | None]

    @property
    def lacks(self) -> tuple[str, ...]:
        """The parts that nobody has given points for; they count as none."""
        return tuple(part for part, points in self.points.items() if points is None)


@dataclass(frozen=True, slots=True)
class Named:
    """Awards of one sort given: everyone in order, who got what, and the awards as they were asked."""

    placed: tuple[Placed, ...]
    filled: Filled
    awards: tuple[Award, ...]

    @property
    def rows(self) -> tuple[tuple[Given, Placed], ...]:
        """Each award with who got it."""
        by_line = {each.nominee.line: each for each in self.placed}
        return tuple((given._replace(score=by_line[given.entry].score), by_line[given.entry]) for given in self.filled.rows)


def in_order(nominees: Iterable[Nominee], weights: Sequence[tuple[str, int]], lost: Collection[str] = ()) -> tuple[Placed, ...]:
    """Nominees best first, equals by id and on one place. `weights`: of units; () for people, who are only counted."""
    some = list(nominees)
    most = max((each.numbers(lost)[0] for each in some), default=0)
    weighed, found = sum(weight for _, weight in weights), []
    for each in some:
        points = {part: _points(each, part, most, lost) for part, _ in weights}
        whole = sum((weight * (points[part] or 0) for part, weight in weights), Fraction(0))
        found.append(Placed(each, 0, round(whole * 100 / weighed) if weighed else 0, each.numbers(lost), points))
    key = _by_score if weights else _by_numbers
    found.sort(key=lambda each: (tuple(-number for number in key(each)), each.nominee.line))
    places: list[Placed] = []
    for at, one in enumerate(found, 1):
        is_level = bool(places) and key(places[-1]) == key(one)
        places.append(one._replace(place=places[-1].place if is_level else at))
    return tuple(places)


def name_awards(
    awards: Sequence[Award], nominees: Iterable[Nominee], weights: Sequence[tuple[str, int]],
    notes: Mapping[tuple[str, str], str], *,
    lost: Collection[str] = (), struck: Collection[str] = (), vacant: Sequence[str] = (),
) -> Named:  # fmt: skip
    """Give the awards of one sort: by notes first, then by order. Equals at the last slot get nothing until a note says who does.

    Whoever has no work left is not given one by order. `vacant`: an award for each slot that stays empty; `struck`: whose award was
    taken back.
    """
    placed = in_order(nominees, weights, lost)
    noted = {line for _, line in notes}
    ranked = [Ranked(each.nominee.line, each.place, -each.place, 0) for each in placed
              if each.nominee.line not in struck and (each.numbers[0] or each.nominee.line in noted)]  # fmt: skip
    asked = tuple(
        each if each.slots is None else each._replace(slots=max(0, each.slots - vacant.count(each.name))) for each in awards
    )
    return Named(placed, fill(asked, ranked, notes, Terms("none_beyond")), asked)


def points_words(placed: Placed) -> str:
    """The points of each part, for people: 数量 40、质量 90、组织 80."""
    return "、".join(f"{part} {'—' if points is None else _number(points)}" for part, points in placed.points.items())


def _number(points: Fraction) -> str:
    """Hundredths as a number of at most two places."""
    return f"{round(points) / 100:.2f}".rstrip("0").rstrip(".")


def _points(nominee: Nominee, part: str, most: int, lost: Collection[str]) -> Fraction | None:
    if part == NUMBER:
        return Fraction(FULL * nominee.numbers(lost)[0], most) if most else Fraction(0)
    if part in nominee.said:
        return Fraction(nominee.said[part])
    if part == QUALITY:
        kept = [steps for entry, steps in nominee.works if entry not in lost]
        return Fraction(FULL * sum(len(steps) > 1 for steps in kept), len(kept)) if kept else Fraction(0)
    return None


def _by_score(each: Placed) -> tuple[int, ...]:
    return (each.score,)


def _by_numbers(each: Placed) -> tuple[int, ...]:
    return tuple(reversed(each.numbers))
