"""The activities of this data file: what everyone sees of them, what a unit sees, and the office that runs them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, url_for

from campmgr.accounts.queries import activity_for, activity_run_by, runs_activity, sees_activity, unit_for
from campmgr.areas.activities import actions
from campmgr.areas.activities.queries import ActivityLine, line_of, lines_of, settled, still_open
from campmgr.areas.duties.queries import DutyLine, duties_in
from campmgr.clock import today_of
from campmgr.desks.pages.rule_values import in_words
from campmgr.desks.pages.today import Task, own_tasks
from campmgr.errors import BadInput
from campmgr.facts.activities import Activity
from campmgr.facts.area import Remark
from campmgr.facts.catalogue import CAMP
from campmgr.facts.finding import find_activity
from campmgr.facts.world import World
from campmgr.settings.rules import RuleLine
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import anyone, require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

public = Blueprint("activities", __name__, url_prefix="/a")
desk = Blueprint("desk_activities", __name__, url_prefix="/desk/units/<code>/a")
office = Blueprint("office_activities", __name__, url_prefix="/office/a")


@dataclass(frozen=True, slots=True)
class ActivitiesPage:
    """Activities as lines; those of the office first that go on, then the others."""

    going_on: tuple[ActivityLine, ...]
    over: tuple[ActivityLine, ...] = ()
    may_open: bool = False


@dataclass(frozen=True, slots=True)
class UnitActivitiesPage:
    """A unit, and the activities that go on and are its own, of those above it or below it."""

    unit: str
    name: str
    going_on: tuple[ActivityLine, ...]
    own: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class UnitActivityPage:
    """One activity as a unit sees it."""

    unit: str
    name: str
    line: ActivityLine
    duties: tuple[DutyLine, ...]


@dataclass(frozen=True, slots=True)
class ShownSetting:
    """A setting of an activity, and its value in words."""

    line: RuleLine
    words: str


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """One activity in the office: what stands around it, what is left to do, its rules by section, those the notice leaves open."""

    line: ActivityLine
    left: tuple[Remark, ...]
    decisions: tuple[ShownSetting, ...]
    sections: tuple[tuple[str, tuple[ShownSetting, ...]], ...]
    duties: tuple[DutyLine, ...]
    may_run: bool
    form: Form


@public.get("/")
@anyone
def going_on() -> Answer:
    """The activities that go on."""
    with reading() as (r, world):
        page = ActivitiesPage(tuple(each for each in lines_of(r, world) if each.is_going_on))
    return respond.page("desks/activities.html", page)


@public.get("/<activity>/")
@anyone
def one(activity: str) -> Answer:
    """One activity, for everyone: what it is and who hosts it. Raises NotFound, AmbiguousActivity."""
    with reading() as (r, world):
        line = line_of(r, world, find_activity(world, activity))
    if line.activity.sort == CAMP and line.is_going_on:
        return respond.go(url_for("public.camp"))
    return respond.page("desks/activity.html", line)


@desk.get("/")
@require("viewer")
def of_unit(code: str) -> Answer:
    """The activities that a unit is concerned with. Raises as `unit_for` does."""
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        own = replace(me(), unit=unit.unit)
        seen = tuple(each for each in lines_of(r, world) if each.is_going_on and sees_activity(world, own, each.activity))
        page = UnitActivitiesPage(unit.address, unit.name, seen, own_tasks(r, world, me()))
    return respond.page("desks/unit_activities.html", page)


@desk.get("/<activity>/")
@require("viewer")
def one_of_unit(code: str, activity: str) -> Answer:
    """One activity as a unit sees it. Raises as `unit_for` and `activity_for` do."""
    with reading() as (r, world):
        unit, found = unit_for(world, me(), code), activity_for(world, me(), activity)
        own = replace(me(), unit=unit.unit)
        duties = duties_in(r, world, found, today_of(r.clock), own)
        page = UnitActivityPage(unit.address, unit.name, line_of(r, world, found), duties)
    return respond.page("desks/unit_activity.html", page)


@office.get("/")
@require("organizer")
def listed() -> Answer:
    """Every activity that is shown to whoever asks."""
    with reading() as (r, world):
        lines = [each for each in lines_of(r, world) if sees_activity(world, me(), each.activity)]
        now = tuple(each for each in lines if each.is_going_on)
        page = ActivitiesPage(now, tuple(each for each in lines if each not in now), may_open=not me().line)
    return respond.page("desks/office_activities.html", page)


@office.get("/<activity>/")
@require("organizer")
def shown(activity: str) -> Answer:
    """One activity: who hosts it, what is left to do, its rules. Raises NotFound, AmbiguousActivity."""
    return _shown(activity, Form())


def _shown(activity: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        found = activity_for(world, me(), activity)
        fields = found.rules.sections.fields
        lines = [
            ShownSetting(replace(line, label=_(fields[line.key].label)), in_words(fields[line.key], line.value))
            for line in found.rules.show()
        ]
        by_key = {each.line.key: each for each in lines}
        rest = found.rules.by_section(each.line for each in lines if not each.line.is_open)
        page = ActivityPage(
            line_of(r, world, found),
            still_open(r, world, found),
            tuple(each for each in lines if each.line.is_open),
            tuple((_(title), tuple(by_key[line.key] for line in some)) for title, some in rest),
            duties_in(r, world, found, today_of(r.clock), me()),
            runs_activity(world, me(), found),
            form,
        )
    return respond.page("desks/office_activity.html", page, status)


@office.get("/<activity>/close")
@require("organizer")
def before_closing(activity: str) -> Answer:
    """What is left undone, before an activity is closed; where it is, on to its page.

    Raises NotFound, NotAllowed, AmbiguousActivity.
    """
    with reading() as (r, world):
        found = activity_run_by(world, me(), activity)
        if not found.is_open:
            return respond.go(url_for("office_activities.shown", activity=activity))
        before = _closing(r, world, found)
    return respond.before(before, Form())


@office.post("/<activity>/close")
@require("organizer")
def close(activity: str) -> Answer:
    """Close an activity that was looked at; sent twice it does so once."""
    form = Form.sent()
    with writing() as (w, world):
        found = activity_run_by(world, me(), activity)
        to = url_for("office_activities.shown", activity=activity)
        if not found.is_open:
            return respond.go(to)
        before = _closing(w, world, found)
        if before.is_agreed(form):
            with form.beside("reason", BadInput):
                actions.close(w, found, form.typed("reason"), me().actor)
                return told(w, _("已结束这个活动。"), to)
    return respond.before(before, form)


def _closing(r: Reader, world: World, activity: Activity) -> Before:
    line = line_of(r, world, activity)
    facts = ((_("活动"), activity.name), (_("类别"), _(line.sort)), (_("主办单位"), line.host), (_("开始"), activity.opened_on))
    fixed = settled(r, world, activity)
    return Before(
        title=_("结束活动：%(name)s") % {"name": activity.name},
        back=(url_for("office_activities.shown", activity=line.address), activity.name),
        open=tuple(OpenPoint(each.count, _(each.words), _("结束以后不能再办；要办的请先办完。")) for each in still_open(r, world, activity)),
        result=Result(_("要结束的活动"), (
            *(ResultLine(each) for each in facts), *(ResultLine((_(each.words), str(each.count))) for each in fixed))),
        does=(
            _("从此不再登记新的内容，页面顶上不再列出；已有的都看得到、查得到。"),
            _("别的电脑在知道结束以前记下的，送到以后照样计入。"),
            _("按错了可以撤销；以后也可以在活动页撤回“结束”，接着进行。"),
        ),
        reason=_("结束的原因"),
        action=url_for("office_activities.close", activity=line.address),
        button=_("结束这个活动"),
        is_grave=False,
    )  # fmt: skip


@office.post("/<activity>/reopen")
@require("organizer")
def reopen(activity: str) -> Answer:
    """Take the end of an activity back, with the reason."""
    form = Form.sent()
    reason = form.text("reason", most=actions.LONGEST_REASON)
    with writing() as (w, world):
        found = activity_run_by(world, me(), activity)
        if not form.errors:
            actions.reopen(w, found, reason, me().actor)
            return told(w, _("活动接着进行。"), url_for("office_activities.shown", activity=activity), undo="")
    return _shown(activity, form, 422)
