"""Why one lesson gave a person what it gave: its records, the rule behind each reason, and which rules are in force."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.hours.rules.credit import LessonCredit
from campmgr.areas.hours.rules.words import RulePoint, rule_points
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.finding import Person
from campmgr.desks.queries.histories import HistoryLine, history_lines
from campmgr.desks.queries.person import HistoryEvent, page_of
from campmgr.errors import NotFound
from campmgr.facts.activities import InForce
from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class LessonStory:
    """One lesson of one person. `lines`: everything recorded about it, the newest first; `doubts`: fact -> what is doubtful.

    `whole`: the doubts about whole days on which it was marked.
    """

    code: str
    name: str
    kind: str
    length: int
    credit: LessonCredit | None
    lines: tuple[HistoryLine, ...]
    doubts: dict[str, tuple[str, ...]]
    whole: tuple[str, ...]
    points: tuple[RulePoint, ...]
    in_force: InForce


def lesson_story(r: Reader, world: World, person: Person, code: str) -> LessonStory:
    """The story of one lesson. Raises NotFound for a lesson that is not in the table and of which nothing was recorded."""
    page, lesson = page_of(r, world, person), lessons_of(world).get(code)
    told = _about(page.history, code)
    if lesson is None and not told:
        raise NotFound("没有这门课程。", reason="unknown_lesson", hint="请从课程列表进入。")
    hours = page.hours
    earned = next((each for each in hours.credit.lessons if each.lesson == code), None)
    days = {mark.day for mark in hours.marks if mark.lesson == code}
    doubts: dict[str, tuple[str, ...]] = {}
    for each in hours.doubts:
        if each.lesson == code:
            doubts[each.about] = (*doubts.get(each.about, ()), each.sentence)
    return LessonStory(
        code=code,
        name=lesson.name if lesson else code,
        kind=lesson.kind if lesson else "",
        length=lesson.length_minutes if lesson else 0,
        credit=earned,
        lines=history_lines(r, world, told),
        doubts=doubts,
        whole=tuple(each.sentence for each in hours.doubts if each.about in days),
        points=rule_points(world.rules, (reason.code for reason in earned.because) if earned else ()),
        in_force=world.in_force,
    )


def _about(history: tuple[HistoryEvent, ...], code: str) -> tuple[HistoryEvent, ...]:
    """What was said of the lesson: marks and declarations, and what settled or withdrew those."""
    facts = {event.fact for event in history if event.body.get("lesson") == code}
    return tuple(event for event in history if event.fact in facts or event.body.get("fact") in facts)
