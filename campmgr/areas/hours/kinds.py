"""The kinds about lessons and learning."""

from __future__ import annotations

from campmgr.areas.hours.rules.evidence import SOURCES, evidence_words
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.hours.rules.words import lesson_words
from campmgr.areas.hours.world import lessons_of
from campmgr.facts.world import World
from campmgr.ledger.kinds import Body, Home, Kind, Right, fields
from campmgr.settings.terms import say


def _mark(world: World, body: Body) -> str:
    reason = f"；更正原因：{body['reason']}" if body["reason"] else ""
    return f"{lesson_words(lessons_of(world), body['lesson'], body['minutes'])}（{evidence_words(body['source'])}）{reason}"


def _condition(_: World, body: Body) -> str:
    return f"{say(CONDITIONS, body['condition'])}（{say(SOURCES, body['source'])}）"


def _declared(world: World, body: Body) -> str:
    return lesson_words(lessons_of(world), body["lesson"], body["minutes"]) + "，附截图" * bool(body["evidence"])


def _settled(_: World, body: Body) -> str:
    return f"{'确认' if body['accepted'] else '不予确认'}　{body['reason']}".strip()


# fmt: off
KINDS = (
    Kind("lesson_described", Home.PUBLIC, Right.ROOT, ("lesson",), ("lessons",),
         fields("name hundredths:int length_minutes:int kind field replay_of starts_at"),
         called="课程说明", brings="{n} 处课程说明", registers=("*",), partial=True),
    Kind("mark_declared", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",),
         fields("activity lesson minutes:int? evidence"),
         called="本人申报学习", words=_declared, may_undo=True),
    Kind("declaration_settled", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("fact accepted:flag reason"),
         called="处理申报", words=_settled, registers=("answer {fact}",)),
    Kind("mark_recorded", Home.PEOPLE, Right.COVERS_SCOPE, ("person", "code"), ("people", "codes"),
         fields("activity lesson minutes:int? source reason"), brings="{n} 条学习记录", called="学习", words=_mark, may_undo=True,
         may_wait=True),
    Kind("condition_recorded", Home.PEOPLE, Right.COVERS_SCOPE, ("person", "code"), ("people", "codes"),
         fields("activity condition source"), called="条件", brings="{n} 次签到等", words=_condition, may_undo=True, may_wait=True),
)
# fmt: on
