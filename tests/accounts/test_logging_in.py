"""Logging in: the right password, the wrong one, too many of them; what ends a log-in."""

from __future__ import annotations

import pytest

from campmgr.accounts.logging_in import PER_ACCOUNT, PER_ADDRESS
from campmgr.ids import sha256
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


def test_too_many_wrong_passwords_stop_even_the_right_one_for_a_while(pages):
    for _ in range(PER_ACCOUNT):
        assert _log_in(pages, password="wrong horse").status_code == 422  # noqa: S106 - made up
    assert _log_in(pages).status_code == 429
    assert _log_in(pages, "elias").status_code == 303
    pages.clock.move(minutes=16)
    assert _log_in(pages).status_code == 303


def test_an_address_that_tries_many_names_is_stopped(pages):
    for number in range(PER_ADDRESS):
        _log_in(pages, f"somebody{number}")
    assert _log_in(pages).status_code == 429


def test_right_passwords_are_not_counted_against_an_address(pages):
    for _ in range(PER_ADDRESS + 1):
        assert _log_in(pages).status_code == 303


def test_a_closed_account_is_out_at_once(pages):
    dora = pages.browser("dora")
    assert dora.get("/desk/").status_code == 200
    account = pages.accounts["dora"].account
    assert pages.browser("root").post(f"/office/accounts/{account}/close", headers=OWN).status_code == 303
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
