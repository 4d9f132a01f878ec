"""Every route of points, with an activity that goes on: who gets what, and who is refused, at a unit's desk and in the office."""

from __future__ import annotations

from collections.abc import Iterator

from tests.app.points_routes import NO_POINTS, POINTS_ROUTES
from tests.kit.pages import CAST, OWN

ROLES = ("viewer", "coordinator", "organizer")
LEAST = {"sees": "viewer", "looks for": "viewer", "writes": "coordinator", "sends": "coordinator", "office": "organizer",
         "decides": "organizer"}  # fmt: skip
HOST = "3501"


def test_each_gets_what_is_theirs_and_nobody_else(hosted):
    wrong = []
    for endpoint, method, path, sort in _every(hosted):
        for who in (*CAST, "nobody"):
            answer = hosted.browser(who).open(path, method=method, headers=OWN)
            status = 401 if answer.status_code == 303 and "/login?next=" in answer.location else answer.status_code
            due = _due(sort, who, method)
            is_wrong = status not in due if due else status in {401, 403} or status >= 500
            wrong += [(endpoint, method, path, who, status, due)] if is_wrong else []
    assert wrong == []


def _every(hosted) -> Iterator[tuple[str, str, str, str]]:
    """Each route with its place in this story, and of which sort it is."""
    named = {id(table): sort for sort, table in NO_POINTS.items()}
    for endpoint, method, path, _status, table in POINTS_ROUTES:
        here = (
            path.replace("/a/none/", "/a/xc/")
            .replace("3501-X1", "WJ-BK-01")
            .replace("/items/none", f"/items/{hosted.ids['一篇约稿']}")
        )
        yield endpoint, method, here, named[id(table)]


def _due(sort: str, who: str, method: str) -> set[int]:
    """The refusals that are due, of which one must come; none where it is theirs: what the form lacks is another matter."""
    if who == "nobody":
        return {401} if method == "GET" else {403}
    role, unit = CAST[who].role, CAST[who].unit
    if ROLES.index(role) < ROLES.index(LEAST[sort]):
        return {403}
    if CAST[who].line or not HOST.startswith(unit):
        return {403, 404}
    return set()
