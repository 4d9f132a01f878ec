"""The list of a class or unit as a table to print: who, how many class-hours, signed in, certificate."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.people.queries.roster import RosterRow
from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart
from campmgr.wording import hours_text

_COLUMNS = (
    PaperColumn("序号", "number", 3),
    PaperColumn("姓名", "name", 7),
    PaperColumn("班级", "name", 6),
    PaperColumn("编号或编码", "code", 8),
    PaperColumn("课时", "number", 4),
    PaperColumn("签到", "name", 3),
    PaperColumn("证书", "name", 4),
)


def roster_paper(unit: str, class_name: str, rows: Sequence[RosterRow]) -> Paper:
    """The list of these people, in their order."""
    elsewhere = any(row.unit_name != unit for row in rows)
    columns = (*_COLUMNS[:3], PaperColumn("登记单位", "name", 8), *_COLUMNS[3:]) if elsewhere else _COLUMNS
    cells = tuple(
        (place, row.name, row.class_name, *([row.unit_name] if elsewhere else []), row.number or row.code,
         hours_text(row.credited), "√" if row.signed_in else "", "已发" if row.certified else "可领" if row.ready else "")
        for place, row in enumerate(rows, start=1)
    )  # fmt: skip
    title = f"{unit}{class_name}名单"
    return Paper((PaperPart("名单", title, columns, (Group(cells),), above=(f"共 {len(rows)} 人",)),), title)
