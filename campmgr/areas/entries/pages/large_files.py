"""A file of gigabytes, sent by the browser in parts, each no larger than anything else that is sent; looked at when it is whole."""

from __future__ import annotations

from flask import Blueprint, request

from campmgr.accounts.queries import activity_for, unit_for
from campmgr.areas.entries.files.folder import add_part, move_in
from campmgr.areas.entries.files.probing import digest_of, probe_file
from campmgr.areas.entries.kinds import ROLES
from campmgr.areas.entries.pages.files import entry_in, say_attached
from campmgr.errors import BadInput
from campmgr.ids import hash_id
from campmgr.web.current import frame, me, reading
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("large_files", __name__, url_prefix="/desk/units/<code>/a/<activity>/files/<row>/part")


@area.post("")
@require("coordinator")
def sent(code: str, activity: str, row: str) -> Answer:
    """Take one part; with the last the file is looked at, hashed once and attached. Raises BadInput, NotFound, Trouble."""
    form, upload, data_file = Form.sent(), request.files.get("part"), frame().open_store().path
    role, name = form.choice("role", ROLES), form.text("name", most=120)
    at, size = form.typed("at"), form.typed("size")
    with reading() as (r, world):
        entry_in(r, world, activity_for(world, me(), activity, "entries"), unit_for(world, me(), code), row)
    if form.errors or upload is None or not at.isdecimal() or not size.isdecimal():
        raise BadInput("这一段没有收到。", hint="请重新选这个文件，再传一次。")
    with add_part(data_file, hash_id("part", me().account, row, form.client_id), int(at), int(size), name, upload.stream) as path:
        if path is None:
            return Answer(status=204)
        probe = probe_file(path)
        digest = probe.sha256 or digest_of(path)
        return say_attached(code, activity, row, role, probe, digest, lambda: move_in(data_file, path, digest))
