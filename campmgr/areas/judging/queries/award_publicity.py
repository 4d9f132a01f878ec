"""Whether an award list is up, until when, and the objections to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from campmgr.areas.judging.queries.award_lists import AwardList, award_lists
from campmgr.clock import today_of
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.store.door import Reader

PHASES = {"none": "没有公示", "before": "还没有开始", "open": "公示中", "ended": "公示期满，继续展示", "down": "已撤下"}
"""Where a list stands."""

OBJECTION_STATES = {"waiting": "待答复", "upheld": "异议成立", "rejected": "异议不成立"}


class AwardPosting(NamedTuple):
    """A list put up: ISO days; how they were counted, and how to object, in words."""

    starts_on: str
    ends_on: str
    shown_until: str
    counted: str
    how: str


class AwardObjection(NamedTuple):
    """An objection with its last answer; `line`: the work or unit it is about, "" for none; `late`: after the time for it."""

    fact: str
    raised_on: str
    line: str
    way: str
    matter: str
    state: str
    answer: str
    answered_on: str
    late: bool = False

    @property
    def words(self) -> str:
        """Its state in Chinese."""
        return OBJECTION_STATES[self.state]


@dataclass(frozen=True, slots=True)
class AwardPublicity:
    """The posting that stands (None: never put up), why it was taken down early ("" if not), and every objection."""

    posting: AwardPosting | None
    down_on: str
    down_for: str
    objections: tuple[AwardObjection, ...]

    def phase(self, today: str) -> str:
        """One of PHASES."""
        if self.posting is None:
            return "none"
        if self.down_on or today > self.posting.shown_until:
            return "down"
        if today < self.posting.starts_on:
            return "before"
        return "open" if today <= self.posting.ends_on else "ended"


def publicity_of(r: Reader, activity: Activity, listed: AwardList) -> AwardPublicity:
    """The publicity of a list and the objections to it."""
    asked = {"list": listed.key, "host": activity.host}
    rows = r.all("select state, starts_on, ends_on, shown_until, counted, how from award_postings"
                 " where list = :list and unit = :host order by place", **asked)  # fmt: skip
    posted = [AwardPosting(*row[1:]) for row in rows if row[0] == "posted"]
    down = rows[-1] if rows and rows[-1][0] == "taken_down" else None
    posting = posted[-1] if posted else None
    told = r.all("select fact, raised_on, line, way, matter, state, answer, answered_on from award_objections"
                 " where list = :list and unit = :host order by raised_on, fact", **asked)  # fmt: skip
    objections = tuple(AwardObjection._make((*row, posting is not None and row[1] > posting.ends_on)) for row in told)
    return AwardPublicity(posting, down[1] if down else "", down[5] if down else "", objections)


def lists_up(r: Reader, world: World, activity: Activity) -> tuple[tuple[AwardList, AwardPublicity], ...]:
    """The lists that everybody may see today, the newest first."""
    today = today_of(r.clock)
    every = [(each, publicity_of(r, activity, each)) for each in award_lists(r, world, activity)]
    return tuple(pair for pair in reversed(every) if pair[1].phase(today) in {"open", "ended"})


def objections_waiting(r: Reader, activity: Activity) -> int:
    """How many objections wait for an answer."""
    sql = """select count(*) from award_objections o join award_lists l on l.unit = o.unit and l.list = o.list
             where l.activity = :activity and o.unit = :host and o.state = 'waiting'"""
    return int(r.value(sql, activity=activity.id, host=activity.host) or 0)
