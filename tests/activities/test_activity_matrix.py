"""Every route of an activity × every role × activities of several hosts × own and foreign unit."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from campmgr.app.web_app import Settings, create_app, end_jobs
from campmgr.areas.activities.actions import open_activity
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import CAMP
from campmgr.facts.inventory_rows import list_row
from campmgr.store import data_file
from campmgr.web.current import EXTENSION, SORTS, frame_of
from tests.kit.pages import CAST, CHEAP, OWN, Browser, Pages
from tests.kit.walks.area import WITH_WALKS
from tests.kit.walks.inventories import CHANNELS, SITES

_DAY = "2023-06-10T09:00"
WALKS = {"PROV": "35", "C1": "3501", "C2": "3502"}
HOSTS = {"camp": "35", "2024": "35", **WALKS}
"""The first camp, the second, and three activities of a made-up sort, each with its host."""

UNITS = {"3501-X1": "3501", "3502": "3502"}
"""A school of the first city, and the second city: what accounts are placed in."""


class Of(NamedTuple):
    """A route: the least role, whether it is the host's alone, whether it is of the made-up sort, of a sort that is not here."""

    role: str
    runs: bool = False
    walks: bool = False
    elsewhere: bool = False


ROUTES = {
    "activities.one": Of(""),
    "desk_activities.one_of_unit": Of("viewer"),
    "office_activities.shown": Of("organizer"),
    "office_activities.before_closing": Of("organizer", runs=True),
    "office_activities.close": Of("organizer", runs=True),
    "office_activities.reopen": Of("organizer", runs=True),
    "activity_rules.rule": Of("organizer", runs=True),
    "activity_rules.looked_at": Of("organizer", runs=True),
    "activity_rules.before": Of("organizer", runs=True),
    "activity_rules.amend": Of("organizer", runs=True),
    "walks.listed": Of("organizer", walks=True),
    "sites.listed": Of("viewer", walks=True),
    "sites.search": Of("viewer", walks=True),
    "sites.file": Of("viewer", walks=True),
    "sites.row": Of("viewer", walks=True),
    "sites.new": Of("coordinator", walks=True),
    "sites.add": Of("coordinator", walks=True),
    "sites.change": Of("coordinator", walks=True),
    "sites.drop": Of("coordinator", walks=True),
    "channels.listed": Of("organizer", walks=True),
    "channels.search": Of("organizer", walks=True),
    "channels.file": Of("organizer", walks=True),
    "channels.row": Of("organizer", walks=True),
    "channels.new": Of("organizer", runs=True, walks=True),
    "channels.add": Of("organizer", runs=True, walks=True),
    "channels.change": Of("organizer", runs=True, walks=True),
    "channels.drop": Of("organizer", runs=True, walks=True),
    "office_sites.listed": Of("organizer", walks=True),
    "office_sites.file": Of("organizer", walks=True),
} | {f"host_files.{name}": Of("organizer", elsewhere=True) for name in ("choose", "preview", "preview_again", "commit", "rejects")}
_ROLES = ("viewer", "coordinator", "organizer")
_REFUSALS = {401, 403, 404}
_SHOWS_WHAT_WAS_SENT = "activity_rules.before"
"""Without what was sent just before there is nothing to show there."""


@pytest.fixture(scope="module")
def walked(tmp_path_factory, filled):
    """The camp of the cast and the next, three activities beside it, and in each a row of both units and of the host."""
    folder = tmp_path_factory.mktemp("matrix")
    app = create_app(None, Settings(folder / "none.sqlite"), WITH_WALKS)
    app.test_client_class = Browser
    path, cast = filled
    store = data_file.open_file(Path(shutil.copy(path, folder / "camp.sqlite")), WITH_WALKS, FixedClock(_DAY))
    rows: dict[tuple[str, str], str] = {}
    with store.writing() as w:
        open_activity(w, "escape-drill-2023", "2024")
        for code, host in WALKS.items():
            open_activity(w, "walks-2024", code, host=host)
        world = worlds.load(w)
        for code in WALKS:
            (activity,) = world.activities.called(code)
            for unit in UNITS:
                id_ = world.tree.called(unit)[0].unit
                list_row(w, SITES, activity, id_, {"name": "馆"})
                rows[code, unit] = SITES.row_id(activity.id, id_, {"name": "馆"})
            list_row(w, CHANNELS, activity, "", {"name": "报", "class": 1})
            rows[code, ""] = CHANNELS.row_id(activity.id, "", {"name": "报"})
    app.extensions[EXTENSION] = frame_of(Settings(store.path, cost=CHEAP, patience=60), WITH_WALKS, store)
    yield Pages(app, store, FixedClock(_DAY), cast), rows
    end_jobs(app)
    data_file.close(store)


def _covers(who: str, unit: str) -> bool:
    """Whether somebody's place is this unit or above it."""
    return unit.startswith(CAST[who].unit)


def _expected(of: Of, who: str, method: str, code: str, unit: str) -> int:
    """The refusal that is due, 0 where there is none."""
    if of.role and who == "nobody":
        return 401 if method == "GET" else 403
    if of.role and _ROLES.index(CAST[who].role) < _ROLES.index(of.role):
        return 403
    if code not in HOSTS or of.elsewhere or (of.walks and code not in WALKS):
        return 404
    if not of.role:
        return 0
    host = HOSTS[code]
    if (unit and not _covers(who, UNITS[unit])) or not (_covers(who, host) or CAST[who].unit.startswith(host)):
        return 404
    return 403 if of.runs and not _covers(who, host) else 0


@pytest.mark.drawn(whole=10_000, usual=80)
@pytest.mark.parametrize("who", [*CAST, "nobody"])
def test_each_gets_of_each_activity_what_is_theirs(walked, who, draws):
    pages, rows = walked
    wrong, every = [], list(_asked(pages, rows))
    for method, endpoint, code, unit, path in Random(who).sample(every, min(draws, len(every))):
        answer = pages.browser(who).open(path, method=method, headers=OWN, follow_redirects=False)
        status = 401 if answer.status_code == 303 and "/login?next=" in answer.location else answer.status_code
        due = _expected(ROUTES[endpoint], who, method, code, unit)
        if not due and status == 404 and endpoint == _SHOWS_WHAT_WAS_SENT:
            continue
        if status != due if due else status in _REFUSALS or status >= 500:
            wrong.append((method, path, status, due))
    assert wrong == []


def test_the_table_names_every_route_of_an_activity(walked):
    pages, _ = walked
    assert {rule.endpoint for rule in _rules(pages)} == set(ROUTES)


def _rules(pages: Pages):
    """The routes of an activity: of every sort, of a camp, and of the made-up one; other sorts have a matrix of their own."""
    sorts = pages.app.extensions[SORTS]
    every = (rule for rule in pages.app.url_map.iter_rules() if "activity" in rule.arguments)
    return [rule for rule in every if sorts.get(rule.endpoint.partition(".")[0], "") in {"", CAMP, "walks"}]


def _asked(pages: Pages, rows: dict[tuple[str, str], str]):
    """Every request: method, endpoint, activity, unit, address."""
    adapter = pages.app.url_map.bind("")
    for rule in _rules(pages):
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for code in (*HOSTS, "none"):
                for unit in UNITS if "code" in rule.arguments else ("",):
                    key = "walks.least_minutes" if code in WALKS else "ranking.ties"
                    parts = {"activity": code, "code": unit, "ending": "xlsx", "key": key, "kind": "votes", "job": "none",
                             "row": rows.get((code, unit), "none")}  # fmt: skip
                    named = {name: parts[name] for name in rule.arguments}
                    yield method, rule.endpoint, code, unit, adapter.build(rule.endpoint, named, method=method)
