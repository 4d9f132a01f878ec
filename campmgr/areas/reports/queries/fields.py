"""Fields of life (F-15): the lessons of each, the works of each and by how many people, within an account's scope."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass

from campmgr.accounts.queries import Account, holds_all
from campmgr.areas.camp.settings import Topics
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.units.queries.report_lines import LAST_DAY
from campmgr.facts.totals import Placements
from campmgr.facts.world import World
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field, "" for what says none: lessons of the camp and what they can earn together (hundredths; replays apart), works that
    count, whose they are (each person once), their likes.
    """

    field: str
    lessons: int
    hundredths: int
    works: int
    authors: int
    likes: int


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of the camp in its order, then others that something stands in; the total counts each person once too."""

    rows: tuple[FieldRow, ...]
    total: FieldRow
    heads: str


Told = dict[str, tuple[int, int, int]]
"""Works, authors and likes of each field."""

_ALL = "select field, count(*), count(distinct person), sum(likes) from works where counts = 1 group by field"
_AUTHORS = "select count(distinct person) from works where counts = 1"
_EACH = """
    select w.field, w.person, w.likes, p.placements from works w join people p on p.person = w.person where w.counts = 1"""


def fields(r: Reader, world: World, account: Account | None = None) -> Fields:
    """What stands in each field now; of the whole camp, or within an account's scope. Lessons are everybody's."""
    whole = account is None or holds_all(world, account)
    told, authors = _whole(r) if account is None or whole else _within(r, world, account)
    lessons, earned = Counter[str](), Counter[str]()
    for each in lessons_of(world).values():
        if not each.replay_of:
            lessons[each.field] += 1
            earned[each.field] += each.hundredths
    own = world.rules[Topics].fields
    others = sorted((told.keys() | lessons.keys()) - set(own), key=lambda field: (not field, field))
    rows = tuple(FieldRow(field, lessons[field], earned[field], *told.get(field, (0, 0, 0))) for field in (*own, *others))
    total = FieldRow("", lessons.total(), earned.total(), sum(each.works for each in rows), authors,
                     sum(each.likes for each in rows))  # fmt: skip
    return Fields(rows, total, ledger.heads(r))


def _whole(r: Reader) -> tuple[Told, int]:
    return {field: (works, authors, likes) for field, works, authors, likes in r.all(_ALL)}, r.value(_AUTHORS)


def _within(r: Reader, world: World, account: Account) -> tuple[Told, int]:
    """A work counts where its author does, as in the totals."""
    placements, key = Placements(world.tree, world.root_unit), (account.unit, account.line)
    works, likes, authors = Counter[str](), Counter[str](), defaultdict[str, set[str]](set)
    for field, person, liked, text in r.each(_EACH):
        if placements.counts_in(json.loads(text)[-1][1], key, LAST_DAY):
            works[field] += 1
            likes[field] += liked
            authors[field].add(person)
    told = {field: (works[field], len(authors[field]), likes[field]) for field in works}
    return told, len(set().union(*authors.values()))
