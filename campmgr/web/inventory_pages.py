"""The pages of an inventory, made of its declaration: the list, a search, a row with its history, and the list as a file.

What units keep stands at their desks, what a host keeps for all in the office.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import activity_for, actors, is_theirs, runs_activity, unit_for
from campmgr.errors import BadInput, CampError, NotAllowed, NotFound, Refused
from campmgr.facts.activities import Activity
from campmgr.facts.inventories import LONGEST_FIELD, Inventory
from campmgr.facts.inventory_rows import (
    LONGEST_REASON,
    InventoryRow,
    Told,
    Who,
    change_row,
    drop_row,
    inventory_rows,
    list_row,
    matching,
    row_of,
    rows_by_id,
    told_of,
    words_of,
)
from campmgr.facts.saying import closed
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.files.cells import CellProblem
from campmgr.files.inventory_sheets import inventory_paper, read_field
from campmgr.files.official_book import write_paper
from campmgr.files.official_paper import Paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import frame, me, press, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import PDF, XLSX, download, written
from campmgr.web.forms import Form, shown_of
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

ON_A_PAGE = 100
"""Rows of a list; of what was dropped no more are shown than the last ones."""


class Stand(NamedTuple):
    """Where one stands: the activity, the unit's id ("" in the office) and name, what stands in addresses, whether to write."""

    activity: Activity
    unit: str
    name: str
    address: Mapping[str, Any]
    may_write: bool


@dataclass(frozen=True, slots=True)
class InventoryPage:
    """The list: a page of its rows and how many there are, those dropped, what each says in words, by id; the search; `pages` is
    the blueprint's name, `number` of `last` pages is shown.

    `merged`: what units that were merged into this one have listed, as (name, address, rows): each row stays where it was listed.
    """

    inventory: Inventory
    pages: str
    at: Stand
    rows: tuple[InventoryRow, ...]
    dropped: tuple[InventoryRow, ...]
    words: Mapping[str, Mapping[str, str]]
    query: str
    count: int
    number: int
    last: int
    found: str
    merged: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class InventoryRowPage:
    """One row with what it says in words, or the form for a new one (None); `shown`: the state that the form was drawn for; who did
    what, by account; `beside`: the endpoint of another page of the row and what leads there, "" for none.
    """

    inventory: Inventory
    pages: str
    at: Stand
    row: InventoryRow | None
    words: Mapping[str, str]
    form: Form
    drop: Form
    shown: str
    history: tuple[Told, ...]
    actors: Mapping[str, str]
    beside: tuple[str, str]


def inventory_pages(inventory: Inventory, who: Who | None = None, beside: tuple[str, str] = ("", "")) -> Blueprint:
    """Its pages: what an area names among its `pages`. A link to them is `<table>.listed`. `beside`: the endpoint of a page of one
    row that the area has besides, and what the link to it says.
    """
    prefix = "/desk/units/<code>/a/<activity>/" if inventory.is_units else "/office/a/<activity>/"
    area = Blueprint(inventory.table, __name__, url_prefix=prefix + inventory.table)
    pages = _Pages(inventory, who, beside)
    sees = require("viewer" if inventory.is_units else "organizer")
    writes = require("coordinator" if inventory.is_units else "organizer")
    area.get("/", endpoint="listed")(sees(pages.listed))
    area.post("/search", endpoint="search")(sees(pages.search))
    area.get("/all.<any(xlsx, pdf):ending>", endpoint="file")(sees(pages.file))
    area.get("/new", endpoint="new")(writes(pages.new))
    area.post("/new", endpoint="add")(writes(pages.add))
    area.get("/of/<row>", endpoint="row")(sees(pages.row))
    area.post("/of/<row>", endpoint="change")(writes(pages.change))
    area.post("/of/<row>/drop", endpoint="drop")(writes(pages.drop))
    return area


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """What the units of an account's place keep: each row with its unit's name and address; people by their codes."""

    inventory: Inventory
    pages: str
    activity: Activity
    address: str
    rows: tuple[tuple[InventoryRow, Unit], ...]


def inventory_overview(inventory: Inventory) -> Blueprint:
    """The office's page of what units keep, read and exported there. A link to it is `office_<table>.listed`."""
    area = Blueprint(f"office_{inventory.table}", __name__, url_prefix=f"/office/a/<activity>/{inventory.table}")

    def rows_for(r: Reader, world: World, activity: Activity) -> tuple[tuple[InventoryRow, Unit], ...]:
        account, units = me(), world.tree.units
        rows = [(row, units[row.unit]) for row in inventory_rows(r, inventory, activity.id) if row.unit in units]
        return tuple(sorted((each for each in rows if is_theirs(world, account, each[1])), key=lambda each: each[1].place))

    @area.get("/")
    @require("organizer")
    def listed(activity: str) -> Answer:
        with reading() as (r, world):
            found = activity_for(world, me(), activity, inventory.sort)
            address = world.activities.address(found)
            page = OverviewPage(inventory, inventory.table, found, address, rows_for(r, world, found))
        return respond.page("inventories/overview.html", page)

    @area.get("/all.<any(xlsx, pdf):ending>")
    @require("organizer")
    def file(activity: str, ending: str) -> Answer:
        with reading() as (r, world):
            found = activity_for(world, me(), activity, inventory.sort)
            paper = inventory_paper(world, inventory, found.rules, [row for row, _unit in rows_for(r, world, found)])
        return _as_file(inventory, paper, ending)

    return area


def _as_file(inventory: Inventory, paper: Paper, ending: str) -> Answer:
    name = f"{inventory.title}.{ending}"
    if ending == "pdf":
        return download(paper_pdf(press(), paper), name, PDF)
    return download(written(lambda path: write_paper(path, paper)), name, XLSX)


class _Pages:
    """The views of one inventory. `code` is the desk's unit, "" in the office."""

    def __init__(self, inventory: Inventory, who: Who | None, beside: tuple[str, str]) -> None:
        self._inventory, self._who, self._beside = inventory, who, beside
        self._frame = "desk" if inventory.is_units else "office"

    def listed(self, activity: str, code: str = "") -> Answer:
        """The rows, some a page; after a search those in which every word stands."""
        kept = request.args.get("found", "")[:32]
        found, number = frame().searches.typed(me().account, kept), max(1, request.args.get("page", 1, int))
        with reading() as (r, world):
            at = self._at(world, activity, code)
            rows = inventory_rows(r, self._inventory, at.activity.id, at.unit, dropped=True)
            rows = matching(self._inventory, rows, found) if found else rows
            listed, dropped = (tuple(row for row in rows if row.listed is is_listed) for is_listed in (True, False))
            part, dropped = listed[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], dropped[:ON_A_PAGE]
            words = words_of(r, self._inventory, (*part, *dropped), self._who, at.unit)
            others = [(unit, len(inventory_rows(r, self._inventory, at.activity.id, unit.unit)))
                      for unit in world.once(_merged).get(at.unit, ())]  # fmt: skip
        merged = tuple((unit.name, unit.address, count) for unit, count in others if count)
        last = max(1, -(-len(listed) // ON_A_PAGE))
        page = InventoryPage(
            self._inventory, self._inventory.table, at, part, dropped, words, found, len(listed), number, last, kept, merged
        )
        return respond.page(f"inventories/{self._frame}_list.html", page)

    def search(self, activity: str, code: str = "") -> Answer:
        """What was typed is kept in memory: a name belongs into no address."""
        text = Form.sent().text("query", required=False, most=60)
        with reading() as (_r, world):
            address = self._at(world, activity, code).address
        number = frame().searches.keep(me().account, text) if text else ""
        return respond.go(url_for(f"{self._inventory.table}.listed", found=number or None, **address))

    def file(self, activity: str, ending: str, code: str = "") -> Answer:
        """The rows on the form of the notice, at a desk; the whole list in the office."""
        with reading() as (r, world):
            at = self._at(world, activity, code)
            rows = inventory_rows(r, self._inventory, at.activity.id, at.unit)
            paper = inventory_paper(world, self._inventory, at.activity.rules, rows, at.unit)
        return _as_file(self._inventory, paper, ending)

    def new(self, activity: str, code: str = "") -> Answer:
        """The form for another row. Raises NotAllowed, Refused where nothing is written any more."""
        with reading() as (_r, world):
            self._writing_at(world, activity, code)
        return self._row_page(activity, code, "", Form.kept())

    def add(self, activity: str, code: str = "") -> Answer:
        """List a row; one that was dropped is listed again, with what was filled in."""
        form = Form.sent()
        with writing() as (w, world):
            at = self._writing_at(world, activity, code)
            said = self._read(w, at, form)
            if not form.errors:
                id_ = self._inventory.row_id(at.activity.id, at.unit, said)
                known = rows_by_id(w, self._inventory, [id_]).get(id_)
                if known is not None and known.listed:
                    form.wrong(self._first, "已经登记过这一条。要修改的，请在列表里打开它。")
                elif known is not None:
                    said = {name: value for name, value in said.items() if value or name in self._inventory.key}
            if not form.errors:
                with form.beside(self._first, BadInput, Refused):
                    list_row(w, self._inventory, at.activity, at.unit, said, me().actor)
                    return told(w, _("已登记%(what)s。") % {"what": self._inventory.called}, self._listed(at))
        return self._row_page(activity, code, "", form, status=422)

    def row(self, activity: str, row: str, code: str = "") -> Answer:
        """One row with its history, and the form to change it."""
        return self._row_page(activity, code, row, None)

    def change(self, activity: str, row: str, code: str = "") -> Answer:
        """Change what differs from what the form showed; a dropped row is listed again."""
        form = Form.sent()
        with writing() as (w, world):
            at = self._writing_at(world, activity, code)
            known = self._row(w, at, row)
            said = self._read(w, at, form, known)
            if not form.is_stale(_drawn_for(known)) and not form.errors:
                with form.beside(self._first, BadInput, Refused):
                    fact = change_row(w, self._inventory, known, said, me().actor)
                    words = _("已保存%(what)s。") if fact else _("没有改动。")
                    return told(w, words % {"what": self._inventory.called} if fact else words, self._listed(at))
        return self._row_page(activity, code, row, form, status=form.status)

    def drop(self, activity: str, row: str, code: str = "") -> Answer:
        """Drop a row, with the reason."""
        form = Form.sent()
        reason = form.text("reason", most=LONGEST_REASON)
        with writing() as (w, world):
            at = self._writing_at(world, activity, code)
            known = self._row(w, at, row)
            if not form.errors:
                with form.beside("reason", BadInput, Refused):
                    drop_row(w, self._inventory, known, reason, me().actor)
                    return told(w, _("已撤下%(what)s。") % {"what": self._inventory.called}, self._listed(at))
        return self._row_page(activity, code, row, None, form, status=422)

    @property
    def _first(self) -> str:
        return _typed_as(self._inventory.key[0])

    def _at(self, world: World, activity: str, code: str) -> Stand:
        account = me()
        found = activity_for(world, account, activity, self._inventory.sort)
        address = {"activity": world.activities.address(found)}
        if not self._inventory.is_units:
            return Stand(found, "", found.name, address, found.is_open and runs_activity(world, account, found))
        unit = unit_for(world, account, code)
        return Stand(found, unit.unit, unit.name, address | {"code": unit.address}, found.is_open and account.has("coordinator"))

    def _writing_at(self, world: World, activity: str, code: str) -> Stand:
        at = self._at(world, activity, code)
        if not self._inventory.is_units and not runs_activity(world, me(), at.activity):
            raise NotAllowed(f"“{at.activity.name}”由主办单位的组织方办理。", hint="如需修改，请联系主办单位。")
        if at.activity.id in world.closed:
            raise closed(at.activity)
        return at

    def _row(self, r: Reader, at: Stand, id_: str) -> InventoryRow:
        """A row of the unit and activity in hand. Raises NotFound for one of another."""
        row = row_of(r, self._inventory, id_)
        if (row.activity, row.unit) != (at.activity.id, at.unit):
            raise NotFound(f"没有这一条{self._inventory.called}。", reason="unknown_fact", hint="请回到列表里选。")
        return row

    def _read(self, r: Reader, at: Stand, form: Form, known: InventoryRow | None = None) -> dict[str, Any]:
        """What was typed, by field; what is wrong stands beside its field. A person who stands there stays, wherever they are."""
        said: dict[str, Any] = {each.name: known.values[each.name] if known else each.blank for each in self._inventory.fields}
        for field in self._inventory.asked:
            name = _typed_as(field.name)
            text = form.text(name, required=field.required, most=LONGEST_FIELD)
            try:
                value: Any = form.is_ticked(name) if field.sort == "flag" else read_field(field, text) if text else field.blank
                if value and field.sort == "person" and self._who:
                    stays = known is not None and value == field.shown(known.values[field.name])
                    value = known.values[field.name] if known and stays else self._who.find(r, at.unit, value)
                said[field.name] = value
            except CellProblem as problem:
                form.wrong(name, problem.sentence)
            except CampError as problem:  # nobody has that code, or several do
                form.refuse(name, problem)
        if not form.errors:
            field_name, sentence, _reason = self._inventory.refuse(said)
            if sentence:
                form.wrong(_typed_as(field_name), sentence)
        return said

    def _row_page(
        self, activity: str, code: str, id_: str, form: Form | None, drop: Form | None = None, *, status: int = 200
    ) -> Answer:
        with reading() as (r, world):
            at = self._at(world, activity, code)
            row = self._row(r, at, id_) if id_ else None
            words = words_of(r, self._inventory, [row], self._who, at.unit)[row.id] if row else {}
            history, by = (told_of(r, world, self._inventory, row), actors(r)) if row else ((), {})
        form = form or (self._filled(row) if row else Form())
        shown = _drawn_for(row) if row else ""
        page = InventoryRowPage(
            self._inventory, self._inventory.table, at, row, words, form, drop or Form(), shown, history, by, self._beside
        )
        return respond.page(f"inventories/{self._frame}_row.html", page, status)

    def _filled(self, row: InventoryRow) -> Form:
        shown = {_typed_as(each.name): each.shown(row.values[each.name]) for each in self._inventory.fields}
        ticked = {_typed_as(each.name): ["1"] for each in self._inventory.fields if row.values[each.name] is True}
        return Form.kept(shown, ticked)

    def _listed(self, at: Stand) -> str:
        return url_for(f"{self._inventory.table}.listed", **at.address)


def _merged(world: World) -> Mapping[str, list[Unit]]:
    """The units that were merged into each, by its id."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in world.tree.units.unordered():
        if unit.merged_into:
            found[world.tree.standing(unit).unit].append(unit)
    return found


def _typed_as(field: str) -> str:
    """What a field is called in the form, where `reason` and `shown` have meanings of their own."""
    return f"of-{field}"


def _drawn_for(row: InventoryRow) -> str:
    return shown_of(row.id, row.listed, *row.values.values())
