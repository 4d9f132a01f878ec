"""The five methods, places and agreement again, by plain decimals and pairs; knows nothing of the program's own."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import Any

Sheet = dict[str, dict[str, list[int]]]
"""By judge and work: hundredths for each criterion."""


def drawn_round(dice: random.Random) -> tuple[Sheet, list[int], int, int, int]:
    """A made-up round with gaps, recusals and ties: marks, weights, scale, and from how many marks trimming and scaling set in."""
    judges = [f"j{at:02}" for at in range(dice.randint(2, 9))]
    works = [f"w{at:02}" for at in range(dice.randint(3, 60))]
    criteria, scale = dice.randint(1, 6), dice.choice((5, 10, 100))
    weights = [dice.choice((1, 1, 2, 5, 15, 20, 25)) for _ in range(criteria)]
    step = dice.choice((50, 100, 100 * scale // 5))
    recused = {(judge, work) for judge in judges for work in works if dice.random() < 0.1}
    shown = dice.choice((0.3, 0.7, 1.0))
    marks: Sheet = {}
    for judge in judges:
        few = dice.random() < 0.1
        same = dice.random() < 0.1
        for work in works:
            if (judge, work) in recused or dice.random() > (0.05 if few else shown):
                continue
            drawn = [step * dice.randint(0, 100 * scale // step) for _ in range(criteria)]
            marks.setdefault(judge, {})[work] = [step] * criteria if same else drawn
    return marks, weights, scale, dice.choice((3, 4, 5)), dice.choice((3, 5, 8))


def told(marks: Sheet, weights: list[int], scale: int, trim_from: int, standard_from: int) -> dict[str, Any]:
    """Everything about a round, numbers as text with four places."""
    with localcontext(Context(prec=60, rounding=ROUND_HALF_EVEN)):
        totals = {
            judge: {work: _mean_of(given, weights) * 100 / scale for work, given in sorted(own.items())}
            for judge, own in sorted(marks.items())
        }
        works = sorted({work for own in totals.values() for work in own})
        everything = [value for own in totals.values() for value in own.values()]
        found: dict[str, Any] = {"methods": {}, "unadjusted": []}
        if not everything:
            return found | {"places": {}, "alpha": None, "criteria": [None] * len(weights)}
        adjusted, unadjusted = _adjusted(totals, everything, standard_from)
        mean = sum(everything, Decimal(0)) / len(everything)
        level = {j: {w: v - sum(own.values(), Decimal(0)) / len(own) + mean for w, v in own.items()} for j, own in totals.items()}
        methods = {
            "raw": {work: _average(totals, work) for work in works},
            "trimmed": {work: _trimmed(totals, work, trim_from) for work in works},
            "centred": {work: _average(level, work) for work in works},
            "standard": {work: _average(adjusted, work) for work in works},
            "borda": _borda(totals, works),
        }
        shown = {name: {work: _shown(value) for work, value in each.items()} for name, each in methods.items()}
        return {
            "methods": shown,
            "unadjusted": unadjusted,
            "places": {name: _places(each) for name, each in shown.items()},
            "alpha": _shown(_alpha([[own[work] for own in totals.values() if work in own] for work in works])),
            "criteria": [
                _shown(_alpha([[Decimal(own[work][at]) for own in marks.values() if work in own] for work in works]))
                for at in range(len(weights))
            ],
        }


def _mean_of(given: list[int], weights: list[int]) -> Decimal:
    return sum((Decimal(mark) / 100 * weight for mark, weight in zip(given, weights, strict=True)), Decimal(0)) / sum(weights)


def _shown(value: Decimal | None) -> str | None:
    if value is None:
        return None
    # what 60 digits leave of a third taken three times is no tie
    return str(value.quantize(Decimal(1).scaleb(-40)).quantize(Decimal("0.0001")))


def _average(totals: dict[str, dict[str, Decimal]], work: str) -> Decimal:
    own = [each[work] for each in totals.values() if work in each]
    return sum(own, Decimal(0)) / len(own)


def _trimmed(totals: dict[str, dict[str, Decimal]], work: str, least: int) -> Decimal:
    own = [each[work] for each in totals.values() if work in each]
    if len(own) >= least:
        own.remove(max(own))
        own.remove(min(own))
    return sum(own, Decimal(0)) / len(own)


def _deviation(values: list[Decimal]) -> Decimal:
    mean = sum(values, Decimal(0)) / len(values)
    return (sum(((each - mean) ** 2 for each in values), Decimal(0)) / len(values)).sqrt()


def _adjusted(totals, everything, least):
    grand, spread = sum(everything, Decimal(0)) / len(everything), _deviation(everything)
    found, left = {}, []
    for judge, own in totals.items():
        values = list(own.values())
        if len(values) < least or len(set(values)) == 1:
            left.append(judge)
            found[judge] = own
            continue
        mean, deviation = sum(values, Decimal(0)) / len(values), _deviation(values)
        found[judge] = {work: grand + (value - mean) / deviation * spread for work, value in own.items()}
    return found, left


def _borda(totals, works):
    points: dict[str, list[Decimal]] = {work: [] for work in works}
    for own in totals.values():
        for work, value in own.items():
            others = [other for each, other in own.items() if each != work]
            if others:
                won = sum((Decimal(other < value) + Decimal(other == value) / 2 for other in others), Decimal(0))
                points[work].append(100 * won / len(others))
    return {work: sum(each, Decimal(0)) / len(each) if each else None for work, each in points.items()}


def _places(scores: dict[str, str | None]) -> dict[str, int]:
    numbers = {work: Decimal(score) for work, score in scores.items() if score is not None}
    return {work: 1 + sum(other > score for other in numbers.values()) for work, score in numbers.items()}


def _alpha(works: list[list[Decimal]]) -> Decimal | None:
    works = [each for each in works if len(each) > 1]
    values = [value for each in works for value in each]
    # over all ordered pairs of different marks: the mean squared difference within works, and among all
    among = _pairs(values)
    if not among:
        return None
    within = sum((_pairs(each) / (len(each) - 1) for each in works), Decimal(0)) / len(values)
    return 1 - within / (among / (len(values) * (len(values) - 1)))


def _pairs(values: list[Decimal]) -> Decimal:
    return sum(((one - other) ** 2 for at, one in enumerate(values) for other in values[at + 1 :]), Decimal(0)) * 2
