"""Who may say what: a pure function of the facts in `public` and `units/*` (docs/ledger.md#trust).

Nothing here looks at arrival. Grants, revocations and successions are read in total order; whether a stream may speak for a
unit comes out as a limit: the last number that counts, and where a revocation cut it, the chain value it was cut at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from campmgr.facts.births import Birth, Births
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Stream, family_of, people_scope, scope_unit, subject_key
from campmgr.ledger.order import ReadFact
from campmgr.ledger.seal import signed, writer_of

WITHOUT_END = 2**62


class Limit(NamedTuple):
    """How far a stream counts: up to this number; `chain` names the branch where a cut chose one."""

    seq: int
    chain: str = ""


ALL = Limit(WITHOUT_END)
NONE = Limit(0)


class GrantEvent(NamedTuple):
    """What happened to a node's rights: a grant (unit, line or "" for all, units left out), or an end with its cuts."""

    sort: str
    unit: str
    line: str
    excluding: tuple[str, ...]
    cuts: tuple[tuple[str, str, int, str], ...]
    parent: str
    number: int

    def cut_of(self, stream: Stream) -> Limit:
        """Where this event cut a stream; a stream it does not name was cut before its first fact."""
        for scope, writer, seq, chain in self.cuts:
            if (scope, writer) == stream:
                return Limit(seq, chain)
        return NONE


def campaign_id(root_key: str, nonce: str) -> str:
    """A camp's id: a hash of its root key and a nonce, so that nobody else can open it again (docs/ledger.md#ids).

    The nonce is the recovery key, so that whoever steals the root's key cannot put another paper in place of the printed one.
    """
    return hash_id("campaign", root_key, nonce)


def succession_message(campaign: str, predecessor: str, key: str, sealing_key: str) -> str:
    """What a predecessor's key signs to introduce its successor."""
    return f"campmgr-succession {campaign} {predecessor} {key} {sealing_key}"


class Trust:
    """Answers `limit(stream, unit)`: how much of a stream counts when it speaks for a unit."""

    def __init__(self, campaign: str, public: Iterable[ReadFact], births: Births) -> None:
        self.campaign = campaign
        self.births = births
        self.root = ""
        self.keys: dict[str, str] = {}
        self._sealing: dict[str, str] = {}
        self._recovery_sealing = ""
        self._grants: dict[str, list[ReadFact]] = defaultdict(list)
        self._successions: dict[str, ReadFact] = {}
        self._events: dict[str, list[GrantEvent]] = {}
        self._deciding = 0
        self._limits: dict[tuple[Stream, str], Limit] = {}
        for one in public:
            self._take(one)
        births.bind(self)
        for node in self.nodes():
            self.events(node)

    @property
    def settled(self) -> bool:
        """Whether no node's rights are being decided at this moment: only then may answers be remembered."""
        return self._deciding == 0

    def _take(self, one: ReadFact) -> None:
        kind, body = one.fact.kind, one.body
        if kind == "campaign_opened" and not self.root:
            key = body["root_key"]
            if (
                campaign_id(key, body["recovery_key"] + body["recovery_sealing_key"]) == self.campaign
                and writer_of(key) == one.fact.writer
            ):
                self.root = one.fact.writer
                self.keys[self.root] = key
                self._sealing[self.root] = body["sealing_key"]
                self._recovery_sealing = body["recovery_sealing_key"]
        elif kind in {"node_enrolled", "node_revoked"}:
            self._grants[subject_key(one.fact.subject)].append(one)
            if kind == "node_enrolled":
                self._know(body)
        elif kind == "writer_succeeded":
            self._successions.setdefault(one.fact.writer, one)
            self._know(body)

    def _know(self, body: Mapping[str, str]) -> None:
        writer = writer_of(body["key"])
        self.keys.setdefault(writer, body["key"])
        self._sealing.setdefault(writer, body["sealing_key"])

    def sealing_key_of(self, writer: str) -> str:
        """The key to which what one writer alone may read is closed, as hex; "" for a writer nobody has spoken of."""
        return self._sealing.get(writer, "")

    def sealing_keys(self, node: str) -> tuple[str, ...]:
        """The sealing keys of a node's present writers, those that nobody has succeeded; of the root that on the paper, too.

        They are what their owners said: what is no key is told by whoever closes something for it.
        """
        before = set(self.successors().values())
        writers = [writer for writer in sorted({node, *self._successions}) if writer not in before and self.node_of(writer) == node]
        keys = [self.sealing_key_of(writer) for writer in writers]
        return tuple([*keys, self._recovery_sealing] if node == self.root else keys)

    def nodes(self) -> list[str]:
        """Every node that was ever enrolled, and the root, by their first writers."""
        return sorted({self.root, *self._grants} - {""})

    def node_of(self, writer: str) -> str:
        """The node a writer belongs to: follow the successions back to its first writer; "" when one is not signed."""
        seen = set()
        while (one := self._successions.get(writer)) and writer not in seen:
            seen.add(writer)
            body = one.body
            key = self.keys.get(body["predecessor"], "")
            message = succession_message(self.campaign, body["predecessor"], body["key"], body["sealing_key"])
            if writer_of(body["key"]) != writer or not signed(key, message, body["signature"]):
                return ""
            writer = body["predecessor"]
        return writer if writer == self.root or writer in self._grants else ""

    def succession(self, writer: str) -> ReadFact | None:
        """What introduced a writer as another's successor."""
        return self._successions.get(writer)

    def successors(self) -> Mapping[str, str]:
        """Writer -> predecessor, of every succession seen."""
        return {writer: one.body["predecessor"] for writer, one in self._successions.items()}

    def is_root(self, writer: str) -> bool:
        """Whether a writer is the camp's root or one of its successors."""
        return bool(self.root) and self.node_of(writer) == self.root

    def events(self, node: str) -> list[GrantEvent]:
        """A node's grants and revocations that count, in order. Asked while they are being decided, those decided so far."""
        if node in self._events:
            return self._events[node]
        found: list[GrantEvent] = []
        self._events[node] = found
        self._deciding += 1
        for one in _after_what_they_replace(self._grants.get(node, ())):
            if event := self._event(node, one):
                found.append(event)  # noqa: PERF401 - what is decided so far must be seen while the rest is being decided
        self._deciding -= 1
        return found

    def _event(self, node: str, one: ReadFact) -> GrantEvent | None:
        fact, body = one.fact, one.body
        giver = self.node_of(fact.writer)
        if not giver or giver == node:
            return None
        cuts = tuple((str(c[0]), str(c[1]), int(c[2]), str(c[3])) for c in body["cuts"] if _is_cut(c))
        stream = Stream(fact.scope, fact.writer)
        if fact.kind == "node_enrolled":
            line = body["line"] or ""
            excluding = tuple(str(unit) for unit in body["excluding"])
            given = GrantEvent("granted", body["unit"], line, excluding, cuts, giver, body["number"])
            if writer_of(body["key"]) != node or not self._within(giver, stream, fact.seq, given):
                return None
            return given
        if giver != self.root and fact.seq > self._public_limit(giver, stream).seq:
            return None
        if giver != self.root and giver not in self.ancestors(node):
            return None
        return GrantEvent("revoked", "", "", (), cuts, giver, 0)

    def counts_in_public(self, one: ReadFact) -> bool:
        """Whether what a node said in `public` of its own doing counts: it is of the camp, and this is not beyond a cut."""
        node = self.node_of(one.fact.writer)
        return bool(node) and (
            node == self.root or one.fact.seq <= self._public_limit(node, Stream(one.fact.scope, one.fact.writer)).seq
        )

    def revoked_on(self, node: str) -> str:
        """The day on which a node that is revoked now was, as its revocation claims; ""."""
        counted = self.counted_of(node)
        return counted[-1].fact.happened_on if counted and counted[-1].fact.kind == "node_revoked" else ""

    def writers_by_key(self, beginning: str) -> list[str]:
        """The writers of the camp whose ids begin so."""
        return [writer for writer in sorted(self.keys) if writer.startswith(beginning) and self.node_of(writer)]

    def ancestors(self, node: str) -> list[str]:
        """The nodes above one, by who enrolled whom: those that enrolled it, then those that enrolled them."""
        found: list[str] = []
        waiting = [node]
        while waiting:
            for event in self.events(waiting.pop(0)):
                if event.sort == "granted" and event.parent not in found and event.parent != node:
                    found.append(event.parent)
                    waiting.append(event.parent)
        return found

    def _public_limit(self, giver: str, stream: Stream) -> Limit:
        """How far a node's public stream counts: up to where a revocation cut it."""
        answer = NONE
        for event in self.events(giver):
            answer = ALL if event.sort == "granted" else event.cut_of(stream)
        return answer

    def _within(self, giver: str, stream: Stream, seq: int, given: GrantEvent) -> bool:
        """Whether the giver held what it gives: the unit's whole subtree, all lines if it gives all, nothing it was left out of."""
        if giver == self.root:
            return True
        if seq > self.limit(stream, given.unit, line=given.line, whole=True).seq:
            return False
        left_out = {unit for event in self.events(giver) if event.sort == "granted" for unit in event.excluding}
        return all(unit in given.excluding or not self._below(unit, given.unit) for unit in left_out)

    def _below(self, unit: str, above: str) -> bool:
        birth = self.births.of(unit)
        return birth is not None and f"/{above}/" in birth.path

    def limit(self, stream: Stream, unit: str, *, line: str | None = None, whole: bool = False) -> Limit:
        """How far a stream counts for facts about a unit. `whole` asks for the right to the subtree (for giving it on)."""
        if not whole and (known := self._limits.get((stream, unit))) is not None:
            return known
        node = self.node_of(stream.writer)
        if not node:
            answer = NONE
        elif node == self.root:
            answer = ALL
        else:
            answer = self._walk(node, stream, self.births.of(unit), line if whole else None, whole=whole)
        if not whole and self.settled:
            self._limits[stream, unit] = answer
        return answer

    def _walk(self, node: str, stream: Stream, birth: Birth | None, line: str | None, *, whole: bool) -> Limit:
        answer = NONE
        for event in self.events(node):
            if event.sort == "granted" and birth is not None and covers(event, birth, line, whole=whole):
                answer = ALL
            elif answer is ALL:
                answer = event.cut_of(stream)
        return answer

    def covers_people(self, writer: str, unit: str) -> bool:
        """Whether a writer may say anything about the people of a unit, without end."""
        return self.limit(Stream(people_scope(unit), writer), unit).seq == WITHOUT_END

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
        events = self.events(node)
        birth = self.births.of(unit)
        if not events or birth is None or events[-1].sort != "granted":
            return False
        return covers(events[-1], birth, None, whole=False)

    def counted_of(self, node: str) -> list[ReadFact]:
        """Those of the grants and revocations said of a node whose givers had the right, in order: what its events come from."""
        return [one for one in self.said_of(node) if self._event(node, one)]

    def said_of(self, node: str) -> list[ReadFact]:
        """The grants and revocations said of a node, in the order in which they count."""
        return _after_what_they_replace(self._grants.get(node, ()))

    def last_word(self, node: str) -> str | None:
        """The id of the last grant or revocation said of a node, for the next one to replace."""
        said = self.said_of(node)
        return said[-1].id if said else None

    def ever_held(self, writer: str, unit: str) -> bool:
        """Whether a writer's node was ever granted a unit: only then may it tell that unit's totals."""
        node, birth = self.node_of(writer), self.births.of(unit)
        granted = [event for event in self.events(node) if event.sort == "granted"]
        return node == self.root or (birth is not None and any(covers(event, birth, None, whole=False) for event in granted))


def covers(event: GrantEvent, birth: Birth, line: str | None, *, whole: bool) -> bool:
    """Whether a grant covers a unit by its birth path; `whole`: also everything that may be born below it."""
    above = birth.path.split("/")[1:-1]
    if event.unit not in above or any(unit in above for unit in event.excluding):
        return False
    if whole:
        return not event.line or line == event.line
    return not event.line or birth.line == event.line or birth.unit == event.unit


def _is_cut(cut: object) -> bool:
    return isinstance(cut, list) and [type(part) for part in cut] == [str, str, int, str]


def _after_what_they_replace(told: Sequence[ReadFact]) -> list[ReadFact]:
    """In total order, save that nothing comes before what it replaces: a clock that runs ahead keeps no grant alive."""
    waiting, ids = list(told), {one.id for one in told}
    placed: dict[str, ReadFact] = {}
    while waiting:
        ready = next(
            (one for one in waiting if all(each not in ids or each in placed for each in one.fact.replaces.split())), waiting[0]
        )
        waiting.remove(ready)
        placed[ready.id] = ready
    return list(placed.values())
