"""Who may say what: a pure function of the facts in `public` and `units/*` (docs/ledger.md#trust).

Nothing here looks at arrival. Nodes are placed from the root down, each with what counts of the words about it (`placing.py`);
then it is asked how much of a stream counts when it speaks for a unit (`limits.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import lru_cache
from typing import NamedTuple

from campmgr.facts.births import Births
from campmgr.facts.grants import Admission, Word
from campmgr.facts.limits import ALL, NONE, Limit, Step, Ways
from campmgr.facts.placing import Place, Placing, Said, by_node
from campmgr.facts.rootship import root_of
from campmgr.facts.units import Unit
from campmgr.ledger.envelope import PUBLIC, Fact, Stream, family_of, people_scope, scope_unit
from campmgr.ledger.order import ReadFact
from campmgr.ledger.seal import signed, writer_of


def succession_message(campaign: str, predecessor: str, key: str, sealing_key: str) -> str:
    """What a predecessor's key signs to introduce its successor."""
    return f"campmgr-succession {campaign} {predecessor} {key} {sealing_key}"


_WHOLE = "*"
"""Stands where a line does, for a unit that is held in every one."""


class Turn(NamedTuple):
    """From this grant on a node covers a unit, or no longer."""

    opens: bool
    word: Word


class Trust:
    """Answers `limit(stream, unit)`: how much of a stream counts when it speaks for a unit."""

    def __init__(self, campaign: str, public: Iterable[ReadFact], births: Births, ways: Ways) -> None:
        told = list(public)
        self.campaign = campaign
        self.ask(births)
        self._root = root_of(campaign, told)
        self.root = self._root.writer
        self.keys: dict[str, str] = {self.root: self._root.key} if self.root else {}
        self._sealing: dict[str, str] = {}
        kinds: dict[str, list[ReadFact]] = defaultdict(list)
        for one in told:
            kinds[one.fact.kind].append(one)
            if one.fact.kind in {"node_enrolled", "writer_succeeded"} or one in self._root.recovered:
                self._know(one.body["key"], one.body["sealing_key"])
            elif one.fact.kind == "campaign_opened" and one.fact.writer == self.root:
                self._know(one.body["root_key"], one.body["sealing_key"])
        self._said = Said(by_node(kinds["node_enrolled"]), by_node(kinds["node_revoked"]), by_node(kinds["facts_admitted"]))
        self._successions = dict(self._signed_successions(kinds["writer_succeeded"]))
        self._root_limits: dict[Stream, Limit] = {}
        self._nodes = self._nodes_of_writers()
        self._writers = self._writers_of_nodes()
        self._placing = Placing(self.root, self._said, self.node_of, self._writers, ways, self._root_limit)
        self._places: Mapping[str, Place] = self._placing.places
        self._void = {one.id for one in told if not self._placing.counts(one)}

    def with_births(self, births: Births) -> Trust:
        """The same words about nodes, where more units were born."""
        trust = copy(self)
        trust.ask(births)
        return trust

    def ask(self, births: Births) -> None:
        """Ask these which units were born; what was worked out with others is forgotten."""
        self.births = births
        self._limits: dict[tuple[Stream, str], Limit] = {}
        self._turns: dict[tuple[str, str, str], tuple[Turn, ...]] = {}

    # writers and nodes

    def _know(self, key: str, sealing_key: str) -> None:
        writer = writer_of(key)
        self.keys.setdefault(writer, key)
        self._sealing.setdefault(writer, sealing_key)

    def _signed_successions(self, told: Iterable[ReadFact]) -> Iterator[tuple[str, ReadFact]]:
        """Writer and what introduced it; the predecessor has signed it, and the first one counts."""
        found = set()
        for one in told:
            body, writer = one.body, one.fact.writer
            message = succession_message(self.campaign, body["predecessor"], body["key"], body["sealing_key"])
            if writer in found or writer_of(body["key"]) != writer:
                continue
            if _is_signed(self.keys.get(body["predecessor"], ""), message, body["signature"]):
                found.add(writer)
                yield writer, one

    def _nodes_of_writers(self) -> dict[str, str]:
        """The node of each writer: by the successions back to its first one, which is the root's or was enrolled."""
        recovered = {writer_of(one.body["key"]) for one in self._root.recovered}
        first = {writer: writer for writer in self._said.enrolled} | dict.fromkeys(recovered, self.root)
        if self.root:
            first[self.root] = self.root
        nodes: dict[str, str] = {}
        for writer in self.keys:
            lineage = self.lineage(writer)
            nodes[writer] = first.get(lineage[-1], "")
        return nodes

    def lineage(self, writer: str) -> list[str]:
        """A writer and those it succeeded, the newest first."""
        found = [writer]
        while (one := self._successions.get(found[-1])) and one.body["predecessor"] not in found:
            found.append(one.body["predecessor"])
        return found

    def _writers_of_nodes(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for writer, node in sorted(self._nodes.items()):
            found[node].append(writer)
        return found

    def _root_limit(self, stream: Stream) -> Limit:
        known = self._root_limits.get(stream)  # asked of every word in `public`, most of them the root's
        if known is None:
            known = self._root_limits[stream] = self._root.limit(stream, self.lineage)
        return known

    def nodes(self) -> list[str]:
        """Every node that was ever enrolled, with effect or without, and the root, by their first writers."""
        return sorted({self.root, *self._said.enrolled, *self._said.revoked} - {""})

    def node_of(self, writer: str) -> str:
        """The node a writer belongs to; "" for one that nobody enrolled."""
        return self._nodes.get(writer, "")

    def writers_of(self, node: str) -> list[str]:
        """All writers a node has had."""
        return self._writers.get(node, [])

    def succession(self, writer: str) -> ReadFact | None:
        """What introduced a writer as another's successor."""
        return self._successions.get(writer)

    def successors(self) -> Mapping[str, str]:
        """Writer -> predecessor, of every succession that is signed."""
        return {writer: one.body["predecessor"] for writer, one in self._successions.items()}

    def writers_by_key(self, beginning: str) -> list[str]:
        """The writers of the camp whose ids begin so."""
        return [writer for writer in sorted(self.keys) if writer.startswith(beginning) and self.node_of(writer)]

    def sealing_key_of(self, writer: str) -> str:
        """The key to which what one writer alone may read is closed, as hex; "" for a writer nobody has spoken of."""
        return self._sealing.get(writer, "")

    def sealing_keys(self, node: str) -> tuple[str, ...]:
        """The sealing keys of all writers of a node; of the root that on the paper, too.

        Those that were succeeded are among them: a copy that says it succeeds a laptop does not end it, and both must read on. They
        are what their owners said: what is no key is told by whoever closes something for it.
        """
        if node != self.root:
            return tuple(self.sealing_key_of(writer) for writer in self.writers_of(node))
        writers = [writer for writer in self.writers_of(node) if self._root_limit(Stream(PUBLIC, writer)).is_open]
        return (*(self.sealing_key_of(writer) for writer in writers), self._root.recovery_sealing_key)

    @property
    def recovery_key(self) -> str:
        """The key on the paper in force, which outranks the root."""
        return self._root.recovery_key

    @property
    def closed_secret(self) -> str:
        """The camp's secret, closed for the paper in force."""
        return self._root.closed_secret

    def recoveries(self) -> list[str]:
        """The ids of what was said with the recovery key and counts."""
        return [one.id for one in self._root.recovered]

    def recovered(self) -> tuple[tuple[ReadFact, ...], tuple[ReadFact, ...]]:
        """What took the root's place, and what put another paper in the place of the first, in order."""
        return self._root.recovered, self._root.papers

    # what was said of nodes

    def place(self, node: str) -> Place | None:
        """Where a node stands and what was said of it that counts; None for one that nobody enrolled with effect."""
        return self._places.get(node)

    def grants(self, node: str) -> tuple[Word, ...]:
        """A node's grants that count, in order: the last is in force."""
        place = self._places.get(node)
        return place.grants if place else ()

    def ends(self, node: str) -> tuple[Word, ...]:
        """The revocations of a node that count."""
        place = self._places.get(node)
        return place.ends if place else ()

    def state(self, node: str) -> str:
        """`root`, `granted`, `revoked`, or `unknown`."""
        if node == self.root:
            return "root"
        place = self._places.get(node)
        return "unknown" if place is None else "revoked" if place.ends else "granted"

    def revoked_on(self, node: str) -> str:
        """The day on which a node that is revoked was, as its revocation claims; ""."""
        ends = self.ends(node)
        return ends[-1].told.fact.happened_on if ends else ""

    def ended_on(self, writer: str) -> str:
        """The day on which a writer lost its rights: with its node, or as the root's, when the root was recovered; ""."""
        if self.is_root(writer):
            return "" if self.speaks(writer) else self._root.recovered[-1].fact.happened_on
        return self.revoked_on(self.node_of(writer))

    def above(self, node: str) -> list[str]:
        """The nodes above one, the parent first, the root last; of a node that nobody enrolled with effect none."""
        return self._placing.above(node)

    def below(self, node: str) -> list[str]:
        """The nodes below one that are not revoked, whoever stands above before those below."""
        found = [each for each in self._places if node in self._placing.above(each) and not self.ends(each)]
        return sorted(found, key=lambda each: (self._places[each].depth, each))

    def counted_of(self, node: str) -> list[ReadFact]:
        """What was said of a node's rights that counts: grants in order, then ends."""
        return [word.told for word in (*self.grants(node), *self.ends(node))]

    def tips(self, node: str) -> tuple[str, ...]:
        """What counts of the words about a node and no other that counts has replaced: several knew nothing of each other."""
        said = self.counted_of(node)
        before = {each for one in said for each in one.fact.replaces.split()}
        return tuple(sorted(one.id for one in said if one.id not in before))

    def without_effect(self) -> list[ReadFact]:
        """Grants, revocations and admissions that count for nothing: whoever said them does not stand above, or no longer may."""
        counted = {one.id for place in self._places.values() for one in place.told()}
        every = (told for sort in self._said for each in sort.values() for told in each)
        return [one for one in every if one.id not in counted and not self._lets_stranger(one)]

    def _lets_stranger(self, one: ReadFact) -> bool:
        return one.fact.kind == "facts_admitted" and any(one is each.told for each in self._admitted(one.body["writer"]))

    # how much counts

    def counts_in_public(self, one: ReadFact) -> bool:
        """Whether what somebody said in `public` counts: it is of the camp, and not beyond a cut."""
        return one.id not in self._void

    def is_root(self, writer: str) -> bool:
        """Whether a writer is the root's; whether what it said counts is another question."""
        return bool(self.root) and self.node_of(writer) == self.root

    def until_revoked(self, stream: Stream) -> Limit:
        """How much of a stream counts by who wrote it alone, whatever it speaks of: in `public` that is all there is to ask."""
        return self._placing.until_revoked(self.node_of(stream.writer), stream)

    def speaks(self, writer: str) -> bool:
        """Whether a writer is of the camp, and what it says from now on counts."""
        return self.until_revoked(Stream(PUBLIC, writer)).is_open

    def limit(self, stream: Stream, unit: str) -> Limit:
        """How much of a stream counts for facts about a unit."""
        about = "" if self.is_root(stream.writer) else unit  # the root's is the same for every unit, and there are many
        known = self._limits.get((stream, about))
        if known is None:
            known = self._limits[stream, about] = self._limit(stream, unit)
        return known

    def _limit(self, stream: Stream, unit: str) -> Limit:
        node = self.node_of(stream.writer)
        if node and node == self.root:
            return self._root_limit(stream)
        birth, place = self.births.of(unit), self._places.get(node)
        if place and birth and not (place.ends or place.admitted or len(place.grants) > 1 or place.grants[0].cuts):
            return ALL if self._turns_of(node, birth, "") else NONE  # as with most
        let = (each for each in self._admitted(stream.writer) if each.stream == stream)
        admitted = tuple(each.stretch for each in let if birth and self._held(each.giver, each.told.fact, birth, ""))
        if birth is None or place is None:
            return Limit((), admitted) if admitted else NONE
        steps = [Step(turn.opens, turn.word.cuts.get(stream, ())) for turn in self._turns_of(node, birth, "")]
        if steps:
            steps += [Step(opens=False, heads=word.cuts.get(stream, ())) for word in place.ends]
        return Limit(tuple(steps), admitted)

    def _admitted(self, writer: str) -> tuple[Admission, ...]:
        """The stretches of a writer's streams that were let count: of one that nobody enrolled, by the root alone."""
        place = self._places.get(self.node_of(writer))
        return place.admitted if place else self._placing.of_strangers.get(writer, ())

    def _turns_of(self, node: str, birth: Unit, line: str) -> tuple[Turn, ...]:
        """Where in a node's grants a unit comes to be covered, and where it ceases to be."""
        key = (node, birth.unit, line)
        if key not in self._turns:
            turns: list[Turn] = []
            covered = False
            for word in self._places[node].grants:
                own = word.line if word.unit == birth.unit else line
                if (word.covers(birth, line) and self._held(word.giver, word.told.fact, birth, own)) != covered:
                    covered = not covered
                    turns.append(Turn(covered, word))
            self._turns[key] = tuple(turns)
        return self._turns[key]

    def _held(self, giver: str, said: Fact, birth: Unit, line: str) -> bool:
        """Whether a node held a unit when it said something in `public` that counts there: nobody gives what they do not hold."""
        return giver == self.root or _answer(self._turns_of(giver, birth, line), said)

    def holds_whole(self, node: str, unit: str, said: Fact | None = None) -> bool:
        """Whether a node was given a unit whole, in every line, by somebody who held it so: today, or when it said something in
        `public` that counts there.
        """
        birth = self.births.of(unit)
        if node == self.root:
            return bool(node)
        if birth is None or node not in self._places:
            return False
        turns = self._whole_turns(node, birth)
        if said is None:
            return bool(turns) and turns[-1].opens and not self._places[node].ends
        return _answer(turns, said)

    def _whole_turns(self, node: str, birth: Unit) -> tuple[Turn, ...]:
        """Where in a node's grants it comes to hold a unit whole, and where it ceases to."""
        key = (node, birth.unit, _WHOLE)
        if key not in self._turns:
            turns: list[Turn] = []
            for word in self._places[node].grants:
                holds = not word.line and word.covers(birth, "") and self.holds_whole(word.giver, birth.unit, word.told.fact)
                if holds != bool(turns and turns[-1].opens):
                    turns.append(Turn(holds, word))
            self._turns[key] = tuple(turns)
        return self._turns[key]

    def covers_people(self, writer: str, unit: str) -> bool:
        """Whether a writer may say anything about the people of a unit, without end."""
        return self.limit(Stream(people_scope(unit), writer), unit).is_open

    def may_give(self, writer: str, unit: str, line: str, excluding: Iterable[str]) -> bool:
        """Whether a writer may grant a unit: its whole subtree, all lines or one, without what it was left out of itself."""
        node, birth = self.node_of(writer), self.births.of(unit)
        if not self.speaks(writer) or birth is None:
            return False
        if node == self.root:
            return True
        turns, last = self._turns_of(node, birth, line), self.grants(node)[-1]
        if not turns or not turns[-1].opens or last.line not in {"", line}:
            return False
        return all(each in excluding for each in last.excluding if self._is_below(each, unit))

    def _is_below(self, unit: str, above: str) -> bool:
        birth = self.births.of(unit)
        return birth is not None and f"/{above}/" in birth.path

    def receives(self, node: str, scope: str) -> bool:
        """Whether a node receives a scope today: asked of whoever sends and of whoever takes in, for every family.

        Personal data never travels sideways, and a scope of a family that is not known goes nowhere.
        """
        unit = scope_unit(scope)
        return bool(family_of(scope)) if unit is None else self.holds(node, unit)

    def holds(self, node: str, unit: str) -> bool:
        """Whether a node receives the scope of a unit today."""
        if node == self.root:
            return True
        birth, place = self.births.of(unit), self._places.get(node)
        if birth is None or place is None or place.ends:
            return False
        turns = self._turns_of(node, birth, "")
        return bool(turns) and turns[-1].opens

    def ever_held(self, writer: str, unit: str) -> bool:
        """Whether a writer's node was ever granted a unit: only then may it tell that unit's totals."""
        node, birth = self.node_of(writer), self.births.of(unit)
        if node not in self._places:
            return False
        return node == self.root or (birth is not None and bool(self._turns_of(node, birth, "")))


def _answer(turns: Iterable[Turn], said: Fact) -> bool:
    """Whether what opens and closes held when something was said in `public`."""
    answer = False
    for turn in turns:
        seen = turn.word.public[said.writer].has(said.seq, said.chain)
        answer = (answer or not seen) if turn.opens else (answer and seen)
    return answer


@lru_cache(maxsize=1 << 16)
def _is_signed(key: str, message: str, signature: str) -> bool:
    """A signature looked at once: trust is worked out anew whenever something is said in `public`."""
    return signed(key, message, signature)
