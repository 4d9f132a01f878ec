"""What about hours a human should look at: a hint, since every hour counts until somebody withdraws it."""

from __future__ import annotations

from campmgr.areas.hours.queries.set_aside import CROWD, WAITING_SCAN, crowds, tell_crowds, tell_scans, waiting_scans
from campmgr.areas.hours.rules.doubts import IMPOSSIBLE_DAY, LONG_DAY, LONGER_THAN_CLOCK, LONGER_THAN_LESSON, doubt_sentence
from campmgr.facts.review import Answer, Matter, ReviewRow, each_told

_TRUE = Answer("true", "已核对，属实")


def _sentence(row: ReviewRow) -> str:
    return doubt_sentence(row.matter, row.told)


def _of_marks(name: str, title: str) -> Matter:
    what = "课时照计。有误的，在这个人的页面更正或撤回；属实的，记下核对结果。"
    return Matter(name=name, title=title, what_to_do=what, tell=each_told(_sentence), answers=(_TRUE,))


MATTERS = (
    Matter(
        name=WAITING_SCAN,
        title="扫码没入账",
        what_to_do="等上级带来这个人的资料，或在本机登记了，就自动入账；扫错了的可以撤回。",
        tell=tell_scans,
        answers=(Answer("withdraw", "扫错了，撤回", acts=True),),
        act="campmgr.areas.hours.actions.waiting_scans:withdraw_scans",
        rows=waiting_scans,
    ),
    _of_marks(LONGER_THAN_LESSON, "比课程还长"),
    _of_marks(LONGER_THAN_CLOCK, "早于时间"),
    _of_marks(IMPOSSIBLE_DAY, "日期不合常理"),
    _of_marks(LONG_DAY, "一天太多"),
    Matter(
        name=CROWD,
        title="同一秒登记很多人",
        what_to_do="问一问当时怎么登记的：断网后补传的属实，记下结果；代签的，请到各人页面撤回。",
        tell=tell_crowds,
        answers=(_TRUE,),
        rows=crowds,
    ),
)
