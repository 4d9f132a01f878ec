"""Paper rosters: the rows are frozen when printed, typed in by number, and saved only when the foot of the paper agrees."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from flask import g

from campmgr.areas.hours.queries.paper import ROWS_A_SHEET
from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.finding import people_by_id
from tests.kit.desk_story import DAY, DESK, credited, post, school
from tests.kit.pages import OWN

PAPER = f"{DESK}/paper"


def _printed(pages, who: str = "dora", **more) -> str:
    """The code of a roster that was just made."""
    made = post(pages, PAPER, who, **({"class": "", "what": "", "day": ""} | more))
    assert made.status_code == 303
    (code,) = re.findall(r"made=(\d{10})", made.location)
    return code


def _typed(pages, roster: str, who: str = "dora", **more):
    form = {"sheet": "1", "by": "numbers", "what": "V1", "day": DAY, "rows": "", "people": "0", "client_id": "form-1"} | more
    return post(pages, f"{PAPER}/{roster}", who, **form)


def _marks(pages) -> list[tuple]:
    with pages.store.reading() as r:
        return r.all("select person, lesson, day, minutes, source from marks order by minutes")


def test_rows_that_came_are_saved_as_one_batch_from_paper(pages):
    badis, aya, chiara = school(pages, "巴迪", "阿雅", "齐拉")
    saved = _typed(pages, _printed(pages), rows="1-2", people="2")
    assert saved.status_code == 303
    assert "已登记 2 人" in pages.browser("dora").get(saved.location).text
    assert [credited(pages, each) for each in (aya, badis, chiara)] == [100, 100, 0]
    assert {row[4] for row in _marks(pages)} == {"paper"}


def test_a_batch_from_paper_can_be_taken_back_and_typed_again(pages):
    (aya,) = school(pages, "阿雅")
    roster = _printed(pages)
    receipt = _typed(pages, roster, rows="1", people="1").location
    assert "已经录入过 1 人" in pages.browser("dora").get(f"{PAPER}/{roster}").text
    assert post(pages, receipt.replace("?", "/undo?"), reason="拿错了名册").status_code == 303
    assert credited(pages, aya) == 0
    assert "录入过，已撤销" in pages.browser("dora").get(f"{PAPER}/{roster}").text
    assert _typed(pages, roster, rows="1", people="1").status_code == 422  # the form of the batch that was taken back
    assert _typed(pages, roster, rows="1", people="1", client_id="form-2").status_code == 303
    assert credited(pages, aya) == 100


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"rows": "1-3", "people": "2"}, "纸上合计 2 人，录入了 3 人，多了 1 人"),
        ({"rows": "1", "people": "3"}, "少了 2 人"),
        ({"by": "minutes", "m1": "30", "m2": "20", "people": "2", "sum": "60"}, "录入的合计 50 分钟，少了 10 分钟"),
        ({"by": "minutes", "m1": "30", "people": "1", "sum": ""}, "请填写这一项"),
        ({"rows": "1", "people": ""}, "请填写这一项"),
        ({"rows": "4", "people": "1"}, "超出了这一页"),
        ({"rows": "二", "people": "1"}, "不是行号"),
        ({"rows": "", "people": "0"}, "还没有选人"),
        ({"by": "minutes", "m2": "9999", "people": "1"}, "第 2 行"),
        ({"rows": "1", "people": "1", "what": ""}, "请从列表中选择"),
        ({"rows": "1", "people": "1", "day": "2023-06-11"}, "还没有到"),
        ({"rows": "1", "people": "1", "minutes": "0"}, "1 到 1440"),
    ],
)
def test_while_something_does_not_fit_nothing_is_saved_and_what_was_typed_stands(pages, typed, says):
    school(pages, "阿雅", "巴迪", "齐拉")
    answer = _typed(pages, _printed(pages), **typed)
    assert (answer.status_code, says in answer.text, _marks(pages)) == (422, True, [])
    assert all(f'value="{value}"' in answer.text for name, value in typed.items() if name in {"rows", "m1", "m2"} and value)


def test_minutes_are_typed_row_by_row(pages):
    aya, badis, chiara = school(pages, "丁一", "丁二", "丁三")
    roster = _printed(pages, minutes="1")
    assert 'name="m3"' in pages.browser("dora").get(f"{PAPER}/{roster}").text
    saved = _typed(pages, roster, by="minutes", m1="30", m3="全", m2="４５", people="3", sum="75")
    assert saved.status_code == 303
    assert sorted((row[0], row[3]) for row in _marks(pages)) == sorted([(aya, 30), (badis, None), (chiara, 45)])


def test_the_rows_stay_as_printed_whoever_comes_or_goes(pages):
    aya, chiara = school(pages, "阿雅", "齐拉")
    roster = _printed(pages)
    (badis,) = school(pages, "巴迪")  # stands above the two by now
    with pages.store.writing() as w:
        people.erase(w, people_by_id(w, [aya])[aya], "本人要求")
    text = pages.browser("dora").get(f"{PAPER}/{roster}").text
    assert re.findall(r'class="number">(\d+)</span> <span class="who">(\w+)', text) == [("1", "已删除"), ("2", "齐拉")]
    gone = _typed(pages, roster, rows="1-2", people="2")
    assert (gone.status_code, "第 1 行的人已经不在本单位" in gone.text) == (422, True)
    assert _typed(pages, roster, rows="2", people="1").status_code == 303
    assert [credited(pages, each) for each in (badis, chiara)] == [0, 100]


def test_a_second_sheet_has_its_own_rows_and_totals(pages):
    school(pages, *(f"生{number:02d}" for number in range(ROWS_A_SHEET + 2)))
    roster = _printed(pages)
    found = pages.browser("dora").get(f"{PAPER}/find?roster={roster}-2")
    assert found.location.endswith(f"{roster}?page=2")
    assert f"第 {ROWS_A_SHEET + 1}–{ROWS_A_SHEET + 2} 行" in pages.browser("dora").get(found.location).text
    saved = _typed(pages, roster, sheet="2", rows=f"{ROWS_A_SHEET + 1}", people="1")
    assert f"{roster}?page=1" in pages.browser("dora").get(saved.location).text  # the sheet that is still to be typed in
    assert pages.browser("dora").get(f"{PAPER}/{roster}?page=3").status_code == 404
    assert "已录入 1 页" in pages.browser("dora").get(PAPER).text


@pytest.mark.parametrize("spelt", ["{}", "{0[0]}{0[1]}{0[2]}{0[3]}{0[4]}-{0[5]}{0[6]}{0[7]}{0[8]}{0[9]}", " {} "])
def test_a_roster_is_found_by_the_code_on_the_paper(pages, spelt):
    school(pages, "阿雅")
    roster = _printed(pages)
    typed = spelt.format(roster).translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))  # as an input method may send it
    assert pages.browser("dora").get(f"{PAPER}/find", query_string={"roster": typed}).location.endswith(f"{roster}?page=1")
    unknown = pages.browser("dora").get(f"{PAPER}/find?roster=0000000097")
    assert (unknown.status_code, "这不是名册编号" in unknown.text) == (422, True)
    elsewhere = pages.browser("dora").get(f"{PAPER}/find?roster=0000000001")
    assert (elsewhere.status_code, "不是在本机打印的" in elsewhere.text) == (422, True)


def test_pressing_twice_prints_one_roster_and_saves_once(pages):
    school(pages, "阿雅")
    roster = _printed(pages)
    assert _printed(pages) == roster
    assert _typed(pages, roster, rows="1", people="1").location == _typed(pages, roster, rows="1", people="1").location
    assert len(_marks(pages)) == 1
    assert _printed(pages) != roster  # it was typed in: another lesson needs another paper


def test_a_form_that_was_saved_is_not_saved_with_other_rows(pages):
    badis, aya = school(pages, "巴迪", "阿雅")
    roster = _printed(pages)
    assert _typed(pages, roster, rows="1", people="1").status_code == 303
    for rows, count in (("2", "1"), ("1-2", "2")):
        again = _typed(pages, roster, rows=rows, people=count)
        assert (again.status_code, "刚才已经保存过" in again.text) == (422, True)
    assert [credited(pages, each) for each in (badis, aya)] == [100, 0]


def test_signing_in_on_paper_asks_for_no_minutes(pages):
    (aya,) = school(pages, "阿雅")
    roster = _printed(pages, what="sign_in", minutes="1")
    assert 'name="m1"' not in pages.browser("dora").get(f"{PAPER}/{roster}?by=minutes").text
    assert _typed(pages, roster, what="sign_in", rows="1", people="1").status_code == 303
    assert "已签到" in pages.browser("dora").get(f"/desk/people/{aya}").text


def test_a_roster_of_a_class_is_a_pdf_with_its_rows(pages):
    school(pages, "阿雅", "=HYPERLINK(1)")
    school(pages, "巴迪", class_name="三年2班")
    roster = _printed(pages, **{"class": "三年1班"})
    answer = pages.browser("dora").get(f"{PAPER}/{roster}.pdf")
    assert (answer.content_type, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert answer.data == pages.browser("dora").get(f"{PAPER}/{roster}.pdf").data
    text = pages.browser("dora").get(f"{PAPER}/{roster}").text
    assert ("阿雅" in text, "巴迪" in text) == (True, False)


def test_every_class_can_have_a_roster_of_its_own_in_one_file(pages):
    for name, class_name in (("阿雅", "三年1班"), ("巴迪", "三年2班"), ("齐拉", "")):
        school(pages, name, class_name=class_name)
    made = post(pages, PAPER, **{"class": "*", "what": "V1", "day": DAY})
    codes = re.findall(r"made=(\d{10})", made.location)
    text = pages.browser("dora").get(made.location).text
    assert (len(codes), "下载这 3 份" in text, "没有班级" in text) == (3, True, True)
    whole = pages.browser("dora").get(f"{PAPER}/all.pdf", query_string={"roster": codes}).data
    assert len(re.findall(rb"/Type/Page[^s]", whole)) == 3
    listed = [pages.browser("dora").get(f"{PAPER}/{code}").text.count('class="number"') for code in codes]
    assert listed == [1, 1, 1]
    assert pages.browser("dora").get(f"{PAPER}/all.pdf?roster={codes[0]}&roster=0000000001").status_code == 404


def test_a_roster_is_its_own_units_alone(pages):
    school(pages, "阿雅")
    roster = _printed(pages)
    for path in (f"/desk/units/3501-X2/paper/{roster}", f"/desk/units/3501-X2/paper/{roster}.pdf"):
        assert pages.browser("dora").get(path).status_code == 404
    for path in (f"{PAPER}/{roster}", f"{PAPER}/{roster}.pdf", PAPER):
        assert pages.browser("farid").get(path).status_code == 404
    assert _typed(pages, roster, who="farid", rows="1", people="1").status_code == 404
    assert _marks(pages) == []


def test_an_empty_class_is_no_roster(pages):
    answer = post(pages, PAPER, **{"class": "", "what": "", "day": ""})
    assert (answer.status_code, "还没有人" in answer.text) == (422, True)


def test_a_longer_sheet_asks_no_more_queries(pages):
    school(pages, "阿雅")
    few = _queries(pages, _printed(pages))
    school(pages, "巴迪", "齐拉")
    assert _queries(pages, _printed(pages)) == few


def _queries(pages, roster: str) -> int:
    browser = pages.browser("dora")
    browser.get(f"{PAPER}/{roster}")
    with browser:
        assert browser.get(f"{PAPER}/{roster}").status_code == 200
        return g.queries


def test_the_list_to_tick_comes_back_through_the_import(pages, tmp_path):
    aya, badis = school(pages, "阿雅", "巴迪")
    answer = pages.browser("dora").get(f"{DESK}/tick-list.xlsx?what=V1&day={DAY}&class=三年1班")
    path = tmp_path / "list.xlsx"
    path.write_bytes(answer.data)
    book = openpyxl.load_workbook(path)
    (row,) = [each[0].row for each in book.active.iter_rows() if each[1].value == "阿雅"]
    book.active[f"D{row}"] = "√"
    book.save(path)
    form = {"kind": "marks", "file": (io.BytesIO(path.read_bytes()), "list.xlsx")}
    shown = pages.browser("dora").post(f"{DESK}/import/preview", data=form, headers=OWN)
    assert "导入 1 行" in shown.text
    (kept,) = set(re.findall(r'name="kept" value="([^"]+)"', shown.text))
    assert post(pages, f"{DESK}/import/commit", kind="marks", kept=kept, name="list.xlsx").status_code == 303
    assert [credited(pages, each) for each in (aya, badis)] == [100, 0]


@pytest.mark.parametrize(("query", "status"), [("", 200), ("?what=none&day=nonsense", 200), ("?class=none", 422)])
def test_whatever_is_asked_the_list_is_a_workbook_or_a_sentence(pages, query, status):
    school(pages, "阿雅")
    assert pages.browser("dora").get(f"{DESK}/tick-list.xlsx{query}").status_code == status
    assert pages.browser("farid").get(f"{DESK}/tick-list.xlsx{query}").status_code == 404
