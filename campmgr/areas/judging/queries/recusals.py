"""Who must not judge what, found from the tree each time somebody asks: so a unit or person that moves is followed at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from campmgr.areas.judging.kinds import DECLARED, DUTY, WHYS
from campmgr.areas.judging.queries.rounds import JudgedWork
from campmgr.areas.judging.rules.recusal import Standing, found_whys
from campmgr.areas.judging.rules.rounds import Round
from campmgr.areas.judging.settings import Judging
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.store.door import Reader


class Recusal(NamedTuple):
    """Why a judge does not judge a work; `note`: what was written beside it."""

    entry: str
    judge: str
    why: str
    note: str = ""

    @property
    def words(self) -> str:
        """For people."""
        told = WHYS.get(self.why, self.why)
        return f"{told}（{self.note}）" if self.note else told


@dataclass(frozen=True, slots=True)
class Recusals:
    """The recusals of a round by (work, judge); `lifted`: those that the host lifted, with its reason."""

    of: Mapping[tuple[str, str], Recusal]
    lifted: Mapping[tuple[str, str], str]


def recusals_of(
    r: Reader, world: World, activity: Activity, one: Round, works: Sequence[JudgedWork], judges: Iterable[str]
) -> Recusals:
    """What was said of recusals in a round, and what the tree tells of these works and judges. A word lifts what the tree says."""
    found = _from_the_tree(r, world, activity, works, judges)
    said = r.all(
        "select entry, coalesce(stands_for, judge), state, why, note from recusals left join aliases a on a.person = judge"
        " where activity = :activity and unit = :host and round = :round order by entry, said_on, fact",
        activity=activity.id, host=activity.host, round=one.name)  # fmt: skip
    lifted = dict[tuple[str, str], str]()
    asked = activity.rules[Judging].recuse
    for entry, judge, state, why, note in said:
        if state == "lifted":
            found.pop((entry, judge), None)
            lifted[entry, judge] = note
        elif why != DECLARED or DECLARED in asked:
            lifted.pop((entry, judge), None)
            found[entry, judge] = Recusal(entry, judge, why, note)
    return Recusals(found, lifted)


def standing_of_unit(world: World, unit: str) -> Standing | None:
    """Where a unit stands today; None for one that nobody here knows."""
    known, line = world.tree.units.get(unit), []
    while known is not None:
        known = world.tree.standing(known)
        line.append((known.unit, known.kind))
        known = known.above
    return Standing(tuple(line)) if line else None


def units_of_judges(r: Reader, activity: Activity, judges: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The units of each judge: that of the duty, and where the person is at home."""
    wanted = sorted(set(judges))
    rows = r.all("select person, unit from duties where activity = :activity and duty = :duty order by from_on, fact",
                 activity=activity.id, duty=DUTY)  # fmt: skip
    told: dict[str, str] = dict(rows)  # the last word of each
    people = people_by_id(r, wanted)  # whoever was merged has the duties of whom they stand for
    return {
        judge: tuple({told.get(people[judge].person, ""): 0, people[judge].home: 0}) if judge in people else (told.get(judge, ""),)
        for judge in wanted
    }


def _from_the_tree(
    r: Reader, world: World, activity: Activity, works: Sequence[JudgedWork], judges: Iterable[str]
) -> dict[tuple[str, str], Recusal]:
    asked, units = activity.rules[Judging].recuse, units_of_judges(r, activity, judges)
    people = people_by_id(r, {*units, *(work.author for work in works if work.author)})
    standings: dict[str, Standing | None] = {}

    def standing(unit: str) -> Standing | None:
        if unit not in standings:
            standings[unit] = standing_of_unit(world, unit)
        return standings[unit]

    def known(ids: Iterable[str]) -> tuple[Standing, ...]:
        return tuple(each for each in map(standing, ids) if each is not None)

    places = {judge: known(own) for judge, own in units.items()}
    ids = {judge: people[judge].person if judge in people else judge for judge in places}

    def whys_of(author: str, some: Collection[str]) -> dict[str, str]:
        """Why each judge who must not judges no work of this author (a judge, "" for anybody else) and these units."""
        at = known(some)
        whys = {judge: found_whys(place, at, is_author=ids[judge] == author, asked=asked) for judge, place in places.items()}
        return {judge: each[0] for judge, each in whys.items() if each}

    judging, answers, found = set(ids.values()), dict[tuple[str, str, str], dict[str, str]](), {}
    for work in works:
        author = people.get(work.author)
        key = (author.person if author and author.person in judging else "", work.unit, author.home if author else "")
        if key not in answers:
            answers[key] = whys_of(key[0], key[1:])
        for judge, why in answers[key].items():
            found[work.entry, judge] = Recusal(work.entry, judge, why)
    return found
