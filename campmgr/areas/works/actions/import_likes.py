"""Like counts from a file: the work by link, number, or title and author; a new work is registered with its author (F-14, F-24)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.actions.people import Registration, joined_draft, register_drafts
from campmgr.areas.people.queries.finding import Person, mistyped, people_by_name, people_by_number, told_apart
from campmgr.areas.units.queries.report_lines import direct_unit
from campmgr.areas.units.settings import OUTSIDE
from campmgr.areas.works.actions.works import Reading, reading_draft, work_draft
from campmgr.areas.works.local import SaidRow, WaitingRow, keep_waiting
from campmgr.areas.works.queries.readings import readings_before, readings_between
from campmgr.areas.works.queries.work_matching import KnownWork, KnownWorks
from campmgr.areas.works.rules.work import Work, row_key, work_id
from campmgr.clock import day_of
from campmgr.facts import world as worlds
from campmgr.facts.importing import UNCHANGED, RowPlan, RowProblem, SeenRows, changes, named_unit, row_words
from campmgr.facts.streaming import TOGETHER, StreamPlanner
from campmgr.ids import born_in, random_id
from campmgr.ledger.envelope import Draft
from campmgr.settings.terms import fold
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER
from campmgr.wording import name_key


class LikesRow(NamedTuple):
    """A row of likes: the work, who made it, and the count."""

    work: Work
    author: str
    number: str
    unit: str
    reading: Reading


NEW_WORK, NEW_AUTHOR = "件作品", "位不在名单里的作者"
"""What a row may bring beside its count, as it is counted."""

WAIT = frozenset({"unknown_work", "ambiguous_person", "unknown_person", "missing_value"})
"""Why a row waits for somebody to say which work it means, beside being listed as rejected."""


class LikesPlanner(StreamPlanner[LikesRow]):
    """Plans likes rows."""

    together = TOGETHER

    def __init__(self, batch: str, actor: str, unit: str = "") -> None:
        self._batch = batch
        self._actor = actor
        self._unit = unit
        self._seen = SeenRows()

    def prepare(self, r: Reader, rows: Sequence[LikesRow]) -> None:
        """Look up works, readings at these times, and authors."""
        self._world, self._writer = worlds.load(r), r.meta(WRITER)
        self._works = KnownWorks(r, self._world.campaign)
        self._granted: dict[str, bool] = {}
        self._waiting: list[WaitingRow] = []
        self._works.look_up([row.work for row in rows], (_key(row) for row in rows if not row.work.link and not row.work.number))
        self._by_number = people_by_number(r, {row.number for row in rows if row.number})
        self._by_name = people_by_name(r, {row.author for row in rows if row.author and not row.number})
        unknown = [row for row in rows if row.work.title and self._find(row) is None]
        self._works.look_up_authors(person.person for row in unknown for person in self._meant(row))
        times = [row.reading.read_at for row in rows]
        self._before = readings_before(r, self._works.found, min(times, default=""))
        self._readings = readings_between(r, self._works.found, min(times, default=""), max(times, default=""))

    def subject_of(self, row: LikesRow) -> str:
        """Rows of one unit are said one after another: so a run touches the streams and tables of few."""
        return row.unit

    def plan(self, number: int, row: LikesRow) -> RowPlan:
        """The plan for one count; a row that fits no work, or several, waits for somebody to say which it means."""
        for each in _called(row):
            self._check_first(self._seen.said(each), number, row)
        try:
            known, drafts = self._work(row)
        except RowProblem as problem:
            if problem.reason in WAIT:
                self._wait(number, row, problem)
            raise
        self._check_first(self._seen.first(known.work, number), number, row)
        for each in (*_called(row), *_titled(row)):
            self._seen.first(each, number)
        self._works.remember(row.work, known)
        reading, key = row.reading, (known.work, row.reading.read_at)
        standing = self._readings.get(key)
        if standing and standing[1:] == (reading.likes, reading.plays, reading.at_least):
            return UNCHANGED
        replaces = standing[0] if standing else ""
        drafts.append(reading_draft(known.home, known.work, reading, replaces, self._batch, self._actor))
        before = standing[1:3] if standing else self._before.get(known.work)
        told = [("likes", before[0], reading.likes), ("plays", before[1], reading.plays)] if before else []
        was = changes(*(each for each in told if each[2] is not None))
        fell = before is not None and (reading.likes < before[0] or _fell(before[1], reading.plays))
        return RowPlan("changed" if standing else "new", tuple(drafts), was, fell, self._brings(number, row, known, drafts))

    def _brings(self, number: int, row: LikesRow, known: KnownWork, drafts: Sequence[Draft]) -> tuple[str, ...]:
        """The work a row registers, and its author, told with the first of their works."""
        kinds = {draft.kind for draft in drafts}
        if "work_registered" not in kinds:
            return ()
        author = ("author", known.home, name_key(row.author))
        is_new = "person_registered" in kinds and self._seen.first(author, number) in {None, number}
        return (NEW_WORK, NEW_AUTHOR) if is_new else (NEW_WORK,)

    def _check_first(self, said_in: int | None, number: int, row: LikesRow) -> None:
        """Whether no row before this one has told its work. Raises RowProblem."""
        if said_in is not None and said_in != number:
            raise RowProblem("link", row.work.link or row.work.number or row.work.title, "repeated_row",
                             f"同一作品与{row_words(said_in)}重复；一个文件里一件作品只能有一个点赞数。")  # fmt: skip

    def about(self, row: LikesRow) -> str:
        """The work by title, and its author; a row that says a number or link alone is told with both of the work it means."""
        if row.work.title:
            return " ".join(filter(None, (row.work.title, row.author)))
        known = self._find(row)
        title, author = (known.title, known.author) if known else ("", "")
        return " ".join(filter(None, (row.work.number or row.work.link, title, row.author or author)))

    def _meant(self, row: LikesRow) -> list[Person]:
        """Whom a row may mean by its author: by 编号 where one is told, else everyone of that name."""
        return self._by_number.get(row.number, []) if row.number else self._by_name.get(name_key(row.author), [])

    def _work(self, row: LikesRow) -> tuple[KnownWork, list[Draft]]:
        """The work a row means, and what registers it when it is new."""
        known = self._find(row) or self._titled(row)
        if known is not None:
            self._check_right(known.home, row)
            return known, []
        if not row.work.link and not row.work.number:
            raise RowProblem("link", row.work.title, "unknown_work", "没有作品链接或作品编号，也没有同题同作者的作品。")
        author, drafts = self._author(row)
        day = day_of(row.reading.read_at)
        work = work_id(self._world.campaign, row.work)
        drafts.append(work_draft(self._world.campaign, row.work, author.person, author.home, day, self._batch, self._actor))
        return KnownWork(work, author.person, author.home, row.work.title, row.author, row.work.number, row.work.link), drafts

    def _find(self, row: LikesRow) -> KnownWork | None:
        return self._works.find(row.work, _key(row) if self._works.any_matched else "")

    def _titled(self, row: LikesRow) -> KnownWork | None:
        """The one work of this author with this title, within the unit told where there is one."""
        same = self._works.titled(row.work, self._meant(row))
        if len(same) > 1 and row.unit:
            home = self._home(row)
            same = [known for known in same if known.home == home]
        if len(same) > 1 and not row.work.link and not row.work.number:
            raise RowProblem("link", row.work.title, "unknown_work", f"同题同作者的作品有 {len(same)} 件，请填作品链接或编号。")
        return same[0] if len(same) == 1 else None

    def _wait(self, number: int, row: LikesRow, problem: RowProblem) -> None:
        work, reading = row.work, row.reading
        said = SaidRow(work.link, work.number, work.title, row.author, row.number, row.unit or self._unit, work.account,
                       work.published_on, reading.likes, reading.plays, reading.rounded, reading.at_least)  # fmt: skip
        waiting = WaitingRow(_key(row), reading.read_at, self._batch, number, said, problem.reason, problem.sentence)
        self._waiting.append(waiting)

    def leave(self, w: Writer) -> bool:
        """The rows that wait for somebody to say which work they mean."""
        keep_waiting(w, self._waiting)
        return bool(self._waiting)

    def _author(self, row: LikesRow) -> tuple[Person, list[Draft]]:
        """The author: by 编号, else by name in the unit, else someone from outside, at home in their unit or 省直."""
        if row.number:
            found = self._by_number.get(row.number, [])
            if len(found) != 1:
                self._no_author(row, found)
            self._check_right(found[0].home, row)
            return found[0], self._joins(found[0])
        home = self._home(row)
        same = [each for each in self._by_name.get(name_key(row.author), []) if each.home == home]
        if len(same) > 1:
            apart = told_apart(self._world, same)
            raise RowProblem("author", row.author, "ambiguous_person",
                             f"本单位有 {len(same)} 个“{row.author}”（{apart}），请填参与者编号。")  # fmt: skip
        self._check_right(home, row)
        if same:
            return same[0], self._joins(same[0])
        if not row.author:
            raise RowProblem("author", "", "missing_value", "新作品要有作者姓名或参与者编号。")
        who = Registration(home, row.author, kind=OUTSIDE)
        person = Person(born_in(home, random_id()), home, OUTSIDE, "", row.author)
        self._by_name.setdefault(name_key(row.author), []).append(person)
        return person, register_drafts(person.person, who, self._batch, self._actor)

    def _joins(self, author: Person) -> list[Draft]:
        """Whoever hands in a work in a later camp is part of it."""
        activity = self._world.activity
        return [joined_draft(author.home, author.person, activity, self._batch, self._actor)] if author.is_absent else []

    def _no_author(self, row: LikesRow, found: list[Person]) -> None:
        if found:
            raise RowProblem(
                "number",
                row.number,
                "ambiguous_person",
                f"编号“{row.number}”对应 {len(found)} 人（{told_apart(self._world, found)}），请改用 16 位编码。",
            )
        if mistyped(row.number):
            raise RowProblem("number", row.number, "bad_check_digits", f"编码“{row.number}”的校验位不对，可能输错了。")
        raise RowProblem("number", row.number, "unknown_person", f"没有找到编号为“{row.number}”的参与者。")

    def _home(self, row: LikesRow) -> str:
        text = row.unit or self._unit
        if not text:
            return direct_unit(self._world)
        unit = named_unit(self._world, text)
        if not unit.admits:
            raise RowProblem("unit", text, "not_participating", f"{unit.name} {unit.why_closed}。")
        return unit.unit

    def _check_right(self, home: str, row: LikesRow) -> None:
        if home not in self._granted:
            self._granted[home] = self._world.trust.covers_people(self._writer, home)
        if not self._granted[home]:
            raise RowProblem("unit", row.unit, "not_granted", f"这份数据文件没有 {unit_name(self._world, home)} 的授权。")


def _called(row: LikesRow) -> list[tuple[str, ...]]:
    """What a row calls its work by, beside its link: as a file's other rows may, be it only tried or come in by now."""
    if row.work.number:
        return [("number", row.work.number)]
    return [] if row.work.link else _titled(row)


def _titled(row: LikesRow) -> list[tuple[str, ...]]:
    title = fold(row.work.title)
    return [("title", title, row.number or name_key(row.author), row.unit)] if title else []


def _fell(before: int | None, now: int | None) -> bool:
    return before is not None and now is not None and now < before


def _key(row: LikesRow) -> str:
    return row_key(row.work.link, row.work.number, row.work.title, row.author or row.number, row.unit)
