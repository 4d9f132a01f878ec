"""Entering by the code of a class or of a family: nothing is said before whoever knows the children has nodded.

Who waits costs nothing: no fact, no number anywhere, a place of the code at most, which a refusal gives back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from campmgr.areas.people.actions.joining import open_join_code
from campmgr.areas.people.actions.people import (
    Registration,
    join_again,
    membership_draft,
    refuse_non_participating,
    register_drafts,
)
from campmgr.areas.people.local import (
    Entrant,
    count_joining,
    drop_entrants,
    entrants_by_id,
    entrants_of_page,
    join_code,
    keep_entrants,
    settle_entrants,
)
from campmgr.areas.people.queries.elsewhere import is_counted, may_be_counted
from campmgr.areas.people.queries.entrants import in_roster, is_waiting, own_id
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.people.settings import People
from campmgr.class_order import class_key
from campmgr.clock import utc_text
from campmgr.errors import BadInput, Refused
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import say
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.door import Reader, Writer
from campmgr.typed_codes import join_code_in
from campmgr.wording import name_key


def enter(w: Writer, code: str, who: Sequence[Registration], *, client_id: str, consent_version: str) -> str:
    """Let people of one form wait; the token of the page that tells what becomes of them.

    The same form again (equal `client_id`) takes the place of the first while nobody has decided. Raises NotFound for a code that
    does not work, BadInput without a name or with another notice than today's, Refused where the code has fewer places or the form
    was decided.
    """
    world, token = worlds.load(w), page_token(code, client_id)
    before = entrants_of_page(w, token)
    if before and not all(is_waiting(w, row) for row in before):
        raise Refused("这张表单已经有人看过了。", reason="conflict", hint="要再报名的，请重新扫码另填一张。")
    drop_entrants(w, before)
    count_joining(w, join_code_in(code), -len(before))
    found = open_join_code(w, code)
    if consent_version != world.rules[People].consent_version:
        raise BadInput("告知同意文本已更新，请重新阅读并同意。", reason="missing_value")
    if not who or not all(one.name for one in who):
        raise BadInput("请填写姓名。", reason="missing_value")
    if found.used + len(who) > found.most:
        raise Refused(f"这个码还能报 {found.most - found.used} 人，填了 {len(who)} 人。", hint="请减少人数，或向联络员要新的码。")
    for one in who:
        refuse_non_participating(find_unit(world, one.unit))
    at = utc_text(w.clock.now())
    rows = [Entrant(f"{hash_id(token)[:30]}{place:02}", found.code, one.unit, one.name, one.class_name, one.phone,
                    one.kind, int(one.guardian), consent_version, at) for place, one in enumerate(who)]  # fmt: skip
    keep_entrants(w, rows, token)
    count_joining(w, found.code, len(who))
    return token


def page_token(code: str, client_id: str) -> str:
    """The token of the page of a form: as secret as the number that the form bears, and so the same when it is sent again."""
    return hash_id("entered by", join_code_in(code), client_id)


def is_entered(r: Reader, code: str, client_id: str) -> bool:
    """Whether this very form was sent before."""
    return bool(entrants_of_page(r, page_token(code, client_id)))


def take_in(w: Writer, world: World, rows: Sequence[Entrant], apart: Collection[str], *, actor: str, batch: str) -> int:
    """Register entrants, or find them in the roster where their unit has one of the name; those `apart` are others than who is
    found there. How many were found. All of it is one batch.
    """
    found = in_roster(w, world, rows)
    people = people_by_id(w, found.values())
    known: dict[tuple[str, str, str], str] = {}
    drafts: list[Draft] = []
    who: dict[str, str] = {}
    for row in rows:
        key = (row.unit, name_key(row.name), class_key(row.class_name))
        person = "" if row.entrant in apart else found.get(row.entrant) or known.get(key, "")
        if one := people.get(person):
            join_again(w, one, actor, batch)
        elif not person:
            person = known.setdefault(key, own_id(world, row)) if row.entrant not in apart else own_id(world, row)
            drafts += _registering(world, row, person, batch, actor)
        who[row.entrant] = person
        drafts += [*_consenting(row, person, one, batch, actor), *_counting(w, world, row, person, one, batch, actor)]
    say(w, drafts)
    settle_entrants(w, who)
    return sum(person in people for person in who.values())


def _registering(world: World, row: Entrant, person: str, batch: str, actor: str) -> list[Draft]:
    who = Registration(row.unit, row.name, "", row.class_name, row.phone, row.kind, bool(row.guardian))
    return register_drafts(person, who, batch, actor, activity=world.activity)


def _consenting(row: Entrant, person: str, known: Person | None, batch: str, actor: str) -> list[Draft]:
    body = {"version": row.consent, "guardian": bool(row.guardian)}
    home = known.home if known else row.unit
    return [Draft(home, "consent_given", subject("person", person), body, actor=actor, batch=batch)]


def _counting(r: Reader, world: World, row: Entrant, person: str, known: Person | None, batch: str, actor: str) -> list[Draft]:
    """A child of a federation's family counts there too, where this data file may say so."""
    code = join_code(r, row.code)
    one = known or Person(person, row.unit, row.kind, "", row.name)
    if code is None or code.unit == one.home or not may_be_counted(r, world, one, code.unit) or is_counted(r, one, code.unit):
        return []
    return [membership_draft(person, one.home, code.unit, batch, actor)]


def refuse(w: Writer, rows: Sequence[Entrant]) -> None:
    """Do not take entrants; their places are free again."""
    settle_entrants(w, {row.entrant: "" for row in rows}, refused=True)
    for row in rows:
        count_joining(w, row.code, -1)


def let_wait(w: Writer, ids: Sequence[str]) -> None:
    """Take a decision back: whoever it was about waits again, and has a place of the code."""
    rows = entrants_by_id(w, ids)
    settle_entrants(w, {row.entrant: "" for row in rows})
    for row in rows:
        count_joining(w, row.code, row.refused)
