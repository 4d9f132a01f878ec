"""Checking the whole ledger, and one hash over all tables."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold_registry import folds_of
from campmgr.facts.law import unlawful
from campmgr.ids import canonical
from campmgr.ledger.carrier import CARRIERS, carrier_holds
from campmgr.ledger.envelope import Fact, Stream, body_fits, chain_of, envelope_text, genesis
from campmgr.ledger.kinds import decoded, is_known
from campmgr.ledger.seal import Seal, seal_holds
from campmgr.store import ledger
from campmgr.store.door import Reader
from campmgr.store.tables import Table, all_rows


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the ledger found. Problems are sentences."""

    streams: int
    facts: int
    problems: tuple[str, ...]


def verify_ledger(r: Reader) -> Checked:
    """Recompute every digest and chain value, and check every body, carrier and seal. Needs nothing that facts say to be whole."""
    keys, campaign = ledger.public_keys(r), r.meta("campaign")
    streams = sorted({*ledger.streams(r), *ledger.sealed_streams(r)})
    problems: list[str] = []
    facts = 0
    for stream in streams:
        checking = _StreamCheck(r, campaign, stream, keys.get(stream.writer, ""))
        checking.run()
        facts += checking.count
        where = f"{stream.scope} / {stream.writer[:8]}"
        problems += [f"{where}：{problem}" for problem in checking.problems]
    return Checked(len(streams), facts, tuple(problems))


class _StreamCheck:
    """Checks one stream, number after number; of a forked one every branch. Holds the facts of one number at a time."""

    def __init__(self, r: Reader, campaign: str, stream: Stream, key: str) -> None:
        self._r = r
        self._kinds = kinds_of(r)
        self._campaign = campaign
        self._stream = stream
        self._key = key
        self.count = 0
        self.problems: list[str] = []

    def run(self) -> None:
        """Check all of it; what is wrong stands in `problems`."""
        seals = {mark.chain: mark for mark in ledger.seals_of(self._r, self._stream)}
        self.problems += [f"第 {mark.seq} 条的封签无效" for mark in seals.values() if not self._is_own(mark)]
        missing, before, seq = dict(seals), {genesis(self._campaign, self._stream).chain}, 0
        for number, run in groupby(ledger.of_stream(self._r, self._stream), lambda fact: fact.seq):
            if number != seq + 1:
                self.problems.append(f"第 {seq + 1} 条缺失")
                before = set()
            here, followed = set[str](), set[str]()
            for fact in run:
                self.count += 1
                self._check(fact, before)
                here.add(fact.chain)
                followed.add(fact.previous)
                missing.pop(fact.chain, None)
            self._check_ends(before - followed if seq else set(), seals, seq)
            before, seq = here, number
        self._check_ends(before if seq else set(), seals, seq)
        self.problems += [f"第 {mark.seq} 条有封签，记录却缺失" for mark in missing.values()]

    def _is_own(self, mark: Seal) -> bool:
        return seal_holds(self._key, self._campaign, self._stream, mark)

    def _check_ends(self, ends: set[str], seals: Collection[str], seq: int) -> None:
        if any(chain not in seals for chain in ends):
            self.problems.append(f"末尾没有封签（第 {seq} 条）")

    def _check(self, fact: Fact, before: set[str]) -> None:
        try:
            fits = chain_of(fact.previous, envelope_text(self._campaign, fact)) == fact.chain
        except ValueError:  # a chain value that is no hex any more
            fits = False
        if not fits or (before and fact.previous not in before):
            self.problems.append(f"第 {fact.seq} 条的链值不符")
        if problem := self._body_problem(fact):
            self.problems.append(f"第 {fact.seq} 条{problem}")

    def _body_problem(self, fact: Fact) -> str:
        if fact.body is None:
            kind = self._kinds.get(fact.kind)
            return "缺少内容" if kind and is_known(self._kinds, fact) and not kind.erasable else ""
        if not body_fits(fact):
            return "的内容与摘要不符"
        if fact.kind not in CARRIERS:
            return ""
        body = decoded(fact.body)
        if body is None or not carrier_holds(self._campaign, body):
            return "转送的记录不完整"
        return "转送的记录缺少内容" if body["body"] is None and unlawful(self._kinds, fact) else ""


def state_hash(r: Reader) -> str:
    """SHA-256 over every folded table in key order: equal on nodes that hold the same facts (docs/ledger.md#folds)."""
    digest = hashlib.sha256()
    for table in folds_of(r).tables:
        _add(digest, r, table)
    return digest.hexdigest()


def table_hash(r: Reader, table: Table) -> str:
    """The same over one table."""
    digest = hashlib.sha256()
    _add(digest, r, table)
    return digest.hexdigest()


def _add(digest: hashlib._Hash, r: Reader, table: Table) -> None:
    digest.update(f"{table.name}\n".encode())
    for row in all_rows(r, table):
        digest.update(canonical(row).encode("utf-8", "surrogatepass") + b"\n")
