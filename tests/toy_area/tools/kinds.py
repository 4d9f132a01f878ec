"""The kind about tools."""

from __future__ import annotations

from campmgr.ledger.kinds import Home, Kind, Right, fields

# fmt: off
KINDS = (
    Kind("tool_lent", Home.PEOPLE, Right.COVERS_SCOPE, ("tool",), ("tools",), fields("unit name count:int"), called="领用器材"),
)
# fmt: on
