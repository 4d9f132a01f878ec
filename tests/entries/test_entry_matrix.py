"""Every route of a call for works that is open × every role × own and foreign unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.facts import world as worlds
from campmgr.facts.inventory_rows import list_row
from tests.kit.pages import CAST, OWN, Pages


class Of(NamedTuple):
    """A route: the least role, "" for everybody, and whether it is the host's alone."""

    role: str
    runs: bool = False


DESK = {
    "entries/": Of("viewer"), "entries/all.xlsx": Of("viewer"), "entries/of/{row}": Of("viewer"), "entries/new": Of("coordinator"),
    "handin": Of("viewer"), "handin/2023Q2/table.xlsx": Of("viewer"), "check": Of("viewer"),
    "files/{row}": Of("viewer"), "files/{row}/" + "0" * 64: Of("viewer"), "handin/2023Q2/all.zip": Of("viewer"),
}  # fmt: skip
DESK_SENT = {
    "entries/search": Of("viewer"), "entries/new": Of("coordinator"), "entries/of/{row}": Of("coordinator"),
    "entries/of/{row}/drop": Of("coordinator"), "handin": Of("coordinator"), "handin/reopen": Of("coordinator"),
    "check": Of("viewer"), "files/{row}": Of("coordinator"), "files/{row}/drop": Of("coordinator"),
}  # fmt: skip
OFFICE = {"late": Of("organizer", runs=True), "works/": Of("organizer"), "works/votes": Of("organizer", runs=True)}
OFFICE_SENT = {"works/": Of("organizer", runs=True), "late": Of("organizer", runs=True)}
UNITS = {"3501-X1": "3501", "3502": "3502"}
_ROLES = ("viewer", "coordinator", "organizer")
_REFUSALS = {401, 403, 404}


def test_each_gets_what_is_theirs_and_nobody_else(pages: Pages):
    rows = _opened(pages)
    wrong = []
    for method, of, unit, path in _every(rows):
        for who in (*CAST, "nobody"):
            answer = pages.browser(who).open(path, method=method, headers=OWN)
            status = 401 if answer.status_code == 303 and "/login?next=" in answer.location else answer.status_code
            due = _due(of, who, method, unit)
            none_yet = any(each in path for each in ("table", "reopen", "all.zip", "/drop", "0" * 64))  # no batch, and no file
            allowed = {404} if none_yet else set()
            is_wrong = status != due if due else status in _REFUSALS - allowed or status >= 500
            wrong += [(method, path, who, status, due)] if is_wrong else []
    assert wrong == []
    assert pages.browser().get("/a/ZP/gallery").status_code == 200


def _opened(pages: Pages) -> dict[str, str]:
    with pages.store.writing() as w:
        open_activity(w, "works-collection-2023", "ZP")
        activity = worlds.load(w).activities.called("ZP")[0]
        said = {"title": "守夜", "class": "图片类"}
        for unit in UNITS:
            list_row(w, ENTRIES, activity, pages.unit(unit), said)
        return {unit: ENTRIES.row_id(activity.id, pages.unit(unit), said) for unit in UNITS}


def _every(rows: dict[str, str]) -> Iterator[tuple[str, Of, str, str]]:
    for method, desk, office in (("GET", DESK, OFFICE), ("POST", DESK_SENT, OFFICE_SENT)):
        for unit in UNITS:
            yield from ((method, of, unit, f"/desk/units/{unit}/a/ZP/{path.format(row=rows[unit])}") for path, of in desk.items())
        yield from ((method, of, "", f"/office/a/ZP/{path}") for path, of in office.items())


def _due(of: Of, who: str, method: str, unit: str) -> int:
    """The refusal that is due, 0 where there is none; the host is the whole province."""
    if who == "nobody":
        return 401 if method == "GET" else 403
    if _ROLES.index(CAST[who].role) < _ROLES.index(of.role):
        return 403
    if unit and not UNITS[unit].startswith(CAST[who].unit):
        return 404
    return 403 if of.runs and not "35".startswith(CAST[who].unit) else 0
