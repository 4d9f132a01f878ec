"""Who is one person: merges and partings, undone and redone without rewriting anything (docs/ledger.md#merges)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from campmgr.ids import canonical, person_code
from campmgr.ledger.order import ReadFact, standing
from campmgr.store.door import Reader, Row, Writer
from campmgr.store.tables import Table, sync_rows

ALIAS_LINKS = Table("alias_links", ("person", "other", "said"), 2, "person")
ALIASES = Table("aliases", ("person", "stands_for", "code"), 1, "person")

LINKING = frozenset({"people_merged", "people_parted"})
"""Kinds that say of two people that they are one, or are not."""

Link = tuple[str, str, str]
"""Two people, the smaller id first, and what was said of them: JSON [[merged, [scope, …]], …] in order."""

_LINKS = """
    select person, other, said from alias_links where person in (:keys)
    union select person, other, said from alias_links where other in (:keys)"""


def links_of(person: str, told: Sequence[ReadFact]) -> list[Link]:
    """With whom a person was said to be merged or parted, from the facts about the smaller id of each pair."""
    said: dict[str, list[tuple[bool, str, set[str]]]] = defaultdict(list)
    for one in standing(list(told), {}):
        if one.fact.kind in LINKING:
            said[one.body["other"]].append((one.fact.kind == "people_merged", one.fact.client_id or one.id, set()))
    for one in told:
        if one.fact.kind in LINKING:
            for _, event, scopes in said.get(one.body["other"], ()):
                if event == (one.fact.client_id or one.id):
                    scopes |= {one.fact.scope, *one.scopes}
    return [
        (person, other, canonical([[merged, sorted(scopes)] for merged, _, scopes in events]))
        for other, events in sorted(said.items())
    ]


def write_links(w: Writer, told: Mapping[str, Sequence[ReadFact]]) -> set[str]:
    """Keep what was said of pairs, from these people's facts; everyone whose group may have changed comes back."""
    rows: list[Row] = []
    for person, some in told.items():
        if any(one.fact.kind in LINKING for one in some):
            rows += links_of(person, some)
    changed = set(sync_rows(w, ALIAS_LINKS, told.keys(), rows)) ^ set(rows)
    return {person for row in changed for person in row[:2]}


def connected(r: Reader, people: Collection[str]) -> tuple[set[str], list[Link]]:
    """Everyone whom something links to these people, and the links, whether they hold or not."""
    if not r.one("select 1 from alias_links limit 1"):
        return set(people), []
    links: set[Link] = set()
    met, waiting = set(people), set(people)
    while waiting:
        found = {(person, other, said) for person, other, said in r.among(_LINKS, waiting)}
        links |= found
        waiting = {person for link in found for person in link[:2]} - met
        met |= waiting
    return met, sorted(links)


def groups_of(people: Collection[str], links: Iterable[Link], scopes: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """The groups these people form: the smallest id -> everyone in it, itself included.

    A merge or parting counts when it was said in a scope of each of the two (`scopes`: person -> where they may be spoken of), so
    only a node that holds both can say it (docs/ledger.md#merges). Of what counts, the last word holds.
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    for person, other, said in links:
        heard = [merged for merged, where in json.loads(said) if _counts(where, scopes[person]) and _counts(where, scopes[other])]
        if heard and heard[-1]:
            neighbours[person].add(other)
            neighbours[other].add(person)
    groups: dict[str, list[str]] = {}
    placed: set[str] = set()
    for person in people:
        if person not in placed:
            group = _reachable(person, neighbours)
            placed |= group
            groups[min(group)] = sorted(group)  # the smallest id stands: every node picks the same, whoever merged whom
    return groups


def _counts(where: Iterable[str], own: set[str]) -> bool:
    return not own or any(scope in own for scope in where)


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
