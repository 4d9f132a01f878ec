"""Every list of the desk asks as many queries for three rows as for one."""

from __future__ import annotations

import pytest
from flask import g

from tests.kit.desk_story import DESK, declared, mark, post, school

LISTS = ("people", "marking?what=V1", "station?what=V1", "paper", "declarations", "behind", "codes", "import", "review")
MOST = {"review": 2 * 20, "people": 2 * 11, "codes": 2 * 9}
"""Whatever was set aside is found in several places, each with one query; people are counted first (many are listed
otherwise), and so are their cards."""


@pytest.mark.parametrize("path", LISTS)
def test_three_rows_ask_as_many_queries_as_one(pages, path):
    _fill(pages, 1)
    few = _queries(pages, f"/desk/units/3501-JY/{path}") + _queries(pages, f"{DESK}/{path}")
    for number in (2, 3):
        _fill(pages, number)
    assert _queries(pages, f"/desk/units/3501-JY/{path}") + _queries(pages, f"{DESK}/{path}") == few
    assert 0 < few <= MOST.get(path, 2 * 8)


def test_a_persons_page_asks_as_many_queries_for_more_records(pages):
    (aya,) = school(pages, "阿雅")
    mark(pages, [aya], "one")
    few = _queries(pages, f"/desk/people/{aya}")
    for number in range(3):
        mark(pages, [aya], f"more {number}", day=f"2023-06-0{number + 1}")
    assert _queries(pages, f"/desk/people/{aya}") == few


def _fill(pages, number: int) -> None:
    """One more of everything: a pupil with a mark and a declaration, a twin elsewhere, a join code."""
    (pupil,) = school(pages, f"生{number}")
    for unit in ("3501-X1", "3501-X2"):
        form = {"name": f"双{number}", "number": f"T{number}", "kind": "学校师生", "client_id": f"{unit}{number}"}
        assert post(pages, f"/desk/units/{unit}/people/new", **form).status_code == 303
    declared(pages, pupil)
    assert mark(pages, [pupil], f"form {number}").status_code == 303
    assert post(pages, f"{DESK}/codes", most=str(number)).status_code == 303
    assert post(pages, f"{DESK}/paper", day=f"2023-06-0{number}").status_code == 303


def _queries(pages, path: str) -> int:
    browser = pages.browser("root")
    browser.get(path)
    with browser:
        assert browser.get(path).status_code == 200
        return g.queries
