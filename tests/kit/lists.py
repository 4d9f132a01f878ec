"""A camp with works and a frozen list, for the tests of what becomes of it."""

from __future__ import annotations

from campmgr.areas.prizes.actions.freezing import freeze, verify
from campmgr.areas.prizes.queries.prizes import PrizeList, prize_list
from campmgr.areas.works.actions.works import Reading, judge, reading_draft, work_draft
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.facts import world as worlds
from campmgr.facts.saying import say

AT = "2023-06-09T00:00"
READ = "2023-06-08T04:00:00Z"


def hand_in(camp, author: str, likes: int, title: str, read_at: str = READ, account: str = "个人号") -> str:
    """A work and its count; the work's id."""
    who, work = camp.person(author), Work(title, link=f"https://example.org/{title}", account=account)
    with camp.store.writing() as w:
        key = work_id(w.meta("campaign"), work)
        draft = work_draft(w.meta("campaign"), work, who.person, who.home, "2023-06-01")
        say(w, [draft, reading_draft(who.home, key, Reading(read_at, likes))])
        return key


def three_works(camp) -> tuple[str, str, str]:
    """甲 90 of 张三, 乙 80 of 李四, 丙 70 of 王五."""
    return hand_in(camp, "001", 90, "甲"), hand_in(camp, "002", 80, "乙"), hand_in(camp, "003", 70, "丙")


def judged(camp, work: str, author: str, *, counts: bool = False, reason: str = "非原创") -> None:
    """Somebody takes a work out, or back in."""
    with camp.store.writing() as w:
        judge(w, work, camp.person(author), counts=counts, reason=reason)


def frozen(camp, at: str = AT) -> PrizeList:
    """The next list."""
    with camp.store.writing() as w:
        return freeze(w, at)


def the_list(camp, number: int = 1) -> PrizeList:
    """A list as it stands."""
    with camp.store.reading() as r:
        return prize_list(r, worlds.load(r), number)


def checked(camp, number: int = 1):
    """Whether it comes out the same."""
    with camp.store.reading() as r:
        return verify(r, number)


def lines(rows) -> list[tuple[int, str, int]]:
    """Place, title, likes."""
    return [(row.place, row.title, row.likes) for row in rows]
