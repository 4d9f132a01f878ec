"""The check-in station: choose what is marked, then scan card after card.

With scripts the page keeps every scan on its own disk first and posts them as JSON (`scans`); without, the one field of the page
is an ordinary form (`typed`). A name never stands in an address: searching is a POST.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request, url_for

from campmgr.accounts.queries import Account, unit_for, unit_name
from campmgr.areas.hours.actions.station import Scan, Scanned, round_batch, take_back, take_scans
from campmgr.areas.hours.pages.marking_choices import choices_of
from campmgr.areas.hours.queries.station import Here, LastScan, here, last_scans, scanned_in, tidy_scan
from campmgr.areas.hours.settings import Completion
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.roster import RosterRow, search
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotAllowed
from campmgr.facts.batches import is_withdrawn
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import anyone, require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import hours_text

area = Blueprint("station", __name__, url_prefix="/desk")

MOST_SCANS = 500
_MOST_BYTES = 512 * 1024
_FOUND = 12
"""Rows of a search by name."""

_USUAL = "sign_in"
"""What a station marks until somebody chooses: signing in gives nobody hours that they have not earned."""

_AT = "/units/<code>/station"


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """A scan's answer in words: its state, a headline, what is said below it, and the hours ("" for none)."""

    state: str
    head: str
    note: str
    hours: str


@dataclass(frozen=True, slots=True)
class StationPage:
    """The station: what can be chosen and is, the answer to what was typed, and whoever a typed name may mean.

    `unit` is None in the shell that opens while the server cannot be reached: it shows nothing of anybody, and its script knows
    the rest from its last visit.
    """

    unit: Unit | None
    account: str
    choices: tuple[tuple[str, str], ...]
    what: str
    today: str
    here: Here | None
    told: ScanAnswer | None
    found: tuple[RosterRow, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """Whoever a typed name may mean, and the unit they were looked for in."""

    code: str
    rows: tuple[RosterRow, ...]
    query: str


@area.get(_AT)
@require("coordinator")
def page(code: str) -> Answer:
    """The station of a unit; the lesson and the day may stand in the address, and what came of a page without scripts."""
    if "shown" not in request.args:
        return _page(code, Form({name: request.args[name] for name in ("what", "day") if request.args.get(name)}))
    form, told, text = respond.shown_again()
    with reading() as (r, world):
        found = _named(r, world, me(), unit_for(world, me(), code), text) if text else ()
    return _page(code, Form(form), told=ScanAnswer(*told) if told else None, found=found)


@area.post(_AT)
@require("coordinator")
def typed(code: str) -> Answer:
    """One code or name, typed or scanned into the field of a page without scripts."""
    form, account = Form.sent(), me()
    text, day = form.text("text", most=60), form.day("day")
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        what = form.choice("what", dict(choices_of(world)))
        if form.errors:
            return _page(code, form, 422)
        scan = Scan(form.client_id, text, what, day, hash_id("without scripts", unit.unit, what, day, today_of(w.clock)))
        found = _named(w, world, account, unit, text)
        told = None if found else _told(world, unit, take_scans(w, account, unit, [scan])[0])
    kept = {"what": what, "day": day}
    if told is not None and told.state == "refused":
        return _page(code, Form(kept), 422, told=told)
    return respond.shown_at("station.page", (kept, astuple(told) if told else None, text if found else ""), code=code)


@area.post(f"{_AT}/found")
@require("coordinator")
def find(code: str) -> Answer:
    """Whoever a name may mean, to tap on: a fragment for the station's script."""
    form, account = Form.sent(), me()
    query = form.text("text", most=60)
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        found = _search(r, world, account, unit, query) if query else ()
    return respond.fragment("hours/_found.html", found=FoundPeople(unit.unit, found, query))


@area.post(f"{_AT}/scans")
@require("coordinator")
def scans(code: str) -> Response:
    """Every scan a station still keeps, answered one by one; what is answered may be forgotten there."""
    sent, account = _sent(), me()
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        asked = _asked(sent, account)
        answers = [_answer(world, unit, one) for one in take_scans(w, account, unit, asked)] if asked else []
    return jsonify(scans=answers, **_now(account, unit, sent))


@area.post(f"{_AT}/back")
@require("coordinator")
def back(code: str) -> Response:
    """Take one scan of the station's own round back, with a reason."""
    sent, account = _sent(), me()
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        take_back(w, account, _text(sent, "round"), _text(sent, "fact"), _text(sent, "reason"))
    return jsonify(scans=[], **_now(account, unit, sent))


@area.get("/station-shell")
@anyone
def shell() -> Answer:
    """The station without anybody's data: what a browser keeps to open while the server cannot be reached."""
    return respond.page("hours/station_shell.html", StationPage(None, "", (), "", "", None, None, (), Form()))


@area.get("/station-worker.js")
@anyone
def worker() -> Response:
    """The script that opens the shell; it stands here because it may look after no address above its own."""
    return current_app.send_static_file("station/worker.js")


def _page(code: str, form: Form, status: int = 200, *, told: ScanAnswer | None = None, found: tuple[RosterRow, ...] = ()) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        today, offered = today_of(r.clock), choices_of(world)
        what = form.typed("what") if form.typed("what") in dict(offered) else _USUAL
        counted = here(r, world, unit, what, form.typed("day") or today)
    return respond.page(
        "hours/station.html", StationPage(unit, account.account, offered, what, today, counted, told, found, form), status
    )


def _named(r: Reader, world: World, account: Account, unit: Unit, text: str) -> tuple[RosterRow, ...]:
    """Whoever a typed text may mean when it is a name; nobody for anything with a digit or a latin letter, which is a code."""
    return () if any(each.isascii() and each.isalnum() for each in tidy_scan(text)) else _search(r, world, account, unit, text)


def _search(r: Reader, world: World, account: Account, unit: Unit, query: str) -> tuple[RosterRow, ...]:
    return search(r, world, unit.unit, query, line=account.line, many=_FOUND).rows


def _sent() -> dict[str, Any]:
    """The JSON of the request, {} where it is none of ours; 413 for more than a station sends at once."""
    request.max_content_length = _MOST_BYTES
    try:
        sent = request.get_json(silent=True)
    except RecursionError:  # lists in lists in lists
        return {}
    return sent if isinstance(sent, dict) else {}


def _asked(sent: dict[str, Any], account: Account) -> list[Scan]:
    """The scans of a post. Raises NotAllowed for those of another account, BadInput."""
    found = sent.get("scans")
    if not isinstance(found, list) or len(found) > MOST_SCANS:
        raise BadInput(f"签到台发来的内容看不懂（一次最多 {MOST_SCANS} 条），没有保存。", hint="请刷新页面后再试。")
    if sent.get("account") != account.account:
        raise NotAllowed("这些扫码是用另一个账号登记的。", reason="not_logged_in", hint="请用原来的账号登录，暂存的会自动补交。")
    return [Scan(*(_text(each, name) for name in ("id", "text", "what", "day", "round"))) for each in found]


def _text(sent: object, name: str, most: int = 200) -> str:
    value = sent.get(name) if isinstance(sent, dict) else None
    return value[:most] if isinstance(value, str) else ""


def _now(account: Account, unit: Unit, sent: dict[str, Any]) -> dict[str, Any]:
    """How many are here by now, what the round in hand scanned last, and whether it was taken back as a whole.

    Read after the commit, so that counting a large school keeps nobody else from writing.
    """
    batch = round_batch(account, _text(sent, "round"))
    with reading() as (r, world):
        counted = here(r, world, unit, _text(sent, "what"), _text(sent, "day"))
        return {
            "here": {"marked": counted.marked, "of": counted.of} if counted else None,
            "today": today_of(r.clock),
            "count": scanned_in(r, batch),
            "over": is_withdrawn(r, batch),
            "batch": url_for("batches.show", batch=batch, unit=unit.address),
            "last": [_last(world, unit, each) for each in last_scans(r, batch)],
        }


def _last(world: World, unit: Unit, one: LastScan) -> dict[str, object]:
    name, note = _who(world, unit, one.person, one.code)
    return {"fact": one.fact, "name": name, "note": note, "stands": one.stands}


def _answer(world: World, unit: Unit, one: Scanned) -> dict[str, object]:
    told = _told(world, unit, one)
    return {"id": one.scan.scan, "state": one.state, "fact": one.fact, "head": told.head, "note": told.note, "hours": told.hours}


def _told(world: World, unit: Unit, one: Scanned) -> ScanAnswer:
    if one.problem is not None:
        return ScanAnswer(one.state, one.problem.sentence, one.problem.hint, "")
    if one.person is None:
        return ScanAnswer(one.state, _("不在本单位名单"), _("已记下，待认领：由登记此人的单位自动领取。"), "")
    name, note = _who(world, unit, one.person, "")
    required = world.rules[Completion].required_hundredths
    return ScanAnswer(one.state, name, note, f"{hours_text(one.credited)} / {hours_text(required)}")


def _who(world: World, unit: Unit, person: Person | None, code: str) -> tuple[str, str]:
    """Who it is, and class or 编号; of somebody from elsewhere the unit too; of somebody who has left that they have."""
    if person is None:
        return f"…{code[-4:]}", _("待认领")
    elsewhere = unit_name(world, person.home) if person.home != unit.unit else ""
    left = _("已登记 %(day)s 起离开，照样记了") % {"day": person.left_on} if person.left_on else ""
    return person.shown_name or _("（未写姓名）"), " · ".join(_some(elsewhere, person.class_name, person.number, left))


def _some(*words: str) -> Iterable[str]:
    return (each for each in words if each)
