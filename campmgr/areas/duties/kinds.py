"""A duty begins and ends. Of one duty in one activity the later word follows the earlier; names and telephones are details."""

from __future__ import annotations

from campmgr.facts.world import World
from campmgr.ledger.kinds import Body, Home, Kind, Right, fields


def _given(world: World, body: Body) -> str:
    activity = world.activities.get(body["activity"])
    days = f"{body['from_on']} 起" + (f"，到 {body['until_on']}" if body["until_on"] else "")
    return f"{activity.name if activity else '未知活动'}：{body['duty']}，{days}"


def _ended(world: World, body: Body) -> str:
    activity = world.activities.get(body["activity"])
    return f"{activity.name if activity else '未知活动'}：{body['duty']}，到 {body['on']}（{body['reason']}）"


DUTY = ("duty {activity} {duty}",)

# fmt: off
KINDS = (
    Kind("duty_given", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",),
         fields("activity duty unit from_on until_on more:map"), called="担任职责", brings="{n} 项职责", words=_given, may_undo=True,
         registers=DUTY, dated=True),
    Kind("duty_ended", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("activity duty on reason"),
         called="不再担任职责", words=_ended, may_undo=True, registers=DUTY, dated=True, after_close=True),
)
# fmt: on
