"""A file of gigabytes, sent by the browser in parts, each no larger than anything else that is sent; looked at when it is whole."""

from __future__ import annotations

from flask import Blueprint, request

from campmgr.accounts.queries import activity_for, unit_for
from campmgr.areas.entries.files.folder import add_part, came, drop_parts, move_in, part_path
from campmgr.areas.entries.files.probing import digest_of, probe_file
from campmgr.areas.entries.kinds import ROLES
from campmgr.areas.entries.pages.files import entry_in, say_attached
from campmgr.errors import BadInput
from campmgr.ids import hash_id
from campmgr.web.current import frame, me, reading
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.respond import Answer
from campmgr.web.uploads import plain_name

area = Blueprint("large_files", __name__, url_prefix="/desk/units/<code>/a/<activity>/files/<row>/part")


@area.post("")
@require("coordinator")
def sent(code: str, activity: str, row: str) -> Answer:
    """Take one part, and tell from which byte on the next is asked for: whoever was cut off asks without a part, and goes on there.
    With the last the file is looked at, hashed once and attached. Raises BadInput, NotFound, Trouble.

    The same file is known by its name, size and time of change; the same account may go on with it for a day, from any page.
    """
    form, upload, data_file = Form.sent(), request.files.get("part"), frame().open_store().path
    role, at, size, changed = form.choice("role", ROLES), form.typed("at", "0"), form.typed("size"), form.typed("changed")
    with reading() as (r, world):
        entry_in(r, world, activity_for(world, me(), activity, "entries"), unit_for(world, me(), code), row)
    if form.errors or not at.isdecimal() or not size.isdecimal():
        raise BadInput("这一段没有收到。", hint="请重新选这个文件，再传一次。")
    name, length = plain_name(form.typed("name")), int(size)
    path = part_path(data_file, hash_id("part", me().account, row, name, length, changed), name)
    if upload is not None:
        add_part(path, int(at), length, upload.stream)
    if (here := came(path)) < length or upload is None:
        return Answer(str(here), mimetype="text/plain")
    try:
        if here > length:
            raise BadInput("传来的比文件还长。", hint="请重新选这个文件，再传一次。")
        probe = probe_file(path)
        digest = probe.sha256 or digest_of(path)
        return say_attached(code, activity, row, role, probe, digest, lambda: move_in(data_file, path, digest))
    finally:
        drop_parts(path)
