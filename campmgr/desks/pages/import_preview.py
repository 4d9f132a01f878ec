"""What a file would do before any of it is written: what is new, what changes and falls, what only a person can decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from campmgr.facts.importing import LISTED, Change, Imported, Reject, RowDifference
from campmgr.facts.units import Unit
from campmgr.files.imports.choices import ENCODINGS, Choices
from campmgr.files.imports.importing import FileImported, Options
from campmgr.files.imports.layouts import Layout
from campmgr.files.imports.looking import FileLook
from campmgr.web import respond
from campmgr.web.forms import Form
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

T = TypeVar("T")

_SHOWN = 50
_CONFLICTS = frozenset({"conflict", "ambiguous_person", "ambiguous_unit"})
"""Why a row is left for a person to decide; other rejected rows are wrong in themselves."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: the kind of file, whose it is (`unit` None: the whole camp), how to import it, the template, the addresses.

    `again`: where the preview of a job is, with JOB in place of the job's id; `answers`: where rows that wait for somebody are
    answered, "" where none do.
    """

    layout: Layout
    unit: Unit | None
    options: Options
    limit: int
    template: str
    choose: str
    preview: str
    again: str
    commit: str
    rejects: str
    answers: str = ""

    @property
    def called(self) -> str:
        """What such a file is called."""
        return self.layout.called

    @property
    def remembered_for(self) -> str:
        """The unit whose files' columns are remembered, "" for the whole camp's."""
        return self.unit.unit if self.unit else ""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A kept file on its way in: the name of its bytes, what it was called, when its counts were read, which lesson it is a log of,
    how it is to be read.
    """

    kept: str
    name: str
    read_at: str
    lesson: str
    choices: Choices


@dataclass(frozen=True, slots=True)
class Tried:
    """A file looked at, and what importing it would do; None where it cannot be imported as it is read now."""

    source: KeptFile
    look: FileLook
    result: FileImported | None


@dataclass(frozen=True, slots=True)
class RowLine:
    """A line of a list: the row's number (0: the whole file) and its sheet where several are read, the heading, what stands there,
    the sentence.
    """

    row: int
    sheet: str
    heading: str
    value: str
    sentence: str
    also: tuple[int, ...] = ()
    """Further rows of this sheet of which the very same is to be said."""


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """What one row changes: its number, whom it is about, (heading, old, new, whether it falls) of each field; what it brings."""

    row: int
    sheet: str
    about: str
    changes: tuple[tuple[str, str, str, bool], ...]
    brings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPreviewPage:
    """What an import would do, and how the file is read. `about`: what to know of the file as a whole; `show`: the
    only sort of rows that is listed, "" for the first of all;
    `sorts`: each sort there is, its name and how many rows of it there are.
    """

    way: Way
    source: KeptFile
    look: FileLook
    counts: Imported | None
    changed: tuple[ChangedRow, ...]
    new: tuple[ChangedRow, ...]
    alarms: tuple[ChangedRow, ...]
    bringing: tuple[ChangedRow, ...]
    conflicts: tuple[RowLine, ...]
    rejects: tuple[RowLine, ...]
    about: tuple[RowLine, ...]
    notes: tuple[RowLine, ...]
    show: str
    sorts: tuple[tuple[str, str, int], ...]
    job: str
    encodings: tuple[tuple[str, str], ...]
    form: Form

    @property
    def waits(self) -> int:
        """How many of the rows that are not taken wait somewhere for a person, once the file is imported."""
        reasons = self.way.layout.waiting.reasons if self.way.layout.waiting else ()
        return len({(each.sheet, each.row) for each in self.counts.rejects if each.reason in reasons}) if self.counts else 0

    def filtered(self, sort: str) -> str:
        """The address of this preview with one sort of rows alone."""
        address = self.way.again.replace("JOB", self.job)
        return f"{address}{'&' if '?' in address else '?'}show={sort}" if sort else address

    @property
    def told(self) -> int:
        """How many of the problems the lines shown tell of."""
        return sum(1 + len(line.also) for line in (*self.rejects, *self.conflicts))

    @property
    def read_as(self) -> str:
        """The sheet, encoding and row of headings that the columns shown are of."""
        return read_as(self.source.choices)


def read_as(choices: Choices) -> str:
    """The sheet, encoding and row of headings that columns were chosen for."""
    return f"{choices.sheet}|{choices.encoding}|{choices.heading_row}"


def preview_page(way: Way, tried: Tried, job: str, layouts: Iterable[Layout], show: str = "") -> Answer:
    """The page of a file that was tried; `show` lists one sort of its rows alone, and more of them."""
    counts = tried.result.counts if tried.result else Imported()
    headings = _Headings(tried.result, layouts)
    conflicts = [each for each in counts.rejects if each.reason in _CONFLICTS]
    rejects = [each for each in counts.rejects if each.reason not in _CONFLICTS]
    whole = tuple(RowLine(0, "", headings.of(each.column), each.value, each.sentence) for each in counts.notes if not each.row)
    notes = [each for each in counts.notes if each.row]
    brought = way.layout.brought
    sorts = (
        ("new", _("新增"), counts.new), ("bringing", _(brought.word) if brought else "", counts.bringing),
        ("changed", _("更改"), counts.changed),
        ("alarms", _("下降"), counts.alarms),
        ("conflicts", _("要人决定"), _rows(conflicts)),
        ("rejects", _("不能导入"), counts.rejected - _rows(conflicts)), ("notes", _("请留意"), len(notes)),
    )  # fmt: skip
    show = show if show in {name for name, _words, many in sorts if many} else ""

    def lines(sort: str, some: list[Reject]) -> tuple[RowLine, ...]:
        return tuple(_listed(sort, show, _joined(headings, some)))

    def changed(sort: str) -> tuple[ChangedRow, ...]:
        stand_out = {"alarms": lambda each: each.alarms, "bringing": lambda each: bool(each.brings)}
        is_of: Callable[[RowDifference], bool] = stand_out.get(sort, lambda each: each.state == sort)
        some = [each for each in counts.differences if is_of(each)]
        return tuple(
            ChangedRow(each.row, each.sheet, each.about, tuple((headings.of(one.field), one.old, one.new, _falls(one))
                                                   for one in each.changes), each.brings)
            for each in _listed(sort, show, some)
        )  # fmt: skip

    page = ImportPreviewPage(
        way, tried.source, tried.look, counts if tried.result else None, changed("changed"), changed("new"), changed("alarms"),
        changed("bringing"),
        lines("conflicts", conflicts), lines("rejects", rejects), whole, lines("notes", notes), show,
        tuple(one for one in sorts if one[2]), job, tuple(ENCODINGS.items()), Form(),
    )  # fmt: skip
    return respond.page(way.template, page, 422 if tried.look.problem else 200)


def lines_told(result: FileImported, layouts: Iterable[Layout]) -> tuple[tuple[RowLine, ...], tuple[RowLine, ...]]:
    """Of a file that was imported the first rows that were not taken, with why, and the first that something is to know of."""
    headings = _Headings(result, layouts)
    told = [tuple(_joined(headings, some)[:_SHOWN]) for some in (result.counts.rejects, result.counts.notes)]
    return told[0], told[1]


def _joined(headings: _Headings, some: Iterable[Reject]) -> list[RowLine]:
    """A line for each thing that is said, with all rows of which the very same is said: eighty rows that name one unknown line are
    one matter to whoever mends the file, and pushed the others off the page.
    """
    rows: dict[tuple[str, str, str, str], list[int]] = {}
    for each in some:
        rows.setdefault((each.sheet, headings.of(each.column), each.value, each.sentence), []).append(each.row)
    return [RowLine(row, *said, tuple(also)) for said, (row, *also) in rows.items()]


def _listed(sort: str, show: str, some: list[T]) -> list[T]:
    """The first rows of a sort; all that were kept of the one that was asked for alone, and none of the others beside it."""
    return some[:LISTED] if sort == show else [] if show else some[:_SHOWN]


def _rows(some: Iterable[Reject]) -> int:
    """How many rows these are about."""
    return len({(each.sheet, each.row) for each in some})


def _falls(one: Change) -> bool:
    return one.field in {"likes", "plays"} and one.old.isdigit() and one.new.isdigit() and int(one.new) < int(one.old)


class _Headings:
    """The file's own heading of a field, else ours."""

    def __init__(self, result: FileImported | None, layouts: Iterable[Layout]) -> None:
        self._result = result
        self._ours = {column.field: column.heading for layout in layouts for column in layout.columns}

    def of(self, field: str) -> str:
        """The heading of a field."""
        return (self._result.columns.heading(field) if self._result else "") or self._ours.get(field, field)
