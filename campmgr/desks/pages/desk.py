"""The coordinator's desk. Every area below /desk/ takes its units from `accounts.queries.unit_for`."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.queries import Account, is_theirs, unit_for, visible_unit
from campmgr.areas.hours.pages.resuming import Resumed, resumed_at
from campmgr.areas.hours.queries.declarations import count_waiting_in
from campmgr.areas.hours.rules.lesson import lives_of
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.nodes.local.syncing import peers
from campmgr.areas.nodes.queries.neighbours import NeighbourLine, to_carry_up
from campmgr.areas.people.queries.roster import GradeProgress, by_grade, classes_progress
from campmgr.areas.requests.queries import Lately, lately
from campmgr.areas.units.queries.my_units import UnitList, units_below
from campmgr.desks.actions import withdrawing
from campmgr.desks.pages.families import FamiliesPart, families_part
from campmgr.desks.pages.today import Task, own_tasks, tasks
from campmgr.desks.queries.built_on import built_on_batches
from campmgr.desks.queries.families import FEDERATION
from campmgr.desks.queries.recent import RecentAct, recent_acts
from campmgr.desks.queries.review import Span, review_count
from campmgr.desks.queries.trend import TrendDay, trend
from campmgr.desks.queries.unit_log import logged_acts
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import is_laptop_held, me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("desk", __name__, url_prefix="/desk")


@dataclass(frozen=True, slots=True)
class Today:
    """What waits at a unit with none below it, its classes with how far they are (by grade, where they are many), the hours of the
    last days, what the next marking is likely to be of; of a federation (妇联) its `families` instead of classes.
    """

    tasks: tuple[Task, ...]
    grades: tuple[GradeProgress, ...]
    trend: tuple[TrendDay, ...]
    resumed: Resumed
    families: FamiliesPart | None


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """A unit and what stands below it. `aside` counts what waits for a human there, `declared` what participants said and nobody
    has answered, where no task of `today` (None with units below) does; `above`: what to carry to the laptop above, `sync_at`:
    its address, for whoever runs this laptop and has synced with it before; "". `recent`: what was recorded last of the unit's own
    people, each to be taken back; `requests`: what it asked the office above for; `has_lives`: whether one is to come.
    """

    units: UnitList
    line: str
    aside: int
    declared: int
    above: NeighbourLine | None
    sync_at: str
    recent: tuple[RecentAct, ...]
    requests: Lately
    today: Today | None
    own: tuple[Task, ...]
    has_lives: bool
    form: Form


@area.get("/")
@require("viewer")
def units() -> Answer:
    """My units: how many joined, learn, have the hours, hold a certificate."""
    return _units(me().unit)


@area.get("/units/<code>")
@require("viewer")
def unit(code: str) -> Answer:
    """One of my units and what stands below it."""
    return _units(code)


def _units(code: str) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = visible_unit(world, account, code)
        if not world.has_camp and is_theirs(world, account, unit):
            return respond.go(url_for("desk_activities.of_unit", code=unit.address))
        theirs, confirms = is_theirs(world, account, unit), account.has("coordinator") and is_theirs(world, account, unit)
        above = to_carry_up(r, world) if code == account.unit else None
        known = peers(r) if above and is_laptop_held() else ()
        sync_at = next((each.address for each in known if above and each.node == above.node), "")
        recent = recent_acts(r, world, account, unit) if theirs else ()
        below = units_below(r, world, account, unit.unit)
        asked = lately(r, unit.unit) if confirms else Lately(0, 0)
        today = _today(r, world, account, unit) if theirs and not below.below and world.has_camp else None
        own = own_tasks(r, world, account)
        has_tasks = today is not None and confirms  # they tell what else stands in notes
        aside = review_count(r, world, Span(unit.unit, account.line)) if theirs and not has_tasks else 0
        declared = count_waiting_in(r, world, unit.unit, account.line) if confirms and not has_tasks else 0
        to_come = any(begins > r.clock.now() for _lesson, begins in lives_of(lessons_of(world).values()))
        found = UnitsPage(below, account.line, aside, declared, above, sync_at, recent, asked, today, own, to_come, Form())
    return respond.page("desks/units.html", found)


def _today(r: Reader, world: World, account: Account, unit: Unit) -> Today:
    may_write, is_federation = account.has("coordinator"), unit.kind == FEDERATION
    part = families_part(r, world, account, unit, Form(), is_home=True) if is_federation else None
    found = tasks(r, world, account, unit, part.listed.sums if part else None) if may_write else ()
    grades = () if is_federation else by_grade(classes_progress(r, world, unit.unit, line=account.line))
    resumed = resumed_at(r, world, unit.unit, goes_on=not is_federation) if may_write else Resumed("", "", "")
    # a federation's days are those of everybody it counts
    return Today(found, grades, trend(r, unit.unit, unit.line if is_federation else account.line), resumed, part)


@area.post("/units/<code>/recent")
@require("coordinator")
def take_back_recent(code: str) -> Answer:
    """Take back one of the acts that the unit's page or log shows; what others have built on stays, and the line says why."""
    account, sent = me(), Form.sent()
    what = sent.typed("what")
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        to = url_for("unit_log.shown" if sent.typed("from") == "log" else "desk.unit", code=code)
        act = next((each for each in logged_acts(w, world, account, unit) if what and each.what == what), None)
        if act is None:
            return told(w, _("这一条刚才已经撤销，或不能在这里撤销。"), to, undo="")
        if why_not := built_on_batches(w, what.split()):
            return told(w, _("没有撤销：%(why)s") % {"why": why_not}, to, undo="")
        for each in reversed(what.split()):  # the last goes first, as it rests on the others
            withdrawing.withdraw(w, each, _("做完后撤销"), account.actor)
        return told(w, _("已撤销：%(what)s。") % {"what": act.in_words}, to, undo="")
