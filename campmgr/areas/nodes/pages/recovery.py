"""The recovery sheet in the office of the root: another one printed in place of the present one (docs/ledger.md#recovery)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.nodes.exchange.recovering import replace_paper
from campmgr.clock import today_of
from campmgr.errors import BadInput, CampError, NotAllowed
from campmgr.facts.laptops import own_node
from campmgr.facts.recovery import Recovery, new_recovery, recovery_of
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_recovery", __name__, url_prefix="/office/nodes/recovery")


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    """A sheet that nobody has yet, shown before it holds, so that none is in force that was never printed."""

    camp: str
    campaign: str
    day: str
    recovery: str
    form: Form


@area.get("/")
@require("organizer")
def sheet() -> Answer:
    """A new sheet to print, and the form that puts it in force."""
    return _sheet(Form())


@area.post("/")
@require("organizer")
def replaced() -> Answer:
    """Put the new sheet in force; the old one has to agree. Raises NotAllowed where this is not the camp's root."""
    form = Form.sent()
    new = _recovery(form)
    if not form.is_ticked("printed"):
        form.wrong("printed", "请先打印两份或抄好，再打勾。")
    with form.beside("old_recovery", CampError):
        old = recovery_of(form.typed("old_recovery"))
        if not form.errors:
            with writing() as (w, world):
                _check(w, world)
                replace_paper(w, old, new)
                return told(w, _("恢复单换好了：旧的从现在起作废，请收回撕掉。"), url_for("office_nodes.nodes"), undo="")
    return _sheet(form, 422)


def _recovery(form: Form) -> Recovery:
    """The key that the form showed, else a new one."""
    try:
        return recovery_of(form.typed("recovery"))
    except BadInput:
        return new_recovery()


def _check(r: Reader, world: World) -> None:
    whole_camp(world)
    if own_node(r, world) != world.trust.root:
        raise NotAllowed("恢复单由开营的那台电脑换。", hint="请到开营的电脑上办理。")


def _sheet(form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        _check(r, world)
        page = RecoveryPage(world.name, world.campaign, today_of(r.clock), _recovery(form).words, form)
    return respond.page("nodes/recovery.html", page, status)
