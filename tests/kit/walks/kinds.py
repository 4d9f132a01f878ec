"""The one kind."""

from __future__ import annotations

from campmgr.ledger.kinds import Home, Kind, Right, fields

KINDS = (
    Kind("walk_reported", Home.PEOPLE, Right.COVERS_SCOPE, ("walk",), ("walks",), fields("activity unit place minutes:int"),
         called="巡查"),
)  # fmt: skip
