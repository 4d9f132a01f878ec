"""People: one row a person, with everything a roster or a totals row needs, folded from all facts of the merged group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from campmgr.areas.certificates.fold import CERTIFICATES, PLATFORM_CERTIFICATES
from campmgr.areas.hours.fold.bursts import moments_of, write_moments
from campmgr.areas.hours.fold.screenshots import forget_pictures
from campmgr.areas.hours.fold.tables import CONDITIONS, DECLARATIONS, MARKS, MOMENTS
from campmgr.areas.hours.rules.doubts import Doubter
from campmgr.areas.hours.rules.lessons import lessons_of
from campmgr.areas.hours.rules.meter import Meter, counted_by_day
from campmgr.areas.hours.rules.readiness import conditions_required
from campmgr.areas.hours.settings import Completion
from campmgr.areas.people.fold import aliases
from campmgr.areas.people.fold.erasure import forget
from campmgr.areas.people.fold.person_days import NEVER, Course, course_told, states_of, steps_along
from campmgr.areas.people.fold.person_facts import Membership, PersonFacts, in_story_order
from campmgr.areas.people.fold.tables import ALIAS_LINKS, ALIASES, CONSENTS, MEMBERSHIPS, PEOPLE, PROGRESS_DUE
from campmgr.areas.units.settings import OUTSIDE
from campmgr.facts.admission import Admission
from campmgr.facts.carry_due import Withdrawals, carry_due, withdrawals_of
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.own_scope import entitled, own_scopes
from campmgr.facts.placements import placement
from campmgr.facts.small_folds import BATCHES, spoken_of
from campmgr.facts.tables import CARRY_DUE, REVIEW
from campmgr.facts.totals import Differences, write_steps
from campmgr.facts.world import World
from campmgr.ids import canonical, person_code
from campmgr.ledger.envelope import Fact
from campmgr.ledger.order import Told, order_key, standing, tell
from campmgr.ledger.scopes import people_scope
from campmgr.store import ledger
from campmgr.store.door import Reader, Row, Writer
from campmgr.store.tables import Table, sync_rows

_RUN = 1000
"""How many people are folded at once: enough to be fast, few enough to stay small."""

Group = tuple[list[Told], list[Told]]
"""Everything told about a person, and what of it stands."""


def fold_people(folding: Folding, people: Sequence[str]) -> set[str]:
    """Fold these people and everyone merged with them again; those who are at home or count elsewhere now come back."""
    moved: set[str] = set()
    waiting = iter(people)
    while run := list(islice(waiting, _RUN)):
        moved |= _fold_run(folding, run)
    return moved


def _fold_run(folding: Folding, people: list[str]) -> set[str]:
    w, admission = folding.w, folding.admission
    facts = _facts_of(w, admission, people)
    told = {person: tell(kinds_of(w), some) for person, some in facts.items()}
    everyone, links = aliases.connected(w, {*people, *aliases.write_links(w, told)})
    more = _facts_of(w, admission, everyone - facts.keys())
    facts |= more
    told |= {person: tell(kinds_of(w), some) for person, some in more.items()}
    scopes = {person: own_scopes(some) for person, some in told.items()}
    groups = aliases.groups_of(sorted(everyone), links, scopes)
    aliases.write_aliases(w, groups)
    heard = _heard(w, told, groups, scopes)
    withdrawals = withdrawals_of(w, heard.values())
    folder = _Folder(folding.world, withdrawals)
    rows: dict[Table, list[Row]] = defaultdict(list)
    for first, group in groups.items():
        folder.fold(first, _standing_of([heard[person] for person in group], withdrawals), rows)
    return _write(w, sorted(everyone), rows, folding.differences)


def _facts_of(w: Reader, admission: Admission, people: Collection[str]) -> dict[str, list[Fact]]:
    """The facts about each person that count by their writers' grants."""
    found: dict[str, list[Fact]] = {person: [] for person in people}
    for fact in admission.of(ledger.of_subjects(w, (f"person:{person}" for person in people))):
        found[fact.subject[7:]].append(fact)
    return found


def _heard(
    w: Writer, told: Mapping[str, list[Told]], groups: Mapping[str, list[str]], scopes: Mapping[str, set[str]]
) -> dict[str, list[Told]]:
    """What was said of each person where they may be spoken of, without what an erasure has taken."""
    heard = {}
    for group in groups.values():
        own = scopes[group[0]] if len(group) == 1 else set().union(*(scopes[person] for person in group))
        for person in group:
            some = entitled(told[person], own)
            heard[person] = forget(w, person, some) if any(one.fact.kind == "person_erased" for one in some) else some
    return heard


def _standing_of(group: list[list[Told]], withdrawals: Withdrawals) -> list[Group]:
    """Of each of a group what stands. A correction said of one replaces what was said of another, since they are one person."""
    if len(group) == 1:
        return [(group[0], standing(group[0], withdrawals))]
    together = sorted((one for told in group for one in told), key=lambda one: order_key(one.fact))
    stands = {one.id for one in standing(together, withdrawals)}
    return [(told, [one for one in told if one.id in stands]) for told in group]


def _write(w: Writer, everyone: list[str], rows: Mapping[Table, list[Row]], differences: Differences) -> set[str]:
    subjects = [f"person:{person}" for person in everyone]
    for table in (MEMBERSHIPS, MARKS, CONDITIONS, CONSENTS, DECLARATIONS, CERTIFICATES, PLATFORM_CERTIFICATES, PROGRESS_DUE):
        sync_rows(w, table, everyone, rows.get(table, []))
    write_moments(w, everyone, rows.get(MOMENTS, []))
    for table in (CARRY_DUE, REVIEW):
        sync_rows(w, table, subjects, rows.get(table, []))
    new = rows.get(PEOPLE, [])
    old = sync_rows(w, PEOPLE, everyone, new)
    for row in old:
        differences.take_off(row[-1])
    for row in new:
        differences.put_on(row[-1])
    forget_pictures(w, everyone)
    before, after = ({row[0]: (row[1], row[-2]) for row in some} for some in (old, new))
    return {person for person in everyone if before.get(person) != after.get(person)}


class _Folder:
    """Folds one group after another under the same rules."""

    def __init__(self, world: World, withdrawals: Withdrawals) -> None:
        self._world = world
        self._meter = Meter(world.rules, lessons_of(world))
        self._doubter = Doubter(world.rules, lessons_of(world))
        self._required = world.rules[Completion].required_hundredths
        self._conditions = conditions_required(world.rules)
        self._withdrawals = withdrawals

    def fold(self, first: str, group: list[Group], rows: dict[Table, list[Row]]) -> None:
        """Add a group's rows; a group of whom nothing is known but stray facts has none."""
        facts = PersonFacts(first)
        for one in in_story_order([left for _, left in group]):
            facts.take(one)
        if len(group) == 1:
            facts.merged_home.clear()  # parted again: what the merge told of a home no longer holds
        homes = facts.home_history()
        known = sorted(({each.unit: each for each in facts.other_homes()} | facts.memberships).values())
        if not homes and not known:
            return
        members = [each for each in known if not homes or each.unit != homes[-1][1]]
        course = self._course(facts, members)
        placements = _placements(facts, homes, known)
        steps = [] if facts.kind == OUTSIDE else steps_along(placements, states_of(course))
        home = homes[-1][1] if homes else ""
        rows[PEOPLE].append(self._person(facts, home, course, placements, write_steps(steps)))
        rows[MEMBERSHIPS] += [(first, each.unit, each.since) for each in members if each.until == NEVER]
        rows[MARKS] += [(first, *mark) for mark in facts.marks]
        rows[CONDITIONS] += [(first, *condition) for condition in facts.conditions]
        rows[MOMENTS] += [(first, moment) for moment in moments_of(one for _, left in group for one in left)]
        rows[CONSENTS] += [(first, *facts.consent)] if facts.consent else []
        rows[DECLARATIONS] += [(first, fact, *declared) for fact, declared in facts.declarations.items()]
        rows[CERTIFICATES] += [
            (first, each.number, each.edition, each.credited, each.issued_on, each.state,
             "" if each.ended_on == NEVER else each.ended_on, each.reason)
            for each in facts.certificates.values()
        ]  # fmt: skip
        rows[PLATFORM_CERTIFICATES] += [(first, *each) for each in facts.platform_certificates]
        if facts.registered:
            told, left = ([one for some in part for one in some] for part in zip(*group, strict=True))
            rows[CARRY_DUE] += carry_due(f"person:{first}", home, told, left, self._withdrawals)
            rows[PROGRESS_DUE] += _progress_due(first, facts, members, course, group)
        rows[REVIEW] += self._doubts(facts, course)

    def _course(self, facts: PersonFacts, members: list[Membership]) -> Course:
        if not facts.registered and facts.told is not None:
            facts.kind = str(facts.told["kind"])
            course = course_told(facts.told["course"])
            if course:
                return course
        credited = counted_by_day(self._meter, facts.marks)
        complete_on = next((day for day, total in credited if total >= self._required), NEVER)
        if self._required == 0:
            complete_on = min([*facts.registered, *(mark.day for mark in facts.marks)], default=NEVER)
        firsts: dict[str, str] = {}
        for _, condition, day, _ in facts.conditions:
            firsts[condition] = min(day, firsts.get(condition, NEVER))
        ready_on = max([complete_on, *(firsts.get(condition, NEVER) for condition in self._conditions)])
        certified = [(each.issued_on, each.ended_on) for each in facts.certificates.values()]
        joined_on = min(
            [*(facts.registered or [each.since for each in members]), *(day for day, _ in credited), *firsts.values(),
             *(since for since, _ in certified)],
            default="",
        )  # fmt: skip
        return Course(joined_on, credited, complete_on, ready_on, certified, "sign_in" in firsts)

    def _person(self, facts: PersonFacts, home: str, course: Course, placements: list[tuple[str, str]], steps: str) -> Row:
        details = facts.best_details()
        total = course.total
        return (
            facts.first, home, facts.kind, details.number, details.name, details.class_name, details.phone, int(details.guardian),
            int(facts.erased), person_code(facts.first), course.joined_on, total, int(course.signed_in),
            int(course.complete_on != NEVER), int(course.ready_on != NEVER), int(course.is_certified), canonical(placements), steps,
        )  # fmt: skip

    def _doubts(self, facts: PersonFacts, course: Course) -> list[Row]:
        """What a human should look at."""
        subject = f"person:{facts.first}"
        doubts = []
        if course.is_certified and course.total < self._required:
            doubts.append((subject, "hours_below_certificate", canonical([course.total, self._required])))
        if len(set(facts.details_told.get(subject, ()))) > 1:
            doubts.append((subject, "details_differ", canonical(len(facts.details_told[subject]))))
        doubts += [(subject, matter, canonical(detail)) for matter, detail in self._doubter.doubts(facts.seen)]
        return [row for row in doubts if f"{row[1]}:{row[2]}" not in facts.settled]


def _placements(facts: PersonFacts, homes: list[tuple[str, str]], members: list[Membership]) -> list[tuple[str, str]]:
    """(day, placement) in order; where no home is known here, the first membership stands for it."""
    if not members:
        return [(day, placement(facts.kind, unit, ())) for day, unit in homes]
    history = homes or [("", min(each.unit for each in members))]
    days = {day for day, _ in history} | {each.since for each in members} | {each.until for each in members if each.until != NEVER}
    found: list[tuple[str, str]] = []
    for day in sorted({"", *days}):
        home = next(unit for since, unit in reversed(history) if since <= day)
        others = [each.unit for each in members if each.since <= day < each.until and each.unit != home]
        where = placement(facts.kind, home, others)
        if not found or found[-1][1] != where:
            found.append((day, where))
    return found


def _progress_due(first: str, facts: PersonFacts, members: list[Membership], course: Course, group: list[Group]) -> list[Row]:
    """What members' other units should hear: nothing while the last telling there still holds."""
    rows: list[Row] = []
    for each in members:
        scope = people_scope(each.unit)
        progress = {"kind": facts.kind, "course": course.told()}
        told = [one for _, left in group for one in left if one.fact.kind == "progress_told" and scope in one.scopes]
        if each.until == NEVER and (not told or told[-1].body != progress):
            rows.append((first, each.unit, canonical(progress)))
    return rows


FOLDS = (
    Fold(name="people", sort="person", run=fold_people,
         tables=(PEOPLE, ALIAS_LINKS, ALIASES, MEMBERSHIPS, CONSENTS, PROGRESS_DUE), shares=(REVIEW, CARRY_DUE),
         reads={BATCHES: spoken_of("person")}),
)  # fmt: skip
