"""The host's outlets, and the dictionary that they and the notice's own lists make together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from campmgr.areas.points.kinds.lists import OUTLETS
from campmgr.areas.points.rules.outlets import Classed, Dictionary
from campmgr.areas.points.settings import Outlets
from campmgr.facts.activities import Activity
from campmgr.facts.fold import Folding
from campmgr.facts.inventories import inventory_fold
from campmgr.store.door import Reader

_LISTED = inventory_fold(OUTLETS)


def _run(folding: Folding, keys: Sequence[str]) -> Sequence[str]:
    """Fold them, and tell the items that they are others now."""
    _LISTED.run(folding, keys)
    return keys


OUTLETS_FOLD = replace(_LISTED, run=_run)


def dictionary_of(r: Reader, activity: Activity) -> Dictionary:
    """The outlets of an activity: what its rules name, and what its host has listed."""
    sql = "select name, class, from_on, aliases from outlets where activity = :activity and listed = 1"
    rows = r.all(sql, activity=activity.id)
    said = (Classed(name, cls or 0, from_on, _parts(aliases)) for name, cls, from_on, aliases in rows)
    return Dictionary(activity.rules[Outlets], said)


def _parts(aliases: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in aliases.replace("，", "、").replace(",", "、").split("、") if part.strip())
