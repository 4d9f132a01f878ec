"""Score sheets that judges hand back, and votes: taken in by whoever runs the activity, at whatever level its host is."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app, request, url_for

from campmgr.accounts.queries import activity_for, activity_run_by
from campmgr.desks.pages import import_flow
from campmgr.desks.pages.import_flow import layout_of
from campmgr.desks.pages.import_preview import Way
from campmgr.desks.pages.office_files import TABLES, OfficeImportPage
from campmgr.errors import CampError, NotFound
from campmgr.files.imports.importing import Options
from campmgr.files.imports.sealed_sheet import SUFFIX
from campmgr.settings.limits import Limits
from campmgr.web import respond
from campmgr.web.current import SORTS, me, reading
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("host_files", __name__, url_prefix="/office/a/<activity>/import/<kind>")

SCORES, VOTES = "scores", "votes"
_BACK = {SCORES: "office_judging.listed", VOTES: "screening.votes"}


@area.get("")
@require("organizer")
def choose(activity: str, kind: str) -> Answer:
    """The form for a file."""
    return _choose(_way(activity, kind), activity, Form())


@area.post("")
@require("organizer")
def preview(activity: str, kind: str) -> Answer:
    """Keep the file and say what importing it would do, without a mark; nothing is written."""
    way, form = _way(activity, kind), Form.sent()
    if kind == VOTES:
        form.until("read_at")  # kept as it was typed: of a day alone it is the last reading
    if form.errors:
        return _choose(way, activity, form, 422)
    try:
        return import_flow.previewed(way, form)
    except CampError as problem:
        return _refused(way, activity, form, problem)


@area.get("/<job>")
@require("organizer")
def preview_again(activity: str, kind: str, job: str) -> Answer:
    """The preview of a large file, once it is there."""
    return import_flow.shown_again(_way(activity, kind), job)


@area.post("/commit")
@require("organizer")
def commit(activity: str, kind: str) -> Answer:
    """Import the kept file: the same bytes that were looked at. Sent twice, it is imported once."""
    way, form = _way(activity, kind), Form.sent()
    try:
        return import_flow.committed(way, form)
    except CampError as problem:
        return _refused(way, activity, form, problem)


@area.post("/rejects.xlsx")
@require("organizer")
def rejects(activity: str, kind: str) -> Answer:
    """The rows of the kept file that would not be taken, each with its reason, without marks."""
    return import_flow.rejected(_way(activity, kind), Form.sent())


def _refused(way: Way, activity: str, form: Form, problem: CampError) -> Answer:
    if problem.status != 422:
        raise problem
    form.refuse("file", problem)
    return _choose(way, activity, form, 422)


def _choose(way: Way, activity: str, form: Form, status: int = 200) -> Answer:
    kind, back = way.layout.name, url_for(_BACK[way.layout.name], activity=activity)
    page = OfficeImportPage(
        kind=kind, title=_(way.called), action=way.preview, accept=f"{SUFFIX},{TABLES}" if kind == SCORES else TABLES,
        headings=way.layout.headings, back=back, is_counted=kind == VOTES, nothing="nothing" in request.args, form=form,
    )  # fmt: skip
    return respond.page("desks/office_import.html", page, status)


def _sort_of(kind: str) -> str:
    """Of which sort the activities are that have such files: that of the page which leads here."""
    return cast("dict[str, str]", current_app.extensions[SORTS])[_BACK[kind].partition(".")[0]]


def _way(activity: str, kind: str) -> Way:
    """Raises NotFound for a kind that is not ours or not of such an activity, NotAllowed for who does not run it."""
    with reading() as (_r, world):
        account = me()
        if kind not in _BACK:
            raise NotFound("没有这种导入。", reason="no_such_page", hint="请从“评审”或“票数”页进入。")
        seen = activity_for(world, account, activity, _sort_of(kind))
        address = world.activities.address(activity_run_by(world, account, seen.id))
        limit = world.rules[Limits].import_bytes
    return Way(
        layout=layout_of(kind),
        unit=None,
        options=Options(actor=account.actor, activity=address),
        limit=limit,
        template="desks/office_preview.html",
        choose=url_for("host_files.choose", activity=address, kind=kind),
        preview=url_for("host_files.preview", activity=address, kind=kind),
        again=url_for("host_files.preview_again", activity=address, kind=kind, job="JOB"),
        commit=url_for("host_files.commit", activity=address, kind=kind),
        rejects=url_for("host_files.rejects", activity=address, kind=kind),
    )
