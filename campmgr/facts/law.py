"""Whether a fact that came in is lawful by its kind's row: the accepting door asks what the writing door has asked before."""

from __future__ import annotations

from campmgr.ledger.carrier import CARRIERS, DETAILS_CARRIER, carried_original
from campmgr.ledger.envelope import Fact
from campmgr.ledger.kinds import LONGEST_TEXT, Kinds, body_of, breach, breach_of_place, has_long_text


def unlawful(kinds: Kinds, fact: Fact) -> str:
    """What is against the row of a fact's kind, or of the kind it carries; "" for a lawful fact.

    A kind or version that this program does not know says nothing here: a newer program wrote it, it is kept and passed on
    byte for byte, and no fold reads it until its row is known; then `read_body` asks again.
    """
    known = kinds.get(fact.kind)
    kind = known and known.of_version(fact.v)
    if kind is None:
        return ""
    if fact.body is None:
        return breach(kind, fact.scope, fact.subject, None)
    wrong, body = breach_of_place(kind, fact.scope, fact.subject), body_of(kind, fact.body)
    if wrong or body is None:
        return wrong or f"not a body of {kind.name}"
    if fact.kind not in CARRIERS:
        return f"a text of {kind.name} is too long" if len(fact.body) > LONGEST_TEXT and has_long_text(body) else ""
    original = carried_original(fact, body)
    if (kinds.get(original.kind) or kind).erasable != (fact.kind == DETAILS_CARRIER):
        return f"{fact.kind} may not carry {original.kind}"
    return unlawful(kinds, original)
