"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="units",
    title="单位",
    uses=(),
    schemas=(
        Schema("units views 1", __package__, "views.sql"),
        Schema("units 1", __package__),
        Schema("units views 2", __package__, "views_2.sql"),
    ),
    folds="campmgr.areas.units.fold:FOLDS",
    matters="campmgr.areas.units.matters:MATTERS",
    settings="campmgr.areas.units.settings:SECTIONS",
    lists="campmgr.areas.units.queries.unit_list:LISTS",
    acts="campmgr.areas.units.actions.list_acts:ACTS",
    sheets="campmgr.areas.units.files.sheet:SHEETS",
    pages=(
        "campmgr.areas.units.pages.units:area",
        "campmgr.areas.units.pages.merging:area",
        "campmgr.areas.units.pages.round_trip:area",
    ),
    links=(Link("office", 20, "office_units.top", "单位", group="单位", holds=("/office/import/units",)),),
    reports=(
        Command(
            "units", "各单位的参与情况；同一人在一行里只算一次，合计里也只算一次。", "campmgr.areas.units.commands.reports:units_"
        ),
    ),
    commands=(
        Command("unit", "单位：移动", "campmgr.areas.units.commands.units:unit"),
        Command("units", "单位：合并", "campmgr.areas.units.commands.units:units"),
    ),
)
