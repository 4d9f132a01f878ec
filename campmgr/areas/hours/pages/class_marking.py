"""Marking a class: everyone ticked, untick who was missing, one press, one batch that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.hours.actions.class_marking import mark_class
from campmgr.areas.hours.actions.marks import LEAST_MINUTES, MOST_MINUTES, MarkRow
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.roster import MOST_MARKED, ClassList, class_list
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.batches import is_batch
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.settings.terms import say
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("marking", __name__, url_prefix="/desk/units/<code>/marking")


@dataclass(frozen=True, slots=True)
class MarkingPage:
    """What is to be marked, and everyone who can be; `fresh` says that nothing was unticked by hand yet."""

    unit: Unit
    found: ClassList
    choices: tuple[tuple[str, str], ...]
    what: str
    is_lesson: bool
    waiting: int
    fresh: bool
    most: int
    today: str
    form: Form


@area.get("")
@require("coordinator")
def choose(code: str) -> Answer:
    """The list for a class, a lesson (or 签到) and a day; these may stand in the address, names do not."""
    asked = {name: request.args[name] for name in ("class", "what", "day") if request.args.get(name)}
    return _page(code, Form(asked), fresh=request.args.get("ticked") != "none")


@area.post("")
@require("coordinator")
def record(code: str) -> Answer:
    """Record everyone who is ticked as one batch."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        row = _row(form, world)
        found = class_list(w, world, unit.unit, class_name=form.typed("class"), what=row.lesson or row.condition, day=row.day)
        people = form.choices("person", {each.person for each in found.rows})
        if not form.errors:
            with form.beside("person", BadInput, NotFound, Refused, by_reason={"outside_camp": "day", "bad_date": "day"}):
                batch = hash_id("class marking", account.account, form.client_id)
                done = mark_class(w, people, row, batch=batch, actor=account.actor)
                if done.recorded or is_batch(w, batch):
                    return respond.go(url_for("batches.show", batch=batch, unit=unit.address))
                form.wrong("person", "这些人都已经登记过了，没有新的内容。")
    return _page(code, form, 422)


def _row(form: Form, world: World) -> MarkRow:
    what = form.choice("what", {*lessons_of(world), *CONDITIONS.words})
    day = form.day("day")
    if what in lessons_of(world):
        return MarkRow(day, lesson=what, minutes=form.number("minutes", LEAST_MINUTES, MOST_MINUTES, required=False))
    return MarkRow(day, condition=what)


def _page(code: str, form: Form, status: int = 200, *, fresh: bool = False) -> Answer:
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        found = _page_data(r, world, unit, form, fresh=fresh)
    return respond.page("hours/class_marking.html", found, status)


def _page_data(r: Reader, world: World, unit: Unit, form: Form, *, fresh: bool) -> MarkingPage:
    today = today_of(r.clock)
    choices = choices_of(world)
    what = form.typed("what") if form.typed("what") in dict(choices) else choices[0][0]
    day = form.typed("day") or today
    found = class_list(r, world, unit.unit, class_name=form.typed("class"), what=what, day=day)
    waiting = sum(not row.marked for row in found.rows)
    return MarkingPage(unit, found, choices, what, what in lessons_of(world), waiting, fresh, MOST_MARKED, today, form)


def choices_of(world: World) -> tuple[tuple[str, str], ...]:
    """Lessons by their codes, then the conditions this camp looks at."""
    lessons = [(lesson.code, f"{lesson.code} {lesson.name}") for lesson in lessons_of(world).values()]
    return (*lessons, *((word, say(CONDITIONS, word)) for word in CONDITIONS.words))
