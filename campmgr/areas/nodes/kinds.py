"""The kinds that nodes tell each other."""

from __future__ import annotations

from campmgr.ledger.kinds import Home, Kind, Right, fields

# fmt: off
KINDS = (
    Kind("totals_told", Home.PEOPLE, Right.COVERS_SCOPE, ("totals",), ("told_totals",), fields("rows:list"),
         between_nodes=True, registers=("told",)),
    Kind("activity_totals_told", Home.PEOPLE, Right.COVERS_SCOPE, ("totals",), ("told_totals",), fields("activity rows:list"),
         between_nodes=True, after_close=True, registers=("told {activity}",)),
)
# fmt: on
