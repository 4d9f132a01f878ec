"""What judges' marks come to: five methods side by side, how far judges agree, and what hangs on one of them (H-18, H-19).

Everything is computed from whole numbers by exact fractions, so it does not matter in which order marks arrived or on which laptop
they are added up; only the standardised method needs roots, taken with 40 digits in the order of judges. Four places are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import NamedTuple

_EXACT = Context(prec=40, rounding=ROUND_HALF_EVEN)
_PLACES = Decimal("0.0001")

_KEPT = 16
"""How many results are kept by the marks that they came from: every page of a round asks for the same few."""


class Marked(NamedTuple):
    """What a judge gave a work: hundredths of a point for each criterion, in the order of the round's criteria.

    Who abstained, was recused or has not marked a work yet has no such row: a gap is no low mark.
    """

    entry: str
    judge: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What was fixed before the round opened: weights of the criteria, the highest mark, from how many marks a method sets in."""

    weights: tuple[int, ...]
    scale: int = 10
    trim_from: int = 5
    standard_from: int = 5

    @property
    def unit(self) -> int:
        """By how much a weighted sum of hundredths is divided to be a score of 0 to 100."""
        return self.scale * sum(self.weights)


@dataclass(frozen=True, slots=True)
class Figures:
    """A work under every method, 0 to 100; `borda` is None where no judge marked a second work.

    `marks`: how many judges marked it; `spread`: the highest total less the lowest; `trimmed_off`: whether any mark was left out.
    """

    marks: int
    spread: Decimal
    raw: Decimal
    trimmed: Decimal
    centred: Decimal
    standard: Decimal
    borda: Decimal | None
    trimmed_off: bool

    def under(self, method: str) -> Decimal | None:
        """The score under a method of METHODS."""
        scores = {"raw": self.raw, "trimmed": self.trimmed, "centred": self.centred, "standard": self.standard, "borda": self.borda}
        return scores[method]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A round reckoned: its works' figures by id; judges whom the standardised method leaves as they are, by id."""

    works: Mapping[str, Figures] = field(default_factory=dict)
    unadjusted: tuple[str, ...] = ()
    mean: Decimal = Decimal("0.0000")
    spread: Decimal = Decimal("0.0000")

    def scores(self, method: str) -> dict[str, Decimal | None]:
        """Every work's score under a method."""
        return {entry: each.under(method) for entry, each in self.works.items()}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha for interval data, in total and for each criterion; None where nothing differs or is shared."""

    total: Decimal | None
    criteria: tuple[Decimal | None, ...]


def total(marks: Sequence[int], frame: Frame) -> Decimal:
    """One judge's total for one work, 0 to 100: the weighted mean of the marks (example: 9 8 7 8 6 10 of equal weight are 80)."""
    return _rounded(Fraction(_weighted(marks, frame), frame.unit))


def reckon(marked: Iterable[Marked], frame: Frame) -> Reckoned:
    """Every work under every method. Two rows of one judge for one work are an error of the caller's."""
    return _reckoned(tuple(marked), frame)


@lru_cache(maxsize=_KEPT)
def _reckoned(marked: tuple[Marked, ...], frame: Frame) -> Reckoned:
    sums = sums_of(marked, frame)
    if not sums:
        return Reckoned()
    with localcontext(_EXACT):
        shared, borda = _shared(sums, frame), _borda(sums)
        works = {entry: _figures(given, borda.get(entry, ()), shared) for entry, given in sums.items()}
        unadjusted = tuple(sorted(shared.judges.keys() - shared.factors.keys()))
        return Reckoned(works, unadjusted, _rounded(shared.mean), shared.spread.quantize(_PLACES))


def under(method: str, sums: Mapping[str, Mapping[str, int]], entries: Collection[str], frame: Frame) -> dict[str, Decimal | None]:
    """The scores of some works under one method."""
    if not entries:
        return {}
    with localcontext(_EXACT):
        shared = _shared(sums, frame)
        if method == "borda":
            borda = _borda(sums)
            return {entry: _mean_of(borda.get(entry, ())) for entry in entries}
        return {entry: _SCORES[method](sums[entry], shared) for entry in entries}


def agreement(marked: Iterable[Marked], frame: Frame) -> Agreement:
    """How far judges agree. Works that one judge alone marked say nothing of it."""
    return _agreement(tuple(marked), frame)


@lru_cache(maxsize=_KEPT)
def _agreement(rows: tuple[Marked, ...], frame: Frame) -> Agreement:
    by_total, by_criterion = defaultdict[str, list[int]](list), [defaultdict[str, list[int]](list) for _ in frame.weights]
    for each in rows:
        by_total[each.entry].append(_weighted(each.marks, frame))
        for at, mark in enumerate(each.marks):
            by_criterion[at][each.entry].append(mark)
    return Agreement(_alpha(by_total.values()), tuple(_alpha(each.values()) for each in by_criterion))


def placing(scores: Mapping[str, Decimal | None]) -> dict[str, int]:
    """Places 1-2-2-4 by scores, best first and equals by id; a work without a score has no place."""
    places, last, place = dict[str, int](), None, 0
    ranked = sorted(((score, entry) for entry, score in scores.items() if score is not None), key=lambda each: (-each[0], each[1]))
    for at, (score, entry) in enumerate(ranked, 1):
        place = place if score == last else at
        places[entry], last = place, score
    return places


def alpha_words(alpha: Decimal | None) -> str:
    """What an alpha means for whoever reads a place (Krippendorff: below 0.667 nothing should be concluded, from 0.8 it may be)."""
    if alpha is None:
        return "评分之间没有可比的差别，算不出一致程度"
    if alpha < Decimal("0.4"):
        return "评委意见不一致，名次不宜只看小数"
    return "评委意见大体一致，差距小的名次请慎重" if alpha < Decimal("0.8") else "评委意见一致"


def _weighted(marks: Sequence[int], frame: Frame) -> int:
    return sum(weight * mark for weight, mark in zip(frame.weights, marks, strict=True))


def _rounded(value: Fraction) -> Decimal:
    """A fraction to four places, half to even, with no rounding before that one."""
    return _ratio(value.numerator, value.denominator)


def _ratio(whole: int, by: int) -> Decimal:
    """The same of a whole number divided by another above 0."""
    found, rest = divmod(whole * 10_000, by)
    return Decimal(found + (2 * rest > by or (2 * rest == by and found % 2 == 1))).scaleb(-4)


def sums_of(marked: Iterable[Marked], frame: Frame) -> dict[str, dict[str, int]]:
    """Weighted sums by work and judge, both in the order of their ids."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for each in sorted(marked):
        found[each.entry][each.judge] = _weighted(each.marks, frame)
    return dict(found)


def _judges(sums: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[int, int, int]]:
    """How many works a judge marked, the sum of the totals and of their squares, in the order of judges' ids."""
    given: dict[str, list[int]] = defaultdict(list)
    for each in sums.values():
        for judge, value in each.items():
            given[judge].append(value)
    return {judge: (len(own), sum(own), sum(each * each for each in own)) for judge, own in sorted(given.items())}


def _root(count: int, whole: int, squares: int, unit: int) -> Decimal:
    """The standard deviation of all these totals, as of a whole and not of a sample."""
    return Decimal(count * squares - whole * whole).sqrt() / (count * unit)


def _factors(judges: Mapping[str, tuple[int, int, int]], frame: Frame, grand: Decimal) -> dict[str, Decimal]:
    """By how much a judge's distances from the own mean are stretched; those with few marks or no spread have none."""
    found = {}
    for judge, (count, whole, squares) in judges.items():
        own = _root(count, whole, squares, frame.unit)
        if count >= frame.standard_from and own:
            found[judge] = grand / own
    return found


class _Shared(NamedTuple):
    """What all works of a round are reckoned by: the frame, its judges (how many works, sum, squares), mean and spread of
    all marks, by how much a judge's distances are stretched, and each judge's own mean in parts of 1 / `common`.
    """

    frame: Frame
    judges: Mapping[str, tuple[int, int, int]]
    mean: Fraction
    spread: Decimal
    factors: Mapping[str, Decimal]
    common: int
    own: Mapping[str, int]


def _shared(sums: Mapping[str, Mapping[str, int]], frame: Frame) -> _Shared:
    judges = _judges(sums)
    count, whole, squares = (sum(each[at] for each in judges.values()) for at in range(3))
    spread = _root(count, whole, squares, frame.unit)
    common = lcm(*(each[0] for each in judges.values()))
    own = {judge: each[1] * (common // each[0]) for judge, each in judges.items()}
    return _Shared(frame, judges, Fraction(whole, count * frame.unit), spread, _factors(judges, frame, spread), common, own)


def _figures(given: Mapping[str, int], borda: Sequence[Fraction], shared: _Shared) -> Figures:
    values = given.values()
    return Figures(
        len(values),
        _ratio(max(values) - min(values), shared.frame.unit),
        _raw(given, shared),
        _trimmed(given, shared),
        _centred(given, shared),
        _standard(given, shared),
        _mean_of(borda),
        _is_trimmed(given, shared),
    )


def _raw(given: Mapping[str, int], shared: _Shared) -> Decimal:
    return _ratio(sum(given.values()), len(given) * shared.frame.unit)


def _is_trimmed(given: Mapping[str, int], shared: _Shared) -> bool:
    return len(given) >= max(3, shared.frame.trim_from)


def _trimmed(given: Mapping[str, int], shared: _Shared) -> Decimal:
    if not _is_trimmed(given, shared):
        return _raw(given, shared)
    values = given.values()
    return _ratio(sum(values) - max(values) - min(values), (len(values) - 2) * shared.frame.unit)


def _centred(given: Mapping[str, int], shared: _Shared) -> Decimal:
    """What is marked above the judges' own means, and the mean of all marks."""
    above = sum(given.values()) * shared.common - sum(map(shared.own.__getitem__, given))
    by, mean = len(given) * shared.frame.unit * shared.common, shared.mean
    return _ratio(above * mean.denominator + mean.numerator * by, by * mean.denominator)


def _standard(given: Mapping[str, int], shared: _Shared) -> Decimal:
    """Each adjusted judge's distance from the own mean, in the spread of all; the others' totals as they are."""
    if not shared.factors:
        return _raw(given, shared)
    unit, factors, mean = shared.frame.unit, shared.factors, shared.mean
    centre, told = Decimal(mean.numerator) / mean.denominator, Decimal(0)
    for judge, value in given.items():
        count, whole, _ = shared.judges[judge]
        if judge in factors:
            told += centre + factors[judge] * (value * count - whole) / (count * unit)
        else:
            told += Decimal(value) / unit
    return (told / len(given)).quantize(_PLACES)


def _mean_of(borda: Sequence[Fraction]) -> Decimal | None:
    return _rounded(sum(borda, Fraction(0)) / len(borda)) if borda else None


_SCORES = {"raw": _raw, "trimmed": _trimmed, "centred": _centred, "standard": _standard}


def _borda(sums: Mapping[str, Mapping[str, int]]) -> dict[str, list[Fraction]]:
    """From each judge who marked more than one work: 100 for the best, 0 for the last, equals in the middle of their places."""
    by_judge: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for entry, given in sums.items():
        for judge, value in given.items():
            by_judge[judge].append((value, entry))
    found: dict[str, list[Fraction]] = defaultdict(list)
    for judge in sorted(by_judge):
        own = sorted(by_judge[judge])
        if len(own) > 1:
            below, steps = _below_twice(own), 2 * (len(own) - 1)
            for value, entry in own:
                found[entry].append(Fraction(100 * below[value], steps))
    return found


def _below_twice(own: Sequence[tuple[int, str]]) -> dict[int, int]:
    """For each total of one judge twice the number of works below it, and once that of others equal to it."""
    counts: dict[int, int] = defaultdict(int)
    for value, _ in own:
        counts[value] += 1
    found, below = {}, 0
    for value, count in counts.items():
        found[value] = 2 * below + count - 1
        below += count
    return found


def _alpha(units: Iterable[Sequence[int]]) -> Decimal | None:
    """1 less the ratio of the squared differences within works to those among all marks."""
    shared = [each for each in units if len(each) > 1]
    count = sum(map(len, shared))
    among = _squared_differences([mark for each in shared for mark in each])
    if not among:
        return None
    by_size: dict[int, int] = defaultdict(int)
    for each in shared:
        by_size[len(each)] += _squared_differences(each)
    within = sum((Fraction(squares, size - 1) for size, squares in by_size.items()), Fraction(0))
    return _rounded(1 - within * (count - 1) / among)


def _squared_differences(values: Sequence[int]) -> int:
    """The sum of squared differences over all pairs, each counted once either way."""
    return 2 * (len(values) * sum(each * each for each in values) - sum(values) ** 2)
