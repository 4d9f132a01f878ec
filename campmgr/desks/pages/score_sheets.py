"""Score sheets that judges hand back, taken in by whoever runs the activity, at whatever level its host is."""

from __future__ import annotations

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import activity_run_by
from campmgr.desks.pages import import_flow
from campmgr.desks.pages.import_flow import layout_of
from campmgr.desks.pages.import_preview import Way
from campmgr.desks.pages.office_files import TABLES, OfficeImportPage
from campmgr.errors import CampError
from campmgr.files.imports.importing import Options
from campmgr.files.imports.sealed_sheet import SUFFIX
from campmgr.settings.limits import Limits
from campmgr.web import respond
from campmgr.web.current import me, reading
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("score_sheets", __name__, url_prefix="/office/a/<activity>/judging/sheets")


@area.get("")
@require("organizer")
def choose(activity: str) -> Answer:
    """The form for a file."""
    return _choose(_way(activity), activity, Form())


@area.post("")
@require("organizer")
def preview(activity: str) -> Answer:
    """Keep the file and say what importing it would do, without a mark; nothing is written."""
    way, form = _way(activity), Form.sent()
    try:
        return import_flow.previewed(way, form)
    except CampError as problem:
        return _refused(way, activity, form, problem)


@area.get("/<job>")
@require("organizer")
def preview_again(activity: str, job: str) -> Answer:
    """The preview of a large file, once it is there."""
    return import_flow.shown_again(_way(activity), job)


@area.post("/commit")
@require("organizer")
def commit(activity: str) -> Answer:
    """Import the kept file: the same bytes that were looked at. Sent twice, it is imported once."""
    way, form = _way(activity), Form.sent()
    try:
        return import_flow.committed(way, form)
    except CampError as problem:
        return _refused(way, activity, form, problem)


@area.post("/rejects.xlsx")
@require("organizer")
def rejects(activity: str) -> Answer:
    """The rows of the kept file that would not be taken, each with its reason, without their marks."""
    return import_flow.rejected(_way(activity), Form.sent())


def _refused(way: Way, activity: str, form: Form, problem: CampError) -> Answer:
    if problem.status != 422:
        raise problem
    form.refuse("file", problem)
    return _choose(way, activity, form, 422)


def _choose(way: Way, activity: str, form: Form, status: int = 200) -> Answer:
    title, back = _("评分表"), url_for("office_judging.listed", activity=activity)
    page = OfficeImportPage(
        kind="scores", title=title, action=way.preview, accept=f"{SUFFIX},{TABLES}", headings=way.layout.headings, back=back,
        is_counted=False, nothing="nothing" in request.args, form=form,
    )  # fmt: skip
    return respond.page("desks/office_import.html", page, status)


def _way(activity: str) -> Way:
    """Raises NotFound, NotAllowed for who does not run the activity."""
    with reading() as (_r, world):
        account = me()
        address = world.activities.address(activity_run_by(world, account, activity))
        limit = world.rules[Limits].import_bytes
    return Way(
        layout=layout_of("scores"),
        unit=None,
        options=Options(actor=account.actor, activity=address),
        limit=limit,
        template="desks/office_preview.html",
        choose=url_for("score_sheets.choose", activity=address),
        preview=url_for("score_sheets.preview", activity=address),
        again=url_for("score_sheets.preview_again", activity=address, job="JOB"),
        commit=url_for("score_sheets.commit", activity=address),
        rejects=url_for("score_sheets.rejects", activity=address),
    )
