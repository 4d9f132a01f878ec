from __future__ import annotations

import pytest

from campmgr.errors import BadInput
from campmgr.files.imports.columns import data_rows
from campmgr.files.read_table import open_table
from tests.kit.made_files import FORMATS, LAYOUTS, find_columns, make

DESIGN = {
    "units": "代码 名称 上级代码 类别 条线 应参与人数",
    "people": "编号 姓名 单位(代码) 班级 手机号 参与者类别 监护人同意",
    "lessons": "编号 名称 课时 时长 形式 领域 重播自 开始时间",
    "marks": "参与者编号 姓名 单位 课程编号 分钟 日期 方式 到场",
    "sessions": "参与者编号 姓名 手机号 昵称 单位 日期 加入时间 离开时间 起止时间 时长",
    "likes": "作品链接 作品编号 标题 作者 参与者编号 账号类型 点赞数 播放数 发布时间 单位",
}


def read(tmp_path, kind, rows, suffix="xlsx"):
    table = open_table(make(tmp_path / f"a.{suffix}", rows), max_bytes=1_000_000)
    columns = find_columns(table, kind)
    return columns, list(data_rows(table, columns))


def complaint(tmp_path, kind, rows):
    with pytest.raises(BadInput) as refusal:
        read(tmp_path, kind, rows)
    return refusal.value


@pytest.mark.parametrize("kind", LAYOUTS)
@pytest.mark.parametrize("suffix", FORMATS)
def test_the_headings_of_the_contract_give_every_field(tmp_path, kind, suffix):
    headings = DESIGN[kind].split() if kind in DESIGN else LAYOUTS[kind].headings
    columns, rows = read(tmp_path, kind, [list(headings), [f"值{place}" for place in range(len(headings))]], suffix)

    fields = {column.field for column in LAYOUTS[kind].columns}
    assert set(columns.fields) == fields
    assert sorted(rows[0].values.values()) == sorted(f"值{place}" for place in range(len(fields)))
    assert columns.ignored == ()


@pytest.mark.parametrize("kind", LAYOUTS)
def test_the_field_names_themselves_are_headings(tmp_path, kind):
    fields = [column.field for column in LAYOUTS[kind].columns]
    columns, _ = read(tmp_path, kind, [fields])

    assert columns.fields == {field: place for place, field in enumerate(fields)}


@pytest.mark.parametrize("kind", LAYOUTS)
def test_no_name_is_claimed_twice_at_the_same_rank_and_all_are_plain(kind):
    for column in LAYOUTS[kind].columns:
        assert len(set(column.names)) == len(column.names)
    for rank in range(2):
        names = [column.names[rank] for column in LAYOUTS[kind].columns if len(column.names) > rank]
        assert len(set(names)) == len(names)


def test_headings_are_found_below_titles_in_any_order_and_spelling(tmp_path):
    rows = [
        ["福州市训练营名单（姓名以学籍为准）"],
        [],
        ["填表人：王老师", None, "日期"],
        [None, "Unit Code", " 姓 名* ", "学　号（必填）", "备注"],
    ]
    columns, data = read(tmp_path, "people", [*rows, [None, "3501", "李丽", "007", "x"]])

    assert (columns.heading_row, columns.ignored) == (4, ("备注",))
    assert [(row.number, row.values) for row in data] == [(5, {"number": "007", "name": "李丽", "unit": "3501"})]


def test_english_headings_of_units(tmp_path):
    columns, _ = read(tmp_path, "units", [["parent", "Level", "NAME", "code"]])

    assert columns.fields == {"parent": 0, "kind": 1, "name": 2, "code": 3}


def test_a_code_column_is_preferred_to_a_name_column(tmp_path):
    columns, data = read(tmp_path, "people", [["单位名称", "姓名", "单位代码"], ["福州一中", "李丽", "350100"]])

    assert data[0].values["unit"] == "350100"
    assert columns.ignored == ("单位名称",)


def test_a_heading_over_two_rows_is_read_together(tmp_path):
    rows = [["参与者编号", "学习情况", None, None], [None, "课程编号", "分钟", "日期"], ["007", "L1", 45, "2023-06-10"]]
    columns, data = read(tmp_path, "marks", rows)

    assert columns.heading_row == 2
    assert data[0].values == {"number": "007", "lesson": "L1", "minutes": 45, "day": "2023-06-10"}


def test_rows_keep_their_numbers_and_short_rows_are_blank_at_the_end(tmp_path):
    (tmp_path / "a.csv").write_text("姓名,班级\n李丽\n\n王五,二班,多的\n", encoding="utf-8")
    table = open_table(tmp_path / "a.csv", max_bytes=1000)
    data = list(data_rows(table, find_columns(table, "people")))

    assert [(row.number, row.values["class_name"], row.cells) for row in data] == [
        (2, "", ("李丽",)),
        (4, "二班", ("王五", "二班", "多的")),
    ]


@pytest.mark.parametrize(
    ("kind", "headings", "missing"),
    [
        ("units", ["名称", "类别"], "代码或上级代码"),
        ("people", ["编号", "班级"], "姓名"),
        ("lessons", ["编号", "课时"], "名称"),
        ("marks", ["分钟", "课程编号"], "参与者编号或姓名"),
        ("marks", ["编号", "分钟"], "课程编号或方式"),
        ("likes", ["作品链接", "标题"], "点赞数"),
        ("likes", ["点赞数", "标题"], "作品链接或作品编号"),
        ("people", ["甲", "乙"], "姓名"),
    ],
)
def test_a_missing_column_is_named_with_what_was_found(tmp_path, kind, headings, missing):
    refusal = complaint(tmp_path, kind, [headings, ["1", "2"]])

    assert refusal.reason == "missing_column"
    assert f"缺少这些列：{missing}。" in refusal.sentence
    assert "、".join(headings) in refusal.sentence


@pytest.mark.parametrize("heading", ["点赞数（万）", "点赞数(w)", "点赞[千]"])
def test_a_column_in_another_scale_is_not_taken_as_if_it_were_ours(tmp_path, heading):
    assert complaint(tmp_path, "likes", [["作品链接", heading]]).reason == "missing_column"


def test_length_in_hours_and_in_minutes_is_taken(tmp_path):
    columns, _ = read(tmp_path, "lessons", [["编号", "名称", "课时", "时长（小时）"]])
    assert (columns.heading("length"), columns.scales) == ("时长（小时）", {"length": "小时"})
    columns, _ = read(tmp_path, "lessons", [["编号", "名称", "课时", "时长（分钟）"]])
    assert columns.heading("length") == "时长（分钟）"


def test_two_columns_of_the_same_heading_are_not_guessed_between(tmp_path):
    refusal = complaint(tmp_path, "likes", [["作品链接", "点赞数", "点赞数"], ["a", 1, 2]])

    assert (refusal.reason, "点赞数" in refusal.sentence) == ("repeated_column", True)
