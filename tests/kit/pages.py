"""The cast of the pages: organizers, coordinators and a viewer, each with a browser that is logged in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campmgr.accounts import governing as accounts
from campmgr.accounts.governing import NewAccount, Place
from campmgr.accounts.logging_in import open_device
from campmgr.accounts.queries import Account
from campmgr.app.web_app import Settings, create_app, end_jobs
from campmgr.areas.camp.actions import open_camp
from campmgr.areas.units.actions import units
from campmgr.areas.units.actions.units import UnitRow
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.store import data_file
from campmgr.store.door import Store
from campmgr.web.current import EXTENSION, frame_of
from tests.kit.called import unit_called
from tests.kit.heard_forms import unheard_forms
from tests.kit.made_once import own_copy

CHEAP = "scrypt:256:8:1"
PASSWORD = "correct horse"  # noqa: S105 - of made-up people
OWN = {"Origin": "http://localhost"}

CAST = {
    "root": Place("organizer", "35"),
    "city": Place("organizer", "3501"),
    "dora": Place("coordinator", "3501"),
    "jiao": Place("coordinator", "3501", "教育"),
    "elias": Place("viewer", "3501"),
    "farid": Place("coordinator", "3502"),
}
"""Who is who: Dora works in 3501, Jiao there for the schools, Elias may only look, Farid belongs elsewhere."""


_SHOWN = re.compile(
    r"/(?:import/(?:preview|units|lessons|likes)|nodes/taken|judging/sheets)/[0-9a-f]{32}"
    r"|/nodes/join/[0-9a-f]{32}/|/backup/drilled/|[?&]shown=|^/c/|/review/merge\?"
)
"""Where what was sent is shown: previews, what became of a pack, links shown once, what is known of a certificate."""


class Browser(FlaskClient):
    """A client that takes in every answer whole, so that no file stays open behind it, and goes on to what it sent is shown at.

    A POST never answers with a whole page: Back and reload would send it again. What a page posts, somebody takes.
    """

    def open(self, *args, **kwargs):
        answer = self._heard(super().open(*args, **{"buffered": True} | kwargs))
        asked = answer.request
        if asked.method == "POST" and answer.mimetype == "text/html" and "HX-Request" not in asked.headers:
            whole = answer.status_code == 200 and answer.text.lstrip().startswith("<!doctype")
            assert not whole, f"POST {answer.request.path} answers with a page; keep what it shows, and redirect to a GET"
            if answer.status_code == 303 and _SHOWN.search(answer.location):
                return self._heard(super().open(answer.location, buffered=True, base_url=kwargs.get("base_url")))
        return answer

    def _heard(self, answer):
        """An answer whose forms all lead to where somebody takes them."""
        if answer.mimetype == "text/html":
            unheard = unheard_forms(self.application, answer.request.path, "" if answer.content_encoding else answer.text)
            assert not unheard, f"nobody takes what these forms post; give each the address of its view: {unheard}"
        return answer


@dataclass
class Pages:
    """An application over a camp, its clock, and a browser for each of the cast; "nobody" is not logged in."""

    app: Flask
    store: Store
    clock: FixedClock
    accounts: dict[str, Account]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def unit(self, code: str) -> str:
        """The id of a unit."""
        return unit_called(self.store, code)

    def browser(self, who: str = "nobody") -> FlaskClient:
        """The browser of one of the cast, logged in at the first use."""
        if who not in self.browsers:
            client = self.browsers[who] = self.app.test_client()
            if who in self.accounts:
                with self.store.writing() as w:
                    client.set_cookie("campmgr", open_device(w, self.accounts[who].account, "Firefox", kept=True))
        return self.browsers[who]


_DRAWN = re.compile(r"(/.+/(?:change|move|details|summary)|/office/(?:lessons/of|rules|summaries)/.+|/office/works/\w+)(?:/judge)?")
"""Pages whose forms carry what they were drawn for."""


def drawn(pages: Pages, path: str, who: str, typed: Mapping[str, object]) -> dict[str, str]:
    """What a browser sends along with what is typed: what the form was drawn for, when its page was opened a moment ago."""
    found = _DRAWN.fullmatch(path)
    text = pages.browser(who).get(found[1]).text if found and "shown" not in typed else ""
    shown = re.search(r'name="shown" value="([^"]*)"', text)
    return {"shown": shown[1]} if shown else {}


_BEGINS = "2023-06-10T09:00"


@pytest.fixture(scope="session")
def filled(made_once) -> tuple[Path, dict[str, Account]]:
    """A data file with a camp, three schools and the cast, made once and copied for each test."""
    return made_once("pages", _fill)


def _fill(folder: Path) -> tuple[Path, dict[str, Account]]:
    path = folder / "camp.sqlite"
    store = open_camp(path, "escape-drill-2023", CATALOGUE, FixedClock(_BEGINS))
    with store.writing() as w:
        for number in range(3):
            units.add_unit(w, UnitRow(f"3501-X{number}", f"演练小学{number}", "3501", "学校", "教育"))
        cast = {name: accounts.open_account(w, NewAccount(name, name, PASSWORD), place, cost=CHEAP) for name, place in CAST.items()}
    data_file.close(store)
    return path, cast


@pytest.fixture(scope="session")
def _pages_without_a_camp(tmp_path_factory) -> Flask:
    """Addresses and templates take long to set up and are the same for every camp: all that differs stands in the frame."""
    app = create_app(None, Settings(tmp_path_factory.mktemp("app") / "none.sqlite"))
    app.test_client_class = Browser
    return app


@pytest.fixture
def pages(tmp_path, filled, _pages_without_a_camp):
    """The pages over a camp of one's own."""
    path, cast = filled
    clock, app = FixedClock(_BEGINS), _pages_without_a_camp
    store = own_copy(path, tmp_path / "camp.sqlite", clock)
    app.extensions[EXTENSION] = frame_of(Settings(store.path, cost=CHEAP, patience=60), CATALOGUE, store)
    yield Pages(app, store, clock, cast)
    end_jobs(app)
    data_file.close(store)
