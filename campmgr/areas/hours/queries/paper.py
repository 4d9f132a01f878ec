"""Rosters on paper: those printed for a unit, one of them whole, and one of its sheets as it is typed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campmgr.areas.people.fold.people import IS_HERE
from campmgr.areas.people.queries.finding import ERASED
from campmgr.areas.people.queries.one_unit import units_of_one
from campmgr.areas.units.settings import OUTSIDE
from campmgr.class_order import class_key
from campmgr.clock import minute_text
from campmgr.errors import BadInput, NotFound
from campmgr.ids import is_roster_code
from campmgr.store.door import Reader, Row
from campmgr.typed_codes import roster_code_in, tidied

ROWS_A_SHEET = 25
"""Rows of one sheet of A4: high enough to sign in."""

NO_CLASS = "-"
"""What stands for the class of those who have none; "" stands for everybody."""


@dataclass(frozen=True, slots=True)
class Roster:
    """A printed roster: for whom, for what and when ("" where the paper leaves it blank), how many rows on how many sheets."""

    roster: str
    unit: str
    class_name: str
    what: str
    day: str
    with_minutes: bool
    made_at: str
    count: int
    typed: int = 0

    @property
    def sheets(self) -> int:
        """Sheets of paper, each with its own totals at the foot."""
        return max(1, -(-self.count // ROWS_A_SHEET))

    @property
    def class_words(self) -> str:
        """The class in words."""
        return {"": "全部班级", NO_CLASS: "没有班级"}.get(self.class_name, self.class_name)

    @property
    def shown(self) -> str:
        """The code as printed: 12345-67890."""
        return f"{self.roster[:5]}-{self.roster[5:]}"

    @property
    def made_on(self) -> str:
        """When it was made, to the minute."""
        return minute_text(self.made_at)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row as printed; `is_here` says that the person can still be marked here, `code_end` the last four digits of their code."""

    number: int
    person: str
    name: str
    class_name: str
    code_end: str
    is_here: bool = True


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """A sheet that was typed in: the batch, how many people, when, and whether that was taken back."""

    batch: str
    people: int
    typed_at: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """One sheet of a roster: its rows, and how often it was typed in already."""

    number: int
    rows: tuple[PaperRow, ...]
    typed: tuple[TypedSheet, ...]

    @property
    def first(self) -> int:
        """The number of its first row."""
        return (self.number - 1) * ROWS_A_SHEET + 1

    @property
    def last(self) -> int:
        """The number of its last row."""
        return self.first + len(self.rows) - 1


_PEOPLE = f"""
    select p.person from people p
    where p.person in (select person from people where home in (:keys) union select person from memberships where unit in (:keys))
      and p.kind <> :outside and {IS_HERE} and p.name <> ''
      and (:every_class or p.class_key = :class_key)
    order by p.class_key, length(p.number), p.number, p.name, p.person limit :most"""  # noqa: S608 - our own words


def _of_class(class_name: str) -> dict[str, str | int]:
    """Which people are meant by "" (all), NO_CLASS, or a class, however it is written."""
    return {"every_class": int(not class_name), "class_key": "" if class_name == NO_CLASS else class_key(class_name)}


def people_for_paper(r: Reader, unit: str, class_name: str, most: int) -> list[str]:
    """Ids of a unit's (and class's) people by class and 编号 (9 before 10); erased ones have no name to print."""
    return [row[0] for row in r.among(_PEOPLE, units_of_one(r, unit), outside=OUTSIDE, **_of_class(class_name), most=most)]


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody as a spreadsheet handed out lists them: the minted code is what brings the row back to them."""

    code: str
    number: str
    name: str
    class_name: str


def listed(r: Reader, unit: str, class_name: str, most: int) -> tuple[Listed, ...]:
    """A unit's (and class's) people as `people_for_paper` orders them."""
    sql = _PEOPLE.replace("p.person from", "p.code, p.number, p.name, p.class_name from", 1)
    rows = r.among(sql, units_of_one(r, unit), outside=OUTSIDE, **_of_class(class_name), most=most)
    return tuple(Listed(*row) for row in rows)


_ROSTERS = """
    select l.roster, l.unit, l.class_name, l.what, l.day, l.with_minutes, l.made_at,
           (select count(*) from local_roster_rows o where o.roster = l.roster),
           (select count(distinct s.sheet) from local_roster_sheets s where s.roster = l.roster
            and not exists (select 1 from withdrawn x where x.batch = s.batch))
    from local_rosters l where l.unit = :unit"""


def rosters_of(r: Reader, unit: str) -> tuple[Roster, ...]:
    """The last 60 rosters printed for a unit, the newest first."""
    return tuple(_roster(row) for row in r.all(_ROSTERS + " order by l.made_at desc, l.class_name, l.roster limit 60", unit=unit))


def roster_of(r: Reader, unit: str, text: str) -> Roster:
    """A roster of this very unit by its code. Raises NotFound."""
    row = r.one(_ROSTERS + " and l.roster = :roster", unit=unit, roster=text)
    if row is None:
        raise NotFound("这个单位没有这份名册，或者它不是在本机打印的。", reason="unknown_list",
                       hint="请核对名册右上角的编号；名册要在打印它的电脑上录入。")  # fmt: skip
    return _roster(row)


def find_sheet(r: Reader, unit: str, text: str) -> tuple[Roster, int]:
    """The roster and sheet that somebody typed or scanned from paper: 20615-48896, or 2061548896-3 for the third sheet.

    Raises BadInput "bad_check_digits" for a mistyped code, NotFound as `roster_of` does.
    """
    digits = "".join(each for each in tidied(text) if each.isascii() and each.isdigit())
    if not is_roster_code(digits[:10]) and not (digits := roster_code_in(text)):
        raise BadInput("这不是名册编号，可能输错了。", reason="bad_check_digits", hint="请核对名册右上角的 10 位数字。")
    return roster_of(r, unit, digits[:10]), int(digits[10:13] or 1)


def _roster(row: Row) -> Roster:
    roster, unit, class_name, what, day, with_minutes, made_at, count, typed = row
    return Roster(roster, unit, class_name, what, day, bool(with_minutes), made_at, count, typed)


_ROWS = """
    select o.number, coalesce(a.stands_for, o.person), p.name, p.class_name, p.code, p.erased,
           p.home in (:keys) or exists (select 1 from memberships m where m.person = p.person and m.unit in (:keys))
    from local_roster_rows o left join aliases a on a.person = o.person
    left join people p on p.person = coalesce(a.stands_for, o.person)
    where o.roster = :roster and o.number >= :first and o.number <= :last order by o.number"""


def rows_of(r: Reader, roster: Roster, first: int = 1, last: int = 1_000_000) -> tuple[PaperRow, ...]:
    """The rows of a roster as they were frozen, with today's names; merged people stand in both their rows."""
    found = r.among(_ROWS, units_of_one(r, roster.unit), roster=roster.roster, first=first, last=last)
    return tuple(_row(row) for row in found)


def _row(row: Sequence[object]) -> PaperRow:
    number, person, name, class_name, code, erased, here = row
    shown = str(name or "") or ERASED
    return PaperRow(int(str(number)), str(person), shown, str(class_name or ""), str(code or "")[-4:], bool(here and not erased))


def next_sheet(r: Reader, batch: str) -> tuple[str, int] | None:
    """After a batch typed in from paper: the roster and the next sheet of it that was not typed in; None where there is none."""
    row = r.one(
        """select s.roster, s.sheet, (select count(*) from local_roster_rows o where o.roster = s.roster)
           from local_roster_sheets s where s.batch = :batch""",
        batch=batch)  # fmt: skip
    if row is None:
        return None
    roster, sheet, count = row
    typed = {each[0] for each in r.all("select sheet from local_roster_sheets where roster = :roster", roster=roster)}
    sheets = -(-count // ROWS_A_SHEET)
    return next(((roster, each) for each in (*range(sheet + 1, sheets + 1), *range(1, sheet)) if each not in typed), None)


def sheet_of(r: Reader, roster: Roster, number: int) -> PaperSheet:
    """One sheet of a roster. Raises NotFound beyond its last one."""
    if not 1 <= number <= roster.sheets:
        raise NotFound(f"这份名册只有 {roster.sheets} 页。", reason="unknown_list", hint="请核对页码。")
    first = (number - 1) * ROWS_A_SHEET + 1
    typed = r.all(
        """select s.batch, s.people, s.typed_at, exists (select 1 from withdrawn x where x.batch = s.batch)
           from local_roster_sheets s where s.roster = :roster and s.sheet = :sheet order by s.typed_at, s.batch""",
        roster=roster.roster, sheet=number)  # fmt: skip
    known = tuple(TypedSheet(batch, people, minute_text(at), bool(gone)) for batch, people, at, gone in typed)
    return PaperSheet(number, rows_of(r, roster, first, first + ROWS_A_SHEET - 1), known)
