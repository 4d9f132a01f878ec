"""Cards to wear, passes and class lists: for whom the filters of the roster show, or for those ticked in it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, request

from campmgr.accounts.queries import unit_for
from campmgr.areas.people.files.cards import CardSize, cards_pdf
from campmgr.areas.people.files.class_list import roster_paper
from campmgr.areas.people.pages.roster import state_asked
from campmgr.areas.people.queries.roster import MOST_CARDS, RosterRow, people_of, roster_whole
from campmgr.areas.people.queries.theirs import person_for
from campmgr.errors import NotFound, Refused
from campmgr.facts.units import Unit
from campmgr.files.official_sheet import paper_pdf
from campmgr.web.current import me, press, reading
from campmgr.web.downloads import PDF, download
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("cards", __name__, url_prefix="/desk/units/<code>/people")


@area.get("/cards.pdf")
@require("coordinator")
def pdf(code: str) -> Answer:
    """The cards of whom `filter` and `class` in the address show. Raises NotFound for nobody, Refused for more than MOST_CARDS."""
    unit, class_name, camp, rows = _asked(code)
    return _cards(f"{unit.name}{class_name}", camp, rows)


@area.get("/list.pdf")
@require("coordinator")
def class_list(code: str) -> Answer:
    """The list of whom `filter` and `class` in the address show, as a table to print. Raises as `pdf` does."""
    unit, class_name, _camp, rows = _asked(code)
    _refuse_size(rows)
    return download(paper_pdf(press(), roster_paper(unit.name, class_name, rows)), f"{unit.name}{class_name}名单.pdf", PDF)


def _asked(code: str) -> tuple[Unit, str, str, Sequence[RosterRow]]:
    """The unit, the class, the camp's name and the people that an address names, the first MOST_CARDS + 1 of them."""
    account, class_name = me(), request.args.get("class", "")
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        rows = roster_whole(
            r, world, unit.unit, filter_by=state_asked(), class_name=class_name, line=account.line, most=MOST_CARDS + 1,
            own=request.args.get("own", ""),
        )  # fmt: skip
    return unit, class_name, world.name, rows


@area.post("/cards.pdf")
@require("coordinator")
def ticked(code: str) -> Answer:
    """The cards of those ticked in the roster. Raises NotFound for nobody, and for somebody who is not theirs."""
    account, picked = me(), request.form.getlist("picked")[:MOST_CARDS]
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        rows = people_of(r, [person_for(r, world, account, each).person for each in picked])
    return _cards(unit.name, world.name, rows)


def _cards(name: str, camp: str, rows: Sequence[RosterRow]) -> Answer:
    named = [row for row in rows if row.is_named]
    _refuse_size(named)

    size: CardSize = "pass" if request.values.get("size") == "pass" else "wear"
    words = {"wear": "胸卡", "pass": "通行卡"}[size]
    return download(cards_pdf(press(), camp, named, size), f"{name}{words}.pdf", PDF)


def _refuse_size(rows: Sequence[RosterRow]) -> None:
    if not rows:
        raise NotFound("没有可以印的人。", reason="unknown_person", hint="请在“人员”里换一个筛选条件，或先导入名单。")
    if len(rows) > MOST_CARDS:
        raise Refused(f"人数超过 {MOST_CARDS:,}，一次印不下。", reason="too_large", hint="请在“人员”里选一个班级，再打印。")
