"""What about people themselves a human should look at."""

from __future__ import annotations

from campmgr.areas.people.queries.twins import SAME_NUMBER, tell_twins, twins
from campmgr.facts.review import NOTED, Answer, Matter, each_told

MATTERS = (
    Matter(
        name="details_differ",
        title="个人信息两种说法",
        what_to_do="打开这个人的页面更正成正确的；两种都不用改，就记下核对结果。",
        tell=each_told(lambda _: "个人信息有两种说法，都没有被更正。"),
        answers=(NOTED,),
    ),
    Matter(
        name=SAME_NUMBER,
        title="可能是同一个人",
        what_to_do="是同一个人就合并，课时合在一起，以后还能拆开；不是就记下“是两个人”。",
        tell=tell_twins,
        answers=(Answer("same", "是同一个人，合并", acts=True), Answer("two", "是两个人")),
        act="campmgr.areas.people.actions.doubts:merge_twins",
        rows=twins,
    ),
)
