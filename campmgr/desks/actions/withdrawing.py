"""Taking anything back, with what several areas must do about it."""

from __future__ import annotations

from campmgr.areas.certificates.actions.revoking import publish_due
from campmgr.areas.hours.actions import corrections
from campmgr.areas.hours.actions.corrections import Withdrawn
from campmgr.store.door import Writer

_ENDINGS = {"certificate_revoked", "certificate_superseded"}


def withdraw(w: Writer, what: str, reason: str, actor: str = "") -> Withdrawn:
    """Withdraw a batch, in every scope it touched, or one fact. Raises NotFound, BadInput, NotAllowed.

    A certificate that stands again is published as such at once: whoever checks it must not be told of an end that never was.
    """
    done = corrections.withdraw(w, what, reason, actor)
    if done.kind in _ENDINGS:
        publish_due(w, actor)
    return done
