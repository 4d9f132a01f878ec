"""Duties beside the roles: from and to, changed, ended, of who moves or is erased; on pages, by command and by pack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from campmgr.areas.activities.actions import close, open_activity
from campmgr.areas.duties.actions import end_duty, give_duty
from campmgr.areas.duties.queries import DutyLine, duties_in, duties_of
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.errors import BadInput, NotAllowed, Refused
from tests.kit.desk_story import undone
from tests.kit.office import see
from tests.kit.pages import OWN
from tests.kit.story import Cast, Node
from tests.kit.walks.area import WITH_WALKS

TODAY = "2023-06-01"


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    made = Cast(tmp_path, WITH_WALKS)
    yield made
    made.close()


@pytest.fixture
def two(cast: Cast) -> tuple[Node, Node, str]:
    """A root and a school, and somebody there."""
    root, school = cast.root(lessons=()), cast.new("校")
    root.adds("S1", "350102", "学校")
    root.adds("S2", "350102", "学校")
    root.do(open_activity, "walks-2024", "XC")
    root.enrols(school, "S1")
    return root, school, school.joins("S1", "张三", "05")


def activity(node: Node, code: str = "XC") -> Any:
    return node.world.activities.called(code)[0]


def gives(node: Node, person: str, duty: str = "巡查员", **more: Any) -> Any:
    return node.do(lambda w: give_duty(w, node.person(person), activity(node), duty, **more))


def lines(node: Node, person: str) -> tuple[DutyLine, ...]:
    found: tuple[DutyLine, ...] = node.see(lambda r: duties_of(r, node.world, person, TODAY))
    return found


def told(node: Node, person: str) -> list[tuple[str, str, str, str]]:
    return [(each.duty, each.from_on, each.until_on, each.words) for each in lines(node, person)]


def test_a_duty_is_given_changed_and_ended_and_all_of_it_stays(two):
    root, school, person = two
    gives(school, person, from_on="2023-05-01")
    assert told(school, person) == [("巡查员", "2023-05-01", "", "在任")]
    gives(school, person, from_on="2023-05-20", until_on="2023-12-31")
    school.do(lambda w: end_duty(w, school.person(person), activity(school), "巡查员", "2023-05-31", "调离"))
    gives(school, person, "专家", from_on="2023-07-01")
    school.sends(root)
    for node in (root, school):
        assert told(node, person) == [
            ("专家", "2023-07-01", "", "未开始"),
            ("巡查员", "2023-05-01", "2023-05-20", "已变更"),
            ("巡查员", "2023-05-20", "2023-05-31", "已结束"),
        ]
        assert node.rebuilt() == node.hash
    gives(school, person, from_on="2023-06-01")
    assert told(school, person)[:1] == [("巡查员", "2023-06-01", "", "在任")], "given again after its end, it is a duty again"
    with pytest.raises(Refused):
        school.do(lambda w: end_duty(w, school.person(person), activity(school), "联络员", "", "没有"))


def test_a_duty_that_ends_in_some_days_is_held_until_then(two):
    _, school, person = two
    gives(school, person, from_on="2023-05-01")
    school.do(lambda w: end_duty(w, school.person(person), activity(school), "巡查员", "2023-06-30", "调离"))
    seen = {
        day: school.see(lambda r, day=day: duties_of(r, school.world, person, day))[0].words for day in ("2023-06-29", "2023-07-01")
    }
    assert seen == {"2023-06-29": "在任", "2023-07-01": "已结束"}


def test_what_is_wrong_is_refused(two):
    root, school, person = two
    for wrong in ({"duty": "评委"}, {"from_on": "2月30日"}, {"from_on": "2023-06-02", "until_on": "2023-06-01"}, {"unit": "none"}):
        with pytest.raises(BadInput):
            gives(school, person, **wrong)
    with pytest.raises(BadInput):
        school.do(lambda w: end_duty(w, school.person(person), activity(school), "巡查员", "", " "))
    other = root.joins("S2", "李四", "06")
    root.gives(school)
    with pytest.raises(NotAllowed):
        school.do(lambda w: give_duty(w, root.person(other), activity(school), "专家"))
    gives(school, person)
    root.do(close, activity(root), "到期")
    root.gives(school)
    with pytest.raises(Refused):
        gives(school, person, "专家")
    school.do(lambda w: end_duty(w, school.person(person), activity(school), "巡查员", "", "活动结束"))
    assert told(school, person)[0][3] == "已结束"


def test_a_duty_follows_who_moves_and_ends_visibly_with_who_is_erased(two):
    root, school, person = two
    gives(school, person, from_on="2023-05-01")
    school.sends(root)
    root.moves(person, "S2")
    assert told(root, person) == [("巡查员", "2023-05-01", "", "在任")]
    root.erases(person)
    (line,) = root.see(lambda r: duties_in(r, root.world, activity(root), TODAY))
    assert (line.name, line.words, line.goes_on) == ("已删除", "个人信息已删除", False)
    assert root.rebuilt() == root.hash
    with pytest.raises(Refused):
        gives(root, person)


def test_the_same_duty_given_in_two_places_offline_is_asked_about(two):
    root, school, person = two
    school.sends(root)
    gives(school, person, from_on="2023-05-01")
    gives(root, person, from_on="2023-05-09")
    school.sends(root)
    root.gives(school)
    assert told(root, person) == told(school, person)
    assert root.see(lambda r: r.value("select count(*) from review where matter = 'sides_differ'")) == 1
    assert root.rebuilt() == root.hash


def test_on_the_desk_a_duty_is_given_ended_and_taken_back(pages):
    with pages.store.writing() as w:
        person = people.register(w, Registration("3501-X1", "阿雅", "N1", "三年1班"))
    dora, path = pages.browser("dora"), f"/desk/people/{person}/duties"
    assert "还没有登记职责" in dora.get(path).text
    wrong = dora.post(path, data={"duty": "camp 评委", "from_on": "2023-06-01"}, headers=OWN)
    assert (wrong.status_code, "没有“评委”这项职责" in wrong.text) == (422, True)
    given = dora.post(path, data={"duty": "camp 联络员", "from_on": "2023-06-01", "until_on": ""}, headers=OWN)
    assert given.status_code == 303
    assert undone(pages, given).status_code == 303
    assert "还没有登记职责" in dora.get(path).text
    dora.post(path, data={"duty": "camp 专家", "from_on": "2023-06-01", "until_on": "2023-12-31"}, headers=OWN)
    for who, where in (("dora", f"/desk/people/{person}"), ("root", "/office/a/camp/"), ("dora", "/desk/units/3501-X1/a/camp/")):
        shown = see(pages, where, who)
        assert ("专家" in shown, "2023-12-31" in shown) == (True, True), where
    assert "阿雅" not in pages.browser("farid").get("/desk/units/3502/a/camp/").text
    assert "阿雅" not in pages.browser("nobody").get("/a/").text
    ended = dora.post(f"{path}/end", data={"ended": "camp 专家", "on": "2023-06-10", "reason": "换人"}, headers=OWN)
    assert ended.status_code == 303
    assert "换人" in dora.get(path).text
    assert undone(pages, ended).status_code == 303
    assert "换人" not in dora.get(path).text


def test_duties_by_command(program):
    program.json("duty", "give", "--person", "001", "--duty", "专家", "--from", "2023-06-01", "--until", "2023-06-30")
    (row,) = program.json("duty", "list")["rows"]
    assert (row["name"], row["duty"], row["from_on"], row["until_on"], row["state"]) == (
        "张三",
        "专家",
        "2023-06-01",
        "2023-06-30",
        "given",
    )
    program.json("duty", "end", "--person", "001", "--duty", "专家", "--on", "2023-06-20", "--reason", "换人")
    assert program.json("duty", "list")["rows"][0]["until_on"] == "2023-06-20"
    program.fails(2, "unknown_word", "duty", "give", "--person", "001", "--duty", "评委")
    program.fails(3, "unknown_activity", "duty", "list", "--activity", "none")
