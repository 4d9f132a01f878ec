"""What a frozen list says, in ids and numbers: its digest, its amendments, and where it differs from another making (F-24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from campmgr.ids import canonical, sha256

_FIRST_FORM = frozenset(("number", "at", "rules", "rule_text", "rows"))
"""What every list has said from the beginning; whatever was added later counts in a digest only where it is not empty."""


class ListRow(NamedTuple):
    """A line as frozen: place, person, work, likes, and the unit that was the person's home then."""

    place: int
    person: str
    work: str
    likes: int
    home: str

    @classmethod
    def read(cls, raw: Sequence[Any]) -> ListRow:
        """A line out of a fact's body."""
        return cls(int(raw[0]), str(raw[1]), str(raw[2]), int(raw[3]), str(raw[4]))


class ListChange(NamedTuple):
    """One line of an amendment: `before` is None for a line that comes in, `after` for one that goes."""

    before: ListRow | None
    after: ListRow | None

    @classmethod
    def read(cls, raw: Sequence[Any]) -> ListChange:
        """A change out of a fact's body, where "no line" is the empty list."""
        return cls(*(ListRow.read(each) if each else None for each in raw))

    def told(self) -> list[list[object]]:
        """As a fact's body holds it."""
        return [list(each) if each else [] for each in self]


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over everything a list says but the digest itself. Lists of the first form keep the digest they had."""
    said = {key: value for key, value in content.items() if key != "digest" and (key in _FIRST_FORM or value)}
    return sha256(canonical(said))


def amendment_digest(number: int, amendment: int, previous: str, changes: Sequence[ListChange], strike: str, reason: str) -> str:
    """SHA-256 that ties an amendment to what it amends: `previous` is the digest of the list, or of the amendment before."""
    told = [each.told() for each in changes]
    said = {"number": number, "amendment": amendment, "previous": previous, "changes": told, "strike": strike, "reason": reason}
    return sha256(canonical(said))


def in_order(rows: Iterable[ListRow]) -> tuple[ListRow, ...]:
    """Lines in the order of a list: by place; equals by person, then work."""
    return tuple(sorted(rows, key=lambda row: (row.place, row.person, row.work)))


def changes_between(before: Iterable[ListRow], after: Iterable[ListRow]) -> tuple[ListChange, ...]:
    """What makes one list into another, by works, from the top."""
    old, new = {row.work: row for row in before}, {row.work: row for row in after}
    changes = [ListChange(old.get(work), new.get(work)) for work in old.keys() | new.keys() if old.get(work) != new.get(work)]
    return tuple(sorted(changes, key=_from_the_top))


def _from_the_top(change: ListChange) -> tuple[int, bool, str]:
    """Places in order; at one place the line that goes before the one that comes."""
    return (min(row.place for row in change if row), change.after is not None, next(row.work for row in change if row))


def amended(rows: Iterable[ListRow], changes: Iterable[ListChange]) -> tuple[ListRow, ...]:
    """The list after an amendment. `amended(a, changes_between(a, b))` is b."""
    by_work = {row.work: row for row in rows}
    for change in changes:
        if change.before:
            by_work.pop(change.before.work, None)
        if change.after:
            by_work[change.after.work] = change.after
    return in_order(by_work.values())


@dataclass(frozen=True, slots=True)
class AmendmentStep:
    """An amendment as far as its digest goes. `strike`: the work whose line alone went, "" where the list was made again."""

    amendment: int
    changes: tuple[ListChange, ...]
    strike: str
    reason: str
    digest: str

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> AmendmentStep:
        """A step out of a fact's body."""
        return cls(body["amendment"], tuple(map(ListChange.read, body["changes"])), body["strike"], body["reason"], body["digest"])


@dataclass(frozen=True, slots=True)
class Unrolled:
    """A list after all its amendments: its lines, its digest, the lines struck out by hand, and whether every digest fits."""

    rows: tuple[ListRow, ...]
    digest: str
    struck: frozenset[str]
    whole: bool


def unroll(content: Mapping[str, Any], steps: Iterable[AmendmentStep]) -> Unrolled:
    """Apply amendments in order. One whose number or digest does not follow from what stands before it makes the list not whole."""
    rows = tuple(ListRow.read(each) for each in content["rows"])
    number, digest, struck = int(content["number"]), str(content["digest"]), set[str]()
    whole = digest_of(content) == digest
    for place, step in enumerate(steps, 1):
        fits = amendment_digest(number, step.amendment, digest, step.changes, step.strike, step.reason) == step.digest
        whole = whole and fits and step.amendment == place
        rows, digest = amended(rows, step.changes), step.digest
        struck -= {each.after.work for each in step.changes if each.after}
        struck |= {step.strike} - {""}
    return Unrolled(rows, digest, frozenset(struck), whole)
