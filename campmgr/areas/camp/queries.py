"""How the camp's rules came to be what they are: every change said since the opening, with its reason."""

from __future__ import annotations

import json
from dataclasses import dataclass

from campmgr.accounts import local
from campmgr.areas.camp.rules import Phase, phase_of
from campmgr.clock import minute_text
from campmgr.facts.activities import subject_of
from campmgr.facts.catalogue import catalogue
from campmgr.facts.world import World
from campmgr.settings.reading import shown
from campmgr.settings.rules import Rules
from campmgr.store.door import Reader


def rules_shown(r: Reader, world: World) -> Rules:
    """The rules of the camp that is going on; where there never was one those of the data file alone."""
    return world.rules if world.has_camp else catalogue(r).root_book.understood(world.rules.to_mapping())[0]


def phase_now(world: World, day: str) -> Phase:
    """The phase of the camp on a day; one that was closed is over, whatever its dates say."""
    return "after" if world.activity in world.closed else phase_of(world.rules, day)


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change of one setting: when it was recorded, the key, the value as shown, why, and who ("" where not known here)."""

    at: str
    key: str
    value: str
    reason: str
    by: str


_SAID = """select recorded_at, actor, body from facts
    where scope = 'public' and subject = :camp and kind = 'rules_amended' and body is not null
    order by clock desc, writer desc, seq desc, chain desc"""


def amendments(r: Reader, world: World) -> tuple[Amendment, ...]:
    """Every change of the camp that is going on, the newest first; those of an earlier one are not its own."""
    names = {f"account:{row.account}": row.name for row in local.all_accounts(r)}
    found = []
    for at, actor, text in r.all(_SAID, camp=subject_of(world.activity)):
        body = json.loads(text)
        for key, value in body["changes"].items():
            told = shown(tuple(value) if isinstance(value, list) else value)
            found.append(Amendment(minute_text(at), key, told, body["reason"], names.get(actor, "")))
    return tuple(found)
