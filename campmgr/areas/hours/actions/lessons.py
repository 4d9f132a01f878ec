"""Lessons: described and changed, one by one."""

from __future__ import annotations

from dataclasses import asdict

from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.hours.world import lesson_key, lessons_of
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer


def lesson_draft(
    lesson: Lesson, known: Lesson | None = None, batch: str | None = None, actor: str = "", activity: str = ""
) -> Draft:
    """What describes a lesson of an activity; of one that is known only what changes."""
    said = asdict(lesson)
    code = said.pop("code")
    body = {name: value for name, value in said.items() if known is None or value != getattr(known, name)}
    return Draft("", "lesson_described", subject("lesson", lesson_key(activity, code)), body, actor=actor, batch=batch)


def describe_lesson(w: Writer, lesson: Lesson, actor: str = "") -> Fact | None:
    """Add or change a lesson; None when it already stands so. Only the camp's root."""
    world = worlds.load(w)
    known = lessons_of(world).get(lesson.code)
    return None if known == lesson else say(w, [lesson_draft(lesson, known, actor=actor, activity=world.activity)])[0].fact
