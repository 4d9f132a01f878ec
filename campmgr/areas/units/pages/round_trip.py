"""Units as a sheet that is given out, filled in elsewhere, and comes back: what differs is looked at, then taken in one press."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import actors, unit_for
from campmgr.areas.units.actions.round_trip import SHEET, Coming, RowLine, coming_back, take_back_in
from campmgr.areas.units.files.round_trip import read_sheet, write_sheet
from campmgr.areas.units.local import Trip, keep_trip, trip_of, trips_of
from campmgr.areas.units.queries.round_trip import cells_of, count_words, units_to_send
from campmgr.areas.units.rules.three_way import CameBack, Unread, Value, key_of, trip_in
from campmgr.clock import local_text, minute_text, utc_text
from campmgr.errors import BadInput, NotFound
from campmgr.facts.batches import batch_of_press, is_batch
from campmgr.facts.finding import shown_code
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import random_id
from campmgr.settings.limits import Limits
from campmgr.store.door import Reader
from campmgr.web import respond, working
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import XLSX, download_kept
from campmgr.web.forms import Form, shown_of
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.jobs import Progress
from campmgr.web.respond import Answer
from campmgr.web.uploads import keep_upload, kept_upload

area = Blueprint("office_round_trip", __name__, url_prefix="/office/units/<code>/sheet")

MOST_UNITS = 20_000
"""Units of one sheet; whoever has more gives out a sheet for each part of the tree."""

MOST_SHOWN = 300
"""Lines of a sort on the page; rows to decide are always all there."""

_HEADINGS = {
    "code": "代码",
    "name": "名称",
    "parent": "上级",
    "kind": "类别",
    "line": "条线",
    "count": "应参与人数",
    "state": "状态",
}

_TOLD_EVERY = 500

ReadRows = list[CameBack | Unread]


@dataclass(frozen=True, slots=True)
class GivenSheet:
    """A sheet that was given out: its name, who made it, when, how many units."""

    trip: str
    who: str
    at: str
    units: int


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A workbook that was made: where it lies, and the name it is saved under."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class RoundTripPage:
    """The unit, the sheets that were given out, the form that takes one back."""

    unit: Unit
    many: int
    given: tuple[GivenSheet, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field that differs, in words: what was sent, what came back, what stands now."""

    words: str
    sent: str
    back: str
    now: str
    way: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row that differs: its number in the sheet, what it is of, its fields, and why it is not taken."""

    number: int
    name: str
    fields: tuple[ShownField, ...]
    why: str


@dataclass(frozen=True, slots=True)
class CameBackPage:
    """What a sheet comes to, before any of it is written. `groups`: (sort, title, hint, rows shown, how many there are)."""

    unit: Unit
    given: GivenSheet
    same: int
    groups: tuple[tuple[str, str, str, tuple[ShownRow, ...], int], ...]
    takes: int
    asks: int
    kept: str
    job: str
    shown: str
    form: Form


@area.get("")
@require("organizer")
def page(code: str) -> Answer:
    """Give a sheet out, or take one back."""
    return _page(code, Form())


@area.post("/give")
@require("organizer")
def give(code: str) -> Answer:
    """The workbook of a unit and all below it; what stands in it is kept, to be compared when it comes back. Pressed twice, it is
    one.
    """
    account, form = me(), Form.sent()
    job = form.client_id if form.client_id.isalnum() else random_id()
    if known := frame().jobs.job(account.account, job):
        return working.answer_of(known)
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        rows = units_to_send(world, account, unit)
        if len(rows) > MOST_UNITS:
            raise BadInput(
                f"这里有 {len(rows):,} 个单位，一张表最多 {MOST_UNITS:,} 个。", reason="too_many", hint="请到下级单位分别导出。"
            )
        now = utc_text(w.clock.now())
        trip = Trip("T" + random_id()[:7].upper(), unit.unit, account.account, now, rows)
        keep_trip(w, trip)
    notes = (
        f"范围：{unit.name}及全部下级，{len(rows)} 个单位；{account.name}（{account.login}）导出于 {minute_text(now)}；编号 {trip.trip}",
        "“行号”一栏请不要改。要新增单位，在下面另起一行，行号留空，写名称和上级代码。",
        "删掉的行不会删除单位，删掉的栏不会清空内容。填好后到同一页“交回”，先看差别再写入。",
    )
    sheet = GivenFile(frame().jobs.folder(account.account, job) / "units.xlsx", f"单位表-{unit.name}-{local_text(now)[:10]}.xlsx")

    def work(told: Progress) -> GivenFile:
        cells = ([key_of(trip.trip, place), *cells_of(row.values)] for place, row in enumerate(rows))
        write_sheet(sheet.path, f"{unit.name} 单位表", notes, _counted(cells, told, len(rows)), len(rows))
        return sheet

    to = url_for("office_round_trip.given", code=unit.address, job=job)
    return working.answer_of(working.start(_("导出单位表：") + unit.name, work, lambda _result: to, job))


@area.get("/given/<job>")
@require("organizer")
def given(code: str, job: str) -> Answer:
    """The workbook itself, for whoever made it. Raises NotFound once it is no longer kept."""
    with reading() as (_r, world):
        unit_for(world, me(), code)
    known = frame().jobs.job(me().account, job)
    if known is None or not isinstance(known.result, GivenFile) or not known.result.path.is_file():
        raise NotFound("这份表格已经过期或删除。", reason="no_such_page", hint="请回到单位表，再导出一次。")
    return download_kept(known.result.path, known.result.name, XLSX)


@area.post("/back")
@require("organizer")
def back(code: str) -> Answer:
    """Keep a sheet that came back, and look at it. Nothing is written."""
    form = Form.sent()
    with reading() as (_r, world):
        unit_for(world, me(), code)
        rules = world.rules
    with form.beside("file", BadInput):
        path, job, store = keep_upload(request.files.get("file")), random_id(), frame().open_store()

        def work(told: Progress) -> ReadRows:
            read = read_sheet(path, rules, rules[Limits].import_bytes, told)
            with store.reading() as r:
                _trip(r, read)
            return read

        to = str(respond.shown_at("office_round_trip.look", [path.name, job], code=code).location)
        return working.answer_of(working.start(_("交回的单位表"), work, lambda _result: to, job))
    return _page(code, form, 422)


@area.get("/look")
@require("organizer")
def look(code: str) -> Answer:
    """What a sheet that came back comes to."""
    kept, job = respond.shown_again()
    return _look(code, str(kept), Form(), job=str(job))


@area.post("/take")
@require("organizer")
def take(code: str) -> Answer:
    """Take in what was looked at, as one batch; where something has changed since, it is shown again."""
    form, account = Form.sent(), me()
    kept, job = form.typed("kept")[:100], form.typed("job")[:100]
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        batch = batch_of_press(w, "units came back", account.account, form.client_id)
        to = url_for("office_units.unit", code=unit.address)
        if is_batch(w, batch):  # pressed twice
            return told(w, _("单位表已经写入。"), to, undo=batch)
        coming, trip = _coming(w, world, kept, job, _answers(form), batch)
        if not form.is_stale(
            shown_of(trip.trip, *coming.shown()), _("您看过以后，这些单位又有变化。下面是现在的差别，请再看一遍。")
        ):
            many = take_back_in(w, coming)
            if many:
                words = _("已按交回的表改动 %(n)s 个单位。") % {"n": many}
                return told(w, words, to, undo=batch)
            form.wrong("shown", _("照这样没有要写入的：要改的行都选了“保持现在的”，或表里没有改动。"))
    return _look(code, kept, form, form.status, job=job)


def _counted(lines: Iterable[list[str | int | None]], told: Progress, many: int) -> Iterator[list[str | int | None]]:
    for number, line in enumerate(lines):
        if number % _TOLD_EVERY == 0:
            told(number, many)
        yield line


def _page(code: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        names = actors(r)
        given = tuple(
            GivenSheet(trip, names.get(f"account:{who}", ""), minute_text(at), units)
            for trip, who, at, units in trips_of(r, unit.unit)
        )
        many = len(units_to_send(world, account, unit))
    return respond.page("units/round_trip.html", RoundTripPage(unit, many, given, form), status)


def _trip(r: Reader, read: ReadRows) -> Trip:
    """The sheet that was given out, of which one came back. Raises BadInput where it is not known."""
    trip = trip_of(r, trip_in(row.key for row in read if isinstance(row, CameBack)))
    if trip is None:
        raise BadInput(
            "认不出这是哪一次导出的表。", reason="unknown_fact", hint="请用这台电脑上导出的表格填写；别的单位表请从“从表格导入”进。"
        )
    return trip


def _coming(r: Reader, world: World, kept: str, job: str, answers: Mapping[int, str], batch: str) -> tuple[Coming, Trip]:
    """`job`: by which the sheet was read; while its rows are remembered they are not read again."""
    known = frame().jobs.job(me().account, job)
    remembered = known.result if known else None
    read: ReadRows = (
        remembered if isinstance(remembered, list) else read_sheet(kept_upload(kept), world.rules, world.rules[Limits].import_bytes)
    )
    trip = _trip(r, read)
    return coming_back(r, world, me(), trip, read, answers, batch), trip


def _answers(form: Form) -> dict[int, str]:
    """What was decided of rows that both sides changed."""
    return {
        int(name[4:]): SHEET
        for name in request.form
        if name.startswith("row-") and name[4:].isdigit() and form.typed(name) == SHEET
    }


_GROUPS = (
    ("both", "两边都改过，要您决定", "没有选的，保持现在的。"),
    ("here", "表里改了", "按下去就照表改。"),
    ("new", "表里新增", "行号空着的行，按下去就新增。"),
    ("there", "导出以后这里改过", "表里没有动，保持现在的。"),
    ("missing", "没有交回来的", "表里没有这些行。不会删除，什么也不动。"),
    ("wrong", "不能用的行", "没有动；请在表里改正，再交回一次。"),
)


def _look(code: str, kept: str, form: Form, status: int = 200, *, job: str) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        coming, trip = _coming(r, world, kept, job, _answers(form), "")
        groups = []
        for sort, title, hint in _GROUPS:
            lines = coming.of(sort)
            most = len(lines) if sort == "both" else MOST_SHOWN
            groups.append((sort, _(title), _(hint), tuple(_row(world, line) for line in lines[:most]), len(lines)))
        given = GivenSheet(trip.trip, actors(r).get(f"account:{trip.account}", ""), minute_text(trip.made_at), len(trip.rows))
        takes = len(coming.of("here")) + len(coming.of("new"))
        found = CameBackPage(
            unit, given, coming.same, tuple(each for each in groups if each[4]), takes, len(coming.of("both")), kept, job,
            shown_of(trip.trip, *coming.shown()), form,
        )  # fmt: skip
    return respond.page("units/came_back.html", found, status)


def _row(world: World, line: RowLine) -> ShownRow:
    def words(field: str, value: Value) -> str:
        if field == "count":
            return count_words(value)
        if field == "parent" and str(value) in world.tree.units:
            above = world.tree.units[str(value)]
            return f"{above.name}（{shown_code(world, above.unit)}）"
        return str(value) or "—"

    fields = tuple(
        ShownField(
            _(_HEADINGS[each.field]),
            words(each.field, each.sent),
            words(each.field, each.back),
            words(each.field, each.now),
            each.way,
        )
        for each in line.fields
    )
    return ShownRow(line.number, line.name, fields, line.why)
