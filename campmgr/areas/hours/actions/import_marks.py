"""Marks and conditions from a file: the person by 编号 or code, or by name in a unit; the natural key decides what is new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from campmgr.accounts.queries import unit_name
from campmgr.areas.hours.actions.marks import MOST_MINUTES, MarkRow, check_day, check_lesson, check_minutes, mark_draft
from campmgr.areas.hours.queries.standing import standing_of_people
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.people.queries.finding import Person, mistyped, people_by_name, people_by_number, told_apart
from campmgr.areas.people.queries.ids import memberships_of
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.errors import CampError
from campmgr.facts import world as worlds
from campmgr.facts.importing import UNCHANGED, LargestRows, ReadRow, Reject, RowPlan, RowProblem, changes
from campmgr.facts.saying import may_write
from campmgr.facts.streaming import TOGETHER, StreamPlanner
from campmgr.ledger.envelope import subject
from campmgr.settings.terms import say
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER
from campmgr.wording import name_key


@dataclass(frozen=True, slots=True)
class PersonMark:
    """A row of marks: who, and what; `came` is false for a row of a list handed out for ticking that nobody ticked."""

    number: str
    name: str
    unit: str
    mark: MarkRow
    came: bool = True


UNDATED, LEFT = "undated", "left"
_MOST_LEFT = 50
"""People who have left and are named beside what was taken in of them."""


class MarksPlanner(StreamPlanner[PersonMark]):
    """Plans marks rows. `day` stands for a missing date; `unit` for a missing unit; `within` as for people.

    Several sittings of one person, lesson and day in a file are one: the longest counts, in whatever order they stand
    (docs/commands.md#credit).
    """

    together = TOGETHER

    def __init__(
        self, batch: str, actor: str, *, day: str, today: str, unit: str = "", within: Collection[str] | None = None
    ) -> None:  # fmt: skip
        self._within = within
        self._batch = batch
        self._actor = actor
        self._day = day
        self._today = today
        self._unit = unit
        self._longest = LargestRows()
        self._notes: list[Reject] = []
        self._left: set[str] = set()

    def gather(self, r: Reader, rows: Iterable[ReadRow[Any]], notes: list[Reject]) -> Iterable[ReadRow[Any]]:
        """All rows; that some say no day, and which they are counted for, is noted once."""
        del r
        self._notes = notes
        for number, row in rows:
            if isinstance(row, PersonMark) and row.came and not row.mark.day and not any(each.reason == UNDATED for each in notes):
                notes.append(
                    Reject(
                        0,
                        "day",
                        "",
                        UNDATED,
                        f"有的行没有日期，按 {self._day} 登记。不是这一天的，请写明是哪一天（命令用 --read-at）。",
                    )
                )
            yield number, row

    def subject_of(self, row: PersonMark) -> str:
        """The person, as the row calls them."""
        return row.number or f"{row.unit} {row.name}"

    def prepare(self, r: Reader, rows: Sequence[PersonMark]) -> None:
        """Look up the people of these rows and what stands for them."""
        self._r, self._world, self._writer = r, worlds.load(r), r.meta(WRITER)
        self._days: set[str] = set()
        self._by_number = people_by_number(r, {row.number for row in rows if row.number})
        self._by_name = people_by_name(r, {row.name for row in rows if not row.number})
        ids = {each.person for some in (*self._by_number.values(), *self._by_name.values()) for each in some}
        self._members = memberships_of(r, ids)
        self._members_within: set[str] = set()
        if self._within is not None:
            self._members_within = {person for person, unit in self._members if unit in self._within}
        self._standing = standing_of_people(r, ids)

    def plan(self, number: int, row: PersonMark) -> RowPlan:
        """The plan for one mark; who did not come has none, and counts as unchanged."""
        if not row.came:
            return UNCHANGED
        person = self.person_of(row)
        mark = self._checked(row.mark)
        key = (person.person, *mark.key)
        before = self._longest.before(key, _rank(mark.minutes), number)
        if _rank(mark.minutes) <= before:
            return UNCHANGED
        unit = self._unit_of(person)
        if not may_write(self._world, self._writer, unit):
            raise RowProblem(
                "number", row.number, "not_granted", f"这份数据文件没有 {unit_name(self._world, person.home)} 的授权。"
            )
        standing = self._standing.get(key, [])
        if any(minutes == mark.minutes for _, minutes in standing):
            return UNCHANGED
        replaces = standing[-1][0] if standing else ""
        draft = mark_draft(unit, subject("person", person.person), mark, replaces, self._batch, self._actor)
        was = changes(("minutes", standing[-1][1], mark.minutes)) if standing else ()
        self._note_left(number, person, mark.day)
        return RowPlan("changed" if replaces or before else "new", (draft,), was)

    def _note_left(self, number: int, person: Person, day: str) -> None:
        """Say of whoever had left by the day of a mark that it counts; of each once."""
        if not person.left_on or day < person.left_on or person.person in self._left:
            return
        self._left.add(person.person)
        if len(self._left) > _MOST_LEFT:
            if len(self._left) == _MOST_LEFT + 1:
                self._notes.append(Reject(0, "", "", LEFT, f"登记为离开的还有别的人，只列出前 {_MOST_LEFT} 个；都照样记入。"))
            return
        told = f"{person.shown_name}登记为 {person.left_on} 起离开，这条照样记入。回来了的，请在此人的“全部记录”里撤回“离开”。"
        self._notes.append(Reject(number, "", person.shown_name, LEFT, told))

    def about(self, row: PersonMark) -> str:
        """Who, and which lesson or condition on which day."""
        what = row.mark.lesson or say(CONDITIONS, row.mark.condition)
        return " ".join(filter(None, (row.number, row.name, what, row.mark.day)))

    def _unit_of(self, person: Person) -> str:
        if person.home and may_write(self._world, self._writer, person.home):
            return person.home
        return unit_to_speak_in(self._r, self._world, person.person, person.home)

    def _checked(self, mark: MarkRow) -> MarkRow:
        column = "lesson"
        try:
            if mark.lesson:
                check_lesson(self._world, mark.lesson)
            column = "minutes"
            check_minutes(mark.minutes)
            column = "day"
            day = mark.day or self._day
            if day not in self._days:
                self._days.add(check_day(self._world, day, self._today))
        except CampError as problem:
            values = {"lesson": mark.lesson, "minutes": mark.minutes, "day": mark.day}
            raise RowProblem(column, values[column], problem.reason, problem.sentence) from problem
        return replace(mark, day=day)

    def person_of(self, row: PersonMark) -> Person:
        """Whom a row of the run that was prepared means. Raises RowProblem."""
        text = row.number or row.name
        column = "number" if row.number else "name"
        found = self._theirs(self._by_number.get(row.number, []) if row.number else self._by_name.get(name_key(row.name), []))
        if row.number and row.name and len(found) > 1:
            found = [each for each in found if name_key(each.name) == name_key(row.name)] or found
        if len(found) > 1 or (not row.number and found):
            found = self._in_unit(found, row.unit or self._unit) if row.unit or self._unit else found
        if len(found) == 1:
            return self._named(found[0], row)
        if found:
            who = told_apart(self._world, found)
            raise RowProblem(column, text, "ambiguous_person",
                             f"“{text}”对应 {len(found)} 人（{who}），请改用编号或 16 位编码，或加上单位。")  # fmt: skip
        if not text:
            raise RowProblem("number", "", "missing_value", "没有参与者编号，也没有姓名。")
        if mistyped(text):
            raise RowProblem(column, text, "bad_check_digits", f"编码“{text}”的校验位不对，可能输错了。")
        raise RowProblem(column, text, "unknown_person", f"没有找到“{text}”，请先登记此人。")

    def _named(self, person: Person, row: PersonMark) -> Person:
        """The person, unless the row names somebody else beside their 编号: then one of the two is mistyped."""
        if row.number and row.name and person.name and name_key(row.name) != name_key(person.name):
            raise RowProblem("name", row.name, "conflict", f"编号“{row.number}”登记的姓名不是“{row.name}”，请核对编号和姓名。")
        return person

    def _theirs(self, found: list[Person]) -> list[Person]:
        """Those the importer may speak of: at home or members within their units."""
        if self._within is None:
            return found
        return [each for each in found if each.home in self._within or each.person in self._members_within]

    def _in_unit(self, found: list[Person], text: str) -> list[Person]:
        units = {unit.unit for unit in self._world.tree.called(text)}
        if not units:
            raise RowProblem("unit", text, "unknown_unit", f"没有代码或名称为“{text}”的单位。")
        return [each for each in found if each.home in units or any((each.person, unit) in self._members for unit in units)]


def _rank(minutes: int | None) -> int:
    """How long a sitting is, as they are compared; one without minutes is the whole lesson."""
    return MOST_MINUTES + 1 if minutes is None else minutes
