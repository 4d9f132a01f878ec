"""Logging in: the right password, the wrong one, too many of them; what ends a log-in."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from campmgr.accounts import local
from campmgr.accounts.logging_in import PER_ADDRESS, STRANGERS, From, log_in
from campmgr.accounts.passwords import hash_password
from campmgr.errors import BadInput
from campmgr.ids import sha256
from tests.kit.office import agree
from tests.kit.pages import OWN, PASSWORD


def _log_in(pages, login="dora", password=PASSWORD, browser=None, **more):
    browser = browser or pages.app.test_client()
    return browser.post("/login", data={"login": login, "password": password} | more, headers=OWN)


@pytest.mark.parametrize("login", ["dora", " Dora ", "ＤＯＲＡ"])
def test_the_right_password_opens_the_desk(pages, login):
    browser = pages.app.test_client()
    response = _log_in(pages, login, browser=browser)
    assert (response.status_code, response.location) == (303, "/desk/")
    assert browser.get("/desk/").status_code == 200


@pytest.mark.parametrize(("login", "begins"), [("root", "/office/"), ("city", "/office/"), ("dora", "/desk/"), ("elias", "/desk/")])
def test_whoever_organizes_other_units_begins_at_the_office(pages, login, begins):
    browser = pages.app.test_client()
    assert _log_in(pages, login, browser=browser).location == begins
    assert browser.get("/login").location == begins
    assert f'href="{begins}"' in browser.get("/account").text.partition("</header>")[0]


def test_the_cookie_is_kept_from_scripts_and_foreign_forms(pages):
    cookie = _log_in(pages).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert "Max-Age" not in cookie
    assert "Max-Age=2592000" in _log_in(pages, kept="1").headers["Set-Cookie"]


def test_over_https_the_cookie_is_secure(pages):
    response = pages.app.test_client().post(
        "/login",
        data={"login": "dora", "password": PASSWORD},
        base_url="https://localhost",
        headers={"Origin": "https://localhost"},
    )
    assert "Secure" in response.headers["Set-Cookie"]


def test_only_the_hash_of_the_token_is_stored(pages):
    token = _log_in(pages).headers["Set-Cookie"].split("=")[1].split(";")[0]
    with pages.store.reading() as r:
        assert r.value("select count(*) from local_devices where token_hash = :hash", hash=sha256(token)) == 1
        assert token not in str(r.all("select * from local_devices"))


@pytest.mark.parametrize(("login", "password"), [("dora", "wrong horse"), ("nobody", PASSWORD)])
def test_a_wrong_password_brings_the_form_back(pages, login, password):
    response = _log_in(pages, login, password)
    assert response.status_code == 422
    assert "登录名或密码不对" in response.text
    assert f'value="{login}"' in response.text
    assert password not in response.text


def _guess(pages, **more):
    return _log_in(pages, password="wrong horse", **more)  # noqa: S106 - made up


def test_each_wrong_password_makes_the_next_try_wait_longer_and_none_for_more_than_a_quarter_of_an_hour(pages):
    for _ in range(STRANGERS.free):
        assert _guess(pages).status_code == 422
    for seconds in (15, 30, 60, 120, 240, 480, 900, 900):
        pages.clock.move(seconds=seconds - 1)
        assert _log_in(pages).status_code == 429
        pages.clock.move(seconds=1)
        assert _guess(pages).status_code == 422
    assert _log_in(pages, "elias").status_code == 303
    pages.clock.move(minutes=15)
    assert _log_in(pages).status_code == 303
    assert _guess(pages).status_code == 422


def test_a_stranger_keeps_nobody_out_of_a_browser_where_they_have_been(pages):
    own = pages.app.test_client()
    _log_in(pages, browser=own)
    own.post("/logout", headers=OWN)
    for _ in range(STRANGERS.free + 1):
        _guess(pages)
    assert _log_in(pages).status_code == 429
    assert _log_in(pages, browser=own).status_code == 303


def test_a_known_browser_guesses_as_slowly_as_any_and_knows_one_name_only(pages):
    own = pages.app.test_client()
    _log_in(pages, browser=own)
    for _ in range(STRANGERS.free):
        assert _guess(pages, browser=own).status_code == 422
    assert _guess(pages, browser=own).status_code == 429
    for _ in range(STRANGERS.free):
        assert _guess(pages, login="elias", browser=own).status_code == 422
    assert _log_in(pages, "elias").status_code == 429


def test_headers_give_nobody_another_address(pages):
    for number in range(PER_ADDRESS.most):
        browser = pages.app.test_client()
        told = {"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.0.{number}", "Forwarded": f"for=10.0.0.{number}"}
        browser.post("/login", data={"login": f"one{number}", "password": "x"}, headers=OWN | told)
    assert _log_in(pages).status_code == 429


def test_the_present_password_is_guessed_as_slowly(pages):
    dora = pages.browser("dora")
    for _ in range(STRANGERS.free):
        sent = dora.post("/account/password", data={"old": "wrong horse", "new": "four little words"}, headers=OWN)
        assert "现在的密码不对" in sent.text
    sent = dora.post("/account/password", data={"old": PASSWORD, "new": "four little words"}, headers=OWN)
    assert "尝试次数太多" in sent.text
    pages.clock.move(seconds=15)
    assert dora.post("/account/password", data={"old": PASSWORD, "new": "four little words"}, headers=OWN).status_code == 303


def test_a_clock_set_back_makes_nobody_wait_for_years(pages):
    for _ in range(STRANGERS.free + 1):
        _guess(pages)
    pages.clock.move(days=-3000)
    assert _log_in(pages).status_code == 303


def test_a_name_that_nobody_has_takes_as_long_as_a_wrong_password(pages):
    cost, rounds = "scrypt:4096:8:1", 30
    with pages.store.writing() as w:
        row = local.account_of_login(w, "dora")
        assert row
        local.put_account(w, replace(row, password=hash_password(PASSWORD, cost)))
    taken = {"dora": 0.0, "nobody": 0.0}
    for number in range(rounds):
        for login in taken:
            pages.clock.move(minutes=16)
            began = time.process_time()
            with pytest.raises(BadInput):
                log_in(pages.store, login, "wrong", From(f"10.0.0.{number}", ""), cost=cost)
            taken[login] += time.process_time() - began if number else 0
    assert 0.75 < taken["nobody"] / taken["dora"] < 1.33, taken


def test_an_address_that_tries_many_names_is_stopped(pages):
    for number in range(PER_ADDRESS.most):
        _log_in(pages, f"somebody{number}")
    assert _log_in(pages).status_code == 429


def test_right_passwords_are_not_counted_against_an_address(pages):
    for _ in range(PER_ADDRESS.most + 1):
        assert _log_in(pages).status_code == 303


def test_a_closed_account_is_out_at_once(pages):
    dora = pages.browser("dora")
    assert dora.get("/desk/").status_code == 200
    account = pages.accounts["dora"].account
    assert agree(pages, f"/office/accounts/{account}/close").status_code == 303
    assert dora.get("/desk/").location == "/login?next=/desk/"
    assert dora.post("/account/password", headers=OWN).status_code == 403
    assert _log_in(pages).status_code == 422
    pages.browser("root").post(f"/office/accounts/{account}/open", headers=OWN)
    assert _log_in(pages).status_code == 303


def test_a_log_in_ends_when_the_browser_was_long_away(pages):
    browser = pages.app.test_client()
    _log_in(pages, browser=browser)
    pages.clock.move(hours=11)
    assert browser.get("/desk/").status_code == 200
    pages.clock.move(hours=11)
    assert browser.get("/desk/").status_code == 200
    pages.clock.move(hours=13)
    assert browser.get("/desk/").status_code == 303


def test_logging_out_ends_the_log_in_on_the_server_too(pages):
    browser = pages.app.test_client()
    token = _log_in(pages, browser=browser).headers["Set-Cookie"].split("=")[1].split(";")[0]
    assert browser.post("/logout", headers=OWN).location == "/"
    browser.set_cookie("campmgr", token)
    assert browser.get("/desk/").status_code == 303


def test_another_device_of_mine_can_be_logged_out(pages):
    here, there = pages.browser("dora"), pages.app.test_client()
    _log_in(pages, browser=there)
    with pages.store.reading() as r:
        device = r.value("select device from local_devices where label = :label", label="未知浏览器")
    assert pages.browser("farid").post(f"/account/devices/{device}/close", headers=OWN).status_code == 404
    assert there.get("/desk/").status_code == 200
    assert here.post(f"/account/devices/{device}/close", headers=OWN).location == "/account"
    assert there.get("/desk/").status_code == 303
    assert here.get("/desk/").status_code == 200


def test_a_new_password_logs_the_other_devices_out(pages):
    here, there = pages.browser("dora"), pages.app.test_client()
    _log_in(pages, browser=there)
    wrong = here.post("/account/password", data={"old": "wrong", "new": "battery staple"}, headers=OWN)
    assert (wrong.status_code, "现在的密码不对" in wrong.text) == (422, True)
    assert here.post("/account/password", data={"old": PASSWORD, "new": "battery staple"}, headers=OWN).status_code == 303
    assert (here.get("/desk/").status_code, there.get("/desk/").status_code) == (200, 303)
    assert (_log_in(pages).status_code, _log_in(pages, password="battery staple").status_code) == (422, 303)  # noqa: S106 - made up


@pytest.mark.parametrize("weak", ["short", "12345678", "aaaaaaaaaa", "dora"])
def test_a_weak_password_is_refused_beside_its_field(pages, weak):
    response = pages.browser("dora").post("/account/password", data={"old": PASSWORD, "new": weak}, headers=OWN)
    assert response.status_code == 422
    assert 'id="e-new"' in response.text


@pytest.mark.parametrize(
    "onward", ["//evil.example.org/", "https://evil.example.org/", "/\\evil.example.org", "javascript:alert(1)"]
)
def test_nobody_is_led_away_after_logging_in(pages, onward):
    assert _log_in(pages, next=onward).location == "/desk/"
    assert _log_in(pages, next="/desk/units/3501?x=1").location == "/desk/units/3501?x=1"
