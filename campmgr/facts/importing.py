"""What rows of a file become: planned one by one, every row accounted for. They are taken run by run (`facts/streaming`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, NamedTuple, Protocol, TypeVar

from campmgr.facts.finding import AmbiguousUnit
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft
from campmgr.store.scratch import Scratch

RUN = 2000
"""Rows planned and said at once."""

SHEET_ROWS = 1 << 21
"""More than the rows of any sheet: the rows of a file's second sheet are numbered from here on, and so forth."""

_ROW_BITS = 32
"""Row numbers are smaller than two to this."""

LISTED = 200
"""Of the rows that are new, and of those that are changed, how many are listed one by one."""

Progress = Callable[[int, int], None]
"""Hears how far an import is: rows done, and of how many."""

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class RowProblem(Exception):
    """Why a row is rejected: the field (of `files.imports.layouts`), what stands there, the reason and a sentence."""

    def __init__(self, column: str, value: object, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column
        self.value = "" if value is None else str(value)
        self.reason = reason
        self.sentence = sentence


def named_unit(world: World, text: str, within: Collection[str] | None = None) -> Unit:
    """The unit that a row names by code, name or id, of those `within` (ids; None: of all). Raises RowProblem."""
    met = world.tree.called(text)
    found = met if within is None else [unit for unit in met if unit.unit in within]
    if len(found) == 1:
        return found[0]
    if found:
        ambiguous = AmbiguousUnit(world, text, found)
        raise RowProblem("unit", text, ambiguous.reason, f"{ambiguous.sentence}{ambiguous.hint}")
    known = f"单位“{text}”不在您的范围内。" if met else f"没有代码或名称为“{text}”的单位。"
    raise RowProblem("unit", text, "unknown_unit", known)


class Change(NamedTuple):
    """What a field was and will be, as people read it; `field` of `files.imports.layouts`."""

    field: str
    old: str
    new: str


def changes(*pairs: tuple[str, object, object]) -> tuple[Change, ...]:
    """What differs of (field, old, new), as people read it: nothing is an empty text, truth 是 or 否."""
    said = ((field, _words(old), _words(new)) for field, old, new in pairs if old is not new)
    return tuple(Change(field, old, new) for field, old, new in said if old != new)


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


class RowPlan(NamedTuple):
    """What a row comes to: its state, the facts it asks for, what was and what will be, and whether somebody should look twice.

    `brings`: what it registers beside what it says, each as it is counted (件作品), so that nothing comes in unseen.
    """

    state: Literal["new", "changed", "unchanged"]
    drafts: tuple[Draft, ...] = ()
    changes: tuple[Change, ...] = ()
    alarms: bool = False
    brings: tuple[str, ...] = ()


UNCHANGED = RowPlan("unchanged")


class _Plans(Protocol[T_contra]):
    """What plans one row."""

    def plan(self, number: int, row: T_contra) -> RowPlan:
        """The plan for the row with this number. Raises RowProblem."""
        ...

    def about(self, row: T_contra) -> str:
        """Whom or what a row is about, in a few words."""
        ...


@dataclass(frozen=True, slots=True)
class Reject:
    """A rejected row: the sheet's own row number (0: the whole file), the column, its value, the reason and a sentence; the sheet
    where several are read.
    """

    row: int
    column: str
    value: str
    reason: str
    sentence: str
    sheet: str = ""


class RowDifference(NamedTuple):
    """A row that will be new or changed, as listed before it is imported."""

    row: int
    state: str
    about: str
    changes: tuple[Change, ...]
    alarms: bool = False
    sheet: str = ""
    brings: tuple[str, ...] = ()


def row_words(number: int) -> str:
    """A row among those of all sheets of a file, in words."""
    sheet, row = divmod(number, SHEET_ROWS)
    return f"第 {sheet + 1} 张工作表第 {row} 行" if sheet else f"第 {row} 行"


@dataclass(slots=True)
class Imported:
    """What an import came to. new + changed + unchanged + rejected = rows; one row may have several rejects.

    `differences`: the first rows that are new, the first that are changed, the first that somebody should look at twice, of
    which there are `alarms`, and the first that register something beside what they say, of which there are `bringing`;
    `brings`: how much of what; `notes`: rows that were taken and have something odd about them.
    """

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    alarms: int = 0
    bringing: int = 0
    brings: dict[str, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    differences: list[RowDifference] = field(default_factory=list)
    notes: list[Reject] = field(default_factory=list)

    def reject(self, number: int, problems: Iterable[RowProblem]) -> None:
        """Account for a rejected row."""
        self.rows += 1
        self.rejected += 1
        self.rejects += [Reject(number, each.column, each.value, each.reason, each.sentence) for each in problems]

    def add(self, other: Imported) -> None:
        """Account for another part of the same file."""
        room = {"new": LISTED - self.new, "changed": LISTED - self.changed}
        for each in other.differences:
            room[each.state] -= 1
            if room[each.state] >= 0 or self._stands_out(each):
                self.differences.append(each)
        self.rows += other.rows
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.rejected += other.rejected
        self.alarms += other.alarms
        self.bringing += other.bringing
        for each_sort, many in other.brings.items():
            self.brings[each_sort] = self.brings.get(each_sort, 0) + many
        self.rejects += other.rejects

    def in_order(self) -> None:
        """Put what is listed into the order of the file's rows, in whatever order they were taken."""
        self.rejects.sort(key=lambda each: each.row)
        self.differences.sort(key=lambda each: each.row)

    def with_counts(self, other: Imported) -> Imported:
        """The counts alone of both parts together."""
        return Imported(
            self.rows + other.rows, self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged,
            self.rejected + other.rejected,
        )  # fmt: skip

    def count(self, number: int, plan: RowPlan, about: Callable[[], str]) -> None:
        """Account for a row that is taken; the first of each sort are listed."""
        self.rows += 1
        before, stands_out = getattr(self, plan.state), self._stands_out(plan)
        setattr(self, plan.state, before + 1)
        self.alarms += plan.alarms
        self.bringing += bool(plan.brings)
        for sort in plan.brings:
            self.brings[sort] = self.brings.get(sort, 0) + 1
        if plan.state != "unchanged" and (before < LISTED or stands_out):
            self.differences.append(RowDifference(number, plan.state, about(), plan.changes, plan.alarms, brings=plan.brings))

    def brought(self) -> str:
        """What is registered beside what the rows say, in words: 3 件作品、2 位作者; "" for nothing."""
        return "、".join(f"{many:,} {sort}" for sort, many in self.brings.items())

    def _stands_out(self, row: RowPlan | RowDifference) -> bool:
        """Whether a row is listed however many of its state are: the first to look at twice, the first that bring something."""
        return (row.alarms and self.alarms < LISTED) or (bool(row.brings) and self.bringing < LISTED)


ReadRow = tuple[int, T | list[RowProblem]]
"""A row's number, and either what it says or what is wrong with it."""


def nobody_watches(done: int, whole: int) -> None:
    """For imports whose progress nobody watches."""
    del done, whole


def plan_run(planner: _Plans[T], run: Sequence[ReadRow[T]], result: Imported) -> list[Draft]:
    """Plan the rows of a run and account for each; the drafts they ask for."""
    drafts: list[Draft] = []
    for number, row in run:
        if isinstance(row, list):
            result.reject(number, row)
            continue
        try:
            plan = planner.plan(number, row)
        except RowProblem as problem:
            result.reject(number, [problem])
        else:
            result.count(number, plan, partial(planner.about, row))
            drafts += plan.drafts
    return drafts


class SeenRows:
    """What a file has said already, by key: the row it was said in."""

    def __init__(self) -> None:
        self._rows = Scratch()

    def first(self, key: object, number: int) -> int | None:
        """The row that said it first; None for that row itself, which may be planned more than once."""
        said = self._rows.first(hash(key), number)
        return None if said == number else said

    def said(self, key: object) -> int | None:
        """The row that said it, None for none."""
        return self._rows.get(hash(key))


class LargestRows:
    """The largest amount that a file says under a key, whatever the order of its rows."""

    def __init__(self) -> None:
        self._said = Scratch()

    def before(self, key: object, amount: int, number: int) -> int:
        """The largest amount that other rows said before this one, 0 for none; a row may be planned more than once."""
        largest, row = divmod(self._said.largest(hash(key), amount << _ROW_BITS | number), 1 << _ROW_BITS)
        return 0 if row == number else largest
