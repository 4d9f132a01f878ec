"""What issuing would come to, before it is done: counted off an index, with the names of the first units alone (F-19, F-21)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from campmgr.areas.certificates.queries.certificates import HERE, REASONS, Whom
from campmgr.areas.hours.rules.readiness import conditions_required
from campmgr.areas.people.queries.class_sums import by_home
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts.world import World
from campmgr.store.door import Reader

SHOWN = 50
"""Units that are told one by one of those with somebody ready, and of those with somebody refused; of the others how many."""


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A unit's outcome: how many, and who: of the refused each with the reason in words."""

    name: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """How many would get one, have one already, are refused and why (in words); the first units of either, and how many units
    and people more there are.
    """

    issued: int
    already: int
    refused: Mapping[str, int]
    ready_units: tuple[PlannedUnit, ...]
    refused_units: tuple[PlannedUnit, ...]
    more_ready: tuple[int, int]
    more_refused: tuple[int, int]


_REASON = """case
    when p.person in (select person from certificates where state <> 'valid' and activity = :activity) then 'certificate_revoked'
    when p.ready = 1 then ''
    when :sign_in and p.signed_in = 0 then 'sign_in_missing'
    when :follow and not exists (select 1 from conditions c where c.person = p.person and c.condition = 'follow')
        then 'follow_missing'
    else 'daily_scan_missing' end"""
"""What keeps somebody with the hours and without a valid certificate from one, as `actions.issuing.why_not` says it."""

_WAITING = """from units u cross join people p indexed by people_uncertified on p.home = u.unit
    where p.complete = 1 and p.certified = 0 and """

_REVOKED = f"""select u.unit, count(distinct p.person) from certificates c indexed by certificates_ended
    cross join people p on p.person = c.person cross join units u on u.unit = p.home
    where c.state <> 'valid' and c.activity = :activity and p.complete = 1 and p.certified = 0 and {HERE}
    group by u.unit"""  # noqa: S608 - our own words
_COUNTED = f"select u.unit, {_REASON}, count(*) {_WAITING} {HERE} group by u.place, u.unit, 2 order by u.place, u.unit"
_NAMED = f"select u.unit, p.person, {_REASON} {_WAITING} {HERE} and u.unit in (:keys)"
_ALREADY = f"""select count(*) from units u cross join people p indexed by people_standing on p.home = u.unit
    where p.complete = 1 and p.certified = 1 and {HERE}"""  # noqa: S608


def planned(r: Reader, world: World, whom: Whom) -> Planned:
    """What issuing to these, of a unit that is known, would come to now."""
    required = conditions_required(world.rules)
    values = {"activity": world.activity, **whom.asked(world), **{each: int(each in required) for each in ("sign_in", "follow")}}
    by_sums = set(required) <= {"sign_in"} and not whom.class_name and not whom.person
    ready, refused, reasons, already = (_summed if by_sums else _counted)(r, world, whom, values)
    first = {*list(ready)[:SHOWN], *list(refused)[:SHOWN]}
    getting, missing = _named(r, first, values)
    return Planned(
        sum(ready.values()), already, reasons,
        _units(ready, world, getting), _units(refused, world, missing), _more(ready), _more(refused),
    )  # fmt: skip


class _Counts(NamedTuple):
    """Of each unit in the order of the tree how many would get one, and how many are refused; why (in words); who has one."""

    ready: Mapping[str, int]
    refused: Mapping[str, int]
    reasons: Mapping[str, int]
    already: int


def _summed(r: Reader, world: World, whom: Whom, values: Mapping[str, Any]) -> _Counts:
    """Read off the sums of homes, where there is but one condition that anybody can lack."""
    units = world.tree.units
    homes = by_home(r, units[whom.unit], whom.line, "due", "refused", "complete")
    order = sorted(homes, key=lambda home: (units[home].place, home))
    ready, refused = ({home: homes[home][which] for home in order if homes[home][which]} for which in (0, 1))
    revoked, all_refused = sum(count for _unit, count in r.all(_REVOKED, **values)), sum(refused.values())
    why = {REASONS["certificate_revoked"]: revoked, REASONS["sign_in_missing"]: all_refused - revoked}
    already = sum(complete for _, _, complete in homes.values()) - all_refused - sum(ready.values())
    return _Counts(ready, refused, {reason: count for reason, count in why.items() if count}, already)


def _counted(r: Reader, world: World, whom: Whom, values: Mapping[str, Any]) -> _Counts:
    """Person by person, off an index."""
    ready, refused, reasons = dict[str, int](), defaultdict[str, int](int), Counter[str]()
    for unit, reason, count in r.all(_COUNTED, **values):
        if reason:
            refused[unit] += count
            reasons[REASONS[reason]] += count
        else:
            ready[unit] = count
    return _Counts(ready, refused, reasons, int(r.value(_ALREADY, **whom.asked(world))))


def _named(r: Reader, units: set[str], values: Mapping[str, object]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Who of these units gets one, and who does not and why, in words."""
    rows = list(r.among(_NAMED, units, **values))
    people = people_by_id(r, [person for _unit, person, _reason in rows])
    getting, missing = defaultdict[str, list[str]](list), defaultdict[str, list[tuple[str, str]]](list)
    for unit, person, reason in rows:
        name = people[person].shown_name
        if reason:
            missing[unit].append((REASONS[reason], name))
        else:
            getting[unit].append(name)
    return (
        {unit: sorted(names) for unit, names in getting.items()},
        {unit: [f"{name}：{reason}" for reason, name in sorted(pairs)] for unit, pairs in missing.items()},
    )


def _units(counts: Mapping[str, int], world: World, people: Mapping[str, list[str]]) -> tuple[PlannedUnit, ...]:
    names = world.tree.units
    return tuple(PlannedUnit(names[unit].name, counts[unit], tuple(people[unit])) for unit in list(counts)[:SHOWN])


def _more(counts: Mapping[str, int]) -> tuple[int, int]:
    left = list(counts.values())[SHOWN:]
    return len(left), sum(left)
