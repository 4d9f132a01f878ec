"""A panel on served pages: four works of different cities, three judges, marks that no page may show before the round opens."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.judging.local import bind_judge
from tests.judging.stage import Contest, Served
from tests.kit.pages import Pages

OFFICE = "/office/a/sp/judging"
TELLTALE = "灯光用得好七"
"""A note that would tell of a mark."""

MARK = 37
"""A mark in a scale of 100 that no count and no date on these pages is."""


@dataclass
class Panel:
    """The pages and the contest behind them."""

    pages: Pages
    contest: Contest


def seated(pages: Pages, *, opened: bool = False) -> Panel:
    """The root hosts; Elias's account marks as J1. Everybody has marked but J3, who lacks one."""
    contest = Contest(Served(pages.store, pages.clock)).opens()
    for title, unit in (("晨曦", "3502"), ("炉火", "3503"), ("织机", "3504"), ("航标", "3505")):
        contest.has_work(title, unit, words="一部短片")
    for name, unit in (("周评一", "3507"), ("吴评二", "3508"), ("郑评三", "3502")):
        contest.has_judge(name, unit)
    contest.sets(criteria=(("总评", 1),), scale=100, step=1)
    contest.assigns()
    for name in contest.judges:
        for title in contest.works:
            if (name, title) not in {("郑评三", "晨曦"), ("郑评三", "航标")}:
                contest.gives(name, title, MARK, note=TELLTALE)
    with pages.store.writing() as w:
        bind_judge(w, pages.accounts["elias"].account, contest.judges["周评一"])
    if opened:
        contest.opened()
    return Panel(pages, contest)
