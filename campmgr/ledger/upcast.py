"""Old versions lifted to the newest by pure functions; stored bytes never change (docs/ledger.md#kinds)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from campmgr.ids import canonical
from campmgr.ledger.envelope import Fact
from campmgr.ledger.kinds import KINDS, fits

Body = dict[str, Any]

LIFTS: dict[tuple[str, int], Callable[[Body], Body]] = {
    ("lesson_described", 1): lambda body: {**body, "starts_at": ""},
    ("prizes_frozen", 1): lambda body: {**body, "division": {}, "bounds": [], "excluded": [], "sources": []},
    ("mark_declared", 1): lambda body: {**body, "evidence": ""},
    ("likes_read", 1): lambda body: {**body, "at_least": False},
}
"""(kind, version) -> its body in the next version."""

_decode = json.JSONDecoder().decode


def read_body(fact: Fact) -> Body | None:
    """A fact's body in the newest version; None when erased, of an unknown kind or version, or not of its kind's form."""
    kind = KINDS.get((fact.kind, fact.v))
    if kind is None or fact.body is None:
        return None
    try:
        body = _decode(fact.body)
        if "\\u" in fact.body:
            canonical(body).encode()  # an escape can hide what is no Unicode text and could not be stored
    except (ValueError, RecursionError):
        return None
    if not fits(kind, body):
        return None
    version = fact.v
    while lift := LIFTS.get((fact.kind, version)):
        body, version = lift(body), version + 1
    return body  # type: ignore[no-any-return]  # `fits` has just proved it
