"""Rows of a file become facts run by run: planned while nobody waits, said in a short transaction of their own, sealed.

Between planning and saying others may write; then the run is planned again inside the transaction, so that what has meanwhile
been said counts as known or changed, and nothing is said twice. So an import of any size keeps nobody waiting for longer than
one run takes, and what it has done stays when it is killed (docs/decisions.md#runs).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol, TypeVar

from campmgr.clock import seconds_passed
from campmgr.facts.importing import RUN, Imported, Progress, ReadRow, Reject, RowPlan, nobody_watches, plan_run
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft
from campmgr.store.door import Reader, Store, Writer, collect_after, uncollected
from campmgr.store.ledger import heads

_AIM = 0.2
"""Seconds that a run should take: others wait for one at most, and on a busy machine it may be longer."""

_FEWEST = 50
TOGETHER = 20_000
"""Rows among which those of one subject are brought together: else a file lesson by lesson folds everybody once a lesson."""

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)

Kept = Callable[[Writer, Imported, int], None]
"""Notes in a run's own transaction how far the import is: all counts, and the number of the row up to which every row is done."""


class DoneRows:
    """Up to which row all rows of a file are done, in whatever order they are taken; 0 before the first."""

    def __init__(self) -> None:
        self._numbers, self._are_done, self._first = array("q"), bytearray(), 0
        self.through = 0

    def read(self, rows: Iterable[ReadRow[Any]]) -> Iterator[ReadRow[Any]]:
        """The rows as they are read, in the order of the file."""
        for row in rows:
            self._numbers.append(row[0])
            self._are_done.append(0)
            yield row

    def add(self, numbers: Iterable[int]) -> None:
        """These are done."""
        for number in numbers:
            place = bisect_left(self._numbers, number)
            if place < len(self._numbers):
                self._are_done[place] = 1
        while self._first < len(self._numbers) and self._are_done[self._first]:
            self.through = self._numbers[self._first]
            self._first += 1


class StreamPlanner(Protocol[T_contra]):
    """Turns one sort of row into plans, as of the handle it was given last. The same run may be planned twice."""

    first_run: int = 100
    """How many rows the first run has; those after it as many as fit into the time a run may take."""

    fewest: int = _FEWEST
    """How many rows every run has at least."""

    together: int = 1
    """Among how many rows, one after another, those of one subject are brought together; 1 where the order must stay."""

    def gather(self, r: Reader, rows: Iterable[ReadRow[Any]], notes: list[Reject]) -> Iterable[ReadRow[Any]]:  # noqa: ARG002
        """All rows as they are to be planned, where they make sense only together; what is odd about some goes into `notes`."""
        return rows

    def subject_of(self, row: T_contra) -> str:  # noqa: ARG002
        """Whose row it is, in the file's own words: those of one are said one after another."""
        return ""

    def prepare(self, r: Reader, rows: Sequence[T_contra]) -> None:
        """Look up what these rows need. What earlier rows said is there, but for an import that is only tried."""
        ...

    def plan(self, number: int, row: T_contra) -> RowPlan:
        """The plan for the row with this number. Raises RowProblem."""
        ...

    def about(self, row: T_contra) -> str:
        """Whom or what a row is about, in a few words."""
        ...

    def leave(self, w: Writer) -> bool:  # noqa: ARG002 - nothing, where a planner says nothing else
        """Keep what the run planned last leaves beside its facts, in its transaction; whether there was anything."""
        return False


class Pace:
    """How many rows a run has, so that it takes about as long as it may."""

    def __init__(self, rows: int, fewest: int = _FEWEST) -> None:
        self.rows, self._fewest = rows, fewest

    def took(self, seconds: float) -> None:
        """A run took so long: the next has as many rows as would have fitted, at most twice as many."""
        fitting = int(self.rows * _AIM / max(seconds, 0.001))
        self.rows = min(max(fitting, self._fewest), 2 * self.rows, RUN)


def try_rows(store: Store, planner: StreamPlanner[T], rows: Iterable[ReadRow[T]], told: Progress, whole: int = 0) -> Imported:
    """What importing the rows would come to; nothing is written."""
    result, waiting, runs = Imported(), _together(planner, rows), 0
    with uncollected():
        while run := list(islice(waiting, RUN)):
            with store.reading() as r:
                result.add(_planned(r, planner, run)[0])
            told(result.rows, whole)
            collect_after(runs := runs + 1)
    return result


def say_rows(
    store: Store, planner: StreamPlanner[T], rows: Iterable[ReadRow[T]], kept: Kept, done: DoneRows,
    told: Progress = nobody_watches, whole: int = 0,
) -> Imported:  # fmt: skip
    """Plan and say every row, run by run. What `told` raises ends the import between two runs: what was said before stays said.

    `done` hears of every row that is done, and has seen the file's rows go by.
    """
    result, waiting, pace, runs = Imported(), _together(planner, rows), Pace(planner.first_run, planner.fewest), 0
    with uncollected():
        while run := list(islice(waiting, pace.rows)):
            with store.reading() as r:
                seen = heads(r)
                part, drafts = _planned(r, planner, run)
            done.add(number for number, _ in run)
            if drafts or part.rejected:
                part = _say_run(
                    store, planner, run, (seen, part, drafts), lambda w, counts: kept(w, counts, done.through), result, pace
                )
            result.add(part)
            told(result.rows, whole)
            collect_after(runs := runs + 1)
    return result


def _together(planner: StreamPlanner[T], rows: Iterable[ReadRow[T]]) -> Iterator[ReadRow[T]]:
    """The rows of one subject beside each other, as far as they stand near each other; otherwise in their order."""
    waiting = iter(rows)
    while window := list(islice(waiting, planner.together)):
        window.sort(key=lambda one: "" if isinstance(one[1], list) else planner.subject_of(one[1]))
        yield from window


def _say_run(
    store: Store, planner: StreamPlanner[T], run: Sequence[ReadRow[T]], planned: tuple[str, Imported, list[Draft]],
    kept: Callable[[Writer, Imported], None], before: Imported, pace: Pace,
) -> Imported:  # fmt: skip
    """Say what was planned, planned again where the ledger has grown since; what became of the run."""
    seen, part, drafts = planned
    with store.writing(alone=True) as w:
        began = seconds_passed()
        if heads(w) != seen:
            part, drafts = _planned(w, planner, run)
        if drafts:
            say(w, drafts)
        if planner.leave(w) or drafts:
            kept(w, before.with_counts(part))
    if drafts:
        pace.took(seconds_passed() - began)
    return part


def _planned(r: Reader, planner: StreamPlanner[T], run: Sequence[ReadRow[T]]) -> tuple[Imported, list[Draft]]:
    planner.prepare(r, [row for _, row in run if not isinstance(row, list)])
    part = Imported()
    return part, plan_run(planner, run, part)
