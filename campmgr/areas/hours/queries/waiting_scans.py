"""Scans of codes whose owner is known by now: they are due to be carried to the person."""

from __future__ import annotations

from collections.abc import Iterator

from campmgr.facts.carrying import Due
from campmgr.ledger.scopes import people_scope, subject
from campmgr.store.door import Reader

_PENDING = """
    select f.chain, p.person, p.home from pending q
    join (select code, person, home from people union all
          select a.code, p.person, p.home from aliases a join people p on p.person = a.stands_for) p on p.code = q.code
    join facts f on f.chain = q.fact
    where p.home <> ''
      and not exists (select 1 from marks m where m.person = p.person and m.fact = q.fact)
      and not exists (select 1 from conditions c where c.person = p.person and c.fact = q.fact)"""


def scans_of_known_people(r: Reader) -> Iterator[tuple[str, str, str]]:
    """(fact, home scope, person) of every scan that waited for its person."""
    return ((fact, people_scope(home), subject("person", person)) for fact, person, home in r.all(_PENDING))


DUE = Due(facts=scans_of_known_people)
