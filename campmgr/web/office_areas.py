"""The areas of the office, as a list; `app.create_app` registers them."""

from __future__ import annotations

from campmgr.web import (
    certificate_look,
    certificates,
    flags,
    lessons,
    likes,
    matching,
    nodes,
    office_files,
    printing,
    prizes,
    publicity,
    recommendations,
    reports,
    revoking,
    rules,
    snapshots,
    summaries,
    units,
    work_calendar,
)

AREAS = (
    units.area,
    lessons.area,
    rules.area,
    likes.area,
    flags.area,
    recommendations.area,
    snapshots.area,
    matching.area,
    prizes.area,
    publicity.area,
    work_calendar.area,
    certificates.area,
    revoking.area,
    certificate_look.area,
    printing.area,
    reports.area,
    summaries.office,
    summaries.desk,
    nodes.area,
    office_files.area,
)
