"""A round as awards see it: what was marked in it, once it is open, without the marks of who must not judge the work."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from campmgr.areas.judging.queries.judges import assigned_in, names_of_judges
from campmgr.areas.judging.queries.recusals import recusals_of
from campmgr.areas.judging.queries.rounds import JudgedWork, RoundLine, round_named, rounds_of
from campmgr.areas.judging.queries.scores import opened_scores
from campmgr.areas.judging.rules.methods import Frame, Marked
from campmgr.areas.judging.rules.rounds import Round
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class Judged:
    """An opened round: its marks, its works, the names of its judges by id."""

    line: RoundLine
    marked: tuple[Marked, ...]
    entries: frozenset[str]
    names: Mapping[str, str]

    @property
    def round(self) -> Round:
        """What it is judged by."""
        return self.line.round

    @property
    def frame(self) -> Frame:
        """What scores are reckoned by."""
        return Frame(self.round.weights, self.round.scale, self.round.trim_from, self.round.standard_from)

    @property
    def method(self) -> str:
        """The method that decides."""
        return self.round.method

    @property
    def per_work(self) -> int:
        """How many judges a work is to have."""
        return self.round.per_work


def opened_rounds(r: Reader, activity: Activity) -> tuple[str, ...]:
    """The names of the rounds that are open, the one opened last at the end."""
    opened = [each for each in rounds_of(r, activity) if each.is_opened]
    return tuple(each.name for each in sorted(opened, key=lambda each: each.openings[0].on))


def judged_in(r: Reader, world: World, activity: Activity, name: str) -> Judged:
    """A round with its marks. Raises NotFound, Refused while it is closed: nobody sees a mark before."""
    line = round_named(r, activity, name)
    scores = [each for each in opened_scores(r, activity, line) if each.is_scored]
    works, judges = _works(r, {each.entry for each in scores}), {each.judge for each in scores}
    recused = recusals_of(r, world, activity, line.round, works, judges).of
    assigned = assigned_in(r, activity, line)
    names = line.round.names
    asked = set(names)
    marked = tuple(
        Marked(each.entry, each.judge, tuple(each.marks[key] for key in names))
        for each in scores
        if (each.entry, each.judge) in assigned and (each.entry, each.judge) not in recused
        and each.marks.keys() == asked
    )  # fmt: skip
    return Judged(line, marked, frozenset(each.entry for each in marked), names_of_judges(r, judges))


def sheets_of_round(r: Reader, activity: Activity, name: str) -> tuple[tuple[str, str], ...]:
    """(what, SHA-256) of the score sheets from which marks of a round came."""
    rows = r.all(
        "select distinct i.sha256 from scores s join facts f on f.chain = s.fact join imports i on i.batch = f.batch"
        " where s.activity = :activity and s.unit = :host and s.round = :round and i.kind = 'scores' order by i.sha256",
        activity=activity.id, host=activity.host, round=name)  # fmt: skip
    return tuple(("评分表", digest) for (digest,) in rows)


def was_judged(r: Reader, activity: Activity, entry: str) -> bool:
    """Whether any judge has answered for a work."""
    sql = "select 1 from scores where entry = :entry and activity = :activity and unit = :host limit 1"
    return r.one(sql, entry=entry, activity=activity.id, host=activity.host) is not None


def makers_of(r: Reader, entries: Collection[str]) -> dict[str, tuple[str, str]]:
    """The team and the author (an id) of works."""
    rows = r.among("select entry, team, author from entries where entry in (:keys)", entries)
    return {entry: (team, author) for entry, team, author in rows}


def _works(r: Reader, entries: set[str]) -> list[JudgedWork]:
    """Works that were marked, those too that take part no longer."""
    rows = r.among("select entry, title, class, unit, author from entries where entry in (:keys)", entries)
    return [JudgedWork(*row) for row in sorted(rows)]
