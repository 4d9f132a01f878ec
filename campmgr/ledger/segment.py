"""A segment: a run of one stream that ends at a seal, the only thing that travels (docs/ledger.md#packs).

Its facts are read one after another and never held all at once: each line gives a fact whose chain value is computed from
the one before, and the seal over the last value proves them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from campmgr.clock import LARGEST
from campmgr.ids import canonical
from campmgr.ledger.carrier import CARRIERS, carrier_holds
from campmgr.ledger.envelope import Fact, Stream, are_ids, body_fits, chain_of, envelope_text, genesis
from campmgr.ledger.kinds import decoded
from campmgr.ledger.seal import Seal, seal_holds


class Segment(NamedTuple):
    """What a segment says before its facts: where it belongs, what it follows, and the seal it ends with."""

    stream: Stream
    start: int
    previous: str
    seal: Seal

    @property
    def length(self) -> int:
        """How many facts it has."""
        return self.seal.seq - self.start + 1


_OR_NULL = (str, type(None))
_LINE_TYPES = frozenset(
    (int, str, int, str, str, batch, client_id, list, str, str, str, salt, body)
    for batch, client_id, salt, body in product(_OR_NULL, repeat=4)
)
"""The types that the values of a line may have, one after another."""


LONGEST_TEXTS = 1 << 13
"""Characters of all texts of an envelope together."""

MOST_FACTS = 2000
"""Facts that are held at once, at most."""

_MOST_TEXT = 8 << 20


class Damaged(ValueError):
    """The bytes are not what their writer sealed; the text says what does not fit, for the person with the stick."""


def fact_line(fact: Fact) -> str:
    """A fact as one line: the envelope fields that the segment does not say already, then salt and body."""
    return canonical(
        [fact.clock, fact.kind, fact.v, fact.subject, fact.actor, fact.batch, fact.client_id, fact.replaces.split(),
         fact.happened_on, fact.recorded_at, fact.digest, fact.salt, fact.body]
    )  # fmt: skip


def fact_of_line(campaign: str, stream: Stream, seq: int, previous: str, values: object) -> Fact:
    """The fact of a line, its chain value computed and its body checked against the digest. Raises Damaged."""
    if not isinstance(values, list) or tuple(map(type, values)) not in _LINE_TYPES:
        raise Damaged("一行不是一条记录，或字段类型不对")
    clock, kind, v, subject, actor, batch, client_id, replaces, happened_on, recorded_at, digest, salt, body = values
    if replaces and not are_ids(replaces):
        raise Damaged("一行所取代的记录编号不对")
    if (
        sum(map(len, filter(None, (kind, subject, actor, batch, client_id, happened_on, recorded_at, digest, salt))))
        > LONGEST_TEXTS
    ):
        raise Damaged("一行的文字太长")
    fact = Fact(stream.scope, stream.writer, seq, clock, kind, v, subject, actor, batch, client_id, " ".join(replaces), happened_on,
                recorded_at, digest, previous, "", salt, body)  # fmt: skip
    if not (0 <= clock <= LARGEST and 0 < v < 1 << 31 and seq <= LARGEST):
        raise Damaged("一行的数字超出范围")
    _check_body(campaign, fact)
    try:
        return fact._replace(chain=chain_of(previous, envelope_text(campaign, fact)))
    except ValueError as problem:  # no chain value before it, or a text that is no Unicode and could not be stored
        raise Damaged("一行的文字或链值不对") from problem


def _check_body(campaign: str, fact: Fact) -> None:
    if fact.body is None:
        if fact.salt is not None:
            raise Damaged("一条记录有盐而没有内容")
        return
    if not body_fits(fact):
        raise Damaged("一条记录的内容与摘要不符")
    if fact.kind in CARRIERS:
        body = decoded(fact.body)
        if body is None or not carrier_holds(campaign, body):
            raise Damaged("一条转送的记录不完整")


def check_start(campaign: str, segment: Segment) -> None:
    """A segment has facts, and the first of a stream follows the stream's own beginning. Raises Damaged."""
    if segment.length < 1 or segment.start < 1:
        raise Damaged("片段的编号不对")
    if segment.start == 1 and segment.previous != genesis(campaign, segment.stream).chain:
        raise Damaged("片段的开头与流不符")


def check_seal(campaign: str, key: str, segment: Segment, chain: str) -> None:
    """The chain value reached is the sealed one, and the seal is the writer's. Raises Damaged."""
    if chain != segment.seal.chain:
        raise Damaged("记录的链值与封签不符")
    if not seal_holds(key, campaign, segment.stream, segment.seal):
        raise Damaged("封签不是写入者的")


def in_runs(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    """Facts in runs that fit into memory: so many, and fewer where their bodies are long."""
    run: list[Fact] = []
    size = 0
    for fact in facts:
        run.append(fact)
        size += len(fact.body or "") + len(fact.replaces)
        if len(run) == MOST_FACTS or size > _MOST_TEXT:
            yield run
            run, size = [], 0
    if run:
        yield run
