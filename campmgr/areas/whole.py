"""The catalogue of all areas: what the program itself opens data files with. A test may make one with an area more."""

from __future__ import annotations

from campmgr.areas.register import AREAS, area_of
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.saying import finish_handed, introduce
from campmgr.store.schemas import Schema

ROOMS = (
    Schema("accounts 1", "campmgr.accounts"),
    Schema("accounts 2", "campmgr.accounts", "schema_2.sql"),
    Schema("files 1", "campmgr.files"),
)
"""Rooms below the areas that keep tables: who may log in here, and what was chosen for the columns of files."""

CATALOGUE = Catalogue([area_of(name) for name in AREAS], ROOMS, introduce, finish_handed)
