"""Who is one person: merges and partings, undone and redone without rewriting anything (design 2.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from campmgr.ids import person_code
from campmgr.ledger.order import Told
from campmgr.ledger.scopes import subject_key
from campmgr.projections.tables import ALIAS_LINKS, ALIASES
from campmgr.store.door import Reader, Row, Writer
from campmgr.store.tables import sync_rows

_LINKS = """
    select person, other from alias_links where person in (:keys)
    union select person, other from alias_links where other in (:keys)"""


def links_of(person: str, standing: Iterable[Told]) -> list[Row]:
    """With whom a person is merged, from the facts about the smaller id of each pair: of each pair the last word counts."""
    last: dict[str, bool] = {}
    for one in standing:
        if one.fact.kind in {"people_merged", "people_parted"}:
            last[one.body["other"]] = one.fact.kind == "people_merged"
    return [(person, other) for other, merged in sorted(last.items()) if merged]


def write_links(w: Writer, standing: Mapping[str, list[Told]]) -> set[str]:
    """Keep the links of these subjects; everyone whose group may have changed comes back."""
    people = {subject: subject_key(subject) for subject in standing}
    rows = [row for subject, told in standing.items() for row in links_of(people[subject], told)]
    old = sync_rows(w, ALIAS_LINKS, people.values(), rows)
    changed = set(old) ^ set(rows)
    return {person for row in changed for person in row}


def groups_of(r: Reader, people: Collection[str]) -> dict[str, list[str]]:
    """The groups these people belong to: the smallest id -> everyone in it, itself included."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    if r.one("select 1 from alias_links limit 1"):
        waiting = set(people)
        asked: set[str] = set()
        while waiting:
            asked |= waiting
            for person, other in r.among(_LINKS, waiting):
                neighbours[person].add(other)
                neighbours[other].add(person)
            waiting = {other for person in waiting for other in neighbours[person]} - asked
    groups: dict[str, list[str]] = {}
    placed: set[str] = set()
    for person in people:
        if person not in placed:
            group = _reachable(person, neighbours)
            placed |= group
            groups[min(group)] = sorted(group)
    return groups


def _reachable(person: str, neighbours: Mapping[str, set[str]]) -> set[str]:
    found, waiting = {person}, [person]
    while waiting:
        for other in neighbours.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def write_aliases(w: Writer, groups: Mapping[str, list[str]]) -> None:
    """Keep for everyone who is not the smallest id of a group whom they stand for; their older cards stay good."""
    everyone = [person for group in groups.values() for person in group]
    rows = [(person, first, person_code(person)) for first, group in groups.items() for person in group if person != first]
    sync_rows(w, ALIASES, everyone, rows)


def stands_for(r: Reader, people: Iterable[str]) -> dict[str, str]:
    """Those of these people who are merged into another: their id -> the one that stands."""
    return dict(r.among("select person, stands_for from aliases where person in (:keys)", people))
