"""The one kind of its own, and those of its inventories."""

from __future__ import annotations

from campmgr.facts.inventories import inventory_kinds
from campmgr.ledger.kinds import Home, Kind, Right, fields
from tests.kit.walks.inventories import INVENTORIES

KINDS = (
    Kind("walk_reported", Home.PEOPLE, Right.COVERS_SCOPE, ("walk",), ("walks",), fields("activity unit place minutes:int"),
         called="巡查"),
    *(kind for each in INVENTORIES for kind in inventory_kinds(each)),
)  # fmt: skip
