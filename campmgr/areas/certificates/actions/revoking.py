"""The end of a certificate: revoked or reissued, with the reason, and the word of it to every node (docs/certificates.md#revoking).

The reason stays with the person. What is published, since nodes without the person must learn of it too, is numbers and days alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campmgr.areas.certificates.actions.issuing import issue_draft
from campmgr.areas.certificates.queries.held import Held, due_ends, find_held, newest_edition
from campmgr.areas.hours.queries.standing import readiness_of
from campmgr.areas.people.actions.plain_reasons import refuse_name_in
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.clock import today_of
from campmgr.errors import BadInput, Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import Speech
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER

_RUN = 500
"""Numbers in one publication."""


@dataclass(frozen=True, slots=True)
class Reissued:
    """The number that stands from now on; `known` when it did already."""

    number: str
    known: bool


def revoke(w: Writer, text: str, reason: str, actor: str = "") -> Fact:
    """Revoke a certificate, with the reason. Raises NotFound, BadInput without a reason, Refused for one that was reissued."""
    return revoke_all(w, [(text, reason)], actor)[0]


def revoke_all(w: Writer, wanted: Sequence[tuple[str, str]], actor: str = "") -> list[Fact]:
    """Revoke certificates by (number, reason) and publish their numbers; again = nothing new. Raises as `revoke`; all or none."""
    drafts, people = [], []
    for text, reason in wanted:
        held = find_held(w, text)
        if held.state == "superseded":
            raise Refused(f"证书 {held.number} 已经换发，不用再撤销。", reason="conflict", hint="要撤销的是换发后的新证书。")
        refuse_name_in(w, reason, held.person)
        drafts.append(_ending("certificate_revoked", held, {"reason": _given(reason)}, actor))
        people.append(held.person)
    speech = Speech(w)
    facts = [said.fact for said in speech.say(drafts)]
    _publish(w, speech, people, actor)
    return facts


def reissue(w: Writer, text: str, reason: str, actor: str = "") -> Reissued:
    """Give a certificate anew after a correction or a revocation: the next edition under a new number, which supersedes the old.

    Raises NotFound, BadInput without a reason, Refused when the holder is not ready or was erased, NotAllowed.
    """
    held = find_held(w, text)
    refuse_name_in(w, reason, held.person)
    newest = newest_edition(w, held.person, held.activity)
    if newest and newest[1] > held.edition and newest[2] == "valid":
        return Reissued(newest[0], known=True)
    today, world = today_of(w.clock), worlds.load(w)
    edition = newest[1] + 1 if newest else 1
    fresh = issue_draft(world.campaign, held.activity, held.person, held.home, edition, _credited(w, held), today, actor)
    number = str(fresh.body["number"])
    speech = Speech(w)
    speech.say([fresh, _ending("certificate_superseded", held, {"by": number, "reason": _given(reason)}, actor)])
    _publish(w, speech, [held.person], actor)
    return Reissued(number, known=False)


def to_reissue(r: Reader, text: str) -> int:
    """The hours of a certificate given anew, in hundredths; nothing is written. Raises NotFound, Refused as `reissue`."""
    return _credited(r, find_held(r, text))


def publish_due(w: Writer, actor: str = "") -> int:
    """Publish every ended certificate of this file's scopes that was not published yet; how many numbers that were."""
    return _publish(w, Speech(w), None, actor)


def _given(reason: str) -> str:
    if not reason.strip():
        raise BadInput("请写明原因。", reason="missing_value", hint="一两句话就好。", at_console="用 --reason。")
    return reason


def _credited(r: Reader, held: Held) -> int:
    """The holder's hours now; of an earlier camp, whose hours nobody changes any more, those that stood on the old one.

    Raises Refused: a new certificate asks for what every certificate asks for.
    """
    if people_by_id(r, [held.person])[held.person].erased:
        raise Refused("持证人的个人信息已按本人要求删除，不能换发。", reason="erased_person", hint="需要证书的，请重新登记。")
    if held.activity != worlds.load(r).activity:
        return held.credited
    ready, credited = readiness_of(r, held.person)
    if not ready:
        raise Refused("持证人现在没有达到领证条件，不能换发。", reason="not_ready", hint="请先核对课时和签到。")
    return credited


def _ending(kind: str, held: Held, more: dict[str, str], actor: str) -> Draft:
    return Draft(held.place, kind, subject("person", held.holder), {"number": held.number, **more}, actor=actor,
                 client_id=hash_id(kind.replace("_", " "), held.number))  # fmt: skip


def _publish(w: Writer, speech: Speech, people: Iterable[str] | None, actor: str) -> int:
    """Fold what was said, publish what is due of these people (of everyone for None), and finish."""
    speech.fold()
    entries = list(due_ends(w, people))
    node = worlds.load(w).trust.node_of(w.meta(WRITER))
    runs = [entries[start : start + _RUN] for start in range(0, len(entries), _RUN)]
    speech.say([Draft("", "revocations_published", subject("node", node), {"entries": run}, actor=actor) for run in runs])
    speech.finish()
    return len(entries)
