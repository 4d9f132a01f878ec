"""An open round reckoned: works by place under every method, how far judges agree, whose marks were set aside and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from campmgr.accounts.queries import unit_name
from campmgr.areas.judging.queries.judges import Seats, names_of_judges, seats_of
from campmgr.areas.judging.queries.recusals import Recusal
from campmgr.areas.judging.queries.rounds import JudgedWork, RoundLine
from campmgr.areas.judging.queries.scores import Score, opened_scores
from campmgr.areas.judging.rules.methods import (
    Agreement,
    Figures,
    Frame,
    Marked,
    agreement,
    placing,
    reckon,
    total,
)
from campmgr.areas.judging.rules.rounds import Round
from campmgr.areas.judging.settings import METHODS
from campmgr.errors import BadInput
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class ScoredWork:
    """A line of the report. `place` is by the method asked for, None without a mark; `given`: each judge's marks; `thin`: it has
    fewer marks than the round asks.
    """

    place: int | None
    work: JudgedWork
    unit: str
    score: Decimal | None
    figures: Figures | None
    given: tuple[Marked, ...]
    frame: Frame
    needs: int

    @property
    def totals(self) -> dict[str, Decimal]:
        """Each judge's total, by id."""
        return {each.judge: total(each.marks, self.frame) for each in self.given}

    @property
    def marks(self) -> int:
        """How many judges' marks it stands on."""
        return self.figures.marks if self.figures else 0

    @property
    def thin(self) -> str:
        """What to know of a work with too few marks; "" where there are enough."""
        return f"只有 {self.marks} 份评分，少于 {self.needs}" if self.marks < self.needs else ""


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """A round reckoned. `unadjusted`: judges whom the standardised method leaves as they are; `aside`: marks that do not count;
    `marked`: those that do.
    """

    line: RoundLine
    method: str
    without: str
    rows: tuple[ScoredWork, ...]
    agreement: Agreement
    unadjusted: tuple[str, ...]
    judges: tuple[str, ...]
    names: Mapping[str, str]
    aside: tuple[tuple[Score, Recusal], ...]
    scores: tuple[Score, ...]
    marked: tuple[Marked, ...]

    def told(self) -> dict[str, object]:
        """As `report scores` prints it."""
        told = self.agreement
        criteria = zip(self.line.round.names, told.criteria, strict=True)
        return {
            "round": self.line.name,
            "method": self.method,
            "without": self.without or None,
            "rows": [_row(each) for each in self.rows],
            "agreement": {"alpha": _text(told.total), "per_criterion": {name: _text(alpha) for name, alpha in criteria}},
            "unadjusted": list(self.unadjusted),
            "set_aside": [{"entry": each.entry, "judge": each.judge, "why": why.why} for each, why in self.aside],
        }


def frame_of(one: Round) -> Frame:
    """What a round is reckoned by."""
    return Frame(one.weights, one.scale, one.trim_from, one.standard_from)


def marked_of(one: Round, scores: Sequence[Score], seats: Seats) -> tuple[Marked, ...]:
    """The marks that count: of works that are judged, by judges who are not recused, complete by the round's criteria."""
    active, names = seats.active(), one.names
    asked = set(names)
    return tuple(
        Marked(each.entry, each.judge, tuple(each.marks[name] for name in names))
        for each in scores
        if each.is_scored and (each.entry, each.judge) in active and each.marks.keys() == asked
    )


def report_of(r: Reader, world: World, activity: Activity, line: RoundLine, method: str = "", without: str = "") -> ScoreReport:
    """A round reckoned, by its own method or another, with all judges or without one.

    Raises Refused while it is closed, BadInput for a method or judge that it does not know.
    """
    method = method or line.round.method
    if method not in METHODS:
        raise BadInput(f"没有“{method}”这种算法。", reason="unknown_word", hint=f"可以是：{'、'.join(METHODS)}。")
    scores, seats = opened_scores(r, activity, line), seats_of(r, world, activity, line)
    marked = marked_of(line.round, scores, seats)
    judges = tuple(sorted({each.judge for each in marked}))
    if without and without not in judges:
        raise BadInput("这一轮没有这位评委的评分。", reason="unknown_person", hint="请从评委列表里选。")
    marked = tuple(each for each in marked if each.judge != without) if without else marked
    frame = frame_of(line.round)
    reckoned = reckon(marked, frame)
    places, found = placing(reckoned.scores(method)), reckoned.scores(method)
    given: dict[str, list[Marked]] = defaultdict(list)
    for each in marked:
        given[each.entry].append(each)
    rows = [
        ScoredWork(places.get(work.entry), work, unit_name(world, work.unit), found.get(work.entry),
                   reckoned.works.get(work.entry), tuple(given[work.entry]), frame, line.round.per_work)
        for work in seats.works
    ]  # fmt: skip
    rows.sort(key=lambda each: (each.place is None, each.place or 0, each.work.entry))
    aside = tuple((each, seats.recusals.of[each.entry, each.judge]) for each in scores
                  if each.is_scored and (each.entry, each.judge) in seats.recusals.of)  # fmt: skip
    names = names_of_judges(r, {each.judge for each in scores})
    return ScoreReport(
        line, method, without, tuple(rows), agreement(marked, frame), reckoned.unadjusted, judges, names, aside, scores, marked
    )


def _row(each: ScoredWork) -> dict[str, object]:
    figures = each.figures
    return {
        "place": each.place, "entry": each.work.entry, "title": each.work.title, "unit": each.unit, "score": _text(each.score),
        **{method: _text(figures.under(method) if figures else None) for method in METHODS},
        "marks": each.marks, "spread": _text(figures.spread if figures else None), "note": each.thin,
    }  # fmt: skip


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.4f}"
