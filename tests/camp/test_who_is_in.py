"""By what somebody is in a later camp: a list that names them, a work of theirs, what another unit is told of its member."""

from __future__ import annotations

from typing import Any

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions.people import add_membership, join_again
from tests.kit.program import Program, write
from tests.kit.story import Cast

PRESET = "escape-drill-2023"


def _opened(program: Program) -> None:
    program.json("activity", "open", "--preset", PRESET, "--code", "2024")


def _joined(program: Program) -> int:
    return int(program.json("report", "units", "--by", "school")["total"]["joined"])


def test_who_stands_in_an_imported_list_is_in(program: Program, tmp_path):
    _opened(program)
    rows: list[list[Any]] = [["编号", "姓名", "单位", "班级"], ["001", "张三", "S1", ""], ["100", "新来的", "S1", "一年1班"]]
    file = write(tmp_path / "people.csv", rows)
    told = program.json("import", "people", file)
    assert (told["new"], told["changed"], told["unchanged"], told["rejected"]) == (1, 1, 0, 0)
    assert _joined(program) == 2
    again = program.json("import", "people", file)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)
    program.json("withdraw", told["batch"], "--reason", "传错了")
    assert _joined(program) == 0


def test_whoever_hands_in_a_work_is_in(program: Program, tmp_path):
    _opened(program)
    rows: list[list[Any]] = [
        ["作品链接", "标题", "作者", "参与者编号", "点赞数"],
        ["https://example.org/9", "逃生", "张三", "001", 12],
    ]
    program.json("import", "likes", write(tmp_path / "likes.csv", rows), "--read-at", "2023-06-09T12:00")
    assert _joined(program) == 1


def test_another_unit_is_told_of_its_member_in_each_camp(cast: Cast):
    root, women = cast.root(), cast.new("妇联")
    root.adds("S1", "350102", "学校")
    root.adds("F1", "350102", "妇联", line="妇联")
    root.enrols(women, "F1")
    pupil = root.joins("S1", "张三", "05")
    root.do(add_membership, root.person(pupil), "F1")
    root.marks(pupil, "V2")
    root.gives(women)
    assert (women.hours(pupil), women.total("joined", "F1")) == (700, 1)

    root.do(open_activity, PRESET, "2024")
    root.do(describe_lesson, Lesson("W1", "校园安全", 500, 60, "科普视频", "家庭"))
    root.gives(women)
    assert (women.hours(pupil), women.total("joined", "F1")) == (0, 0)

    root.do(join_again, root.person(pupil))
    root.marks(pupil, "W1")
    root.gives(women)
    assert (women.hours(pupil), women.total("joined", "F1")) == (500, 1)
    assert women.hash == women.rebuilt()
