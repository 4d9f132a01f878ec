"""The one place that names every area, in order: an area may use those before it. A new one is one line here."""

from __future__ import annotations

from importlib import import_module

from campmgr.facts.area import Area

AREAS = (
    "units",
    "activities",
    "camp",
    "people",
    "duties",
    "requests",
    "hours",
    "certificates",
    "works",
    "holidays",
    "prizes",
    "summaries",
    "reports",
    "entries",
    "judging",
    "points",
    "nodes",
    "drafts",
)


def area_of(name: str) -> Area:
    """What the area of a folder brings."""
    area: Area = import_module(f"campmgr.areas.{name}.area").AREA
    return area
