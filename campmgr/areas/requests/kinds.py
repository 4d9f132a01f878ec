"""A unit asks the office above for something, and the office says what became of it. Ids alone name people and units."""

from __future__ import annotations

from campmgr.facts.world import World
from campmgr.ledger.kinds import Body, Home, Kind, Right, fields

ANSWERED = "request_answered"
"""The office's word, in the scope of the unit that asked."""

SORTS = {
    "person": "把一个人转到别的单位",
    "also": "把一个人也算到另一个单位（如给孩子补上学校）",
    "unit": "把本单位改到别的上级之下",
    "correct": "更正本单位改不了的",
    "other": "别的事",
}
"""What can be asked for, in words."""


def _made(_: World, body: Body) -> str:
    return f"{SORTS.get(body['sort'], body['sort'])}{'：' if body['text'] else ''}{body['text']}"


def _answered(_: World, body: Body) -> str:
    return ("已办" if body["done"] else "不办") + (f"：{body['reason']}" if body["reason"] else "")


# fmt: off
KINDS = (
    Kind("request_made", Home.PEOPLE, Right.COVERS_SCOPE, ("request",), ("requests",), fields("sort person target text"),
         called="请上级办", brings="{n} 件请上级办的事", words=_made, may_undo=True),
    Kind(ANSWERED, Home.PEOPLE, Right.COVERS_SCOPE, ("request",), ("requests",), fields("done:flag reason"),
         called="上级的答复", brings="{n} 件上级的答复", words=_answered, registers=("answer",)),
)
# fmt: on
