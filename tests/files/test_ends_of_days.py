"""24:00 and the halves of a day in cells, as they are typed in forms (docs/formats.md#cells)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from openpyxl import Workbook

from campmgr.areas.hours.files.session_cells import TimeOfDay, moment, span
from campmgr.clock import parse_instant
from campmgr.files.cell_dates import day, instant
from campmgr.files.cells import CellProblem
from campmgr.files.read_table import open_table


@pytest.mark.parametrize(
    "cell", ["2023-06-30 24:00", "2023年6月30日24时", "2023/6/30 24:00:00", "２０２３．６．３０　２４：００", "2023-06-30 晚上12点"]
)
def test_midnight_ends_the_day_it_is_written_with(cell):
    assert (day(cell), instant(cell)) == ("2023-06-30", "2023-06-30T16:00:00Z")
    assert moment(cell) == int(parse_instant("2023-06-30T16:00:00Z").timestamp())


def test_the_first_moment_of_a_day_is_of_that_day():
    assert (day("2023-07-01 00:00"), day("2023-07-01 0:00:00")) == ("2023-07-01", "2023-07-01")


@pytest.mark.parametrize("shown", ["[h]:mm", "[hh]:mm:ss"])
def test_a_spreadsheets_own_24_hours_are_the_end_of_the_day(tmp_path, shown):
    book = Workbook()
    book.active.append([1.0, "x"])
    book.active["A1"].number_format = shown
    book.save(tmp_path / "t.xlsx")
    ((_, cells),) = open_table(tmp_path / "t.xlsx", max_bytes=10**6).rows()
    assert moment(cells[0]) == moment("24:00") == TimeOfDay(86_400)


@pytest.mark.parametrize(
    "cell", ["24:30", "24:00:01", timedelta(days=1, minutes=1), "2023-06-30 24:30", "25:00", "上午12:30", "晚上1:00"]
)
def test_what_no_day_has_or_may_mean_two_is_refused(cell):
    with pytest.raises(CellProblem):
        moment(cell)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [("晚上7:00-8:30", 90), ("下午2点-4点", 120), ("晚上11:00-晚上12:00", 60), ("23:00-24:00", 60), ("上午10:00-12:30", 150),
     ("2023-06-10 晚上7:00-8:30", 90), ("2023-06-10 晚上7:00-20:30", 90), ("2023-06-10 晚上11:30-0:15", 45),
     ("2023-06-10 23:00-24:00", 60),
     ("2023-06-10 上午10:00-下午1:00", 180)],
)  # fmt: skip
def test_the_half_of_a_day_is_said_once_for_both_ends(cell, minutes):
    found = span(cell)
    assert found is not None
    assert found[1] - found[0] == minutes * 60


@pytest.mark.parametrize(
    ("cell", "stored"), [("2023-06-30 凌晨12:10", "2023-06-29T16:10:00Z"), ("2023-06-30 中午11:30", "2023-06-30T03:30:00Z")]
)
def test_twelve_is_no_noon_before_dawn_and_eleven_no_night_at_noon(cell, stored):
    assert instant(cell) == stored
