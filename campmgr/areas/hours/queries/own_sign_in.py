"""Whether somebody signed in by themselves."""

from __future__ import annotations

from campmgr.ledger.envelope import subject
from campmgr.store.door import Reader


def own_sign_in(r: Reader, person: str, fact: str) -> str:
    """What became of a person's own signing in: "stands", "withdrawn", or "" for what is none of theirs."""
    row = r.one("select 1 from conditions where fact = :fact and person = :person and condition = 'sign_in' and source = 'own'",
                fact=fact, person=person)  # fmt: skip
    if row:
        return "stands"
    sql = "select 1 from facts where chain = :fact and subject = :about and kind = 'condition_recorded'"
    return "withdrawn" if r.one(sql, fact=fact, about=subject("person", person)) else ""
