"""Importing on the desk: looked at first, the same bytes imported, taken back; nothing beyond one's own units."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import openpyxl
import pytest

from campmgr import config
from campmgr.files.read_table import open_table
from tests.kit.desk_story import DESK, credited, post, school
from tests.kit.pages import OWN

PEOPLE = "编号,姓名,班级,单位\nN1,阿雅,三(1)班,\nN2,,三(1)班,\nN3,巴迪,三(1)班,3502\nN4,=1+1,三(2)班,3501-X1\n"


def _send(pages, text: str | bytes, kind: str = "people", who: str = "dora", name: str = "名单.csv"):
    data = text.encode() if isinstance(text, str) else text
    form = {"kind": kind, "file": (io.BytesIO(data), name)}
    return pages.browser(who).post(f"{DESK}/import/preview", data=form, headers=OWN)


def _kept(response) -> dict[str, str]:
    (name,) = set(re.findall(r'name="kept" value="([^"]+)"', response.text))
    return {"kind": re.findall(r'name="kind" value="([^"]+)"', response.text)[0], "kept": name}


def _people(pages) -> int:
    with pages.store.reading() as r:
        return int(r.value("select count(*) from people"))


def _files() -> list[Path]:
    return [path for path in (config.state_folder() / "uploads").rglob("*") if path.is_file()]


def test_a_preview_writes_nothing_and_the_commit_takes_the_same_rows(pages):
    school(pages)
    shown = _send(pages, PEOPLE)
    assert (_people(pages), "导入 2 行" in shown.text, "没有姓名" in shown.text) == (0, True, True)
    receipt = post(pages, f"{DESK}/import/commit", **_kept(shown))
    assert (receipt.status_code, _people(pages)) == (303, 2)
    assert not [path for path in _files() if path.name == _kept(shown)["kept"]]
    assert post(pages, f"{DESK}/import/commit", **_kept(shown)).status_code == 404
    text = pages.browser("dora").get(f"{DESK}/people").text
    assert "=1+1" in text
    assert post(pages, receipt.location.replace("?", "/undo?"), reason="弄错了表").status_code == 303
    assert _people(pages) == 0


def test_rows_of_units_that_are_not_theirs_are_rejected(pages):
    school(pages)
    assert "不在您的范围内" in _send(pages, PEOPLE).text
    receipt = post(pages, f"{DESK}/import/commit", **_kept(_send(pages, PEOPLE)))
    assert receipt.status_code == 303
    with pages.store.reading() as r:
        assert not r.value("select count(*) from people where home = '3502'")


def test_marks_of_somebody_elsewhere_are_rejected_as_unknown(pages):
    (aya,) = school(pages, "阿雅")
    (farid,) = school(pages, "法里", unit="3502")
    sheet = "参与者编号,课程编号,分钟,日期\n3501-X1-阿雅,V1,60,2023-06-05\n3502-法里,V1,60,2023-06-05\n"
    shown = _send(pages, sheet, "marks")
    assert "没有找到“3502-法里”" in shown.text
    assert post(pages, f"{DESK}/import/commit", **_kept(shown)).status_code == 303
    assert (credited(pages, aya), credited(pages, farid)) == (100, 0)


def test_rejects_come_as_a_workbook_with_reasons(pages, tmp_path):
    school(pages)
    response = post(pages, f"{DESK}/import/rejects", **_kept(_send(pages, PEOPLE)))
    path = tmp_path / "rejects.xlsx"
    path.write_bytes(response.data)
    rows = [cells for _, cells in open_table(path, max_bytes=10**6).rows()]
    assert rows[0][-1] == "未导入的原因"
    assert [row[0] for row in rows[1:]] == ["N2", "N3"]


def test_a_kept_file_is_its_owners(pages):
    school(pages)
    kept = _kept(_send(pages, PEOPLE))
    assert post(pages, f"{DESK}/import/commit", who="jiao", **kept).status_code == 404
    assert _people(pages) == 0


@pytest.mark.parametrize("name", ["../../camp.sqlite", "a" * 64, "", "a" * 64 + "/../x", "\x00"])
def test_a_made_up_name_reaches_no_file(pages, name):
    school(pages)
    assert post(pages, f"{DESK}/import/commit", kind="people", kept=name).status_code == 404


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"PK\x03\x04broken"])
def test_a_file_that_is_no_table_is_said_beside_the_field(pages, data):
    school(pages)
    response = _send(pages, data)
    assert response.status_code == 422
    assert 'id="e-file-people"' in response.text


def test_what_nobody_commits_makes_room(pages):
    school(pages)
    account = pages.accounts["dora"].account
    for left in [path for path in _files() if path.parent.name == account]:
        left.unlink()
    _send(pages, "编号,姓名\nN1,阿雅\n")
    (first,) = [path for path in _files() if path.parent.name == account]
    for number in range(60):
        other = first.with_name(f"{number:064x}.csv")
        other.write_bytes(b"x")
        os.utime(other, (number, number))
    _send(pages, "编号,姓名\nN2,巴迪\n")
    kept = [path for path in _files() if path.parent.name == account]
    assert (len(kept), first in kept, first.with_name(f"{59:064x}.csv") in kept) == (40, True, True)
    os.truncate(first, 190_000_000)  # a hole in the file: no disk is used
    os.utime(first, (100, 100))
    _send(pages, "编号,姓名\nN3,采薇\n" + "# 注\n" * 2)
    assert first in [path for path in _files() if path.parent.name == account]
    os.truncate(first, 200_000_001)
    _send(pages, "编号,姓名\nN4,丁一\n")
    assert len([path for path in _files() if path.parent.name == account]) <= 3


def test_a_file_without_news_says_so(pages):
    school(pages)
    sheet = "编号,姓名\nN1,阿雅\n"
    post(pages, f"{DESK}/import/commit", **_kept(_send(pages, sheet)))
    assert "导入 " + "0 行" not in _send(pages, sheet).text


def test_a_blank_workbook_has_the_headings(pages, tmp_path):
    path = tmp_path / "blank.xlsx"
    path.write_bytes(pages.browser("dora").get(f"{DESK}/import/marks.xlsx").data)
    rows = [[cell for cell in cells if cell] for _, cells in open_table(path, max_bytes=10**6).rows()]
    assert [row for row in rows if row][:3] == [
        ["学习记录"], ["填报单位：演练小学1"], ["参与者编号", "姓名", "到场", "课程编号", "分钟", "日期", "方式"],
    ]  # fmt: skip
    above = pages.browser("dora").get(f"{DESK.replace('3501-X1', '3501')}/import/people.xlsx")
    assert above.status_code == 200
    path.write_bytes(above.data)
    assert "单位代码" in [cell for _, cells in open_table(path, max_bytes=10**6).rows() for cell in cells], (
        "several units, one column"
    )


def test_a_blank_form_is_filled_and_comes_back_with_its_unit(pages, tmp_path):
    school(pages)
    path = tmp_path / "blank.xlsx"
    path.write_bytes(pages.browser("dora").get(f"{DESK}/import/people.xlsx").data)
    book = openpyxl.load_workbook(path)
    for place, text in enumerate(("N1", "阿雅"), 1):
        book.active.cell(4, place, text)
    book.save(path)
    shown = _send(pages, path.read_bytes(), name="人员名单.xlsx")
    assert ("导入 1 行" in shown.text, "没有采用" in shown.text) == (True, False)
    assert post(pages, f"{DESK}/import/commit", **_kept(shown)).status_code == 303
    assert _people(pages) == 1


def test_the_unit_in_a_form_goes_before_the_page_it_is_sent_from(pages):
    school(pages)
    told = _send(pages, "填报单位：演练小学2\n编号,姓名\nN1,阿雅\n")
    assert "按表头上方写的“演练小学2”计" in told.text
    assert post(pages, f"{DESK}/import/commit", **_kept(told)).status_code == 303
    with pages.store.reading() as r:
        home = r.value("select home from people")
    assert home == pages.unit("3501-X2")
    elsewhere = _send(pages, "填报单位：3502\n编号,姓名\nN2,巴迪\n")
    assert "不在您的范围内" in elsewhere.text
    unknown = _send(pages, "填报单位：演练小学（本部）\n编号,姓名\nN3,采薇\n")
    assert ("没有采用" in unknown.text, "导入 1 行" in unknown.text) == (True, True)


def test_a_blank_form_can_be_printed(pages):
    answer = pages.browser("dora").get(f"{DESK}/import/people.pdf")
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert pages.browser("dora").get(f"{DESK}/import/people.doc").status_code == 404


def test_a_sheet_that_was_not_read_is_one_press_away(pages):
    school(pages)
    book, sent = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "三年级"
    book.active.append(["班级", "姓名"])
    book.active.append(["三年1班", "阿雅"])
    more = book.create_sheet("四年级")
    more.append(["编号", "班级", "姓名"])
    more.append(["N9", "四年1班", "巴迪"])
    book.save(sent)
    shown = _send(pages, sent.getvalue(), name="名册.xlsx").text
    assert re.findall(r"改看工作表“(.+?)”", shown) == ["三年级"]
    form = next(each for each in shown.split("<form")[1:] if "改看工作表“三年级”" in each).partition("</form>")[0]
    action, fields = re.findall(r'action="([^"]+)"', form)[0], dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    other = pages.browser("dora").post(action, data=fields, headers=OWN).text
    assert ("工作表“三年级”" in other, "阿雅" in other, "巴迪" in other) == (True, True, False)


@pytest.mark.parametrize(("said", "kinds"), [(["", ""], {"学校师生"}), (["职工", ""], {"职工", "学校师生"})])
def test_whoever_is_listed_by_a_school_without_a_kind_is_of_it(pages, said, kinds):
    school(pages)
    rows = "".join(f"N{place},阿雅{place},{kind}\n" for place, kind in enumerate(said))
    shown = _send(pages, f"编号,姓名,参与者类别\n{rows}")
    assert post(pages, f"{DESK}/import/commit", **_kept(shown)).status_code == 303
    with pages.store.reading() as r:
        assert {row[0] for row in r.all("select kind from people where number like 'N%'")} == kinds
