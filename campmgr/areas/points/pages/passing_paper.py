"""送审单: what waits for a post is printed, signed away from the computer, and typed in by the numbers on the paper."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.points.actions.passing import LONGEST_REASON
from campmgr.areas.points.actions.passing_paper import print_waiting
from campmgr.areas.points.files.passing_paper import passing_sheet_paper
from campmgr.areas.points.local import PassingSheet, passing_sheet
from campmgr.areas.points.pages.passing import ANSWERS, passing_page, refuse_hosts, stage_typed, wanted_at
from campmgr.areas.points.pages.standing import DeskStand, at_desk
from campmgr.areas.points.queries.items import ItemLine, items_of, known_items
from campmgr.areas.points.settings import Passing
from campmgr.clock import minute_text
from campmgr.errors import BadInput, NotFound
from campmgr.files.official_sheet import paper_pdf
from campmgr.row_numbers import WrongRows, read_rows
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import press, reading, writing
from campmgr.web.downloads import PDF, download
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.respond import Answer
from campmgr.wording import normal

area = Blueprint("passing_paper", __name__, url_prefix="/desk/units/<code>/a/<activity>/passing/paper")


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A paper: for which post, its rows (number, item or None where it was withdrawn, whether it waits for that post), the form."""

    at: DeskStand
    sheet: PassingSheet
    post: str
    made_at: str
    rows: tuple[tuple[int, ItemLine | None, bool], ...]
    passing: Passing
    form: Form

    @property
    def waiting(self) -> int:
        """How many still wait for the post."""
        return sum(waits for _number, _line, waits in self.rows)


@area.post("")
@require("coordinator")
def printed(code: str, activity: str) -> Answer:
    """Make a paper of all that waits at a stage."""
    stage = stage_typed(Form.sent().typed("stage"))
    with writing() as (w, world):
        at = at_desk(w, world, code, activity, writes=True)
        lines = sorted(items_of(w, at.activity, wanted_at(at, stage)), key=lambda line: (line.sent_at, line.item))
        made = print_waiting(w, at.activity, at.row.unit.unit, stage, lines)
    return respond.go(url_for("passing_paper.shown", sheet=made.sheet, **at.address))


@area.post("/find")
@require("coordinator")
def find(code: str, activity: str) -> Answer:
    """Open a paper by the code that is printed on it."""
    form = Form.sent()
    with form.beside("sheet", NotFound), reading() as (r, world):
        at = at_desk(r, world, code, activity)
        made = _sheet(r, at, normal(form.text("sheet", most=20)))
        return respond.go(url_for("passing_paper.shown", sheet=made.sheet, **at.address))
    return passing_page(code, activity, stage_typed(form.typed("stage")), form, 422)


@area.get("/<sheet>")
@require("coordinator")
def shown(code: str, activity: str, sheet: str) -> Answer:
    """A paper, to be printed, and typed in once it is signed."""
    return _page(code, activity, sheet, Form())


@area.get("/<sheet>.pdf")
@require("coordinator")
def file(code: str, activity: str, sheet: str) -> Answer:
    """The paper itself."""
    with reading() as (r, world):
        at = at_desk(r, world, code, activity)
        made = _sheet(r, at, sheet)
        paper = passing_sheet_paper(at.row.unit.name, _post(at, made), made, known_items(r, made.items))
    return download(paper_pdf(press(), paper), f"送审单 {made.sheet}.pdf", PDF)


@area.post("/<sheet>")
@require("coordinator")
def typed(code: str, activity: str, sheet: str) -> Answer:
    """What was signed, by number, goes on to be counted; nothing is written."""
    form = Form.sent()
    answer = form.choice("answer", ANSWERS)
    reason = form.text("reason", required=answer == "back", most=LONGEST_REASON)
    with reading() as (r, world):
        at = at_desk(r, world, code, activity, writes=True)
        made = _sheet(r, at, sheet)
        refuse_hosts(world, at, made.stage)
        rows = _rows(r, made)
    numbers = _numbers(form, len(rows))
    if gone := [number for number in numbers if not rows[number - 1][2]]:
        form.wrong("numbers", f"第 {gone[0]} 行不在等{_post(at, made)}审：可能已经录入、退回修改或撤回了，请核对。")
    if form.errors:
        return _page(code, activity, sheet, form, 422)
    ticked = [made.items[number - 1] for number in numbers]
    return respond.shown_at("passing.before", [made.stage, answer, reason, ticked], **at.address)


def _numbers(form: Form, last: int) -> tuple[int, ...]:
    """The rows that were typed; what is wrong is noted."""
    text = form.text("numbers", most=500)
    try:
        found = read_rows(text, 1, last)
    except WrongRows as problem:
        form.refuse("numbers", BadInput(str(problem), reason="wrong_usage"))
        return ()
    if text and not found:
        form.wrong("numbers", "请写序号，如 1-5，8。")
    return found


def _page(code: str, activity: str, sheet: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        at = at_desk(r, world, code, activity)
        made = _sheet(r, at, sheet)
        rows = _rows(r, made)
    page = PaperPage(at, made, _post(at, made), minute_text(made.made_at), rows, at.activity.rules[Passing], form)
    return respond.page("points/passing_paper.html", page, status)


def _rows(r: Reader, made: PassingSheet) -> tuple[tuple[int, ItemLine | None, bool], ...]:
    lines = known_items(r, made.items)
    found = ((number, lines.get(item)) for number, item in enumerate(made.items, 1))
    return tuple(
        (number, line, line is not None and line.state == "waiting" and line.stage == made.stage - 1) for number, line in found
    )


def _sheet(r: Reader, at: DeskStand, sheet: str) -> PassingSheet:
    made = passing_sheet(r, sheet)
    if made is None or (made.activity, made.unit) != (at.activity.id, at.row.unit.unit):
        raise NotFound("没有这份送审单，或不是在这台电脑上打印的。", reason="no_such_page", hint="请核对送审单号。")
    return made


def _post(at: DeskStand, made: PassingSheet) -> str:
    posts = at.activity.rules[Passing].stages
    return posts[min(made.stage, len(posts)) - 1]
