"""The areas of the office, as a list; `app.create_app` registers them."""

from __future__ import annotations

from campmgr.web import certificates, flags, lessons, likes, nodes, office_files, prizes, reports, rules, units

AREAS = (
    units.area, lessons.area, rules.area, likes.area, flags.area, prizes.area, certificates.area, reports.area, nodes.area,
    office_files.area,
)  # fmt: skip
