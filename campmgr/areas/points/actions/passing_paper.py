"""Items on paper: what waits for a post is printed with numbers, signed, and typed in by number."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.points.local import PassingSheet, keep_passing_sheet, passing_sheet, passing_sheets
from campmgr.areas.points.queries.items import ItemLine
from campmgr.clock import utc_text
from campmgr.errors import BadInput
from campmgr.facts.activities import Activity
from campmgr.ids import roster_code
from campmgr.store.door import Writer


def print_waiting(w: Writer, activity: Activity, unit: str, stage: int, lines: Sequence[ItemLine]) -> PassingSheet:
    """Freeze what waits as the rows of a paper; one with just these rows serves again. Raises BadInput for nothing."""
    if not lines:
        raise BadInput("这一级没有等着审的稿件。", reason="missing_value")
    items = tuple(each.item for each in lines)
    for equal in passing_sheets(w, activity.id, unit, stage, most=1):
        if equal.items == items:
            return equal
    while passing_sheet(w, code := roster_code()):
        pass
    made = PassingSheet(code, activity.id, unit, stage, utc_text(w.clock.now()), items)
    keep_passing_sheet(w, made)
    return made
