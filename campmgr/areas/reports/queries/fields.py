"""Fields of life (F-15): the lessons of each, how many learn in it, its works and by how many people, within an account's scope."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from campmgr.accounts.queries import Account, holds_all
from campmgr.areas.camp.settings import EVERY_FIELD, Topics
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.units.queries.kinds_below import placements_in
from campmgr.areas.units.queries.report_lines import LAST_DAY
from campmgr.facts.world import World
from campmgr.store import ledger
from campmgr.store.door import Reader, Row


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field, "" for what says none: lessons of the camp and what they can earn together (hundredths; replays apart), who learned
    in it, works that count, whose they are (each person once), their likes.
    """

    field: str
    lessons: int
    hundredths: int
    learners: int
    works: int
    authors: int
    likes: int


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of the camp in its order, then others that something stands in; the total counts each person once too."""

    rows: tuple[FieldRow, ...]
    total: FieldRow
    heads: str


_LEARNERS = "select field, sum(people) from field_learners where {placed}day <= :day group by field"
_WORKS = "select field, sum(works), sum(authors), sum(likes) from field_works where {placed}day <= :day group by field"
_PLACED = "placement in (:keys) and "


def fields(r: Reader, world: World, account: Account, as_of: str = "") -> Fields:
    """What stands in each field, today or as of a day, within an account's scope. Lessons are everybody's."""
    told: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for field, learners in _sums(r, world, account, _LEARNERS, as_of or LAST_DAY):
        told[field][0] += learners
    for field, *amounts in _sums(r, world, account, _WORKS, as_of or LAST_DAY):
        told[field][1:] = [known + more for known, more in zip(told[field][1:], amounts, strict=True)]
    whole = told.pop(EVERY_FIELD, [0, 0, 0, 0])
    lessons, earned = Counter[str](), Counter[str]()
    for each in lessons_of(world).values():
        if not each.replay_of:
            lessons[each.field] += 1
            earned[each.field] += each.hundredths
    own = world.rules[Topics].fields
    filled = {field for field, amounts in told.items() if any(amounts)}
    others = sorted((filled | lessons.keys()) - set(own), key=lambda field: (not field, field))
    rows = tuple(FieldRow(field, lessons[field], earned[field], *told[field]) for field in (*own, *others))
    return Fields(rows, FieldRow("", lessons.total(), earned.total(), *whole), ledger.heads(r))


def _sums(r: Reader, world: World, account: Account, sql: str, day: str) -> Iterator[Row]:
    if holds_all(world, account):
        yield from r.all(sql.format(placed=""), day=day)
    else:
        placements = list(placements_in(r, world, (account.unit, account.line), day))
        yield from r.among(sql.format(placed=_PLACED), placements, day=day)
