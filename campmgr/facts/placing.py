"""Who stands above whom: every node is placed once, from the root down (docs/ledger.md#trust).

A first enrolment, one that replaces nothing, fixes a node's parent. Of several by givers that knew nothing of each other, the one
by whoever stands nearest to the root counts, then the first in total order: so nobody below can take a place that is given, and
arrival and clocks decide nothing. Whoever is placed has the words about it decided: only the parent and who stands above it speak
of a node.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from campmgr.facts.grants import Admission, Word, admission_of, cuts_of
from campmgr.facts.limits import ALL, NONE, Limit, Step, Ways
from campmgr.ledger.envelope import PUBLIC, Stream, subject_key
from campmgr.ledger.order import ReadFact, order_key
from campmgr.ledger.seal import writer_of

DEEPEST = 16
"""Nobody below so many nodes enrols: a province needs four."""

MOST_WORDS = 1000
"""So many grants of one node are looked at, the last of them."""


class Place(NamedTuple):
    """Where a node stands, and what counts of what was said of it: grants in order, the last in force; ends; what was let count."""

    parent: str
    depth: int
    grants: tuple[Word, ...] = ()
    ends: tuple[Word, ...] = ()
    admitted: tuple[Admission, ...] = ()

    def told(self) -> list[ReadFact]:
        """All that was said of it and counts: grants in order, ends, what was let count."""
        return [*(word.told for word in (*self.grants, *self.ends)), *(each.told for each in self.admitted)]


class Said(NamedTuple):
    """What was said of nodes, by the node spoken of, whether it counts or not."""

    enrolled: Mapping[str, Sequence[ReadFact]]
    revoked: Mapping[str, Sequence[ReadFact]]
    admitted: Mapping[str, Sequence[ReadFact]]


class Placing:
    """Places every node that can be placed."""

    def __init__(self, root: str, said: Said, node_of: Callable[[str], str], writers: Mapping[str, Sequence[str]], ways: Ways,
                 root_limit: Callable[[Stream], Limit]) -> None:  # fmt: skip
        self._said = said
        self._node_of = node_of
        self._writers = writers
        self._ways = ways
        self._root, self._root_limit = root, root_limit
        self.places: dict[str, Place] = {}
        self._enrolled = {node: [one for one in told if writer_of(one.body["key"]) == node] for node, told in said.enrolled.items()}
        if root:
            self._given = self._by_giver()
            self.places[root] = Place("", 0)
            self._place(first=True)
            self._place(first=False)  # whoever's first enrolment counts no more, by a later one that does
        self.of_strangers = self._let_strangers()

    def _by_giver(self) -> Mapping[str, list[tuple[str, ReadFact]]]:
        """Enrolments by the node that gave them, with the node each speaks of."""
        found: dict[str, list[tuple[str, ReadFact]]] = defaultdict(list)
        for node, told in self._enrolled.items():
            for one in told:
                found[self._node_of(one.fact.writer)].append((node, one))
        return found

    def _place(self, *, first: bool) -> None:
        waiting: list[tuple[int, tuple[int, str, int, str], str, ReadFact]] = []
        for giver in self.places:
            waiting += self._offers(giver, first=first)
        heapify(waiting)
        while waiting:
            depth, _, node, one = heappop(waiting)
            if node in self.places or not self.counts(one):
                continue
            self.places[node] = Place(self._node_of(one.fact.writer), depth + 1)
            self.places[node] = self._decided(node)
            for offer in self._offers(node, first=first):
                heappush(waiting, offer)

    def _offers(self, giver: str, *, first: bool) -> Iterator[tuple[int, tuple[int, str, int, str], str, ReadFact]]:
        depth = self.places[giver].depth
        for node, one in self._given.get(giver, ()):
            if node not in self.places and depth < DEEPEST and not (first and one.fact.replaces):
                yield depth, order_key(one.fact), node, one

    def _decided(self, node: str) -> Place:
        """A node's place with all that counts of what was said of it; whoever stands above is decided already."""
        place = self.places[node]
        above = {*self.above(node)}
        grants = [self._word(node, one) for one in self._enrolled[node] if self._may(above, one)]
        ends = [self._word(node, one) for one in self._said.revoked.get(node, ()) if self._may(above, one)]
        admitted = [admission_of(one, self._node_of(one.fact.writer)) for one in self._said.admitted.get(node, ())
                    if self._may(above, one)]  # fmt: skip
        return place._replace(grants=tuple(self._in_order(grants)[-MOST_WORDS:]), ends=tuple(self._in_order(ends)),
                              admitted=tuple(admitted))  # fmt: skip

    def _may(self, above: set[str], one: ReadFact) -> bool:
        return self._node_of(one.fact.writer) in above and self.counts(one)

    def _word(self, node: str, one: ReadFact) -> Word:
        cuts = cuts_of(one.body)
        streams = [Stream(PUBLIC, writer) for writer in self._writers.get(node, ())]
        public = {each.writer: self._ways.reach(each, cuts.get(each, ())) for each in streams}
        return Word(one, self._node_of(one.fact.writer), cuts, public)

    def _in_order(self, words: Iterable[Word]) -> list[Word]:
        """Each after those it replaces; of words that know nothing of each other the nearest to the root last, then total order."""
        by_id = {word.told.id: word for word in words}
        if len(by_id) < 2:
            return [*by_id.values()]
        after: dict[str, list[str]] = defaultdict(list)
        missing = dict.fromkeys(by_id, 0)
        for one, word in by_id.items():
            for before in {each for each in word.told.fact.replaces.split() if each in by_id}:
                after[before].append(one)
                missing[one] += 1
        ready = [self._turn(by_id[one]) for one, count in missing.items() if not count]
        heapify(ready)
        found = []
        while ready:
            *_, one = heappop(ready)
            found.append(by_id[one])
            for each in after[one]:
                missing[each] -= 1
                if not missing[each]:
                    heappush(ready, self._turn(by_id[each]))
        return found

    def _turn(self, word: Word) -> tuple[int, tuple[int, str, int, str], str]:
        return -self.places[word.giver].depth, order_key(word.told.fact), word.told.id

    def _let_strangers(self) -> Mapping[str, tuple[Admission, ...]]:
        """What the root let count of writers that have no place, by writer."""
        found: dict[str, tuple[Admission, ...]] = {}
        for one in (one for told in self._said.admitted.values() for one in told):
            let = admission_of(one, self._node_of(one.fact.writer))
            if let.giver == self._root and self._node_of(let.stream.writer) not in self.places and self.counts(one):
                found[let.stream.writer] = (*found.get(let.stream.writer, ()), let)
        return found

    def above(self, node: str) -> list[str]:
        """The nodes above one, the parent first, the root last."""
        found: list[str] = []
        while parent := self.places[node].parent if node in self.places else "":
            found.append(parent)
            node = parent
        return found

    def counts(self, one: ReadFact) -> bool:
        """Whether what somebody said in `public` counts: a placed node did, and not beyond a cut."""
        node, stream = self._node_of(one.fact.writer), Stream(one.fact.scope, one.fact.writer)
        return node in self.places and self._ways.counts(self.until_revoked(node, stream), one.fact)

    def until_revoked(self, node: str, stream: Stream) -> Limit:
        """How much of a node's stream counts by who wrote it: up to where a revocation cut it, and what was let count."""
        if node and node == self._root:
            return self._root_limit(stream)
        place = self.places.get(node)
        if place is None:
            return NONE
        if not place.ends and not place.admitted:
            return ALL
        ends = (Step(opens=False, heads=word.cuts.get(stream, ())) for word in place.ends)
        return Limit((Step(opens=True), *ends), tuple(each.stretch for each in place.admitted if each.stream == stream))


def by_node(told: Iterable[ReadFact]) -> dict[str, list[ReadFact]]:
    """Facts by the node they speak of."""
    found: dict[str, list[ReadFact]] = defaultdict(list)
    for one in told:
        found[subject_key(one.fact.subject)].append(one)
    return found
