"""Files into the office: units, lessons, like counts. Upload, look at what it would do, then do it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.desks.pages import import_flow
from campmgr.desks.pages.import_flow import layout_of
from campmgr.desks.pages.import_preview import Way
from campmgr.errors import CampError, NotFound
from campmgr.files.imports.importing import Options
from campmgr.settings.limits import Limits
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_import", __name__, url_prefix="/office/import")

KINDS: dict[str, str] = {"units": "单位", "lessons": "课程", "likes": "点赞数"}
_BACK: dict[str, str] = {
    "units": "office_units.top",
    "lessons": "office_lessons.lessons",
    "likes": "office_works.works",
}
TABLES = ".xlsx,.xls,.ods,.csv"
_COUNTED = ("likes",)
"""Never guessed: a count without its time cannot be ranked at the cut-off (F-24)."""


@dataclass(frozen=True, slots=True)
class OfficeImportPage:
    """The form for a file and where it is sent, with the time of its counts where it `is_counted`; `accept`: the endings it may
    have; `nothing`: the file imported last had no news.
    """

    kind: str
    title: str
    action: str
    accept: str
    headings: tuple[str, ...]
    back: str
    is_counted: bool
    nothing: bool
    form: Form


@area.get("/<kind>")
@require("organizer")
def choose(kind: str) -> Answer:
    """The form for a file."""
    return _choose(_way(kind), Form())


@area.post("/<kind>")
@require("organizer")
def preview(kind: str) -> Answer:
    """Keep the file and say what importing it would do; nothing is written."""
    way, form = _way(kind), Form.sent()
    if way.layout.name in _COUNTED:
        form.until("read_at")  # kept as it was typed: of a day alone it is the last reading
    if form.errors:
        return _choose(way, form, 422)
    try:
        return import_flow.previewed(way, form)
    except CampError as problem:
        return _refused(way, form, problem)


@area.get("/<kind>/<job>")
@require("organizer")
def preview_again(kind: str, job: str) -> Answer:
    """The preview of a large file, once it is there."""
    return import_flow.shown_again(_way(kind), job)


@area.post("/<kind>/commit")
@require("organizer")
def commit(kind: str) -> Answer:
    """Import the kept file: the same bytes that were looked at. Sent twice, it is imported once."""
    way, form = _way(kind), Form.sent()
    try:
        return import_flow.committed(way, form)
    except CampError as problem:
        return _refused(way, form, problem)


@area.post("/<kind>/rejects.xlsx")
@require("organizer")
def rejects(kind: str) -> Answer:
    """The rows of the kept file that would not be taken, each with its reason, to correct and send again."""
    return import_flow.rejected(_way(kind), Form.sent())


def _refused(way: Way, form: Form, problem: CampError) -> Answer:
    """What is wrong with a file stands beside the field it came from; anything else is no matter of the form."""
    if problem.status != 422:
        raise problem
    form.refuse("file", problem)
    return _choose(way, form, 422)


def _choose(way: Way, form: Form, status: int = 200) -> Answer:
    kind = way.layout.name
    nothing, back = "nothing" in request.args, url_for(_BACK[kind])
    page = OfficeImportPage(kind, _(KINDS[kind]), way.preview, TABLES, way.layout.headings, back, kind in _COUNTED, nothing, form)
    return respond.page("desks/office_import.html", page, status)


def _way(kind: str) -> Way:
    """Raises NotFound for a kind that is not ours, NotAllowed."""
    known = next((each for each in KINDS if each == kind), None)
    if known is None:
        raise NotFound("没有这种导入。", reason="no_such_page", hint="请从单位、课程或作品页进入。")
    with reading() as (_r, world):
        account = whole_camp(world)
        limit = world.rules[Limits].import_bytes
    return Way(
        layout=layout_of(known),
        unit=None,
        options=Options(actor=account.actor),
        limit=limit,
        template="desks/office_preview.html",
        choose=url_for("office_import.choose", kind=known),
        preview=url_for("office_import.preview", kind=known),
        again=url_for("office_import.preview_again", kind=known, job="JOB"),
        commit=url_for("office_import.commit", kind=known),
        rejects=url_for("office_import.rejects", kind=known),
        answers=url_for("office_matching.rows") if known == "likes" else "",
    )
