"""Certificates: issue to everyone who is ready, say who is not and why, revoke (F-19 … F-21)."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.actions.saying import Speech, say
from campmgr.clock import local_day
from campmgr.errors import BadInput, NotFound
from campmgr.ids import certificate_number, hash_id, tidy_certificate_number
from campmgr.ledger.envelope import Draft, Fact
from campmgr.ledger.scopes import people_scope, subject
from campmgr.projections import world as worlds
from campmgr.queries.certificates import Candidate, candidates
from campmgr.rules.readiness import conditions_required
from campmgr.store.door import Reader, Row, Writer


@dataclass(frozen=True, slots=True)
class Issued:
    """What became of a batch: how many are new, how many were there already, who was refused and why."""

    issued: int
    already: int
    refused: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...]


def issue(w: Writer, unit: str = "", actor: str = "", *, dry_run: bool = False) -> Issued:
    """Issue certificates to everyone who is ready and has none. Again = nothing new; a dry run says it and writes nothing.

    Refused are those with the hours who lack a condition (F-21), and those whose certificate was revoked: these need a decision.
    """
    world = worlds.load(w)
    ready, refused, already = [], [], 0
    for each in candidates(w, world, unit):
        if each.valid:
            already += 1
        elif reason := _why_not(w, each):
            refused.append((each.person, reason))
        else:
            ready.append(each)
    today = local_day(w.clock.now())
    drafts = [_draft(world.campaign, each, today, actor) for each in ready]
    if not dry_run:
        speech = Speech(w)
        for start in range(0, len(drafts), 5000):
            speech.say(drafts[start : start + 5000])
        speech.finish()
    return Issued(len(drafts), already, tuple(refused), tuple(str(draft.body["number"]) for draft in drafts))


def _why_not(r: Reader, each: Candidate) -> str:
    if each.editions:
        return "certificate_revoked"
    if each.ready:
        return ""
    had = {row[0] for row in r.all("select condition from conditions where person = :person", person=each.person)}
    return next(f"{condition}_missing" for condition in conditions_required(worlds.load(r).rules) if condition not in had)


def _draft(campaign: str, each: Candidate, today: str, actor: str) -> Draft:
    edition = each.editions + 1
    number = certificate_number(campaign, each.person, edition)
    body = {"number": number, "edition": edition, "credited": each.credited}
    return Draft(people_scope(each.home), "certificate_issued", subject("person", each.person), body, actor=actor,
                 client_id=hash_id("certificate", number, each.credited), happened_on=today)  # fmt: skip


def revoke(w: Writer, text: str, reason: str, actor: str = "") -> Fact:
    """Revoke a certificate, with the reason. Raises NotFound, BadInput without a reason."""
    if not reason.strip():
        raise BadInput("请写明撤销的原因。", reason="missing_value", hint="用 --reason。")
    number = tidy_certificate_number(text)
    row = w.one("select c.person, p.home, c.edition from certificates c join people p on p.person = c.person"
                " where c.number = :number", number=number)  # fmt: skip
    if row is None:
        raise NotFound(f"没有编号为“{text}”的证书。", reason="unknown_certificate", hint="请核对证书编号。")
    holder, scope = _holder(w, number, row)
    draft = Draft(scope, "certificate_revoked", subject("person", holder), {"number": number, "reason": reason},
                  actor=actor, client_id=hash_id("certificate revoked", number))  # fmt: skip
    return say(w, [draft])[0].fact


def _holder(r: Reader, number: str, row: Row) -> tuple[str, str]:
    """To which of a merged person's ids a certificate was issued, and where: so it stays revoked when they are parted."""
    person, home, edition = row
    campaign = r.meta("campaign")
    for (other,) in r.all("select person from aliases where stands_for = :person", person=person):
        if certificate_number(campaign, other, edition) == number:
            scope = r.value("select scope from facts where subject = :about and kind = 'certificate_issued' order by clock limit 1",
                            about=subject("person", other))  # fmt: skip
            return other, str(scope or people_scope(home))
    return person, people_scope(home)
