"""Works and their like counts in the office: the list, one work with every reading, whether it counts (F-14, F-24)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.works.actions import works as actions
from campmgr.areas.works.queries.flags import open_cases
from campmgr.areas.works.queries.listed import WORKS
from campmgr.areas.works.queries.works import WorkPage, work_page
from campmgr.areas.works.rules.anomalies import Flag
from campmgr.clock import parse_instant
from campmgr.errors import BadInput
from campmgr.web import respond
from campmgr.web.charts import Curve, curve
from campmgr.web.current import reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form, shown_of
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.lists import ShownList, shown_list
from campmgr.web.respond import Answer

area = Blueprint("office_works", __name__, url_prefix="/office/works")


@dataclass(frozen=True, slots=True)
class WorkListPage:
    """A page of works."""

    listed: ShownList


@dataclass(frozen=True, slots=True)
class OneWorkPage:
    """One work, its counts as a curve (None for fewer than two), what looks odd about it, and the form to decide about it."""

    work: WorkPage
    curve: Curve | None
    flags: tuple[Flag, ...]
    shown: str
    form: Form


@area.get("/")
@require("organizer")
def works() -> Answer:
    """Every work, the most liked first."""
    with reading() as (r, world):
        whole_camp(world)
        found = shown_list(r, world, WORKS)
    return respond.page("works/works.html", WorkListPage(found))


@area.get("/<work>")
@require("organizer")
def work(work: str) -> Answer:
    """One work with every reading. Raises NotFound."""
    return _one(work, Form())


@area.post("/<work>/judge")
@require("organizer")
def judge(work: str) -> Answer:
    """Take a work out of the ranking or back into it, with the reason."""
    form = Form.sent()
    counts, reason = form.choice("counts", ("yes", "no")), form.text("reason", most=200)
    if form.errors:
        return _one(work, form, 422)
    with writing() as (w, world):
        account = whole_camp(world)
        found = work_page(w, world, work)
        if found.person is None:
            raise BadInput("这件作品的作者不在本机，不能在这里处理。", reason="unknown_person", hint="请等作者的资料到齐后再试。")
        if found.row.counts is (counts == "yes") or not form.is_stale(shown_of(found.row.counts, found.row.likes), _STALE):
            actions.judge(
                w, work, found.person, counts=counts == "yes", reason=reason, actor=account.actor, client_id=form.client_id
            )
            words = _("已恢复这件作品的资格。") if counts == "yes" else _("已取消这件作品的资格。")
            return told(w, words, url_for("office_works.work", work=work))
    return _one(work, form, form.status)


_STALE = "这件作品刚才有了变化，还没有处理。请看一眼现在的读数和资格，再按一次。"


def _one(work: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        whole_camp(world)
        found = work_page(r, world, work)
        flags = tuple(open_cases(r, world, work))
    drawn = curve([(parse_instant(each.moment).timestamp(), each.likes) for each in found.readings])
    return respond.page(
        "works/work.html", OneWorkPage(found, drawn, flags, shown_of(found.row.counts, found.row.likes), form), status
    )
