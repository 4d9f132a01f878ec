"""Putting right: corrections that name what they replace, and withdrawals. Nothing is overwritten (docs/ledger.md#order)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from campmgr.areas.hours.actions.marks import MarkRow, check_minutes, mark_draft
from campmgr.areas.hours.queries.standing import counted_for, mark_of_fact, minutes_by_fact
from campmgr.areas.people.actions.plain_reasons import refuse_name_in
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.batches import scopes_of_batch, withdrawals_of_batch
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.finding import find_fact
from campmgr.facts.saying import may_say, may_write, not_granted, say
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, Fact, people_scope, scope_unit, subject, subject_key
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal took back: the batch or fact, in which scopes it was said, the fact's kind ("" for a batch)."""

    what: str
    scopes: tuple[str, ...]
    known: bool
    kind: str = ""


def correct_mark(w: Writer, person: Person, fact_id: str, minutes: int | None, reason: str, actor: str = "") -> Fact:
    """Say the right minutes for a mark, naming the one it replaces. Raises NotFound when it is not a standing mark of theirs,
    Refused for one of an earlier camp.
    """
    refuse_name_in(w, reason, person.person)
    fact = find_fact(w, fact_id)
    row = mark_of_fact(w, person.person, fact.chain)
    check_minutes(minutes)
    if row is None and (said := _said_again(w, person, fact, minutes)):
        return said
    if row is None and _is_of_earlier(worlds.load(w), fact):
        raise Refused("这是往届训练营的学习记录，不能更正。", reason="earlier_camp", hint="往届只能查看；本届的请重新登记。")
    if row is None:
        raise NotFound(
            "这条记录不是此人现行的学习记录。",
            reason="unknown_fact",
            hint="请从人员页的历史里选。",
            at_console="现行的记录见 campmgr person show。",
        )
    lesson, day, source = row
    mark = MarkRow(day=day, lesson=lesson, minutes=minutes, source=source, reason=reason)
    place, about = _where_said(w, fact, person)
    return say(w, [mark_draft(place, about, mark, replaces=fact.chain, actor=actor)])[0].fact


def _is_of_earlier(world: World, fact: Fact) -> bool:
    """Whether a fact was said of a camp before the one that goes on."""
    of = json.loads(fact.body).get("activity", world.activity) if fact.body else world.activity
    return of in world.activities and world.activities.is_earlier_camp(world.activities[of])


def _said_again(r: Reader, person: Person, fact: Fact, minutes: int | None) -> Fact | None:
    """The standing correction that names this fact and says these minutes: pressing twice is not an error."""
    standing = minutes_by_fact(r, person.person)
    equal = [key for key, said in standing.items() if said == minutes]
    return next((each for each in ledger.by_chain(r, equal).values() if fact.chain in each.replaces), None)


def _where_said(r: Reader, fact: Fact, person: Person) -> tuple[str, str]:
    """Scope and subject of a correction: of a merged person those of what it corrects, so that a parting takes both along."""
    world, about = worlds.load(r), subject("person", person.person)
    merged = fact.subject.startswith("person:") and fact.subject != about
    if merged and may_write(world, r.meta(WRITER), scope_unit(fact.scope) or ""):
        return scope_unit(fact.scope) or "", fact.subject
    return unit_to_speak_in(r, world, person.person, person.home), fact.subject if merged else about


def withdraw(w: Writer, what: str, reason: str, actor: str = "") -> Withdrawn:
    """Withdraw a batch, in every scope it touched, or one fact. Raises NotFound, BadInput, NotAllowed."""
    if not reason.strip():
        raise BadInput("请写明撤回的原因。", reason="missing_value", hint="一两句话就好。", at_console="用 --reason。")
    scopes = scopes_of_batch(w, what)
    if scopes:
        return _withdraw_batch(w, what, scopes, reason, actor)
    fact = find_fact(w, what)
    kind = kinds_of(w).get(fact.kind)
    if kind is None or kind.stays:
        raise Refused("这条记录不能撤回。", hint=kind.stays if kind else "它由更新的版本写成，请升级后再试。")
    refuse_name_in(w, reason, subject_key(fact.subject))
    drafts = [
        Draft(scope, "fact_withdrawn", about, {"fact": fact.chain, "reason": reason}, actor=actor,
              client_id=hash_id("withdrawn", fact.chain))
        for scope, about in _where_counted(w, fact)
    ]  # fmt: skip
    said = say(w, drafts)
    return Withdrawn(fact.chain, tuple(draft.place for draft in drafts), all(one.known for one in said), fact.kind)


def restore_batch(w: Writer, batch: str, reason: str, actor: str = "") -> int:
    """Let a batch count again that was withdrawn, in every scope that this file may speak of; in how many. Raises NotAllowed."""
    drafts = [
        Draft(scope, "fact_withdrawn", subject("batch", batch), {"fact": fact, "reason": reason}, actor=actor,
              client_id=hash_id("withdrawn", fact))
        for scope, fact in withdrawals_of_batch(w, batch)
    ]  # fmt: skip
    allowed = [draft for draft in drafts if may_say(w, draft)]
    if drafts and not allowed:
        raise not_granted(w, drafts[0])
    say(w, allowed)
    return len(allowed)


def say_again(w: Writer, fact_id: str, actor: str = "") -> Fact:
    """Say an entry again that was withdrawn, as it was said then: its withdrawal has freed its client id.

    Raises NotFound, and Refused for what is no such entry: of a name, a class or a home the page says what it is to be; and for
    one of an earlier camp, which would count in this one.
    """
    fact = find_fact(w, fact_id)
    kind = kinds_of(w).get(fact.kind)
    if kind is None or not kind.may_undo or kind.registers or fact.body is None:
        raise Refused("这条记录不能在这里恢复。", hint="请重新登记一次。")
    if _is_of_earlier(worlds.load(w), fact):
        raise Refused("这是往届训练营的记录，不能恢复。", reason="earlier_camp", hint="往届只能查看；本届的请重新登记。")
    body = json.loads(fact.body)
    place = scope_unit(fact.scope) or ""
    draft = Draft(place, fact.kind, fact.subject, body, actor, fact.happened_on, client_id=fact.client_id)
    return say(w, [draft])[0].fact


def _where_counted(r: Reader, fact: Fact) -> list[tuple[str, str]]:
    """Scope and subject of a withdrawal: those of the fact; of a scanned code also those of the person it was carried to."""
    places = [(fact.scope, fact.subject)]
    if fact.subject.startswith("code:"):
        places += [(people_scope(home), subject("person", person)) for person, home in counted_for(r, fact.chain)]
    return places


def _withdraw_batch(w: Writer, batch: str, scopes: list[str], reason: str, actor: str) -> Withdrawn:
    drafts = [
        Draft(scope, "batch_withdrawn", subject("batch", batch), {"reason": reason}, actor=actor,
              client_id=hash_id("withdrawn", batch, scope))
        for scope in scopes
    ]  # fmt: skip
    allowed = [draft for draft in drafts if may_say(w, draft)]
    if not allowed:
        raise not_granted(w, drafts[0])
    said = say(w, allowed)
    return Withdrawn(batch, tuple(draft.place for draft in allowed), all(one.known for one in said))
