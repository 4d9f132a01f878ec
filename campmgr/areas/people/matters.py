"""What about people themselves a human should look at."""

from __future__ import annotations

from campmgr.areas.people.queries.missing import MISSING, missing_details
from campmgr.areas.people.queries.sides import tell_sides
from campmgr.areas.people.queries.taken_numbers import TAKEN_NUMBER, each_taken_number, taken_number_rows, tell_taken_numbers
from campmgr.areas.people.queries.twins import (
    KNOWN_ELSEWHERE,
    NUMBER_SHARED,
    SAME_NAME,
    SAME_NUMBER,
    SAME_PHONE,
    tell_known_elsewhere,
    tell_twins,
    twins,
)
from campmgr.facts.review import SIDES, Answer, Matter, each_told


def _double(name: str, title: str) -> Matter:
    """Two records that may be one person's."""
    return Matter(
        name=name,
        title=title,
        what_to_do="是同一个人就合并，课时合在一起，以后还能拆开；不是就记下“是两个人”。",
        tell=tell_twins,
        answers=(Answer("same", "是同一个人，合并", acts=True), Answer("two", "是两个人")),
        act="campmgr.areas.people.actions.doubts:merge_twins",
        rows=twins,
        is_weighed=True,
    )


MATTERS = (
    Matter(
        name=SIDES,
        title="两处说法不同",
        what_to_do="问清楚，按其中一种；都不对的，打开这个人（或台账里这一条）的页面改成正确的。定下来以后，各台电脑上的这一条都会消失。",
        tell=tell_sides,
        act="campmgr.areas.people.actions.sides:choose_side",
    ),
    _double(SAME_NUMBER, "可能是同一个人（同一编号）"),
    _double(SAME_PHONE, "可能是同一个人（同一手机号）"),
    Matter(
        name=KNOWN_ELSEWHERE,
        title="别的单位也登记过",
        what_to_do="请上级单位在那里的“待核对”里看这两份登记：是同一个人就合并，不是就记下“是两个人”；定了以后，这一条就消失。",
        tell=tell_known_elsewhere,
        rows=twins,
    ),
    _double(SAME_NAME, "同一单位里两个同名的人"),
    Matter(
        name=MISSING,
        title="个人信息缺失",
        what_to_do="请登记他的那台电脑再做一个包含全部记录的数据包（campmgr pack make --all），收下以后自动补上。",
        tell=each_told(lambda _: "个人信息没有随数据包来，也没有人要求删除；课时照计，姓名暂时看不到。"),
        rows=missing_details,
    ),
    Matter(
        name=NUMBER_SHARED,
        title="一个编号两个姓名",
        what_to_do="是两个人的，给其中一人换编号，再记下“是两个人”；是同一个人改了名的，合并，课时合在一起。",
        tell=tell_twins,
        answers=(Answer("two", "是两个人"), Answer("same", "是同一个人，合并", acts=True)),
        act="campmgr.areas.people.actions.doubts:merge_twins",
        rows=twins,
        is_weighed=True,
    ),
    Matter(
        name=TAKEN_NUMBER,
        title="名单上的编号是别人的",
        what_to_do="是同一个人（改了名、升了班），就用名单上的姓名和班级；是另一个人，另立编号登记；名单写错了的，不导入。都可以撤销。",
        tell=tell_taken_numbers,
        answers=(
            Answer("same", "是同一个人，用名单上的", acts=True),
            Answer("another", "是另一个人，编号前加班级", acts=True),
            Answer("leave", "不导入"),
        ),
        act="campmgr.areas.people.actions.taken_numbers:decide_taken_numbers",
        rows=taken_number_rows,
        each=each_taken_number,
    ),
)
