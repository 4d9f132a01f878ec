"""Rows as people really send them: links, sittings, doubtful side values, forms, sums and remarks."""

from __future__ import annotations

from datetime import date

import pytest

from tests.kit.sent_books import Linked, SentSheet
from tests.kit.sent_imports import ALL, BOOKS, MARKS, PEOPLE, Rows, notes, rejects

# Links, sittings, spans, sides, forms.


@pytest.mark.parametrize("suffix", BOOKS)
def test_the_hyperlink_behind_a_cell_is_the_link(camp, imported, suffix):
    heads = ["作品链接", "标题", "作者", "点赞数", "单位"]
    cell = Linked("点击查看", "https://example.org/one")
    done = imported("likes", [heads, [cell, "甲作", "甲一", 10, "S1"], ["点击查看", "乙作", "甲二", 500, "S1"]], suffix)
    if suffix == ".xls":  # what wrote this file computes no formula, so there is no text to click on
        assert rejects(done) == [(2, "broken_cell"), (3, "bad_link")]
        return
    assert (done.counts.new, rejects(done)) == (1, [(3, "bad_link")])


@pytest.mark.parametrize("order", [(10, 40, 20), (40, 10, 20), (20, 40, 40), (10, 20, 40), (40, 40, 10)])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_of_several_sittings_of_a_day_the_longest_counts(camp, imported, order, suffix):
    rows = [MARKS, *(["001", "V1", minutes, "2023-06-01"] for minutes in order)]
    assert rejects(imported("marks", rows, suffix)) == []
    assert camp.credited("001") == 66
    again = imported("marks", rows, suffix)
    assert (again.counts.unchanged, camp.credited("001")) == (3, 66)


def test_the_longest_counts_across_sheets_and_for_the_whole_lesson(camp, imported):
    first: Rows = [MARKS, ["001", "V1", 40, "2023-06-01"]]
    second: Rows = [MARKS, ["001", "V1", 10, "2023-06-01"], ["002", "V1", 10, "2023-06-01"]]
    third: Rows = [MARKS, ["002", "V1", "", "2023-06-01"]]
    imported("marks", SentSheet(first, name="甲", more={"乙": second, "丙": third}))
    assert (camp.credited("001"), camp.credited("002")) == (66, 100)


@pytest.mark.parametrize(
    "value",
    [
        "0591-87654321",
        "87654321",
        "13800000011/13800000012",
        "13800000011、13800000012",
        "1380000001",
        "无",
        "妈妈13800000011",
        "138 0000 001",
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_doubtful_telephone_keeps_the_pupil(camp, imported, value, suffix):
    done = imported("people", [[*PEOPLE, "监护人同意"], ["k1", "甲一", "S1", "一班", value, "待定"]], suffix)
    assert (done.counts.new, rejects(done)) == (1, [])
    assert set(notes(done)) <= {"bad_number", "unknown_word"}
    assert {"手机号", "监护人同意"} == {done.columns.heading(each.column) for each in done.counts.notes}
    assert camp.person("k1").phone == ""


def test_doubtful_side_values_of_other_kinds_are_left_out_and_told(imported):
    units = imported("units", [["代码", "名称", "上级代码", "应参与人数"], ["S7", "七小", "350102", "约100"]])
    likes = imported(
        "likes", [["作品链接", "作者", "点赞数", "播放数", "发布时间"], ["https://example.org/1", "甲一", 5, "很多", "上周"]]
    )
    assert (rejects(units), notes(units)) == ([], ["bad_number"])
    assert (rejects(likes), notes(likes)) == ([], ["bad_number", "bad_date"])


FORM = [
    ["少年儿童训练营报名表"],
    ["填报单位：第一小学", None, None, "填表日期：2023-06-01"],
    ["序号", "姓名", "所在班级", "学号", "爱好"],
    [1, "甲一", "一班", "k1", "画画"],
    [2, "甲二", "一班", "k2", "唱歌"],
    ["合计", "2人"],
    ["制表人：赵老师", None, None, "2023年6月1日"],
    ["负责人（签字）：", None],
]


@pytest.mark.parametrize("suffix", ALL)
@pytest.mark.parametrize(
    "line",
    [["填报单位：第一小学", None, None, "填表日期：2023-06-01"], ["填报单位", "第一小学"], ["学校名称:第一小学    联系人：王老师"], ["单位（盖章）：第一小学"],
     ["单位代码：S1"], [None, "所在学校：", "第一小学"]],
)  # fmt: skip
def test_a_form_gives_its_unit_and_names_what_it_does_not_know(camp, imported, suffix, line):
    done = imported("people", [FORM[0], line, *FORM[2:]], suffix)
    assert (done.counts.new, {reason for _, reason in rejects(done)}) == (2, {"not_a_row"})
    assert done.columns.ignored == ("序号", "爱好")
    assert "form_line" in notes(done)
    assert camp.person("k1").home == camp.person("001").home


def test_what_the_importer_says_goes_before_the_form(camp, imported):
    done = imported("people", FORM, unit="S2")
    assert (done.counts.new, camp.person("k1").home) == (2, camp.person("003").home)
    assert "form_line" in notes(done)


def test_an_unknown_unit_of_a_form_is_named(imported):
    done = imported("people", [FORM[0], ["填报单位：第九小学"], *FORM[2:4]])
    assert (rejects(done), "form_line" in notes(done)) == ([(4, "missing_value")], True)


@pytest.mark.parametrize("suffix", ALL)
@pytest.mark.parametrize(
    "line",
    [["学习日期：2023-06-03"], ["日期：2023年6月3日"], ["日期", "2023/6/3"], ["日期:2023-06-03  制表人：王"], ["时间：2023年6月3日 19:00-20:30"],
     ["日期：", date(2023, 6, 3)]],
)  # fmt: skip
def test_a_form_says_the_day(camp, imported, suffix, line):
    done = imported("marks", [line, ["编号", "课程编号", "分钟"], ["001", "V1", 30]], suffix)
    assert "form_line" in notes(done)
    assert rejects(done) == []
    with camp.store.reading() as r:
        assert r.value("select day from marks where lesson = 'V1'") == "2023-06-03"


@pytest.mark.parametrize("suffix", ALL)
def test_rows_that_are_no_people(imported, suffix):
    rows = [["序号", "姓名", "班级"], [1, "甲一", "一班"], ["序号", "姓名", "班级"], [2, "甲二", "一班"], ["合计", "2人", None],
            ["填表人：", "赵老师", None], [None, "以上为自愿报名", None], [None, "总计：2 人", None], ["注：请于周五前上交", None, None],
            [None, "无", None], [None, "??", None], [None, "锟斤拷", "一班"], [None, "甲三、甲四", None],
            [None, "123", None], ["小计", 2, None]]  # fmt: skip
    done = imported("people", rows, suffix, unit="S1")
    assert done.counts.new == 2
    assert {row for row, _ in rejects(done)} == {3, *range(5, 16)}


@pytest.mark.parametrize("kind", ["units", "lessons", "marks", "likes"])
def test_sums_and_footers_of_other_kinds(imported, kind):
    heads = {"units": ["代码", "名称", "应参与人数"], "lessons": ["编号", "名称", "课时"], "marks": ["编号", "课程编号", "分钟"],
             "likes": ["作品链接", "标题", "点赞数"]}[kind]  # fmt: skip
    done = imported(
        kind, [heads, ["合计", None, 12], ["总计：", None, 12], heads, ["填表人：王一"], ["审核人：", "李二"], [None, "小计", 3]]
    )
    assert (done.counts.new, {reason for _, reason in rejects(done)}) == (0, {"not_a_row"})


@pytest.mark.parametrize("said", ["6月3日", "6月3号", "昨天"])
def test_a_day_of_a_form_that_nobody_can_tell_is_not_taken_for_today(imported, said):
    done = imported("marks", [[f"日期：{said}"], ["编号", "课程编号", "分钟"], ["001", "V1", 30]])
    assert rejects(done) == [(3, "bad_date")]


def test_a_time_of_day_above_the_table_says_no_day(imported):
    done = imported("marks", [["时间：19:00-20:30"], ["编号", "课程编号", "分钟"], ["001", "V1", 30]])
    assert (rejects(done), notes(done)) == ([], ["undated"])


def test_the_day_of_a_row_goes_before_the_one_above_the_table(camp, imported):
    imported("marks", [["日期：2023-06-03"], MARKS, ["001", "V1", 30, "2023-06-01"], ["002", "V1", 30, None]])
    with camp.store.reading() as r:
        assert [row[0] for row in r.all("select day from marks order by day")] == ["2023-06-01", "2023-06-03"]
