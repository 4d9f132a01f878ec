"""The end of a certificate: revoked or reissued, with the reason, and the word of it to every node (docs/certificates.md#revoking).

The reason stays with the person. What is published, since nodes without the person must learn of it too, is numbers and days alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from campmgr.areas.certificates.actions.issuing import issue_draft
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import Speech, may_write
from campmgr.ids import certificate_number, hash_id, tidy_certificate_number
from campmgr.ledger.envelope import Draft, Fact
from campmgr.ledger.scopes import scope_unit, subject
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER

_RUN = 500
"""Numbers in one publication."""


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate that is held here: whose it is and to which id and scope it was issued (people may have been merged since)."""

    number: str
    person: str
    home: str
    edition: int
    state: str
    holder: str
    place: str


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
    newest = w.one("select number, edition, state from certificates where person = :person order by edition desc, number limit 1",
                   person=held.person)  # fmt: skip
    if newest and newest[1] > held.edition and newest[2] == "valid":
        return Reissued(newest[0], known=True)
    today, world = today_of(w.clock), worlds.load(w)
    fresh = issue_draft(world.campaign, held.person, held.home, newest[1] + 1 if newest else 1, _credited(w, held), today, actor)
    number = str(fresh.body["number"])
    speech = Speech(w)
    speech.say([fresh, _ending("certificate_superseded", held, {"by": number, "reason": _given(reason)}, actor)])
    _publish(w, speech, [held.person], actor)
    return Reissued(number, known=False)


def publish_due(w: Writer, actor: str = "") -> int:
    """Publish every ended certificate of this file's scopes that was not published yet; how many numbers that were."""
    return _publish(w, Speech(w), None, actor)


def find_held(r: Reader, text: str) -> Held:
    """The certificate of a number. Raises NotFound."""
    number = tidy_certificate_number(text)
    row = r.one("select c.person, p.home, c.edition, c.state from certificates c join people p on p.person = c.person"
                " where c.number = :number", number=number)  # fmt: skip
    if row is None:
        raise NotFound(f"没有编号为“{text}”的证书。", reason="unknown_certificate", hint="请核对证书编号。")
    person, home, edition, state = row
    return Held(number, person, home, edition, state, *_holder(r, number, person, home, edition))


def _given(reason: str) -> str:
    if not reason.strip():
        raise BadInput("请写明原因。", reason="missing_value", hint="用 --reason。")
    return reason


def _credited(r: Reader, held: Held) -> int:
    """The holder's hours now. Raises Refused: a new certificate asks for what every certificate asks for."""
    ready, credited = r.one("select ready, credited from people where person = :person", person=held.person) or (0, 0)
    if people_by_id(r, [held.person])[held.person].erased:
        raise Refused("持证人的个人信息已按本人要求删除，不能换发。", reason="erased_person", hint="需要证书的，请重新登记。")
    if not ready:
        raise Refused("持证人现在没有达到领证条件，不能换发。", reason="not_ready", hint="请先核对课时和签到。")
    return int(credited)


def _ending(kind: str, held: Held, more: dict[str, str], actor: str) -> Draft:
    return Draft(held.place, kind, subject("person", held.holder), {"number": held.number, **more}, actor=actor,
                 client_id=hash_id(kind.replace("_", " "), held.number))  # fmt: skip


def _holder(r: Reader, number: str, person: str, home: str, edition: int) -> tuple[str, str]:
    """To which of a merged person's ids a certificate was issued, and where: so it stays revoked when they are parted."""
    campaign = r.meta("campaign")
    for (other,) in r.all("select person from aliases where stands_for = :person", person=person):
        if certificate_number(campaign, other, edition) == number:
            scope = r.value("select scope from facts where subject = :about and kind = 'certificate_issued' order by clock limit 1",
                            about=subject("person", other))  # fmt: skip
            return other, (scope_unit(scope) if scope else None) or home
    return person, home


def _publish(w: Writer, speech: Speech, people: Iterable[str] | None, actor: str) -> int:
    """Fold what was said, publish what is due of these people (of everyone for None), and finish."""
    speech.fold()
    entries = list(_due(w, people))
    node = worlds.load(w).trust.node_of(w.meta(WRITER))
    runs = [entries[start : start + _RUN] for start in range(0, len(entries), _RUN)]
    speech.say([Draft("", "revocations_published", subject("node", node), {"entries": run}, actor=actor) for run in runs])
    speech.finish()
    return len(entries)


_ENDED = """
    select c.number, p.home, c.state, c.issued_on, c.ended_on, coalesce(n.number, ''), coalesce(n.issued_on, ''),
           coalesce(k.state, 'valid'), coalesce(k.by_number, '')
    from certificates c join people p on p.person = c.person
    left join certificates n on n.person = c.person and n.number = (select f.number from certificates f where f.person = c.person
        and f.edition > c.edition and f.state = 'valid' order by f.edition desc, f.number limit 1)
    left join revoked_numbers k on k.number = c.number where """


def _due(r: Reader, people: Iterable[str] | None) -> Iterator[list[str]]:
    """[number, state, number instead, day] of each certificate whose state was published otherwise, or not at all."""
    rows = (
        r.each(_ENDED + "true order by c.number")
        if people is None
        else r.among(_ENDED + "c.person in (:keys)", sorted(set(people)))
    )
    world, writer = worlds.load(r), r.meta(WRITER)
    for number, home, state, issued_on, ended_on, instead, since, published, by in rows:
        now = "superseded" if instead else state
        if (now, instead) != (published, by) and may_write(world, writer, home):
            yield [number, now, instead, ended_on or since or issued_on]
