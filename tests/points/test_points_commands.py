"""A quarter in the command line: reported, passed, adopted, classed, summed up, frozen, amended; files out and in."""

from __future__ import annotations

from random import Random
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.kit.program import Program, read, write
from tests.points.test_points_pages import zipped

NAMES = "雪堰镇 礼嘉镇 前黄镇 湖塘镇 牛塘镇 洛阳镇 湟里镇 嘉泽镇 南夏墅街道 高新区 高新北区 西太湖 科教城".split()
OFFICES = [
    "办公室", "人事教育科", "应急指挥", None, "调查减灾科、火灾防治科", "自然灾害救援科", None, "危化科", "基础科", "综合协调科、巡查督查科",
    "政策法规科", "执法大队",
]  # fmt: skip
ITEMS: list[list[Any]] = [
    ["单位", "类型", "标题", "事件日期", "报送时间", "字数", "栏目", "附件"],
    *[["湖塘镇", "工作动态", f"动态{n}", "2022-04-11", "2022-04-12 09:00", None, "IN急资讯", None] for n in range(13)],
    ["湖塘镇", "工作动态", "迟报的动态", "2022-04-11", "2022-04-20 09:00", None, None, None],
    *[["湖塘镇", "舆情", f"舆情{n}", "2022-05-09", "2022-05-10 09:00", None, None, None] for n in range(39)],
    ["湖塘镇", "综合性原创文章", "一篇好文章", None, "2022-05-11 10:00", 1200, None, "好文章.zip"],
    ["湖塘镇", "综合性原创文章", "另一篇文章", None, "2022-05-12 10:00", 800, None, None],
    ["湖塘镇", "约稿", "约来的稿", None, "2022-05-13 10:00", 500, None, None],
]
ADOPTIONS: list[list[Any]] = [
    ["单位", "标题", "媒体", "录用日期", "链接"],
    ["湖塘镇", "一篇好文章", "新华社", "2022-05-20", "https://example.org/1"],
    ["湖塘镇", "一篇好文章", "常州日报", "2022-05-21", None],
]


def test_the_packed_file_of_an_item_is_taken_by_the_command_as_on_the_page(office, tmp_path):
    data, name = zipped(a_txt="字" * 799)
    (tmp_path / name).write_bytes(data)
    words = ["item", "report", "--unit", "湖塘镇", "--sort", "综合性原创文章", "--title", "一篇", "--sent-at", "2022-05-11 10:00"]
    said = office.json(*words, "--file", tmp_path / name)
    assert said["file"] == name
    assert office.json("report", "item", said["item"])["file"] == name
    office.fails(2, "missing_value", *words[:7], "另一篇", *words[8:])
    (tmp_path / "a.txt").write_text("字" * 900, "utf-8")
    office.fails(2, "unreadable_file", *words, "--file", tmp_path / "a.txt")
    office.fails(2, "unreadable_file", *words, "--file", tmp_path / "nowhere.zip")
    for inside, reason in (({"../x": "出去"}, "unreadable_file"), ({"a_txt": "\0" * 9_000_000}, "too_large"), ({}, "empty_file")):
        (tmp_path / "wrong.zip").write_bytes(zipped(**inside)[0])
        office.fails(2, reason, *words, "--file", tmp_path / "wrong.zip")
    office.json("rules", "set", "limits.import_bytes", "1024")
    (tmp_path / "large.zip").write_bytes(zipped(a_bin=Random(1).randbytes(4000))[0])
    office.fails(2, "too_large", *words, "--file", tmp_path / "large.zip")


@pytest.fixture
def quarter(office, tmp_path) -> Program:
    """Example 20: a quarter of one town."""
    came = office.json("import", "items", write(tmp_path / "items.xlsx", ITEMS))
    assert (came["new"], came["rejected"]) == (56, 0), came
    came = office.json("import", "adoptions", write(tmp_path / "adoptions.xlsx", ADOPTIONS))
    assert (came["new"], came["rejected"]) == (2, 0), came
    return office


def foot_lines(came: dict[str, Any]) -> int:
    """How many rows of a file are the form's own remarks below the table."""
    return sum("自己印的说明" in each["sentence"] for each in came["rejects"])


def row(office: Program, name: str = "湖塘镇", **more: str) -> dict[str, object]:
    words = [word for key, value in more.items() for word in (f"--{key}", value)]
    return next(each for each in office.json("report", "points", *words)["rows"] if each["name"] == name)


def test_20_the_row_of_a_quarter(quarter):
    found = row(quarter, period="2022Q2")
    assert (found["reports"], found["articles"], found["adopted"], found["points"]) == (52, 2, [1, 0, 0, 0, 0], 71)
    assert (found["place"], found["code"], found["group"]) == (1, "WJ-BK-04", "板块")
    data = quarter.json("report", "points", "--period", "2022Q2", "--set", "points.several=sum")
    assert [(each["name"], each["now"], each["then"]) for each in data["rows"]] == [("湖塘镇", 71, 81)]
    assert quarter.json("report", "points", "--period", "2022Q1")["total"]["points"] == 0
    quarter.json("activity", "amend", "xc", "points.several", "sum")
    found = row(quarter, period="2022Q2")
    assert (found["reports"], found["articles"], found["adopted"], found["points"]) == (52, 2, [1, 0, 1, 0, 0], 81)


def test_a_file_that_comes_again_changes_nothing(quarter, tmp_path):
    again = quarter.json("import", "items", tmp_path / "items.xlsx")
    assert (again["unchanged"], again["new"], again["changed"]) == (56, 0, 0)
    again = quarter.json("import", "adoptions", tmp_path / "adoptions.xlsx")
    assert (again["unchanged"], again["new"]) == (2, 0)


def test_every_point_opens(quarter):
    data = quarter.json("import", "items", write_one(quarter, "综合性原创文章", "第三篇", characters=900))
    assert data["new"] == 1
    made = quarter.json("item", "report", "--unit", "礼嘉镇", "--sort", "综合性原创文章", "--title", "礼嘉的文章", "--sent-at",
                        "2022-05-11 10:00", "--characters", "900")  # fmt: skip
    assert (made["points"], made["timely"], made["state"], made["waits"]) == (2, True, "waiting", "待部门负责人审")
    told = quarter.json("item", "adopt", made["item"], "--outlet", "人民日报", "--on", "2022-06-01")
    assert (told["points"], [each["code"] for each in told["because"]]) == (15, ["no_double", "adopted"])
    assert "人民日报（一类）" in told["because"][1]["sentence"]
    refused = quarter.json("item", "settle", made["item"], "--refuse", "--reason", "没有刊出")
    assert (refused["points"], refused["adoptions"][0]["counts"]) == (2, False)
    assert quarter.json("report", "item", made["item"][:8])["points"] == 2


def write_one(office: Program, sort: str, title: str, *, unit: str = "牛塘镇", characters: int | None = None, **more: object):
    line = [unit, sort, title, more.get("event_on"), more.get("sent_at", "2022-05-11 10:00"), characters, None, more.get("file")]
    return write(office.path.parent / "one.xlsx", [ITEMS[0], line])


def test_items_go_from_stage_to_stage(quarter):
    made = quarter.json("item", "report", "--unit", "办公室", "--sort", "约稿", "--title", "稿", "--sent-at", "2022-05-11 10:00")
    key = made["item"]
    quarter.fails(5, "refused_by_rule", "item", "pass", key, "--stage", "2")
    quarter.json("item", "pass", key, "--stage", "1")
    quarter.fails(2, "missing_value", "item", "pass", key, "--stage", "2", "--back")
    quarter.json("item", "pass", key, "--stage", "2", "--back", "--reason", "请补照片")
    assert quarter.json("report", "item", key)["waits"] == "分管领导已退回"
    quarter.json("item", "report", "--unit", "办公室", "--sort", "约稿", "--title", "稿", "--sent-at", "2022-05-11 12:00")
    assert quarter.json("report", "item", key)["waits"] == "待分管领导审"
    quarter.json("item", "pass", key, "--stage", "2")
    quarter.json("item", "pass", key, "--stage", "3")
    assert quarter.json("report", "item", key)["state"] == "passed"


def test_outlets_are_classed_from_a_day_on(quarter):
    made = quarter.json("item", "report", "--unit", "西太湖", "--sort", "综合性原创文章", "--title", "西太湖的文章", "--sent-at",
                        "2022-06-11 10:00", "--characters", "900")  # fmt: skip
    quarter.json("item", "adopt", made["item"], "--outlet", "武进日报", "--on", "2022-06-30")
    assert quarter.json("report", "points")["unclassed"] == 1
    quarter.json("outlet", "set", "name=武进日报", "class=3", "from_on=2022-07-01")
    assert quarter.json("report", "item", made["item"])["points"] == 2
    quarter.json("item", "adopt", made["item"], "--outlet", "武进日报", "--on", "2022-07-01")
    assert quarter.json("report", "item", made["item"])["points"] == 10
    assert quarter.json("report", "points")["unclassed"] == 1


def test_the_class_of_an_outlet_comes_in_as_people_write_it(quarter, tmp_path):
    said = {"甲报": "一类", "乙报": "第二类", "丙报": "3类", "丁报": "４", "戊报": 5, "己报": "第 一 类"}
    heads = ["媒体名称", "类别", "生效日期"]
    rows: list[list[Any]] = [heads, *([name, cls, "2022-01-01"] for name, cls in said.items())]
    came = quarter.json("import", "outlets", write(tmp_path / "outlets.xlsx", rows))
    assert (came["new"], came["rejected"]) == (6, 0), came
    classes = {each["name"]: each["class"] for each in quarter.json("report", "outlets")["rows"]}
    assert classes == {"甲报": 1, "乙报": 2, "丙报": 3, "丁报": 4, "戊报": 5, "己报": 1}
    bad: list[list[Any]] = [heads, *([f"报{cls}", cls, "2022-01-01"] for cls in ("六类", "甲类", "一二类", "0", 6))]
    came = quarter.json("import", "outlets", write(tmp_path / "bad.xlsx", bad))
    assert (came["new"], [each["reason"] for each in came["rejects"]]) == (
        0, ["out_of_range", "bad_number", "bad_number", "out_of_range", "out_of_range"],
    )  # fmt: skip
    rows = [[*ADOPTIONS[0], "类别"], ["湖塘镇", "一篇好文章", "庚报", "2022-05-23", None, "第三类"]]
    came = quarter.json("import", "adoptions", write(tmp_path / "classed.xlsx", rows))
    assert (came["new"], came["rejected"]) == (1, 0), came


def test_a_list_that_names_two_units_is_told_and_nobody_of_it_taken_while_other_sheets_go_on(office, tmp_path):
    book = openpyxl.Workbook()
    for number, units in enumerate((["湖塘镇", "礼嘉镇"], ["洛阳镇"], ["湟里镇", "湟里镇"])):
        sheet = book.active if not number else book.create_sheet()
        assert isinstance(sheet, Worksheet)
        sheet.title = f"表{number}"
        for row in (
            *([f"填报单位：{unit}"] for unit in units),
            ["姓名", "职务", "联系电话", "备注"],
            [f"甄{number}", "科员", None, None],
        ):
            sheet.append(row)
    book.save(tmp_path / "roster.xlsx")
    came = office.json("import", "correspondents", tmp_path / "roster.xlsx")
    assert (came["new"], [(each["sheet"], each["reason"]) for each in came["rejects"]]) == (2, [("表0", "conflict")]), came
    assert "“湖塘镇”、“礼嘉镇”" in came["rejects"][0]["sentence"]
    assert any("工作表“表0”的表头上方写着几个单位" in each["sentence"] for each in came["notes"])


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [("事件日期", "2022-06-01", "bad_date"), ("事件日期", "2021-12-31", "out_of_range"), ("事件日期", "2022-02-30", "bad_date"),
     ("单位", "湖塘", "unknown_unit"), ("附件", "正文.txt", "unreadable_file"), ("类型", "诗歌", "unknown_word")],
)  # fmt: skip
def test_bad_rows_are_told_one_by_one(office, tmp_path, column, value, reason):
    line = list(ITEMS[1])
    line[ITEMS[0].index(column)] = value
    came = office.json("import", "items", write(tmp_path / "bad.xlsx", [ITEMS[0], line, ITEMS[2]]))
    assert (came["new"], came["rejected"]) == (1, 1)
    assert came["rejects"][0]["reason"] == reason
    if column == "单位":
        assert "湖塘镇" in came["rejects"][0]["sentence"]


def test_tables_go_out_as_the_annexes_print_them_and_come_back(quarter, tmp_path):
    for group, names, subtitle in (("板块", NAMES, "（板  块）"), ("科室大队", OFFICES, "（科室  大队）")):
        path = tmp_path / f"{group}.xlsx"
        quarter.json("report", "points", "--group", group, "--out", path)
        sheet = openpyxl.load_workbook(path).active
        rows = [list(line) for line in sheet.iter_rows(values_only=True)]
        assert (rows[0][0], rows[1][0]) == ("2022年度信息宣传稿件积分统计表", subtitle)
        assert rows[2][:4] == ["单位", "工作动态/舆情", "综合性文章/约稿", "录用条数"]
        assert rows[3][3:8] == ["一类", "二类", "三类", "四类", "五类"]
        assert {"A3:A4", "B3:B4", "C3:C4", "D3:H3", "I3:I4"} <= {str(each) for each in sheet.merged_cells.ranges}
        assert [line[0] for line in rows[4 : 4 + len(names)]] == names
        for line in rows[4 : 4 + len(names)]:
            if line[0]:
                worth = zip((1, 2, 15, 12, 10, 6, 4), line[1:8], strict=True)
                assert sum(each * int(str(number)) for each, number in worth) == line[8]
        back = quarter.json("import", "points", path)
        assert (back["unchanged"], back["rejected"]) == (len([name for name in names if name]), 0), back
        for number, line in enumerate(rows, 1):
            if line[0] in {"湖塘镇", "办公室"}:
                sheet.cell(number, 9, 99)
        sheet.parent.save(path)
        back = quarter.json("import", "points", path)
        assert [each["reason"] for each in back["rejects"]] == ["differs"]
        assert row(quarter)["points"] == 71
    quarter.json("report", "points", "--group", "板块", "--out", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_forms_of_all_units_go_out_are_filled_and_come_back_without_a_reject(office, tmp_path):
    units = [each["name"] for each in office.json("report", "roster")["rows"]]
    assert len(units) == 23
    for number, unit in enumerate(units):
        path = tmp_path / f"{number}.xlsx"
        office.json("report", "roster", "--unit", unit, "--out", path)
        book = openpyxl.load_workbook(path)
        sheet = book.active
        first = next(cell.row for cell in sheet["A"] if cell.value == "姓名") + 1
        for place, value in enumerate(
            (f"甲{'一二三四五六七八九十'[number % 10]}{number // 10}", "科员", f"138{number:08d}", "兼职"), 1
        ):
            sheet.cell(first, place, value)
        book.save(path)
        came = office.json("import", "correspondents", path)
        assert (came["new"], came["rejected"] - foot_lines(came)) == (1, 0), came
        assert office.json("import", "correspondents", path)["unchanged"] == 1
    rows = office.json("report", "roster")["rows"]
    assert [len(each["correspondents"]) for each in rows] == [1] * 23
    assert rows[0]["correspondents"][0]["post"] == "科员"


def test_venues_are_judged_and_counted(office, tmp_path):
    head = ["单位（盖章）：雪堰镇"]
    rows: list[list[Any]] = [head, ["序号", "基地、场馆名称", "现有用途", "面积", "目标建成类别", "面积是使用面积"],
            [1, "雪堰馆", "科普", 200.0, "Ⅰ类", "是"], [2, "小馆", "科普", 199.9, "Ⅰ类", "是"], [3, "公园", "", 119.9, "Ⅱ类", "是"]]  # fmt: skip
    came = office.json("import", "venues", write(tmp_path / "venues.xlsx", rows))
    assert (came["new"], came["rejected"]) == (3, 0), came
    told = office.json("report", "venues")
    assert {each["name"]: each["fits"] for each in told["rows"]} == {"雪堰馆": True, "小馆": False, "公园": False}
    states = {each["name"]: each["state"] for each in told["units"]}
    assert (len(states), states["雪堰镇"], states["礼嘉镇"]) == (13, "enough", "short")
    office.json("report", "venues", "--unit", "雪堰镇", "--out", tmp_path / "form.xlsx")
    assert read(tmp_path / "form.xlsx")[0][0] == "常州市武进区公共安全体验馆摸排汇总表"
    assert office.json("import", "venues", tmp_path / "form.xlsx")["unchanged"] == 3


def test_quotas_excuses_bonus(quarter):
    def states(*more: str) -> dict[tuple[str, str], str]:
        rows = quarter.json("report", "quotas", "--period", "2022-W15", "--as-of", "2022-05-01", "--group", "板块", *more)["rows"]
        return {(each["name"], each["sort"]): f"{each['done']}/{each['due']} {each['state']}" for each in rows}

    found = states()
    assert (found["湖塘镇", "工作动态"], found["湖塘镇", "舆情"], len(found)) == ("13/1 done", "0/3 short", 26)
    quarter.json("points", "excuse", "--unit", "湖塘镇", "--period", "2022-W15", "--reason", "新单位")
    assert states()["湖塘镇", "舆情"] == "0/3 excused"
    quarter.json("points", "bonus", "--unit", "湖塘镇", "--tenths", "50", "--reason", "完成好")
    assert row(quarter)["bonus"] == 5
    quarter.json("points", "bonus", "--unit", "湖塘镇", "--cancel", "处置不力", "--reason", "舆论处置不力")
    assert (row(quarter)["bonus"], row(quarter)["points"], row(quarter)["place"]) == (0, 71, 1)
    grades = quarter.json("activity", "amend", "xc", "points.grades", "1=10、2-13=8")
    assert grades["fact"]
    assert [row(quarter)["grade"], row(quarter, "礼嘉镇")["grade"]] == [10, 8]


def test_a_bulletin_is_frozen_verified_and_amended(quarter, tmp_path):
    quarter.fails(5, "refused_by_rule", "bulletin", "freeze", "--period", "2026Q4", "--group", "板块")
    made = quarter.json("bulletin", "freeze", "--period", "2022Q2", "--group", "板块")
    assert (made["number"], made["rows"][3]["points"], len(made["rows"])) == (1, 71, 13)
    assert quarter.json("bulletin", "verify", "1") == {"number": 1, "equal": True, "published": True, "differences": []}
    quarter.fails(5, "refused_by_rule", "bulletin", "amend", "1", "--reason", "没有变化")
    quarter.json("activity", "amend", "xc", "points.several", "sum")
    assert quarter.json("bulletin", "verify", "1")["differences"] == []
    quarter.json("import", "items", write_one(quarter, "约稿", "迟到的约稿", unit="湖塘镇", sent_at="2022-06-30 10:00"))
    told = quarter.json("bulletin", "verify", "1")
    assert told["equal"] is True
    assert [(each["before"]["points"], each["after"]["points"]) for each in told["differences"]] == [(71, 73)]
    quarter.fails(2, "wrong_usage", "bulletin", "amend", "1", "--reason", "甄一补报，电话 13800001234")
    amended = quarter.json("bulletin", "amend", "1", "--reason", "补报一篇")
    assert amended["rows"][3]["points"] == 73
    assert [each["amendment"] for each in amended["amendments"]] == [1]
    assert quarter.json("bulletin", "verify", "1")["differences"] == []
    quarter.json("bulletin", "export", "1", "--out", tmp_path / "b.xlsx")
    assert read(tmp_path / "b.xlsx")[7][8] == 73
    assert len(quarter.json("bulletin", "list")["bulletins"]) == 1
    assert quarter.json("verify")["ok"] is True
    before = quarter.state()
    quarter.json("rebuild")
    assert quarter.state() == before


def test_forms_name_the_district_and_the_days_that_the_host_has_set(office, tmp_path):
    office.json("activity", "amend", "xc", "forms.venues_district", "福州市鼓楼区")
    office.json("activity", "amend", "xc", "due.venues_on", "2022-04-15")
    office.json("report", "venues", "--unit", "雪堰镇", "--out", tmp_path / "venues.xlsx")
    lines = [str(line[0]) for line in read(tmp_path / "venues.xlsx")]
    assert lines[0] == "福州市鼓楼区公共安全体验馆摸排汇总表"
    assert any("汇总表请于4月15日前报送至区应急管理局人事教育科" in line for line in lines)
    office.json("report", "roster", "--unit", "雪堰镇", "--out", tmp_path / "roster.xlsx")
    lines = [str(line[0]) for line in read(tmp_path / "roster.xlsx")]
    assert (lines[0], lines[-1].strip()) == (
        "武进区应急管理宣传员名单",
        "备注：宣传员名单请于3月4日前报送至区应急管理局人事教育科。",
    )


def test_25_points_stay_with_the_unit_when_its_correspondent_changes(office):
    """Example 25: a change on 06-10; the roster shows both with their days, June has one row."""
    first = office.json("points", "propose", "--unit", "湖塘镇", "--name", "甄一", "--from", "2022-03-01")["person"]
    for post in ("部门负责人", "分管领导"):
        office.json("points", "agree", first, "--unit", "湖塘镇", "--by", post)
    words = ["--unit", "湖塘镇", "--sort", "约稿", "--sent-at"]
    office.json("item", "report", *words, "2022-06-05 10:00", "--title", "甲写的")
    second = office.json("points", "propose", "--unit", "湖塘镇", "--name", "甄二", "--from", "2022-06-10", "--follows", first)[
        "person"
    ]
    for post in ("部门负责人", "分管领导"):
        office.json("points", "agree", second, "--unit", "湖塘镇", "--by", post)
    office.json("item", "report", *words, "2022-06-20 10:00", "--title", "乙写的")
    roster = next(each for each in office.json("report", "roster")["rows"] if each["name"] == "湖塘镇")
    assert [(each["name"], each["from"], each["until"]) for each in roster["correspondents"]] == [
        ("甄一", "2022-03-01", "2022-06-09"),
        ("甄二", "2022-06-10", None),
    ]
    table = office.json("report", "points", "--period", "2022-06")
    assert [(each["articles"], each["points"]) for each in table["rows"] if each["name"] == "湖塘镇"] == [(2, 4)]


def test_the_plan_is_summed_up_by_command(office):
    told = office.json("report", "coverage")["rows"]
    assert [each["word"] for each in told if each["sort"] == "公众号栏目"] == ["IN急资讯", "IN急先锋", "IN急互动"]
    assert {each["items"] for each in told} == {0}
