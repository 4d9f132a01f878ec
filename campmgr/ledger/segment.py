"""A segment: a run of one stream that ends at a seal, the only thing that travels (design 2.1)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from campmgr.ids import canonical
from campmgr.ledger.carrier import CARRIER, carrier_holds
from campmgr.ledger.envelope import Fact, Head, Stream, chain_of, digest_of, envelope_text, genesis
from campmgr.ledger.seal import Seal, seal_holds
from campmgr.ledger.upcast import read_body


class Segment(NamedTuple):
    """Facts after `previous` (the chain value they follow) up to and including the sealed one."""

    stream: Stream
    previous: str
    facts: list[Fact]
    seal: Seal

    @property
    def start(self) -> int:
        """The number of its first fact."""
        return self.facts[0].seq


class Flaw(StrEnum):
    """What can be wrong with a segment's bytes, in the words of the person who carries the stick."""

    EMPTY = "空的片段"
    NUMBERS = "编号不连续"
    STREAM = "混有别的流的记录"
    BODY = "内容与摘要不符"
    CHAIN = "链值不符"
    SEAL = "签名无效"
    CARRIED = "转送的记录不完整"


def flaw_of(campaign: str, key: str, segment: Segment) -> Flaw | None:
    """Check a segment by itself: numbers, digests, chain and seal. `key` is the writer's public key."""
    if not segment.facts:
        return Flaw.EMPTY
    chain, seq = segment.previous, segment.start
    if seq == 1 and chain != genesis(campaign, segment.stream).chain:
        return Flaw.CHAIN
    for fact in segment.facts:
        if flaw := _flaw_of_fact(campaign, segment.stream, seq, fact):
            return flaw
        chain = chain_of(chain, envelope_text(campaign, fact))
        if chain != fact.chain:
            return Flaw.CHAIN
        seq += 1
    if (segment.seal.seq, segment.seal.chain) != (seq - 1, chain):
        return Flaw.SEAL
    return None if seal_holds(key, campaign, segment.stream, segment.seal) else Flaw.SEAL


def _flaw_of_fact(campaign: str, stream: Stream, seq: int, fact: Fact) -> Flaw | None:
    if (fact.scope, fact.writer) != stream:
        return Flaw.STREAM
    if fact.seq != seq:
        return Flaw.NUMBERS
    if fact.body is None:
        return None
    try:
        if fact.salt is None or digest_of(fact.salt, fact.body) != fact.digest:
            return Flaw.BODY
    except ValueError:
        return Flaw.BODY
    if fact.kind == CARRIER:
        body = read_body(fact)
        if body is None or not carrier_holds(campaign, body):
            return Flaw.CARRIED
    return None


def head_after(segment: Segment) -> Head:
    """The head a stream has once the segment is appended."""
    last = segment.facts[-1]
    return Head(last.seq, last.chain, last.clock)


def fact_line(fact: Fact) -> str:
    """A fact as one line of a pack: the fields of its envelope that the segment does not say already, body and salt."""
    return canonical(
        [fact.clock, fact.kind, fact.v, fact.subject, fact.actor, fact.batch, fact.client_id, fact.replaces,
         fact.happened_on, fact.recorded_at, fact.digest, fact.salt, fact.body]
    )  # fmt: skip


LINE_TYPES: tuple[tuple[type, ...], ...] = (
    (int,), (str,), (int,), (str,), (str,), (str, type(None)), (str, type(None)), (str, type(None)),
    (str,), (str,), (str,), (str, type(None)), (str, type(None)),
)  # fmt: skip


def fact_of_line(campaign: str, stream: Stream, seq: int, previous: str, values: object) -> Fact:
    """The fact of a pack's line, its chain value recomputed. Raises ValueError when the line has not a fact's form."""
    if not isinstance(values, list) or len(values) != len(LINE_TYPES):
        raise ValueError("not a fact's fields")
    if any(type(value) not in types for value, types in zip(values, LINE_TYPES, strict=True)):
        raise ValueError("a field of another type")
    clock, kind, v, subject, actor, batch, client_id, replaces, happened_on, recorded_at, digest, salt, body = values
    fact = Fact(stream.scope, stream.writer, seq, clock, kind, v, subject, actor, batch, client_id, replaces, happened_on,
                recorded_at, digest, "", salt, body)  # fmt: skip
    return fact._replace(chain=chain_of(previous, envelope_text(campaign, fact)))
