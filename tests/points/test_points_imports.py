"""Files come in on pages, too: a unit's items at its desk, and at the host's the lists that 23 units send back."""

from __future__ import annotations

import io
import re

import openpyxl

from tests.desks.test_sheets_pages import _kept
from tests.kit.office import see
from tests.kit.pages import OWN
from tests.points.hosted import DESK, item

UNIT, HOST = "/desk/units/WJ-BK-01", "/desk/units/3501"
ITEMS = "单位,类型,标题,事件日期,报送时间,字数\n"


def _looked(hosted, desk: str, who: str, kind: str, data: bytes, name: str):
    form = {"kind": kind, "file": (io.BytesIO(data), name)}
    answer = hosted.browser(who).post(f"{desk}/import/preview", data=form, headers=OWN)
    assert answer.status_code == 200, answer.text
    return answer


def _imported(hosted, desk: str, who: str, kind: str, data: bytes, name: str = "表.csv") -> str:
    shown = _looked(hosted, desk, who, kind, data, name)
    answer = hosted.browser(who).post(f"{desk}/import/commit", data=_kept(shown) | {"name": name}, headers=OWN)
    assert answer.status_code == 303, answer.text
    return see(hosted, answer.location, who)


def test_a_unit_imports_its_own_items_and_no_others(hosted):
    text = see(hosted, f"{UNIT}/import", "dora")
    assert re.findall(r'name="kind" value="([^"]+)"', text)[-7:] == [
        "items", "adoptions", "points", "correspondents", "venues", "violations", "opinion_leads",
    ]  # fmt: skip
    rows = f"{ITEMS},舆情,表里的舆情,2023-06-07,2023-06-08 09:00,\n".encode()
    foreign = _looked(hosted, "/desk/units/3502", "farid", "items", rows.replace(b"\n,", "\n雪堰镇,".encode()), "稿件.csv")
    assert "不在您的范围内" in foreign.text
    _imported(hosted, UNIT, "dora", "items", rows)
    assert "表里的舆情" in see(hosted, f"{DESK}/week", "dora")
    assert "舆情 2/3" in see(hosted, f"{DESK}/week", "dora")


def test_the_host_imports_lists_that_name_their_unit_above_the_headings(hosted):
    assert f"{HOST}/import" in see(hosted, "/office/a/xc/roster/", "city")
    for unit in ("WJ-BK-02", "WJ-KS-01"):
        form = hosted.browser("city").get(f"/office/a/xc/roster/{unit}.xlsx").data
        book = openpyxl.load_workbook(io.BytesIO(form))
        sheet = book.active
        assert sheet is not None
        first = next(cell.row for cell in sheet["A"] if cell.value == "姓名") + 1
        for place, value in enumerate(("甄" + unit[-1], "科员", f"1380000{unit[-1]}000", "兼职"), 1):
            sheet.cell(first, place, value)
        filled = io.BytesIO()
        book.save(filled)
        _imported(hosted, HOST, "city", "correspondents", filled.getvalue(), "名单.xlsx")
    text = see(hosted, "/office/a/xc/roster/", "city")
    assert ("甄2" in text, "甄1" in text, text.count("兼职")) == (True, True, 2)


def test_adoptions_come_in_at_the_host_and_what_fits_nothing_waits(hosted):
    rows = "单位,标题,媒体,录用日期\n雪堰镇,网格员的一天,新华网,2023-06-03\n礼嘉镇,没有报过的稿,新华网,2023-06-03\n".encode()
    _imported(hosted, HOST, "city", "adoptions", rows)
    assert item(hosted, "网格员的一天").points == 15
    assert "没有报过的稿" in see(hosted, "/office/a/xc/noted/", "city")


def test_a_blank_form_of_every_kind_can_be_saved(hosted):
    for kind in ("items", "adoptions", "correspondents", "venues"):
        for ending in ("xlsx", "pdf"):
            assert hosted.browser("city").get(f"{HOST}/import/{kind}.{ending}").status_code == 200


def test_cases_and_leads_are_kept_beside_the_points(hosted):
    """Registers of 违法典型案例 and 舆情线索: a unit keeps its own, the host sees all, and no point comes of them."""
    before = item(hosted, "网格员的一天").points
    cases = "案例名称,处罚日期,当事单位,违法事实,处理结果,是否曝光\n无证动火,2023-06-01,某厂,无证电焊,罚款,是\n".encode()
    leads = "线索,发现日期,来源,程度,进展\n小区停电,2023-06-05,微博,一般,处置中\n坏的,2023-06-05,微博,天大,处置中\n".encode()
    _imported(hosted, UNIT, "dora", "violations", cases)
    shown = _looked(hosted, UNIT, "dora", "opinion_leads", leads, "线索.csv")
    assert "可以填：一般、较大、重大" in shown.text
    _imported(hosted, UNIT, "dora", "opinion_leads", leads)
    assert "无证动火" in see(hosted, f"{DESK}/violations/", "dora")
    assert "小区停电" in see(hosted, f"{DESK}/opinion_leads/", "dora")
    for path, words in (("violations", "无证动火"), ("opinion_leads", "小区停电")):
        assert words in see(hosted, f"/office/a/xc/{path}/", "city")
        assert hosted.browser("city").get(f"/office/a/xc/{path}/all.xlsx").status_code == 200
    assert item(hosted, "网格员的一天").points == before
