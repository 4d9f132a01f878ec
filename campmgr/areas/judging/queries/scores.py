"""The one door to marks: all of a round once it is open, a judge's own at any time, and nothing else ever (003, done when 7)."""

from __future__ import annotations

import json
from collections.abc import Mapping
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


class Score(NamedTuple):
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
ONE_JUDGE = "judge in (select :judge union all select person from aliases where stands_for = :judge)"
"""Of a judge: what was said under any of the ids that were made one."""


def has_marks(r: Reader, activity: Activity, line: RoundLine) -> bool:
    """Whether anybody has answered for any work."""
    return r.one(f"select 1 from scores {_OF_ROUND} limit 1", **_asked(activity, line)) is not None  # noqa: S608 - our own words


def opened_scores(r: Reader, activity: Activity, line: RoundLine) -> tuple[Score, ...]:
    """All answers of a round, by work and judge. Raises Refused while it is closed, whoever asks."""
    if not line.is_opened:
        raise Refused(f"“{line.name}”还没有开启，任何人都看不到分数。", hint="评完以后，由主办单位在“评审”页写明原因开启。")
    columns = "entry, coalesce(stands_for, judge) as who, state, marks, note, source, reason, said_on, earlier, beside"
    rows = r.all(f"select {columns} from scores left join aliases a on a.person = judge {_OF_ROUND}"  # noqa: S608
                 " order by entry, who, said_on, fact", **_asked(activity, line))  # fmt: skip
    found: dict[tuple[str, str], Score] = {}
    for row, marks in zip(rows, json.loads(f"[{','.join(row[3] for row in rows)}]"), strict=True):
        score = _score(row, marks)
        under_another_id = found.get((score.entry, score.judge))
        found[score.entry, score.judge] = _beside(under_another_id, score) if under_another_id else score
    return tuple(found.values())


def own_marks(r: Reader, activity: Activity, line: RoundLine, judge: str) -> dict[str, Held]:
    """What one judge has given, by work: for that judge alone."""
    return _held(r, activity, line, f"{_OF_ROUND} and {ONE_JUDGE}", judge=judge)


def held_of(r: Reader, activity: Activity, line: RoundLine, entry: str, judge: str) -> Held | None:
    """What stands of a judge for a work: only compared with what is said anew, and never shown."""
    return _held(r, activity, line, f"{_OF_ROUND} and entry = :entry and {ONE_JUDGE}", judge=judge, entry=entry).get(entry)


def _held(r: Reader, activity: Activity, line: RoundLine, where: str, **asked: str) -> dict[str, Held]:
    sql = f"select entry, fact, state, marks, note, actor from scores {where} order by entry, said_on, fact"  # noqa: S608
    found: dict[str, Held] = {}
    for entry, fact, state, marks, note, actor in r.all(sql, **asked, **_asked(activity, line)):
        facts = f"{found[entry].fact} {fact}" if entry in found else fact
        found[entry] = Held(facts, state, json.loads(marks), note, actor)
    return found


def id_said(r: Reader, activity: Activity, line: RoundLine, entry: str, judge: str) -> str:
    """Of a merged judge's ids the one that a work was given to: what is said under it goes along when they are parted again."""
    sql = f"select judge from assignments {_OF_ROUND} and entry = :entry and {ONE_JUDGE}"  # noqa: S608 - our own words
    return str(r.value(f"{sql} order by judge = :judge desc, judge", entry=entry, judge=judge, **_asked(activity, line)) or judge)


def recusal_fact(r: Reader, activity: Activity, line: RoundLine, entry: str, judge: str) -> str:
    """The last word on a recusal, under each of the judge's ids: facts joined by blanks, "" for none."""
    sql = f"select fact from recusals {_OF_ROUND} and entry = :entry and {ONE_JUDGE} order by fact"  # noqa: S608 - our own words
    return " ".join(fact for (fact,) in r.all(sql, entry=entry, judge=judge, **_asked(activity, line)))


def twofold(r: Reader, activity: Activity, line: RoundLine) -> list[tuple[str, str]]:
    """(work, judge) of which two different answers stand, given on laptops that did not know of each other, or under two ids that
    were made one later; not what they say.
    """
    sql = f"""select entry, coalesce(stands_for, judge) as who from scores left join aliases a on a.person = judge {_OF_ROUND}
        group by entry, who having max(beside) > 0 or count(distinct state || marks) > 1 order by entry, who"""  # noqa: S608
    return [(entry, judge) for entry, judge in r.all(sql, **_asked(activity, line))]


def assigned_to(r: Reader, judge: str) -> list[tuple[str, str]]:
    """(activity, round) in which somebody was given works."""
    sql = f"select distinct activity, round from assignments where {ONE_JUDGE} order by activity, round"  # noqa: S608
    return [(activity, name) for activity, name in r.all(sql, judge=judge)]


def _asked(activity: Activity, line: RoundLine) -> dict[str, str]:
    return {"activity": activity.id, "host": activity.host, "round": line.name}


def _beside(other: Score, last: Score) -> Score:
    """What was said last under two ids that were made one; the other stands beside it where it says something else."""
    differs = (other.state, other.marks) != (last.state, last.marks)
    return last._replace(beside=other.beside + last.beside + differs)


def _score(row: Row, marks: Mapping[str, int]) -> Score:
    entry, judge, state, _, note, source, reason, said_on, earlier, beside = row
    told = tuple(json.loads(earlier)) if earlier != "[]" else ()
    return Score(entry, judge, state, marks, note, source, reason, said_on, told, beside)
