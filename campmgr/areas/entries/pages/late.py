"""Late batches: the rule, those that the host takes with the reason, and those that came."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.queries import activity_for, runs_activity, unit_for
from campmgr.areas.entries.actions.handing_in import LONGEST_REASON, take_late
from campmgr.areas.entries.queries.handins import HandIn, Leave, closed_in, leaves_in
from campmgr.areas.entries.rules.windows import late_rule, windows_of
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts.activities import Activity
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("late_batches", __name__, url_prefix="/office/a/<activity>/late")


@dataclass(frozen=True, slots=True)
class LatePage:
    """What is late by which rule; windows that are over, to choose among."""

    activity: Activity
    address: str
    rule: str
    leaves: tuple[Leave, ...]
    late: tuple[HandIn, ...]
    windows: tuple[tuple[str, str], ...]
    form: Form


@area.get("")
@require("organizer")
def listed(activity: str) -> Answer:
    """The late batches. Raises NotFound, NotAllowed."""
    return _page(activity, Form())


@area.post("")
@require("organizer")
def take(activity: str) -> Answer:
    """Take the late batch of a unit."""
    form, account = Form.sent(), me()
    code, window = form.text("unit", most=64), form.typed("window")
    reason = form.text("reason", most=LONGEST_REASON)
    with writing() as (w, world):
        found = activity_for(world, account, activity, "entries")
        if not runs_activity(world, account, found):
            raise _not_theirs(found)
        if not form.errors:
            by_reason = {"missing_value": "reason", "too_long": "reason", "name_in_reason": "reason", "unknown_fact": "window"}
            with form.beside("unit", BadInput, NotFound, Refused, by_reason=by_reason):
                unit = unit_for(world, account, code)
                fact = take_late(w, found, unit, window, reason, account.actor)
                words = _("已同意%(unit)s补报；数据传到那里以后就可以结批。") % {"unit": unit.name}
                return told(w, words, url_for("late_batches.listed", activity=activity), undo=fact.chain)
    return _page(activity, form, 422)


def _page(activity: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        found = activity_for(world, account, activity, "entries")
        if not runs_activity(world, account, found):
            raise _not_theirs(found)
        leaves, now = leaves_in(r, world, found), r.clock.now()
        late = tuple(each for each in closed_in(r, world, found) if each.late)
        known = {each.name: each for relay in (True, False) for each in windows_of(found.rules, to_relay=relay)}
        over = tuple((each.name, each.words) for each in known.values() if each.until and not each.until.holds(now))
        page = LatePage(found, world.activities.address(found), late_rule(found.rules), leaves, late, over, form)
    return respond.page("entries/late.html", page, status)


def _not_theirs(activity: Activity) -> NotAllowed:
    return NotAllowed(f"“{activity.name}”的补报由主办单位的组织方决定。", hint="请与主办单位联系，说明原因。")
