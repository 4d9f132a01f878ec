"""The day until which personal details are kept has passed: they go, and totals stay. Somebody looks and presses; nothing goes by
itself.

Each person is erased by the fact by which anybody is (docs/ledger.md#erasure), so whoever holds them hears of it by the next pack;
all of one day are one batch. It is done in runs, between which others write.
"""

from __future__ import annotations

from campmgr.areas.people.actions.people import erase_all
from campmgr.areas.people.queries.retention import batch_of_retention, next_retained
from campmgr.areas.people.settings import People
from campmgr.clock import today_of
from campmgr.errors import Refused
from campmgr.facts import world as worlds
from campmgr.store.door import Writer

RUN = 200
"""People who are erased in one transaction."""


def erase_retained(w: Writer, actor: str = "") -> int:
    """Erase the next run of people whose details are held beyond their day; how many they are, 0 once there are none.

    Raises Refused before the day has passed, and where none is set.
    """
    world = worlds.load(w)
    until = world.rules[People].keep_until
    if not until:
        raise Refused("没有定保存期限，什么也没有删除。", reason="refused_by_rule", hint="先在规则里写明个人信息保存到哪一天。",
                      at_console="先用 campmgr rules set people.keep_until 写明日期。")  # fmt: skip
    if today_of(w.clock) <= until:
        raise Refused(f"个人信息要保存到 {until}，还没有到期，什么也没有删除。", reason="refused_by_rule",
                      hint="到期以后再来；要提前，先把规则里的日期改早。")  # fmt: skip
    people = next_retained(w, world, RUN)
    if people:
        erase_all(w, people, f"个人信息保存期限已到（{until}）", actor, batch_of_retention(w, until))
    return len(people)
