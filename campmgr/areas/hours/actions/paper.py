"""Rosters on paper: printed with their rows frozen, typed in by row number, saved only when the totals on the paper agree.

The order of a printed roster is kept in this data file (ids, no names) rather than in the ledger: paper is printed, filled in and
typed in at one office, and what it comes to are marks like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from campmgr.areas.hours.actions.class_marking import ClassMarked, mark_each
from campmgr.areas.hours.actions.marks import MarkRow
from campmgr.areas.hours.local import RosterFor, is_roster, keep_roster, keep_sheet, people_on, untouched_rosters
from campmgr.areas.hours.queries.paper import NO_CLASS, PaperSheet, Roster, people_for_paper
from campmgr.areas.people.queries.roster import classes_of
from campmgr.clock import utc_text
from campmgr.errors import BadInput, Refused
from campmgr.ids import hash_id, roster_code
from campmgr.store.door import Reader, Writer

MOST_ROWS = 10_000
"""Rows of a roster: 400 sheets. Whoever has more prints class by class."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What stands at the foot of a sheet: how many came, and the sum of their minutes (None where no minutes were kept)."""

    people: int
    minutes: int | None = None


def print_roster(w: Writer, unit: str, class_name: str, what: str, day: str, *, with_minutes: bool, actor: str = "") -> str:
    """Freeze the rows of a roster for paper; its code comes back.

    One with just these rows that was not typed in yet serves again, so that pressing twice makes one. Raises BadInput for
    nobody, Refused for more than MOST_ROWS.
    """
    people = people_for_paper(w, unit, class_name, most=MOST_ROWS + 1)
    if not people:
        raise _nobody()
    if len(people) > MOST_ROWS:
        raise Refused(f"人数超过 {MOST_ROWS:,}，一份名册印不下。", reason="too_large", hint="请按班级分别打印。")
    about = RosterFor(unit, class_name, what, day, int(with_minutes))
    for equal in untouched_rosters(w, about):
        if people == people_on(w, equal):
            return equal
    roster = _fresh_code(w)
    keep_roster(w, roster, about, people, utc_text(w.clock.now()), actor)
    return roster


def print_each_class(w: Writer, unit: str, what: str, day: str, *, with_minutes: bool, actor: str = "") -> list[str]:
    """A roster for every class of a unit, and one for those who have none; their codes. Raises as `print_roster`."""
    classes = [*classes_of(w, unit), *([NO_CLASS] if people_for_paper(w, unit, NO_CLASS, most=1) else [])]
    if not classes:
        raise _nobody()
    return [print_roster(w, unit, each, what, day, with_minutes=with_minutes, actor=actor) for each in classes]


def _nobody() -> BadInput:
    return BadInput(
        "这个单位（班级）里还没有人。", reason="missing_value", hint="请先导入名单；人员登记在下级单位的，请到下级单位打印。"
    )


def _fresh_code(r: Reader) -> str:
    """A code that no roster here has."""
    while is_roster(r, code := roster_code()):
        pass
    return code


def totals_differ(typed: Mapping[int, int | None], told: Totals) -> tuple[str, ...]:
    """Where what was typed in (row -> minutes, None for all) differs from the foot of the sheet, and by how much; () agrees."""
    found = []
    if len(typed) != told.people:
        gap = len(typed) - told.people
        found.append(f"人数不符：纸上合计 {told.people} 人，录入了 {len(typed)} 人，{'多' if gap > 0 else '少'}了 {abs(gap)} 人。")
    minutes = sum(each or 0 for each in typed.values())
    if told.minutes is not None and minutes != told.minutes:
        gap = minutes - told.minutes
        found.append(
            f"分钟数不符：纸上合计 {told.minutes} 分钟，录入的合计 {minutes} 分钟，{'多' if gap > 0 else '少'}了 {abs(gap)} 分钟。"
        )
    return tuple(found)


def save_sheet(
    w: Writer, roster: Roster, sheet: PaperSheet, typed: Mapping[int, int | None], row: MarkRow, told: Totals, *, client_id: str,
    actor: str = "",
) -> ClassMarked:  # fmt: skip
    """Save one sheet as one batch. `typed` holds the rows that came, with their minutes (None: all of the lesson, or a condition).

    Raises BadInput "conflict" while the totals differ, "unknown_person" for a row whose person is no longer here, Refused where
    everything stood already or the same form was saved with other rows, and as `mark_each` does. The same form again records
    nothing.
    """
    if differences := totals_differ(typed, told):
        raise BadInput("".join(differences), reason="conflict", hint="请对照纸质名册逐行核对，改正后再保存。")
    here = {each.number: each for each in sheet.rows}
    if gone := [number for number in typed if number not in here or not here[number].is_here]:
        raise BadInput(
            f"第 {gone[0]} 行的人已经不在本单位，不能在这里登记。", reason="unknown_person", hint="请划去这一行，并改合计。"
        )
    marks = [
        (here[number].person, MarkRow(row.day, row.lesson, row.condition, minutes, "paper")) for number, minutes in typed.items()
    ]
    batch = hash_id("paper", roster.roster, sheet.number, client_id)
    marked = mark_each(w, marks, batch=batch, actor=actor)
    before = next((each for each in sheet.typed if each.batch == batch), None)
    if before and (marked.recorded or before.people != len(typed)):
        raise Refused("这张表单刚才已经保存过，这次的内容不同，没有保存。", reason="conflict", hint="请先撤销那一批，再重新录入。")
    if not marked.recorded and not before:
        raise Refused("这些人都已经登记过了，没有新的内容。", hint="这一页可能已经录入过。")
    keep_sheet(w, roster.roster, sheet.number, batch, len(typed), utc_text(w.clock.now()))
    return marked
