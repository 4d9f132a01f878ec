"""Amounts under other headings, and headings close to ours: understood, or asked about; never credit in full without a word."""

from __future__ import annotations

import pytest

from campmgr.errors import BadInput
from campmgr.files.imports.choices import Choices
from campmgr.files.imports.columns import look_for_columns
from campmgr.files.read_table import open_table
from tests.kit.made_files import LAYOUTS, write_csv
from tests.kit.sent_imports import rejects

# An amount that is not used is asked about, hours are hours.


@pytest.mark.parametrize(
    ("heading", "value", "minutes"),
    [("学习时长（小时）", 0.2, 12), ("学习时长(小时)", "0.5", 30), ("学习小时数", 1, 60), ("观看时长/小时", 0.75, 45), ("时长（h）", 0.5, 30),
     ("在线时长（秒）", 1800, 30), ("学习时长（单位：小时）", 0.5, 30), ("分钟", "1小时", 60), ("观看时长", "0.5小时", 30), ("观看时长", "0:45:00", 45),
     ("本次学习时长（分钟）", 20, 20), ("实际观看分钟", 20, 20), ("Hours", 0.5, 30), ("学习时长", "30分", 30), ("观看时长（小时）", "20分钟", 20)],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_hours_seconds_and_close_headings_are_understood(camp, imported, heading, value, minutes, suffix):
    done = imported("marks", [["编号", "课程编号", heading, "日期"], ["001", "V1", value, "2023-06-01"]], suffix)
    assert rejects(done) == []
    assert camp.credited("001") == 100 * minutes // 60


@pytest.mark.parametrize(
    ("heading", "value"),
    [("观看时间长度", 3), ("学习进度", "50%"), ("完成率", 0.5), ("看了多久", "45分钟"), ("累计", "00:30:00"), ("学时", 0.2), ("视频时长", 45), ("观看占比", 0.3),
     ("情况", "30 min"), (None, 12), ("听课情况", 25), ("Watch progress", 0.5), ("学习时长（次）", 3), ("观看时长（%）", 50), ("用时", 12)],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_unused_column_that_looks_like_the_amount_stops_the_file(camp, imported, heading, value, suffix):
    sent = [["编号", "课程编号", heading, "日期"], ["001", "V1", value, "2023-06-01"]]
    with pytest.raises(BadInput) as refusal:
        imported("marks", sent, suffix)
    assert refusal.value.reason == "missing_column"
    assert "分钟" in refusal.value.sentence
    assert camp.credited("001") == 0
    assert rejects(imported("marks", sent, suffix, choices=Choices(columns={"minutes": ""}))) == []


def test_a_length_of_a_lesson_that_is_not_used_stops_the_file_too(imported):
    with pytest.raises(BadInput):
        imported("lessons", [["编号", "名称", "课时", "视频长度"], ["V5", "课", 1, "45:00"]])


@pytest.mark.parametrize(
    ("heading", "values"),
    [("序号", [1, 2]), ("年龄", [12, 13]), ("成绩", [95, 88]), ("备注", ["好", ""]), ("年级", [3, 4]), ("座号", [7, 9]),
     ("电话", ["13800000011", ""]),
     ("观看时长", ["", ""]), ("签到时间", ["09:00", "09:05"]), ("No.", [1, 2])],
)  # fmt: skip
def test_other_columns_stop_nothing(imported, heading, values):
    rows = [["001", "V1", values[0], "2023-06-01"], ["002", "V1", values[1], "2023-06-01"]]
    assert rejects(imported("marks", [["编号", "课程编号", heading, "日期"], *rows])) == []


@pytest.mark.parametrize(
    ("kind", "heading", "name"),
    [("people", "所在班级", "class_name"), ("people", "家长联系电话", "phone"), ("people", "学生学号", "number"), ("people", "孩子的姓名", "name"),
     ("people", "就读学校", "unit"), ("people", "联系人手机", "phone"), ("marks", "学生学籍号码", "number"), ("marks", "本次学习分钟", "minutes"),
     ("likes", "获赞总数", "likes"), ("likes", "抖音播放次数", "plays"), ("units", "应参训总人数", "expected"), ("lessons", "课程编号(新)", "code")],
)  # fmt: skip
def test_headings_are_recognised_by_their_parts(kind, heading, name, tmp_path):
    others = {"people": ["参与者类别", "姓名"], "marks": ["课程编号", "日期", "姓名"], "likes": ["作品链接"], "units": ["名称", "类别"],
              "lessons": ["名称", "课时"]}[kind]  # fmt: skip
    others = [each for each in others if not (each == "姓名" and name == "name")]
    table = open_table(write_csv(tmp_path / "a.csv", [[*others, heading], ["x"] * (len(others) + 1)]), max_bytes=10**6)
    assert look_for_columns(table, LAYOUTS[kind]).heading(name) == heading


@pytest.mark.parametrize(
    "heading",
    ["家长姓名", "班主任", "班主任电话", "监护人姓名", "指导老师", "父亲姓名", "单位电话", "上级单位", "班主任姓名", "填表人姓名"],
)
def test_headings_of_somebody_else_are_not(heading, tmp_path):
    table = open_table(write_csv(tmp_path / "a.csv", [["编号", heading], ["1", "x"]]), max_bytes=10**6)
    assert look_for_columns(table, LAYOUTS["people"]).ignored == (heading,)
