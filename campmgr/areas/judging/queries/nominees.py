"""People, teams and units that may get an award, with what is counted of each now, and the awards as they would be given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from campmgr.accounts.queries import unit_name
from campmgr.areas.entries.queries.heads import EntryHead, heads_in
from campmgr.areas.judging.queries.award_draft import NEXT, AwardsDraft, DraftRow
from campmgr.areas.judging.queries.award_lists import award_lists, named_again
from campmgr.areas.judging.queries.judged import makers_of
from campmgr.areas.judging.rules.nominees import (
    AWARDED,
    HANDED,
    PERSON,
    SHORTLISTED,
    SHOWN,
    TEAM,
    UNIT,
    Named,
    Nominee,
    Placed,
)
from campmgr.areas.judging.settings import Awards, names_of
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.store.door import Reader
from campmgr.wording import name_key

_LOST = ("参选", "获奖")


@dataclass(frozen=True, slots=True)
class Nominees:
    """Everyone who may get an award of an activity. `notes`: (award, line) -> why it is given to them; `elsewhere`: awards that the
    list of another round has given already.
    """

    units: tuple[Nominee, ...] = ()
    people: tuple[Nominee, ...] = ()
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NomineesDraft:
    """The awards of people and units as they would be given; `names` by line."""

    nominees: Nominees
    units: Named
    people: Named
    names: Mapping[str, str]

    def told(self) -> dict[str, Any]:
        """What a frozen list keeps of it: every unit, and of people those who were noted or come first; {} without such awards."""
        awards = (*self.units.awards, *self.people.awards)
        if not any(each.slots for each in awards) and not self.nominees.notes:
            return {}
        got = {given.entry for given, _ in self.people.rows}
        kept = [each.nominee for at, each in enumerate(self.people.placed) if at < NEXT + len(got) or each.nominee.line in got]
        return {
            "units": [each.nominee.told() for each in sorted(self.units.placed, key=_by_line)],
            "people": [each.told() for each in sorted(kept, key=lambda each: each.line)],
            "notes": [[award, line, reason] for (award, line), reason in sorted(self.nominees.notes.items())],
            "elsewhere": list(self.nominees.elsewhere),
        }


def _by_line(each: Placed) -> str:
    return each.nominee.line


def team_line(activity: str, unit: str, name: str) -> str:
    """What a team is known by: its unit and its name, however written."""
    return hash_id("team", activity, unit, name_key(name))


def nominees_in(r: Reader, world: World, activity: Activity, awarded: Collection[str], round_: str) -> Nominees:
    """Everyone who has a work that counts here, or whom the host spoke of. `awarded`: works that have an award in the draft."""
    lists = [each for each in award_lists(r, world, activity) if each.round != round_]
    has_award = {*awarded, *(row.entry for each in lists for row in each.now.rows if row.entry)}
    given = {row.award for each in lists for row in each.now.rows if not row.entry}
    heads = [each for each in heads_in(r, activity) if _takes_part(each)]
    steps = {each.id: tuple(_steps(each, has_award)) for each in heads}
    units, people = dict[str, Nominee](), dict[str, Nominee]()
    works: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    makers = makers_of(r, steps)
    standing = {author: who.person for author, who in people_by_id(r, {author for _, author in makers.values() if author}).items()}
    for each in heads:
        units.setdefault(each.unit, Nominee(each.unit, UNIT, each.unit))
        works[each.unit].append((each.id, steps[each.id]))
        team, author = makers[each.id]
        if team:
            line = team_line(activity.id, each.unit, team)
            people.setdefault(line, Nominee(line, TEAM, each.unit, team))
        elif author in standing:
            line = standing[author]
            people.setdefault(line, Nominee(line, PERSON, each.unit))
        else:
            continue
        works[line].append((each.id, steps[each.id]))
    notes = _noted(r, activity, units, people)
    points = _points_of(r, activity, units)
    asked = {*names_of(activity.rules[Awards].unit_awards), *names_of(activity.rules[Awards].people_awards)}
    return Nominees(
        tuple(replace(each, works=_tidy(works[line]), said=points.get(line, {})) for line, each in sorted(units.items())),
        tuple(replace(each, works=_tidy(works[line])) for line, each in sorted(people.items())),
        {key: reason for key, reason in notes.items() if key[0] in asked},
        tuple(sorted(given & asked)),
    )


def _tidy(works: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted(works))


def _takes_part(each: EntryHead) -> bool:
    """Whether a work was handed in or recommended, and has lost nothing."""
    return bool(each.windows or each.stage not in {"", "退回"}) and not any(lost in each.revoked for lost in _LOST)


def _steps(each: EntryHead, awarded: Collection[str]) -> Iterator[str]:
    yield HANDED
    if each.stage in {"入围", "展播"} or each.id in awarded:
        yield SHORTLISTED
    if each.outlets:
        yield SHOWN
    if each.id in awarded:
        yield AWARDED


def _noted(r: Reader, activity: Activity, units: dict[str, Nominee], people: dict[str, Nominee]) -> dict[tuple[str, str], str]:
    """The host's notes by award and line; whoever has no work here becomes a nominee by them."""
    rows = r.all("select award, line, sort, at, name, reason from nominee_notes where activity = :activity and unit = :host"
                 " order by award, line", activity=activity.id, host=activity.host)  # fmt: skip
    standing = people_by_id(r, {row[1] for row in rows if row[2] == PERSON})
    found = {}
    for award, said, sort, at, name, reason in rows:
        line = standing[said].person if said in standing else said
        (units if sort == UNIT else people).setdefault(line, Nominee(line, sort, at, name))
        found[award, line] = reason
    return found


def _points_of(r: Reader, activity: Activity, units: dict[str, Nominee]) -> dict[str, dict[str, int]]:
    """The host's points by unit and part; a unit without works here becomes a nominee by them."""
    rows = r.all("select line, part, points from nominee_points where activity = :activity and unit = :host order by line, part",
                 activity=activity.id, host=activity.host)  # fmt: skip
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for line, part, points in rows:
        units.setdefault(line, Nominee(line, UNIT, line))
        found[line][part] = points
    return found


def nominees_draft(r: Reader, world: World, activity: Activity, draft: AwardsDraft) -> NomineesDraft:
    """The awards of people and units beside the draft of the works of a round."""
    found = nominees_in(r, world, activity, {each.given.entry for each in draft.rows}, draft.judged.round.name)
    units, people = named_again(activity.rules, found.units, found.people, found.notes, found.elsewhere)
    return NomineesDraft(found, units, people, names_of_nominees(r, world, (*found.units, *found.people)))


def with_nominees(world: World, draft: AwardsDraft, named: NomineesDraft) -> AwardsDraft:
    """A draft of works with the awards of people and units behind them."""
    rows = tuple(
        DraftRow(given, named.names.get(given.entry, "—"), placed.nominee.unit, _beside(world, placed), _lacking(placed),
                 placed.nominee.row(given))
        for some in (named.people, named.units) for given, placed in some.rows
    )  # fmt: skip
    return replace(draft, rows=(*draft.rows, *rows), titles={**draft.titles, **named.names}, others=(named.people, named.units))


def _beside(world: World, placed: Placed) -> str:
    """The unit of a person or team; a unit is told once."""
    return unit_name(world, placed.nominee.unit) if placed.nominee.sort != UNIT and placed.nominee.unit else ""


def _lacking(placed: Placed) -> str:
    return f"{'、'.join(placed.lacks)}还没有打分" if placed.lacks else ""


def names_of_nominees(r: Reader, world: World, some: Iterable[Nominee]) -> dict[str, str]:
    """What nominees are called, by line."""
    every = list(some)
    people = people_by_id(r, [each.line for each in every if each.sort == PERSON])
    return {each.line: each.name or (unit_name(world, each.unit) if each.sort == UNIT
                                     else people[each.line].shown_name if each.line in people else "—")
            for each in every}  # fmt: skip
