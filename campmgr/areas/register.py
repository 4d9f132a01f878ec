"""The one place that names every area, in order: an area may use those before it. A new one is one line here."""

from __future__ import annotations

from importlib import import_module

from campmgr.facts.area import Area
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.record import introduce
from campmgr.store.schemas import Schema

AREAS = (
    "units",
    "camp",
    "people",
    "hours",
    "certificates",
    "works",
    "prizes",
    "summaries",
    "nodes",
)


def area_of(name: str) -> Area:
    """What the area of a folder brings."""
    area: Area = import_module(f"campmgr.areas.{name}.area").AREA
    return area


ROOMS = (Schema("accounts 1", "campmgr.accounts"), Schema("files 1", "campmgr.files"))
"""Rooms below the areas that keep tables: who may log in here, and what was chosen for the columns of files."""

CATALOGUE = Catalogue([area_of(name) for name in AREAS], ROOMS, introduce)
"""What the program itself opens data files with."""
