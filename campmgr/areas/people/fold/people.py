"""People: one row a person, with everything a roster or a totals row needs, folded from all facts of the merged group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple, cast

from campmgr.areas.people.fold import aliases
from campmgr.areas.people.fold.aliases import ALIAS_LINKS, ALIASES
from campmgr.areas.people.fold.class_sums import CLASS_SUMS, CONSENT_SUMS, Counted, add_class_sums
from campmgr.areas.people.fold.erasure import forget
from campmgr.areas.people.fold.identity import (
    KINDS,
    NEVER,
    TELLING,
    Days,
    Identity,
    Membership,
    PersonPart,
    Rows,
    Share,
    days_told,
    entitled,
    own_scopes,
    states_of,
)
from campmgr.areas.people.fold.reaching import Reaching
from campmgr.areas.people.fold.searching import PERSON_WORDS, write_words
from campmgr.areas.people.fold.twins import SETTLED, TWINS, renew_twins
from campmgr.areas.units.settings import OUTSIDE
from campmgr.class_order import class_key
from campmgr.facts.batches import BATCHES, Withdrawals, spoken_of, withdrawals_of
from campmgr.facts.carrying import carry_due
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.review import review_row, sides_row
from campmgr.facts.tables import CARRY_DUE, REVIEW
from campmgr.facts.totals import placement, steps_along, write_steps
from campmgr.facts.world import World
from campmgr.ids import canonical, is_born_in, person_code
from campmgr.ledger.envelope import Fact, people_scope
from campmgr.ledger.order import ReadFact, Sides, Stood, order_key, read_facts, stand, standing, unheard_of
from campmgr.store import ledger
from campmgr.store.door import Reader, Row, Writer
from campmgr.store.tables import Table, has_rows, sync_each, sync_rows
from campmgr.wording import name_key

PEOPLE = Table(
    "people",
    ("person", "home", "kind", "number", "name", "name_key", "class_name", "phone", "class_key", "guardian", "erased", "code",
     "joined_on", "left_on",
     "credited", "signed_in", "complete", "ready", "certified", "valid", "ended", "due",
     "agreed_in", "withdrew_in", "placements", "steps"),
    1,
    "person",
)  # fmt: skip
_COUNTED = itemgetter(*map(PEOPLE.columns.index, Counted._fields))

TAKES_PART = "(p.steps <> '[]')"
"""Whether somebody of `people p` who is not from outside is part of the camp that is going on: they count in its totals."""

IS_HERE = f"({TAKES_PART} and p.left_on = '')"
"""Whether somebody of `people p` who is not from outside is part of the camp, and has not left: whoever still owes anything."""

IS_ABSENT = f"(p.steps = '[]' and p.kind <> '{OUTSIDE}')"
"""Whether somebody of `people p` was only in an earlier camp."""

_ASKED_OF_MEMBERS = ("home", "kind", "name_key", "class_name", "phone", "class_key", "guardian", "erased", "left_on", "credited",
                     "signed_in", "complete", "ready", "certified")  # fmt: skip
_asked_of = itemgetter(*map(PEOPLE.columns.index, _ASKED_OF_MEMBERS))
MEMBERSHIPS = Table("memberships", ("unit", "person", "since", *_ASKED_OF_MEMBERS, "takes_part"), 2, "person")
CONSENTS = Table("consents", ("person", "version", "given_on", "withdrawn_on"), 1, "person")
PROGRESS_DUE = Table("progress_due", ("person", "unit", "progress"), 2, "person")

_RUN = 1000
"""How many people are folded at once: enough to be fast, few enough to stay small."""

_NAME = "people"


def fold_people(folding: Folding, people: Sequence[str]) -> set[str]:
    """Fold these people and everyone merged with them again; those who are at home or count elsewhere now come back."""
    moved: set[str] = set()
    waiting, done = iter(people), 0
    while run := list(islice(waiting, _RUN)):
        moved |= _fold_run(folding, run)
        done += len(run)
        folding.w.told(done, len(people))
    return moved


def _fold_run(folding: Folding, people: list[str]) -> set[str]:
    w = folding.w
    told, unheard = _told_of(folding, people)
    groups = {person: [person] for person in people}
    if _may_be_linked(w, told):
        everyone, links = aliases.connected(w, {*people, *aliases.write_links(w, _pairs_standing(w, told, unheard))})
        more, more_unheard = _told_of(folding, everyone - told.keys())
        told |= more
        unheard += more_unheard
        scopes = {person: own_scopes(some) for person, some in told.items()}
        kinds = {person: one.body["kind"] for person, some in told.items() for one in some if one.fact.kind == "person_registered"}
        groups = aliases.groups_of(sorted(everyone), links, folding.admission, scopes, kinds)
        aliases.write_aliases(w, groups)
    heard = _heard(w, told, groups)
    withdrawals = withdrawals_of(w, heard.values())
    parts = cast("tuple[PersonPart, ...]", folding.parts.get(_NAME, ()))
    rows: Rows = defaultdict(list)
    folder = _PersonFolder(folding.world, parts, withdrawals, rows)
    for first, group in groups.items():
        folder.fold(first, group, *_standing_of([heard[person] for person in group], withdrawals, unheard))
    return _write(folding, parts, sorted(told), rows)


def _told_of(folding: Folding, people: Collection[str]) -> tuple[dict[str, list[ReadFact]], list[ReadFact]]:
    """What was said of each person and counts by its writer's grants, in order; and what else replaces something."""
    found: dict[str, list[Fact]] = {person: [] for person in people}
    kinds, held = kinds_of(folding.w), list(ledger.of_subjects(folding.w, (f"person:{person}" for person in people)))
    counting = list(folding.admission.of(held))
    for fact in counting:
        found[fact.subject[7:]].append(fact)
    told = {person: _without_claims(read_facts(kinds, some)) for person, some in found.items()}
    return told, unheard_of(kinds, held, counting)


def _without_claims(told: list[ReadFact]) -> list[ReadFact]:
    """Without registrations in units in which the person was not born: somebody else's id, claimed."""
    return [one for one in told if one.fact.kind != "person_registered" or is_born_in(one.fact.subject[7:], one.body["unit"])]


def _pairs_standing(w: Writer, told: Mapping[str, list[ReadFact]], unheard: Sequence[ReadFact]) -> dict[str, list[ReadFact]]:
    """Of each of these people what stands of whom they are one with."""
    linking = {
        person: [one for one in some if one.fact.kind in {*aliases.LINKING, "fact_withdrawn"}] for person, some in told.items()
    }
    withdrawals = withdrawals_of(w, linking.values())
    return {person: standing(some, withdrawals, unheard) for person, some in linking.items()}


def _may_be_linked(w: Reader, told: Mapping[str, list[ReadFact]]) -> bool:
    """Whether anybody may be one with somebody else: in most camps nobody ever is, and then nobody's links need a look."""
    if not {one.fact.kind for some in told.values() for one in some}.isdisjoint(aliases.LINKING):
        return True
    return has_rows(w, ALIAS_LINKS)


def _heard(w: Writer, told: Mapping[str, list[ReadFact]], groups: Mapping[str, list[str]]) -> dict[str, list[ReadFact]]:
    """What was said of each person where they may be spoken of, without what an erasure has taken."""
    heard = {}
    for group in groups.values():
        own = set[str]().union(*(own_scopes(told[person]) for person in group))
        for person in group:
            some = entitled(told[person], own)
            heard[person] = forget(w, person, some) if "person_erased" in {one.fact.kind for one in some} else some
    return heard


def _standing_of(
    group: list[list[ReadFact]], withdrawals: Withdrawals, unheard: Sequence[ReadFact]
) -> tuple[list[ReadFact], Stood]:
    """Everything told of a group, and what of it stands: a correction said of one replaces what was said of another."""
    told = group[0] if len(group) == 1 else sorted(_each_once(group), key=lambda one: order_key(one.fact))
    return told, stand(told, withdrawals, unheard)


def _each_once(group: Iterable[Iterable[ReadFact]]) -> Iterable[ReadFact]:
    """What was told of a group: a scan may have been carried to two of them, by nodes of which one had not heard of the merge."""
    met: dict[str, ReadFact] = {}
    for one in (one for some in group for one in some):
        known = met.get(one.id)
        met[one.id] = known._replace(scopes=tuple(sorted({*known.scopes, *one.scopes}))) if known else one
    return met.values()


def _write(folding: Folding, parts: Sequence[PersonPart], everyone: list[str], rows: Rows) -> set[str]:
    """Make these people's rows the new ones; those who are at home or count elsewhere now come back: their works go with them."""
    w, differences = folding.w, folding.differences
    subjects = [f"person:{person}" for person in everyone]
    sync_each(w, (MEMBERSHIPS, CONSENTS, PROGRESS_DUE, SETTLED), everyone, rows)
    sync_each(w, (CARRY_DUE, REVIEW), subjects, rows)
    new = rows.get(PEOPLE, [])
    old = sync_rows(w, PEOPLE, everyone, new)
    for row in old:
        differences.take_off(row[-1])
    for row in new:
        differences.put_on(row[-1])
    add_class_sums(w, map(_COUNTED, old), map(_COUNTED, new))
    if renamed := {_called(row) for row in old} ^ {_called(row) for row in new}:
        renew_twins(w, {each.person for each in renamed}, ((each.home, each.name_key) for each in renamed))
    if sought := {_found_by(row) for row in old} ^ {_found_by(row) for row in new}:
        changed = {person for person, *_ in sought}
        write_words(w, changed, (each for row in new if (each := _found_by(row))[0] in changed))
    for part in parts:
        if part.write:
            part.write(w, everyone, rows, old)
        else:
            sync_each(w, part.tables, everyone, rows)
    before, after = ({row[0]: (row[1], row[-2]) for row in some} for some in (old, new))
    return {person for person in everyone if before.get(person) != after.get(person)}


class _Called(NamedTuple):
    """Who a row of people is and where at home, with all that two records of one person have in common."""

    person: str
    home: str
    number: str
    name: str
    name_key: str
    class_name: str
    phone: str


def _called(row: Row) -> _Called:
    return _Called(row[0], row[1], *row[3:8])


def _found_by(row: Row) -> tuple[str, str, str, str]:
    """What a row of people gives to be found by: person, name, 编号, telephone."""
    return (row[0], row[4], row[3], row[7])


class _PersonFolder:
    """Folds one group after another under the same rules, into `rows`."""

    def __init__(self, world: World, parts: Sequence[PersonPart], withdrawals: Withdrawals, rows: Rows) -> None:
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

    def fold(self, first: str, group: Sequence[str], told: list[ReadFact], stood: Stood) -> None:
        """Add a group's rows; a group of whom nothing is known but stray facts has none."""
        who = Identity(first)
        shares = {part.name: self._share(part) for part in self._parts if part.says_of_everyone}
        for one in self._in_story_order(stood.facts):
            for part, take in self._takes.get(one.fact.kind, ()):
                if part is None:
                    take(who, one)
                else:
                    if part.name not in shares:
                        shares[part.name] = self._share(part)
                    take(shares[part.name], one)
        if len(group) == 1:
            who.let_go_of_others()
        homes = who.home_history()
        known = sorted(({each.unit: each for each in who.other_homes()} | who.memberships).values())
        if homes or known:
            self._add(who, homes, known, shares.values(), told, stood)

    def _share(self, part: PersonPart) -> Share:
        """An empty share. What a part needs for a run is made when the first of its facts is met: most runs are one person."""
        if part.name not in self._begun:
            self._begun[part.name] = part.begin(self._world)
        return self._begun[part.name]()

    def _in_story_order(self, told: Sequence[ReadFact]) -> list[ReadFact]:
        """A group's standing facts in their order, save that one is registered before anything, and that ends come last."""
        ends = self._ends
        return sorted(told, key=lambda one: 0 if one.fact.kind == "person_registered" else 2 if one.fact.kind in ends else 1)

    def _add(
        self,
        who: Identity,
        homes: list[tuple[str, str]],
        known: list[Membership],
        shares: Iterable[Share],
        told: list[ReadFact],
        stood: Stood,
    ) -> None:
        rows, first = self._rows, who.first
        members = [each for each in known if not homes or each.unit != homes[-1][1]]
        activity = self._world.activity
        days = _days(who, members, shares, activity)
        placements = _placements(who.kind, homes, known)
        takes_part = bool(days.joined_on) or not (activity or who.came_later)
        steps = steps_along(placements, states_of(days)) if takes_part and who.kind != OUTSIDE else []
        home = homes[-1][1] if homes else ""
        person = _person(who, home, days, placements, write_steps(steps))
        rows[PEOPLE].append(person)
        asked = (*_asked_of(person), int(bool(steps)))
        rows[MEMBERSHIPS] += [(each.unit, first, each.since, *asked) for each in members if each.until == NEVER]
        rows[CONSENTS] += [(first, *who.consent)] if who.consent else []
        rows[SETTLED] += [(first, case) for case in who.settled]
        for share in shares:
            share.add_rows(first, rows)
        if who.registered:
            if _may_be_due(told, home):
                reach = Reaching(told, who.homes, home).of
                rows[CARRY_DUE] += carry_due(told, stood.said, self._withdrawals, reach)
            rows[PROGRESS_DUE] += _progress_due(who, members, days, activity, stood.facts)
        where = home or min((each.unit for each in members), default="")
        rows[REVIEW] += _doubts(who, where, days, shares, stood.sides)


def _may_be_due(told: Sequence[ReadFact], home: str) -> bool:
    """Whether anything may have to be carried: mostly all stands at home, and nothing of it concerns another unit."""
    here = (people_scope(home),)
    return any(one.scopes != here or (one.row.spreads and one.fact.kind != "person_registered") for one in told)


def _days(who: Identity, members: Sequence[Membership], shares: Iterable[Share], activity: str) -> Days:
    if not who.registered and activity in who.told:
        # The home is not held here: what its node told of the progress is all that can be known (and told marks would lie).
        who.kind = str(who.told[activity]["kind"])
        told = days_told(who.told[activity]["course"])
        if told:
            return told
    joined = who.joined_on(activity, members)
    days = Days(registered=joined if who.registered else (), is_erased=who.erased, seen=[*joined])
    for share in shares:
        share.add_days(days)
    return days


def _person(who: Identity, home: str, days: Days, placements: list[tuple[str, str]], steps: str) -> Row:
    details = who.best_details(home)
    _, agreed_in, withdrew_in = (
        (each[:4] for each in who.consent) if who.consent and (details.guardian or who.erased) else ("",) * 3
    )
    return (
        who.first, home, who.kind, details.number, details.name, name_key(details.name), details.class_name, details.phone,
        class_key(details.class_name), int(details.guardian), int(who.erased), person_code(who.first), days.joined_on,
        who.left_on, days.total, int(days.signed_in),
        int(days.complete_on != NEVER), int(days.ready_on != NEVER), int(days.is_certified), days.valid, days.ended,
        int(days.ready_on != NEVER and not days.was_certified), agreed_in, withdrew_in, canonical(placements), steps,
    )  # fmt: skip


def _doubts(who: Identity, unit: str, days: Days, shares: Iterable[Share], sides: Iterable[Sides]) -> list[Row]:
    """What a human should look at, without what somebody has looked at already."""
    subject = f"person:{who.first}"
    doubts = [review_row(subject, matter, detail, unit, since) for share in shares for matter, detail, since in share.doubts(days)]
    rows = doubts + [sides_row(each, unit) for each in sides]
    return [row for row in rows if f"{row[1]}:{row[2]}" not in who.settled]


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


def _progress_due(who: Identity, members: list[Membership], days: Days, activity: str, left: Sequence[ReadFact]) -> list[Row]:
    """What members' other units should hear: nothing while what was told there still holds, or of a camp they are no part of."""
    rows: list[Row] = []
    camp = {"activity": activity} if activity else {}
    for each in members:
        progress = {**camp, "unit": each.unit, "kind": who.kind, "course": days.told()}
        told = [one.body for one in left if one.fact.kind in TELLING and one.body["unit"] == each.unit]
        told = [body for body in told if body.get("activity", "") == activity]
        is_nothing = activity and not days.joined_on and not told
        if each.until == NEVER and progress not in told and not is_nothing:
            rows.append((who.first, each.unit, canonical(progress)))
    return rows


def _linked(folding: Folding, _: Collection[str]) -> Iterable[str]:
    """A merge counts when whoever said it may write at both homes."""
    return aliases.linked_people(folding.w)


FOLDS = (
    Fold(name=_NAME, sort="person", run=fold_people,
         tables=(PEOPLE, ALIAS_LINKS, ALIASES, MEMBERSHIPS, CONSENTS, PROGRESS_DUE, SETTLED, TWINS, CLASS_SUMS, CONSENT_SUMS),
         finders=(PERSON_WORDS,), shares=(REVIEW, CARRY_DUE), erases=True, reads={BATCHES: spoken_of("person"), "trust": _linked}),
)  # fmt: skip
