"""Settling what was said side by side: one of the sides is said again, knowing all of them (docs/ledger.md#registers)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from campmgr.areas.people.queries.sides import places_of, sides_of
from campmgr.errors import NotFound
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.review import ReviewRow, Settling
from campmgr.facts.saying import Speech, may_say
from campmgr.ledger.envelope import Draft
from campmgr.ledger.kinds import Kinds, value_in
from campmgr.ledger.order import ReadFact

_RUN = 1000
"""Rows at a time: of two imports that disagree there may be as many as they have lines."""


def choose_side(settling: Settling) -> None:
    """The side that the answer names counts from now on, on every node. Raises NotAllowed, NotFound for one that is gone."""
    speech = Speech(settling.w)
    for start in range(0, len(settling.rows), _RUN):
        rows = settling.rows[start : start + _RUN]
        speech.say([_again(settling, row, sides) for row, sides in zip(rows, sides_of(settling.w, rows), strict=True)])
    speech.finish()


def _again(settling: Settling, row: ReviewRow, sides: Sequence[ReadFact]) -> Draft:
    place = int(settling.answer.name) - 1
    if place >= len(sides):
        raise NotFound("这种说法已经不在了。", reason="unknown_fact", hint="请刷新页面，再看一眼。")
    one, register = sides[place], row.told["register"]
    kind, body = _word(kinds_of(settling.w), one, register)
    drafts = [
        Draft(scope.partition("/")[2], kind, one.fact.subject, body, actor=settling.actor, batch=settling.batch,
              happened_on=one.fact.happened_on, replaces=tuple(sorted(row.told["sides"])))
        for scope in places_of(sides)
    ]  # fmt: skip
    return next((draft for draft in drafts if may_say(settling.w, draft)), drafts[0])


def _word(kinds: Kinds, one: ReadFact, register: str) -> tuple[str, dict[str, Any]]:
    """What says a register's value again: the kind that changes it alone, where there is one; else the same kind."""
    value, sort = value_in(one.row, one.body, register), one.fact.subject.partition(":")[0]
    for kind in kinds.values():
        alone = kind.partial or (kind.body.keys() == {register} and f"{register}={register}" in kind.registers)
        if sort in kind.subjects and register in kind.body and alone:
            kept = {"activity": one.body["activity"]} if "activity" in kind.body else {}
            return kind.name, kept | {register: value}
    return one.fact.kind, one.body
