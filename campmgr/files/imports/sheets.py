"""What becomes of a kind of spreadsheet: how a row is read, and who takes the rows in. Each area names its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from campmgr.facts.catalogue import Catalogue
from campmgr.facts.importing import Progress
from campmgr.facts.streaming import StreamPlanner
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import Layout
from campmgr.files.imports.row_reading import RowReader


class Importing(NamedTuple):
    """What whoever takes in the rows is told: the batch, who imports, the unit for rows without one and the units that may be
    written (None: all this file may), the day for rows without a date and today's, who hears how far it is, how many rows there
    are at most, the lesson that all rows are about, where they say none, and likewise the activity ("" for the only one).
    """

    batch: str
    actor: str
    unit: str
    within: frozenset[str] | None
    day: str
    today: str
    told: Progress
    rows: int
    lesson: str = ""
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of spreadsheet: `read` gives what a row says, raising RowProblem; `planner` turns what rows say into facts, run by
    run. `is_units`: whether rows are of units, whose coordinators import them at their desks while an activity of its sort goes on.
    """

    layout: Layout
    read: Callable[[RowReader, Row], Any]
    planner: Callable[[Importing], StreamPlanner[Any]]
    is_units: bool = False


def sheets_of(catalogue: Catalogue) -> Mapping[str, Sheet]:
    """Every kind of spreadsheet that the areas take in, by name, in the order of the areas."""
    return catalogue.joined(_sheets)


def sort_of(catalogue: Catalogue, kind: str) -> str:
    """The sort of activity that a kind of spreadsheet belongs to; "" for what every data file takes in."""
    return next(area.sort for area, sheets in catalogue.named("sheets") for sheet in sheets if sheet.layout.name == kind)


def sheets_of_units(catalogue: Catalogue) -> Sequence[tuple[str, str]]:
    """(Kind, the sort it belongs to) of what coordinators import at their desks, in the order of the areas."""
    return [(sheet.layout.name, area.sort) for area, sheets in catalogue.named("sheets") for sheet in sheets if sheet.is_units]


def _sheets(catalogue: Catalogue) -> dict[str, Sheet]:
    return {sheet.layout.name: sheet for _, sheets in catalogue.named("sheets") for sheet in sheets}
