"""The set-up page: a camp from a preset, once, and only whole."""

from __future__ import annotations

import pytest

from campmgr.app.web_app import Settings, create_app, store_of
from campmgr.areas.camp.actions import open_camp
from campmgr.areas.camp.settings import Camp, Live
from campmgr.areas.hours.settings import Hours
from campmgr.areas.whole import CATALOGUE
from campmgr.areas.works.settings import Ranking
from campmgr.facts import world as worlds
from campmgr.store import data_file
from tests.kit.pages import CHEAP, OWN

PRESET = "escape-drill-2023"
TYPED = {"preset": PRESET, "name": "林老师", "login": "lin", "password": "battery staple"}


@pytest.fixture
def app(tmp_path):
    made = create_app(None, Settings(tmp_path / "camp.sqlite", "token", CHEAP))
    yield made
    held = store_of(made)
    if held is not None:
        data_file.close(held)


def test_without_a_camp_every_page_says_where_to_begin(app):
    """On this machine by leading there, elsewhere in a sentence."""
    for path in ("/", "/login"):
        assert app.test_client().get(path).location == "/start/"
        elsewhere = app.test_client().get(path, environ_base={"REMOTE_ADDR": "192.168.1.7"})
        assert (elsewhere.status_code, "在运行程序的那台电脑上打开" in elsewhere.text) == (404, True)


def test_the_page_shows_every_rule_and_asks_every_open_question(app):
    text = app.test_client().get(f"/setup/token?preset={PRESET}").text
    for line in CATALOGUE.book.preset(PRESET).show():
        assert line.label.removesuffix("（单位：百分之一课时）") in text
        assert (f'name="{line.key}"' in text) or not line.is_open
    assert "达到 8 个课时以上" in text
    assert len([about for about in CATALOGUE.book.fields.values() if about.is_open]) >= 8


def test_opening_writes_the_decisions_and_logs_the_organizer_in(app):
    browser = app.test_client()
    decided = {"ranking.ties": "1-2-2-3", "live.ends_on": "2023-06-30", "camp.name": "福州逃生演练营"}
    assert browser.post("/setup/token", data=TYPED | decided, headers=OWN).location == "/desk/"
    assert "福建省" in browser.get("/office/").text
    store = store_of(app)
    assert store is not None
    with store.reading() as r:
        rules = worlds.load(r).rules
    assert (rules[Ranking].ties, rules[Live].ends_on, rules[Camp].name) == ("1-2-2-3", "2023-06-30", "福州逃生演练营")
    assert rules[Hours] == CATALOGUE.book.preset(PRESET)[Hours]


def test_the_link_works_once(app):
    assert app.test_client().post("/setup/token", data=TYPED, headers=OWN).status_code == 303
    assert app.test_client().get("/setup/token").status_code == 404
    assert app.test_client().post("/setup/token", data=TYPED | {"login": "evil"}, headers=OWN).status_code == 404


@pytest.mark.parametrize("path", ["/setup/tokem", "/setup/", "/setup/%00"])
def test_another_token_leads_nowhere(app, path):
    assert app.test_client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"live.ends_on": "2023-02-30"}, "live.ends_on"), ({"login": ""}, "login"), ({"password": "short"}, "password"),
     ({"camp.name": " "}, "camp.name"), ({"ranking.ties": "whatever"}, "ranking.ties")],
)  # fmt: skip
def test_nothing_is_written_before_everything_is_right(app, tmp_path, typed, field):
    response = app.test_client().post("/setup/token", data=TYPED | typed, headers=OWN)
    assert response.status_code == 422
    assert f'name="{field}"' in response.text
    assert 'class="error"' in response.text
    assert not (tmp_path / "camp.sqlite").exists()
    assert app.test_client().post("/setup/token", data=TYPED, headers=OWN).status_code == 303


def test_a_camp_opened_by_command_asks_for_the_account_only(tmp_path):
    store = open_camp(tmp_path / "camp.sqlite", PRESET, CATALOGUE)
    browser = create_app(store, Settings(store.path, "token", CHEAP)).test_client()
    text = browser.get("/setup/token").text
    assert "逃生演练训练营" in text
    assert 'name="ranking.ties"' not in text
    assert browser.post("/setup/token", data=TYPED, headers=OWN).status_code == 303
    assert browser.get("/office/").status_code == 200
    data_file.close(store)
