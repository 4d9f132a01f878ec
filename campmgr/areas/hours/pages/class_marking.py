"""Marking a class: choose class, lesson and day, untick who was missing, one press, one batch that can be taken back.

Choices and ticks are one form. The list carries what it was drawn for; where the choices say another, nothing is recorded and the
list of those choices is shown. So no press can record what the screen does not show, with scripts or without.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.hours.actions.class_marking import ClassMarked, mark_class
from campmgr.areas.hours.actions.marks import LEAST_MINUTES, MOST_MINUTES, MarkRow
from campmgr.areas.hours.pages.marking_choices import Choices, choices_made, choices_of, next_class
from campmgr.areas.hours.queries.last_marked import last_marked
from campmgr.areas.hours.rules.meter import Meter
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.roster import MOST_MARKED, ClassList, class_counts, class_list
from campmgr.clock import parse_day, today_of
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.batches import is_batch
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.store.door import Reader, Writer
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import DONE, told
from campmgr.web.forms import Form, shown_of
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import hours_text

area = Blueprint("marking", __name__, url_prefix="/desk/units/<code>/marking")

_OTHER_DAY = "other"


@dataclass(frozen=True, slots=True)
class MarkingPage:
    """What can be chosen and is, everyone who can be marked, and what the list was drawn for; `fresh`: all are ticked.

    `worth`: what each of them gets at most, with `minutes` of the lesson ("" for all of it).
    """

    unit: Unit
    choices: Choices
    found: ClassList
    is_lesson: bool
    worth: str
    minutes: str
    fresh: bool
    most: int
    shown: str
    done: str
    form: Form

    @property
    def marked(self) -> int:
        """How many have this already, and so have no box to tick."""
        return sum(row.marked for row in self.found.rows)

    @property
    def ticked(self) -> int:
        """How many are ticked as the page is drawn."""
        return sum(self.is_ticked(row.person) for row in self.found.rows if not row.marked)

    def is_ticked(self, person: str) -> bool:
        """Whether somebody is ticked as the page is drawn."""
        return self.fresh or self.form.is_ticked("person", person)


@area.get("")
@require("coordinator")
def choose(code: str) -> Answer:
    """The list for a class, a lesson (or 签到) and a day; these may stand in the address, names do not."""
    asked = {name: request.args[name] for name in ("class", "what", "day", "other_day", "minutes") if request.args.get(name)}
    with reading() as (r, world):
        found = _page(r, world, unit_for(world, me(), code), Form(asked), fresh=request.args.get("ticked") != "none")
    return respond.page("hours/class_marking.html", found)


@area.post("")
@require("coordinator")
def record(code: str) -> Answer:
    """Record everyone who is ticked as one batch, and go on to the next class; 409 where the list was drawn for something else."""
    form, account = Form.sent(), me()
    if form.typed("do") == "show":
        return respond.go(_address(code, form.typed("class"), form.typed("what"), _day(form, ""), form.typed(DONE)))
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        chosen = _chosen(w, world, form)
        found = class_list(w, world, unit.unit, class_name=chosen[0], what=chosen[1], day=chosen[2])
        people = form.choices("person", {row.person for row in found.rows})
        form.is_stale(shown_of(unit.unit, *chosen), _STALE)
        row = _row(form, world, chosen)
        if not form.errors:
            with form.beside("person", BadInput, NotFound, Refused, by_reason={"outside_camp": "day", "bad_date": "day"}):
                batch = hash_id("class marking", account.account, form.client_id)
                done = mark_class(w, people, row, batch=batch, actor=account.actor)
                if done.recorded or is_batch(w, batch):
                    return _told(w, world, unit, chosen, done, form.how_many("person") - len(people), row.minutes)
                form.wrong("person", _("这些人都已经登记过了，没有新的内容。"))
        fresh = form.status == 409 and not people  # the same people under another lesson keep the ticks that were set
        shown = _page(w, world, unit, form, fresh=fresh)
    return respond.page("hours/class_marking.html", shown, form.status)


_STALE = "下面的名单换过了：您改了班级、课程或日期，一个人也还没有登记。请看一眼现在的名单，再按一次。"


def _told(
    w: Writer, world: World, unit: Unit, chosen: tuple[str, str, str], done: ClassMarked, gone: int, minutes: int | None
) -> Answer:
    """On to the next class, with the same lesson and day, and the line that says what was done."""
    class_name, what, day = chosen
    counts = class_counts(w, unit.unit, what)
    following = next_class(counts, class_name)
    now = choices_made(world, counts, (), chosen, today_of(w.clock))
    what_words = f"{now.long} · {_minutes_words(minutes)}" if minutes else now.long
    words = _("已登记 %(class)s %(n)s 人 · %(what)s。") % {"class": now.label, "n": done.recorded or done.known, "what": what_words}
    if done.recorded and done.known:
        words += _("另有 %(n)s 人早已登记过。") % {"n": done.known}
    if gone > 0:
        words += _("有 %(n)s 人已经不在名单上，没有登记。") % {"n": gone}
    if following:
        words += _("接着是%(class)s，课程和日子没变。") % {"class": following}
    code = unit.address
    return told(w, words, _address(code, following, what, day), undo=done.batch, back=_address(code, class_name, what, day))


def _address(code: str, class_name: str, what: str, day: str, done: str = "") -> str:
    asked: dict[str, Any] = {"class": class_name, "what": what, "day": day, DONE: done}
    return url_for("marking.choose", code=code, **{name: value for name, value in asked.items() if value})


def _chosen(r: Reader, world: World, form: Form) -> tuple[str, str, str]:
    """Class, lesson or condition, and day as the form (or address) says; "" for what is not chosen or no such thing."""
    what = form.typed("what")
    return form.typed("class"), what if what in dict(choices_of(world)) else "", _day(form, today_of(r.clock))


def _day(form: Form, otherwise: str) -> str:
    """The day that is chosen: one that has a name, or that of the field beside; "" for one that is none."""
    said = form.typed("day", otherwise)
    typed = form.typed("other_day") if said == _OTHER_DAY else said
    try:
        return parse_day(typed) if typed else ""
    except ValueError:
        return ""


def _row(form: Form, world: World, chosen: tuple[str, str, str]) -> MarkRow:
    class_name, what, day = chosen
    if not class_name:
        form.wrong("person", _("先选一个班，再登记。"))
    if not what:
        form.wrong("what", _("请从列表中选择一项。"))
    if not day:
        form.wrong("day", _("请填日期，例如 2023-06-10。"))
    if what in lessons_of(world):
        return MarkRow(day, lesson=what, minutes=_minutes(form))
    return MarkRow(day, condition=what)


def _minutes(form: Form) -> int | None:
    return form.minutes("minutes", LEAST_MINUTES, MOST_MINUTES, required=False)


def _minutes_words(minutes: int | None) -> str:
    return _("%(n)s 分钟") % {"n": minutes} if minutes else ""


def _worth(world: World, what: str, minutes: int | None) -> str:
    """What a lesson watched so long brings to who has nothing of it yet, by the camp's rules; "" for what is no lesson."""
    lessons = lessons_of(world)
    if what not in lessons:
        return ""
    meter = Meter(world.rules, lessons)
    lesson = meter.lessons[what]
    return hours_text(meter.worth(lesson, minutes or lesson.length) // meter.scale)


def _page(r: Reader, world: World, unit: Unit, form: Form, *, fresh: bool) -> MarkingPage:
    lately = last_marked(r, unit.unit)
    class_name, what, day = _chosen(r, world, form)
    counts = class_counts(r, unit.unit, what)
    choices = choices_made(world, counts, lately, (class_name, what, day), today_of(r.clock))
    listed = class_name if choices.label and choices.is_made else ""
    found = class_list(r, world, unit.unit, class_name=listed, what=what, day=day)
    is_lesson = what in lessons_of(world)
    minutes = _minutes(form) if is_lesson else None
    worth = "" if form.error("minutes") else _worth(world, what, minutes)
    shown = shown_of(unit.unit, class_name, what, day)
    done = request.values.get(DONE, "")[:40]
    return MarkingPage(unit, choices, found, is_lesson, worth, _minutes_words(minutes), fresh, MOST_MARKED, shown, done, form)
