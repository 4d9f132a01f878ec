"""The spreadsheets of its inventories."""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.areas.people.queries.finding import find_person, people_by_id
from campmgr.facts.inventory_rows import Who
from campmgr.files.inventory_sheets import inventory_sheet
from campmgr.store.door import Reader
from tests.kit.walks.inventories import OUTLETS, VENUES


def _find(r: Reader, text: str) -> str:
    return find_person(r, text).person


def _names(r: Reader, ids: Iterable[str]) -> dict[str, str]:
    return {person: who.shown_name for person, who in people_by_id(r, ids).items()}


WHO = Who(_find, _names)

SHEETS = (inventory_sheet(VENUES, WHO), inventory_sheet(OUTLETS))
