"""The preview shows what an import would lead to: falling counts, people in conflict, sums that do not fit; each alone."""

from __future__ import annotations

import re

from campmgr.areas.people.actions.people import Registration, register
from tests.kit.desk_story import DESK, UNIT, school
from tests.kit.office import import_csv, see, send

_LIKES = "作品链接,标题,作者,点赞数,单位\n"


def _likes(*counts: int) -> str:
    return _LIKES + "".join(f"video.example/v/{n},作品{n},作者{n},{count},3501\n" for n, count in enumerate(counts))


def _counted(text: str, words: str) -> int:
    """The number on a filter."""
    found = re.search(rf">{words} <small>(\d+)</small>", text)
    return int(found[1]) if found else 0


def test_counts_are_shown_from_old_to_new_and_falls_stand_out(pages):
    import_csv(pages, "likes", _likes(100, 200, 300), "2023-06-05T12:00")
    shown = send(pages, "/office/import/likes", file=(_likes(150, 180, 300).encode(), "l.csv"), read_at="2023-06-06T12:00").text
    assert "点赞数 <del>100</del> → <ins>150</ins>" in shown
    falls = re.findall(r'class="from-to falls">\s*(.*?)</span>', shown, re.DOTALL)
    assert falls
    assert all("<del>200</del> → <ins>180</ins>" in each for each in falls)
    assert (_counted(shown, "下降"), _counted(shown, "新增")) == (1, 3)
    older = send(pages, "/office/import/likes", file=(_likes(90, 90, 90).encode(), "l.csv"), read_at="2023-06-04T12:00").text
    assert _counted(older, "下降") == 0  # an older reading is less, and no fall


def test_works_and_authors_that_a_file_would_register_are_told_before(pages):
    import_csv(pages, "likes", _likes(100, 200), "2023-06-05T12:00")
    new = "video.example/v/8,甲,张三,80,3501\nvideo.example/v/9,乙,张三,90,3501\nvideo.example/v/7,丙,作者1,70,3501\n"
    file = (_likes(150, 250) + new).encode()
    shown = send(pages, "/office/import/likes", file=(file, "l.csv"), read_at="2023-06-06T12:00").text
    assert "会新增 3 件作品、1 位不在名单里的作者。" in shown
    assert "导入 5 行，其中新增 3 件作品、1 位不在名单里的作者" in shown
    assert _counted(shown, "新作品") == 3
    alone = see(pages, re.findall(r'<a href="([^"]+show=bringing)"', shown)[0].replace("&amp;", "&"))
    assert re.findall(r"<td>([甲乙丙作]\S* \S+)</td>", alone) == ["甲 张三", "乙 张三", "丙 作者1"]
    known = send(pages, "/office/import/likes", file=(_likes(160, 260).encode(), "l.csv"), read_at="2023-06-07T12:00").text
    assert "会新增" not in known
    assert _counted(known, "新作品") == 0


def test_rows_of_which_the_very_same_is_said_are_one_line(pages):
    rows = "".join(f"Q{n},厂{n},3501,{'工信' if n != 4 else '火星'}\n" for n in range(1, 9))
    shown = send(pages, "/office/import/units", file=(f"代码,名称,上级代码,条线\n{rows}".encode(), "u.csv")).text
    lines = re.findall(r'<tr><td class="n">(.*?)</td>.*?<td class="long">(.*?)</td></tr>', shown, re.DOTALL)
    told = [(re.sub(r"\s+", " ", which).strip(), why.partition("不在")[0]) for which, why in lines]
    assert told == [("2、3、4、6、7 等 7 行", "“工信”"), ("5", "“火星”")]
    assert "8 行" in shown


def test_new_units_without_a_parent_are_told_where_they_will_stand(pages):
    sheet = "代码,名称,上级代码\nQ1,甲厂,3501\nQ2,乙厂,\n3501,福州市,\n"
    shown = send(pages, "/office/import/units", file=(sheet.encode(), "u.csv")).text
    assert "第 3 行：有 1 行没有写上级，新增的会放在“福建省”下面。" in re.sub(r"\s+", " ", shown)


def test_each_sort_of_row_is_listed_alone(pages):
    school(pages)
    with pages.store.writing() as w:
        register(w, Registration(UNIT, "阿雅", "N1", "三年1班"))
    sheet = "编号,姓名,班级,参与者类别\nN1,阿雅,三年2班,\nN2,巴迪,三年1班,\nN3,卡洛,三年1班,火星人\n"
    shown = send(pages, f"{DESK}/import/preview", "dora", kind="people", file=(sheet.encode(), "名单.csv")).text
    assert "导入 2 行，跳过 1 行" in shown
    links = dict(re.findall(r'<a href="([^"]+show=\w+)"[^>]*>(\w+) <small>', shown))
    alone = {words: see(pages, link.replace("&amp;", "&"), "dora") for link, words in links.items()}
    assert set(alone) == {"新增", "更改", "不能导入"}
    names = {"新增": "巴迪", "更改": "三年2班", "不能导入": "火星人"}
    for words, text in alone.items():
        listed = " ".join(re.findall(r'<table class="lines">.*?</table>', text, re.DOTALL))
        assert {name for name in names.values() if name in listed} == {names[words]}
        assert "导入 2 行" in text


def test_a_sum_that_is_another_than_its_rows_is_said_and_never_imported(pages):
    school(pages, "阿雅", "巴迪")
    rows = "姓名,课程编号,分钟,日期\n阿雅,V1,30,2023-06-05\n巴迪,V1,20,2023-06-05\n"
    for told, wrong in (("50", False), ("60", True), ("30", True)):
        shown = send(pages, f"{DESK}/import/preview", "dora", kind="marks", file=(f"{rows}合计,,{told},\n".encode(), "m.csv")).text
        assert ("各行相加是 50" in shown) is wrong
        assert "导入 2 行，跳过 1 行" in shown
    parts = f"{rows}小计,,50,\n阿雅,V1,40,2023-06-06\n小计,,40,\n合计,,90,\n"
    assert "各行相加" not in send(pages, f"{DESK}/import/preview", "dora", kind="marks", file=(parts.encode(), "m.csv")).text
