"""Who is one person: merges and partings, undone and redone without rewriting anything (docs/ledger.md#merges)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from campmgr.areas.units.settings import OUTSIDE
from campmgr.facts.admission import Admission
from campmgr.ids import canonical, person_code
from campmgr.ledger.envelope import Stream, people_scope
from campmgr.ledger.order import ReadFact, order_key
from campmgr.store.door import Reader, Row, Writer
from campmgr.store.tables import Table, has_rows, sync_rows

ALIAS_LINKS = Table("alias_links", ("person", "other", "said"), 2, "person")
ALIASES = Table("aliases", ("person", "stands_for", "code"), 1, "person")

LINKING = frozenset({"people_merged", "people_parted"})
"""Kinds that say of two people that they are one, or are not."""

Link = tuple[str, str, str]
"""Two people, the smaller id first, and what stands of the pair, as JSON: what was said, by whom, and where in the order."""

_LINKS = """
    select person, other, said from alias_links where person in (:keys)
    union select person, other, said from alias_links where other in (:keys)"""


def links_of(person: str, left: Iterable[ReadFact]) -> list[Link]:
    """With whom a person was said to be merged or parted, from what stands of the smaller id of each pair."""
    return sorted((person, one.body["other"], canonical(_said(one))) for one in left if one.fact.kind in LINKING)


def _said(one: ReadFact) -> dict[str, Any]:
    fact = one.fact
    about = {"merged": fact.kind == "people_merged", "by": [fact.scope, fact.writer, fact.seq], "order": order_key(fact)}
    return {**one.body, **about}


def write_links(w: Writer, left: Mapping[str, Sequence[ReadFact]]) -> set[str]:
    """Keep what stands of pairs, from these people's standing facts; everyone whose group may have changed comes back."""
    rows: list[Row] = [row for person, some in left.items() for row in links_of(person, some)]
    changed = set(sync_rows(w, ALIAS_LINKS, left.keys(), rows)) ^ set(rows)
    return {person for row in changed for person in row[:2]}


def connected(r: Reader, people: Collection[str]) -> tuple[set[str], list[Link]]:
    """Everyone whom something links to these people, and the links, whether they hold or not."""
    if not has_rows(r, ALIAS_LINKS):
        return set(people), []
    links: set[Link] = set()
    met, waiting = set(people), set(people)
    while waiting:
        found = {(person, other, said) for person, other, said in r.among(_LINKS, waiting)}
        links |= found
        waiting = {person for link in found for person in link[:2]} - met
        met |= waiting
    return met, sorted(links)


def groups_of(
    people: Collection[str], links: Iterable[Link], admission: Admission, scopes: Mapping[str, set[str]], kinds: Mapping[str, str]
) -> dict[str, list[str]]:
    """The groups these people form: the id that stands -> everyone in it, itself included.

    A merge or parting counts when whoever said it may write at both homes that it names, and these are the homes of the two where
    that is known (`scopes`: person -> where they may be spoken of). A parting is a wall: merges apply in order, and one that would
    join a parted pair is passed over. A participant stands before somebody who only made a work, then the smallest id: every node
    picks the same, whoever merged whom.
    """
    heard = sorted(
        (said["order"], person, other, said)
        for person, other, said in ((person, other, json.loads(said)) for person, other, said in links)
        if _counts(admission, person, other, said, scopes)
    )
    parted = {frozenset((person, other)) for _, person, other, said in heard if not said["merged"]}
    outside = {person for person in people if kinds.get(person) == OUTSIDE}
    of: dict[str, set[str]] = {person: {person} for person in people}
    for _, person, other, said in heard:
        outside |= {who for who, kind in ((person, said.get("kind")), (other, said.get("other_kind"))) if kind == OUTSIDE}
        if said["merged"] and of[person] is not of[other] and not _walled(of[person], of[other], parted):
            of[person] |= of[other]
            of |= dict.fromkeys(of[person], of[person])
    whole = {id(group): sorted(group) for group in of.values()}
    return {min(group, key=lambda who: (who in outside, who)): group for group in whole.values()}


def _walled(one: Collection[str], other: Collection[str], parted: Collection[frozenset[str]]) -> bool:
    return bool(parted) and any(frozenset((a, b)) in parted for a in one for b in other)


def _counts(admission: Admission, person: str, other: str, said: Mapping[str, Any], scopes: Mapping[str, set[str]]) -> bool:
    scope, writer, seq = said["by"]
    for who, home in ((person, said["home"]), (other, said["other_home"])):
        counts = admission.counts_for(home, Stream(scope, writer), seq, said["order"][-1])
        if not counts or (scopes[who] and people_scope(home) not in scopes[who]):
            return False
    return True


def write_aliases(w: Writer, groups: Mapping[str, list[str]]) -> None:
    """Keep for everyone of a group whom they stand for; their older cards stay good."""
    everyone = [person for group in groups.values() for person in group]
    rows = [(person, first, person_code(person)) for first, group in groups.items() for person in group if person != first]
    sync_rows(w, ALIASES, everyone, rows)


def stands_for(r: Reader, people: Iterable[str]) -> dict[str, str]:
    """Those of these people who are merged into another: their id -> the one that stands."""
    return dict(r.among("select person, stands_for from aliases where person in (:keys)", people))


def linked_people(r: Reader) -> list[str]:
    """Everyone of whom anybody said that they are one with another, or not."""
    return [row[0] for row in r.all("select person from alias_links union select other from alias_links")]
