"""The coordinator's areas, as a list: everything below /desk/ beside the units themselves."""

from __future__ import annotations

from campmgr.areas.hours.pages import chase, declarations, paper, screenshots, station, tick_lists
from campmgr.areas.hours.pages import class_marking as marking
from campmgr.areas.people.pages import codes, roster
from campmgr.desks.pages import batches, imports, job_pages, lesson_stories, person, platform_certificates, posters, review, sheets

AREAS = (
    roster.area,
    person.area,
    platform_certificates.area,
    screenshots.area,
    lesson_stories.area,
    marking.area,
    paper.area,
    tick_lists.area,
    station.area,
    batches.area,
    imports.area,
    job_pages.area,
    declarations.area,
    chase.area,
    codes.area,
    posters.area,
    sheets.area,
    review.area,
)
