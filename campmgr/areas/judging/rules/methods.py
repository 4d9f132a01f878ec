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
from typing import NamedTuple

from campmgr.areas.judging.settings import METHODS

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


@dataclass(frozen=True, slots=True)
class Leaning:
    """The works in the first `slots` places: as reckoned, without each judge, and under each other method."""

    slots: int
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


def total(marks: Sequence[int], frame: Frame) -> Decimal:
    """One judge's total for one work, 0 to 100: the weighted mean of the marks (example: 9 8 7 8 6 10 of equal weight are 80)."""
    return _rounded(Fraction(_weighted(marks, frame), frame.unit))


def reckon(marked: Iterable[Marked], frame: Frame) -> Reckoned:
    """Every work under every method. Two rows of one judge for one work are an error of the caller's."""
    return _reckoned(tuple(marked), frame)


@lru_cache(maxsize=_KEPT)
def _reckoned(marked: tuple[Marked, ...], frame: Frame) -> Reckoned:
    sums = _sums(marked, frame)
    if not sums:
        return Reckoned()
    judges = _judges(sums)
    count, whole, squares = (sum(each[at] for each in judges.values()) for at in range(3))
    mean = Fraction(whole, count * frame.unit)
    with localcontext(_EXACT):
        grand = _root(count, whole, squares, frame.unit)
        factors = _factors(judges, frame, grand)
        borda, works = _borda(sums), dict[str, Figures]()
        for entry, given in sums.items():
            works[entry] = _figures(given, borda.get(entry, ()), judges, frame, mean, factors)
        return Reckoned(works, tuple(sorted(judges.keys() - factors.keys())), _rounded(mean), grand.quantize(_PLACES))


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


def first(scores: Mapping[str, Decimal | None], slots: int) -> tuple[str, ...]:
    """The works in the first places, equals at the last slot all of them."""
    return tuple(entry for entry, place in placing(scores).items() if place <= slots)


def without(marked: Iterable[Marked], frame: Frame, judge: str) -> Reckoned:
    """The round as it would be had a judge not taken part."""
    return reckon([each for each in marked if each.judge != judge], frame)


def leaning(marked: Iterable[Marked], frame: Frame, method: str, slots: int, among: Collection[str] | None = None) -> Leaning:
    """What the first places depend on: the lists without each judge and under each other method. `among`: the works of which the
    places are, None for all.
    """
    rows = list(marked)
    whole = reckon(rows, frame)
    alone = {judge: without(rows, frame, judge) for judge in sorted({each.judge for each in rows})}
    return leaning_of(whole, alone, method, slots, among)


def leaning_of(
    whole: Reckoned, alone: Mapping[str, Reckoned], method: str, slots: int, among: Collection[str] | None = None
) -> Leaning:
    """The same, of a round that is reckoned already, with what it would be without each judge."""

    def winners(reckoned: Reckoned, by: str) -> tuple[str, ...]:
        scores = reckoned.scores(by)
        return first(scores if among is None else {entry: score for entry, score in scores.items() if entry in among}, slots)

    return Leaning(
        slots,
        winners(whole, method),
        {judge: winners(each, method) for judge, each in alone.items()},
        {other: winners(whole, other) for other in METHODS if other != method},
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
    return Decimal(round(value * 10_000)).scaleb(-4)


def _sums(marked: Iterable[Marked], frame: Frame) -> dict[str, dict[str, int]]:
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


def _figures(
    given: Mapping[str, int],
    borda: Sequence[Fraction],
    judges: Mapping[str, tuple[int, int, int]],
    frame: Frame,
    mean: Fraction,
    factors: Mapping[str, Decimal],
) -> Figures:
    values, unit = sorted(given.values()), frame.unit
    count, kept = len(values), values[1:-1] if len(values) >= max(3, frame.trim_from) else values
    raw = Fraction(sum(values), count * unit)
    own_means = sum((Fraction(judges[judge][1], judges[judge][0]) for judge in given), Fraction(0))
    return Figures(
        count,
        _rounded(Fraction(values[-1] - values[0], unit)),
        _rounded(raw),
        _rounded(Fraction(sum(kept), len(kept) * unit)),
        _rounded(raw - own_means / (count * unit) + mean),
        _standard(given, judges, unit, mean, factors) if factors else _rounded(raw),
        _rounded(sum(borda, Fraction(0)) / len(borda)) if borda else None,
        kept is not values,
    )


def _standard(
    given: Mapping[str, int],
    judges: Mapping[str, tuple[int, int, int]],
    unit: int,
    mean: Fraction,
    factors: Mapping[str, Decimal],
) -> Decimal:
    """Each adjusted judge's distance from the own mean, in the spread of all; the others' totals as they are."""
    centre, told = Decimal(mean.numerator) / mean.denominator, Decimal(0)
    for judge, value in given.items():
        count, whole, _ = judges[judge]
        if judge in factors:
            told += centre + factors[judge] * (value * count - whole) / (count * unit)
        else:
            told += Decimal(value) / unit
    return (told / len(given)).quantize(_PLACES)


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
    within = sum((Fraction(_squared_differences(each), len(each) - 1) for each in shared), Fraction(0))
    return _rounded(1 - within * (count - 1) / among)


def _squared_differences(values: Sequence[int]) -> int:
    """The sum of squared differences over all pairs, each counted once either way."""
    return 2 * (len(values) * sum(each * each for each in values) - sum(values) ** 2)
