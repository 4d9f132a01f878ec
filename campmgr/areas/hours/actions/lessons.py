"""Lessons: described and changed, one by one."""

from __future__ import annotations

from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.hours.world import lessons_of
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer


def lesson_draft(lesson: Lesson, replaces: str | None = None, batch: str | None = None, actor: str = "") -> Draft:
    """What describes a lesson."""
    body = {
        "name": lesson.name, "hundredths": lesson.hundredths, "length_minutes": lesson.length_minutes, "kind": lesson.kind,
        "field": lesson.field, "replay_of": lesson.replay_of, "starts_at": lesson.starts_at,
    }  # fmt: skip
    about = subject("lesson", lesson.code)
    return Draft("", "lesson_described", about, body, actor=actor, batch=batch, replaces=replaces)


def describe_lesson(w: Writer, lesson: Lesson, actor: str = "") -> Fact | None:
    """Add or change a lesson; None when it already stands so. Only the camp's root."""
    if lessons_of(worlds.load(w)).get(lesson.code) == lesson:
        return None
    return say(w, [lesson_draft(lesson, actor=actor)])[0].fact
