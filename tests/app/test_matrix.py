"""Every route × every role × own and foreign unit."""

from __future__ import annotations

import re

import pytest

from campmgr.web.guard import open_to
from tests.app.award_routes import AWARD_ROUTES
from tests.app.entry_routes import ENTRY_ROUTES
from tests.app.judging_routes import JUDGING_ROUTES
from tests.app.list_routes import LIST_ROUTES
from tests.app.people_routes import PEOPLE_ROUTES
from tests.app.routes import ROUTES, Route
from tests.app.unit_routes import UNIT_ROUTES
from tests.kit.pages import CAST, OWN

EVERY = (*ROUTES, *ENTRY_ROUTES, *JUDGING_ROUTES, *AWARD_ROUTES, *LIST_ROUTES, *UNIT_ROUTES, *PEOPLE_ROUTES)


@pytest.mark.parametrize("route", EVERY, ids=lambda route: f"{route.method} {route.path}")
def test_each_of_the_cast_gets_what_is_theirs(pages, route: Route):
    path = route.path.format(**{name: account.account for name, account in pages.accounts.items()})
    answers = {who: pages.browser(who).open(path, method=route.method, headers=OWN) for who in (*CAST, "nobody")}
    assert {who: _status(answer) for who, answer in answers.items()} == {
        who: route.said.get(who, route.others) for who in (*CAST, "nobody")
    }
    assert {who: _tabs_marked(answer) for who, answer in answers.items()} == dict.fromkeys(answers, 1)


def test_the_table_names_every_route(pages):
    rules = {(rule.endpoint, method) for rule in pages.app.url_map.iter_rules() for method in rule.methods & {"GET", "POST"}}
    named = {(route.endpoint, route.method) for route in EVERY}
    missing, stale = rules - named - {("static", "GET")}, named - rules
    assert not missing, f"give each a Route in tests/app/routes.py: {sorted(missing)}"
    assert not stale, f"no such views, yet tests/app/routes.py names them: {sorted(stale)}"


def test_every_view_says_for_whom_it_is(pages):
    silent = [name for name, view in pages.app.view_functions.items() if open_to(view) is None]
    assert silent == ["static"]


def test_a_hidden_unit_and_one_that_does_not_exist_look_the_same(pages):
    browser = pages.browser("farid")
    assert browser.get("/desk/units/3501").text == browser.get("/desk/units/9999").text


def _tabs_marked(response) -> int:
    """How many tabs of the desk or the office are marked as the one in hand; 1 for what has no tabs, and for what is no page."""
    page = response.text if response.status_code == 200 and response.mimetype == "text/html" else ""
    rows = re.findall(r'<nav class="tabs.*?</nav>', page, re.DOTALL)
    return sum(row.count("aria-current") for row in rows) if rows else 1


def _status(response) -> int:
    return 401 if response.status_code == 303 and response.location.startswith("/login?next=") else response.status_code
