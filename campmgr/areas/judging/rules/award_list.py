"""What a frozen award list says, in ids and numbers: its digest, its amendments, and where it differs from another making."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from campmgr.ids import canonical, sha256

STRIKE, REFILL = "strike", "refill"
"""What becomes of the slot of an award that was taken back: 空缺 or 补位."""


class AwardRow(NamedTuple):
    """A line as frozen: award, place in the round, entry ("" where a unit, person or team has it), score in ten-thousandths, unit.

    `holder`: the person or team that has it; "" for a work and a unit, of which a body holds five fields.
    """

    award: str
    place: int
    entry: str
    score: int
    unit: str
    holder: str = ""

    @classmethod
    def read(cls, raw: Sequence[Any]) -> AwardRow:
        """A line out of a fact's body."""
        award, place, entry, score, unit, *holder = raw
        return cls(str(award), int(place), str(entry), int(score), str(unit), *map(str, holder))

    @property
    def line(self) -> str:
        """Whose the award is: what tasks hang on."""
        return self.entry or self.holder or self.unit

    @property
    def beside(self) -> str:
        """The unit that stands beside whose it is; "" for a unit's own award."""
        return self.unit if self.entry or self.holder else ""

    def told(self) -> list[Any]:
        """As a fact's body holds it."""
        return list(self) if self.holder else list(self[:-1])


class AwardChange(NamedTuple):
    """A line of an amendment: before and after; None for one that comes in or goes."""

    before: AwardRow | None
    after: AwardRow | None

    @classmethod
    def read(cls, raw: Sequence[Any]) -> AwardChange:
        """A change out of a fact's body, where "no line" is the empty list."""
        return cls(*(AwardRow.read(each) if each else None for each in raw))

    def told(self) -> list[list[Any]]:
        """As a fact's body holds it."""
        return [each.told() if each else [] for each in self]


class AwardStep(NamedTuple):
    """An amendment as far as its digest goes. `strike`: whose award was taken back; `refill`: what became of the slot; `lost`:
    works that since it count no more for who made or sent them.
    """

    amendment: int
    changes: tuple[AwardChange, ...]
    strike: str
    refill: str
    reason: str
    digest: str
    lost: tuple[str, ...] = ()

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> AwardStep:
        """A step out of a fact's body."""
        changes, lost = tuple(map(AwardChange.read, body["changes"])), tuple(map(str, body["lost"]))
        return cls(int(body["amendment"]), changes, body["strike"], body["refill"], body["reason"], body["digest"], lost)


@dataclass(frozen=True, slots=True)
class UnrolledAwards:
    """A list after its amendments: its rows, its digest, whose awards were taken back, whether every digest follows from the last.

    `vacant`: the lines that went and left their slots empty; `awards`: all there are, in the order of the list.
    """

    rows: tuple[AwardRow, ...]
    digest: str
    struck: tuple[str, ...]
    vacant: tuple[AwardRow, ...]
    whole: bool
    awards: tuple[str, ...]

    @property
    def slots(self) -> tuple[tuple[AwardRow, bool], ...]:
        """Every slot as the list shows it, award by award, by place: its row, and whether it stands empty now."""
        every = [*((row, False) for row in self.rows), *((row, True) for row in self.vacant)]
        return tuple(sorted(every, key=lambda each: (self.awards.index(each[0].award), each[0].place, each[0].line)))


def quoted(title: str) -> str:
    """A work's title in a sentence, 《晨曦》; one that has such marks itself stays as it is."""
    return title if "《" in title else f"《{title}》"


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over everything a list says but the digest itself; nominees only where there are any: earlier lists have none."""
    told = {key: value for key, value in content.items() if key != "digest" and (key != "nominees" or value)}
    return sha256(canonical(told))


def amendment_digest(number: int, previous: str, step: AwardStep) -> str:
    """SHA-256 that ties an amendment to what it amends; the step's own digest is not looked at."""
    told = [each.told() for each in step.changes]
    lost = [list(step.lost)] if step.lost else []
    return sha256(canonical([number, step.amendment, previous, told, step.strike, step.refill, step.reason, *lost]))


def changes_between(before: Iterable[AwardRow], after: Iterable[AwardRow]) -> tuple[AwardChange, ...]:
    """What makes one list into another, award by award in the order of the earlier list, then the later."""
    old, new = _by_slot(before), _by_slot(after)
    return tuple(AwardChange(old.get(key), new.get(key)) for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key))


def amended(rows: Iterable[AwardRow], changes: Iterable[AwardChange], awards: Iterable[str] = ()) -> tuple[AwardRow, ...]:
    """The list after an amendment, by awards (those named here first, in their order), within an award by place."""
    left = list(rows)
    order = list(dict.fromkeys([*awards, *(each.award for each in left)]))
    for change in changes:
        if change.before in left:
            left.remove(change.before)
        if change.after:
            left.append(change.after)
    order += [each.award for each in left if each.award not in order]
    return tuple(sorted(left, key=lambda each: (order.index(each.award), each.place, each.line)))


def unroll(content: Mapping[str, Any], steps: Iterable[AwardStep]) -> UnrolledAwards:
    """Apply amendments in order. One that does not follow from what stands before it makes the list not whole."""
    rows, number, digest = tuple(map(AwardRow.read, content["rows"])), int(content["number"]), str(content["digest"])
    awards = [each.award for each in rows]
    whole, struck, vacant = digest_of(content) == digest, list[str](), list[AwardRow]()
    for at, step in enumerate(steps, 1):
        whole = whole and step.amendment == at and amendment_digest(number, digest, step) == step.digest
        if step.strike:
            struck.append(step.strike)
        if step.refill == STRIKE:
            vacant += [each for each in rows if each.line == step.strike]
        rows, digest = amended(rows, step.changes, awards), step.digest
    order = tuple(dict.fromkeys([*awards, *(each.award for each in rows)]))
    return UnrolledAwards(rows, digest, tuple(struck), tuple(vacant), whole, order)


def _by_slot(rows: Iterable[AwardRow]) -> dict[tuple[str, str], AwardRow]:
    return {(each.award, each.line): each for each in rows}
