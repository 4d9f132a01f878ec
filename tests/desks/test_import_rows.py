"""Imports row by row: every row is accounted for, twice changes nothing, withdrawn it can come again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.store.door import Store
from tests.kit.program import read, write

_PEOPLE = ["编号", "姓名", "单位代码", "班级", "手机号"]
_MARKS = ["参与者编号", "课程编号", "分钟", "日期", "方式"]
_LIKES = ["作品链接", "标题", "作者", "参与者编号", "点赞数", "单位"]
_KINDS: dict[str, list[list[Any]]] = {
    "units": [["代码", "名称", "上级代码", "类别"], ["S7", "第七小学", "350104", "学校"], ["S7-1", "七小一班", "S7", "其他"]],
    "people": [
        _PEOPLE,
        ["070", "赵六", "S1", "一班", "13800000000"],
        ["", "无号", "S2", None, None],
        ["001", "张三", "F1", None, None],
    ],
    "lessons": [["编号", "名称", "课时", "时长"], ["V5", "半课时", 0.5, 30], ["V6", "另一课", "0.10", "5分钟"]],
    "marks": [
        _MARKS,
        ["001", "V1", 20, "2023-06-01", None],
        ["002", None, None, "2023/6/1", "签到"],
        ["003", "V8", None, None, None],
    ],
    "likes": [
        _LIKES,
        ["https://example.org/1", "甲", None, "001", "1.2万", None],
        ["https://example.org/2", "乙", "某人", None, 30, "S1"],
    ],
}


def _import(program, kind, path, *more):
    return program.json("import", kind, path, *more)


def _counts(data) -> tuple[int, int, int, int]:
    assert data["new"] + data["changed"] + data["unchanged"] + data["rejected"] == data["rows"]
    return data["new"], data["changed"], data["unchanged"], data["rejected"]


def _rejects(data) -> list[tuple[int, str]]:
    assert len({each["row"] for each in data["rejects"]}) == data["rejected"]
    assert all({"row", "column", "value", "reason", "sentence"} <= each.keys() for each in data["rejects"])
    return [(each["row"], each["reason"]) for each in data["rejects"]]


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_file_is_taken_and_the_same_again_changes_nothing(program, tmp_path, kind, suffix):
    path = write(tmp_path / f"rows{suffix}", _KINDS[kind])
    first = _import(program, kind, path)
    assert _counts(first) == (len(_KINDS[kind]) - 1, 0, 0, 0)
    before = program.state()
    again = _import(program, kind, path)
    assert _counts(again) == (0, 0, len(_KINDS[kind]) - 1, 0)
    assert again["batch"] is None
    assert program.state() == before
    assert program.json("verify")["ok"]
    assert program.json("rebuild")["changed"] is False


@pytest.mark.parametrize("kind", _KINDS)
def test_a_dry_run_says_the_same_and_writes_nothing(program, tmp_path, kind):
    path, before = write(tmp_path / "rows.csv", _KINDS[kind]), program.state()
    dry = _import(program, kind, path, "--dry-run")
    assert dry["batch"] is None
    assert program.state() == before
    ((batch,),) = _ask(program, "select count(distinct batch) from facts")
    assert _import(program, kind, path) | {"batch": None} == dry
    assert _ask(program, "select count(distinct batch) from facts") == [(batch + 1,)]


def _ask(program, sql: str) -> list[tuple]:
    store = Store(program.path, CATALOGUE)
    with store.reading() as r:
        rows = r.all(sql)
    store.close()
    return rows


@pytest.mark.parametrize("kind", _KINDS)
def test_a_withdrawn_batch_is_gone_and_can_be_imported_again(program, tmp_path, kind):
    path, before = write(tmp_path / "rows.csv", _KINDS[kind]), _tables(program)
    batch = _import(program, kind, path)["batch"]
    after = _tables(program)
    assert after != before
    program.json("withdraw", batch, "--reason", "导错了")
    assert _tables(program) == before
    assert program.json("withdraw", batch, "--reason", "导错了")["state"] == "known"
    again = _import(program, kind, path)
    assert _counts(again) == (len(_KINDS[kind]) - 1, 0, 0, 0)
    assert again["batch"] != batch
    assert _without_ids(_tables(program)) == _without_ids(after)
    assert program.json("verify")["ok"]
    assert program.json("rebuild")["changed"] is False


def _tables(program) -> dict:
    people = [program.json("report", "units", "--by", by) for by in ("county", "line", "school")]
    for report in people:
        report.pop("heads")
    shown = program.json("report", "standings")["rows"]
    lessons = _ask(program, "select * from lessons order by lesson")
    return {"reports": people, "standings": shown, "behind": program.json("report", "behind", "--unit", "S1"), "lessons": lessons}


def _without_ids(tables: dict) -> dict:
    rows = [{key: value for key, value in row.items() if key != "person"} for row in tables["standings"]]
    return tables | {"standings": rows}


def test_bad_rows_are_listed_by_the_sheets_own_numbers_and_the_good_ones_taken(program, tmp_path):
    rows: list[list[Any]] = [["二〇二三年学习记录"], [None], _MARKS, ["001", "V1", 20, "2023-06-01", None], [None] * 5,
            ["001", "V1", -5, "2023-06-02", None],
            ["001", "V1", 9999, "2023-06-02", None], ["001", "V1", 0, "2023-06-02", None], ["001", "V99", 20, "2023-06-02", None],
            ["001", "V1", 20, "2022-06-02", None], ["001", "V1", 20, "morgen", None], ["404", "V1", 20, "2023-06-02", None],
            ["1234567890123456", "V1", 20, "2023-06-02", None], ["001", "V1", 20, "2023-06-01", None],
            [None, "V1", 20, "2023-06-02", None],
            ["001", None, 20, "2023-06-02", None], ["001", None, 20, "2023-06-02", "骑马"], ["002", "V1", "二十", "2023-06-02", None],
            ["002", "V1", None, date(2023, 6, 2), None]]  # fmt: skip
    data = _import(program, "marks", write(tmp_path / "marks.xlsx", rows))
    assert _counts(data) == (2, 0, 1, 12)
    assert _rejects(data) == [
        (6, "out_of_range"), (7, "out_of_range"), (8, "out_of_range"), (9, "unknown_lesson"), (10, "outside_camp"),
        (11, "bad_date"),
        (12, "unknown_person"), (13, "bad_check_digits"), (15, "missing_value"), (16, "missing_value"),
        (17, "unknown_word"), (18, "bad_number"),
    ]  # fmt: skip
    assert data["rejects"][0]["column"] == "分钟"
    assert data["rejects"][0]["value"] == "-5"


def test_bad_people(program, tmp_path):
    rows: list[list[Any]] = [_PEOPLE, ["070", None, "S1", None, None], ["071", "赵六", "S9", None, None],
            ["072", "赵六", None, None, None],
            ["073", "赵六", "350527", None, None], ["074", "赵六", "S1", None, "12345"], ["075", "名" * 200, "S1", None, None],
            ["076", "名" * 61, "S1", None, None], ["077", "名" * 60, "S1", None, None], ["077", "又一人", "S1", None, None],
            [3.5e17, "长号", "S1", None, None], ["3.50E+17", "长号", "S1", None, None], ["001", "张三", "S1", "四班", None],
            ["002", "李四", "第一小学", "三班", None]]  # fmt: skip
    data = _import(program, "people", write(tmp_path / "people.xlsx", rows))
    assert _rejects(data) == [
        (2, "missing_value"), (3, "unknown_unit"), (4, "missing_value"), (5, "not_participating"), (7, "too_long"), (8, "too_long"),
        (10, "repeated_row"), (11, "bad_number"), (12, "bad_number"),
    ]  # fmt: skip
    assert _counts(data) == (2, 1, 1, 9)
    assert [(each["row"], each["reason"]) for each in data["notes"]] == [(6, "bad_number")]
    assert program.json("person", "show", "001")["class"] == "四班"


@pytest.mark.parametrize("name", ['=HYPERLINK("mailto:x","点我")', "𠮷野", "+1", "-2", "@SUM(A1)", "=1+1", "欧阳娜娜·买买提"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_names_stay_texts_on_the_way_in_and_out(program, tmp_path, name, suffix):
    rows: list[list[Any]] = [_PEOPLE, ["070", name, "S1", None, None], ["071", name, "S9", None, None]]
    data = program.json("import", "people", write(tmp_path / f"p{suffix}", rows), "--rejects", tmp_path / "rejects.xlsx")
    assert _counts(data) == (1, 0, 0, 1)
    assert program.json("person", "show", "070")["name"] == name
    assert name in [cell for row in read(tmp_path / "rejects.xlsx") for cell in row]


def test_a_name_changed_under_a_unit_told_by_its_name_is_a_change(program, tmp_path):
    data = _import(program, "people", write(tmp_path / "p.csv", [_PEOPLE, ["001", "张叁", "第一小学", None, None]]))
    assert _counts(data) == (0, 1, 0, 0)
    shown = program.json("person", "show", "001")
    assert shown["name"] == "张叁"
    details = [event["stands"] for event in shown["history"] if event["kind"] == "person_details_changed"]
    assert details == [False, True]


def test_other_minutes_for_a_known_key_are_a_change_that_the_history_shows(program, tmp_path):
    _import(program, "marks", write(tmp_path / "one.csv", [_MARKS, ["001", "V1", 20, "2023-06-01", None]]))
    data = _import(program, "marks", write(tmp_path / "two.csv", [_MARKS, ["001", "V1", 15, "2023-06-01", None]]))
    assert _counts(data) == (0, 1, 0, 0)
    shown = program.json("person", "show", "001")
    assert shown["hours"]["credited"] == "0.25"
    assert [event["stands"] for event in shown["history"] if event["kind"] == "mark_recorded"] == [False, True]


def test_withdrawing_a_changed_import_gives_the_old_values_back(program, tmp_path):
    _import(program, "marks", write(tmp_path / "one.csv", [_MARKS, ["001", "V1", 30, "2023-06-01", None]]))
    batch = _import(program, "marks", write(tmp_path / "two.csv", [_MARKS, ["001", "V1", 60, "2023-06-01", None]]))["batch"]
    program.json("withdraw", batch, "--reason", "导错了")
    assert program.json("person", "show", "001")["hours"]["credited"] == "0.50"


def test_bad_likes(program, tmp_path):
    rows: list[list[Any]] = [_LIKES, ["https://example.org/1", "甲", None, "001", "abc", None],
            ["https://example.org/2", "乙", None, "001", -3, None],
            ["https://example.org/3", "丙", "作者甲", None, "3.4w", None], ["http://example.org/3?x=1", "丙", "作者乙", None, 7, None],
            ["https://example.org/4", "丁", "作者乙", None, "1.5", None], ["https://example.org/5", "戊", "作者乙", None, 9, None],
            [None, "没有链接", "作者丙", None, 9, None], ["https://example.org/6", "己", None, None, 9, None],
            ["https://example.org/7", "庚", None, "404", 9, None], ["https://example.org/8", "辛", "丁", None, 9, "S9"],
            ["https://example.org/9", "壬", "丁", None, 9, "350527"], ["https://example.org/0", "癸", None, "001", None, None],
            ["rtsp://[", "括号", "作者丁", None, 5, None]]  # fmt: skip
    data = _import(program, "likes", write(tmp_path / "likes.xlsx", rows), "--read-at", "2023-06-05T08:00")
    assert _rejects(data) == [
        (2, "bad_number"), (3, "out_of_range"), (5, "repeated_row"), (6, "bad_number"), (8, "unknown_work"), (9, "missing_value"),
        (10, "unknown_person"), (11, "unknown_unit"), (12, "not_participating"), (13, "missing_value"),
        (14, "bad_link"),
    ]  # fmt: skip
    assert _counts(data) == (2, 0, 0, 11)
    ranked = program.json("report", "standings")["rows"]
    assert {(row["name"], row["likes"]) for row in ranked} == {("作者甲", 34000), ("作者乙", 9)}


def test_a_work_told_by_link_and_by_number_in_one_file_is_one(program, tmp_path):
    rows: list[list[Any]] = [
        ["作品链接", "作品编号", "标题", "参与者编号", "点赞数"],
        ["https://example.org/1", "N1", "甲", "001", 5],
        [None, "N1", "甲", "001", 6],
    ]
    data = _import(program, "likes", write(tmp_path / "likes.csv", rows))
    assert _rejects(data) == [(3, "repeated_row")]


def test_a_work_under_two_units_counts_as_trying_said(program, tmp_path):
    rows: list[list[Any]] = [_LIKES, ["https://example.org/1", "甲", "作者甲", None, 5, "S2"],
            ["https://example.org/2", "乙", "作者乙", None, 6, "S2"], ["https://example.org/1", "甲", "作者甲", None, 7, "S1"]]  # fmt: skip
    path = write(tmp_path / "likes.csv", rows)
    tried = _import(program, "likes", path, "--dry-run")
    done = _import(program, "likes", path)
    assert (tried["rejects"], _counts(tried)) == (done["rejects"], _counts(done))
    assert _counts(done) == (2, 0, 0, 1)


def test_trying_a_long_file_sees_what_its_earlier_rows_say(program, tmp_path):
    rows: list[list[Any]] = [
        ["作品链接", "作品编号", "标题", "作者", "点赞数"],
        ["https://example.org/1", "N1", "甲", "作者甲", 5],
        *([f"https://example.org/x{n}", None, f"题{n}", f"作者{n % 7}", n] for n in range(2100)),
        [None, "N1", "甲", "作者甲", 6],
        [None, None, "甲", "作者甲", 7],
    ]
    path = write(tmp_path / "likes.csv", rows)
    tried = _import(program, "likes", path, "--dry-run")
    done = _import(program, "likes", path)
    assert _rejects(tried) == _rejects(done) == [(2103, "repeated_row"), (2104, "repeated_row")]
    assert _counts(tried) == _counts(done) == (2101, 0, 0, 2)


def test_a_missing_time_of_reading_is_that_of_the_files_first_import(program, tmp_path):
    path = write(tmp_path / "likes.csv", _KINDS["likes"])
    _import(program, "likes", path)
    before = program.state()
    (tmp_path / "elsewhere").mkdir()
    copy = tmp_path / "elsewhere" / "same bytes.csv"
    copy.write_bytes(path.read_bytes())
    assert _counts(_import(program, "likes", copy)) == (0, 0, 2, 0)
    assert program.state() == before


@pytest.mark.parametrize("at", ["morgen", "2023-02-30", "0001-01-01", "25:00"])
def test_a_time_of_reading_that_is_none(program, tmp_path, at):
    before = program.state()
    program.fails(2, "bad_date", "import", "likes", write(tmp_path / "likes.csv", _KINDS["likes"]), "--read-at", at)
    assert program.state() == before


def test_a_time_of_reading_still_to_come_is_refused(program, tmp_path):
    before = program.state()
    program.fails(2, "bad_date", "import", "likes", write(tmp_path / "likes.csv", _KINDS["likes"]), "--read-at", "2199-01-01T00:00")
    assert program.state() == before


def test_strict_refuses_and_writes_nothing(program, tmp_path):
    path = write(tmp_path / "marks.csv", [_MARKS, ["001", "V1", 20, "2023-06-01", None], ["001", "V1", -5, "2023-06-02", None]])
    before = program.state()
    program.fails(5, "refused_by_rule", "import", "marks", path, "--strict")
    program.fails(5, "refused_by_rule", "import", "marks", path, "--strict", "--dry-run")
    assert program.state() == before
    good = write(tmp_path / "good.csv", [_MARKS, ["001", "V1", 20, "2023-06-01", None]])
    assert _counts(_import(program, "marks", good, "--strict")) == (1, 0, 0, 0)


def test_the_rejects_file_is_corrected_and_imported(program, tmp_path):
    rows: list[list[Any]] = [
        _MARKS,
        ["001", "V1", 20, "2023-06-01", None],
        ["001", "V1", 9999, date(2023, 6, 2), None],
        ["404", "V1", 7, "2023-06-03", None],
    ]
    rejects = tmp_path / "rejects.xlsx"
    program.json("import", "marks", write(tmp_path / "marks.xlsx", rows), "--rejects", rejects)
    written = read(rejects)
    assert [row[-2] for row in written] == ["原行号", 3, 4]
    assert "1440" in str(written[1][-1])
    written[1][2], written[2][0] = 40, "002"
    data = _import(program, "marks", write(tmp_path / "corrected.xlsx", written))
    assert _counts(data) == (2, 0, 0, 0)
    assert program.json("report", "hours", "--person", "001")["credited"] == "1.00"


def test_a_file_without_rejects_writes_no_rejects_file(program, tmp_path):
    program.json("import", "marks", write(tmp_path / "m.csv", _KINDS["marks"]), "--rejects", tmp_path / "rejects.xlsx")
    assert not (tmp_path / "rejects.xlsx").exists()


def test_a_rejects_file_that_cannot_be_written_is_told_before_anything_is_taken(program, tmp_path):
    path = write(tmp_path / "m.csv", [*_KINDS["marks"], ["404", "V1", 1, "2023-06-01", None]])
    before = program.state()
    program.fails(1, "trouble", "import", "marks", path, "--rejects", tmp_path / "no folder" / "rejects.xlsx")
    assert program.state() == before


def test_units_in_any_order_and_circles(program, tmp_path):
    rows: list[list[Any]] = [["代码", "名称", "上级代码", "类别"], ["C", "丙", "B", None], ["B", "乙", "A", None],
            ["A", "甲", "350104", None], ["X", "子", "Y", None],
            ["Y", "丑", "X", None], ["Z", "寅", "Z", None], ["350104", "改名区", "C", None], ["350128", "平潭综合实验区", "3501", "县"],
            ["A", "重", "350104", None],
            ["Q", "类", "350104", "飞船"]]  # fmt: skip
    data = _import(program, "units", write(tmp_path / "units.csv", rows))
    told = dict(_rejects(data))
    assert told == {5: "unknown_unit", 6: "unknown_unit", 7: "circular_parent", 10: "repeated_row", 11: "unknown_word"}
    assert data["new"] == 3
    assert program.json("rebuild")["changed"] is False


def test_one_person_in_two_units_of_one_file_and_a_second_membership(program, tmp_path):
    rows: list[list[Any]] = [
        _PEOPLE,
        ["080", "赵六", "S1", None, None],
        ["080", "赵六", "F1", None, None],
        ["080", "别人", "S2", None, None],
    ]
    data = _import(program, "people", write(tmp_path / "p.csv", rows))
    assert _counts(data) == (3, 0, 0, 0)
    assert program.json("report", "units", "--by", "line")["total"]["joined"] == 5
    assert _counts(_import(program, "people", tmp_path / "p.csv")) == (0, 0, 3, 0)


def test_the_unit_option_stands_for_an_empty_column(program, tmp_path):
    path = write(tmp_path / "p.csv", [["编号", "姓名"], ["090", "赵六"]])
    assert _rejects(_import(program, "people", path)) == [(2, "missing_value")]
    assert _counts(_import(program, "people", path, "--unit", "第二小学")) == (1, 0, 0, 0)
    assert program.json("person", "show", "090")["unit"] == "S2"
    program.fails(3, "unknown_unit", "import", "people", path, "--unit", "nowhere")


def test_an_erased_person_does_not_come_back_by_a_list(program, tmp_path):
    program.json("person", "erase", "001", "--reason", "本人要求")
    data = _import(program, "people", write(tmp_path / "p.csv", [_PEOPLE, ["001", "张三", "S1", None, None]]))
    assert _rejects(data) == [(2, "erased_person")]


def test_the_same_likes_again_without_a_time_keep_the_time_they_were_read_at(program, tmp_path):
    file = write(tmp_path / "likes.csv", [_LIKES, ["https://example.org/1", "甲", "作者甲", None, 5, None]])
    _import(program, "likes", file, "--read-at", "2023-06-05T08:00")
    assert _counts(_import(program, "likes", file)) == (0, 0, 1, 0)


def test_the_wrong_sheet_is_refused(program, tmp_path):
    people = write(tmp_path / "p.csv", [["编号", "姓名", "单位", "班级", "手机号"], ["070", "甲", "S1", "一班", "10012345678"]])
    program.fails(2, "unreadable_file", "import", "units", people)


def test_sheet_encoding_and_columns_can_be_said(program, tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes("學籍,名\nN1,陳雅\n".encode("big5"))
    data = _import(program, "people", path, "--unit", "S1", "--encoding", "big5", "--map", "编号=學籍", "--map", "姓名=B")
    assert (_counts(data), data["columns"], data["encoding"]) == ((1, 0, 0, 0), {"number": "學籍", "name": "名"}, "cp950")
    assert program.json("person", "show", "N1")["name"] == "陳雅"
    program.fails(2, "unknown_word", "import", "people", path, "--map", "鞋码=C")
    program.fails(2, "unreadable_file", "import", "people", path, "--sheet", "一班")


def test_a_dry_run_says_what_would_change_from_what_to_what(program, tmp_path):
    rows = [["编号", "姓名", "班级"], ["N1", "陈雅", "一班"]]
    _import(program, "people", write(tmp_path / "a.csv", rows), "--unit", "S1")
    rows[1][2] = "二班"
    data = _import(program, "people", write(tmp_path / "b.csv", rows), "--unit", "S1", "--dry-run")
    changed = [{"column": "班级", "old": "一班", "new": "二班"}]
    assert data["differences"] == [{"row": 2, "state": "changed", "about": "N1 陈雅 二班", "changes": changed}]
