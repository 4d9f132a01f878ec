"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="reports",
    title="报表",
    uses=("units", "camp", "hours", "summaries"),
    sort="camp",
    schemas=(Schema("reports 1", __package__),),
    kinds="campmgr.areas.reports.kinds:KINDS",
    folds="campmgr.areas.reports.fold:FOLDS",
    pages=(
        "campmgr.areas.reports.pages.roll_up:area",
        "campmgr.areas.reports.pages.tables:area",
        "campmgr.areas.reports.pages.reporting:area",
        "campmgr.areas.reports.pages.circulars:area",
    ),
    links=(
        Link("reports", 10, "office_reports.reports", "汇总"),
        Link("reports", 20, "office_tables.cross_page", "条线"),
        Link("reports", 25, "office_tables.fields_page", "领域"),
        Link("reports", 30, "office_tables.progress_page", "进度"),
        Link("reports", 40, "office_tables.ranking_page", "排名"),
        Link("reports", 50, "office_reporting.shown", "报送"),
        Link("reports", 60, "office_circulars.listed", "通报"),
    ),
    reports=(
        Command("circulars", "发布过的通报，逐份核对校验码。", "campmgr.areas.reports.commands:circulars_"),
        Command("fields", "各领域的课程、作品和作者；作者每人一次。", "campmgr.areas.reports.commands:fields_"),
    ),
)
