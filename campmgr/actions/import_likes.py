"""Like counts from a file: the work by link, number, or title and author; a new work is registered with its author (F-14, F-24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from campmgr.actions.importing import UNCHANGED, Plan, RowProblem, Seen, changes
from campmgr.actions.people import Registration, register_drafts
from campmgr.actions.works import Reading, Work, reading_draft, work_draft, work_id
from campmgr.clock import local_day, parse_instant
from campmgr.ids import random_id
from campmgr.ledger.envelope import Draft, Stream
from campmgr.ledger.scopes import people_scope
from campmgr.projections import world as worlds
from campmgr.projections.trust import WITHOUT_END
from campmgr.queries.finding import Person, mistyped, people_by_name, people_by_number, units_by_name
from campmgr.rules.terms import OUTSIDE
from campmgr.store.door import Writer
from campmgr.store.identity import WRITER


@dataclass(frozen=True, slots=True)
class LikesRow:
    """A row of likes: the work, who made it, and the count."""

    work: Work
    author: str
    number: str
    unit: str
    reading: Reading


class _Known(NamedTuple):
    work: str
    person: str
    home: str
    title: str
    author: str
    number: str


_KNOWN = "select w.work, w.person, p.home, w.title, p.name, w.number from works w left join people p on p.person = w.person where "
_BY_ID = _KNOWN + "w.work in (:keys)"
_BY_NUMBER = _KNOWN + "w.number in (:keys) and w.number <> ''"
_BY_TITLE = _KNOWN + "w.title in (:keys)"


class LikesPlanner:
    """Plans likes rows."""

    folds_each_run = True

    def __init__(self, w: Writer, batch: str, actor: str, unit: str = "") -> None:
        self._w = w
        self._batch = batch
        self._actor = actor
        self._unit = unit
        self._world = worlds.load(w)
        self._writer = w.meta(WRITER)
        self._names = units_by_name(self._world)
        self._seen = Seen()
        self._by_number: dict[str, list[Person]] = {}
        self._by_name: dict[str, list[Person]] = {}
        self._works: dict[str, _Known] = {}
        self._titles: dict[str, list[_Known]] = {}
        self._readings: dict[tuple[str, str], tuple[str, int, int | None]] = {}
        self._granted: dict[str, bool] = {}

    def prepare(self, rows: Sequence[LikesRow]) -> None:
        """Look up works, readings at these times, and authors."""
        ids = {self._id(row.work) for row in rows if row.work.link or row.work.number}
        self._works = {known.work: known for known in self._known(_BY_ID, ids)}
        numbers = {row.work.number for row in rows if row.work.number}
        self._works |= {self._id(Work("", number=known.number)): known for known in self._known(_BY_NUMBER, numbers)}
        untitled = {row.work.title for row in rows if not row.work.link and not row.work.number}
        self._titles = {}
        for known in self._known(_BY_TITLE, untitled):
            self._titles.setdefault(known.title, []).append(known)
        held = {known.work for known in self._works.values()} | {k.work for some in self._titles.values() for k in some}
        self._readings = {
            (work, read_at): (fact, likes, plays)
            for work, read_at, fact, likes, plays in self._w.among(
                "select work, read_at, fact, likes, plays from readings where work in (:keys)", held
            )
        }
        self._by_number = people_by_number(self._w, {row.number for row in rows if row.number})
        self._by_name = people_by_name(self._w, {row.author for row in rows if row.author and not row.number})

    def _id(self, work: Work) -> str:
        return work_id(self._world.campaign, work)

    def _known(self, sql: str, keys: set[str]) -> list[_Known]:
        return [_Known(*(value or "" for value in row)) for row in self._w.among(sql, keys)]

    def plan(self, number: int, row: LikesRow) -> Plan:
        """The plan for one count."""
        known, drafts = self._work(row)
        if (first := self._seen.first(known.work, number)) is not None:
            raise RowProblem("link", row.work.link or row.work.number or row.work.title, "repeated_row",
                             f"同一作品与第 {first} 行重复；一个文件里一件作品只能有一个点赞数。")  # fmt: skip
        self._remember(row.work, known)
        reading, key = row.reading, (known.work, row.reading.read_at)
        standing = self._readings.get(key)
        if standing and standing[1:] == (reading.likes, reading.plays):
            return UNCHANGED
        replaces = standing[0] if standing else None
        drafts.append(reading_draft(people_scope(known.home), known.work, reading, replaces, self._batch, self._actor))
        was = changes(("likes", standing[1], reading.likes), ("plays", standing[2], reading.plays)) if standing else ()
        return Plan("changed" if standing else "new", tuple(drafts), was)

    def about(self, row: LikesRow) -> str:
        """The work by title, number or link, and its author."""
        return " ".join(filter(None, (row.work.title or row.work.number or row.work.link, row.author)))

    def _remember(self, work: Work, known: _Known) -> None:
        """Rows further down that mean this work, by link or by number, find it; nobody is registered for them."""
        for each in (Work("", link=work.link), Work("", number=work.number)):
            if each.link or each.number:
                self._works.setdefault(self._id(each), known)

    def _work(self, row: LikesRow) -> tuple[_Known, list[Draft]]:
        """The work a row means, and what registers it when it is new."""
        known = self._works.get(self._id(row.work)) if row.work.link or row.work.number else None
        if known is None and row.work.number and row.work.link:
            known = self._works.get(self._id(Work("", number=row.work.number)))
        if known is None and not row.work.link and not row.work.number:
            same = [each for each in self._titles.get(row.work.title, []) if each.author == row.author]
            known = same[0] if len(same) == 1 else None
            if known is None:
                raise RowProblem("link", row.work.title, "unknown_work", "没有作品链接或作品编号，也没有同题同作者的作品。")
        if known is not None:
            self._check_right(known.home, row)
            return known, []
        author, drafts = self._author(row)
        day = local_day(parse_instant(row.reading.read_at))
        work = self._id(row.work)
        drafts.append(work_draft(self._world.campaign, row.work, author.person, author.home, day, self._batch, self._actor))
        return _Known(work, author.person, author.home, row.work.title, row.author, row.work.number), drafts

    def _author(self, row: LikesRow) -> tuple[Person, list[Draft]]:
        """The author: by 编号, else by name in the unit, else someone from outside, at home in their unit or 省直."""
        if row.number:
            found = self._by_number.get(row.number, [])
            if len(found) != 1:
                self._no_author(row, found)
            self._check_right(found[0].home, row)
            return found[0], []
        home = self._home(row)
        same = [each for each in self._by_name.get(row.author, []) if each.home == home]
        if len(same) > 1:
            raise RowProblem("author", row.author, "ambiguous_person", f"本单位有 {len(same)} 个“{row.author}”，请填参与者编号。")
        self._check_right(home, row)
        if same:
            return same[0], []
        if not row.author:
            raise RowProblem("author", "", "missing_value", "新作品要有作者姓名或参与者编号。")
        who = Registration(home, row.author, kind=OUTSIDE)
        person = Person(random_id(), home, OUTSIDE, "", row.author)
        self._by_name.setdefault(row.author, []).append(person)
        return person, register_drafts(person.person, who, self._batch, self._actor)

    def _no_author(self, row: LikesRow, found: list[Person]) -> None:
        if found:
            raise RowProblem(
                "number", row.number, "ambiguous_person", f"编号“{row.number}”对应 {len(found)} 人，请改用 16 位编码。"
            )
        if mistyped(row.number):
            raise RowProblem("number", row.number, "bad_check_digits", f"编码“{row.number}”的校验位不对，可能输错了。")
        raise RowProblem("number", row.number, "unknown_person", f"没有找到编号为“{row.number}”的参与者。")

    def _home(self, row: LikesRow) -> str:
        text = row.unit or self._unit
        if not text:
            direct = self._world.rules.roll_up.direct_unit
            return direct if direct in self._world.tree.units else self._world.root_unit
        named = self._names.get(text, [])
        unit = self._world.tree.units.get(text) or (named[0] if len(named) == 1 else None)
        if unit is None:
            raise RowProblem("unit", text, "unknown_unit", f"没有代码或名称为“{text}”的单位。")
        if not unit.participating:
            raise RowProblem("unit", text, "not_participating", f"{unit.name} 不参加本次活动。")
        return unit.unit

    def _check_right(self, home: str, row: LikesRow) -> None:
        if home not in self._granted:
            self._granted[home] = self._world.trust.limit(Stream(people_scope(home), self._writer), home).seq == WITHOUT_END
        if not self._granted[home]:
            raise RowProblem("unit", row.unit or home, "not_granted", f"这份数据文件没有单位 {home} 的授权。")
