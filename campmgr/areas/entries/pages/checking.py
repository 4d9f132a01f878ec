"""The pre-flight 体检 in the browser: it reads the file itself and sends what it found, never the file; the rules are judged here."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from flask import Blueprint

from campmgr.accounts.queries import activity_for, unit_for
from campmgr.areas.entries.rules.checking import check
from campmgr.areas.entries.rules.probes import PICTURE_FORMATS, TROUBLES, VIDEO_FORMATS, Probe
from campmgr.areas.entries.settings import Entries
from campmgr.errors import BadInput
from campmgr.facts.activities import Activity
from campmgr.facts.units import Unit
from campmgr.web import respond
from campmgr.web.current import me, reading
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("entry_check", __name__, url_prefix="/desk/units/<code>/a/<activity>/check")

_MOST = 2**53


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What is checked by which rules; the classes to choose among."""

    activity: Activity
    address: str
    unit: Unit
    classes: tuple[tuple[str, str], ...]
    form: Form


@area.get("")
@require("viewer")
def page(code: str, activity: str) -> Answer:
    """Where files are dropped. Raises NotFound."""
    account = me()
    with reading() as (_r, world):
        found, unit = activity_for(world, account, activity, "entries"), unit_for(world, account, code)
        classes = tuple((each, each) for each in found.rules[Entries].classes)
        shown = CheckPage(found, world.activities.address(found), unit, classes, Form())
    return respond.page("entries/check.html", shown)


@area.post("")
@require("viewer")
def judged(code: str, activity: str) -> Answer:
    """What the browser found of one file, judged; nothing is kept. Raises BadInput for what no browser of ours sends."""
    account, form = me(), Form.sent()
    with reading() as (_r, world):
        found = activity_for(world, account, activity, "entries")
        unit_for(world, account, code)
        kind = form.choice("class", found.rules[Entries].classes, required=False)
        checked = check(read_probe(form.typed("probe")[:4000]), found.rules, kind)
    return respond.fragment("entries/_checked.html", checked=checked)


def read_probe(told: str) -> Probe:
    """What a browser tells of a file, taken as nothing but texts and numbers of the sort that belong there. Raises BadInput."""
    try:
        said = json.loads(told)
    except ValueError:
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("name"), str):
        raise BadInput(
            "浏览器没有读出这个文件。", hint="请换一个浏览器再选一次。", at_console="也可以用 campmgr entry check 检查。"
        )
    kept: dict[str, Any] = {}
    for each in fields(Probe):
        value = said.get(each.name)
        if each.type in {"int", "int | None"} and type(value) is int and 0 <= value < _MOST:
            kept[each.name] = value
        elif (each.type == "str" and isinstance(value, str)) or (each.type == "bool" and isinstance(value, bool)):
            kept[each.name] = value[:200] if isinstance(value, str) else value
    if kept.get("container", "") not in {"", *PICTURE_FORMATS, *VIDEO_FORMATS, "MP3", "WAV"}:
        kept["container"] = ""
    if kept.get("trouble", "") not in {"", *TROUBLES}:
        kept["trouble"] = "damaged"
    if not kept.get("container") and not kept.get("trouble"):
        kept["trouble"] = "unknown"
    return Probe(**kept)
