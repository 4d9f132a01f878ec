"""The life of a prize list on one node, with everything that is said about lists, summaries and recommendations."""

from __future__ import annotations

from campmgr.areas.holidays.actions import tell_calendar
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.prizes.actions import publicity
from campmgr.areas.prizes.actions.amending import amend
from campmgr.areas.prizes.actions.freezing import freeze
from campmgr.areas.prizes.actions.voiding import void
from campmgr.areas.prizes.queries.prizes import last_number
from campmgr.areas.summaries.actions import judge_summary, write_summary
from campmgr.areas.works.actions.recommendations import recommend
from campmgr.areas.works.actions.works import Reading, judge, reading_draft, work_draft
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.clock import local_text, utc_text
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import say
from campmgr.store.door import Writer
from tests.kit.story import Node


def list_life(root: Node, authors: list[str]) -> None:
    """Works are handed in, a list is frozen, put up, objected to, amended and taken down; another is void; a unit sums up."""
    works = [root.do(_hand_in, author, f"作品{at}", 100 - at) for at, author in enumerate(authors)]
    root.clock.move(hours=1)
    root.do(freeze, local_text(utc_text(root.clock.now())))
    root.do(tell_calendar, [("2023-06-22", False), ("2023-06-25", True)], "放假.xlsx")
    root.do(publicity.post, 1)
    objection = root.do(publicity.object_to, 1, "不是原创", work=works[0]).chain
    root.do(publicity.answer, 1, objection, upheld=False, words="再核实")
    root.do(publicity.answer, 1, objection, upheld=True, words="成立")
    root.do(lambda w: judge(w, works[0], _person(w, authors[0]), counts=False, reason="非原创"))
    root.do(amend, 1, "异议成立", objection=objection)
    root.do(amend, 1, "划去一行", strike=works[1])
    for state in ("proposed", "sent"):
        root.do(lambda w, state=state: recommend(w, works[2], _person(w, authors[2]), "央视频", state))
    unit = find_unit(root.world, "3501-FL")
    fact = root.do(write_summary, unit, "活动情况", hand_in=True)
    root.do(judge_summary, unit, fact.chain, accepted=True)
    root.do(publicity.take_down, 1, "演示结束")
    root.do(freeze, local_text(utc_text(root.clock.now())))
    root.do(void, root.see(last_number), "截止时间写错了")


def _person(w: Writer, person: str) -> Person:
    return people_by_id(w, [person])[person]


def _hand_in(w: Writer, author: str, title: str, likes: int) -> str:
    who, work = _person(w, author), Work(title, link=f"https://example.org/{title}")
    key = work_id(w.meta("campaign"), work)
    reading = Reading(utc_text(w.clock.now()), likes)
    say(w, [work_draft(w.meta("campaign"), work, author, who.home, "2023-06-01"), reading_draft(who.home, key, reading)])
    return key
