"""The rules of an activity, ready to judge items by."""

from __future__ import annotations

from campmgr.areas.holidays.world import calendar_of
from campmgr.areas.points.rules.worth import Scoring
from campmgr.facts.activities import Activity
from campmgr.facts.world import World


def scoring_of(world: World, activity: Activity) -> Scoring:
    """How an activity scores, by the rules and the holidays that are in force."""
    return Scoring(activity.rules, calendar_of(world))
