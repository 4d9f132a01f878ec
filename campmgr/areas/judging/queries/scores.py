"""The one door to marks: all of a round once it is open, a judge's own at any time, and nothing else ever (003, done when 7)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from campmgr.areas.judging.kinds import SCORED
from campmgr.areas.judging.queries.rounds import RoundLine
from campmgr.errors import Refused
from campmgr.facts.activities import Activity
from campmgr.store.door import Reader, Row


class Held(NamedTuple):
    """What stands of a judge for a work; `fact`: what a correction replaces, ids joined by blanks; `actor`: who said it, as a fact
    names it.
    """

    fact: str
    state: str
    marks: Mapping[str, int]
    note: str
    actor: str


@dataclass(frozen=True, slots=True)
class Score:
    """One answer of a round that is open. `earlier`: what was said before, the first first; `beside`: how many other answers stand
    beside it, given on laptops that did not know of each other.
    """

    entry: str
    judge: str
    state: str
    marks: Mapping[str, int]
    note: str
    source: str
    reason: str
    said_on: str
    earlier: tuple[Mapping[str, Any], ...]
    beside: int

    @property
    def is_scored(self) -> bool:
        """Whether it holds marks."""
        return self.state == SCORED


_OF_ROUND = "where activity = :activity and unit = :host and round = :round"


def has_marks(r: Reader, activity: Activity, line: RoundLine) -> bool:
    """Whether anybody has answered for any work."""
    return r.one(f"select 1 from scores {_OF_ROUND} limit 1", **_asked(activity, line)) is not None  # noqa: S608 - our own words


def opened_scores(r: Reader, activity: Activity, line: RoundLine) -> tuple[Score, ...]:
    """All answers of a round, by work and judge. Raises Refused while it is closed, whoever asks."""
    if not line.is_opened:
        raise Refused(f"“{line.name}”还没有开启，任何人都看不到分数。", hint="评完以后，由主办单位在“评审”页写明原因开启。")
    columns = "entry, judge, state, marks, note, source, reason, said_on, earlier, beside"
    rows = r.all(f"select {columns} from scores {_OF_ROUND} order by entry, judge", **_asked(activity, line))  # noqa: S608
    return tuple(_score(row) for row in rows)


def own_marks(r: Reader, activity: Activity, line: RoundLine, judge: str) -> dict[str, Held]:
    """What one judge has given, by work: for that judge alone."""
    sql = f"select entry, fact, state, marks, note, actor from scores {_OF_ROUND} and judge = :judge order by entry"  # noqa: S608
    rows = r.all(sql, judge=judge, **_asked(activity, line))
    return {entry: Held(fact, state, json.loads(marks), note, actor) for entry, fact, state, marks, note, actor in rows}


def held_of(r: Reader, activity: Activity, line: RoundLine, entry: str, judge: str) -> Held | None:
    """What stands of a judge for a work: only compared with what is said anew, and never shown."""
    sql = f"select fact, state, marks, note, actor from scores {_OF_ROUND} and entry = :entry and judge = :judge"  # noqa: S608
    row = r.one(sql, entry=entry, judge=judge, **_asked(activity, line))
    return Held(row[0], row[1], json.loads(row[2]), row[3], row[4]) if row else None


def recusal_fact(r: Reader, activity: Activity, line: RoundLine, entry: str, judge: str) -> str:
    """The last word on a recusal, "" for none."""
    sql = f"select fact from recusals {_OF_ROUND} and entry = :entry and judge = :judge"  # noqa: S608 - our own words
    return str(r.value(sql, entry=entry, judge=judge, **_asked(activity, line)) or "")


def twofold(r: Reader, activity: Activity, line: RoundLine) -> list[tuple[str, str]]:
    """(work, judge) of which two different answers stand, given on laptops that did not know of each other; not what they say."""
    sql = f"select entry, judge from scores {_OF_ROUND} and beside > 0 order by entry, judge"  # noqa: S608 - our own words
    return [(entry, judge) for entry, judge in r.all(sql, **_asked(activity, line))]


def assigned_to(r: Reader, judge: str) -> list[tuple[str, str]]:
    """(activity, round) in which somebody was given works."""
    rows = r.all("select distinct activity, round from assignments where judge = :judge order by activity, round", judge=judge)
    return [(activity, name) for activity, name in rows]


def _asked(activity: Activity, line: RoundLine) -> dict[str, str]:
    return {"activity": activity.id, "host": activity.host, "round": line.name}


def _score(row: Row) -> Score:
    entry, judge, state, marks, note, source, reason, said_on, earlier, beside = row
    return Score(
        entry,
        judge,
        state,
        json.loads(marks),
        note,
        source,
        reason,
        said_on,
        tuple(json.loads(earlier)) if earlier != "[]" else (),
        beside,
    )
