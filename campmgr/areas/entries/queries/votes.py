"""Votes as they were read: the last count of each channel, what was rejected and why, falls; and the blend with experts (E-27)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from campmgr.areas.entries.queries.entries import Entry, entries_by_id
from campmgr.areas.entries.queries.heads import heads_in
from campmgr.areas.entries.rules.votes import blended
from campmgr.areas.entries.settings import Blend
from campmgr.errors import Refused
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.store.door import Reader

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


def readings_of(r: Reader, activity: Activity) -> list[VoteReading]:
    """Every count that the host's scope holds, in the order of works, channels and times."""
    rows = r.all(
        "select entry, channel, read_at, votes, rejected from vote_readings where activity = :activity and unit = :host"
        " order by entry, channel, read_at", activity=activity.id, host=activity.host)  # fmt: skip
    return [VoteReading(entry, channel, at, votes, json.loads(rejected)) for entry, channel, at, votes, rejected in rows]


def votes_of(r: Reader, world: World, activity: Activity) -> tuple[Voted, ...]:
    """All works that are voted on, those with the most votes first."""
    by_entry: dict[str, list[VoteReading]] = defaultdict(list)
    for each in readings_of(r, activity):
        by_entry[each.entry].append(each)
    ids = [each.id for each in heads_in(r, activity) if each.counts and each.stage in VOTED_ON]
    works = entries_by_id(r, world, activity, ids)
    return tuple(sorted((_voted(each, by_entry[each.id]) for each in works), key=lambda each: (-each.votes, each.entry.id)))


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
