"""Syncing in the office: now, with a laptop whose address was typed or scanned; or by itself (docs/ledger.md#sync)."""

from __future__ import annotations

from flask import Blueprint, request, url_for

from campmgr.areas.nodes.exchange.client import Destination, destination_of
from campmgr.areas.nodes.files.calling import Synced, sync
from campmgr.areas.nodes.local.syncing import SyncPlan, peers, set_plan
from campmgr.areas.nodes.pages.packs import packs_page
from campmgr.areas.nodes.pages.told import code_in
from campmgr.errors import CampError, NotFound
from campmgr.ids import random_id
from campmgr.web import respond, working
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_laptop
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.web.uploads import passing_upload

area = Blueprint("office_sync", __name__, url_prefix="/office/packs/sync")

_RAREST = 24 * 60
_OTHERWISE = "或照对方“接力包”页上的写，填地址。"


@area.post("/")
@require("organizer")
def now() -> Answer:
    """Sync with one laptop; whatever keeps it from going stands beside the field, with what to do."""
    with reading() as (r, world):
        whole_laptop(r, world)
    store, form, job = frame().open_store(), Form.sent(), random_id()
    with form.beside("text", CampError):
        to = _told(form)
        url = url_for("office_sync.done", job=job)
        started = working.start(_("同步：") + to.address, lambda told: sync(store, to, told), lambda _done: url, job)
        return working.answer_of(started)
    return packs_page(form, 422)


@area.get("/<job>")
@require("organizer")
def done(job: str) -> Answer:
    """What went and came. Raises NotFound once that is no longer kept."""
    known = frame().jobs.job(me().account, job)
    if known is None or not isinstance(known.result, Synced):
        raise NotFound("这次的结果已经过期；送到的都在。", reason="no_such_page", hint="要再看一遍，请再同步一次，不会重复。")
    return packs_page(Form(), told=known.result.sentence, notes=known.result.notes)


@area.post("/plan")
@require("organizer")
def plan() -> Answer:
    """Sync by itself while the program is open, every so many minutes; 0: not."""
    form = Form.sent()
    minutes = form.number("minutes", 0, _RAREST)
    with reading() as (r, world):
        whole_laptop(r, world)
        known = [each.address for each in peers(r)]
    address = form.choice("address", known)
    if form.errors:
        return packs_page(form, 422)
    with writing() as (w, _world):
        set_plan(w, SyncPlan(address, minutes or 0))
    return respond.go(url_for("office_packs.packs"))


def _told(form: Form) -> Destination:
    """Where to, out of a picture of a QR code or of what was typed. Raises BadInput."""
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        with passing_upload(upload) as path:
            return destination_of(code_in(path, _OTHERWISE))
    return destination_of(form.typed("text"))
