"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Link

AREA = Area(
    name="reports",
    title="报表",
    uses=("units", "camp", "summaries"),
    sort="camp",
    pages=(
        "campmgr.areas.reports.pages.roll_up:area",
        "campmgr.areas.reports.pages.tables:area",
        "campmgr.areas.reports.pages.reporting:area",
    ),
    links=(
        Link("reports", 10, "office_reports.reports", "汇总"),
        Link("reports", 20, "office_tables.cross_page", "条线"),
        Link("reports", 30, "office_tables.progress_page", "进度"),
        Link("reports", 40, "office_tables.ranking_page", "排名"),
        Link("reports", 50, "office_reporting.shown", "报送"),
    ),
)
