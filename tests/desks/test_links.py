"""One-time links: invitations, new passwords, log-ins without typing."""

from __future__ import annotations

import re

import pytest

from campmgr.accounts.governing import login_link
from tests.kit.office import agree
from tests.kit.pages import OWN

INVITATION = {"role": "coordinator", "unit": "3501 福州市", "line": "教育", "name": "陈晓", "client_id": "form-1"}
NEW = {"name": "陈晓", "login": "chen", "password": "battery staple"}


def _invite(pages, who="root", **other):
    return pages.browser(who).post("/office/accounts/invite", data=INVITATION | other, headers=OWN)


def _address(response) -> str:
    return re.findall(r">http[^<]*(/link/[0-9a-f]{32})<", response.text)[0]


def test_an_invitation_opens_an_account_once(pages):
    path = _address(_invite(pages))
    newcomer = pages.app.test_client()
    assert "福州市（教育）" in newcomer.get(path).text
    assert newcomer.get(path).status_code == 200
    assert newcomer.post(path, data=NEW, headers=OWN).location == "/desk/"
    assert "福州市" in newcomer.get("/desk/").text
    again = pages.app.test_client().post(path, data=NEW | {"login": "other"}, headers=OWN)
    assert (again.status_code, "已经用过" in again.text) == (404, True)


def test_an_invitation_can_be_copied_and_warns_where_no_phone_gets_in(pages):
    shown = _invite(pages).text
    assert ("data-copies=" in shown, "copy.js" in shown, "任何手机都打不开" in shown) == (True, True, True)


def test_pressing_twice_leaves_one_invitation_and_the_later_link(pages):
    first, second = _address(_invite(pages)), _address(_invite(pages))
    assert pages.browser().get(first).status_code == 404
    assert pages.browser().get(second).status_code == 200
    assert pages.browser("root").get("/office/accounts").text.count("陈晓") == 1


def test_the_same_form_with_other_words_is_refused(pages):
    _invite(pages)
    assert _invite(pages, role="organizer").status_code == 422


def test_an_invitation_ends(pages):
    path = _address(_invite(pages))
    pages.clock.move(days=14)
    assert pages.browser().get(path).status_code == 404


@pytest.mark.parametrize(
    ("who", "unit", "status"), [("city", "3501", 200), ("city", "3501-X1", 200), ("city", "3502", 422), ("city", "35", 422)]
)
def test_nobody_invites_into_what_is_not_theirs(pages, who, unit, status):
    assert _invite(pages, who, unit=unit, line="").status_code == status


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"login": "dora"}, "login"),
        ({"login": ""}, "login"),
        ({"name": "x" * 200}, "name"),
        ({"password": "short"}, "password"),
        ({"password": "chen"}, "password"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_rest_stays(pages, typed, field):
    path = _address(_invite(pages))
    response = pages.browser().post(path, data=NEW | typed, headers=OWN)
    assert response.status_code == 422
    assert f'id="e-{field}"' in response.text
    assert re.search(rf'name="{field}"[^>]*autofocus', response.text)
    assert pages.browser().post(path, data=NEW, headers=OWN).status_code == 303


def test_markup_and_rare_characters_in_a_name_are_just_characters(pages):
    name = "<b>𠮷&"
    text = _invite(pages, name=name).text
    assert "&lt;b&gt;𠮷&amp;" in text
    assert name not in text


def test_a_higher_account_resets_a_password_by_link(pages):
    account = pages.accounts["dora"].account
    response = pages.browser("city").post(f"/office/accounts/{account}/reset", headers=OWN)
    path = _address(response)
    browser = pages.app.test_client()
    assert browser.post(path, data={"password": "battery staple"}, headers=OWN).location == "/desk/"
    assert pages.browser("dora").get("/desk/").status_code == 200
    assert browser.post(path, data={"password": "another staple"}, headers=OWN).status_code == 404


def test_a_reset_logs_every_browser_out(pages):
    dora, account = pages.browser("dora"), pages.accounts["dora"].account
    path = _address(pages.browser("root").post(f"/office/accounts/{account}/reset", headers=OWN))
    assert pages.app.test_client().post(path, data={"password": "battery staple"}, headers=OWN).status_code == 303
    assert dora.get("/desk/").status_code == 303


def test_a_link_of_a_closed_account_is_dead(pages):
    with pages.store.writing() as w:
        token = login_link(w, pages.accounts["dora"].account)
    agree(pages, f"/office/accounts/{pages.accounts['dora'].account}/close")
    assert pages.browser().get(f"/link/{token}").status_code == 404


def test_a_log_in_link_works_again_for_whoever_closed_the_browser(pages):
    with pages.store.writing() as w:
        token = login_link(w, pages.accounts["elias"].account)
    assert pages.app.test_client().post(f"/link/{token}", headers=OWN).status_code == 303
    other = pages.app.test_client()
    assert other.post(f"/link/{token}", headers=OWN).status_code == 303
    assert other.get("/desk/").status_code == 200


def test_a_log_in_link_needs_one_press_and_no_typing(pages):
    with pages.store.writing() as w:
        token = login_link(w, pages.accounts["elias"].account)
    browser = pages.app.test_client()
    assert browser.get(f"/link/{token}").status_code == 200
    assert browser.get("/desk/").status_code == 303
    assert browser.post(f"/link/{token}", headers=OWN).location == "/desk/"
    assert browser.get("/desk/").status_code == 200
