"""Moments, spans and durations as logs write them; what may mean two things is asked, never guessed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest

from campmgr.areas.hours.files.session_cells import Moment, TimeOfDay, duration, moment, on_day, span
from campmgr.files.cells import CellProblem

_BEIJING = timezone(timedelta(hours=8))


def _at(day: int, hour: int, minute: int, second: int = 0) -> int:
    return int(datetime(2023, 6, day, hour, minute, second, tzinfo=_BEIJING).timestamp())


@pytest.mark.parametrize(
    "cell",
    ["2023-06-10 19:02:30", "2023/6/10 19:02:30", "2023年6月10日 19时02分30秒", "２０２３－０６－１０ １９：０２：３０",
     datetime(2023, 6, 10, 19, 2, 30),  # noqa: DTZ001 - a cell has no zone
     45087.79340277778, "45087.79340277778", "2023-06-10T11:02:30Z"],
)  # fmt: skip
def test_a_moment_is_read_in_every_way_it_is_written(cell):
    found = moment(cell)
    assert isinstance(found, Moment)
    assert found == _at(10, 19, 2, 30)


@pytest.mark.parametrize("cell", ["19:02", time(19, 2), 19.0 / 24 + 2 / 1440, "19时02分"])
def test_a_time_alone_waits_for_its_day(cell):
    found = moment(cell)
    assert isinstance(found, TimeOfDay)
    assert on_day(_at(10, 3, 0), found) == _at(10, 19, 2)


@pytest.mark.parametrize("cell", ["2023-06-10", 45087, "2023年6月10日", "昨天", "2023-06-10 25:00"])
def test_what_is_no_moment_is_refused(cell):
    with pytest.raises(CellProblem):
        moment(cell)


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("2023-06-10 19:00-20:30", _at(10, 19, 0), _at(10, 20, 30)),
        ("2023-06-10 19:00 ~ 2023-06-10 20:30", _at(10, 19, 0), _at(10, 20, 30)),
        ("2023/6/10 19:00—20:30", _at(10, 19, 0), _at(10, 20, 30)),
        ("2023年6月10日19:00至20:30", _at(10, 19, 0), _at(10, 20, 30)),
        ("2023-06-10 23:30-00:15", _at(10, 23, 30), _at(11, 0, 15)),
    ],
)
def test_a_span_in_one_cell_is_two_moments_and_no_zone(cell, start, end):
    assert span(cell) == (start, end)


@pytest.mark.parametrize("cell", ["2023-06-10 19:00", "19:00", "2023-06-10", "", 45087.5])
def test_one_moment_is_no_span(cell):
    assert span(cell) is None


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [("1:23:45", 5025), ("00:45:12", 2712), ("83分钟", 4980), ("83", 4980), (83, 4980), (83.5, 5010), ("1小时23分45秒", 5025),
     ("1小时", 3600), ("45秒", 45), ("1h23m", 4980), (time(1, 23, 45), 5025), (timedelta(hours=25), 90000), ("８３分", 4980)],
)  # fmt: skip
def test_durations(cell, seconds):
    assert duration(cell) == seconds


@pytest.mark.parametrize("cell", ["12:30", "很久", "-5", "", "2023-06-10", date(2023, 6, 10), "99999999"])
def test_what_may_mean_two_things_or_none_is_refused(cell):
    with pytest.raises(CellProblem):
        duration(cell)
