"""Marking a whole class at once: one batch, so that it can be taken back whole (docs/ledger.md#repeats)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from campmgr.areas.hours.actions.marks import MarkRow, check_day, check_lesson, check_minutes, mark_draft
from campmgr.areas.hours.queries.standing import marked_alike, with_condition
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.clock import today_of
from campmgr.errors import BadInput, Refused
from campmgr.facts import world as worlds
from campmgr.facts.batches import is_withdrawn
from campmgr.facts.saying import may_write, say
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER


@dataclass(frozen=True, slots=True)
class ClassMarked:
    """What became of marking a class: how many were recorded, how many stood already."""

    batch: str
    recorded: int
    known: int


def mark_class(w: Writer, people: Sequence[str], row: MarkRow, *, batch: str, actor: str = "") -> ClassMarked:
    """Record one lesson or condition for all these people (ids) as one batch; who has just this mark already is left as is.

    The same batch again records nothing. Raises BadInput for nobody or wrong minutes, NotFound for an unknown lesson, Refused
    for a day outside the camp or a batch that was taken back.
    """
    return mark_each(w, [(person, row) for person in people], batch=batch, actor=actor)


def mark_each(w: Writer, marks: Sequence[tuple[str, MarkRow]], *, batch: str, actor: str = "") -> ClassMarked:
    """As `mark_class`, but with a mark of their own for each: one lesson on one day, and not everybody stayed to the end."""
    if not marks:
        raise BadInput("还没有选人。", reason="missing_value", hint="请至少勾选一人。")
    world = worlds.load(w)
    people_of: dict[MarkRow, list[str]] = defaultdict(list)
    for person, row in marks:
        people_of[row].append(person)
    checked = {_checked(w, world, row): people for row, people in people_of.items()}
    if is_withdrawn(w, batch):
        raise Refused("这次登记已经撤销过，没有再次登记。", hint="如需重新登记，请从“登记”页面重新开始。")
    drafts: list[Draft] = []
    known = 0
    for row, people in checked.items():
        marked = _marked(w, people, row)
        known += len(marked)
        drafts += _drafts(w, world, [each for each in people if each not in marked], row, batch, actor)
    said = say(w, drafts)
    repeated = sum(one.known for one in said)
    return ClassMarked(batch, len(said) - repeated, known + repeated)


def _checked(r: Reader, world: World, row: MarkRow) -> MarkRow:
    row = replace(row, day=check_day(world, row.day, today_of(r.clock)))
    check_minutes(row.minutes)
    if row.lesson:
        check_lesson(world, row.lesson)
    return row


def _drafts(r: Reader, world: World, people: Iterable[str], row: MarkRow, batch: str, actor: str) -> list[Draft]:
    writer, drafts = r.meta(WRITER), []
    for key, person in people_by_id(r, people).items():
        home = person.home if person.home and may_write(world, writer, person.home) else ""
        unit = home or unit_to_speak_in(r, world, key, person.home)
        drafts.append(mark_draft(unit, subject("person", person.person), row, batch=batch, actor=actor))
    return drafts


def _marked(r: Reader, people: Iterable[str], row: MarkRow) -> set[str]:
    """Who has this very mark already, by whatever way it came; a condition stands once it stands on any day."""
    if row.condition:
        return with_condition(r, people, row.condition)
    return marked_alike(r, people, row.lesson, row.day, row.minutes)
