"""The routes of reports: part of the table of `routes`, whose columns they have."""

from __future__ import annotations

_ORGANIZERS = {"root": 200, "city": 200, "nobody": 401}

REPORT_ROUTES: tuple[tuple[str, str, str, int, dict[str, int]], ...] = (
    ("office_tables.cross_page", "GET", "/office/reports/cross", 403, _ORGANIZERS),
    ("office_tables.cross_file", "GET", "/office/reports/cross.xlsx", 403, _ORGANIZERS),
    ("office_tables.fields_page", "GET", "/office/reports/fields", 403, _ORGANIZERS),
    ("office_tables.fields_file", "GET", "/office/reports/fields.xlsx", 403, _ORGANIZERS),
    ("office_tables.progress_page", "GET", "/office/reports/progress", 403, _ORGANIZERS),
    ("office_tables.progress_file", "GET", "/office/reports/progress.xlsx", 403, _ORGANIZERS),
    ("office_tables.ranking_page", "GET", "/office/reports/ranking", 403, _ORGANIZERS),
    ("office_tables.ranking_file", "GET", "/office/reports/ranking.xlsx", 403, _ORGANIZERS),
    ("office_circulars.listed", "GET", "/office/reports/circulars/", 403, _ORGANIZERS),
    ("office_circulars.drafted", "GET", "/office/reports/circulars/draft", 403, _ORGANIZERS),
    ("office_circulars.draft_file", "GET", "/office/reports/circulars/draft.pdf", 403, _ORGANIZERS),
    ("office_circulars.before_publishing", "GET", "/office/reports/circulars/publish", 403, _ORGANIZERS),
    ("office_circulars.published", "POST", "/office/reports/circulars/publish", 403, {"root": 409, "city": 409}),
    ("office_circulars.one", "GET", "/office/reports/circulars/none", 403, {"root": 404, "city": 404, "nobody": 401}),
    ("office_circulars.file", "GET", "/office/reports/circulars/none.pdf", 403, {"root": 404, "city": 404, "nobody": 401}),
    ("office_reporting.shown", "GET", "/office/reports/reporting/", 403, _ORGANIZERS),
    ("office_reporting.file", "GET", "/office/reports/reporting/units.xlsx", 403, _ORGANIZERS),
)
