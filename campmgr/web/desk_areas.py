"""The coordinator's areas, as a list: everything below /desk/ beside the units themselves."""

from __future__ import annotations

from campmgr.web import (
    batches,
    chase,
    codes,
    declarations,
    imports,
    job_pages,
    lesson_stories,
    marking,
    paper,
    person,
    platform_certificates,
    review,
    roster,
    screenshots,
    sheets,
    station,
    tick_lists,
)

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
    sheets.area,
    review.area,
)
