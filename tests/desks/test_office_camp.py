"""What a camp consists of, in the office: units, lessons, rules."""

from __future__ import annotations

import pytest

from campmgr.areas.hours.world import lessons_of
from campmgr.areas.works.settings import Ranking
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from tests.kit.office import hidden, import_csv, rows, see, send

NEW = {"code": "3501-X9", "name": "演练小学9", "kind": "学校", "line": "教育", "expected": "120"}
LESSON = {
    "code": "V1",
    "name": "家庭用电安全",
    "kind": "科普视频",
    "hours": "0.1",
    "length": "20",
    "field": "家庭",
    "replay_of": "",
}


def _world(pages):
    with pages.store.reading() as r:
        return worlds.load(r)


def _facts(pages) -> int:
    with pages.store.reading() as r:
        return r.value("select count(*) from facts")


def test_a_unit_added_stands_below_its_parent(pages):
    once = hidden(see(pages, "/office/units/3501/add", "city"), "client_id")
    answer = send(pages, "/office/units/3501/add", "city", client_id=once, **NEW)
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/office/units/3501")
    assert ["演练小学9", "3501-X9", "学校", "教育", "120", "0"] in [
        row[1:7] for row in rows(see(pages, "/office/units/3501", "city"))
    ]


def test_pressing_twice_adds_it_once_and_another_form_is_told_the_code_is_taken(pages):
    for _ in range(2):
        assert send(pages, "/office/units/3501/add", client_id="one press", **NEW).status_code == 303
    answer = send(pages, "/office/units/3501/add", client_id="another", **NEW)
    assert (answer.status_code, "已经在用" in answer.text, 'value="演练小学9"' in answer.text) == (422, True, True)


def test_a_unit_is_described_anew_with_nothing_left_as_it_was(pages):
    typed = {"name": "演练中心小学", "kind": "学校", "line": "", "expected": "", "away": "1"}
    assert send(pages, "/office/units/3501-X1/change", **typed).status_code == 303
    unit = find_unit(_world(pages), "3501-X1")
    assert (unit.name, unit.own_line, unit.expected, unit.participating) == ("演练中心小学", "", None, False)
    before = _facts(pages)
    assert send(pages, "/office/units/3501-X1/change", **typed).status_code == 303
    assert _facts(pages) == before
    assert send(pages, "/office/units/3501-X1/change", **{**typed, "away": ""}).status_code == 303
    assert find_unit(_world(pages), "3501-X1").participating


def test_a_unit_moves_from_a_day_on_within_ones_own_units(pages):
    assert send(pages, "/office/units/3501-X1/move", "city", parent="350102 鼓楼区", day="2023-06-12").status_code == 303
    assert find_unit(_world(pages), "3501-X1").parent == pages.unit("350102")
    assert "2023-06-12 起" in see(pages, "/office/units/3501-X1", "city")
    away = send(pages, "/office/units/3501-X1/move", "city", parent="3502", day="")
    assert (away.status_code, "不在您的范围内" in away.text) == (422, True)


def test_a_unit_cannot_stand_below_itself(pages):
    answer = send(pages, "/office/units/3501/move", parent="3501-X1", day="")
    assert (answer.status_code, "自己的下级" in answer.text) == (422, True)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "字" * 61}, {"kind": "星球"}, {"expected": "-1"}, {"code": "-" * 99}])
def test_a_wrong_field_is_told_beside_it_and_nothing_is_written(pages, wrong):
    before = _facts(pages)
    answer = send(pages, "/office/units/3501/add", **(NEW | wrong))
    assert (answer.status_code, f'id="e-{next(iter(wrong))}"' in answer.text) == (422, True)
    assert _facts(pages) == before


def test_names_are_characters_and_no_markup(pages):
    assert send(pages, "/office/units/3501/add", **(NEW | {"name": "<b>𠮷</b>小学"})).status_code == 303
    assert "&lt;b&gt;𠮷&lt;/b&gt;小学" in see(pages, "/office/units/3501")


def test_units_come_from_a_file_after_a_look(pages):
    preview, done = import_csv(pages, "units", "代码,名称,上级代码,类别\n3501-Y1,甲小学,3501,学校\n3501-Y2,乙小学,9999,学校\n")
    assert ("现在还什么都没有写入" in preview.text, "9999" in preview.text) == (True, True)
    assert "已导入 1 行" in see(pages, done.location)
    assert {"3501-Y1", "3501-Y2"} & _world(pages).tree.by_code.keys() == {"3501-Y1"}


def test_an_import_is_taken_back_whole(pages):
    _, done = import_csv(pages, "units", "代码,名称,上级代码,类别\n3501-Y1,甲小学,3501,学校\n")
    assert send(pages, done.location + "/undo", reason="导错了").status_code == 303
    assert "3501-Y1" not in _world(pages).tree.units


def test_a_file_that_was_imported_is_gone_for_a_second_press(pages):
    preview, _ = import_csv(pages, "lessons", "编号,名称,课时\nV1,家庭用电安全,0.1\n")
    again = send(pages, "/office/import/lessons/commit", kept=hidden(preview.text, "kept"), read_at="")
    assert (again.status_code, "已经导入或过期" in again.text) == (404, True)


@pytest.mark.parametrize(("data", "says"), [(b"", "空"), (b"\x00\x01\x02", "这")])
def test_an_unreadable_file_is_refused_beside_its_field(pages, data, says):
    answer = send(pages, "/office/import/lessons", file=(data, "课程.csv"))
    assert (answer.status_code, 'id="e-file"' in answer.text, says in answer.text) == (422, True, True)


def test_the_rejected_rows_come_as_a_workbook(pages):
    preview = send(pages, "/office/import/lessons", file=("编号,名称,课时\nV1,甲,0.1\nV2,乙,很多\n".encode(), "课程.csv"))
    answer = send(pages, "/office/import/lessons/rejects.xlsx", kept=hidden(preview.text, "kept"), read_at="")
    assert (answer.status_code, answer.data[:2]) == (200, b"PK")


def test_a_lesson_is_added_and_changed(pages):
    assert send(pages, "/office/lessons/new", **LESSON).status_code == 303
    assert rows(see(pages, "/office/lessons/"))[0][:5] == ["家庭用电安全", "V1", "科普视频", "0.10", "20"]
    assert send(pages, "/office/lessons/of/V1", **(LESSON | {"hours": "1.25"})).status_code == 303
    assert lessons_of(_world(pages))["V1"].hundredths == 125
    assert send(pages, "/office/lessons/new", **LESSON).status_code == 422


@pytest.mark.parametrize("hours", ["", "一", "0.123", "-1", "1e3"])
def test_hours_have_two_decimals_at_most(pages, hours):
    answer = send(pages, "/office/lessons/new", **(LESSON | {"hours": hours}))
    assert (answer.status_code, 'id="e-hours"' in answer.text) == (422, True)
    assert not lessons_of(_world(pages))


def test_every_rule_is_shown_and_its_change_is_kept_with_the_reason(pages):
    typed = {"value": "1-2-2-3", "reason": "组委会六月会议决定"}
    assert send(pages, "/office/rules/ranking.ties", **typed).status_code == 303
    text = see(pages, "/office/rules/")
    assert ("组委会六月会议决定" in text, "达到 8 个课时以上" in text) == (True, True)
    assert _world(pages).rules[Ranking].ties == "1-2-2-3"
    assert "组委会六月会议决定" in see(pages, "/office/rules/ranking.ties")


@pytest.mark.parametrize(
    ("key", "value", "means"),
    [("taking_part.steps", "先下载，再登录\r\n每天扫码", ("先下载，再登录", "每天扫码")), ("certificate.sign_in_required", "否", False),
     ("ranking.cut_off", "2023-07-01T00:00", "2023-06-30T16:00:00Z"), ("ranking.length", "50", 50)],
)  # fmt: skip
def test_each_sort_of_setting_is_read_as_it_was_shown(pages, key, value, means):
    assert send(pages, f"/office/rules/{key}", value=value, reason="试").status_code == 303
    assert _world(pages).rules.value_of(key) == means
    before = _facts(pages)
    text = see(pages, f"/office/rules/{key}")
    assert "试" in text
    assert send(pages, f"/office/rules/{key}", value=value, reason="试").status_code == 303
    assert _facts(pages) == before


def test_a_change_needs_a_reason_and_a_value_that_fits(pages):
    assert 'id="e-reason"' in send(pages, "/office/rules/ranking.length", value="50", reason="").text
    assert 'id="e-value"' in send(pages, "/office/rules/ranking.length", value="很多", reason="试").text
    assert pages.browser("root").get("/office/rules/preset.name").status_code == 404


def test_an_organizer_of_a_part_reads_the_rules_and_changes_nothing(pages):
    text = see(pages, "/office/rules/", "city")
    assert "/office/rules/ranking.ties" not in text
    assert send(pages, "/office/rules/ranking.ties", "city", value="1-2-2-3", reason="试").status_code == 403
    assert send(pages, "/office/lessons/new", "city", **LESSON).status_code == 403


def test_a_unit_without_code_is_added_once_and_found_by_its_name(pages):
    typed = {"code": "", "name": "东街夜校", "kind": "学校", "line": "", "expected": "", "client_id": "form-1"}
    for _ in range(2):
        assert send(pages, "/office/units/350102/add", **typed).status_code == 303
    assert "东街夜校" in see(pages, "/office/units/350102")
    again = send(pages, "/office/units/350102/add", **typed | {"client_id": "form-2"})
    assert (again.status_code, "这里已经有“东街夜校”" in again.text) == (422, True)
    assert find_unit(_world(pages), "东街夜校").parent == pages.unit("350102")
