"""Another correspondent: a unit proposes somebody, its posts agree one by one, and then the one before ends (W-04)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from campmgr.areas.people.actions.people import Registration, register_drafts, typed_person
from campmgr.areas.people.queries.finding import people_by_name
from campmgr.areas.points.actions.import_roster import same_people
from campmgr.areas.points.queries.roster import DUTY, Correspondent, agreeing, correspondents_of
from campmgr.areas.units.settings import OUTSIDE
from campmgr.clock import checked_day, later
from campmgr.errors import BadInput, Refused
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.saying import say
from campmgr.ids import random_id
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.door import Writer
from campmgr.wording import name_key

LONGEST_NAME, LONGEST_POST, LONGEST_REASON = 40, 40, 200


class Proposal(NamedTuple):
    """Who is proposed: name, post, telephone ("" for none), from which day, whom they follow (a person's id, "" for nobody)."""

    name: str
    post: str
    phone: str
    from_on: str
    follows: str = ""
    full_time: bool = False


def propose(w: Writer, activity: Activity, unit: str, proposal: Proposal, actor: str = "") -> str:
    """Propose somebody as the correspondent of a unit; the person's id. The one before stays until all posts have agreed.

    Raises BadInput for what is missing or fits two people, Refused while another waits or for somebody who is it already.
    """
    name, world = " ".join(proposal.name.split()), worlds.load(w)
    day = checked_day(proposal.from_on)
    if not 0 < len(name) <= LONGEST_NAME or not day:
        raise BadInput("请写姓名和从哪天起。", reason="missing_value")
    now = [each for each in correspondents_of(w, activity, unit) if not each.until_on]
    if any(each.waits_for(agreeing(activity)) for each in now):
        raise Refused("本单位已有一位等着同意。", hint="请先同意或不同意，再提下一位。")
    if proposal.follows and proposal.follows not in {each.person for each in now}:
        raise Refused("被接替的人现在不是宣传员。", hint="请刷新页面再选。")
    same = same_people(world, people_by_name(w, [name]).get(name_key(name), []), unit, proposal.phone)
    if len(same) > 1:
        raise BadInput(f"本单位有 {len(same)} 位“{name}”，请写联系电话区分。", reason="conflict")
    if same and same[0].person in {each.person for each in now}:
        raise Refused(f"“{name}”已经是本单位的宣传员。", hint="请另选一位。")
    who = Registration(unit, name, phone=proposal.phone or (same[0].phone if same else ""), kind=OUTSIDE)
    person, batch = same[0].person if same else typed_person(world, who, random_id()), random_id()
    drafts = [] if same else register_drafts(person, who, batch, actor)
    more = {"post": proposal.post.strip(), "full_time": proposal.full_time, "agreed": list[str](), "follows": proposal.follows}
    say(w, [*drafts, _given(activity, unit, person, day, more, actor, batch)])
    return person


def agree(w: Writer, activity: Activity, unit: str, person: str, post: str, actor: str = "") -> tuple[str, ...]:
    """A post of the unit agrees; the posts that are still to. Once all have, the one before ends on the day before.

    Raises Refused where nobody waits for that post, NotAllowed.
    """
    every = correspondents_of(w, activity, unit)
    proposed = _waiting(activity, every, person)
    if post not in proposed.waits_for(agreeing(activity)):
        raise Refused(f"{post}已经同意过，或不用同意。", hint="请刷新页面。")
    agreed = [*(proposed.agreed or ()), post]
    more = {"post": proposed.post, "full_time": proposed.note == "专职", "agreed": agreed, "follows": proposed.follows}
    left, batch = tuple(each for each in agreeing(activity) if each not in agreed), random_id()
    drafts = [_given(activity, unit, person, proposed.from_on, more, actor, batch)]
    before = next((each for each in every if each.person == proposed.follows and not each.until_on), None)
    if not left and before is not None:
        last = max(later(proposed.from_on, -1), before.from_on)
        drafts.append(_ended(activity, unit, before.person, last, "换人：已经交接", actor, batch))
    say(w, drafts)
    return left


def refuse_proposal(w: Writer, activity: Activity, unit: str, person: str, reason: str, actor: str = "") -> None:
    """Somebody who was proposed does not become it. Raises BadInput without a reason, Refused where nobody waits, NotAllowed."""
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise BadInput("请写明不同意的原因。", reason="missing_value", at_console="用 --reason。")
    proposed = _waiting(activity, correspondents_of(w, activity, unit), person)
    say(w, [_ended(activity, unit, person, proposed.from_on, reason.strip(), actor, random_id())])


def _waiting(activity: Activity, every: tuple[Correspondent, ...], person: str) -> Correspondent:
    found = next((each for each in every if each.person == person and each.waits_for(agreeing(activity))), None)
    if found is None:
        raise Refused("这一位没有等着同意：可能已经同意，或撤回了。", hint="请刷新页面。")
    return found


def _given(
    activity: Activity, unit: str, person: str, from_on: str, more: Mapping[str, object], actor: str, batch: str
) -> Draft:  # fmt: skip
    body = {"activity": activity.id, "duty": DUTY, "unit": unit, "from_on": from_on, "until_on": "", "more": dict(more)}
    return Draft(unit, "duty_given", subject("person", person), body, actor=actor, batch=batch)


def _ended(activity: Activity, unit: str, person: str, on: str, reason: str, actor: str, batch: str) -> Draft:
    body = {"activity": activity.id, "duty": DUTY, "on": on, "reason": reason}
    return Draft(unit, "duty_ended", subject("person", person), body, actor=actor, batch=batch)
