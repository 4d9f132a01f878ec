"""The list of correspondents: its form filled, and read back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from campmgr.areas.points.actions.import_roster import RosterPlanner, RosterRow
from campmgr.areas.points.actions.placing import Sender
from campmgr.areas.points.files.forms import ROSTER, roster_said
from campmgr.areas.points.queries.roster import Correspondent
from campmgr.facts.activities import Activity
from campmgr.facts.importing import RowProblem
from campmgr.files import cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import UNIT, Layout, column
from campmgr.files.imports.row_reading import RowReader, get, required
from campmgr.files.imports.sheets import Importing, Sheet
from campmgr.files.official_paper import Paper
from campmgr.files.read_table import Cell

_PHONE = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])")

_OWN = ROSTER.layout
_LAYOUT = Layout(
    "correspondents", "宣传员名单", (column("unit", "填报单位", *UNIT), column("activity", "活动代码", "活动"), *_OWN.columns),
    _OWN.needed, lines=_OWN.lines, remarks=_OWN.remarks,
)  # fmt: skip


def read_correspondent(reader: RowReader, row: Row) -> RosterRow:
    """A row of the list; a telephone in 备注 becomes the telephone, and nothing of that column is kept as it is."""
    required(row, "name", cells.text, "没有姓名。")
    name = reader.person_name(row, "name")
    phone, note = get(row, "phone", _phone, ""), get(row, "note", cells.text, "")
    found = _PHONE.search(note)
    if found and not phone:
        phone = found[0]
    full = {"full_time": "专职" in note} if "专职" in note or "兼职" in note else {}
    if note and not full and not found:
        reader.notes.append(RowProblem("note", note, "unused_value", "备注没有导入：只认其中的电话和“专职”“兼职”。"))
    return RosterRow(get(row, "activity", cells.code, ""), get(row, "unit", cells.text, ""), name, get(row, "post", cells.text, ""),
                     phone, full)  # fmt: skip


def _phone(cell: Cell) -> str:
    """A mobile number, or that of an office, with its area code. Raises CellProblem."""
    said = cells.text(cell)
    return said if said.startswith("0") and _PHONE.fullmatch(said) else cells.phone(cell)


def roster_paper(activity: Activity, unit: str, correspondents: Sequence[Correspondent]) -> Paper:
    """The list of a unit on its form, to be looked at and filled in further."""
    rows = [(each.name, each.post, each.phone, each.note) for each in correspondents]
    return ROSTER.paper(rows, said={**roster_said(activity.rules), "unit": unit}, blank=max(0, 5 - len(rows)))


def _plan(to: Importing) -> RosterPlanner:
    return RosterPlanner(Sender(to.actor, to.batch, to.unit, to.within, to.activity), to.day[:10] or to.today)


ROSTER_SHEET = Sheet(_LAYOUT, read_correspondent, _plan, is_units=True)
