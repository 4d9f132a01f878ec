"""Deadlines and notices in time: the examples of notices 000 to 003 with the right answers."""

from __future__ import annotations

import pytest

from campmgr.clock import parse_instant
from campmgr.errors import BadInput
from campmgr.periods.deadlines import days_late, deadline, deadline_after, end_of, minutes_before, told_in_time
from campmgr.periods.published import published
from campmgr.periods.settings import Deadlines
from campmgr.periods.working_days import WorkCalendar

USUAL = Deadlines()


@pytest.mark.parametrize(
    ("said", "moment", "in_time"),
    [
        ("2024年5月29日下班前", "2024-05-29T17:30:00+08:00", True),
        ("2024年5月29日下班前", "2024-05-29T17:30:01+08:00", False),
        ("2024年5月29日下班前", "2024-05-29T09:30:00Z", True),
        ("2024-05-29 下班前", "2024-05-29T17:30:00.900+08:00", True),  # what is kept is kept to the second
        ("2024-07-31", "2024-07-31T15:59:59Z", True),
        ("2024-07-31", "2024-07-31T16:00:00Z", False),
        ("2024-07-31 24:00", "2024-07-31T15:59:59Z", True),
        ("2024-07-31 24:00", "2024-07-31T16:00:00Z", False),
        ("2024年7月31日18时", "2024-07-31T18:00:00", True),
        ("2023年5月20日前", "2023-05-20T23:59:59+08:00", True),
        ("2023年5月20日前", "2023-05-20T16:00:00Z", False),
        ("2022-03-04", "2022-03-04T23:59:59", True),
    ],
)
def test_what_is_in_time(said, moment, in_time):
    assert deadline(said, USUAL).holds(parse_instant(moment)) is in_time


def test_the_hour_of_closing_and_whether_before_a_day_holds_it_are_settings():
    early = Deadlines(off_work="17:00", before="excluded")
    assert deadline("2024-05-29下班前", early).holds(parse_instant("2024-05-29T17:00:00"))
    assert not deadline("2024-05-29下班前", early).holds(parse_instant("2024-05-29T17:00:01"))
    assert deadline("2022年3月4日前", early).day == "2022-03-03"
    assert deadline("2022年3月4日前", USUAL).day == "2022-03-04"


@pytest.mark.parametrize("said", ["5月29日下班前", "下班前", "2023-02-30", "下周", "2024-05-29 25:00", ""])
def test_what_is_no_deadline_is_refused(said):
    with pytest.raises(BadInput) as raised:
        deadline(said, USUAL)
    assert "下班前" in raised.value.hint


@pytest.mark.parametrize(
    ("event", "calendar_day", "working_day"),
    [
        ("2022-03-10", "2022-03-12", "2022-03-14"),  # a Thursday
        ("2022-04-29", "2022-05-01", "2022-05-06"),  # April 30 to May 4 are off; the make-up day May 7 is too late
        ("2022-09-30", "2022-10-02", "2022-10-09"),  # October 8 and 9 are made up
        ("2022-09-08", "2022-09-10", "2022-09-13"),
    ],
)
def test_two_days_after_an_event(event, calendar_day, working_day):
    assert deadline_after(event, 2, "calendar", published()).day == calendar_day
    assert deadline_after(event, 2, "working", published()).day == working_day


def test_two_days_hold_the_last_of_them_whole():
    last = deadline_after("2022-03-10", 2, "calendar", WorkCalendar())
    assert last.holds(parse_instant("2022-03-12T23:59:59+08:00"))
    assert not last.holds(parse_instant("2022-03-13T00:00:00+08:00"))


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2023-06-21T09:00", "还有 9 天"), ("2023-06-30T09:00", "今天截止"), ("2023-06-30T23:59:59", "今天截止"),
        ("2023-07-01T00:00", "已过 1 天"), ("2023-07-03T12:00", "已过 3 天"),
    ],
)  # fmt: skip
def test_how_long_is_left(now, words):
    assert end_of("2023-06-30").left_words(parse_instant(now)) == words


def test_a_deadline_in_words():
    assert end_of("2024-07-31").words == "2024-07-31 24:00（含7月31日全天）"
    closing = deadline("2024-05-29下班前", USUAL)
    assert closing.words == "2024-05-29 17:30"
    assert closing.left_words(parse_instant("2024-05-29T18:00")) == "今天已截止"


@pytest.mark.parametrize(
    ("told", "happens", "minutes", "in_time"),
    [
        ("2020-08-05T09:30", "2020-08-05T10:00", 30, True),
        ("2020-08-05T10:20", "2020-08-05T10:00", -20, False),
        ("2020-08-05T10:00", "2020-08-05T10:00", 0, False),  # 提前 is before, not at the same time
        ("2020-08-05T10:20", "2020-08-05T11:00", 40, True),  # the release was moved before it happened
        ("2020-08-05T09:59:30", "2020-08-05T10:00", 0, True),
        ("2020-08-05T08:00", "2020-08-05T08:40", 40, True),
    ],
)
def test_told_before_a_release(told, happens, minutes, in_time):
    told, happens = parse_instant(told), parse_instant(happens)
    assert (minutes_before(told, happens), told_in_time(told, happens, 0)) == (minutes, in_time)


def test_a_least_time_of_notice_is_a_setting():
    told, happens = parse_instant("2020-08-05T09:30"), parse_instant("2020-08-05T10:00")
    assert told_in_time(told, happens, 30)
    assert not told_in_time(told, happens, 31)


def test_days_late():
    assert days_late("2020-07-10", "2020-07-12") == 2
    assert days_late("2020-07-10", "2020-07-10") == days_late("2020-07-10", "2020-07-01") == 0
