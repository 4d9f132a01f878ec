"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="people",
    title="人员",
    uses=("units", "camp"),
    schemas=(
        Schema("people 1", __package__),
        Schema("people views 1", __package__, "views.sql"),
        Schema("people 2", __package__, "schema_2.sql"),
        Schema("people 3", __package__, "schema_3.sql"),
        Schema("people 4", __package__, "schema_4.sql"),
        Schema("people 5", __package__, "schema_5.sql"),
        Schema("people 6", __package__, "schema_6.sql"),
        Schema("people 7", __package__, "schema_7.sql"),
        Schema("people views 2", __package__, "views_2.sql"),
        Schema("people 8", __package__, "schema_8.sql"),
    ),
    kinds="campmgr.areas.people.kinds:KINDS",
    forgets="campmgr.areas.people.local:forget_names",
    folds="campmgr.areas.people.fold.people:FOLDS",
    due="campmgr.areas.people.queries.speaking:DUE",
    matters="campmgr.areas.people.matters:MATTERS",
    settings="campmgr.areas.people.settings:SECTIONS",
    lists="campmgr.areas.people.queries.people_list:LISTS",
    acts="campmgr.areas.people.actions.list_acts:ACTS",
    sheets="campmgr.areas.people.files.sheet:SHEETS",
    pages=(
        "campmgr.areas.people.pages.join:area",
        "campmgr.areas.people.pages.roster:area",
        "campmgr.areas.people.pages.carrying_over:area",
        "campmgr.areas.people.pages.cards:area",
        "campmgr.areas.people.pages.codes:area",
        "campmgr.areas.people.pages.entering:area",
        "campmgr.areas.people.pages.entrants:area",
        "campmgr.areas.people.pages.looks:area",
    ),
    links=(
        Link("desk", 60, "roster.people", "人员名单", group="人员"),
        Link("desk", 95, "codes.codes", "加入码", "write"),
    ),
)
