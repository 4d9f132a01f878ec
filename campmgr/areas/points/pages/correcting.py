"""Correcting an item that was reported, and withdrawing it."""

from __future__ import annotations

from flask import Blueprint, url_for

from campmgr.areas.points.actions.correcting import correct_item, withdraw_item
from campmgr.areas.points.actions.items import WrongField
from campmgr.areas.points.pages.items import own_item, worth_words
from campmgr.areas.points.pages.report_form import read_report, report_page, shown_of_item
from campmgr.areas.points.pages.standing import DeskStand, at_desk
from campmgr.areas.points.queries.items import ItemAccount, ItemLine
from campmgr.areas.points.rules.characters import SAID
from campmgr.areas.points.settings import Passing
from campmgr.errors import BadInput, Refused
from campmgr.web import respond
from campmgr.web.before import Before, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("correcting", __name__, url_prefix="/desk/units/<code>/a/<activity>/items/<item>")


@area.get("/correct")
@require("coordinator")
def form(code: str, activity: str, item: str) -> Answer:
    """The form with what the item says."""
    with reading() as (r, world):
        at = at_desk(r, world, code, activity, writes=True)
        line = own_item(r, at, item).line
        page = report_page(r, at, Form.kept(*_typed(line)), line)
    return respond.page("points/correct.html", page)


@area.post("/correct")
@require("coordinator")
def corrected(code: str, activity: str, item: str) -> Answer:
    """Say what is otherwise; what was returned waits again. What somebody else has changed meanwhile is shown first."""
    form = Form.sent()
    with writing() as (w, world):
        at = at_desk(w, world, code, activity, writes=True)
        line = own_item(w, at, item).line
        report = read_report(w, at, form, line.sent_at, line)
        if not form.is_stale(shown_of_item(line)) and not form.errors:
            try:
                fact = correct_item(w, at.activity, line, report, me().actor)
            except WrongField as problem:
                form.refuse(problem.column, problem)
            else:
                words = worth_words(w, at, item) if fact else _("没有改动。")
                return told(w, words, url_for("reporting.one", item=item, **at.address))
        page = report_page(w, at, form, line)
    return respond.page("points/correct.html", page, form.status)


@area.get("/withdraw")
@require("coordinator")
def before_withdrawing(code: str, activity: str, item: str) -> Answer:
    """What goes with it."""
    with reading() as (r, world):
        at = at_desk(r, world, code, activity, writes=True)
        act = _withdrawing(at, own_item(r, at, item))
    return respond.before(act, Form(), "desk")


@area.post("/withdraw")
@require("coordinator")
def withdrawn(code: str, activity: str, item: str) -> Answer:
    """Withdraw what was looked at."""
    form = Form.sent()
    with writing() as (w, world):
        at = at_desk(w, world, code, activity, writes=True)
        account = own_item(w, at, item)
        act = _withdrawing(at, account)
        if not act.is_agreed(form):
            return respond.before(act, form, "desk")
        with form.beside("reason", BadInput, Refused):
            withdraw_item(w, account.line, form.typed("reason"), me().actor)
            return told(w, _("已撤回一篇稿件。"), url_for("reporting_week.week", **at.address), undo="")
    return respond.before(act, form, "desk")


def _withdrawing(at: DeskStand, account: ItemAccount) -> Before:
    line = account.line
    rows = ((_("类型"), _(line.sort)), (_("报送时间"), line.sent_words), (_("积分"), str(line.points)),
            (_("审核"), line.waits_for(at.activity.rules[Passing])), (_("录用"), str(len(account.adoptions))))  # fmt: skip
    return Before(
        title=_("撤回稿件"),
        back=(url_for("correcting.form", item=line.item, **at.address), _("修改稿件")),
        result=Result(line.title, tuple(map(ResultLine, rows))),
        does=(
            _("连同它的审核和录用一起撤回：不再计分，也不计入任务。"),
            _("撤回以后不能恢复；要再报的，重新报送、重新审。"),
            _("已经定稿的通报不变，由主办单位另发更正。"),
        ),
        reason=_("撤回的原因"),
        action=url_for("correcting.withdrawn", item=line.item, **at.address),
        button=_("撤回"),
    )


def _typed(line: ItemLine) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What stands, as it would be typed, and what is ticked."""
    length = line.characters.get(SAID)
    typed = {"sort": line.sort, "title": line.title, "event_on": line.event_on, "sent_at": line.sent_words, "section": line.section,
             "author": line.author, "characters": "" if length is None else str(length)}  # fmt: skip
    return typed, {"tags": list(line.tags), "urgent": ["1"] if line.urgent else []}
