"""What is left of judging and awards before a call is closed, and what no longer changes before its rules are amended."""

from __future__ import annotations

from collections.abc import Iterator

from campmgr.areas.judging.queries.award_lists import OPEN, award_lists, tasks_of
from campmgr.areas.judging.queries.award_publicity import objections_waiting
from campmgr.areas.judging.queries.judges import seats_of
from campmgr.areas.judging.queries.rounds import rounds_of
from campmgr.facts.activities import Activity
from campmgr.facts.area import Remark
from campmgr.facts.world import World
from campmgr.store.door import Reader


def unfinished(r: Reader, world: World, activity: Activity) -> Iterator[Remark]:
    """Rounds that nobody opened, answers missing in them, objections without an answer, tasks that are open."""
    waiting = [each for each in rounds_of(r, activity) if not each.is_opened]
    yield Remark("还没有开启的评审", len(waiting))
    seats = [seats_of(r, world, activity, each) for each in waiting]
    yield Remark("还没有交的评分", sum(len(each.active() - each.said.keys()) for each in seats))
    yield Remark("还没有答复的异议", objections_waiting(r, activity))
    open_tasks = sum(each.state == OPEN for one in award_lists(r, world, activity) for each in tasks_of(r, activity, one))
    yield Remark("还没有办完的获奖后续（证书、奖杯、召回）", open_tasks)


def frozen(r: Reader, world: World, activity: Activity) -> Iterator[Remark]:
    """Lists that stay as they are, whatever the rules say from now on."""
    yield Remark("已定的获奖名单（按定奖时的规则，不再变）", len(award_lists(r, world, activity)))
