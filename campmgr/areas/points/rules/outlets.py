"""To which class an outlet belongs on a day: by what the host said of it, else by the notice's own lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from campmgr.areas.points.settings import CLASSES, Outlets
from campmgr.wording import name_key

UNCLASSED = 0

_QUOTES = str.maketrans("", "", "“”\"'‘’《》「」〈〉")


class Classed(NamedTuple):
    """A word of the host: what it calls an outlet, in which class it is from which day on, and what else it is called."""

    name: str
    cls: int
    from_on: str
    aliases: tuple[str, ...] = ()


def outlet_key(name: str) -> str:
    """By what two ways to write an outlet's name are one."""
    return name_key(name.translate(_QUOTES))


class Dictionary:
    """The outlets of an activity. Everything that ends in 等 in the notice is known only once the host has said so."""

    def __init__(self, rules: Outlets, said: Iterable[Classed] = ()) -> None:
        self._names: dict[str, str] = {}
        self._dated: dict[str, list[tuple[str, int]]] = {}
        for cls in CLASSES:
            for name in getattr(rules, f"class_{cls}"):
                self._add(name, cls, "")
        also = [line.partition("=") for line in rules.aliases]
        for one in sorted(said, key=lambda one: (one.from_on, one.cls, one.name)):
            self._add(one.name, one.cls, one.from_on)
            also += [(alias, "=", one.name) for alias in one.aliases]
        self._also = {outlet_key(alias): outlet_key(name) for alias, _, name in also}

    def _add(self, name: str, cls: int, from_on: str) -> None:
        if cls not in CLASSES:
            return
        key = outlet_key(name)
        self._names.setdefault(key, name)
        self._dated.setdefault(key, []).append((from_on, cls))

    def class_of(self, name: str, day: str) -> int:
        """The class of an outlet on a day; 0 where nobody has classed it, or only from a later day on."""
        key = outlet_key(name)
        dated = self._dated.get(key) or self._dated.get(self._also.get(key, ""), [])
        return next((cls for from_on, cls in reversed(dated) if from_on <= day), UNCLASSED)

    def like(self, name: str, most: int = 3) -> tuple[str, ...]:
        """Names that look like this one, to be suggested; none of them is ever taken by itself."""
        key = outlet_key(name)
        parts = [known for known in self._names if key and (key in known or known in key)]
        found = dict.fromkeys([*parts, *get_close_matches(key, self._names, n=most, cutoff=0.6)])
        return tuple(self._names[each] for each in found if each != key)[:most]

    def named(self) -> Mapping[str, int]:
        """Every outlet with the class it has at the end of days."""
        return dict(self._all())

    def _all(self) -> Iterator[tuple[str, int]]:
        return ((name, self._dated[key][-1][1]) for key, name in self._names.items())
