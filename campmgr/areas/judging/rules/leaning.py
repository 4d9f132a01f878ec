"""What hangs on one judge or one method: who would win without each judge, and under each other method (H-19)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from campmgr.areas.judging.rules.methods import Frame, Marked, placing, reckon, sums_of, under
from campmgr.areas.judging.settings import METHODS

_KEPT_STANDINGS = 4
"""Of how many rounds places are kept, without each judge and under each method."""

_OWN_MARKS_ALONE = frozenset({"raw", "trimmed"})
"""Methods by which a work's score hangs on its own marks alone, so that without a judge only those that they
marked change."""

Places = Mapping[str, int]
"""Works with their places, the best first."""


class Standings(NamedTuple):
    """Places as reckoned, without each judge, and under each other method."""

    whole: Places
    without: Mapping[str, Places]
    under: Mapping[str, Places]


@dataclass(frozen=True, slots=True)
class Leaning:
    """The works that win: as reckoned, without each judge, and under each other method."""

    winners: tuple[str, ...]
    without: Mapping[str, tuple[str, ...]]
    under: Mapping[str, tuple[str, ...]]

    @property
    def judges(self) -> tuple[str, ...]:
        """The judges without any one of whom other works would stand there."""
        return tuple(judge for judge, others in self.without.items() if set(others) != set(self.winners))

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods under which other works would stand there."""
        return tuple(method for method, others in self.under.items() if set(others) != set(self.winners))


def first(places: Places, slots: int) -> tuple[str, ...]:
    """The works in the first places, equals at the last slot all of them."""
    return tuple(takewhile(lambda entry: places[entry] <= slots, places))


def standings(marked: Iterable[Marked], frame: Frame, method: str) -> Standings:
    """Places as reckoned, as they would be had each judge not taken part, and under each other method."""
    return _standings(tuple(marked), frame, method)


@lru_cache(maxsize=_KEPT_STANDINGS)
def _standings(marked: tuple[Marked, ...], frame: Frame, method: str) -> Standings:
    reckoned, sums = reckon(marked, frame), sums_of(marked, frame)
    scores, without = reckoned.scores(method), dict[str, Places]()
    for judge in sorted({each.judge for each in marked}):
        met = {
            entry: {each: value for each, value in given.items() if each != judge}
            for entry, given in sums.items()
            if judge in given
        }
        left = {entry: met.get(entry, given) for entry, given in sums.items() if met.get(entry, given)}
        again = left.keys() & met.keys() if method in _OWN_MARKS_ALONE else left.keys()
        without[judge] = placing({entry: scores[entry] for entry in left} | under(method, left, again, frame))
    return Standings(placing(scores), without, {each: placing(reckoned.scores(each)) for each in METHODS if each != method})


def leaning(marked: Iterable[Marked], frame: Frame, method: str, slots: int, among: Collection[str] | None = None) -> Leaning:
    """What the first places depend on: the lists without each judge and under each other method. `among`: the works of which the
    places are, None for all.
    """

    def winners(places: Places) -> tuple[str, ...]:
        own = places if among is None else placing({each: Decimal(-place) for each, place in places.items() if each in among})
        return first(own, slots)

    return leaning_of(standings(marked, frame, method), winners)


def leaning_of(found: Standings, winners: Callable[[Places], tuple[str, ...]]) -> Leaning:
    """What it depends on who wins, by places."""
    return Leaning(
        winners(found.whole),
        {judge: winners(each) for judge, each in found.without.items()},
        {method: winners(each) for method, each in found.under.items()},
    )


def leaning_words(award: str, found: Leaning, names: Mapping[str, str]) -> str:
    """The sentence for a page, "" where neither a judge nor a method alone decides: 金奖依赖评委 甲、乙、丙 各一人…"""
    said = []
    if found.judges:
        told = "、".join(names.get(each, each) for each in found.judges)
        said.append(f"{award}依赖评委 {told}{' 各一人' if len(found.judges) > 1 else ' 一人'}")
    if found.methods:
        said.append(f"换用{'、'.join(METHODS[each] for each in found.methods)}，{award}会不同")
    return "；".join(said)
