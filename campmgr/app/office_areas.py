"""The areas of the office, as a list; `app.create_app` registers them."""

from __future__ import annotations

from campmgr.areas.certificates.pages import certificates, printing, revoking
from campmgr.areas.certificates.pages import design as certificate_look
from campmgr.areas.hours.pages import lessons
from campmgr.areas.nodes import pages as nodes
from campmgr.areas.prizes.pages import prizes, publicity, work_calendar
from campmgr.areas.summaries import pages as summaries
from campmgr.areas.units.pages import reports, units
from campmgr.areas.works.pages import flags, likes, matching, recommendations, snapshots
from campmgr.desks.pages import office_files, rules

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
