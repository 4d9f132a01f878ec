"""People from a file: same unit and 编号 is the same person, unless name and class are others; the same 编号 and name in another line a
membership, and so is the same name and telephone; without 编号, whoever alone fits by name, class and telephone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from campmgr.areas.people.actions.people import Registration, details_draft, joined_draft, membership_draft, register_drafts
from campmgr.areas.people.local import TakenNumber, keep_taken_numbers, others_found
from campmgr.areas.people.queries.finding import Person, is_at_home, people_by_id, people_by_name, people_by_number, told_apart
from campmgr.areas.people.queries.ids import memberships_of
from campmgr.areas.people.queries.likely import ANYBODY, likely_kind
from campmgr.class_order import class_key
from campmgr.facts import world as worlds
from campmgr.facts.importing import UNCHANGED, Change, RowPlan, RowProblem, SeenRows, changes, named_unit, row_words
from campmgr.facts.saying import may_write
from campmgr.facts.secret import unit_key
from campmgr.facts.streaming import StreamPlanner
from campmgr.facts.units import Unit
from campmgr.ids import person_id, random_id
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER
from campmgr.wording import name_key

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
        self._r, self._world, self._writer = r, worlds.load(r), r.meta(WRITER)
        self._keys: dict[str, str] = {}
        self._waiting: list[TakenNumber] = []
        self._others = others_found(r, [row.number for row in rows if row.number])
        ids = [self._id(row) for row in rows if row.number]
        self._by_id = people_by_id(r, ids)
        self._by_number = people_by_number(r, [row.number for row in rows if row.number])
        self._by_name = people_by_name(r, [row.name for row in rows])
        found = {each.person for some in (*self._by_number.values(), *self._by_name.values()) for each in some}
        found |= {each.person for each in self._by_id.values()}
        self._decided = people_by_id(r, self._others.values())
        self._members = memberships_of(r, found)
        self._namesakes: dict[tuple[str, str], list[Registration]] = {}
        for row in rows:
            unit = self._unit_of(row.unit or self._default)
            self._namesakes.setdefault((unit.unit if unit else "", name_key(row.name)), []).append(row)

    def _id(self, row: Registration) -> str:
        unit = self._unit_of(row.unit or self._default)
        home = unit.unit if unit else ""
        return person_id(home, self._key(home) if home else "", row.number, row.name)

    def _key(self, unit: str) -> str:
        if unit not in self._keys:
            self._keys[unit] = unit_key(self._r, self._world, unit)
        return self._keys[unit]

    def _unit_of(self, text: str) -> Unit | None:
        """The unit a row names, where it names one."""
        try:
            return named_unit(self._world, text, self._within) if text else None
        except RowProblem:
            return None

    def plan(self, number: int, row: Registration) -> RowPlan:
        """The plan for one person."""
        unit = self._unit(row)
        row = replace(row, unit=unit.unit, kind=row.kind or likely_kind(self._world, unit) or ANYBODY)
        if not row.name:
            raise RowProblem("name", "", "missing_value", "没有姓名。")
        if row.number and (first := self._seen.first((row.unit, row.number), number)) is not None:
            return self._repeated(row, first)
        who = (row.unit, name_key(row.name), class_key(row.class_name), row.phone)
        if not row.number and (first := self._seen.first(who, number)) is not None:
            raise RowProblem("name", row.name, "repeated_row", _twice(row, first))
        decided = self._decided_of(row) if row.number else None
        if decided is not None:
            row = replace(row, number=decided.number)
        known = decided or (self._numbered(row, number) if row.number else None) or self._alone(row, number)
        if known is not None:
            self._seen.first(known.person, number)
            return self._changed(known, row)
        member = self._member_of(row, unit)
        if member is not None:
            return self._joins(member, unit)
        return self._new(row, number)

    def _unit(self, row: Registration) -> Unit:
        text = row.unit or self._default
        if not text:
            raise RowProblem("unit", "", "missing_value", "没有单位；请在“单位代码”一列填上，或在表头上方写“填报单位：单位名称”。")
        unit = named_unit(self._world, text, self._within)
        if not unit.admits:
            raise RowProblem("unit", text, "not_participating", f"{unit.name} {unit.why_closed}，不能登记人员。")
        if not self._world.trust.covers_people(self._writer, unit.unit):
            raise RowProblem("unit", text, "not_granted", f"这份数据文件没有 {unit.name} 的授权。")
        return unit

    def _repeated(self, row: Registration, first: int) -> RowPlan:
        raise RowProblem("number", row.number, "repeated_row", f"编号“{row.number}”在同一单位与{row_words(first)}重复。"
                         "不是同一个人的话，请改用全校不重复的编号（例如前面加上班级）。")  # fmt: skip

    def _decided_of(self, row: Registration) -> Person | None:
        """Whom somebody has found a row to mean whose 编号 is another's; none once they bear another name."""
        found = self._others.get((row.unit, row.number, name_key(row.name), class_key(row.class_name)), "")
        person = self._decided.get(found)
        return person if person and is_same_name(person, row) and is_at_home(self._world, person, row.unit) else None

    def _numbered(self, row: Registration, number: int) -> Person | None:
        """Whoever has this 编号 in this unit. Raises RowProblem "conflict" where name and class are others: pupils that are numbered
        within their class, of whom one must not be renamed to another.
        """
        bearers = self._by_number.get(row.number, [])
        same = [each for each in bearers if is_same_name(each, row)]
        here = next(
            (each for each in same if is_at_home(self._world, each, row.unit) or (each.person, row.unit) in self._members), None
        )
        others = [each for each in bearers if is_at_home(self._world, each, row.unit) and each.number == row.number]
        if (meant := here or self._by_id.get(self._id(row))) or not others:
            return meant
        person = others[0]
        renamed = _written(person.class_name, row.class_name, class_key) == person.class_name and not row.class_unread
        if len(others) == 1 and renamed:
            return person
        if len(others) == 1:
            self._waiting.append(TakenNumber(random_id(), row.unit, row.number, row.name, row.class_name, row.phone, row.kind,
                                             row.guardian, person.person, self._batch, number))  # fmt: skip
        raise RowProblem("number", row.number, "conflict", f"编号“{row.number}”在本单位已经是{_named(person)}，这一行是{_named(row)}。"
                         "如果是各班自己编的号，请改用全校不重复的编号（例如前面加上班级）；是同一个人还是另一个人，导入后在“核对”里定。")  # fmt: skip

    def _alone(self, row: Registration, number: int) -> Person | None:
        """The only person of this unit that fits by name, and by class, telephone and 编号 as far as both sides say them.

        Whoever fits in every word goes before those who only do not contradict. Somebody whom another row of the file means is
        nobody else. Raises RowProblem "ambiguous_person" where several fit, or several rows one.
        """
        same = [
            each
            for each in self._by_name.get(name_key(row.name), [])
            if (is_at_home(self._world, each, row.unit) or self._is_counted(each, row)) and not each.erased
        ]
        fitting = [each for each in same if _fits(each, row) and self._seen.said(each.person) in {None, number}]
        exact = [each for each in fitting if _says_all(each, row)]
        rivals = self._namesakes.get((row.unit, name_key(row.name)), [])
        if len(exact) == 1 and sum(_fits(exact[0], each) and _says_all(exact[0], each) for each in rivals) == 1:
            return exact[0]
        if len(fitting) > 1 or (fitting and sum(_fits(fitting[0], each) for each in rivals) > 1):
            apart = told_apart(self._world, fitting)
            raise RowProblem("name", row.name, "ambiguous_person",
                             f"本单位有同名的“{row.name}”（{apart}），分不清是哪一个。请写明编号、班级或手机号。")  # fmt: skip
        return fitting[0] if fitting else None

    def _changed(self, person: Person, row: Registration) -> RowPlan:
        if person.erased:
            raise RowProblem("number" if row.number else "name", row.number or row.name, "erased_person",
                             "此人的个人信息已按要求删除，不能由名单恢复；本人重新参加时，请联络员当面重新填写。")  # fmt: skip
        if not is_at_home(self._world, person, row.unit):
            return UNCHANGED
        told = Registration(row.unit, person.name, person.number, person.class_name, person.phone, row.kind, person.guardian)
        wanted = replace(row, name=_written(told.name, row.name), class_name=_written(told.class_name, row.class_name, class_key),
                         phone=row.phone or told.phone, guardian=row.guardian or told.guardian, number=row.number or told.number,
                         class_unread=False)  # fmt: skip
        drafts = [details_draft(person.home, person.person, wanted, told, self._batch, self._actor)] if wanted != told else []
        joins = [joined_draft(person.home, person.person, self._world.activity, self._batch, self._actor)] * person.is_absent
        if not drafts and not joins:
            return UNCHANGED
        return RowPlan("changed", (*drafts, *joins), _changes(told, wanted))

    def leave(self, w: Writer) -> bool:
        """The rows that wait for somebody to say who is meant."""
        keep_taken_numbers(w, self._waiting)
        return bool(self._waiting)

    def about(self, row: Registration) -> str:
        """The person's 编号 and name, with their class: a school has several of one name."""
        return " ".join(filter(None, (row.number, row.name, row.class_name)))

    def _member_of(self, row: Registration, unit: Unit) -> Person | None:
        """The person of that 编号 and name whose home stands in another line, when nobody of theirs stands in this one; without such
        a 编号, the only one of that name and telephone, as far as class and 编号 do not say otherwise.
        """
        if not unit.line:
            return None
        for person in self._by_number.get(row.number, []) if row.number else []:
            if is_same_name(person, row) and self._joins_line(person, unit):
                return person
        shared = [
            each
            for each in (self._by_name.get(name_key(row.name), []) if row.phone else [])
            if each.phone == row.phone and not each.erased and _fits(each, row) and self._joins_line(each, unit)
        ]
        alone = len(shared) == 1 and all(may_write(self._world, self._writer, each) for each in (shared[0].home, unit.unit))
        return shared[0] if alone else None

    def _joins_line(self, person: Person, unit: Unit) -> bool:
        """Whether somebody's home stands in another line than a unit, and nothing of theirs in its own."""
        home = self._world.tree.units.get(person.home)
        lines = {self._line(member) for who, member in self._members if who == person.person}
        return home is not None and home.line != unit.line and unit.line not in lines

    def _is_counted(self, person: Person, row: Registration) -> bool:
        """Whether a row means, by the telephone, somebody whom its unit counts beside their own."""
        return bool(row.phone) and person.phone == row.phone and (person.person, row.unit) in self._members

    def _line(self, code: str) -> str:
        unit = self._world.tree.units.get(code)
        return unit.line if unit else ""

    def _joins(self, person: Person, unit: Unit) -> RowPlan:
        self._members.add((person.person, unit.unit))
        drafts = (membership_draft(person.person, person.home, unit.unit, self._batch, self._actor),)
        return RowPlan("new", drafts, (Change("unit", "别处已登记", f"同时计入{unit.name}"),))

    def _new(self, row: Registration, number: int) -> RowPlan:
        person = self._id(row)
        self._seen.first(person, number)
        if row.number:
            met = Person(person, row.unit, row.kind, row.number, row.name, row.class_name, row.phone, row.guardian)
            self._by_number.setdefault(row.number, []).append(met)
        return RowPlan("new", tuple(register_drafts(person, row, self._batch, self._actor, activity=self._world.activity)))


def _changes(old: Registration, new: Registration) -> tuple[Change, ...]:
    return changes(*((field, getattr(old, field), getattr(new, field)) for field in _DETAILS))


def is_same_name(person: Person, row: Registration) -> bool:
    """Whether somebody has the name that a row says, however it is written."""
    return name_key(person.name) == name_key(row.name)


def _agrees(one: str, other: str, key: Callable[[str], str] = name_key) -> bool:
    """Whether two values do not contradict: equal by their key, or one of them unsaid."""
    return not one or not other or key(one) == key(other)


def _fits(person: Person, row: Registration) -> bool:
    """Whether a row can mean somebody: class, telephone and 编号 do not contradict."""
    return (_agrees(person.class_name, row.class_name, class_key) and _agrees(person.phone, row.phone)
            and _agrees(person.number, row.number))  # fmt: skip


def _says_all(person: Person, row: Registration) -> bool:
    """Whether a row says of somebody just the class and telephone that are known."""
    return (class_key(person.class_name), person.phone) == (class_key(row.class_name), row.phone)


def _written(before: str, now: str, key: Callable[[str], str] = name_key) -> str:
    """What is kept of two ways to write one thing: the first; another value, or the only one, otherwise."""
    return before if not now or key(before) == key(now) else now


def _named(one: Person | Registration) -> str:
    return f"{one.class_name}的{one.name}" if one.class_name else one.name


def _twice(row: Registration, first: int) -> str:
    """Why a row without a 编号 is not taken that says what another said; with a telephone, it is one person written twice."""
    if row.phone:
        return f"与{row_words(first)}的姓名、班级、手机号都相同，是同一人，只导入一次。"
    return f"与{row_words(first)}的姓名、班级相同；不是同一人的话，请加上编号或手机号加以区分。"
