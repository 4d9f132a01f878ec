"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="hours",
    title="课时",
    uses=("units", "camp", "people"),
    sort="camp",
    schemas=(
        Schema("hours 1", __package__),
        Schema("hours 2", __package__, "schema_2.sql"),
        Schema("hours 3", __package__, "schema_3.sql"),
        Schema("hours 4", __package__, "schema_4.sql"),
        Schema("hours views 1", __package__, "views.sql"),
    ),
    kinds="campmgr.areas.hours.kinds:KINDS",
    forgets="campmgr.areas.hours.local:forget_sessions",
    folds="campmgr.areas.hours.fold:FOLDS",
    due="campmgr.areas.hours.queries.station:DUE",
    world="campmgr.areas.hours.world:WORLD",
    matters="campmgr.areas.hours.matters:MATTERS",
    settings="campmgr.areas.hours.settings:SECTIONS",
    unfinished="campmgr.areas.hours.queries.declarations:unfinished",
    lists="campmgr.areas.hours.queries.lesson_list:LISTS",
    sheets="campmgr.areas.hours.files.sheets:SHEETS",
    pages=(
        "campmgr.areas.hours.pages.class_marking:area",
        "campmgr.areas.hours.pages.paper:area",
        "campmgr.areas.hours.pages.tick_lists:area",
        "campmgr.areas.hours.pages.station:area",
        "campmgr.areas.hours.pages.declarations:area",
        "campmgr.areas.hours.pages.chase:area",
        "campmgr.areas.hours.pages.screenshots:area",
        "campmgr.areas.hours.pages.sessions:area",
        "campmgr.areas.hours.pages.lessons:area",
        "campmgr.areas.hours.pages.lives:area",
    ),
    links=(
        Link("desk", 30, "marking.choose", "登记一个班", "write", group="登记"),
        Link("desk", 40, "station.page", "签到台", "write", group="登记"),
        Link("desk", 50, "paper.rosters", "名册", "write", group="登记"),
        Link("desk", 85, "declarations.waiting", "申报", group="核对"),
        Link("desk", 70, "chase.page", "未完成", group="人员"),
        Link("office", 94, "office_lessons.lessons", "课程", group="设置", holds=("/office/import/lessons",)),
    ),
)
