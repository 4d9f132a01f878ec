"""Scans of codes that nobody here has: taken back when they were a mistake (docs/ledger.md#carrying)."""

from __future__ import annotations

from campmgr.areas.hours.queries.set_aside import scans_of
from campmgr.facts.review import Settling
from campmgr.facts.saying import say
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, scope_unit, subject, subject_key


def withdraw_scans(settling: Settling) -> None:
    """Withdraw every scan of these codes in the scope where it waits. Raises NotAllowed."""
    w, reason = settling.w, settling.note or settling.answer.words
    about = {(subject_key(row.subject), row.unit) for row in settling.rows}
    drafts = [
        Draft(scope, "fact_withdrawn", subject("code", code), {"fact": fact, "reason": reason}, actor=settling.actor,
              batch=settling.batch, client_id=hash_id("withdrawn", fact))
        for code, fact, scope in scans_of(w, {code for code, _ in about}) if (code, scope_unit(scope)) in about
    ]  # fmt: skip
    say(w, drafts)
