"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="works",
    title="作品",
    uses=("units", "camp", "people"),
    sort="camp",
    kinds="campmgr.areas.works.kinds:KINDS",
    forgets="campmgr.areas.works.local:forget_author",
    schemas=(
        Schema("works 1", __package__),
        Schema("works views 1", __package__, "views.sql"),
        Schema("works 2", __package__, "schema_2.sql"),
        Schema("works 3", __package__, "schema_3.sql"),
        Schema("works 4", __package__, "schema_4.sql"),
        Schema("works 5", __package__, "schema_5.sql"),
        Schema("works 6", __package__, "schema_6.sql"),
    ),
    folds="campmgr.areas.works.fold:FOLDS",
    matters="campmgr.areas.works.matters:MATTERS",
    settings="campmgr.areas.works.settings:SECTIONS",
    lists="campmgr.areas.works.queries.listed:LISTS",
    acts="campmgr.areas.works.actions.list_acts:ACTS",
    sheets="campmgr.areas.works.files.sheet:SHEETS",
    pages=(
        "campmgr.areas.works.pages.likes:area",
        "campmgr.areas.works.pages.flags:area",
        "campmgr.areas.works.pages.recommendations:area",
        "campmgr.areas.works.pages.snapshots:area",
        "campmgr.areas.works.pages.matching:area",
        "campmgr.areas.works.pages.unit_works:area",
        "campmgr.areas.works.pages.own_works:area",
    ),
    reports=(
        Command(
            "standings", "点赞排名；可以只排一个单位、条线、领域或账号类型的。", "campmgr.areas.works.commands.standings:standings_"
        ),
    ),
    commands=(Command("work", "作品：登记和承诺", "campmgr.areas.works.commands.handing_in:work"),),
    links=(
        Link("desk", 75, "unit_works.listed", "作品", group="人员"),
        Link("office", 50, "office_works.works", "作品点赞", "whole", group="榜单", holds=("/office/import/likes",)),
        Link("works", 10, "office_works.works", "作品"),
        Link("works", 20, "office_snapshots.everything", "历次读数"),
        Link("works", 30, "office_flags.flags", "异常标记"),
        Link("works", 40, "office_matching.rows", "待认作品"),
        Link("works", 50, "office_flags.decisions", "处理记录"),
        Link("works", 60, "office_recommendations.shown", "推荐情况"),
    ),
)
