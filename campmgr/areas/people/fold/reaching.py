"""Where what is said of a person ought to stand: at home, and what several units must know in each (docs/ledger.md#carrying)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from campmgr.areas.people.fold.aliases import LINKING
from campmgr.areas.people.kinds import DETAILS
from campmgr.ledger.envelope import people_scope
from campmgr.ledger.order import ReadFact

_HOMES = frozenset({"person_registered", "person_moved"})
_MEMBERSHIPS = frozenset({"membership_added", "membership_ended"})


class Reaching:
    """Of one group: everything reaches the home of whoever stands; details only their bearer's own, a merge carries nobody's.

    `homes`: subject -> its own homes in order.
    """

    def __init__(self, told: Sequence[ReadFact], homes: Mapping[str, Sequence[tuple[str, str]]], home: str) -> None:
        self._home = {people_scope(home)} if home else set()
        self._own = {about: people_scope(days[-1][1]) for about, days in homes.items()}
        self._homes: dict[str, set[str]] = defaultdict(set)
        self._scopes: dict[str, tuple[str, ...]] = {one.id: one.scopes for one in told}
        self._linked = {*self._own.values()}
        self._members: dict[str, set[str]] = defaultdict(set)
        self._is_merged = len(homes) > 1
        self._pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in told:
            if one.fact.kind in _HOMES:
                self._homes[one.fact.subject] |= _named(one, ("unit", "source", "target"))
            elif one.fact.kind == "membership_added":
                self._members[one.fact.subject] |= _named(one, ("unit",))
            elif one.fact.kind in LINKING:
                self._linked |= _named(one, ("home", "other_home"))
                self._pairs[_pair(one)].update(one.scopes)

    def of(self, one: ReadFact) -> set[str]:
        """The scopes in which this fact ought to stand."""
        kind, about = one.fact.kind, one.fact.subject
        own = {self._own[about]} if about in self._own else set()
        if kind == DETAILS:
            return own
        beyond: set[str] = set()
        if kind == "person_moved" and self._is_merged:
            # whoever shows one of them shows them at the home of the one that stands, wherever that has moved since
            beyond = self._linked.union(*self._homes.values())
        elif kind in _HOMES:
            beyond = self._homes[about]
        elif kind in _MEMBERSHIPS:
            beyond = own | _named(one, ("unit",))
        elif kind == "person_left":
            beyond = own | self._members[about]
        elif kind in LINKING:
            # whoever shows one of them must know how the others are linked, and of a parting whoever has heard of the merge
            beyond = self._linked | self._pairs[_pair(one)]
        elif kind == "person_erased":
            beyond = own | self._homes[about]
        elif kind == "fact_withdrawn":
            beyond = {*self._scopes.get(one.body["fact"], ())}
        return self._home | beyond


def _pair(one: ReadFact) -> tuple[str, str]:
    return one.fact.subject, one.body["other"]


def _named(one: ReadFact, fields: Iterable[str]) -> set[str]:
    return {people_scope(one.body[field]) for field in fields if one.body.get(field)}
