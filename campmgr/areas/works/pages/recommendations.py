"""Recommending works to outlets in the office (F-25): what is said of one work, and all works beside all outlets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, url_for

from campmgr.areas.works.actions.recommendations import LONGEST_NOTE, LONGEST_OUTLET, recommend
from campmgr.areas.works.queries.recommendations import STATES, Matrix, Recommended, WorkRecommendations, matrix, recommendations_of
from campmgr.areas.works.queries.works import WorkRow, work_page
from campmgr.clock import today_of
from campmgr.errors import BadInput
from campmgr.facts.world import World
from campmgr.files.official_book import write_paper
from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart, Value
from campmgr.web import respond
from campmgr.web.current import reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import XLSX, download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_recommendations", __name__, url_prefix="/office/works")


@dataclass(frozen=True, slots=True)
class WorkRecommendationPage:
    """One work, its outlets, and the form to note how far it has come."""

    row: WorkRow
    recommended: WorkRecommendations
    states: tuple[tuple[str, str], ...]
    today: str
    form: Form


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """Every work that was recommended, beside the outlets."""

    matrix: Matrix


@area.get("/recommendations")
@require("organizer")
def shown() -> Answer:
    """Works beside outlets."""
    with reading() as (r, world):
        whole_camp(world)
        found = matrix(r, world)
    return respond.page("works/recommendations.html", MatrixPage(found))


@area.get("/recommendations.xlsx")
@require("organizer")
def workbook() -> Answer:
    """The same as a workbook."""
    with reading() as (r, world):
        whole_camp(world)
        paper, today = _paper(world, matrix(r, world)), today_of(r.clock)

    def write(path: Path) -> None:
        write_paper(path, paper)

    return download(written(write), f"优秀作品推荐情况-{today}.xlsx", XLSX)


@area.get("/<work>/recommend")
@require("organizer")
def work(work: str) -> Answer:
    """Where one work was recommended to. Raises NotFound."""
    return _work(work, Form.kept())


@area.post("/<work>/recommend")
@require("organizer")
def said(work: str) -> Answer:
    """Note how far a work has come with an outlet; the last word stands."""
    form = Form.sent()
    state, on = form.choice("state", STATES), form.day("on")
    outlet = form.text("other", required=False, most=LONGEST_OUTLET) or form.text("outlet", required=False, most=LONGEST_OUTLET)
    note = form.text("note", required=False, most=LONGEST_NOTE)
    with writing() as (w, world):
        account = whole_camp(world)
        found = work_page(w, world, work)
        if found.person is None:
            raise BadInput("这件作品的作者不在本机，不能在这里处理。", reason="unknown_person", hint="请等作者的资料到齐后再试。")
        if not form.errors:
            with form.beside("outlet", BadInput, by_reason={"bad_date": "on"}):
                recommend(w, work, found.person, outlet, state, on=on, note=note, actor=account.actor, client_id=form.client_id)
                return told(w, _("已记下推荐情况。"), url_for("office_recommendations.work", work=work))
    return _work(work, form, 422)


def _work(work: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        whole_camp(world)
        row, found, today = work_page(r, world, work).row, recommendations_of(r, world, work), today_of(r.clock)
    states = tuple((state, _(words)) for state, words in STATES.items())
    return respond.page("works/recommend.html", WorkRecommendationPage(row, found, states, today, form), status)


def _paper(world: World, found: Matrix) -> Paper:
    columns = (PaperColumn("作品", "text", 12), PaperColumn("作者", "name", 5), PaperColumn("单位", "text", 9),
               PaperColumn("点赞数", "number", 5),
               *(PaperColumn(outlet, "name", 6) for outlet in found.outlets))  # fmt: skip
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (row.title, row.author, row.unit, row.likes, *(_cell(each) for each in row.cells)) for row in found.rows
    )
    counts = "　".join(f"{words} {count}" for words, count in found.counts)
    part = PaperPart("推荐情况", f"{world.name}优秀作品推荐情况", columns, (Group(rows),), (counts,), wide=True)
    return Paper((part,), "优秀作品推荐情况")


def _cell(each: Recommended) -> str:
    return "\n".join(filter(None, (each.words, each.day))) if each.state else ""
