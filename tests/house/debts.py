"""What does not keep the rules of the house yet, file by file. These numbers only shrink: a test holds each one exactly."""

from __future__ import annotations

BACKWARD: dict[str, int] = {
    "campmgr/areas/hours/rules/lessons.py": 9,
    "campmgr/areas/people/files/poster.py": 2,
    "campmgr/areas/people/fold/people.py": 15,
    "campmgr/areas/people/fold/person_facts.py": 2,
    "campmgr/web/addresses.py": 2,
}
"""Imports that go up or backward."""

CIRCLES: list[tuple[str, ...]] = [
    ("campmgr.settings.fields", "campmgr.settings.reading", "campmgr.settings.rule_book", "campmgr.settings.rules"),
]
"""Modules that import each other."""

SQL: dict[str, int] = {
    "campmgr/areas/certificates/actions/design.py": 2,
    "campmgr/areas/certificates/actions/issuing.py": 1,
    "campmgr/areas/certificates/actions/revoking.py": 6,
    "campmgr/areas/certificates/actions/taken_lists.py": 1,
    "campmgr/areas/hours/actions/class_marking.py": 3,
    "campmgr/areas/hours/actions/corrections.py": 4,
    "campmgr/areas/hours/actions/declarations.py": 3,
    "campmgr/areas/hours/actions/import_marks.py": 3,
    "campmgr/areas/hours/actions/marks.py": 3,
    "campmgr/areas/hours/actions/paper.py": 6,
    "campmgr/areas/hours/actions/screenshots.py": 3,
    "campmgr/areas/hours/actions/station.py": 4,
    "campmgr/areas/hours/pages/class_marking.py": 1,
    "campmgr/areas/hours/pages/station.py": 1,
    "campmgr/areas/nodes/actions.py": 2,
    "campmgr/areas/nodes/commands/nodes.py": 2,
    "campmgr/areas/nodes/exchange/accept.py": 3,
    "campmgr/areas/nodes/exchange/giving_up.py": 1,
    "campmgr/areas/nodes/exchange/segments.py": 1,
    "campmgr/areas/nodes/exchange/waiting_segments.py": 3,
    "campmgr/areas/people/actions/import_people.py": 1,
    "campmgr/areas/people/actions/joining.py": 8,
    "campmgr/areas/people/actions/own_pages.py": 1,
    "campmgr/areas/people/actions/people.py": 5,
    "campmgr/areas/prizes/actions/amending.py": 1,
    "campmgr/areas/prizes/actions/freezing.py": 1,
    "campmgr/areas/works/actions/import_likes.py": 1,
    "campmgr/areas/works/actions/matching.py": 4,
    "campmgr/areas/works/actions/work_matching.py": 3,
    "campmgr/areas/works/actions/works.py": 2,
    "campmgr/files/imports/imported_file.py": 1,
    "campmgr/files/imports/local_mappings.py": 3,
}
"""Statements outside queries, folds and local rows."""
