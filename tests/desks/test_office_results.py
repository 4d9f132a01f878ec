"""What came out of a camp, in the office: likes, ranking, lists, certificates, reports."""

from __future__ import annotations

import io
import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
from flask import g

from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.ids import random_id
from tests.kit.office import agree, found, hidden, import_csv, rows, see, send, told_before
from tests.kit.pages import OWN

HEAD = "作品链接,标题,作者,单位,点赞数\n"
LIKES = HEAD + "https://example.org/1,一,陈小红,3501-X1,300\nhttps://example.org/2,二,林大山,3501-X2,200\n"
LATER = LIKES.replace("200", "900")


@pytest.fixture
def liked(pages):
    """Two works, read on the eighth and on the ninth."""
    import_csv(pages, "likes", LIKES, read_at="2023-06-08T12:00")
    import_csv(pages, "likes", LATER, read_at="2023-06-09T12:00")
    return pages


def _learn(pages, unit: str, name: str, *, signed_in: bool = True) -> None:
    """Somebody with all the hours there are."""
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V8", "全部", 800, 60, "科普视频", ""))
        person = people.register(w, Registration(unit, name))
        mark(w, person, MarkRow(day="2023-06-09", lesson="V8"))
        if signed_in:
            mark(w, person, MarkRow(day="2023-06-09", condition="sign_in"))


def _queries(pages, path: str) -> int:
    browser = pages.browser("root")
    browser.get(path)
    with browser:
        assert browser.get(path).status_code == 200
        return g.queries


def test_likes_need_the_time_they_were_read(pages):
    answer = send(pages, "/office/import/likes", read_at="", file=(LIKES.encode(), "likes.csv"))
    assert (answer.status_code, 'id="e-read_at"' in answer.text) == (422, True)


def test_a_time_still_to_come_is_refused(pages):
    answer = send(pages, "/office/import/likes", read_at="2023-06-11T00:00", file=(LIKES.encode(), "likes.csv"))
    assert (answer.status_code, "还没有到" in answer.text) == (422, True)


def test_works_are_listed_with_every_reading(liked):
    listed = see(liked, "/office/works/")
    assert [(row[2], row[4], row[7]) for row in rows(listed)] == [("林大山", "900", "2"), ("陈小红", "300", "2")]
    work = re.findall(r'href="(/office/works/[0-9a-f]+)"', listed)[0]
    assert [row[:3] for row in rows(see(liked, work))] == [["2023-06-08 12:00", "200", "—"], ["2023-06-09 12:00", "900", "+700"]]


def test_the_ranking_is_as_of_any_time(liked):
    assert [row[1] for row in rows(see(liked, "/office/prizes/"))] == ["林大山", "陈小红"]
    assert [row[1] for row in rows(see(liked, "/office/prizes/?at=2023-06-08T13:00"))] == ["陈小红", "林大山"]
    wrong = liked.browser("root").get("/office/prizes/?at=yesterday")
    assert (wrong.status_code, "请写成" in wrong.text) == (422, True)


def test_the_ranking_of_a_part(liked):
    assert [row[1] for row in rows(see(liked, "/office/prizes/?unit=3501-X2"))] == ["林大山"]
    assert [row[1] for row in rows(see(liked, "/office/prizes/?unit=演练小学1&account=个人号"))] == ["陈小红"]
    assert rows(see(liked, "/office/prizes/?line=妇联")) == []
    odd = liked.browser("root").get("/office/prizes/?unit=9999")
    assert (odd.status_code, "没有找到“9999”" in odd.text, len(rows(odd.text))) == (422, True, 2)


def test_a_work_is_taken_out_and_back_with_reasons(liked):
    work = re.findall(r'href="(/office/works/[0-9a-f]+)"', see(liked, "/office/works/"))[0]
    once = hidden(see(liked, work), "client_id")
    for _ in range(2):
        assert send(liked, f"{work}/judge", counts="no", reason="搬运他人作品", client_id=once).status_code == 303
    assert [row[1] for row in rows(see(liked, "/office/prizes/"))] == ["陈小红"]
    assert see(liked, work).count("搬运他人作品") == 1
    assert send(liked, f"{work}/judge", counts="yes", reason="").status_code == 422
    assert send(liked, f"{work}/judge", counts="yes", reason="核实为原创").status_code == 303
    assert len(rows(see(liked, "/office/works/?state=out"))) == 0
    assert [row[1] for row in rows(see(liked, "/office/prizes/"))] == ["林大山", "陈小红"]


def test_a_list_is_frozen_once_verified_and_exported(liked):
    told = told_before(see(liked, "/office/prizes/freeze?at=2023年6月8日18时")) | {"sure": "1", "reason": "时间已定"}
    for _ in range(2):
        answer = send(liked, "/office/prizes/freeze", **told)
        assert (answer.status_code, answer.location) == (303, "/office/prizes/1")
    assert [row[1] for row in rows(see(liked, "/office/prizes/1"))] == ["陈小红", "林大山"]
    assert "核对一致" in see(liked, "/office/prizes/1/verify")
    assert [cell for cell in _sheet(liked, "public") if "陈" in cell] == ["陈*红"]
    assert "手机号" in _sheet(liked, "handout")
    assert "陈小红" in _sheet(liked, "archive")


def _sheet(pages, face: str) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(pages.browser("root").get(f"/office/prizes/1/{face}.xlsx").data))
    found = [str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value is not None]
    book.close()
    return found


@pytest.mark.parametrize(
    ("at", "says"), [("", "截止时间"), ("2023-06-11T00:00", "还没有到"), ("2023-06-10", "还没有到"), ("昨天", "不是时间")]
)
def test_a_list_needs_a_time_that_has_passed(liked, at, says):
    answer = liked.browser("root").get(f"/office/prizes/freeze?at={at}")
    assert (answer.status_code, says in answer.text) == (422, True)
    assert liked.browser("root").get("/office/prizes/1").status_code == 404


def test_certificates_are_tried_issued_found_and_revoked(pages):
    _learn(pages, "3501-X1", "陈小红")
    _learn(pages, "3501-X1", "林大山", signed_in=False)
    _learn(pages, "3502", "黄丽")
    tried = see(pages, "/office/certificates/issue", "city")
    assert "签发 1 份" in tried
    assert _outcome(tried) == [["演练小学1", "1", "陈小红"], ["演练小学1", "—", "林大山：没有签到"]]
    assert rows(see(pages, "/office/certificates/", "city")) == []
    assert agree(pages, "/office/certificates/issue", "city", unit="").status_code == 303
    assert "没有新的证书可签发" in see(pages, "/office/certificates/issue", "city")
    assert [row[1] for row in rows(see(pages, "/office/certificates/", "city"))] == ["陈小红"]
    assert [row[1] for row in rows(found(pages, "/office/certificates/search", query="陈小红"))] == ["陈小红"]
    number = rows(see(pages, "/office/certificates/"))[0][0]
    before = told_before(see(pages, f"/office/certificates/{number}/revoke", "city"))
    assert send(pages, f"/office/certificates/{number}/revoke", "city", **before).status_code == 422
    for _ in range(2):
        assert send(pages, f"/office/certificates/{number}/revoke", "city", reason="冒名", **before).status_code == 303
    assert "冒名" in see(pages, f"/office/certificates/{number}", "city")
    refused = _outcome(see(pages, "/office/certificates/issue", "city"))
    assert refused == [["演练小学1", "—", "林大山：没有签到、陈小红：证书曾被撤销；要补发请用“换发”"]]


def test_certificates_are_printed_one_or_all_of_ones_units(pages):
    for unit, name in (("3501-X1", "陈小红"), ("3501-X2", "林大山"), ("3502", "黄丽")):
        _learn(pages, unit, name)
    assert agree(pages, "/office/certificates/issue").status_code == 303
    sheets = {unit: _printed(pages, unit, "pdf") for unit in _ASKED}
    assert {unit: (answer.status_code, answer.data.count(b"/Type/Page/")) for unit, answer in sheets.items()} == _ASKED
    assert sheets[""].headers["Cache-Control"] == "no-store"
    one = rows(found(pages, "/office/certificates/search", "city", query="陈小红"))[0][0]
    assert pages.browser("city").get(f"/office/certificates/{one}/certificate.pdf").data.count(b"/Type/Page/") == 1
    assert f"/office/certificates/{one}/certificate.pdf" in see(pages, f"/office/certificates/{one}", "city")
    assert agree(pages, f"/office/certificates/{one}/revoke", reason="试").status_code == 303
    assert pages.browser("city").get(f"/office/certificates/{one}/certificate.pdf").status_code == 404


def _outcome(text: str) -> list[list[str]]:
    """What the page before issuing says of each unit: who gets one, and who does not and why."""
    return [row for row in rows(text) if len(row) == 3]


def _printed(pages, unit: str, sort: str, who: str = "city"):
    """Print as a browser would: the form, the page of what came of it, the file; or the refusal."""
    sent = send(pages, "/office/certificates/print", who, print_unit=unit, sort=sort, client_id=random_id())
    if sent.status_code != 303:
        return sent
    assert "保存文件" in see(pages, sent.location, who)
    return pages.browser(who).get(f"{sent.location}/file")


def test_a_zip_has_a_folder_for_each_city_and_unit_and_nobody_elses(pages):
    for unit, name in (("3501-X1", "陈小红"), ("3501-X2", "林大山"), ("3502", "黄丽")):
        _learn(pages, unit, name)
    assert agree(pages, "/office/certificates/issue").status_code == 303
    names = {who: zipfile.ZipFile(BytesIO(_printed(pages, "", "zip", who).data)).namelist() for who in ("root", "city")}
    assert "装箱单.xlsx" in names["city"]
    assert {name.split("/")[0] for name in names["root"]} == {"福州市", "厦门市", "装箱单.xlsx"}
    assert {name.split("/")[0] for name in names["city"]} == {"福州市", "装箱单.xlsx"}
    assert [name for name in names["city"] if name.endswith("证书.pdf")] == [
        "福州市/演练小学1（3501-X1）/证书.pdf", "福州市/演练小学2（3501-X2）/证书.pdf",
    ]  # fmt: skip


def test_a_printed_file_is_its_owners_alone_and_a_double_click_prints_once(pages):
    _learn(pages, "3501-X1", "陈小红")
    assert agree(pages, "/office/certificates/issue").status_code == 303
    same = random_id()
    places = {
        send(pages, "/office/certificates/print", "city", print_unit="", sort="pdf", client_id=same).location for _ in range(2)
    }
    (place,) = places
    assert pages.browser("root").get(place).status_code == 404
    assert pages.browser("root").get(f"{place}/file").status_code == 404


_ASKED = {"": (200, 2), "3501-X1 演练小学1": (200, 1), "3501-X0": (404, 0), "3502": (422, 0)}
"""What the city gets for a unit: its own two, one school's, none, and nothing of others."""


def test_a_certificate_of_people_elsewhere_is_hidden(pages):
    _learn(pages, "3502", "黄丽")
    assert agree(pages, "/office/certificates/issue").status_code == 303
    number = rows(see(pages, "/office/certificates/"))[0][0]
    assert pages.browser("city").get(f"/office/certificates/{number}/certificate.pdf").status_code == 404
    assert pages.browser("city").get(f"/office/certificates/{number}").status_code == 404
    assert send(pages, f"/office/certificates/{number}/revoke", "city", reason="试").status_code == 404
    assert send(pages, "/office/certificates/issue", "city", unit="3502").status_code == 422
    assert rows(found(pages, "/office/certificates/search", "city", query=number)) == []


def test_a_report_shows_the_same_numbers_as_table_bars_tiles_and_workbook(pages):
    for unit, name in (("3501-X1", "甲"), ("3501-X1", "乙"), ("3502", "丙"), ("3500", "丁")):
        _learn(pages, unit, name)
    text = see(pages, "/office/reports/?by=city&of=joined")
    joined = {row[0].split()[0]: row[3] for row in rows(text)}
    assert (len(joined), joined["福州市"], joined["厦门市"], joined["省直"], joined["莆田市"]) == (11, "2", "1", "1", "0")
    assert re.findall(r'<span class="name">(.*?)</span>.*?width="(\d+)"[^>]*/></svg><span class="n">(.*?)</span>', text)[0] == (
        "福州市", "1000", "2")  # fmt: skip
    assert re.findall(r"<title>(福州市|莆田市) (\d+)</title>", text) == [("福州市", "2"), ("莆田市", "0")]
    book = openpyxl.load_workbook(io.BytesIO(pages.browser("root").get("/office/reports/city.xlsx").data))
    cells = {row[1].value: row[4].value for row in book.active.iter_rows(min_row=5)}
    book.close()
    assert (cells["福州市"], cells["厦门市"]) == (2, 1)


def test_what_belongs_to_no_city_is_called_otherwise_than_the_unit_that_is_but_a_part_of_it(pages):
    with pages.store.writing() as w:
        add_unit(w, UnitRow("35-AB", "省安办", "35", "机关", "安委"))
    for unit, name in (("3500", "丁"), ("35-AB", "戊")):
        _learn(pages, unit, name)
    report, overview = see(pages, "/office/reports/?by=city&of=joined"), see(pages, "/office/")
    assert {row[0].split()[0]: row[3] for row in rows(report)}["省直"] == "2"
    assert {row[0].split()[0]: row[2] for row in rows(overview)}["省直"] == "1"
    assert "不归任何市的都在内" in report
    assert "不归任何市的都在内" not in see(pages, "/office/reports/?by=county")


def test_class_hours_of_a_report_are_numbers(pages):
    _learn(pages, "3502", "丙")
    book = openpyxl.load_workbook(io.BytesIO(pages.browser("root").get("/office/reports/city.xlsx").data))
    heads, *below = [list(row) for row in book.active.iter_rows(min_row=4, values_only=True)]
    book.close()
    hours = [row[heads.index("课时")] for row in below if row[1] == "厦门市"]
    assert [type(each) for each in hours] in ([float], [int])


def test_a_report_is_of_what_happened_by_a_day(pages):
    _learn(pages, "3501-X1", "甲")
    assert rows(see(pages, "/office/reports/?by=city&as_of=2023-06-01"))[0][3] == "0"
    answer = pages.browser("root").get("/office/reports/?as_of=2023-02-30")
    assert (answer.status_code, "请填日期" in answer.text) == (422, True)


def test_a_report_of_a_part_has_its_rows_alone(pages):
    for unit, name in (("3501-X1", "甲"), ("350102", "乙"), ("3502", "丙")):
        _learn(pages, unit, name)
    text = see(pages, "/office/reports/", "city")
    assert ("鼓楼区" in text, "厦门" in text) == (True, False)
    closing = re.findall(r"<tfoot>(.*?)</tfoot>", text, re.DOTALL)[0]
    assert re.findall(r'<th scope="row">(.*?)</th>.*?<td class="n">(\d+)</td>', re.sub(r"—|\s+", "", closing).replace(
        "<thscope", "<th scope").replace("<tdclass", "<td class"))[-1] == ("合计（每人只算一次）", "2")  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["/office/units/3501", "/office/lessons/", "/office/rules/", "/office/works/", "/office/prizes/", "/office/certificates/",
     "/office/reports/", "/office/reports/?by=school", "/office/nodes/"],
)  # fmt: skip
def test_three_rows_ask_as_many_queries_as_one(pages, path):
    _one_of_each(pages, 1)
    few = _queries(pages, path)
    for number in (2, 3):
        _one_of_each(pages, number)
    assert _queries(pages, path) == few
    # The ranking shows works, merged people, people and titles, and the frozen lists below it: one query more than any other page.
    assert 0 < few <= (9 if path == "/office/prizes/" else 8)


def _one_of_each(pages, number: int) -> None:
    """One more unit, lesson, change of a rule, work, list, certificate."""
    name = f"某{number}"
    send(pages, "/office/units/3501/add", code=f"3501-Z{number}", name=f"小学{number}", kind="学校", line="教育", expected="")
    send(
        pages, "/office/lessons/new", code=f"V{number}", name=name, kind="科普视频", hours="1", length="45", field="", replay_of=""
    )
    send(pages, "/office/rules/ranking.length", value=str(100 + number), reason="试")
    import_csv(
        pages, "likes", f"{HEAD}https://example.org/{number},题,{name},3501-Z{number},{number}\n", read_at="2023-06-08T12:00"
    )
    assert agree(pages, "/office/prizes/freeze", at="2023-06-09T12:00").status_code == 303
    _learn(pages, f"3501-Z{number}", f"学{number}")
    assert agree(pages, "/office/certificates/issue").status_code == 303


def test_a_page_of_a_list_is_there_whatever_is_asked(liked):
    for page in ("0", "-1", "99", "x", "9" * 30):
        assert len(rows(see(liked, f"/office/works/?page={page}"))) == 2
    assert liked.browser("root").get("/office/works/?state=none").status_code == 200
    assert liked.browser("root").post("/office/prizes/", headers=OWN).status_code == 405


def test_a_row_that_tells_more_people_than_it_is_to_have_says_why(pages):
    _learn(pages, "3501-FL", "陈小红")
    import_csv(pages, "units", "代码,名称,上级代码,应参与\n3501-FL,福州市妇联,3501,1\n")
    assert "参加率超过 100%" not in see(pages, "/office/reports/?by=federation")
    with pages.store.writing() as w:
        pupil = people.register(w, Registration("3501-X1", "林大山"))
        people.add_membership(w, people_by_id(w, [pupil])[pupil], "3501-FL")
    assert "200.0%" in (text := see(pages, "/office/reports/?by=federation"))
    assert "参加率超过 100% 的：已参加里也有登记在别处、同时计入这里的人" in text
