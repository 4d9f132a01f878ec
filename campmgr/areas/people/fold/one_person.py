"""One person out of what stands of a merged group: who it is, what the areas' parts gathered, and the rows that come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from campmgr.areas.people.fold.identity import KINDS, Identity, Membership
from campmgr.areas.people.fold.parts import PersonPart, Rows, Share
from campmgr.areas.people.fold.person_days import NEVER, Days, days_told, states_of, steps_along
from campmgr.areas.people.fold.tables import CONSENTS, MEMBERSHIPS, PEOPLE, PROGRESS_DUE
from campmgr.areas.units.settings import OUTSIDE
from campmgr.facts.carry_due import Withdrawals, carry_due
from campmgr.facts.placements import placement
from campmgr.facts.tables import CARRY_DUE, REVIEW
from campmgr.facts.totals import write_steps
from campmgr.facts.world import World
from campmgr.ids import canonical, person_code
from campmgr.ledger.kinds import Kinds
from campmgr.ledger.order import ReadFact, order_key
from campmgr.ledger.scopes import people_scope
from campmgr.store.door import Row

Group = tuple[list[ReadFact], list[ReadFact]]
"""Everything told about a person, and what of it stands."""


class PersonFolder:
    """Folds one group after another under the same rules, into `rows`."""

    def __init__(self, kinds: Kinds, world: World, parts: Sequence[PersonPart], withdrawals: Withdrawals, rows: Rows) -> None:
        self._kinds = kinds
        self._world = world
        self._parts = parts
        self._withdrawals = withdrawals
        self._rows = rows
        self._begun: dict[str, Callable[[], Share]] = {}
        self._takes: dict[str, list[tuple[PersonPart | None, Callable[[Any, ReadFact], None]]]] = {
            kind: [(None, take)] for kind, take in KINDS.items()
        }
        for part in parts:
            for kind, take in part.kinds.items():
                self._takes.setdefault(kind, []).append((part, take))
        self._ends = frozenset[str]().union(*(part.ends for part in parts))

    def fold(self, first: str, group: list[Group]) -> None:
        """Add a group's rows; a group of whom nothing is known but stray facts has none."""
        who = Identity(first)
        shares = {part.name: self._share(part) for part in self._parts if part.says_of_everyone}
        for one in self._in_story_order([left for _, left in group]):
            for part, take in self._takes.get(one.fact.kind, ()):
                if part is None:
                    take(who, one)
                else:
                    if part.name not in shares:
                        shares[part.name] = self._share(part)
                    take(shares[part.name], one)
        if len(group) == 1:
            who.merged_home.clear()  # parted again: what the merge told of a home no longer holds
        homes = who.home_history()
        known = sorted(({each.unit: each for each in who.other_homes()} | who.memberships).values())
        if homes or known:
            self._add(who, homes, known, shares.values(), group)

    def _share(self, part: PersonPart) -> Share:
        """An empty share. What a part needs for a run is made when the first of its facts is met: most runs are one person."""
        if part.name not in self._begun:
            self._begun[part.name] = part.begin(self._world)
        return self._begun[part.name]()

    def _in_story_order(self, parts: Sequence[Sequence[ReadFact]]) -> list[ReadFact]:
        """A group's standing facts in total order, save that one is registered before anything, and that ends come last."""
        told = [one for part in parts for one in part]
        if len(parts) > 1:
            told.sort(key=lambda one: order_key(one.fact))
        ends = self._ends
        return sorted(told, key=lambda one: 0 if one.fact.kind == "person_registered" else 2 if one.fact.kind in ends else 1)

    def _add(
        self,
        who: Identity,
        homes: list[tuple[str, str]],
        known: list[Membership],
        shares: Iterable[Share],
        group: list[Group],
    ) -> None:
        rows, first = self._rows, who.first
        members = [each for each in known if not homes or each.unit != homes[-1][1]]
        days = _days(who, members, shares)
        placements = _placements(who.kind, homes, known)
        steps = [] if who.kind == OUTSIDE else steps_along(placements, states_of(days))
        home = homes[-1][1] if homes else ""
        rows[PEOPLE].append(_person(who, home, days, placements, write_steps(steps)))
        rows[MEMBERSHIPS] += [(first, each.unit, each.since) for each in members if each.until == NEVER]
        rows[CONSENTS] += [(first, *who.consent)] if who.consent else []
        for share in shares:
            share.add_rows(first, rows)
        if who.registered:
            told, left = ([one for some in part for one in some] for part in zip(*group, strict=True))
            rows[CARRY_DUE] += carry_due(self._kinds, f"person:{first}", home, told, left, self._withdrawals)
            rows[PROGRESS_DUE] += _progress_due(who, members, days, group)
        rows[REVIEW] += _doubts(who, days, shares)


def _days(who: Identity, members: Sequence[Membership], shares: Iterable[Share]) -> Days:
    if not who.registered and who.told is not None:
        # The home is not held here: what its node told of the progress is all that can be known (and told marks would lie).
        who.kind = str(who.told["kind"])
        told = days_told(who.told["course"])
        if told:
            return told
    days = Days(registered=who.registered, seen=[*(who.registered or [each.since for each in members])])
    for share in shares:
        share.add_days(days)
    return days


def _person(who: Identity, home: str, days: Days, placements: list[tuple[str, str]], steps: str) -> Row:
    details = who.best_details()
    return (
        who.first, home, who.kind, details.number, details.name, details.class_name, details.phone, int(details.guardian),
        int(who.erased), person_code(who.first), days.joined_on, days.total, int(days.signed_in),
        int(days.complete_on != NEVER), int(days.ready_on != NEVER), int(days.is_certified), canonical(placements), steps,
    )  # fmt: skip


def _doubts(who: Identity, days: Days, shares: Iterable[Share]) -> list[Row]:
    """What a human should look at, without what somebody has looked at already."""
    subject = f"person:{who.first}"
    doubts = [(matter, canonical(detail)) for share in shares for matter, detail in share.doubts(days)]
    if len(set(who.details_told.get(subject, ()))) > 1:
        doubts.append(("details_differ", canonical(len(who.details_told[subject]))))
    return [(subject, matter, detail) for matter, detail in doubts if f"{matter}:{detail}" not in who.settled]


def _placements(kind: str, homes: list[tuple[str, str]], members: list[Membership]) -> list[tuple[str, str]]:
    """(day, placement) in order; where no home is known here, the first membership stands for it."""
    if not members:
        return [(day, placement(kind, unit, ())) for day, unit in homes]
    history = homes or [("", min(each.unit for each in members))]
    days = {day for day, _ in history} | {each.since for each in members} | {each.until for each in members if each.until != NEVER}
    found: list[tuple[str, str]] = []
    for day in sorted({"", *days}):
        home = next(unit for since, unit in reversed(history) if since <= day)
        others = [each.unit for each in members if each.since <= day < each.until and each.unit != home]
        where = placement(kind, home, others)
        if not found or found[-1][1] != where:
            found.append((day, where))
    return found


def _progress_due(who: Identity, members: list[Membership], days: Days, group: list[Group]) -> list[Row]:
    """What members' other units should hear: nothing while the last telling there still holds."""
    rows: list[Row] = []
    for each in members:
        scope = people_scope(each.unit)
        progress = {"kind": who.kind, "course": days.told()}
        told = [one for _, left in group for one in left if one.fact.kind == "progress_told" and scope in one.scopes]
        if each.until == NEVER and (not told or told[-1].body != progress):
            rows.append((who.first, each.unit, canonical(progress)))
    return rows
