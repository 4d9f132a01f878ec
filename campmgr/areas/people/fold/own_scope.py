"""Which facts about a person count: only what was said where the person is, or was, at home or a member (docs/ledger.md#scopes).

A grant lets a node write into a scope, not about anybody it likes: a school that speaks of another school's pupil is not heard.
A carrier in the person's own scope vouches for what it carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from campmgr.ledger.order import ReadFact
from campmgr.ledger.scopes import people_scope


def own_scopes(told: Iterable[ReadFact]) -> set[str]:
    """The scopes that may speak of a person: where they were registered, moved to, or became a member.

    Empty where the registration is not held: then nothing here can judge, and nothing more than that scope is known anyway.
    """
    scopes: set[str] = set()
    widening = []
    for one in told:
        if one.fact.kind == "person_registered" and one.fact.scope == people_scope(one.body["unit"]):
            scopes.add(one.fact.scope)
        elif one.fact.kind in {"person_moved", "membership_added"}:
            widening.append(one)
    while scopes and widening:
        heard = [one for one in widening if _said_in(one, scopes)]
        if not heard:
            break
        scopes |= {people_scope(one.body.get("target") or one.body["unit"]) for one in heard}
        widening = [one for one in widening if one not in heard]
    return scopes


def entitled(told: Sequence[ReadFact], scopes: set[str]) -> list[ReadFact]:
    """What was said in one of these scopes, or carried into one; all of it when there are none."""
    return [one for one in told if _said_in(one, scopes)] if scopes else list(told)


def _said_in(one: ReadFact, scopes: set[str]) -> bool:
    return one.fact.scope in scopes or any(scope in scopes for scope in one.scopes)
