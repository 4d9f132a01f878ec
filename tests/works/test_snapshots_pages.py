"""Snapshots of like counts: which file, when, by whom; what rose, fell, is new or missing; the curve of one work."""

from __future__ import annotations

import hashlib
import re
import textwrap

import pytest
from flask import g

from campmgr.web.charts import CURVE_HEIGHT, CURVE_WIDTH, curve
from tests.kit.office import import_csv, rows, see, send
from tests.works.test_flags_pages import sheet

FIRST, SECOND = "2023-06-08T04:00:00Z", "2023-06-09T04:00:00Z"
ONE = {"甲": 300, "乙": 200, "丙": 100, "丁": 50}
TWO = {"甲": 250, "乙": 900, "丙": 100, "戊": 10}


@pytest.fixture
def twice(pages):
    import_csv(pages, "likes", sheet(ONE), read_at="2023-06-08T12:00")
    import_csv(pages, "likes", sheet(TWO), read_at="2023-06-09T12:00")
    return pages


def test_each_import_is_a_snapshot_with_its_file_and_who(twice):
    listed = rows(see(twice, "/office/works/snapshots/"))
    assert [row[:3] for row in listed] == [["2023-06-09 12:00", "4", "1,260"], ["2023-06-08 12:00", "4", "650"]]
    assert textwrap.wrap(hashlib.sha256(sheet(TWO).encode()).hexdigest()[:16].upper(), 4) == listed[0][3].split()[-1].split("-")
    assert listed[0][4].startswith("root ")


@pytest.mark.parametrize(
    ("change", "found"),
    [("fallen", [["甲", "300", "250", "-50"]]), ("risen", [["乙", "200", "900", "+700"]]), ("equal", [["丙", "100", "100", "+0"]]),
     ("new", [["戊", "—", "10", "—"]]), ("missing", [["丁", "50", "—", "—"]])],
)  # fmt: skip
def test_what_changed_since_the_one_before(twice, change, found):
    listed = rows(see(twice, f"/office/works/snapshots/{SECOND}?change={change}"))
    assert [[row[0], *row[3:]] for row in listed] == found


def test_falls_are_shown_first_and_the_first_snapshot_is_all_new(twice):
    assert rows(see(twice, f"/office/works/snapshots/{SECOND}"))[0][0] == "甲"
    assert len(rows(see(twice, f"/office/works/snapshots/{FIRST}"))) == 4
    assert "这是第一份读数" in see(twice, f"/office/works/snapshots/{FIRST}")


def test_two_files_read_at_one_time_are_one_snapshot(twice):
    import_csv(twice, "likes", sheet({"丁": 60, "己": 7}), read_at="2023-06-09T12:00")
    listed = rows(see(twice, "/office/works/snapshots/"))
    assert [row[1] for row in listed] == ["6", "4"]
    assert rows(see(twice, f"/office/works/snapshots/{SECOND}?change=missing")) == []


def test_a_batch_taken_back_leaves_no_snapshot(twice):
    batch = re.findall(r"/desk/batches/(\w+)", see(twice, "/office/works/snapshots/"))[0]
    send(twice, f"/desk/batches/{batch}/undo", reason="试")
    assert [row[0] for row in rows(see(twice, "/office/works/snapshots/"))] == ["2023-06-08 12:00"]


def test_a_snapshot_after_the_cut_says_so(twice):
    send(twice, "/office/rules/ranking.cut_off", value="2023-06-09T00:00", reason="试")
    assert "截止之后" in see(twice, "/office/works/snapshots/")
    assert "不计入名单" in see(twice, f"/office/works/snapshots/{SECOND}")
    assert [row[2] for row in rows(see(twice, "/office/prizes/"))] == ["甲", "乙", "丙", "丁"]


def test_what_is_no_time_is_not_found(twice):
    for odd in ("none", "2023-06-09", "9999-99-99T99:99:99Z"):
        assert twice.browser("root").get(f"/office/works/snapshots/{odd}").status_code == 404


def test_more_rows_ask_no_more_queries(pages):
    def queries(path: str) -> int:
        browser = pages.browser("root")
        with browser:
            assert browser.get(path).status_code == 200
            return g.queries

    paths = ("/office/works/snapshots/", f"/office/works/snapshots/{FIRST}")
    import_csv(pages, "likes", sheet({"甲": 1}), read_at="2023-06-08T12:00")
    few = [queries(path) for path in paths]
    import_csv(pages, "likes", sheet({"乙": 1, "丙": 1}), read_at="2023-06-08T12:00")
    assert [queries(path) for path in paths] == few


def test_the_curve_of_a_work_shows_where_it_fell(twice):
    work = re.findall(r'href="(/office/works/[0-9a-f]{32})"', see(twice, f"/office/works/snapshots/{SECOND}?change=fallen"))[0]
    text = see(twice, work)
    assert 'points="0,0 600,24"' in text
    assert text.count('class="fell"') == 1
    assert [row[1] for row in rows(text)] == ["300", "250"]


def test_a_curve_stays_in_its_box():
    assert curve([(0, 5)]) is None
    drawn = curve([(0, 0), (10, 50), (20, 100)])
    assert drawn is not None
    assert [(dot.x, dot.y, dot.fell) for dot in drawn.dots] == [
        (0, CURVE_HEIGHT, False), (CURVE_WIDTH // 2, CURVE_HEIGHT // 2, False), (CURVE_WIDTH, 0, False),
    ]  # fmt: skip
    flat = curve([(5, 0), (5, 0)])
    assert flat is not None
    assert {dot.y for dot in flat.dots} == {CURVE_HEIGHT}
