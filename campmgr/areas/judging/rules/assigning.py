"""Who judges which work: as evenly as the recusals allow, drawn by a seed, equal on every laptop (003, worked example 16).

Works take the least loaded judges one after the other; then loads are evened out along chains (a gives a work to b, who gives
another to c) until no chain leads from a judge to one with two works fewer. What is left is as even as it can be: only such a
chain could lessen the sum of the squares of all loads (semi-matchings, Harvey, Ladner, Lovász and Tamir 2006).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Assigned:
    """New pairs (work, judge); how many works each judge has in all; (work, has, needs) of those with too few judges."""

    pairs: tuple[tuple[str, str], ...]
    loads: Mapping[str, int]
    short: tuple[tuple[str, int, int], ...]


def assign(
    entries: Iterable[str], judges: Iterable[str], per_work: int, seed: str,
    recused: Collection[tuple[str, str]] = frozenset(), held: Collection[tuple[str, str]] = frozenset(),
) -> Assigned:  # fmt: skip
    """Give every work `per_work` judges, none of whom is recused from it; pairs that are held already stay.

    The order in which works and judges are named never matters.
    """
    draw = _Draw(sorted(set(entries)), sorted(set(judges)), per_work, seed, recused, held)
    draw.deal()
    draw.even_out()
    return draw.result()


class _Draw:
    """Works and judges by number; sets of judges are the bits of a whole number."""

    def __init__(
        self, entries: Sequence[str], judges: Sequence[str], per_work: int, seed: str,
        recused: Collection[tuple[str, str]], held: Collection[tuple[str, str]],
    ) -> None:  # fmt: skip
        self._entries, self._judges, self._per_work = entries, judges, per_work
        place, row = {judge: at for at, judge in enumerate(judges)}, {entry: at for at, entry in enumerate(entries)}
        everybody = (1 << len(judges)) - 1
        self._free = [everybody] * len(entries)  # who may still be given the work
        self._loads = [0] * len(judges)
        self._has = [0] * len(entries)
        for entry, judge in recused:
            if entry in row and judge in place:
                self._free[row[entry]] &= ~(1 << place[judge])
        for entry, judge in sorted(held):
            if entry in row and judge in place:
                self._free[row[entry]] &= ~(1 << place[judge])
                self._loads[place[judge]] += 1
            if entry in row:
                self._has[row[entry]] += 1
        self._given: list[set[int]] = [set() for _ in judges]  # the works that each judge is newly given
        self._lots = [_lot(seed, entry) for entry in entries]
        self._judge_lots = [_lot(seed, "judge", judge) for judge in judges]

    def deal(self) -> None:
        """Each work to the least loaded of those who may; works with the fewest of those first, equals by lot."""
        loads, lots = self._loads, self._judge_lots
        order = sorted(range(len(self._entries)), key=lambda at: (self._free[at].bit_count(), self._lots[at]))
        for entry in order:
            missing = self._per_work - self._has[entry]
            if missing <= 0:
                continue
            lot, free = self._lots[entry], self._free[entry]
            able = [judge for judge in range(len(loads)) if free >> judge & 1]
            able.sort(key=lambda judge: (loads[judge], lots[judge] ^ lot))
            for judge in able[:missing]:
                self._give(entry, judge)

    def even_out(self) -> None:
        """Shift works along chains while one leads from a judge to another with at least two fewer."""
        stuck: set[int] = set()
        while True:
            least = min(self._loads, default=0)
            heavy = [at for at, load in enumerate(self._loads) if load > least + 1 and at not in stuck]
            if not heavy:
                return
            start = max(heavy, key=lambda at: (self._loads[at], self._judge_lots[at]))
            chain = self._chain(start)
            if chain is None:
                stuck.add(start)
                continue
            for giver, entry, taker in chain:
                self._take(entry, giver)
                self._give(entry, taker)
            stuck.clear()

    def result(self) -> Assigned:
        """What was drawn."""
        pairs = [(self._entries[entry], self._judges[judge]) for judge, some in enumerate(self._given) for entry in some]
        short = [(entry, self._has[at], self._per_work) for at, entry in enumerate(self._entries) if self._has[at] < self._per_work]
        return Assigned(tuple(sorted(pairs)), dict(zip(self._judges, self._loads, strict=True)), tuple(short))

    def _chain(self, start: int) -> list[tuple[int, int, int]] | None:
        """The shortest chain of (giver, work, taker) from a judge to one with at least two works fewer."""
        came: dict[int, tuple[int, int]] = {}
        waiting, seen = deque([start]), 1 << start
        while waiting:
            giver = waiting.popleft()
            for entry in sorted(self._given[giver]):
                fresh = self._free[entry] & ~seen
                while fresh:
                    taker = (fresh & -fresh).bit_length() - 1
                    fresh &= fresh - 1
                    seen |= 1 << taker
                    came[taker] = (giver, entry)
                    if self._loads[taker] <= self._loads[start] - 2:
                        return _way(came, start, taker)
                    waiting.append(taker)
        return None

    def _give(self, entry: int, judge: int) -> None:
        self._free[entry] &= ~(1 << judge)
        self._loads[judge] += 1
        self._has[entry] += 1
        self._given[judge].add(entry)

    def _take(self, entry: int, judge: int) -> None:
        self._free[entry] |= 1 << judge
        self._loads[judge] -= 1
        self._has[entry] -= 1
        self._given[judge].remove(entry)


def _way(came: Mapping[int, tuple[int, int]], start: int, taker: int) -> list[tuple[int, int, int]]:
    chain = []
    while taker != start:
        giver, entry = came[taker]
        chain.append((giver, entry, taker))
        taker = giver
    return chain


def _lot(*parts: str) -> int:
    """A number that nobody can foresee without the seed, and everybody can compute with it."""
    return int.from_bytes(sha256("\n".join(parts).encode()).digest()[:8], "big")
