"""People: one row a person, with everything a roster or a totals row needs, folded from all facts of the merged group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import cast

from campmgr.areas.people.fold import aliases
from campmgr.areas.people.fold.erasure import forget
from campmgr.areas.people.fold.one_person import Group, PersonFolder
from campmgr.areas.people.fold.own_scope import entitled, own_scopes
from campmgr.areas.people.fold.parts import PersonPart, Rows
from campmgr.areas.people.fold.tables import ALIAS_LINKS, ALIASES, CONSENTS, MEMBERSHIPS, PEOPLE, PROGRESS_DUE
from campmgr.areas.people.fold.told_totals import TOLD_TOTALS
from campmgr.facts.admission import Admission
from campmgr.facts.carry_due import Withdrawals, withdrawals_of
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.small_folds import BATCHES, spoken_of
from campmgr.facts.tables import CARRY_DUE, REVIEW
from campmgr.ledger.envelope import Fact
from campmgr.ledger.order import ReadFact, order_key, read_facts, standing
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer
from campmgr.store.tables import sync_rows

_RUN = 1000
"""How many people are folded at once: enough to be fast, few enough to stay small."""

_NAME = "people"


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
    told = {person: read_facts(kinds_of(w), some) for person, some in facts.items()}
    everyone, links = aliases.connected(w, {*people, *aliases.write_links(w, told)})
    more = _facts_of(w, admission, everyone - facts.keys())
    facts |= more
    told |= {person: read_facts(kinds_of(w), some) for person, some in more.items()}
    scopes = {person: own_scopes(some) for person, some in told.items()}
    groups = aliases.groups_of(sorted(everyone), links, scopes)
    aliases.write_aliases(w, groups)
    heard = _heard(w, told, groups, scopes)
    withdrawals = withdrawals_of(w, heard.values())
    parts = cast("tuple[PersonPart, ...]", folding.parts.get(_NAME, ()))
    rows: Rows = defaultdict(list)
    folder = PersonFolder(kinds_of(folding.w), folding.world, parts, withdrawals, rows)
    for first, group in groups.items():
        folder.fold(first, _standing_of([heard[person] for person in group], withdrawals))
    return _write(folding, parts, sorted(everyone), rows)


def _facts_of(w: Reader, admission: Admission, people: Collection[str]) -> dict[str, list[Fact]]:
    """The facts about each person that count by their writers' grants."""
    found: dict[str, list[Fact]] = {person: [] for person in people}
    for fact in admission.of(ledger.of_subjects(w, (f"person:{person}" for person in people))):
        found[fact.subject[7:]].append(fact)
    return found


def _heard(
    w: Writer, told: Mapping[str, list[ReadFact]], groups: Mapping[str, list[str]], scopes: Mapping[str, set[str]]
) -> dict[str, list[ReadFact]]:
    """What was said of each person where they may be spoken of, without what an erasure has taken."""
    heard = {}
    for group in groups.values():
        own = scopes[group[0]] if len(group) == 1 else set().union(*(scopes[person] for person in group))
        for person in group:
            some = entitled(told[person], own)
            heard[person] = forget(w, person, some) if any(one.fact.kind == "person_erased" for one in some) else some
    return heard


def _standing_of(group: list[list[ReadFact]], withdrawals: Withdrawals) -> list[Group]:
    """Of each of a group what stands. A correction said of one replaces what was said of another, since they are one person."""
    if len(group) == 1:
        return [(group[0], standing(group[0], withdrawals))]
    together = sorted((one for told in group for one in told), key=lambda one: order_key(one.fact))
    stands = {one.id for one in standing(together, withdrawals)}
    return [(told, [one for one in told if one.id in stands]) for told in group]


def _write(folding: Folding, parts: Sequence[PersonPart], everyone: list[str], rows: Rows) -> set[str]:
    """Make these people's rows the new ones; those who are at home or count elsewhere now come back: their works go with them."""
    w, differences = folding.w, folding.differences
    subjects = [f"person:{person}" for person in everyone]
    for table in (MEMBERSHIPS, CONSENTS, PROGRESS_DUE):
        sync_rows(w, table, everyone, rows.get(table, []))
    for table in (CARRY_DUE, REVIEW):
        sync_rows(w, table, subjects, rows.get(table, []))
    new = rows.get(PEOPLE, [])
    old = sync_rows(w, PEOPLE, everyone, new)
    for row in old:
        differences.take_off(row[-1])
    for row in new:
        differences.put_on(row[-1])
    for part in parts:
        if part.write:
            part.write(w, everyone, rows)
        else:
            for table in part.tables:
                sync_rows(w, table, everyone, rows.get(table, []))
    before, after = ({row[0]: (row[1], row[-2]) for row in some} for some in (old, new))
    return {person for person in everyone if before.get(person) != after.get(person)}


FOLDS = (
    TOLD_TOTALS,
    Fold(name=_NAME, sort="person", run=fold_people,
         tables=(PEOPLE, ALIAS_LINKS, ALIASES, MEMBERSHIPS, CONSENTS, PROGRESS_DUE), shares=(REVIEW, CARRY_DUE),
         reads={BATCHES: spoken_of("person")}),
)  # fmt: skip
