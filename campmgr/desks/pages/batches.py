"""The receipt of a batch, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import is_theirs
from campmgr.areas.hours.queries.paper import next_sheet
from campmgr.areas.people.queries.taken_numbers import TAKEN_NUMBER, waiting_in_batch
from campmgr.desks.actions import withdrawing
from campmgr.desks.queries.batches import Batch, batch_page
from campmgr.desks.queries.built_on import built_on_batches
from campmgr.facts.units import Unit
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("batches", __name__, url_prefix="/desk/batches/<batch>")


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """What a batch recorded, the unit to go on with (None: unknown), of a roster on paper the sheet to go on with, and what a form
    sends that goes on with an import which was cut off (None where there is none, or it is somebody else's). `why_not`: what was
    built on it, so that taking it back asks for a reason; "" for nothing. `decides`: where rows of the file wait for somebody, and
    how many; None where none do.
    """

    found: Batch
    unit: Unit | None
    next_sheet: tuple[str, int] | None
    resume: Mapping[str, str] | None
    why_not: str
    decides: tuple[str, int] | None
    form: Form


@area.get("")
@require("coordinator")
def show(batch: str) -> Answer:
    """What was recorded, by whom, and the button that takes it back."""
    return _show(batch, Form())


@area.post("/undo")
@require("coordinator")
def undo(batch: str) -> Answer:
    """Take the whole batch back; its facts stay in the history, struck out. Again changes nothing."""
    form, account = Form.sent(), me()
    reason = form.text("reason", required=False, most=200) or _("做完后撤销")
    if form.errors:
        return _show(batch, form, 422)
    with writing() as (w, world):
        batch_page(w, world, account, batch)
        withdrawing.withdraw(w, batch, reason, account.actor)
        return told(w, _("已撤销这一批。"), url_for("batches.show", batch=batch, unit=request.args.get("unit")), undo="")


def _show(batch: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        found = batch_page(r, world, account, batch)
        sheet = next_sheet(r, batch)
        named = request.args.get("unit", "") or (found.units[0][0] if found.units else "")
        why_not = "" if found.withdrawn else built_on_batches(r, [batch])
        waiting = 0 if found.withdrawn else waiting_in_batch(r, batch)
        theirs = [unit for unit in world.tree.called(named) if is_theirs(world, account, unit)]
    shown = theirs[0] if len(theirs) == 1 else None
    cut_off = found.under_way
    mine = cut_off is not None and cut_off.actor == account.actor and not cut_off.is_going_on
    decides = (url_for("review.page", code=shown.address, sort=TAKEN_NUMBER), waiting) if shown and waiting else None
    resume = cut_off.form if mine and cut_off else None
    return respond.page("desks/batch.html", ReceiptPage(found, shown, sheet, resume, why_not, decides, form), status)
