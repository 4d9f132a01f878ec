"""Another correspondent (W-04): proposed, agreed to by both posts, from a day on; what is open is handed over, points stay."""

from __future__ import annotations

import re

from tests.kit.desk_story import undone
from tests.kit.office import looked, see, send
from tests.points.hosted import DESK

PAGE = f"{DESK}/correspondents"
ASKED = {"post": "科员", "phone": "13800001234", "from_on": "2023-06-10", "follows": ""}


def _person(text: str) -> str:
    found = re.search(r'name="person" value="([^"]+)"', text)
    assert found is not None
    return found[1]


def _agreed(hosted, person: str, post: str):
    return send(hosted, f"{PAGE}/agree", "dora", person=person, by=post, answer="agree")


def test_a_unit_proposes_its_posts_agree_and_each_step_is_taken_back(hosted):
    answer = send(hosted, PAGE, "dora", name="甄一", **ASKED | {"from_on": "2023-03-01"})
    person = _person(see(hosted, answer.location, "dora"))
    wrong = send(hosted, PAGE, "dora", name="甄二", **ASKED)
    assert (wrong.status_code, "已有一位等着同意" in wrong.text) == (422, True)
    for post in ("部门负责人", "分管领导"):
        assert "雪堰镇" in see(hosted, "/office/a/xc/roster/", "city")
        answer = _agreed(hosted, person, post)
    assert "都已同意，已换人。" in see(hosted, answer.location, "dora")

    answer = send(hosted, PAGE, "dora", name="甄二", **ASKED | {"follows": person})
    other = _person(see(hosted, answer.location, "dora"))
    answer = _agreed(hosted, other, "分管领导")
    text = see(hosted, answer.location, "dora")
    assert ("分管领导已同意" in text, "等部门负责人" in text, "接替 甄一" in text) == (True, True, True)
    again = _agreed(hosted, other, "分管领导")
    assert (again.status_code, "分管领导已经同意过" in again.text) == (422, True)
    assert "等部门负责人同意" in see(hosted, "/office/a/xc/roster/", "city")
    answer = _agreed(hosted, other, "部门负责人")
    text = see(hosted, answer.location, "dora")
    assert "2023-03-01 至 2023-06-09" in text
    office = re.sub(r"\s+", "", see(hosted, "/office/a/xc/roster/", "city"))
    assert ("2023-06-09止" in office, "2023-06-10起" in office) == (True, True)
    undone(hosted, answer, "dora")
    assert "等部门负责人" in see(hosted, PAGE, "dora")
    assert "2023-03-01 至" not in see(hosted, PAGE, "dora")


def test_whoever_is_not_agreed_to_is_told_why_and_another_is_proposed(hosted):
    answer = send(hosted, PAGE, "dora", name="甄三", **ASKED)
    person = _person(see(hosted, answer.location, "dora"))
    wrong = send(hosted, f"{PAGE}/agree", "dora", person=person, answer="refuse", reason="")
    assert wrong.status_code == 422
    answer = send(hosted, f"{PAGE}/agree", "dora", person=person, answer="refuse", reason="另有任务")
    assert "已注明不同意。" in see(hosted, answer.location, "dora")
    assert send(hosted, PAGE, "dora", name="甄四", **ASKED).status_code == 303


def test_what_is_open_is_handed_over(hosted):
    looked(hosted, f"{DESK}/passing", "dora", stage="1", answer="back", reason="请补", item=[hosted.ids["网格员的一天"]])
    text = see(hosted, PAGE, "dora")
    assert "没有办完的稿件 4 篇" in text
    assert "综合性原创文章 网格员的一天（部门负责人已退回）" in text
    assert "舆情 1/3" in text
    assert send(hosted, PAGE, "dora", name="", **ASKED).status_code == 422
    assert hosted.browser("elias").get(PAGE).status_code == 403


def test_the_same_by_command(office):
    made = office.json("points", "propose", "--unit", "湖塘镇", "--name", "甄五", "--from", "2022-03-01", "--post", "科员")
    assert made["waits_for"] == ["部门负责人", "分管领导"]
    office.fails(5, "refused_by_rule", "points", "agree", made["person"], "--unit", "湖塘镇", "--by", "人事教育科")
    office.json("points", "agree", made["person"], "--unit", "湖塘镇", "--by", "部门负责人")
    row = next(each for each in office.json("report", "roster")["rows"] if each["name"] == "湖塘镇")
    assert (row["correspondents"], row["proposed"][0]["waits_for"]) == ([], ["分管领导"])
    assert office.json("points", "agree", made["person"], "--unit", "湖塘镇", "--by", "分管领导")["waits_for"] == []
    other = office.json(
        "points", "propose", "--unit", "湖塘镇", "--name", "甄六", "--from", "2022-06-10", "--follows", made["person"]
    )
    for post in ("部门负责人", "分管领导"):
        office.json("points", "agree", other["person"], "--unit", "湖塘镇", "--by", post)
    row = next(each for each in office.json("report", "roster")["rows"] if each["name"] == "湖塘镇")
    assert [(each["name"], each["from"], each["until"]) for each in row["correspondents"]] == [
        ("甄五", "2022-03-01", "2022-06-09"),
        ("甄六", "2022-06-10", None),
    ]
