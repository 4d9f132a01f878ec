"""Putting right what was said of an item: the form as it stands, with another file only where one is sent."""

from __future__ import annotations

from flask import Blueprint, url_for

from campmgr.areas.points.actions.items import WrongField, correct_item
from campmgr.areas.points.pages.report_form import read_report, report_page, shown_of_item
from campmgr.areas.points.pages.standing import at_desk
from campmgr.areas.points.queries.items import ItemLine, own_item
from campmgr.areas.points.rules.characters import SAID
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("correcting", __name__, url_prefix="/desk/units/<code>/a/<activity>/items/<item>/correct")


@area.get("")
@require("coordinator")
def form(code: str, activity: str, item: str) -> Answer:
    """The form, filled with what stands."""
    with reading() as (r, world):
        at = at_desk(r, world, code, activity, writes=True)
        line = own_item(r, at.activity, at.row.unit.unit, item)
        page = report_page(r, at, Form.kept(*_typed(line)), line)
    return respond.page("points/report.html", page)


@area.post("")
@require("coordinator")
def correct(code: str, activity: str, item: str) -> Answer:
    """Say what is otherwise; one press takes it back. What was changed meanwhile is shown first."""
    sent = Form.sent()
    with writing() as (w, world):
        at = at_desk(w, world, code, activity, writes=True)
        line = own_item(w, at.activity, at.row.unit.unit, item)
        report = read_report(w, at, sent, line.sent_at, line)
        if not sent.is_stale(shown_of_item(line)) and not sent.errors:
            try:
                fact = correct_item(w, at.activity, line, report, me().actor)
            except WrongField as problem:
                sent.refuse(problem.column, problem)
            else:
                words = _("已更正。") if fact else _("没有改动。")
                return told(w, words, url_for("reporting.one", item=item, **at.address))
        page = report_page(w, at, sent, line)
    return respond.page("points/report.html", page, sent.status)


def _typed(line: ItemLine) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What stands, as it would be typed; the moment of sending alone is left out, since it stays unless somebody types another."""
    length = line.characters.get(SAID)
    typed = {"sort": line.sort, "title": line.title, "event_on": line.event_on, "section": line.section, "author": line.author,
             "characters": "" if length is None else str(length)}  # fmt: skip
    return typed, {"tags": list(line.tags), "urgent": ["1"] if line.urgent else []}
