"""The year of minors: how many are held, agreed, looked at and erased by unit; page and files say the same, and name nobody."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest

from campmgr.areas.people.actions import joining
from campmgr.areas.people.actions.people import Registration, register
from tests.kit.desk_story import UNIT, post
from tests.kit.office import agree, see

AT = "/office/minors/"
NAMES = ("年报甲", "年报乙", "年报丙")


@pytest.fixture
def year(pages) -> list[str]:
    """Three with a guardian's word, of whom one was looked at and one erased; one of the school without."""
    with pages.store.writing() as w:
        found = [register(w, Registration(UNIT, name, name, phone="13800138000", guardian=True)) for name in NAMES]
        register(w, Registration(UNIT, "年报丁", "X4"))
        register(w, Registration("3501-X2", "年报戊", "X5", guardian=True))
        unit = pages.unit(UNIT)
        code = joining.make_join_code(w, unit).code
        child = joining.join(w, code, Registration("", "年报己", guardian=True), client_id="c", consent_version="1")[0]
    post(pages, f"/desk/people/{found[0]}/phone", why="家访")
    agree(pages, f"/desk/people/{found[1]}/erase", "dora", reason="家长要求")
    agree(pages, f"/desk/people/{child}/erase", "dora", reason="家长要求")
    return found


def rows(text: str) -> dict[str, list[str]]:
    found = re.findall(r'<tr><th scope="row">([^<]*)</th>((?:<td class="n">[^<]*</td>)+)</tr>', text)
    return {unit: re.findall(r">([^<]*)</td>", cells) for unit, cells in found}


def test_the_page_counts_by_unit_and_adds_up(pages, year):
    shown = rows(see(pages, AT))
    assert shown["演练小学1"] == ["2", "1", "1", "0", "1", "2"]
    assert shown["演练小学2"] == ["1", "0", "0", "0", "0", "0"]
    assert shown["合计"] == ["3", "1", "1", "0", "1", "2"]
    assert year


def test_another_year_is_asked_for_by_its_number_and_nonsense_is_this_one(pages, year):
    assert rows(see(pages, f"{AT}?year=2022"))["演练小学1"] == ["2", "1", "0", "0", "0", "0"]
    assert rows(see(pages, f"{AT}?year=1' or"))["合计"] == rows(see(pages, AT))["合计"]
    assert year


def test_the_workbook_says_the_same_and_who_looked_and_who_was_erased_without_a_name(pages, year):
    answer = pages.browser("root").get(f"{AT}2023.xlsx")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    assert book.sheetnames == ["按单位", "查看", "删除"]
    found = {str(row[0]): [str(cell) for cell in row[1:]] for row in book["按单位"].values if isinstance(row[1], int)}
    assert found == rows(see(pages, AT))
    looks, gone = ([row for row in book[tab].values if row[0] and str(row[0]).startswith("2023-")] for tab in ("查看", "删除"))
    assert [(row[1], row[2], row[5]) for row in looks] == [("dora", "看了手机号", "家访")]
    assert sorted((row[1], row[4], row[5]) for row in gone) == [("dora", "家长要求", "不明"), ("dora", "家长要求", "同意过")]
    every = "".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    assert "年报" not in every
    assert "root（root）导出于" in book["按单位"].oddHeader.left.text
    assert pages.browser("root").get(f"{AT}2023.pdf").data.startswith(b"%PDF")
    assert pages.browser("root").get(f"{AT}2023.doc").status_code == 404
    assert year


def test_whoever_has_a_part_sees_that_part(pages, year):
    with pages.store.writing() as w:
        register(w, Registration("3502", "年报庚", "X7", guardian=True))
    assert rows(see(pages, AT))["合计"][0] == "4"
    assert rows(see(pages, AT, "city"))["合计"][0] == "3"
    assert year
