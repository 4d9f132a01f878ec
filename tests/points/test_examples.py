"""The worked examples of the notice on correspondents, one line each, by their numbers."""

from __future__ import annotations

from typing import Any

import pytest

from campmgr.areas.points.rules.outlets import Classed, Dictionary
from campmgr.areas.points.rules.ranking import bonus, grade, places
from campmgr.areas.points.rules.venues import Venue, listed_state, unfit
from campmgr.areas.points.settings import Outlets, Venues
from campmgr.periods.spans import named, owner, span_of
from tests.points.examples import item, on, refused, rules, told

NEWS, OPINION, ARTICLE, ASKED = "工作动态", "舆情", "综合性原创文章", "约稿"
SEVERAL = {"highest": {}, "sum": {"points__several": "sum"}, "once": {"points__several": "each_class_once"}}
WORKING = {"timeliness__counted": "working"}
ALL = {"points__adopted_sorts": "all"}

POINTS = [
    # number, what is reported, points
    (1, told([item(OPINION)] * 3), 3),
    (2, told(item(ARTICLE)), 2),
    (2, told(item(ASKED)), 2),
    (3, told(item(ARTICLE, a=f"{cls}类") for cls in "一二三四五"), 47),
    (4, told(item(ARTICLE, a="一类")), 15),
    (5, told(item(ARTICLE, a="一类", b="三类")), 15),
    (5, told(item(ARTICLE, a="一类", b="三类"), **SEVERAL["sum"]), 25),
    (5, told(item(ARTICLE, a="一类", b="三类"), **SEVERAL["once"]), 25),
    (5, told(item(ARTICLE, a="一类", b="一类")), 15),
    (5, told(item(ARTICLE, a="一类", b="一类"), **SEVERAL["sum"]), 30),
    (5, told(item(ARTICLE, a="一类", b="一类"), **SEVERAL["once"]), 15),
    (6, told(item(NEWS, a="二类")), 1),
    (6, told(item(NEWS, a="二类"), **ALL), 12),
    (7, told(item(ASKED, a="四类")), 2),
    (7, told(item(ASKED, a="四类"), points__adopted_sorts="commissioned"), 6),
    (8, told(item(ARTICLE, a="五类")), 4),
    (8, told(refused(item(ARTICLE, a="五类"))), 2),
    (9, told(item(NEWS, "03-12T23:59:59+08:00", "03-10")), 1),
    (9, told(item(NEWS, "03-13T00:00:00+08:00", "03-10")), 0),
    (9, told(item(NEWS, "03-14T23:59:59+08:00", "03-10"), **WORKING), 1),
    (9, told(item(NEWS, "03-15T00:00:00+08:00", "03-10"), **WORKING), 0),
    (10, told(item(NEWS, "05-01", "04-29"), item(NEWS, "05-02", "04-29")), 1),
    (10, told(item(NEWS, "05-06", "04-29"), item(NEWS, "05-07", "04-29"), **WORKING), 1),
    (10, told(item(NEWS, "10-02", "09-30"), item(NEWS, "10-03", "09-30")), 1),
    (10, told(item(NEWS, "10-09", "09-30"), item(NEWS, "10-10", "09-30"), **WORKING), 1),
    (10, told(item(NEWS, "09-10", "09-08"), item(NEWS, "09-11", "09-08")), 1),
    (10, told(item(NEWS, "09-13", "09-08"), item(NEWS, "09-14", "09-08"), **WORKING), 1),
    (11, told(item(ARTICLE, "12-01", "")), 2),
    (11, told(item(NEWS, "12-01", "03-01"), timeliness__sorts="urgent"), 1),
    (11, told(item(NEWS, "12-01", "03-01", urgent=True), timeliness__sorts="urgent"), 0),
    (17, told(item(ARTICLE, length=799), item(ARTICLE, length=800)), 4),
    (19, told(item(NEWS, "03-20", "03-10")), 0),
]


@pytest.mark.parametrize(("number", "story", "points"), POINTS)
def test_points(number, story, points):
    assert story.points() == points, number


HUTANG: list[Any] = [
    [item(NEWS, "04-10") for _ in range(13)], item(NEWS, "04-20", "04-10"), [item(OPINION, "05-10") for _ in range(39)],
    item(ARTICLE, "05-11", a="一类", b="三类"), item(ARTICLE, "05-12"), item(ASKED, "05-13"),
]  # fmt: skip

ROWS = [
    (20, told(*HUTANG), "52 | 2 | 1 0 0 0 0 | 71"),
    (20, told(*HUTANG, **SEVERAL["sum"]), "52 | 2 | 1 0 1 0 0 | 81"),
    (6, told(item(NEWS, a="二类"), **ALL), "0 | 0 | 0 1 0 0 0 | 12"),
]


@pytest.mark.parametrize(("number", "story", "row"), ROWS)
def test_the_row_of_the_table_adds_up_by_itself(number, story, row):
    assert story.row() == row, number
    reports, articles, classes, total = row.split(" | ")
    worth = zip(classes.split(), (15, 12, 10, 6, 4), strict=True)
    assert int(reports) + 2 * int(articles) + sum(int(n) * each for n, each in worth) == int(total)


WEEKS = [
    # number, instant, the week's Monday, month, quarter, year
    (12, "2022-03-06T15:30:00Z", "2022-02-28", "2022-03", "2022Q1", "2022"),
    (12, "2022-03-06T16:10:00Z", "2022-03-07", "2022-03", "2022Q1", "2022"),
    (13, "2022-03-31T15:59:59Z", "2022-03-28", "2022-03", "2022Q1", "2022"),
    (13, "2022-03-31T16:00:00Z", "2022-03-28", "2022-04", "2022Q2", "2022"),
    (14, "2022-12-31T16:10:00Z", "2022-12-26", "2023-01", "2023Q1", "2023"),
]


@pytest.mark.parametrize(("number", "instant", "monday", "month", "quarter", "year"), WEEKS)
def test_instants_fall_into_periods_in_china_time(number, instant, monday, month, quarter, year):
    day = on(instant)
    found = [span_of("week", day).first, *(span_of(kind, day).name for kind in ("month", "quarter", "year"))]
    assert found == [monday, month, quarter, year], number


def test_14_and_15_a_week_belongs_where_its_monday_or_thursday_lies():
    last, new_year = span_of("week", "2022-12-26"), span_of("week", "2022-01-31")
    assert owner(last, "year", "monday").name == "2022"
    assert [owner(new_year, "month", rule).name for rule in ("monday", "thursday")] == ["2022-01", "2022-02"]


def test_15_a_week_of_holidays_alone_may_be_excused():
    nothing = told(quotas__starts_on="2022-01-03", quotas__holiday_weeks="excused")
    assert nothing.tasks("科室大队", "2022-01", "02-20")["2022-W05 工作动态"] == "0/1 excused"
    assert nothing.tasks("科室大队", "2022-10", "11-20")["2022-W40 工作动态"] == "0/1 short"
    due = told(quotas__starts_on="2022-01-03").tasks("科室大队", "2022-01", "02-20")
    assert due["2022-W05 工作动态"] == "0/1 short"


@pytest.mark.parametrize(
    ("period", "decided", "weeks"),
    [("2022", {"quotas__starts_on": ""}, 52), ("2022", {"quotas__starts_on": "", "quotas__week_of": "thursday"}, 52),
     ("2022", {}, 44), ("2022-01", {"quotas__starts_on": ""}, 5),
     ("2022-01", {"quotas__starts_on": "", "quotas__week_of": "thursday"}, 4),
     ("2022-03", {}, 4), ("2022-03", {"quotas__week_of": "thursday"}, 5)],
)  # fmt: skip
def test_16_weeks_that_are_due(period, decided, weeks):
    lines = told(**decided).tasks("科室大队", period, "2023-06-01")
    assert sum(key.endswith(NEWS) for key in lines) == weeks


def test_17_an_article_of_799_characters_is_too_short_for_the_task():
    short, enough = item(ARTICLE, length=799), item(ARTICLE, length=800)
    assert told(short).tasks("科室大队", "2022-03", "04-01")["2022-03 综合性原创文章"] == "0/1 short"
    assert told(short, enough).tasks("科室大队", "2022-03", "04-01")["2022-03 综合性原创文章"] == "1/1 done"


def test_18_a_block_owes_one_article_a_quarter():
    lines = told(item(ARTICLE, "03-31"), quotas__starts_on="").tasks("板块", "2022", "07-01")
    assert [lines[f"2022Q{n} 综合性原创文章"] for n in (1, 2, 3)] == ["1/1 done", "0/1 short", "0/1 open"]
    assert told().tasks("板块", "2022", "06-30")["2022Q2 综合性原创文章"] == "0/1 open"


def test_19_a_late_item_fills_the_task_unless_it_is_decided_otherwise():
    late = item(NEWS, "03-20", "03-10")
    assert told(late).tasks("板块", "2022-W11", "04-01")["2022-W11 工作动态"] == "1/1 done"
    strict = told(late, timeliness__late_in_quota="否")
    assert strict.tasks("板块", "2022-W11", "04-01")["2022-W11 工作动态"] == "0/1 short"


def test_21_places_and_grades_are_shared():
    found = places([71, 60, 60, 55])
    assert found == [1, 2, 2, 4]
    assert [grade(each, ("1=10", "2-4=8")) for each in found] == [10, 8, 8, 8]
    assert [grade(each, ()) for each in found] == [None] * 4


def test_22_a_cancelled_bonus_is_nothing_and_changes_no_place():
    assert (bonus(50, ""), bonus(50, "处置不力")) == (50, 0)


def test_23_outlets_are_classed_by_name_alias_and_day():
    notice = rules()[Outlets]
    known = Dictionary(notice)
    assert known.class_of("今日武进", "2022-03-01") == 3
    assert known.class_of("“武进应急”公众号", "2022-03-01") == 4
    assert known.class_of("武进日报", "2022-03-01") == 0
    later = Dictionary(notice, [Classed("武进日报", 3, "2022-07-01")])
    assert [later.class_of("武进日报", day) for day in ("2022-06-30", "2022-07-01")] == [0, 3]
    assert [sum(cls == each for cls in known.named().values()) for each in range(1, 6)] == [12, 13, 11, 2, 1]
    assert known.class_of("新华网客户端", "2022-03-01") == 0
    assert "新华网" in known.like("新华网客户端")


@pytest.mark.parametrize(
    ("cls", "area", "fits"), [("Ⅰ类", 2000, True), ("Ⅰ类", 1999, False), ("Ⅱ类", 1200, True), ("Ⅱ类", 1199, False)]
)
def test_24_venues_are_as_large_as_their_class_asks(cls, area, fits):
    assert (unfit(Venue(cls, area, usable=True), rules()[Venues]) is None) is fits


def test_24_usable_area_and_how_many():
    of = rules()[Venues]
    why = unfit(Venue("Ⅱ类", 1200, usable=False), of)
    assert why is not None
    assert why.code == "not_usable_area"
    assert unfit(Venue("Ⅱ类", 1200, usable=False), rules(venues__usable_for_two="否")[Venues]) is None
    assert [listed_state(n, of).code for n in (0, 1, 2, 3, 4)] == ["short", "short", "enough", "enough", "many"]
    assert "多于 3 家" in listed_state(4, of).sentence


def test_26_a_joint_row_owes_once_unless_it_is_decided_otherwise():
    joint = {"name": "调查减灾科、火灾防治科"}
    assert told().tasks("科室大队", "2022-W10", "03-20", **joint) == {
        "2022-W10 工作动态": "0/1 short", "2022-W10 舆情": "0/3 short",
    }  # fmt: skip
    each = told(quotas__joint_row="each").tasks("科室大队", "2022-W10", "03-20", **joint)
    assert each == {"2022-W10 工作动态": "0/2 short", "2022-W10 舆情": "0/6 short"}


def test_what_a_unit_is_excused_from_is_not_short():
    assert told().tasks("板块", "2022-W10", "03-20", excused="2022-W10")["2022-W10 舆情"] == "0/3 excused"


def test_late_and_adopted_in_the_period_of_the_adoption():
    later = told(item(ARTICLE, "03-10", a="一类 04-02"), points__adopted_in="adoption")
    days = [(entry.day, entry.column, entry.points) for entry in later.scoring.judge(later.items[0]).entries]
    assert days == [("2022-03-10", "articles", 2), ("2022-04-02", "articles", -2), ("2022-04-02", "1", 15)]
    late = item(NEWS, "03-20", "03-10", a="二类")
    assert told(late, **ALL).points() == 12
    assert told(late, **ALL, timeliness__late_adopted="否").points() == 0
    assert named("2022Q1").first == "2022-01-01"
