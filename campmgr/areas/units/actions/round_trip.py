"""A sheet of units that came back: what each row comes to, saying it all as one batch (docs/formats.md#sheets-that-come-back)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from campmgr.accounts.queries import Account, is_theirs, may_give
from campmgr.areas.units.actions.units import (
    BAD_CODE,
    UnitRow,
    added_draft,
    change_draft,
    counted_draft,
    is_unit_code,
    moved_draft,
    own_bearers,
)
from campmgr.areas.units.local import SentUnit, Trip
from campmgr.areas.units.queries.round_trip import STATES, values_of
from campmgr.areas.units.rules.three_way import FIELDS, CameBack, Unread, Value, Values, Way, circles, matched, place_of, ways_of
from campmgr.clock import today_of
from campmgr.errors import BadInput
from campmgr.facts.finding import unit_told_apart
from campmgr.facts.saying import may_write, say
from campmgr.facts.units import Count, Unit
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, subject_key
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER
from campmgr.wording import name_key

SHEET = "sheet"
"""What somebody decides of a row that both sides changed: the sheet's values; anything else keeps those that stand."""

_ODD = {
    "key": "“行号”被改过，或是另一次导出的，认不出是哪个单位。请从导出的表格里抄回原来的行号；是新单位的话，把行号清空。",
    "doubled": "这个“行号”出现了不止一次，分不清哪一行算数。请只留一行；新增单位的话，把行号清空。",
    "swapped": "“行号”和内容对不上：这一行写的是表里另一个单位。可能只给部分列排了序，请整行一起排。",
}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field that differs: what was sent, what came back, what stands now, and which way."""

    field: str
    sent: Value
    back: Value
    now: Value
    way: Way


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row and what becomes of it. `sort`: "here" (will be changed), "there" (changed since, stays), "both" (somebody decides),
    "new" (will be added), "missing" (did not come back, stays), "wrong" (not taken, `why` says why); `number`: 0 where there is no
    row; `fields`: what differs, of a new one what it will be.
    """

    sort: str
    number: int
    unit: str
    name: str
    fields: tuple[FieldLine, ...] = ()
    why: str = ""


@dataclass(slots=True)
class Coming:
    """All that a sheet comes to. `same`: how many rows nothing follows from."""

    same: int = 0
    lines: list[RowLine] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)

    def of(self, sort: str) -> list[RowLine]:
        """The lines of a sort, in the order of the file."""
        return sorted((line for line in self.lines if line.sort == sort), key=lambda line: line.number)

    def shown(self) -> list[object]:
        """All that somebody saw before agreeing."""
        return [(line.sort, line.number, line.unit, line.name, line.why, *map(_fields, line.fields)) for line in self.lines]


def _fields(line: FieldLine) -> tuple[object, ...]:
    return line.field, line.sent, line.back, line.now


def coming_back(
    r: Reader,
    world: World,
    account: Account,
    trip: Trip,
    rows: Sequence[CameBack | Unread],
    answers: Mapping[int, str],
    batch: str,
) -> Coming:
    """What each row comes to; `answers`: what was decided of rows that both sides changed, by number."""
    return _Plan(r, world, account, trip, answers, batch).made(rows)


def take_back_in(w: Writer, coming: Coming) -> int:
    """Say all of it; how many rows that was."""
    say(w, coming.drafts)
    return len({draft.subject for draft in coming.drafts})


class _Wrong(Exception):
    """Why a row is not taken."""


class _Plan:
    """Plans the rows of one sheet against the tree as it stands."""

    def __init__(self, r: Reader, world: World, account: Account, trip: Trip, answers: Mapping[int, str], batch: str) -> None:
        self._r, self._world, self._account, self._trip = r, world, account, trip
        self._answers, self._batch = answers, batch
        self._writer, self._today = r.meta(WRITER), today_of(r.clock)
        self._found = Coming()
        self._wanted: dict[str, dict[str, Value]] = {}
        self._lines: dict[str, RowLine] = {}

    def made(self, rows: Sequence[CameBack | Unread]) -> Coming:
        """Everything in turn: rows that stand for none, rows that are known, those that did not come back, new ones."""
        came = [row for row in rows if isinstance(row, CameBack)]
        codes = {str(row.values.get("code", "")): sent.unit for row in came if (sent := self._sent(row))}
        read = [self._resolved(row, codes) for row in came]
        for row in rows:
            if isinstance(row, Unread):
                self._found.lines.append(RowLine("wrong", row.number, "", row.name, why=row.why))
        match = matched(self._trip.trip, [each.values for each in self._trip.rows], read)
        for row, odd in match.odd:
            self._found.lines.append(RowLine("wrong", row.number, "", str(row.values.get("name", "")), why=_ODD[odd]))
        for place, row in sorted(match.known.items()):
            self._known(self._trip.rows[place].unit, self._trip.rows[place].values, row)
        unread = {place_of(self._trip.trip, row.key) for row in rows if isinstance(row, Unread)}
        for place in match.missing:
            if place not in unread:
                sent = self._trip.rows[place]
                unit = sent.unit if sent.unit in self._world.tree.units else ""
                self._found.lines.append(RowLine("missing", 0, unit, str(sent.values["name"])))
        self._settle(match.new)
        return self._found

    def _sent(self, row: CameBack) -> SentUnit | None:
        place = place_of(self._trip.trip, row.key)
        return self._trip.rows[place] if place is not None and place < len(self._trip.rows) else None

    def _resolved(self, row: CameBack, codes: Mapping[str, str]) -> CameBack:
        """A row with its parent as an id: the one that was sent where nobody touched the cell, else a unit that is here, else the
        row of the sheet that is to bear this code. What names none stays as it is typed.
        """
        text, sent = row.values.get("parent"), self._sent(row)
        if not isinstance(text, str) or not text:
            return row
        if sent and text == sent.values["parent_code"]:
            return row._replace(values={**row.values, "parent": sent.values["parent"]})
        found = self._world.tree.called(text)
        meant = found[0].unit if len(found) == 1 else text if found else codes.get(text, text)
        return row._replace(values={**row.values, "parent": meant})

    def _known(self, key: str, sent: Values, row: CameBack) -> None:
        unit = self._world.tree.units.get(key)
        name = str(sent["name"])
        if unit is None or unit.merged_into or not self._may(unit):
            why = "它已并入另一个单位。" if unit and unit.merged_into else "这个单位现在不归您办理。"
            self._found.lines.append(RowLine("wrong", row.number, key, name, why=why))
            return
        now = values_of(unit)
        ways = ways_of(sent, row.values, now)
        fields = tuple(
            FieldLine(each, sent[each], row.values.get(each, sent[each]), now[each], ways[each])
            for each in FIELDS if ways[each] in {"here", "there", "both"}
        )  # fmt: skip
        if not fields:
            self._found.same += 1
            return
        is_both = any(each.way == "both" for each in fields)
        takes = {"here", "both"} if self._answers.get(row.number) == SHEET else {"here"}
        wanted = {each.field: each.back for each in fields if each.way in takes}
        sort = "both" if is_both else "here" if wanted else "there"
        line = RowLine(sort, row.number, key, name, fields)
        try:
            offered = {each.field: each.back for each in fields if each.way in {"here", "both"}}
            self._check(unit, offered)
        except _Wrong as problem:
            self._found.lines.append(RowLine("wrong", row.number, key, name, fields, str(problem)))
            return
        self._lines[key] = line
        self._wanted[key] = wanted

    def _may(self, unit: Unit) -> bool:
        return is_theirs(self._world, self._account, unit) and may_write(self._world, self._writer, unit.unit)

    def _check(self, unit: Unit | None, wanted: Mapping[str, Value]) -> None:
        """What of a row can never be. Raises _Wrong."""
        said = {name: str(value) for name, value in wanted.items() if name != "count"}
        if "name" in said and not said["name"]:
            raise _Wrong("名称一栏是空的。要改名请填新名称，不改请抄回原来的。")
        for name, words in (("kind", "类别"), ("state", "状态")):
            if unit and said.get(name) == "":
                raise _Wrong(f"{words}一栏是空的。不改的话，请抄回原来的。")
        if unit and unit.code and said.get("code") == "":
            raise _Wrong("代码一栏是空的。代码不能清空，请填回原来的，或换一个。")
        if said.get("code") and not is_unit_code(said["code"]):
            raise _Wrong(BAD_CODE)
        if "line" in said and self._account.line not in {"", said["line"]}:
            raise _Wrong(f"您的账号只办理{self._account.line}条线的单位。")
        if unit and (said.get("state") == STATES[2] or (unit.closed_on and "state" in said)):
            raise _Wrong("关闭和重新开放，请在这个单位的页面上办。")
        if unit and unit.unit == self._account.unit and "parent" in said:
            raise _Wrong("您自己的单位不能在这里换上级。")

    def _settle(self, added: Sequence[CameBack]) -> None:
        """Parents, circles and codes of all rows together; then what is said."""
        rows = {row.number: row for row in added}
        drafts = self._added(rows)
        for key, wanted in list(self._wanted.items()):
            try:
                if "parent" in wanted:
                    wanted["parent"] = self._parent(str(wanted["parent"]), drafts)
            except _Wrong as problem:
                self._reject(key, str(problem))
        parents = {unit.unit: unit.parent for unit in self._world.tree.units.values()}
        parents |= {subject_key(draft.subject): str(draft.body["parent"]) for _, draft in drafts.values()}
        parents |= {key: str(wanted["parent"]) for key, wanted in self._wanted.items() if "parent" in wanted}
        for key in circles(parents, [key for key, wanted in self._wanted.items() if "parent" in wanted]):
            self._reject(key, "照这张表移动，它会放到自己的下级之下。请核对上级代码。")
        self._reject_doubled_codes(drafts)
        self._found.drafts += [draft for _, draft in drafts.values()]
        self._found.drafts += [each for row, draft in drafts.values() for each in self._count_of_new(row, draft)]
        for key, wanted in list(self._wanted.items()):
            self._say(key, wanted)
        for number, (row, _draft) in drafts.items():
            name = str(row.values.get("name", ""))
            fields = tuple(FieldLine(each, "", row.values[each], "", "here") for each in FIELDS if row.values.get(each))
            self._found.lines.append(RowLine("new", number, "", name, fields))
        self._found.lines += self._lines.values()

    def _count_of_new(self, row: CameBack, draft: Draft) -> list[Draft]:
        """What says the day and the source of a new unit's number, where the sheet does."""
        number, day, source = _count(row.values.get("count"))
        count = Count(day or self._today, number, source)
        is_told = number is not None and (day or source)
        return [counted_draft(self._world, subject_key(draft.subject), count, self._batch, self._account.actor)] if is_told else []

    def _reject(self, key: str, why: str) -> None:
        line = self._lines.pop(key)
        del self._wanted[key]
        self._found.lines.append(RowLine("wrong", line.number, key, line.name, line.fields, why))

    def _added(self, rows: dict[int, CameBack]) -> dict[int, tuple[CameBack, Draft]]:
        """What adds each new row, those above before those below; a row that cannot be added is told, and those below it too."""
        drafts: dict[int, tuple[CameBack, Draft]] = {}
        while rows:
            waiting = {row.values.get("code", "") for row in rows.values()}
            ready = [
                number for number, row in rows.items() if self._typed_parent(row) not in waiting or not self._typed_parent(row)
            ]
            if not ready:
                ready = list(rows)
            for number in ready:
                row = rows.pop(number)
                try:
                    drafts[number] = (row, self._draft_of(row, drafts))
                except _Wrong as problem:
                    name = str(row.values.get("name", "")) or str(row.values.get("code", ""))
                    self._found.lines.append(RowLine("wrong", number, "", name, why=str(problem)))
        return drafts

    def _typed_parent(self, row: CameBack) -> str:
        return str(row.values.get("parent", ""))

    def _draft_of(self, row: CameBack, drafts: Mapping[int, tuple[CameBack, Draft]]) -> Draft:
        said = {name: str(row.values.get(name, "")) for name in FIELDS if name != "count"}
        if not said["name"]:
            raise _Wrong("没有行号，是新单位，请写名称。")
        if not said["parent"]:
            raise _Wrong("没有行号，是新单位，请写上级代码。")
        self._check(None, row.values)
        parent = self._parent(said["parent"], drafts)
        key = name_key(said["name"])
        bearers = own_bearers(self._r, self._world, said["code"]) if said["code"] else []
        twins = bearers or [unit for unit in self._world.tree.of_name(said["name"]) if unit.parent == parent]
        twins_here = [
            number for number, (other, draft) in drafts.items()
            if (said["code"] and other.values.get("code") == said["code"])
            or (draft.body["parent"] == parent and name_key(str(other.values.get("name", ""))) == key)
        ]  # fmt: skip
        if twins:
            raise _Wrong(
                f"没有行号，却和{unit_told_apart(self._world, twins[0])}的代码或名称相同。是同一个单位请抄回行号；不是请换一个代码。"
            )
        if twins_here:
            raise _Wrong(f"与第 {twins_here[0]} 行的代码或名称相同。请只留一行。")
        number, _, _ = _count(row.values.get("count"))
        unit = UnitRow(said["code"], said["name"], "", said["kind"], said["line"], number, participating=said["state"] != STATES[1])
        return added_draft(self._world, unit, parent, self._batch, self._account.actor)

    def _parent(self, text: str, drafts: Mapping[int, tuple[CameBack, Draft]]) -> str:
        """The id of the parent that a row names: a unit that stands, else one of the sheet's own. Raises _Wrong."""
        if not text:
            raise _Wrong("上级代码一栏是空的。请填上级代码。")
        found = self._world.tree.called(text)
        ours = [subject_key(draft.subject) for row, draft in drafts.values() if row.values.get("code") == text]
        if not found and len(ours) == 1:
            return ours[0]
        if len(found) != 1:
            raise _Wrong(f"上级“{text}”{'对应几个单位，请写上级代码' if found else '没有找到，请核对上级代码'}。")
        unit = found[0]
        if not may_give(self._world, self._account, unit.unit, self._account.line) or not may_write(
            self._world, self._writer, unit.unit
        ):
            raise _Wrong(f"上级“{unit.name}”不在您的范围内。")
        return unit.unit

    def _reject_doubled_codes(self, drafts: Mapping[int, tuple[CameBack, Draft]]) -> None:
        """A code that two rows ask for, or that a unit bears which keeps it."""
        asked = {key: str(wanted["code"]) for key, wanted in self._wanted.items() if wanted.get("code")}
        often = Counter([*asked.values(), *(str(row.values.get("code", "")) for row, _ in drafts.values())])
        for key, code in asked.items():
            keeps = [unit for unit in own_bearers(self._r, self._world, code) if unit.unit != key and unit.unit not in asked]
            if often[code] > 1:
                self._reject(key, f"代码“{code}”在表里有几行都要用。请各写一个。")
            elif keeps:
                self._reject(key, f"代码“{code}”已经由{unit_told_apart(self._world, keeps[0])}使用。请换一个。")

    def _say(self, key: str, wanted: Mapping[str, Value]) -> None:
        """What says the changes of one unit."""
        unit, actor, drafts = self._world.tree.units[key], self._account.actor, list[Draft | None]()
        if "parent" in wanted:
            try:
                drafts.append(moved_draft(self._world, unit, str(wanted["parent"]), self._today, self._batch, actor,
                                          below=self._standing(str(wanted["parent"]))))  # fmt: skip
            except BadInput:
                line = self._lines.pop(key)
                why = "新的上级现在还在它之下。请先导入一次，把那个单位移开，再移这一个。"
                self._found.lines.append(RowLine("wrong", line.number, key, line.name, line.fields, why))
                return
        body: dict[str, object] = {name: str(wanted[name]) for name in ("code", "name", "kind") if name in wanted}
        if "line" in wanted:
            body["line"] = wanted["line"] or None
        if "state" in wanted:
            body["participating"] = wanted["state"] == STATES[0]
        drafts.append(change_draft(self._world, unit, body, self._batch, actor))
        if "count" in wanted:
            drafts.append(counted_draft(self._world, key, self._counted(unit, wanted["count"]), self._batch, actor))
        self._found.drafts += [draft for draft in drafts if draft]

    def _standing(self, parent: str) -> str:
        """Where a parent stands already, for one that the sheet itself adds."""
        while parent not in self._world.tree.units:
            added = next(draft for draft in self._found.drafts if subject_key(draft.subject) == parent)
            parent = str(added.body["parent"])
        return parent

    def _counted(self, unit: Unit, value: Value) -> Count:
        """A number with its day: a number that is new and stands beside the old day is of today."""
        number, day, source = _count(value)
        sent = next(each.values["count"] for each in self._trip.rows if each.unit == unit.unit)
        is_old_day = number != _count(sent)[0] and day == _count(sent)[1]
        return Count(self._today if is_old_day or not day else day, number, source)


def _count(value: Value | None) -> tuple[int | None, str, str]:
    number, day, source = value if isinstance(value, tuple) else ("", "", "")
    return int(number) if number else None, day, source
