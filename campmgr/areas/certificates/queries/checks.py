"""Is this certificate real: by its number, or by the signed statement of its QR code (docs/certificates.md#checking).

Where the certificate is in the ledger here, the ledger decides. Where it is not, the signature, the issuer's grant and the
numbers published as revoked do: node B need not hold node A's people to know that what A signed is good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from campmgr.areas.certificates.proof.revocation_list import SignedPart, part_holds
from campmgr.areas.certificates.proof.statement import NotAStatement, Statement, decode, scanned, statement_holds
from campmgr.areas.certificates.queries.camps import CampTold, camp_told
from campmgr.areas.people.queries.finding import ERASED, people_by_id
from campmgr.clock import local_day, parse_instant
from campmgr.facts import world as worlds
from campmgr.facts.totals import read_placements, units_of
from campmgr.facts.world import World
from campmgr.store.door import Reader, Row
from campmgr.typed_codes import certificate_number_in

State = Literal["valid", "revoked", "superseded", "unknown", "forged"]


@dataclass(frozen=True, slots=True)
class Verified:
    """What is known of a certificate; hours in hundredths, None where not known here.

    `instead`: the number that stands for it now. `issuer`: who signed, and `as_of`: how far what this file knows goes, both only
    where a statement was given that holds (`is_signed`). `note` is a key of NOTES or "". `camp`: of which camp it is, where it is
    held here.
    """

    number: str
    state: State
    name: str = ""
    issued_on: str = ""
    reason: str = ""
    unit_name: str = ""
    credited: int | None = None
    ended_on: str = ""
    instead: str = ""
    issuer: str = ""
    as_of: str = ""
    note: str = ""
    is_signed: bool = False
    camp: CampTold | None = None


def verify_certificate(r: Reader, text: str) -> Verified:
    """Whether a number is real; a later valid certificate of the same person makes an earlier one superseded."""
    number = certificate_number_in(text)
    row = _row(r, number)
    return _by_ledger(r, number, row) if row else _by_publication(r, number) or Verified(number, "unknown")


def verify_text(r: Reader, world: World, text: str) -> Verified:
    """Whether what somebody scanned, pasted or typed is a real certificate: a statement, an address of ours, or a number."""
    number, statement = scanned(text)
    if not statement:
        return verify_certificate(r, number)
    try:
        said = decode(statement)
    except NotAStatement:
        return Verified(number, "forged", note="altered")
    if number and number != said.number:
        return Verified(number, "forged", note="other_number")
    return replace(_by_statement(r, world, said), as_of=known_until(r))


def known_until(r: Reader) -> str:
    """How far what this file knows of others goes: the day of the newest clock met in a pack, or of the newest list that was
    scanned here; today where it met neither.
    """
    seen, now = int(r.meta("clock_seen", "0")), r.clock.now()
    listed = r.value("select max(as_of) from local_ended_numbers")
    known = [datetime.fromtimestamp(seen / 1_000_000, UTC)] if seen else []
    known += [parse_instant(listed)] if listed else []
    return local_day(min(now, max(known, default=now)))


def _by_statement(r: Reader, world: World, said: Statement) -> Verified:
    """The signature and the right to sign first, then what the ledger knows of the number."""
    row = _row(r, said.number)
    writer, problem = _signer(r, world, said, str(row[0]) if row else "")
    if problem:
        return Verified(said.number, "unknown" if problem in {"other_camp", "unknown_issuer"} else "forged", note=problem)
    node = world.trust.node_of(writer)
    signed = _signed(said, name_of_node(world, node))
    if row:
        return _with_ledger(said, signed, _by_ledger(r, said.number, row))
    if published := _by_publication(r, said.number):
        return replace(signed, state=published.state, ended_on=published.ended_on, instead=published.instead, note="published")
    ended_on = world.trust.ended_on(writer)
    if ended_on and not _is_said_to_stand(r, said.number):
        return replace(signed, state="unknown", ended_on=ended_on, note="issuer_revoked")
    return replace(signed, note="by_signature")


def _signer(r: Reader, world: World, said: Statement, person: str) -> tuple[str, str]:
    """(the writer who signed, what is wrong with that). `person`: the holder where they are known here, else ""."""
    writer, problem = _writer_of(world, said.campaign, said.key, lambda public: statement_holds(public, world.campaign, said))
    if problem:
        return "", problem
    allowed = world.trust.ever_held(writer, said.unit) and (not person or _ever_at_home(r, world, writer, person))
    return writer, "" if allowed else "not_theirs"


def list_signer(world: World, said: SignedPart) -> tuple[str, str]:
    """(the writer who signed a part of a list, what is wrong with that): any node of the camp may, until it is revoked."""
    writer, problem = _writer_of(world, said.campaign, said.key, lambda public: part_holds(public, world.campaign, said))
    if not problem and world.trust.ended_on(writer):
        return "", "issuer_revoked"
    return writer, problem


def _writer_of(world: World, campaign: str, key: str, holds: Callable[[str], bool]) -> tuple[str, str]:
    """(the writer of this camp with such a key whose signature it is, what is wrong)."""
    if not world.campaign.startswith(campaign):
        return "", "other_camp"
    writers = world.trust.writers_by_key(key)
    writer = next((each for each in writers if holds(world.trust.keys[each])), "")
    return writer, "" if writer else "bad_signature" if writers else "unknown_issuer"


def _signed(said: Statement, issuer: str) -> Verified:
    return Verified(said.number, "valid", said.name, said.issued_on, "", said.unit_name, said.credited, issuer=issuer,
                    is_signed=True)  # fmt: skip


def _with_ledger(said: Statement, signed: Verified, known: Verified) -> Verified:
    """The ledger's word on the state, the paper's on what stands on it; an erased name stays erased."""
    gone = known.name == ERASED
    changed = said.mode == "full" and not gone and known.name != said.name and not said.name.startswith("…")
    return replace(
        signed,
        state=known.state,
        name=said.name if changed else known.name,
        reason=known.reason,
        ended_on=known.ended_on,
        instead=known.instead,
        camp=known.camp,
        note="details_changed" if changed and known.state == "valid" else "",
    )


def _row(r: Reader, number: str) -> Row | None:
    return r.one("select person, state, issued_on, reason, edition, credited, ended_on, activity from certificates"
                 " where number = :number",
                 number=number)  # fmt: skip


def _by_ledger(r: Reader, number: str, row: Row) -> Verified:
    """A certificate that is held here; `reason` and `ended_on` stay beside the number that stands instead."""
    person, state, issued_on, reason, edition, credited, ended_on, activity = row
    newer = r.value("select number from certificates where person = :person and edition > :edition and state = 'valid'"
                    " and activity = (select activity from certificates where number = :number)"
                    " order by edition desc limit 1", person=person, edition=edition, number=number)  # fmt: skip
    known = people_by_id(r, [person]).get(person)
    name = known.shown_name if known else ""
    now: State = "superseded" if newer else state
    camp = camp_told(worlds.load(r), activity)
    return Verified(number, now, name, issued_on, reason, credited=credited, ended_on=ended_on, instead=newer or "", camp=camp)


def _by_publication(r: Reader, number: str) -> Verified | None:
    """What nodes published of a certificate that is not held here, in packs or on a list that was scanned here."""
    row = r.one("select state, by_number, on_day from revoked_numbers where number = :number", number=number)
    row = row or r.one(
        "select state, instead, '' from local_ended_numbers where number = :number and state <> 'stands'", number=number
    )
    return Verified(number, row[0], instead=row[1], ended_on=row[2], note="published") if row else None


def _is_said_to_stand(r: Reader, number: str) -> bool:
    """Whether a list of the camp's root that was scanned here says that a revoked device's certificate stands."""
    return r.one("select 1 from local_ended_numbers where number = :number and state = 'stands'", number=number) is not None


def _ever_at_home(r: Reader, world: World, writer: str, person: str) -> bool:
    """Whether a writer was ever granted a unit where somebody is or was counted."""
    known = read_placements(r.value("select placements from people where person = :person", person=person) or "[]")
    return any(world.trust.ever_held(writer, unit) for _, placement in known for unit in units_of(placement))


def name_of_node(world: World, node: str) -> str:
    """A node as people know it: the unit it was granted; the camp's root by its unit."""
    granted = world.trust.grants(node)
    code = world.root_unit if node == world.trust.root else granted[-1].unit if granted else ""
    unit = world.tree.units.get(code)
    return unit.name if unit else node[:8]
