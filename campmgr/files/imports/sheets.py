"""What becomes of a kind of spreadsheet: how a row is read, and who takes the rows in. Each area names its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from campmgr.facts.catalogue import Catalogue
from campmgr.facts.importing import Progress
from campmgr.facts.streaming import StreamPlanner
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import Layout
from campmgr.files.imports.parts import Parts
from campmgr.files.imports.row_reading import RowReader
from campmgr.store.door import Store


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
    said: Mapping[str, str] = MappingProxyType({})


class WithFolder(NamedTuple):
    """A table that was imported, with the folder of files that goes with it: how it is read, and what its import was told."""

    parts: Parts
    layout: Layout
    folder: Path
    to: Importing
    dry_run: bool


class FolderFile(NamedTuple):
    """What became of one file of a folder: "attached", "unchanged" or "left" with the reason; what it belongs to, in words."""

    name: str
    state: str
    about: str
    sentence: str


class FolderTaken(NamedTuple):
    """What became of every file, and of what the table names the files that are not there."""

    files: tuple[FolderFile, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of spreadsheet: `read` gives what a row says, raising RowProblem; `planner` turns what rows say into facts, run by
    run. `is_units`: whether rows are of units, whose coordinators import them at their desks while an activity of its sort goes on.
    `folder`: what becomes of the files that go with its rows, where it has any.
    """

    layout: Layout
    read: Callable[[RowReader, Row], Any]
    planner: Callable[[Importing], StreamPlanner[Any]]
    is_units: bool = False
    folder: Callable[[Store, WithFolder], FolderTaken] | None = None


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
