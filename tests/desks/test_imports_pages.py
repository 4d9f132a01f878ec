"""The list of imported files: one's own and one's units', the newest first, with the way back; nothing of anybody else."""

from __future__ import annotations

import pytest
from flask import g

from tests.desks.test_sheets_pages import _kept, _send
from tests.kit.desk_story import DESK, post, school
from tests.kit.office import import_csv, see, send


def _import(pages, number: int, who: str = "dora", name: str = "名单.csv"):
    shown = _send(pages, f"编号,姓名\nN{number},阿雅{number}\n", who=who, name=name)
    return post(pages, f"{DESK}/import/commit", who, **_kept(shown), name=name)


def test_files_stand_newest_first_with_the_name_they_came_with(pages):
    school(pages)
    _import(pages, 1, name="一班.csv")
    pages.clock.move(hours=1)
    _import(pages, 2, name="<b>二班.csv")
    text = see(pages, "/desk/batches", "dora")
    assert "<b>二班" not in text
    assert text.index("二班") < text.index("一班.csv")


def test_others_see_what_is_within_their_units_only(pages):
    school(pages)
    _import(pages, 1, name="一班.csv")
    import_csv(pages, "units", "代码,名称,上级代码\n3502-Z1,鹭江小学,3502\n")
    seen = {who: ("一班.csv" in (text := see(pages, "/desk/batches", who)), "units.csv" in text) for who in
            ("root", "city", "dora", "jiao", "farid")}  # fmt: skip
    assert seen == {
        "root": (True, True),
        "city": (True, False),
        "dora": (True, False),
        "jiao": (True, False),
        "farid": (False, False),
    }


def test_what_is_taken_back_stays_struck_out(pages):
    school(pages)
    receipt = _import(pages, 1)
    assert "撤销后这一批全部不算" in see(pages, receipt.location, "dora")
    assert post(pages, receipt.location.replace("?", "/undo?"), reason="弄错了表").status_code == 303
    assert "已撤销" in see(pages, "/desk/batches", "dora")


def test_any_organizer_of_the_whole_camp_takes_an_import_of_units_back(pages):
    import_csv(pages, "units", "代码,名称,上级代码\n3502-Z1,鹭江小学,3502\n")
    with pages.store.reading() as r:
        batch = r.value("select batch from imports")
    assert send(pages, f"/desk/batches/{batch}/undo", reason="重复").status_code == 303
    assert "3502-Z1" not in see(pages, "/office/units/3502")


@pytest.mark.parametrize("address", ["/desk/batches", "/desk/batches?kind=people", "/desk/batches?kind=none&page=x"])
def test_three_files_ask_as_many_queries_as_one(pages, address):
    school(pages)
    _import(pages, 1)
    few = _queries(pages, address)
    _import(pages, 2)
    _import(pages, 3)
    assert _queries(pages, address) == few


def _queries(pages, path: str) -> int:
    browser = pages.browser("dora")
    browser.get(path)
    with browser:
        assert browser.get(path).status_code == 200
        return g.queries
