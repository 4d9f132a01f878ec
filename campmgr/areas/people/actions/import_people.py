"""People from a file: same unit and 编号 is the same person; the same 编号 and name in another line a membership."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from campmgr.areas.people.actions.people import Registration, details_draft, membership_draft, register_drafts
from campmgr.areas.people.queries.finding import Person, people_by_id, people_by_name, people_by_number
from campmgr.areas.people.queries.ids import memberships_of
from campmgr.facts import world as worlds
from campmgr.facts.importing import UNCHANGED, Change, RowPlan, RowProblem, SeenRows, changes, named_unit
from campmgr.facts.streaming import StreamPlanner
from campmgr.facts.units import Unit
from campmgr.ids import person_id
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER

_DETAILS = ("number", "name", "class_name", "phone", "guardian")


class PeoplePlanner(StreamPlanner[Registration]):
    """Plans people rows; `unit` is the one that stands for an empty unit column."""

    def __init__(self, batch: str, actor: str, unit: str = "", within: Collection[str] | None = None) -> None:
        """`within`: the units whose people the importer may write; None for every unit this file may write."""
        self._within = within
        self._batch = batch
        self._actor = actor
        self._default = unit
        self._seen = SeenRows()

    def prepare(self, r: Reader, rows: Sequence[Registration]) -> None:
        """Look up who is known of these rows."""
        self._world, self._writer = worlds.load(r), r.meta(WRITER)
        ids = [self._id(row) for row in rows if row.number]
        self._by_id = people_by_id(r, ids)
        self._by_number = people_by_number(r, [row.number for row in rows if row.number])
        self._by_name = people_by_name(r, [row.name for row in rows if not row.number])
        found = {each.person for some in (*self._by_number.values(), *self._by_name.values()) for each in some}
        found |= {each.person for each in self._by_id.values()}
        self._members = memberships_of(r, found)

    def _id(self, row: Registration) -> str:
        unit = self._unit_of(row.unit or self._default)
        return person_id(self._world.campaign, unit.unit if unit else row.unit, row.number)

    def _unit_of(self, text: str) -> Unit | None:
        """The unit a row names, where it names one."""
        try:
            return named_unit(self._world, text, self._within) if text else None
        except RowProblem:
            return None

    def plan(self, number: int, row: Registration) -> RowPlan:
        """The plan for one person."""
        unit = self._unit(row)
        row = replace(row, unit=unit.unit)
        if not row.name:
            raise RowProblem("name", "", "missing_value", "没有姓名。")
        if row.number and (first := self._seen.first((row.unit, row.number), number)) is not None:
            return self._repeated(row, first)
        if not row.number and self._seen.first((row.unit, row.name, row.class_name, row.phone), number) is not None:
            raise RowProblem("name", row.name, "repeated_row", "同一单位同一班级有同名的人；请加上编号或手机号加以区分。")
        known = self._known(row)
        if known is not None:
            return self._changed(known, row)
        member = self._member_of(row, unit)
        if member is not None:
            return self._joins(member, unit)
        return self._new(row)

    def _unit(self, row: Registration) -> Unit:
        text = row.unit or self._default
        if not text:
            raise RowProblem("unit", "", "missing_value", "没有单位；请填单位代码，或用 --unit 指明。")
        unit = named_unit(self._world, text, self._within)
        if not unit.participating:
            raise RowProblem("unit", text, "not_participating", f"{unit.name} 不参加本次活动，不能登记人员。")
        if not self._world.trust.covers_people(self._writer, unit.unit):
            raise RowProblem("unit", text, "not_granted", f"这份数据文件没有 {unit.name} 的授权。")
        return unit

    def _repeated(self, row: Registration, first: int) -> RowPlan:
        raise RowProblem("number", row.number, "repeated_row", f"编号“{row.number}”在同一单位与第 {first} 行重复。")

    def _known(self, row: Registration) -> Person | None:
        """The person this row means, if they are here: by unit and 编号; without 编号 by unit, name, class and telephone."""
        if row.number:
            person = self._by_id.get(self._id(row))
            if person is None:
                named = [each for each in self._by_number.get(row.number, []) if each.name == row.name]
                person = next((each for each in named if each.home == row.unit or (each.person, row.unit) in self._members), None)
            return person
        same = [each for each in self._by_name.get(row.name, []) if each.home == row.unit and not each.number]
        return next((each for each in same if (each.class_name, each.phone) == (row.class_name, row.phone)), None)

    def _changed(self, person: Person, row: Registration) -> RowPlan:
        if person.erased:
            raise RowProblem("number" if row.number else "name", row.number or row.name, "erased_person",
                             "此人的个人信息已按要求删除，不能由名单恢复；本人重新参加时，请联络员当面重新填写。")  # fmt: skip
        if person.home != row.unit:
            return UNCHANGED
        told = Registration(row.unit, person.name, person.number, person.class_name, person.phone, row.kind, person.guardian)
        wanted = replace(row, class_name=row.class_name or told.class_name, phone=row.phone or told.phone,
                         guardian=row.guardian or told.guardian, number=row.number or told.number)  # fmt: skip
        if wanted == told:
            return UNCHANGED
        return RowPlan("changed", (details_draft(person.home, person.person, wanted, told, self._batch, self._actor),),
                    _changes(told, wanted))  # fmt: skip

    def about(self, row: Registration) -> str:
        """The person's 编号 and name."""
        return f"{row.number} {row.name}".strip()

    def _member_of(self, row: Registration, unit: Unit) -> Person | None:
        """The person of that 编号 and name whose home stands in another line, when nobody of theirs stands in this one."""
        if not row.number or not unit.line:
            return None
        for person in self._by_number.get(row.number, []):
            home = self._world.tree.units.get(person.home)
            if person.name == row.name and home is not None and home.line != unit.line:
                lines = {self._line(member) for who, member in self._members if who == person.person}
                if unit.line not in lines:
                    return person
        return None

    def _line(self, code: str) -> str:
        unit = self._world.tree.units.get(code)
        return unit.line if unit else ""

    def _joins(self, person: Person, unit: Unit) -> RowPlan:
        self._members.add((person.person, unit.unit))
        return RowPlan("new", (membership_draft(person.person, person.home, unit.unit, self._batch, self._actor),))

    def _new(self, row: Registration) -> RowPlan:
        person = self._id(row) if row.number else person_id(self._world.campaign, row.unit, "")
        if row.number:
            met = Person(person, row.unit, row.kind, row.number, row.name, row.class_name, row.phone, row.guardian)
            self._by_number.setdefault(row.number, []).append(met)
        return RowPlan("new", tuple(register_drafts(person, row, self._batch, self._actor)))


def _changes(old: Registration, new: Registration) -> tuple[Change, ...]:
    return changes(*((field, getattr(old, field), getattr(new, field)) for field in _DETAILS))
