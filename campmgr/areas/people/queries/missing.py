"""Personal details that came without their body though nobody was erased: asked for again (docs/ledger.md#erasure)."""

from __future__ import annotations

from collections.abc import Iterator

from campmgr.areas.people.kinds import DETAILS
from campmgr.facts.review import ReviewRow, found_row
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject
from campmgr.store.door import Reader

MISSING = "details_missing"

_MISSING = """
    select p.person, p.home, min(f.recorded_at)
    from facts f indexed by facts_without_body cross join people p on p.person = substr(f.subject, length('person:') + 1)
    where f.body is null and f.kind = :details and p.erased = 0
      and not exists (select 1 from facts e where e.subject = f.subject and e.kind = 'person_erased')
    group by p.person, p.home"""


def missing_details(r: Reader, _: World) -> Iterator[ReviewRow]:
    """A row for each person of whom details are missing."""
    for person, home, since in r.all(_MISSING, details=DETAILS):
        yield found_row(subject("person", person), MISSING, "", home, since[:10])
