"""Somebody leaves altogether: to a school outside the camp, with a certificate, for another job (docs/ledger.md#homes)."""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.areas.people.actions.plain_reasons import refuse_name_in
from campmgr.areas.people.queries.finding import Person
from campmgr.clock import checked_day, today_of
from campmgr.errors import BadInput
from campmgr.facts.saying import Said, say
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer

_LONGEST_REASON = 200


def leave(w: Writer, person: Person, reason: str, day: str = "", actor: str = "") -> Fact | None:
    """Say that somebody has left, from a day on; None where that is said already. What they did stays counted; they owe nothing.

    Raises BadInput for no reason, one that names them, or a day to come.
    """
    refuse_name_in(w, reason, person.person)
    said = leave_several(w, [person], reason, day, actor)
    return said[0].fact if said else None


def leave_several(
    w: Writer, people: Iterable[Person], reason: str, day: str = "", actor: str = "", batch: str | None = None
) -> list[Said]:  # fmt: skip
    """The same of several people at once, for a reason that names nobody; of those who have left nothing is said."""
    reason, day = reason.strip(), checked_day(day)
    if not 0 < len(reason) <= _LONGEST_REASON:
        raise BadInput(f"请写明为什么离开，1 到 {_LONGEST_REASON} 字。", reason="too_long" if reason else "missing_value")
    if day > today_of(w.clock):
        raise BadInput("离开的日期在今天以后；请到那一天再登记。", reason="bad_date")
    return say(w, [
        Draft(person.home, "person_left", subject("person", person.person), {"reason": reason}, actor=actor, batch=batch,
              happened_on=day)
        for person in people if not person.left_on
    ])  # fmt: skip
