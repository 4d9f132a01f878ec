"""Flags of works in the office: what looks odd and why, a decision with its reason, and the log of all of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.works.actions import works as actions
from campmgr.areas.works.queries.flags import SEEN, DecisionsPage, FlagsPage, Seen, decisions_page, flags_page, open_cases
from campmgr.areas.works.queries.works import work_page
from campmgr.areas.works.rules.anomalies import MATTERS
from campmgr.errors import BadInput
from campmgr.web import respond
from campmgr.web.current import page_asked, reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_flags", __name__, url_prefix="/office/works")

REASONS = ("已核实，是真实点赞", "平台清理了异常点赞", "导入的表格有误", "同一来源的推广，未违反规则", "刷量", "搬运他人作品")
"""What a decision is often about, offered while typing."""

ANSWERS = {"fine": None, "out": False, "in": True}
"""Looked at and left as it is, taken out of the ranking, taken in again."""


@dataclass(frozen=True, slots=True)
class FlagListPage:
    """A page of flags with the filters to choose from, and the form of the one that was answered wrongly (`about` its case)."""

    flags: FlagsPage
    states: tuple[tuple[Seen, str], ...]
    reasons: tuple[str, ...]
    form: Form
    about: str


@area.get("/flags")
@require("organizer")
def flags() -> Answer:
    """What looks odd; `seen`, `matter`, `listed` and `page` in the address."""
    return _flags(Form())


@area.post("/flags")
@require("organizer")
def decide() -> Answer:
    """Decide about one flag: fine as it is, or take the work out or in, with the reason. Taking out settles all its flags."""
    form = Form.sent()
    answer, case, work = form.choice("answer", ANSWERS), form.typed("case"), form.typed("work")
    reason = form.text("reason", most=200)
    if form.errors:
        return _flags(form, 422)
    with writing() as (w, world):
        account = whole_camp(world)
        found, waiting = work_page(w, world, work), [flag.case for flag in open_cases(w, world, work)]
        if found.person is None:
            raise BadInput("这件作品的作者不在本机，不能在这里处理。", reason="unknown_person", hint="请等作者的资料到齐后再试。")
        cases = waiting if ANSWERS[answer] is False else [each for each in waiting if each == case]
        if cases:  # else pressed twice, or the count was corrected in the meantime: the list shows what is left
            actions.settle_flags(w, work, found.person, cases, reason, counts=ANSWERS[answer], actor=account.actor)
    return respond.go(_here())


@area.get("/decisions")
@require("organizer")
def decisions() -> Answer:
    """Every decision about works, the newest first."""
    with reading() as (r, world):
        whole_camp(world)
        found: DecisionsPage = decisions_page(r, page_asked())
    return respond.page("works/decisions.html", found)


def _flags(form: Form, status: int = 200) -> Answer:
    seen, matter, listed = _asked()
    with reading() as (r, world):
        whole_camp(world)
        found = flags_page(r, world, seen, matter, page_asked(), listed=listed)
    page = FlagListPage(found, tuple((key, _(words)) for key, words in SEEN.items()), REASONS, form, form.typed("case"))
    return respond.page("works/flags.html", page, status)


def _asked() -> tuple[Seen, str, bool]:
    """The filter in the address."""
    seen: Seen = next((each for each in SEEN if each == request.args.get("seen")), "open")
    matter = request.args.get("matter", "")
    return seen, matter if matter in MATTERS else "", request.args.get("listed") == "1"


def _here() -> str:
    """Back to the same part of the list."""
    seen, matter, listed = _asked()
    return url_for("office_flags.flags", seen=seen, matter=matter or None, listed="1" if listed else None, page=page_asked())
