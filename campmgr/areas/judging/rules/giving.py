"""Which work gets which award: by the order of scores, by fit notes, by what a tie at the last slot comes to (H-19, H-20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from campmgr.ids import sha256


class Award(NamedTuple):
    """An award as the host's rules have it: how many there are (None: nobody has said), and which works it is for (None: any)."""

    name: str
    slots: int | None
    takes: frozenset[str] | None = None


class Ranked(NamedTuple):
    """A work in the order of the round: its place, its score in ten-thousandths, and how many judges marked it."""

    entry: str
    place: int
    score: int
    marks: int


class Given(NamedTuple):
    """An award given: `fit` is the note for whoever did not come by order, `tied` whether it stood level with others at the cut."""

    award: str
    place: int
    entry: str
    score: int
    fit: str
    tied: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """A tie at the last slot: how many slots were left for these works of one score, and which of them got one."""

    award: str
    left: int
    entries: tuple[str, ...]
    got: tuple[str, ...]
    drawn: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """All awards given, the ties that had to be settled, awards with more fit notes than slots, and how many slots stay empty."""

    rows: tuple[Given, ...]
    cuts: tuple[Cut, ...]
    over: tuple[str, ...]
    empty: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Terms:
    """By which terms awards are given: `merit` is what ties are broken by first (a work's mean mark of one criterion)."""

    at_cut: str = "all"
    per_entry: int = 1
    seed: str = ""
    merit: Callable[[str], Fraction] | None = None


def fill(awards: Sequence[Award], ranked: Sequence[Ranked], fits: Mapping[tuple[str, str], str], terms: Terms) -> Filled:
    """Give out the awards in their order. `fits`: (award, entry) -> reason; such a work goes before all others of that award, and
    its place in other awards is free for the next.
    """
    had = Counter[str]()
    rows, cuts, over, empty = list[Given](), list[Cut](), list[str](), dict[str, int]()
    for award in awards:
        open_to = [each for each in ranked if had[each.entry] < terms.per_entry and _is_for(award, each.entry)]
        fitting = [each for each in open_to if (award.name, each.entry) in fits]
        given = [
            Given(award.name, each.place, each.entry, each.score, fits[award.name, each.entry], tied=False) for each in fitting
        ]
        if award.slots is not None:
            left = award.slots - len(given)
            if left < 0:
                over.append(award.name)
            others = [
                each for each in open_to if each not in fitting and not _is_promised(each.entry, award.name, fits, had, terms)
            ]
            by_order, cut = _by_order(award.name, others, max(0, left), terms)
            given += by_order
            cuts += [cut] if cut else []
            empty[award.name] = max(0, award.slots - len(given))
        had.update(each.entry for each in given)
        rows += sorted(given, key=lambda each: (each.place, each.entry))
    return Filled(tuple(rows), tuple(cuts), tuple(over), {name: count for name, count in empty.items() if count})


def passed_over(filled: Filled, ranked: Sequence[Ranked], awards: Sequence[Award]) -> dict[str, tuple[str, ...]]:
    """Entry -> the awards for which a work lower down was taken though this one has none: what a fit note answers for."""
    got = {each.entry for each in filled.rows}
    takes = {each.name: each for each in awards}
    lowest: dict[str, int] = {}
    for each in filled.rows:
        if each.fit:
            lowest[each.award] = max(lowest.get(each.award, 0), each.place)
    found = {}
    for work in ranked:
        names = tuple(name for name, place in lowest.items() if work.place < place and _is_for(takes[name], work.entry))
        if work.entry not in got and names:
            found[work.entry] = names
    return found


def places_of(awards: Sequence[Award]) -> dict[str, int]:
    """Award -> down to which place among the works that it is for it goes, of those awards where scores alone decide: none before
    it takes from these works and from others too.
    """
    found = {}
    for at, award in enumerate(awards):
        before = [each for each in awards[:at] if each.slots]
        same = [each for each in before if each.takes == award.takes]
        if award.slots and all(each in same or _are_apart(each, award) for each in before):
            found[award.name] = award.slots + sum(each.slots or 0 for each in same)
    return found


def _are_apart(one: Award, other: Award) -> bool:
    return one.takes is not None and other.takes is not None and not one.takes & other.takes


def _is_for(award: Award, entry: str) -> bool:
    return award.takes is None or entry in award.takes


def _is_promised(entry: str, award: str, fits: Mapping[tuple[str, str], str], had: Counter[str], terms: Terms) -> bool:
    """Whether fit notes for other awards take all that a work may still have."""
    noted = sum(1 for name, each in fits if each == entry and name != award)
    return had[entry] + noted >= terms.per_entry if noted else False


def _by_order(award: str, works: Sequence[Ranked], left: int, terms: Terms) -> tuple[list[Given], Cut | None]:
    given: list[Given] = []
    for _, level in groupby(works, key=lambda each: each.score):
        group = list(level)
        if left <= 0:
            break
        if len(group) <= left:
            given += [_plain(award, each, tied=False) for each in group]
            left -= len(group)
            continue
        got = list(_of_equals(award, group, left, terms))
        given += [_plain(award, each, tied=True) for each in got]
        is_drawn = terms.at_cut == "tie_break" and _is_drawn(group, left, terms)
        return given, Cut(award, left, tuple(each.entry for each in group), tuple(each.entry for each in got), is_drawn)
    return given, None


def _of_equals(award: str, group: Sequence[Ranked], left: int, terms: Terms) -> Iterator[Ranked]:
    if terms.at_cut == "all":
        yield from group
    elif terms.at_cut == "tie_break":
        yield from sorted(group, key=lambda each: (-_merit(each, terms), sha256(f"{terms.seed}|{award}|{each.entry}".encode())))[
            :left
        ]


def _merit(work: Ranked, terms: Terms) -> Fraction:
    return terms.merit(work.entry) if terms.merit else Fraction(0)


def _is_drawn(group: Sequence[Ranked], left: int, terms: Terms) -> bool:
    """Whether the criterion alone did not say who goes first, so that lots were drawn."""
    merits = sorted((_merit(each, terms) for each in group), reverse=True)
    return merits[left - 1] == merits[left]


def _plain(award: str, each: Ranked, *, tied: bool) -> Given:
    return Given(award, each.place, each.entry, each.score, "", tied)
