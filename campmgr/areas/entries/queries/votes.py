"""Votes as they were read: the last count of each channel, what was rejected and why, falls; and the blend with experts (E-27)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from campmgr.areas.entries.queries.entries import Entry, entries_by_id
from campmgr.areas.entries.rules.votes import blended
from campmgr.areas.entries.settings import Blend
from campmgr.errors import Refused
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.store.door import Reader, Row

VOTED_ON = ("入围", "展播")
"""Only works that were shortlisted are voted on."""


@dataclass(frozen=True, slots=True)
class VoteReading:
    """A count of a work in a channel at a time; `rejected` by reason."""

    entry: str
    channel: str
    read_at: str
    votes: int
    rejected: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Voted:
    """A shortlisted work with its votes (the last of each channel, added up), those rejected, and whether a count ever fell."""

    entry: Entry
    votes: int
    rejected: Mapping[str, int]
    read_at: str
    fell: bool
    experts: Decimal | None = None
    score: Decimal | None = None

    @property
    def rejected_words(self) -> str:
        """How many were rejected for what: 刷票剔除 800."""
        return "、".join(f"{why} {count:,}" for why, count in sorted(self.rejected.items()))


def readings_of(r: Reader, activity: Activity, ids: Collection[str] | None = None) -> list[VoteReading]:
    """Every count that the host's scope holds, of all works or of these, in the order of works, channels and times."""
    sql = "select entry, channel, read_at, votes, rejected from vote_readings where activity = :activity and unit = :host"
    told: Iterable[Row] = r.all(sql, activity=activity.id, host=activity.host) if ids is None else r.among(
        f"{sql} and entry in (:keys)", ids, activity=activity.id, host=activity.host)  # fmt: skip
    return [VoteReading(entry, channel, at, votes, json.loads(rejected)) for entry, channel, at, votes, rejected in sorted(told)]


def votes_of(r: Reader, world: World, activity: Activity) -> tuple[Voted, ...]:
    """All works that are voted on, those with the most votes first."""
    return _voted_all(r, world, activity, votes_order(r, activity))


def votes_part(r: Reader, world: World, activity: Activity, first: int, many: int) -> tuple[tuple[Voted, ...], int]:
    """So many of them from the `first` (0) on, and how many there are."""
    order = votes_order(r, activity)
    return _voted_all(r, world, activity, order[first : first + many]), len(order)


def votes_order(r: Reader, activity: Activity) -> list[str]:
    """The ids of the works that are voted on, those with the most votes first: the last count of each channel, added up."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for entry, channel, votes in r.all(
        "select entry, channel, votes from vote_readings where activity = :activity and unit = :host"
        " order by entry, channel, read_at", activity=activity.id, host=activity.host):  # fmt: skip
        counts[entry][channel] = votes
    rows = r.all(
        "select e.entry from entry_ways w join entries e on e.entry = w.entry and e.unit = w.unit where w.activity = :activity"
        " and e.activity = :activity and e.listed = 1 and w.stage in (:shortlisted, :shown) and instr(w.revoked, '参选') = 0",
        activity=activity.id, shortlisted=VOTED_ON[0], shown=VOTED_ON[1])  # fmt: skip
    return sorted((row[0] for row in rows), key=lambda entry: (-sum(counts[entry].values()) if entry in counts else 0, entry))


def _voted_all(r: Reader, world: World, activity: Activity, ids: Sequence[str]) -> tuple[Voted, ...]:
    by_entry: dict[str, list[VoteReading]] = defaultdict(list)
    for each in readings_of(r, activity, ids):
        by_entry[each.entry].append(each)
    return tuple(_voted(each, by_entry[each.id]) for each in entries_by_id(r, world, activity, ids))


def _voted(entry: Entry, readings: Sequence[VoteReading]) -> Voted:
    last = {each.channel: each for each in readings}
    rejected: dict[str, int] = defaultdict(int)
    for each in last.values():
        for why, count in each.rejected.items():
            rejected[why] += count
    fell = any(one.channel == other.channel and other.votes < one.votes for one, other in pairwise(readings))
    at = max((each.read_at for each in last.values()), default="")
    return Voted(entry, sum(each.votes for each in last.values()), dict(rejected), at, fell)


def blend_of(activity: Activity, voted: Sequence[Voted], experts: Mapping[str, Decimal]) -> tuple[Voted, ...]:
    """Works with their score by the decided weight, the highest first; those without an expert's mark come last.

    Raises Refused while nobody has decided the weight.
    """
    asked = activity.rules[Blend]
    if not asked.decided:
        raise Refused("票数和专家各占多少还没有定。", hint="公文没有写，请先在规则“票数与专家”里定下比重，再投票。")
    known = {each.entry.id: experts[each.entry.id] for each in voted if each.entry.id in experts}
    scores = blended({each.entry.id: each.votes for each in voted}, known, asked.votes_percent, asked.votes_as)
    found = [
        Voted(each.entry, each.votes, each.rejected, each.read_at, each.fell, known.get(each.entry.id), scores.get(each.entry.id))
        for each in voted
    ]
    return tuple(sorted(found, key=lambda each: (each.score is None, -(each.score or 0), each.entry.id)))
