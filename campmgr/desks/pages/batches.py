"""The receipt of a batch, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import is_theirs
from campmgr.areas.hours.actions.corrections import restore_batch
from campmgr.areas.hours.queries.paper import next_sheet
from campmgr.areas.people.queries.taken_numbers import TAKEN_NUMBER, waiting_in_batch
from campmgr.areas.works.local import count_waiting
from campmgr.desks.actions import withdrawing
from campmgr.desks.pages.import_flow import left_out, rejects_of
from campmgr.desks.pages.import_preview import RowLine
from campmgr.desks.pages.office_files import KINDS
from campmgr.desks.queries.batches import Batch, batch_page
from campmgr.desks.queries.built_on import built_on_batches
from campmgr.errors import NotFound
from campmgr.facts.units import Unit
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import XLSX, download_kept
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
    how many; None where none do. `left_out`, `notes`: rows of the file that were not taken or have something odd about them, for
    whoever imported it, as long as that is known; `unknown_works`: how many rows of like counts wait to be explained.
    """

    found: Batch
    unit: Unit | None
    next_sheet: tuple[str, int] | None
    resume: Mapping[str, str] | None
    why_not: str
    decides: tuple[str, int] | None
    left_out: tuple[RowLine, ...]
    notes: tuple[RowLine, ...]
    can_download: bool
    unknown_works: int
    form: Form


@area.get("")
@require("coordinator")
def show(batch: str) -> Answer:
    """What was recorded, by whom, and the button that takes it back."""
    return _show(batch, Form())


@area.get("/left-out")
@require("coordinator")
def rejects(batch: str) -> Answer:
    """The rows that were not taken, as a workbook to correct and import again, for whoever imported the file. Raises NotFound."""
    kept = rejects_of(batch)
    if not batch.isalnum() or not kept.is_file():
        raise NotFound("没有未导入的行，或已经过期。", reason="no_such_page", hint="请把同一个文件再导入一次，预览里可以下载。")
    return download_kept(kept, "未导入的行.xlsx", XLSX)


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


@area.post("/restore")
@require("coordinator")
def restore(batch: str) -> Answer:
    """Let a batch count again that was taken back; the page takes it back once more. Again changes nothing."""
    account = me()
    with writing() as (w, world):
        batch_page(w, world, account, batch)
        restore_batch(w, batch, _("恢复这一批"), account.actor)
        return told(w, _("已恢复这一批，又都算了。"), url_for("batches.show", batch=batch, unit=request.args.get("unit")), undo="")


def _show(batch: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        found = batch_page(r, world, account, batch)
        sheet = next_sheet(r, batch)
        named = request.args.get("unit", "") or (found.units[0][0] if found.units else "")
        why_not = "" if found.withdrawn else built_on_batches(r, [batch])
        waiting = 0 if found.withdrawn else waiting_in_batch(r, batch)
        theirs = [unit for unit in world.tree.called(named) if is_theirs(world, account, unit)]
        of_camp = found.file is not None and found.file.kind in {*KINDS, "scores"}
        unknown = count_waiting(r) if of_camp and found.file and found.file.kind == "likes" and not found.withdrawn else 0
    shown = theirs[0] if len(theirs) == 1 and not of_camp else None
    missing, notes = ((), ()) if found.withdrawn else left_out(batch)
    can_download = bool(missing) and rejects_of(batch).is_file()
    cut_off = found.under_way
    mine = cut_off is not None and cut_off.actor == account.actor and not cut_off.is_going_on
    decides = (url_for("review.page", code=shown.address, sort=TAKEN_NUMBER), waiting) if shown and waiting else None
    resume = cut_off.form if mine and cut_off else None
    page = ReceiptPage(found, shown, sheet, resume, why_not, decides, missing, notes, can_download, unknown, form)
    return respond.page("desks/batch.html", page, status)
