"""Where the office's pages of judging stand: the activity, which must be the caller's to run; nobody else sees anything of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from campmgr.accounts.queries import activity_for, runs_activity
from campmgr.errors import NotAllowed
from campmgr.facts.activities import Activity
from campmgr.facts.saying import closed
from campmgr.facts.world import World
from campmgr.web.current import me


class JudgingStand(NamedTuple):
    """The office of an activity that is judged, and what of it stands in addresses."""

    activity: Activity
    address: Mapping[str, Any]


def at_judging(world: World, activity: str, *, writes: bool = False) -> JudgingStand:
    """The office. Raises NotFound, NotAllowed for who does not run it, Refused for one that is over where something is written."""
    account = me()
    found = activity_for(world, account, activity, "entries")
    if not runs_activity(world, account, found):
        raise NotAllowed("评审只由主办单位的组织方办理和查看。", hint="结果公布以后，会在活动页上。")
    if writes and not found.is_open:
        raise closed(found)
    return JudgingStand(found, {"activity": world.activities.address(found)})
