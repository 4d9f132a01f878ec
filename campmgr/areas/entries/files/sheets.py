"""Works as spreadsheets in and out, with the people that stand on them found by code, 编号 or name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from campmgr.areas.entries.files.attaching import FILE_COLUMNS, attach_folder
from campmgr.areas.entries.files.votes import VOTES
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.rules.checking import class_named
from campmgr.areas.people.queries.finding import people_by_id, people_by_name, person_of_unit
from campmgr.errors import NotFound
from campmgr.facts.inventory_rows import Who
from campmgr.files import cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import plain
from campmgr.files.imports.row_reading import RowReader
from campmgr.files.inventory_sheets import inventory_sheet
from campmgr.store.door import Reader
from campmgr.wording import name_key


def _find(r: Reader, unit: str, text: str) -> str:
    """By code or 编号, else by a name that one alone in the unit bears."""
    try:
        return person_of_unit(r, unit, text).person
    except NotFound:
        named = [each for each in people_by_name(r, [text]).get(name_key(text), ()) if each.home == unit]
        if len(named) != 1:
            raise
        return named[0].person


def _names(r: Reader, unit: str, ids: Iterable[str]) -> dict[str, str]:
    return {person: who.shown_name for person, who in people_by_id(r, ids).items() if unit in {"", who.home}}


WHO = Who(_find, _names)

_PLAIN = inventory_sheet(ENTRIES, WHO)


def _read(reader: RowReader, row: Row) -> Any:
    """A row in which a class may bear another name: 视频类 is 音视频类 (E-32)."""
    told = row.values.get("class")
    if isinstance(told, str):
        row = replace(row, values=row.values | {"class": class_named(cells.text(told))})
    return _PLAIN.read(reader, row)


_FOOT = plain("本表随每次报送作品一并发至邮箱")[:12]
"""How the foot line of a notice's table begins: no row of data."""

_COLUMNS = (*_PLAIN.layout.columns, *FILE_COLUMNS)
_LAYOUT = replace(_PLAIN.layout, columns=_COLUMNS, remarks=(*_PLAIN.layout.remarks, _FOOT))

SHEETS = (
    VOTES,
    replace(_PLAIN, layout=_LAYOUT, read=_read, folder=attach_folder),
)
