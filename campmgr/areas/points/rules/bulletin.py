"""What a frozen bulletin says, in ids and numbers: its digest, its amendments, and where it differs from another making."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from campmgr.ids import canonical, sha256


class BulletinRow(NamedTuple):
    """A row as frozen: the unit's id, reports, articles, five classes and points, place, grade (None for none), bonus in tenths."""

    unit: str
    figures: tuple[int, ...]
    place: int
    grade: int | None
    bonus: int

    @classmethod
    def read(cls, raw: Sequence[Any]) -> BulletinRow:
        """A row out of a fact's body."""
        unit, figures, place, grade, bonus = raw
        return cls(str(unit), tuple(int(each) for each in figures), int(place), None if grade is None else int(grade), int(bonus))

    def told(self) -> list[Any]:
        """As a fact's body holds it."""
        return [self.unit, list(self.figures), self.place, self.grade, self.bonus]


class BulletinChange(NamedTuple):
    """A row of an amendment: before and after; None for a row that comes in or goes."""

    before: BulletinRow | None
    after: BulletinRow | None

    @classmethod
    def read(cls, raw: Sequence[Any]) -> BulletinChange:
        """A change out of a fact's body, where "no row" is the empty list."""
        return cls(*(BulletinRow.read(each) if each else None for each in raw))

    def told(self) -> list[list[Any]]:
        """As a fact's body holds it."""
        return [each.told() if each else [] for each in self]


class Step(NamedTuple):
    """An amendment as far as its digest goes."""

    amendment: int
    changes: tuple[BulletinChange, ...]
    reason: str
    digest: str


@dataclass(frozen=True, slots=True)
class Unrolled:
    """A bulletin after its amendments: its rows, its digest, and whether every digest follows from what stands before it."""

    rows: tuple[BulletinRow, ...]
    digest: str
    whole: bool


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over everything a bulletin says but the digest itself."""
    return sha256(canonical({key: value for key, value in content.items() if key != "digest"}))


def amendment_digest(number: int, amendment: int, previous: str, changes: Iterable[BulletinChange], reason: str) -> str:
    """SHA-256 that ties an amendment to what it amends."""
    return sha256(canonical([number, amendment, previous, [each.told() for each in changes], reason]))


def changes_between(before: Iterable[BulletinRow], after: Iterable[BulletinRow]) -> tuple[BulletinChange, ...]:
    """What makes one bulletin into another, by units, in the order of the later one."""
    old, new = {row.unit: row for row in before}, {row.unit: row for row in after}
    units = dict.fromkeys([*new, *old])
    return tuple(BulletinChange(old.get(unit), new.get(unit)) for unit in units if old.get(unit) != new.get(unit))


def amended(rows: Iterable[BulletinRow], changes: Iterable[BulletinChange]) -> tuple[BulletinRow, ...]:
    """The rows after an amendment, each where it stood; those that come in stand last."""
    by_unit = {row.unit: row for row in rows}
    for change in changes:
        if change.after:
            by_unit[change.after.unit] = change.after
        elif change.before:
            by_unit.pop(change.before.unit, None)
    return tuple(by_unit.values())


def unroll(content: Mapping[str, Any], steps: Iterable[Step]) -> Unrolled:
    """Apply amendments in order."""
    rows, digest = tuple(map(BulletinRow.read, content["rows"])), str(content["digest"])
    whole = digest_of(content) == digest
    for place, step in enumerate(steps, 1):
        fits = amendment_digest(int(content["number"]), step.amendment, digest, step.changes, step.reason) == step.digest
        whole = whole and fits and step.amendment == place
        rows, digest = amended(rows, step.changes), step.digest
    return Unrolled(rows, digest, whole)
