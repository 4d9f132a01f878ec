"""The spreadsheets of its inventories."""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.areas.people.queries.finding import people_by_id, person_of_unit
from campmgr.facts.inventory_rows import Who
from campmgr.files.inventory_sheets import inventory_sheet
from campmgr.store.door import Reader
from tests.kit.walks.inventories import CHANNELS, SITES


def _find(r: Reader, unit: str, text: str) -> str:
    return person_of_unit(r, unit, text).person


def _names(r: Reader, unit: str, ids: Iterable[str]) -> dict[str, str]:
    return {person: who.shown_name for person, who in people_by_id(r, ids).items() if unit in {"", who.home}}


WHO = Who(_find, _names)

SHEETS = (inventory_sheet(SITES, WHO), inventory_sheet(CHANNELS))
