"""Checking the whole ledger, and one hash over all tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from campmgr.facts.fold_registry import folds_of
from campmgr.facts.world import World
from campmgr.ids import canonical
from campmgr.ledger.envelope import Stream, chain_of, digest_of, envelope_text, genesis
from campmgr.ledger.seal import seal_holds
from campmgr.store import ledger
from campmgr.store.door import Reader
from campmgr.store.tables import all_rows


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the ledger found. Problems are sentences."""

    streams: int
    facts: int
    problems: tuple[str, ...]


def verify_ledger(r: Reader, world: World) -> Checked:
    """Recompute every digest and chain value, and check every seal."""
    keys = ledger.public_keys(r)
    streams = ledger.streams(r)
    problems: list[str] = []
    facts = 0
    for stream in streams:
        count, found = _check_stream(r, world.campaign, stream, keys.get(stream.writer, ""))
        facts += count
        problems += found
    return Checked(len(streams), facts, tuple(problems))


def _check_stream(r: Reader, campaign: str, stream: Stream, key: str) -> tuple[int, list[str]]:
    """How many facts a stream has, and what is wrong with it. Branches of a fork are each followed from where they part."""
    where = f"{stream.scope} / {stream.writer[:8]}"
    problems: list[str] = []
    tips, level, seq, count = {genesis(campaign, stream).chain}, set[str](), 1, 0
    for fact in ledger.of_stream(r, stream):
        count += 1
        if fact.seq != seq:
            tips, level, seq = level, set(), seq + 1
        if fact.seq != seq:
            problems.append(f"{where}：第 {seq} 条缺失")
            seq = fact.seq
            tips = set()
        if fact.body is not None and (fact.salt is None or digest_of(fact.salt, fact.body) != fact.digest):
            problems.append(f"{where}：第 {fact.seq} 条的内容与摘要不符")
        envelope = envelope_text(campaign, fact)
        if tips and not any(chain_of(tip, envelope) == fact.chain for tip in tips):
            problems.append(f"{where}：第 {fact.seq} 条的链值不符")
        level.add(fact.chain)
    problems += _check_seals(r, campaign, stream, key, level)
    return count, problems


def _check_seals(r: Reader, campaign: str, stream: Stream, key: str, ends: set[str]) -> Iterator[str]:
    """Every seal is the writer's, and every end of the stream is sealed."""
    where = f"{stream.scope} / {stream.writer[:8]}"
    seals = ledger.seals_of(r, stream)
    for mark in seals:
        if not seal_holds(key, campaign, stream, mark):
            yield f"{where}：第 {mark.seq} 条的封签无效"
    if ends - {mark.chain for mark in seals}:
        yield f"{where}：末尾没有封签"


def state_hash(r: Reader) -> str:
    """SHA-256 over every folded table in key order: equal on nodes that hold the same facts (docs/ledger.md#folds)."""
    digest = hashlib.sha256()
    for table in folds_of(r).tables:
        digest.update(f"{table.name}\n".encode())
        for row in all_rows(r, table):
            digest.update(canonical(row).encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()
