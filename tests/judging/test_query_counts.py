"""Pages of judging and awards ask as many queries for many works as for few."""

from __future__ import annotations

import json

import pytest
from flask import g

from campmgr.areas.activities.actions import amend
from campmgr.areas.judging.actions.awards import freeze_awards
from campmgr.areas.judging.local import bind_judge
from tests.judging.stage import Contest, Served

AWARDS = {
    "awards.classes": ("金奖=1", "优秀作品（音视频类）=1"),
    "awards.people_awards": ("优秀创客=2",),
    "awards.unit_awards": ("优秀组织奖=1",),
}
PAGES = {
    "judging": 24,
    "judging/初评": 30,
    "judging/初评/packs": 24,
    "judging/初评/opened": 20,
    "judging/初评/without": 24,
    "awards/": 45,
    "awards/nominees/": 40,
    "awards/freeze": 45,
    "awards/1": 50,
    "awards/1/amend": 50,
}
"""An address below the office of an activity -> the most queries it may ask."""


def held(pages, code: str, works: int) -> None:
    """A round of so many works of different cities and authors, opened, and its awards frozen."""
    contest = Contest(Served(pages.store, pages.clock), code).opens()
    for at in range(works):
        unit = ("3502", "3503", "3504", "3505")[at % 4]
        contest.has_work(f"{code}{at}", unit, author=contest.node.joins(unit, f"{code}作者{at}"))
    for name in ("周评一", "吴评二"):
        contest.has_judge(name, "3507")
    contest.sets(criteria=(("总评", 1),), scale=100, step=1)
    contest.assigns(per_work=2)
    for name in contest.judges:
        for at, title in enumerate(contest.works):
            contest.gives(name, title, 90 - at)
    with pages.store.writing() as w:
        bind_judge(w, pages.accounts["elias"].account, contest.judges["周评一"])
    contest.opened()
    contest.node.do(amend, contest.activity, {key: json.dumps(told) for key, told in AWARDS.items()}, "评审会议定下")
    contest.node.do(freeze_awards, contest.activity, remark="会议同意")


@pytest.fixture
def two(pages):
    """One contest of two works, another of nine."""
    held(pages, "sp", 2)
    held(pages, "sq", 9)
    return pages


def test_many_works_ask_as_many_queries_as_few(two):
    asked = {path: (queries(two, f"/office/a/sp/{path}"), queries(two, f"/office/a/sq/{path}")) for path in PAGES}
    assert {path: many for path, (few, many) in asked.items() if many != few} == {}
    assert {path: many for path, (_, many) in asked.items() if many > PAGES[path]} == {}


def queries(pages, path: str) -> int:
    browser = pages.browser("root")
    browser.get(path)
    with browser:
        assert browser.get(path).status_code == 200, path
        return int(g.queries)
