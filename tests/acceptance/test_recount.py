"""The recount itself, on files small enough to count on one's fingers, and the maker of the large files."""

from __future__ import annotations

import pytest

from tests.acceptance.made_units import PRESET
from tests.acceptance.make_inputs import make
from tests.acceptance.recount import Lesson, Recount, credit
from tests.acceptance.sheets_written import Sheet
from tests.acceptance.tables import behind, hours, report, standings

UNITS = """350102-X1,一小,350102,小学,教育,50
350102-X1-B,一小分校,350102-X1,学校,,
350128-X1,岚小,350128,学校,教育,20
3501-FL-1,分会,3501-FL,妇联,,7
35-Q1,集团,35,企业,企业,9
359999-X1,无处,359999,学校,教育,1"""
LESSONS = """V1,疏散,科普视频,1,45,,
V2,口诀,科普视频,0.1,30,,
L1,直播,专家直播,8,60,,
R1,重播,直播重播,8,60,,L1"""
PEOPLE = """1,甲,350102-X1-B,,,,
2,乙,350128-X1,,,,
1,甲,3501-FL-1,,,,
3,丙,35,,,,
4,丁,3501,,,,
5,戊,350527,,,,"""
MARKS = """1,,,V1,20,2023-06-01,
1,,,V1,20,2023年6月2日,
1,,,V2,29,20230602,
2,,,L1,59,2023/6/3,
2,,,R1,,2023.6.4 08:30,
2,,,,,2023-06-05,签到
3,,,V1,-5,2023-06-01,
3,,,V1,30,2022-01-01,
,丁,3501,V1,30分钟,2023-06-20,"""
LIKES = """example:a,,,1,,1.2万,,,
example:b,,,1,,300,,,
example:c,,,2,,12000,,,
example:d,,外人,,,5,,,350128
example:a,,,1,,7,,,
example:e,,,3,,abc,,,"""
HEADINGS = {
    "units": "代码 名称 上级代码 类别 条线 应参与人数",
    "lessons": "编号 名称 类别 课时 时长 领域 重播自",
    "people": "编号 姓名 单位 班级 手机号 参与者类别 监护人同意",
    "marks": "参与者编号 姓名 单位代码 课程编号 分钟 日期 方式",
    "likes": "作品链接 标题 作者 参与者编号 账号类型 点赞数 播放数 发布时间 单位",
}


@pytest.fixture
def counted(tmp_path):
    """The recount of the files above, and the rejects of each."""
    camp, rejects = Recount(PRESET), {}
    for kind, text in {"units": UNITS, "lessons": LESSONS, "people": PEOPLE, "marks": MARKS, "likes": LIKES}.items():
        sheet = Sheet(kind, f"{kind}.csv", HEADINGS[kind].split(), ["汇总表"])
        sheet.rows = [line.split(",") for line in text.splitlines()]
        sheet.write(tmp_path)
        rejects[kind] = camp.take(kind, tmp_path / sheet.file, "2023-06-10T12:00")
    return camp, rejects


def row(table, code):
    """joined, learning, completed, hours, works, likes of a row."""
    return [table.rows[code][key] for key in ("joined", "learning", "completed", "hours", "works", "likes")]


def test_rejects_are_named_by_the_rows_of_the_sheet(counted):
    assert counted[1] == {
        "units": [(8, "unknown_unit")],
        "lessons": [],
        "people": [(8, "not_participating")],
        "marks": [(9, "out_of_range"), (10, "outside_camp")],
        "likes": [(7, "repeated_row"), (8, "bad_number")],
    }


ROSTERS = (
    """1,甲,3501,一班,,,
2,古丽·小,3501,一班,,,
,乙,3501,一班,,,
,丙,3501,,,,
,丙,3501,一班,,,
4,丁,3501,一班,12345,,""",
    """1,甲甲,3501,一班,,,
1,甲,3502,一班,,,
2,古丽 • 小,3501,二班,,,
3,乙,3501,,13800000001,,
,丙,3501,,13800000002,,
4,戊,3501,二班,,,
4,丁,3501,一班,,,""",
)


def test_one_number_in_one_unit_is_one_person_and_a_gap_is_filled_where_one_alone_fits(tmp_path):
    camp, rejects, notes = Recount(PRESET), [], []
    for at, text in enumerate(ROSTERS):
        sheet = Sheet("people", f"{at}.csv", HEADINGS["people"].split())
        sheet.rows = [line.split(",") for line in text.splitlines()]
        sheet.write(tmp_path)
        rejects.append(camp.take("people", tmp_path / sheet.file))
        notes.append(camp.notes)
    assert rejects == [[], [(6, "ambiguous_person"), (7, "conflict"), (8, "repeated_row")]]
    assert notes == [[(7, "bad_number")], []]
    assert [(each.number, each.name, each.units, each.group, each.phone) for each in camp.people] == [
        ("1", "甲甲", ["3501"], "一班", ""),
        ("2", "古丽·小", ["3501"], "二班", ""),
        ("3", "乙", ["3501"], "一班", "13800000001"),
        ("", "丙", ["3501"], "", ""),
        ("", "丙", ["3501"], "一班", ""),
        ("4", "丁", ["3501"], "一班", ""),
        ("1", "甲", ["3502"], "一班", ""),
    ]


def test_cities_count_homes_and_the_rest_of_the_province(counted):
    """甲 has 0.88 + 0.09 课时, 乙 the replay's 8.00, 丁 0.66; 外人 never joined but brings a work."""
    table = report(counted[0], "city")
    assert row(table, "3501") == [2, 2, 0, 88 + 9 + 66, 2, 12_300]
    assert row(table, "350128") == [1, 1, 1, 800, 2, 12_005]
    assert row(table, "3500") == [1, 0, 0, 0, 0, 0]
    assert (table.expected["3501"], table.expected["350128"], table.expected["3500"], table.total_expected) == (57, 20, 9, 86)
    assert not any(table.overlap.values())
    assert len(table.rows) == 11


def test_schools_and_federations_count_members_of_their_line_in_the_whole_subtree(counted):
    schools, federations, lines = (report(counted[0], by) for by in ("school", "federation", "line"))
    assert row(schools, "350102-X1") == row(schools, "350102-X1-B") == [1, 1, 0, 97, 2, 12_300]
    assert (schools.overlap["joined"], schools.unassigned["joined"]) == (1, 2)
    assert row(federations, "3501-FL") == row(federations, "3501-FL-1") == [1, 1, 0, 97, 2, 12_300]
    assert (lines.rows["教育"]["joined"], lines.rows["妇联"]["joined"], lines.unassigned["joined"]) == (2, 1, 2)
    assert (lines.expected["教育"], lines.expected["妇联"], lines.expected["企业"], lines.expected["安委"]) == (70, 7, 9, None)


def test_as_of_a_day_counts_what_happened_until_then(counted):
    table = report(counted[0], "city", "2023-06-03")
    assert row(table, "3501")[3] == 97
    assert row(table, "350128")[1:4] == [1, 0, 786]


def test_the_best_work_of_each_author_stands_and_equals_share_a_place(counted):
    lines, tied = standings(counted[0], "2023-06-10T12:00", 1)
    assert [(line.place, line.name, line.likes) for line in lines] == [(1, "乙", 12_000), (1, "甲", 12_000)]
    assert tied == 1
    assert [line.place for line in standings(counted[0], "2023-06-10T12:00", 9)[0]] == [1, 1, 3]


def test_ready_needs_the_hours_and_the_sign_in(counted):
    camp = counted[0]
    assert hours(camp, camp.people[1])["ready"]
    assert hours(camp, camp.people[0])["missing"] == 703
    assert behind(camp, "35") == ["丁", "丙", "甲"]


def test_eighty_lessons_of_a_tenth_are_exactly_eight():
    lessons = {f"V{number}": Lesson(10, 45, "") for number in range(80)}
    assert credit(lessons, [((code, "2023-06-01"), 45) for code in lessons]) == 800


def test_the_same_seed_makes_the_same_files(tmp_path):
    once, again = tmp_path / "once", tmp_path / "again"
    once.mkdir()
    again.mkdir()
    for made, twin in zip(make(once, None, 60, 400, 20), make(again, None, 60, 400, 20), strict=True):
        camp, other = Recount(PRESET), Recount(PRESET)
        if made.kind in {"units", "people"}:
            assert camp.take(made.kind, made.path) == other.take(twin.kind, twin.path)
            assert [each.name for each in camp.people] == [each.name for each in other.people]
        assert (made.rows, made.rejects) == (twin.rows, twin.rejects)


def test_the_recount_rejects_what_the_maker_spoilt(tmp_path):
    camp = Recount(PRESET)
    for made in make(tmp_path, None, 300, 2000, 60, seed=7):
        assert camp.take(made.kind, made.path, made.read_at) == made.rejects
