"""What the laptop in hand has recorded and the one above does not hold yet, for whoever works at its unit."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from campmgr.accounts.queries import unit_for
from campmgr.areas.nodes.local.syncing import peers
from campmgr.areas.nodes.queries.neighbours import NeighbourLine, OwedKind, owed_above, to_carry_up
from campmgr.errors import NotFound
from campmgr.facts.units import Unit
from campmgr.web import respond
from campmgr.web.current import is_laptop_held, me, reading
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("carrying", __name__, url_prefix="/desk/units/<code>/carry-up")


@dataclass(frozen=True, slots=True)
class CarryPage:
    """What is owed to the laptop above, kind by kind; `sync_at`: its address, for whoever runs this laptop, and `makes_packs`:
    whether they may make a pack for it.
    """

    unit: Unit
    above: NeighbourLine
    kinds: tuple[OwedKind, ...]
    sync_at: str
    makes_packs: bool


@area.get("")
@require("coordinator")
def owed(code: str) -> Answer:
    """What is not carried up yet. Raises NotFound for another unit than one's own, and where nothing stands above."""
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        above = to_carry_up(r, world) if unit.unit == account.unit else None
        if above is None:
            raise NotFound("这台电脑没有上级，没有要带的。", reason="no_such_page", hint="请从“我的单位”进入。")
        runs = is_laptop_held()
        at = next((each.address for each in peers(r) if runs and each.node == above.node), "")
        page = CarryPage(unit, above, owed_above(r, world), at, runs)
    return respond.page("nodes/carry_up.html", page)
