"""Rows of a file of votes become readings in the host's scope; a count that falls is taken, and shown as one to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from campmgr.areas.entries.queries.entries import Entry, entries_in
from campmgr.areas.entries.queries.votes import VOTED_ON, VoteReading, readings_of
from campmgr.areas.works.rules.work import tidy_link
from campmgr.clock import minute_text
from campmgr.errors import CampError
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.finding import chosen_activity
from campmgr.facts.importing import UNCHANGED, ReadRow, Reject, RowPlan, RowProblem, changes
from campmgr.facts.saying import may_say
from campmgr.facts.streaming import StreamPlanner
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.door import Reader
from campmgr.wording import normal


class VotesRow(NamedTuple):
    """A row of a file of votes: how the work is named, and what was counted."""

    activity: str
    entry: str
    link: str
    title: str
    votes: int
    rejected: Mapping[str, int]
    read_at: str
    channel: str
    rounded: bool = False
    at_least: bool = False


class _Known:
    """The works of an activity by what a row may name them by."""

    def __init__(self, works: Iterable[Entry]) -> None:
        self.works = list(works)
        self._by: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for each in self.works:
            self._by["entry", each.id[:_LEAST]].append(each)
            self._by["title", _plain(each.title)].append(each)
            if link := each.row.values["link"]:
                self._by["link", tidy_link(link)].append(each)

    def named(self, row: VotesRow) -> list[Entry]:
        """Those that a row may mean: by its number, else its link, else its title."""
        if row.entry:
            begun = self._by.get(("entry", row.entry.lower()[:_LEAST]), [])
            return [each for each in begun if each.id.startswith(row.entry.lower())]
        return self._by.get(("link", tidy_link(row.link)) if row.link else ("title", _plain(row.title)), [])


_LEAST = 8
"""Characters of a number that name a work."""


def _plain(title: str) -> str:
    return normal(title).casefold()


class VotesPlanner(StreamPlanner[VotesRow]):
    """Plans rows of votes: each work found by number, link or title among those that were shortlisted. `asked`: the activity that
    every row must be of, "" for the one that each names, or for the only one.
    """

    def __init__(self, batch: str, actor: str, asked: str = "") -> None:
        self._batch, self._actor, self._asked = batch, actor, asked

    def gather(self, r: Reader, rows: Iterable[ReadRow[Any]], notes: list[Reject]) -> Iterable[ReadRow[Any]]:
        """All rows; each work that has votes of a channel in the file and is not in it is named, since its count stands."""
        read = list(rows)
        self.prepare(r, ())
        named: dict[tuple[str, str], set[str]] = defaultdict(set)
        activities = dict[str, Activity]()
        for _, row in read:
            with suppress(RowProblem):
                if not isinstance(row, list):
                    activity = self._activity(row)
                    activities[activity.id] = activity
                    named[activity.id, row.channel].add(self._found(activity, row).id)
        for (id_, channel), entries in named.items():
            last = {each.entry: each for each in self._readings(activities[id_]).values() if each.channel == channel}
            voted_on = (each for each in self._works[id_].works if each.counts and each.way.stage in VOTED_ON)
            notes += [_missing(each, channel, last[each.id]) for each in voted_on if each.id in last and each.id not in entries]
        return read

    def prepare(self, r: Reader, rows: Sequence[VotesRow]) -> None:
        """See works and readings as they are now."""
        del rows
        self._r, self._world = r, worlds.load(r)
        self._works: dict[str, _Known] = {}
        self._known: dict[str, dict[tuple[str, str, str], VoteReading]] = {}

    def plan(self, number: int, row: VotesRow) -> RowPlan:
        """The plan for one row. Raises RowProblem."""
        del number
        activity = self._activity(row)
        entry = self._found(activity, row)
        if not entry.counts or entry.way.stage not in VOTED_ON:
            raise RowProblem("title", self.about(row), "refused_by_rule", f"“{entry.title}”没有入围（{entry.words}），不计票。")
        known = self._readings(activity)
        before = known.get((entry.id, row.channel, row.read_at))
        if before and (before.votes, dict(before.rejected)) == (row.votes, dict(row.rejected)):
            return UNCHANGED
        body = {"activity": activity.id, "votes": row.votes, "rejected": dict(row.rejected), "read_at": row.read_at,
                "rounded": row.rounded, "at_least": row.at_least, "channel": row.channel}  # fmt: skip
        key = hash_id("votes", entry.id, row.channel, row.read_at, row.votes, str(sorted(row.rejected.items())))
        draft = Draft(
            activity.host, "votes_read", subject("entry", entry.id), body, actor=self._actor, batch=self._batch, client_id=key
        )
        if not may_say(self._r, draft):
            raise RowProblem("title", self.about(row), "not_granted", "票数由主办单位导入，这份数据文件没有那里的授权。")
        earlier = [each.votes for (id_, channel, at), each in known.items()
                   if (id_, channel) == (entry.id, row.channel) and at < row.read_at]  # fmt: skip
        fell = bool(earlier) and row.votes < earlier[-1]
        shown = changes(("votes", before.votes if before else (earlier[-1] if earlier else ""), row.votes))
        return RowPlan("changed" if before else "new", (draft,), shown, alarms=fell)

    def about(self, row: VotesRow) -> str:
        """How the row names its work."""
        return row.title or row.link or row.entry

    def _activity(self, row: VotesRow) -> Activity:
        try:
            found = chosen_activity(self._world, row.activity or self._asked, "entries")
            meant = chosen_activity(self._world, self._asked, "entries") if self._asked else found
        except CampError as problem:
            raise RowProblem("activity", row.activity, problem.reason, problem.sentence) from problem
        if found.id != meant.id:
            raise RowProblem(
                "activity", row.activity, "refused_by_rule", f"这一行是“{found.name}”的，这里只收“{meant.name}”的票数。"
            )
        return found

    def _found(self, activity: Activity, row: VotesRow) -> Entry:
        """The one work a row names. Raises RowProblem."""
        if activity.id not in self._works:
            self._works[activity.id] = _Known(entries_in(self._r, self._world, activity))
        found = self._works[activity.id].named(row)
        if len(found) != 1:
            told = "没有这件作品" if not found else f"对上 {len(found)} 件作品"
            raise RowProblem("title", self.about(row), "unknown_work", f"{told}：请填作品编号，或作品链接。")
        return found[0]

    def _readings(self, activity: Activity) -> dict[tuple[str, str, str], VoteReading]:
        if activity.id not in self._known:
            self._known[activity.id] = {(each.entry, each.channel, each.read_at): each for each in readings_of(self._r, activity)}
        return self._known[activity.id]


def _missing(entry: Entry, channel: str, last: VoteReading) -> Reject:
    told = f"{channel}上一次的文件里有，这份没有" if channel else "上一次的文件里有，这份没有"
    sentence = f"“{entry.title}”（{entry.unit_name}）{told}：仍按 {minute_text(last.read_at)} 的 {last.votes:,} 票计，没有改成 0。"
    return Reject(0, "title", entry.title, "missing_row", sentence)
