"""Chance that repeats: every draw follows from the dice's name alone, on every machine and in every version of Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from campmgr.ids import sha256

T = TypeVar("T")

_BITS = 32
_DRAWS = 256 // _BITS


class Dice:
    """A row of draws that belongs to a name; two dice of one name throw the same, dice of other names know nothing of it."""

    def __init__(self, *name: object) -> None:
        self._name = "/".join(map(str, name))
        self._turn = 0
        self._pool = 0

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, `limit` (at most 2**32)."""
        if self._turn % _DRAWS == 0:
            self._pool = int(sha256(f"{self._name}#{self._turn // _DRAWS}"), 16)
        self._turn += 1
        draw = self._pool & (1 << _BITS) - 1
        self._pool >>= _BITS
        return draw * limit >> _BITS

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both possible."""
        return least + self.below(most - least + 1)

    def chance(self, percent: int) -> bool:
        """True in about `percent` of a hundred throws."""
        return self.below(100) < percent

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, each as likely as the others."""
        return choices[self.below(len(choices))]

    def weighted(self, choices: Sequence[tuple[int, T]]) -> T:
        """One of the choices, each as likely as its weight (a whole number) says."""
        left = self.below(sum(weight for weight, _ in choices))
        for weight, choice in choices:
            left -= weight
            if left < 0:
                return choice
        raise ValueError("no weight is above nothing")

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """The same things in another order."""
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed
