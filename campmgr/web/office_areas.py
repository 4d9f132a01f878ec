"""The areas of the office, as a list; `app.create_app` registers them."""

from __future__ import annotations

from campmgr.web import certificates, lessons, likes, nodes, prizes, reports, rules, sheets, units

AREAS = (
    units.area, lessons.area, rules.area, likes.area, prizes.area, certificates.area, reports.area, nodes.area, sheets.area,
)  # fmt: skip
