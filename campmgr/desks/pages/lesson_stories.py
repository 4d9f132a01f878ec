"""Why a lesson gave what it gave: for the learner, and for their coordinator, who settles what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.hours.rules.evidence import evidence_table
from campmgr.areas.people.actions import joining
from campmgr.areas.people.actions.doubts import settle_doubt
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.theirs import person_for
from campmgr.desks.pages.person import person_shown
from campmgr.desks.queries.lesson_stories import LessonStory, lesson_story
from campmgr.desks.queries.person import hours_of
from campmgr.errors import NotFound
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import anyone, require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("lesson_stories", __name__)


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A lesson's story and whose it is; `token` is "" on the desk, `may_write` false for the learner."""

    story: LessonStory
    person: Person
    token: str
    may_write: bool
    grades: tuple[tuple[str, str, str], ...]


@area.get("/p/<token>/lessons/<path:code>")
@anyone
def mine(token: str, code: str) -> Answer:
    """One lesson of mine: what was recorded, by whom, what counted and by which rule."""
    with reading() as (r, world):
        person = joining.person_of_page(r, token)
        story = lesson_story(r, world, person, code)
    return respond.page("desks/my_lesson.html", StoryPage(story, person, token, may_write=False, grades=evidence_table()))


@area.get("/desk/people/<person>/lessons/<path:code>")
@require("viewer")
def theirs(person: str, code: str) -> Answer:
    """One lesson of somebody of the unit, each record with the way to put it right."""
    account = me()
    with reading() as (r, world):
        who = person_for(r, world, account, person)
        story = lesson_story(r, world, who, code)
    return respond.page("desks/lesson.html", StoryPage(story, who, "", account.has("coordinator"), evidence_table()))


@area.post("/desk/people/<person>/doubts")
@require("coordinator")
def settle(person: str) -> Answer:
    """Note what was found out about a doubtful record; it stays as it is and is not asked again. Raises NotFound."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        who = person_for(w, world, account, person)
        case = form.typed("case")
        answer, is_open = form.text("answer", most=200), any(each.case == case for each in hours_of(w, world, who).doubts)
        if is_open and not form.errors:
            settle_doubt(w, who, case, answer, account.actor)
            return told(w, _("已记下核对结果。"), url_for("person.show", person=person))
    if is_open:
        return person_shown(person, form, 422)
    raise NotFound("这一条已经处理过。", reason="unknown_fact", hint="请刷新页面。")
