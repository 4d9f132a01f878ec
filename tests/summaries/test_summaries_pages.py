"""Units hand in summaries and the office answers; works are recommended to outlets (F-25, F-26)."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from flask import g

from tests.kit.office import hidden, import_csv, rows, see, send, tasks

DESK, OFFICE = "/desk/units/3501-FL/summary", "/office/summaries/3501-FL"
LIKES = "作品链接,标题,作者,单位,点赞数\n" + "".join(
    f"https://example.org/{at},作品{at},作者{at},3501-X1,{at}\n" for at in (1, 2, 3)
)


def test_a_unit_hands_in_and_the_office_returns_and_accepts(pages):
    once = hidden(see(pages, DESK, "dora"), "client_id")
    for _ in range(2):
        assert (
            send(pages, DESK, "dora", text="组织了三场演练\r\n<b>参加 900 人</b>", what="hand_in", client_id=once).status_code
            == 303
        )
    assert tasks(see(pages, "/office/", "city"))["份总结待审"][0] == 1
    shown = see(pages, OFFICE, "city")
    assert "&lt;b&gt;参加 900 人&lt;/b&gt;" in shown
    fact = hidden(shown, "summary")
    assert send(pages, OFFICE, "city", summary=fact, answer="return", reason="").status_code == 422
    assert send(pages, OFFICE, "city", summary=fact, answer="return", reason="请补充做法").status_code == 303
    assert "请补充做法" in see(pages, DESK, "dora")
    assert send(pages, DESK, "dora", text="补充了做法", what="hand_in").status_code == 303
    assert send(pages, OFFICE, "city", summary=fact, answer="accept").status_code == 422  # another text stands by now
    assert send(pages, OFFICE, "city", summary=hidden(see(pages, OFFICE, "city"), "summary"), answer="accept").status_code == 303
    assert ("已通过" in see(pages, DESK, "dora"), 'name="text"' in see(pages, DESK, "dora")) == (True, False)
    assert send(pages, DESK, "dora", text="再改", what="draft").status_code == 409


@pytest.mark.parametrize(("text", "says"), [("", "总结是空的"), ("电话 13800001234", "不要写个人信息"), ("字" * 10_001, "最多")])
def test_what_is_no_summary_is_told_and_stays_in_the_form(pages, text, says):
    answer = send(pages, DESK, "dora", text=text, what="hand_in")
    assert (answer.status_code, says in answer.text, text in answer.text) == (422, True, True)


def test_who_has_not_is_reminded_and_foreign_units_stay_hidden(pages):
    send(pages, DESK, "dora", text="已办", what="hand_in")
    page = see(pages, "/office/summaries/", "city")
    names = [row[0] for row in rows(page)]
    assert (len(names), any("厦门" in name for name in names)) == (4, False)
    (text,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert ("3 个单位" in text, "妇" in text) == (True, False)
    assert [row[1] for row in rows(see(pages, "/office/summaries/?state=handed_in", "city"))] == ["待审"]
    book = openpyxl.load_workbook(io.BytesIO(pages.browser("city").get("/office/summaries/list.xlsx").data))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    book.close()
    assert "已办" in cells
    assert pages.browser("farid").get(DESK).status_code == 404


def test_a_work_is_recommended_step_by_step(pages):
    import_csv(pages, "likes", LIKES, read_at="2023-06-08T12:00")
    address = _work(pages)
    once = hidden(see(pages, address), "client_id")
    for _ in range(2):
        typed = {"outlet": "央视频", "state": "sent", "on": "2023-06-09", "note": "=HYPERLINK(1)", "client_id": once}
        assert send(pages, address, **typed).status_code == 303
    assert send(pages, address, outlet="央视频", other="本市电视台", state="aired", on="2023-06-10").status_code == 303
    page = see(pages, address)
    assert (page.count("已报送"), "本市电视台" in page, "已播出" in page) == (3, True, True)
    table = see(pages, "/office/works/recommendations")
    assert [cell for cell in rows(table)[0] if "2023" in cell] == ["已报送2023-06-09", "已播出2023-06-10"]
    assert pages.browser("root").get("/office/works/recommendations.xlsx").status_code == 200
    for wrong in ({"state": "maybe", "on": "2023-06-09"}, {"state": "sent", "on": "2023-06-30"}, {"state": "sent", "on": "x"}):
        assert send(pages, address, outlet="央视频", **wrong).status_code == 422


@pytest.mark.parametrize("path", ["/office/summaries/", "/office/works/recommendations", "{work}"])
def test_three_rows_ask_as_many_queries_as_one(pages, path):
    import_csv(pages, "likes", LIKES, read_at="2023-06-08T12:00")
    few = []
    for number, unit in enumerate(("3501-FL", "3501-JY", "3501-AB")):
        send(pages, f"/desk/units/{unit}/summary", "dora", text=f"第{number}份", what="hand_in")
        address = _work(pages, number)
        assert send(pages, address, outlet="央视频", state="sent", on="2023-06-09").status_code == 303
        assert send(pages, _work(pages, 0), outlet=f"电视台{number}", state="sent", on="2023-06-09").status_code == 303
        few.append(_queries(pages, path.replace("{work}", _work(pages, 0))))
    assert few[0] == few[2]
    assert 0 < few[0] <= 12


def _work(pages, place: int = 0) -> str:
    found = list(dict.fromkeys(re.findall(r'href="(/office/works/[0-9a-f]{8,})"', see(pages, "/office/works/"))))
    return f"{found[place]}/recommend"


def _queries(pages, path: str) -> int:
    browser = pages.browser("root")
    browser.get(path)
    with browser:
        assert browser.get(path).status_code == 200
        return int(g.queries)
