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
from campmgr.facts.recovery import new_recovery
from campmgr.store import data_file
from tests.kit.pages import CHEAP, OWN
from tests.kit.set_up import SetUpForm, first_page, press, set_up_pages, step_of

PRESET = "escape-drill-2023"
ACCOUNT = {"name": "林老师", "login": "lin", "password": "battery staple"}
TYPED = {"preset": PRESET} | ACCOUNT
DEPENDENT = {"hours.unit_minutes", "hours.bands", "ranking.tie_breaks", "ranking.draw_seed"}


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


def test_the_steps_show_every_rule_and_ask_every_open_question(app):
    """But those which an answer leaves without a meaning."""
    text = "".join(page for _step, page in set_up_pages(app.test_client(), PRESET))
    lines = CATALOGUE.book.preset(PRESET).show()
    for line in lines:
        if line.key in DEPENDENT:
            continue
        assert line.label.removesuffix("（单位：百分之一课时）") in text
        assert (f'name="{line.key}"' in text) or not line.is_open
    assert "达到 8 个课时以上" in text
    assert "百分之一" not in text
    assert {line.key for line in lines} >= DEPENDENT


def test_an_answer_decides_which_page_comes_next(app):
    browser = app.test_client()
    hours = press(browser, first_page(browser, PRESET))
    assert step_of(press(browser, hours)) == "ranking"
    bands = press(browser, hours, hours__rule="bands")
    assert (step_of(bands), 'id="f-hours.bands"' in bands.text, "hours.unit_minutes" in bands.text) == ("hours-more", True, False)
    minutes = press(browser, hours, hours__rule="minutes_per_unit")
    assert (step_of(minutes), 'id="f-hours.unit_minutes"' in minutes.text) == ("hours-more", True)
    assert step_of(press(browser, minutes)) == "ranking"
    more = press(browser, press(browser, hours), ranking__ties="broken")
    assert 'name="ranking.draw_seed"' in more.text


@pytest.mark.parametrize("preset", sorted(set(CATALOGUE.presets) - {"camp", PRESET}))
def test_an_activity_alone_has_its_own_first_step(app, preset):
    pages = dict(set_up_pages(app.test_client(), preset))
    assert (next(iter(pages)), "<strong>活动</strong>" in pages["camp"], "<strong>训练营</strong>" in pages["camp"]) == (
        "camp",
        True,
        False,
    )


def test_what_was_typed_stays_through_every_step_forth_and_back(app):
    browser = app.test_client()
    page = press(browser, first_page(browser, PRESET), camp__name="福州逃生演练营")
    page = press(browser, page, hours__rule="minutes_per_unit")
    page = press(browser, page, hours__unit_minutes="40")
    page = press(browser, page, ranking__ties="1-2-2-3")
    while step_of(page) != "account":
        page = press(browser, page)
    code = SetUpForm(page.text).fields["recovery"]
    page = press(browser, page, "back", kept="1", **ACCOUNT)
    assert "battery staple" not in page.text
    while step_of(page) != "camp":
        page = press(browser, page, "back")
    assert SetUpForm(page.text).fields["camp.name"] == "福州逃生演练营"
    while step_of(page) != "account":
        page = press(browser, page)
    fields = SetUpForm(page.text).fields
    assert [fields[name] for name in ("name", "login", "kept", "recovery")] == ["林老师", "lin", "1", code]
    assert press(browser, page, "open", **ACCOUNT).location == "/office/"
    store = store_of(app)
    assert store is not None
    with store.reading() as r:
        rules = worlds.load(r).rules
    assert (rules[Camp].name, rules[Hours].rule, rules[Hours].unit_minutes) == ("福州逃生演练营", "minutes_per_unit", 40)
    assert rules[Ranking].ties == "1-2-2-3"


@pytest.mark.parametrize(
    ("before", "wrong"),
    [(0, {"camp__name": " "}), (0, {"live__ends_on": "2023-02-30"}), (0, {"camp__base_address": "我的网站"}),
     (0, {"people__keep_until": "2023-07-01", "live__ends_on": "2023-07-31"}), (1, {"hours__default_hundredths": "-1"}),
     (2, {"publicity__days": "many"})],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_step(app, before, wrong):
    browser = app.test_client()
    page = first_page(browser, PRESET)
    for _each in range(before):
        page = press(browser, page)
    refused = press(browser, page, **wrong)
    assert (refused.status_code, step_of(refused)) == (422, step_of(page))
    assert f'id="e-{next(iter(wrong)).replace("__", ".")}"' in refused.text


def test_a_preset_says_of_whom_its_units_are(app):
    assert "自带 137 个单位：福建省和下级" in app.test_client().get("/setup/token").text


def test_an_answer_without_a_meaning_is_neither_judged_nor_written(app):
    sent = TYPED | {"hours.rule": "proportional", "hours.bands": "nonsense", "hours.unit_minutes": "0"}
    assert app.test_client().post("/setup/token", data=sent, headers=OWN).location == "/office/"
    store = store_of(app)
    assert store is not None
    with store.reading() as r:
        assert worlds.load(r).rules[Hours] == CATALOGUE.book.preset(PRESET)[Hours]


def test_a_link_chooses_nobodys_recovery_code(app):
    browser = app.test_client()
    code = new_recovery().words
    page = browser.get("/setup/token", query_string={"preset": PRESET, "from": "ranking", "recovery": code, "login": "evil"})
    while step_of(page) != "account":
        page = press(browser, page)
    assert (code in page.text, "evil" in page.text) == (False, False)


def test_opening_writes_the_decisions_and_logs_the_organizer_in(app):
    browser = app.test_client()
    decided = {"ranking.ties": "1-2-2-3", "live.ends_on": "2023-06-30", "camp.name": "福州逃生演练营"}
    assert browser.post("/setup/token", data=TYPED | decided, headers=OWN).location == "/office/"
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
