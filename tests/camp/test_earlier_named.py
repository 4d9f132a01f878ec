"""What is of a camp that is over is called so, and never mixed with the one that goes on: lists, acts, settings, pages."""

from __future__ import annotations

import re
from html import unescape

import pytest

from campmgr.areas.activities.actions import close, open_activity
from campmgr.areas.activities.queries import still_open
from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.prizes.actions.freezing import freeze
from campmgr.areas.works.actions.works import Reading, reading_draft, work_draft
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from tests.kit.desk_story import DESK, mark, school
from tests.kit.office import see, send, tasks

PRESET = "escape-drill-2023"


@pytest.fixture
def next_year(pages):
    """A camp with hours, a frozen list and a changed setting; then the next one begins with its own dates."""
    people = school(pages, "林小明", "陈小红")
    mark(pages, people)
    _hands_in(pages, people[0], "甲")
    with pages.store.writing() as w:
        amend_rule(w, "publicity.days", "7", "去年改的")
        freeze(w, "2023-06-09T00:00")
    assert "2 人" in _recent(pages)
    with pages.store.writing() as w:
        open_activity(w, PRESET, "2024")
    return pages


def _hands_in(pages, person: str, title: str) -> None:
    """A work with a count of its likes."""
    with pages.store.writing() as w:
        campaign, home = w.meta("campaign"), people_by_id(w, [person])[person].home
        work = Work(title, link=f"https://example.org/{title}", account="个人号")
        draft = work_draft(campaign, work, person, home, "2023-06-01")
        say(w, [draft, reading_draft(home, work_id(campaign, work), Reading("2023-06-08T04:00:00Z", 9))])


def _recent(pages) -> str:
    """The part of the unit's page that tells what was recorded last."""
    return see(pages, DESK, "dora").partition('id="recent"')[2].partition("</section>")[0]


def _now(pages):
    with pages.store.reading() as r:
        world = worlds.load(r)
        return world.activities[world.activity]


def test_a_list_of_an_earlier_camp_is_named_as_such_and_is_none_of_this_ones(next_year):
    line = re.search(r"第 1 号名单</a>(.*?)</li>", see(next_year, "/office/prizes/"), re.DOTALL)
    assert line is not None
    assert "往届“逃生演练训练营”的" in line[1]
    with next_year.store.reading() as r:
        world = worlds.load(r)
        left = {each.words: each.count for each in still_open(r, world, _now(next_year))}
    assert all(not count for words, count in left.items() if "已冻结" in words)
    with next_year.store.writing() as w:
        one = register(w, Registration(next_year.unit("3501-X1"), "新同学", "x9", "一年1班"))
    _hands_in(next_year, one, "乙")
    with next_year.store.writing() as w:
        freeze(w, "2023-06-10T00:00")
    assert see(next_year, "/office/prizes/").count("往届“逃生演练训练营”的") == 1


def test_last_years_acts_are_not_offered_to_be_taken_back(next_year):
    assert "2 人" not in _recent(next_year)
    with next_year.store.writing() as w:
        register(w, Registration(next_year.unit("3501-X1"), "新同学", "x9", "一年1班"))
    assert "新同学" in _recent(next_year)
    assert "2 人" not in _recent(next_year)


def test_only_this_camps_changes_stand_in_its_history(next_year):
    assert "去年改的" not in see(next_year, "/office/rules/")
    assert "去年改的" not in see(next_year, "/office/rules/publicity.days")
    with next_year.store.writing() as w:
        amend_rule(w, "publicity.days", "6", "今年改的")
    assert "今年改的" in see(next_year, "/office/rules/")


def test_the_units_page_says_who_was_left_and_leads_there(next_year):
    text = see(next_year, DESK, "dora")
    assert tasks(text)["人上一届参加过，还没有带入本届"] == (2, f"{DESK}/people/carry-over")
    assert "没有带入本届" not in see(next_year, "/desk/units/3501", "city")


def test_whoever_joins_is_told_that_last_years_people_need_not_fill_in_again(pages):
    with pages.store.writing() as w:
        code = make_join_code(w, "3501-X1").code
    assert "我也参加本届" not in see(pages, f"/j/{code}", "nobody")
    with pages.store.writing() as w:
        open_activity(w, PRESET, "2024")
        code = make_join_code(w, "3501-X1").code
    assert "我也参加本届" in see(pages, f"/j/{code}", "nobody")


def test_an_earlier_camps_page_leads_to_its_reports_and_offers_no_change(next_year):
    then, now = see(next_year, "/office/a/camp/"), see(next_year, "/office/a/2024/")
    assert 'href="/past/camp/office/reports/"' in then
    assert "不再改" in then
    assert 'class="edit"' not in then
    assert "结束这个活动" not in then
    assert "/past/" not in now.partition("<main")[2].partition("</main>")[0]
    assert "随时可以改" in now
    assert 'class="edit"' in now


def test_a_camp_that_was_closed_is_over_whatever_its_dates_say(pages):
    assert "已结束" not in see(pages, "/", "nobody")
    with pages.store.writing() as w:
        close(w, worlds.load(w).activities.called("camp")[0], "到期")
    assert "已结束" in see(pages, "/", "nobody")


def test_settings_that_disagree_are_told_at_their_field_by_the_names_the_page_gives(next_year):
    typed = {"preset": PRESET, "code": "2025", "host": "", "seat": "host", "live.starts_on": "2025-07-01"}
    wrong = send(next_year, "/office/a/open", **typed, **{"live.ends_on": "2025-06-30"})
    assert wrong.status_code == 422
    (said,) = map(unescape, re.findall(r'id="e-live.ends_on"[^>]*>(.*?)<', wrong.text, re.DOTALL))
    assert "“正式上线日期”" in said
    assert "live." not in said
    one = send(next_year, "/office/rules/live.ends_on", value="2020-01-01", reason="试")
    assert one.status_code == 422
    assert "“正式上线日期”" in one.text
