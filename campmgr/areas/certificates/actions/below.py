"""Certificates whose hours fell below the mark after they were issued: revoked, when somebody decides so."""

from __future__ import annotations

from campmgr.areas.certificates.actions.revoking import revoke_all
from campmgr.areas.certificates.queries.held import valid_numbers
from campmgr.facts.review import Settling
from campmgr.ledger.envelope import subject_key


def revoke_below(settling: Settling) -> None:
    """Revoke the valid certificates of these people, and publish their numbers. Raises NotAllowed, BadInput."""
    numbers = valid_numbers(settling.w, {subject_key(row.subject) for row in settling.rows})
    reason = settling.note or "课时低于要求"
    revoke_all(settling.w, [(number, reason) for number in numbers], settling.actor)
