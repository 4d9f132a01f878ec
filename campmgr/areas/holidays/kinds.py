"""The kind that tells a year's holidays and make-up days."""

from __future__ import annotations

from campmgr.ledger.kinds import Home, Kind, Right, fields

# fmt: off
KINDS = (
    Kind("calendar_told", Home.PUBLIC, Right.ROOT, ("calendar",), ("calendar",), fields("year:int off:list work:list source"),
         registers=("calendar",),
         stays="要改放假安排，请重新导入这一年的表。"),
)
# fmt: on
