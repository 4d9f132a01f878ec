"""What other units should hear of their members, and under whose ids carried facts may stand."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from campmgr.facts import world as worlds
from campmgr.facts.carrying import Due
from campmgr.ledger.envelope import Draft
from campmgr.ledger.scopes import subject, subject_key
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER


def progress_to_tell(r: Reader) -> list[Draft]:
    """What second units should hear of their members, by who holds both scopes."""
    due = r.all("select d.person, d.unit, d.progress, p.home from progress_due d join people p on p.person = d.person")
    if not due:
        return []
    world, writer = worlds.load(r), r.meta(WRITER)
    return [
        Draft(unit, "progress_told", subject("person", person), json.loads(progress))
        for person, unit, progress, home in due
        if world.trust.covers_people(writer, home)
    ]


def merged_into(r: Reader, about: Collection[str]) -> Iterator[str]:
    """The subjects that are merged into these."""
    keys = {subject_key(each) for each in about}
    return (subject("person", person) for (person,) in r.among("select person from aliases where stands_for in (:keys)", keys))


DUE = Due(drafts=progress_to_tell, also=merged_into)
