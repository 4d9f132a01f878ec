"""Certificates: issue to everyone who is ready, say who is not and why; note what the platform itself gave (F-19 … F-21)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from campmgr.areas.certificates.queries.certificates import CertificateCandidate, Whom, candidates
from campmgr.areas.hours.queries.standing import conditions_of
from campmgr.areas.hours.rules.readiness import conditions_required
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.clock import checked_day, today_of
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.saying import Speech, say
from campmgr.facts.wall import believed_today
from campmgr.ids import certificate_number, hash_id
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Reader, Writer
from campmgr.wording import normal

EVERYONE = Whom()

LONGEST_NUMBER = 60
"""Characters of a number that a platform gave; none is longer."""


@dataclass(frozen=True, slots=True)
class Issued:
    """What became of a batch: how many are new, how many were there already, who was refused and why, the numbers of the new ones
    and, in the same order, whose they are.
    """

    issued: int
    already: int
    refused: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...]
    holders: tuple[str, ...]


def issue(
    w: Writer, whom: Whom = EVERYONE, actor: str = "", *, on: str = "", dry_run: bool = False, among: Collection[str] | None = None
) -> Issued:
    """Issue certificates to everyone of these who is ready and has none. Again = nothing new; a dry run says it and writes nothing.

    Refused are those with the hours who lack a condition (F-21), and those whose certificate was revoked: these need a decision.
    `on`: the day that stands on them, else today; `among`: only these of them.

    Raises Refused "doubtful_clock" where this machine's day cannot be believed.
    """
    world = worlds.load(w)
    ready, refused, already = [], [], 0
    for each in candidates(w, world, whom, among):
        if each.valid:
            already += 1
        elif reason := why_not(w, each):
            refused.append((each.person, reason))
        else:
            ready.append(each)
    today = checked_day(on) or (today_of(w.clock) if dry_run else believed_today(w))
    drafts = [
        issue_draft(world.campaign, world.activity, each.person, each.home, each.editions + 1, each.credited, today, actor)
        for each in ready
    ]
    if not dry_run:
        speech = Speech(w)
        for start in range(0, len(drafts), 5000):
            speech.say(drafts[start : start + 5000])
        speech.finish()
    numbers = tuple(str(draft.body["number"]) for draft in drafts)
    return Issued(len(drafts), already, tuple(refused), numbers, tuple(each.person for each in ready))


def why_not(r: Reader, each: CertificateCandidate) -> str:
    """What keeps somebody with the hours from a certificate, by its reason; "" for nothing."""
    if each.editions:
        return "certificate_revoked"
    if each.ready:
        return ""
    had = conditions_of(r, each.person)
    return next(f"{condition}_missing" for condition in conditions_required(worlds.load(r).rules) if condition not in had)


def issue_draft(campaign: str, activity: str, person: str, home: str, edition: int, credited: int, today: str, actor: str) -> Draft:
    """What issues an edition of somebody's certificate of a camp; each camp of a campaign has numbers of its own."""
    number = certificate_number(activity or campaign, person, edition)
    body = {"activity": activity, "number": number, "edition": edition, "credited": credited}
    return Draft(home, "certificate_issued", subject("person", person), body, actor=actor,
                 client_id=hash_id("certificate", number, credited), happened_on=today)  # fmt: skip


def record_platform_certificate(w: Writer, person: Person, number: str, day: str, actor: str = "") -> Fact:
    """Record the number on somebody's certificate of the platform; the same again changes nothing. A wrong one is withdrawn.

    Raises BadInput for a number or day that cannot be one, NotAllowed where this file may not speak of the person.
    """
    tidy = " ".join(normal(number).split())
    if not tidy:
        raise BadInput("请写平台证书上的编号。", reason="missing_value")
    if len(tidy) > LONGEST_NUMBER or not tidy.isprintable():
        raise BadInput(
            f"平台证书编号不超过 {LONGEST_NUMBER} 字。", reason="too_long", hint="请照证书上的编号填写，不要填网址或姓名。"
        )
    on = checked_day(day)
    if not on:
        raise BadInput("请写平台证书的颁发日期。", reason="missing_value", hint="例如 2023-06-10。")
    about = subject("person", person.person)
    unit = unit_to_speak_in(w, worlds.load(w), person.person, person.home)
    draft = Draft(unit, "platform_certificate_recorded", about, {"number": tidy}, actor=actor, happened_on=on,
                  client_id=hash_id("platform certificate", about, tidy, on))  # fmt: skip
    return say(w, [draft])[0].fact
