"""Asking the office above, taking that back, and the office's answer, which does at once what can be done in one press."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.people.actions.people import add_membership, move, refuse_non_participating
from campmgr.areas.people.actions.plain_reasons import refuse_names_in
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.people.queries.ids import memberships_of
from campmgr.areas.requests.kinds import SORTS
from campmgr.areas.requests.queries import Request, request_of
from campmgr.areas.units.actions.units import move_unit
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.review import Settling
from campmgr.facts.saying import say
from campmgr.facts.units import Unit
from campmgr.ids import hash_id, random_id
from campmgr.ledger.envelope import Draft, Fact, people_scope, subject
from campmgr.masks import holds_number
from campmgr.store.door import Writer

LONGEST = 300
"""Characters of a request: what would be said on the telephone."""

_NEEDS_PERSON, _NEEDS_TARGET, _NEEDS_TEXT = {"person", "also"}, {"person", "also", "unit"}, {"correct", "other"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a sort, whom it is about and which unit to go to (ids, "" for none), and why."""

    sort: str
    person: str = ""
    target: str = ""
    text: str = ""


def ask(w: Writer, unit: Unit, asked: Asked, *, actor: str = "", client_id: str | None = None) -> Fact:
    """Ask the office above. Raises BadInput for an unknown sort, for what is missing, and for a text with a number or the name of
    whom it is about; Refused for the topmost unit, which has nobody to ask, and for a unit that takes no people.
    """
    text = asked.text.strip()
    if not unit.parent:
        raise Refused("最上级的单位没有可请的上级。", hint="请在“组织工作”里直接办。")
    _check(asked, text)
    if asked.person:
        refuse_names_in(w, text, [asked.person])
    _check_target(w, unit, asked)
    key = hash_id("request", unit.unit, client_id) if client_id else random_id()
    body = {"sort": asked.sort, "person": asked.person, "target": asked.target, "text": text}
    return say(w, [Draft(unit.unit, "request_made", subject("request", key), body, actor=actor, client_id=client_id)])[0].fact


def _check(asked: Asked, text: str) -> None:
    if asked.sort not in SORTS:
        raise BadInput(f"没有“{asked.sort}”这种请求。", reason="unknown_word")
    if (asked.sort in _NEEDS_PERSON and not asked.person) or (asked.sort in _NEEDS_TARGET and not asked.target):
        raise BadInput("请写明哪个人、哪个单位。", reason="missing_value")
    if asked.sort in _NEEDS_TEXT and not text:
        raise BadInput("请写明要上级办什么。", reason="missing_value")
    if len(text) > LONGEST:
        raise BadInput(f"说明最多 {LONGEST} 字，现在是 {len(text)} 字。", reason="too_long")
    if holds_number(text):
        raise BadInput("说明里像是有电话、身份证或银行卡号。说明会一直保留，不要写个人信息。", hint="请去掉号码再提交。")


def _check_target(w: Writer, unit: Unit, asked: Asked) -> None:
    """That the office could do it: nobody goes where they are, no unit below itself, nobody to a unit that takes no people."""
    tree = worlds.load(w).tree
    target = tree.units.get(asked.target)
    if target is None:
        return
    if asked.sort == "unit" and unit.unit in tree.path_on(target.unit, "9999"):
        raise BadInput(f"{unit.name} 不能放到自己或自己的下级之下。", reason="circular_parent", hint="请核对上级。")
    person = people_by_id(w, [asked.person]).get(asked.person) if asked.person else None
    if target.unit == (unit.parent if asked.sort == "unit" else person.home if person else ""):
        raise BadInput(f"已经在 {target.name} 了，不用再转。", reason="circular_parent", hint="请核对单位。")
    if asked.sort == "also" and person and (person.person, target.unit) in memberships_of(w, [person.person]):
        raise BadInput(f"已经同时计入 {target.name} 了。", reason="circular_parent", hint="请核对单位。")
    if asked.sort in _NEEDS_PERSON:
        refuse_non_participating(target)


def take_back(w: Writer, request: str, unit: Unit, actor: str = "") -> None:
    """The unit no longer asks. Raises NotFound, Refused once it was answered."""
    known = request_of(w, worlds.load(w), request)
    if known is None or known.unit != unit.unit:
        raise NotFound("没有这件请求，或已经收回。", reason="unknown_fact", hint="请刷新页面。")
    if not known.is_open:
        raise Refused("上级已经答复，不能再收回。", hint="有变化的话，请另提一件。")
    body = {"fact": known.fact, "reason": "不用办了"}
    say(w, [Draft(people_scope(unit.unit), "fact_withdrawn", subject("request", request), body, actor=actor)])


def answer(settling: Settling) -> None:
    """The office's answer to requests: does what can be done in one press, and says so; a refusal needs its reason.

    Raises BadInput for a refusal without a reason, Refused for somebody who is not registered here any more, NotAllowed.
    """
    done = settling.answer.name == "do"
    if not done and not settling.note:
        raise BadInput("不办要写明原因，申请的单位看得到。", reason="missing_value", hint="请写在“答复”里再按一次。")
    for row in settling.rows:
        known = request_of(settling.w, settling.world, row.told)
        if known is None or not known.is_open:
            continue  # another has answered meanwhile, or it was taken back
        if done:
            _do(settling, known)
        body = {"done": done, "reason": settling.note}
        about = subject("request", known.request)
        say(settling.w, [Draft(known.unit, "request_answered", about, body, actor=settling.actor, batch=settling.batch)])


def _do(settling: Settling, known: Request) -> None:
    """What a request asks for, where the program can do it: the others the office has done by hand."""
    if known.sort == "unit":
        move_unit(settling.w, known.unit, known.target, actor=settling.actor, batch=settling.batch)
    elif known.sort in _NEEDS_PERSON:
        person = people_by_id(settling.w, [known.person]).get(known.person)
        if person is None or person.erased:
            raise Refused("这个人不在这里的名单里，或个人信息已经删除，办不了。", hint="请答复“不办”，写明情况。")
        does = move if known.sort == "person" else add_membership
        does(settling.w, person, known.target, actor=settling.actor, batch=settling.batch)
