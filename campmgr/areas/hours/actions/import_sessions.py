"""A log of coming and going becomes one mark a person and day: intervals united, clipped to the lesson, credited once.

Rows that only a nickname tells wait until somebody says who it is (`session_matching`), and so do names that fit nobody or several.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.hours.actions.import_marks import MarksPlanner, PersonMark
from campmgr.areas.hours.actions.marks import MarkRow, check_day, check_lesson, mark_draft
from campmgr.areas.hours.local import SessionSaid, keep_sessions, session_names
from campmgr.areas.hours.queries.sessions import people_by_phone
from campmgr.areas.hours.queries.standing import standing_of_people
from campmgr.areas.hours.rules.lesson import Lesson, session_of
from campmgr.areas.hours.rules.sessions import Span, clipped, gaps, minutes_by_day, span_words, united
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.clock import local_day, parse_instant
from campmgr.errors import BadInput, CampError
from campmgr.facts import world as worlds
from campmgr.facts.importing import LISTED, UNCHANGED, ReadRow, Reject, RowPlan, RowProblem, changes
from campmgr.facts.saying import may_write
from campmgr.facts.streaming import StreamPlanner
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER
from campmgr.wording import name_key

SOURCE = "platform"
_MOST_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Presence:
    """A row of a log: who, and from when to when in seconds since 1970 (`of_day`: since midnight of a day that is told elsewhere),
    or for how many seconds.
    """

    number: str
    name: str
    phone: str
    nickname: str
    unit: str
    day: str = ""
    start: int | None = None
    end: int | None = None
    of_day: bool = False
    seconds: int | None = None

    @property
    def called(self) -> str:
        """How the log calls them."""
        return self.name or self.nickname or self.number or self.phone


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A row whose person is known: the first of theirs carries all their marks, the others count as it does."""

    person: Person
    first: int
    marks: tuple[MarkRow, ...]
    called: str


def marks_of(lesson: Lesson, spans: Iterable[Span], seconds: int, day: str) -> tuple[tuple[MarkRow, ...], tuple[Span, ...]]:
    """The marks that presence comes to, one a day, and the united times inside the lesson.

    `seconds` were told without times; they are of this `day`.
    """
    there = united(clipped(spans, window_of(lesson)))
    minutes = minutes_by_day(there)
    if not minutes and seconds >= 60:
        minutes = {day: seconds // 60}
    return tuple(
        MarkRow(on, lesson=lesson.code, minutes=min(told, _MOST_MINUTES), source=SOURCE, reason=span_words(there))
        for on, told in minutes.items()
    ), there


def window_of(lesson: Lesson) -> Span | None:
    """When a lesson is on, in seconds; None where nobody said when it begins."""
    session = session_of(lesson)
    return Span(session[0] * 60, session[1] * 60) if session else None


class SessionsPlanner(StreamPlanner[SessionRow]):
    """Plans a log's rows for one lesson. `day` stands for a missing date; `unit` and `within` as for marks."""

    def __init__(
        self, batch: str, actor: str, *, lesson: str, unit: str, within: Collection[str] | None, day: str, today: str
    ) -> None:  # fmt: skip
        self._batch, self._actor, self._code, self._unit = batch, actor, lesson, unit
        self._within, self._day, self._today = within, day, today
        self._states: dict[int, RowPlan | RowProblem] = {}
        self._waiting: list[SessionSaid] = []

    def gather(self, r: Reader, rows: Iterable[ReadRow[Presence]], notes: list[Reject]) -> Iterable[ReadRow[SessionRow]]:
        """All rows of the log, each with its person's marks. Raises BadInput without a lesson, NotFound for an unknown one."""
        world = worlds.load(r)
        if not self._code:
            raise BadInput(
                "没有说是哪一节课。", reason="missing_value", hint="请选择课程。", at_console="请用 --lesson 写明课程编号。"
            )
        check_lesson(world, self._code)
        told = list(rows)
        lesson = lessons_of(world)[self._code]
        found = self._found(r, [(number, row) for number, row in told if isinstance(row, Presence)])
        gathered = _Gathered(lesson, self._day)
        for number, row in told:
            if isinstance(row, Presence):
                gathered.add(number, row, found[number])
        self._keep_for_matching(world, gathered)
        notes += gathered.notes()[: LISTED - len(notes)]
        return [(number, row if isinstance(row, list) else gathered.row(number)) for number, row in told]

    def _found(self, r: Reader, rows: Sequence[tuple[int, Presence]]) -> dict[int, Person | RowProblem]:
        """Who each row means, or why nobody can tell: by 编号, telephone, name in the unit, or a nickname somebody explained."""
        finder = MarksPlanner(self._batch, self._actor, day=self._day, today=self._today, unit=self._unit, within=self._within)
        asked = {number: PersonMark(row.number, row.name, row.unit, MarkRow("")) for number, row in rows}
        finder.prepare(r, list(asked.values()))
        phones = people_by_phone(r, {row.phone for _, row in rows if row.phone and not row.number}, self._within)
        names = session_names(r, self._unit or worlds.load(r).root_unit)
        explained = people_by_id(r, names.values())
        found: dict[int, Person | RowProblem] = {}
        for number, row in rows:
            person = explained.get(names.get(_key(row), ""))
            by_phone = phones.get(row.phone, []) if not row.number else []
            if len(by_phone) == 1:
                found[number] = by_phone[0]
            elif person is not None and not row.number:
                found[number] = person
            elif not row.number and not row.name:
                found[number] = RowProblem("nickname", row.called, "unknown_person", "只有昵称，请在“待认参会者”里指明是谁。")
            else:
                found[number] = _person_or_problem(finder, asked[number])
        return found

    def _keep_for_matching(self, world: World, gathered: _Gathered) -> None:
        """Rows that somebody can explain wait; with them what is known of the others, to be united with once it is explained."""
        unit = self._unit or world.root_unit
        if any(group.may_wait for group in gathered.groups.values()):
            known = [group for group in gathered.groups.values() if group.person or group.may_wait]
            self._waiting = [group.said(unit, self._code, self._batch) for group in known]

    def prepare(self, r: Reader, rows: Sequence[SessionRow]) -> None:
        """See what stands for these people."""
        self._r, self._world, self._writer = r, worlds.load(r), r.meta(WRITER)
        self._standing = standing_of_people(r, {row.person.person for row in rows})

    def plan(self, number: int, row: SessionRow) -> RowPlan:
        """The plan for a person at their first row; their other rows come to the same. Raises RowProblem."""
        if number == row.first:
            try:
                self._states[number] = self._person(row)
            except RowProblem as problem:
                self._states[number] = problem
        state = self._states[row.first]
        if isinstance(state, RowProblem):
            raise state
        return state if number == row.first else RowPlan(state.state)

    def about(self, row: SessionRow) -> str:
        """How the log calls them, and how many minutes on which day."""
        return " ".join([row.called, *(f"{mark.day} {mark.minutes} 分钟" for mark in row.marks)])

    def leave(self, w: Writer) -> bool:
        """What waits for somebody to say who it is."""
        keep_sessions(w, self._waiting)
        return bool(self._waiting)

    def _person(self, row: SessionRow) -> RowPlan:
        unit = row.person.home
        if not may_write(self._world, self._writer, unit):
            unit = unit_to_speak_in(self._r, self._world, row.person.person, unit)
        if not may_write(self._world, self._writer, unit):
            raise RowProblem(
                "name", row.called, "not_granted", f"这份数据文件没有 {unit_name(self._world, row.person.home)} 的授权。"
            )
        plans = [self._mark(unit, row.person.person, mark) for mark in row.marks]
        drafts = tuple(draft for plan in plans for draft in plan.drafts)
        if not drafts:
            return UNCHANGED
        state = "changed" if any(plan.state == "changed" for plan in plans) else "new"
        return RowPlan("changed" if state == "changed" else "new", drafts, tuple(each for plan in plans for each in plan.changes))

    def _mark(self, unit: str, person: str, mark: MarkRow) -> RowPlan:
        """Within one day the largest counts: a mark that says as much stands, one that says less is replaced."""
        try:
            check_day(self._world, mark.day, self._today)
        except CampError as problem:
            raise RowProblem("start", mark.day, problem.reason, problem.sentence) from problem
        standing = self._standing.get((person, *mark.key), [])
        if any(minutes is None or minutes >= (mark.minutes or 0) for _, minutes in standing):
            return UNCHANGED
        return RowPlan(
            "changed" if standing else "new",
            (session_draft(unit, person, mark, standing, self._batch, self._actor),),
            changes(("duration", standing[-1][1], mark.minutes)) if standing else (),
        )


def session_draft(
    unit: str, person: str, mark: MarkRow, standing: Sequence[tuple[str, int | None]], batch: str, actor: str
) -> Draft:  # fmt: skip
    """What records a day's presence, in place of what says less."""
    return mark_draft(unit, subject("person", person), mark, standing[-1][0] if standing else "", batch, actor)


def _person_or_problem(finder: MarksPlanner, row: PersonMark) -> Person | RowProblem:
    try:
        return finder.person_of(row)
    except RowProblem as problem:
        return problem


def _key(row: Presence) -> str:
    """The name under which a row's person is remembered once somebody has said who it is."""
    return name_key(row.name or row.nickname)


EXPLAINED = frozenset({"unknown_person", "ambiguous_person"})
"""Why a row waits for somebody to say whom it means, beside being listed as rejected."""


class _Group:
    """The rows of one person, or of one name that fits nobody yet."""

    def __init__(self, person: str, problem: RowProblem | None) -> None:
        self.person = person
        self.problem = problem
        self.rows: list[tuple[int, Presence]] = []
        self.spans: list[Span] = []
        self.seconds = 0
        self.day = ""
        self.marks: tuple[MarkRow, ...] = ()
        self.there: tuple[Span, ...] = ()

    @property
    def may_wait(self) -> bool:
        """Whether somebody could say who it is."""
        row = self.rows[0][1]
        return self.problem is not None and self.problem.reason in EXPLAINED and not row.number and bool(_key(row))

    def said(self, unit: str, lesson: str, batch: str) -> SessionSaid:
        """What is kept of it until somebody has said who is meant."""
        number, row = self.rows[0]
        spans = tuple(sorted(set(self.spans)))
        return SessionSaid(
            unit, lesson, _key(row) or self.person, batch, number, row.called, spans, self.seconds, self.day, self.person
        )


class _Gathered:
    """A whole log, by person."""

    def __init__(self, lesson: Lesson, day: str) -> None:
        self._lesson = lesson
        self._day = local_day(parse_instant(lesson.starts_at)) if lesson.starts_at else day
        self._midnight = int(parse_instant(self._day).timestamp()) if lesson.starts_at else None
        self._of_row: dict[int, tuple[_Group, Person | None]] = {}
        self._wrong: dict[int, RowProblem] = {}
        self.groups: dict[str, _Group] = {}

    def add(self, number: int, row: Presence, who: Person | RowProblem) -> None:
        """Take one row in."""
        person = who if isinstance(who, Person) else None
        key = f"person:{person.person}" if person else f"name:{_key(row)}|{row.number}|{row.phone}"
        group = self.groups.setdefault(key, _Group(person.person if person else "", who if isinstance(who, RowProblem) else None))
        group.rows.append((number, row))
        group.day = row.day or group.day or self._day
        self._of_row[number] = (group, person)
        if row.start is None or row.end is None:
            group.seconds += row.seconds or 0
        elif not row.of_day:
            group.spans.append(Span(row.start, row.end))
        elif self._midnight is not None:
            group.spans.append(Span(self._midnight + row.start, self._midnight + row.end))
        else:
            self._wrong[number] = RowProblem(
                "start", "", "bad_date", "只有几点几分，没有日期。请加一列日期，或给课程填上开始时间。"
            )

    def row(self, number: int) -> SessionRow | list[RowProblem]:
        """What became of a row."""
        if number in self._wrong:
            return [self._wrong[number]]
        group, person = self._of_row[number]
        if person is None:
            return [group.problem] if group.problem else []
        if not group.marks:
            group.marks, group.there = marks_of(self._lesson, group.spans, group.seconds, group.day)
        if not group.marks:
            return [_too_little(group, window_of(self._lesson))]
        first = next(each for each, _ in group.rows if each not in self._wrong)
        return SessionRow(person, first, group.marks if number == first else (), group.rows[0][1].called)

    def notes(self) -> list[Reject]:
        """Who went and came back, and for how long they were away."""
        found = []
        for group in self.groups.values():
            there = united(clipped(group.spans, window_of(self._lesson)))
            away = sum(gap.seconds for gap in gaps(there)) // 60
            if group.person and away:
                sentence = f"{group.rows[0][1].called}：{span_words(there)}，中途不在 {away} 分钟，没有计入。"
                found.append(Reject(group.rows[0][0], "start", span_words(there), "gap", sentence))
        return found


def _too_little(group: _Group, window: Span | None) -> RowProblem:
    if window is not None and united(group.spans) and not clipped(group.spans, window):
        return RowProblem("start", span_words(united(group.spans)), "outside_lesson",
                          f"不在这节课的时间里（{span_words([window])}），没有计入。")  # fmt: skip
    return RowProblem("duration", "", "out_of_range", "合计不到 1 分钟，没有计入。")
