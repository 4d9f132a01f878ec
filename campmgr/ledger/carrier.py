"""Carrying: an original fact, bytes unchanged, wrapped into another scope (docs/ledger.md#carrying).

The carrier holds the original's envelope, the chain value before it, and its salted body, so that whoever receives it can
recompute the original's id. An original counts once, however often it was carried.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from campmgr.ids import canonical
from campmgr.ledger.envelope import Fact, are_ids, chain_of, digest_of, envelope_text

CARRIER = "fact_carried"
DETAILS_CARRIER = "details_carried"
"""What wraps a fact that can be erased: it can itself, and only it may come without its body."""

CARRIERS = frozenset({CARRIER, DETAILS_CARRIER})

CARRIER_BODY = {"previous": "text", "envelope": "map", "salt": "text?", "body": "text?"}
"""What a carrier holds, as its kind's row says it too."""

_ENVELOPE_FIELDS = tuple(name for name in Fact._fields if name not in {"previous", "chain", "salt", "body"})
_NUMBERS = {"seq", "clock", "v"}
_NULLABLE = {"batch", "client_id"}


def wrap(campaign: str, original: Fact) -> dict[str, Any]:
    """The body of a carrier."""
    return {
        "previous": original.previous,
        "envelope": json.loads(envelope_text(campaign, original)),
        "salt": original.salt,
        "body": original.body,
    }


def carried_id(body: Mapping[str, Any]) -> str:
    """The id of the original inside a carrier."""
    return chain_of(body["previous"], canonical(body["envelope"]))


def carried_original(carrier: Fact, body: Mapping[str, Any]) -> Fact:
    """The original. A mark of a code nobody knew yet takes the carrier's subject; every other original keeps its own."""
    envelope = body["envelope"]
    fields = {name: envelope[name] for name in _ENVELOPE_FIELDS}
    if fields["subject"].startswith("code:"):
        fields["subject"] = carrier.subject
    fields["replaces"] = " ".join(fields["replaces"])
    return Fact(**fields, previous=body["previous"], chain=carried_id(body), salt=body["salt"], body=body["body"])


def carrier_holds(campaign: str, body: Mapping[str, Any]) -> bool:
    """Whether a carrier's inside is whole: of this campaign, every envelope field there and of its type, the body the digest's."""
    if body.keys() != CARRIER_BODY.keys() or not isinstance(body["envelope"], dict) or not isinstance(body["previous"], str):
        return False
    if any(not isinstance(body[name], str | None) for name in ("salt", "body")):
        return False
    envelope = body["envelope"]
    if envelope.get("campaign") != campaign or len(envelope) != len(_ENVELOPE_FIELDS) + 1:
        return False
    if not all(name in envelope and _has_its_type(name, envelope[name]) for name in _ENVELOPE_FIELDS):
        return False
    try:
        bytes.fromhex(body["previous"])
        return body["body"] is None or digest_of(body["salt"] or "", body["body"]) == envelope["digest"]
    except ValueError:
        return False


def _has_its_type(name: str, value: object) -> bool:
    """A field of another type would not stop here but in a fold, which sorts and compares."""
    if name in _NUMBERS:
        return type(value) is int
    if name == "replaces":
        return isinstance(value, list) and are_ids(value)
    return isinstance(value, str) or (value is None and name in _NULLABLE)
