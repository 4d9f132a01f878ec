"""No authority outlives its holder; equals close each other by two; links lead where the pages are served, whatever Host says."""

from __future__ import annotations

import re

import pytest

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.areas.camp.actions import amend_rule
from tests.kit.desk_story import school
from tests.kit.office import agree, see, told_before
from tests.kit.pages import CHEAP, OWN, PASSWORD
from tests.kit.program import Program

HERE = "http://localhost"


def _post(pages, path: str, who: str = "root", **data):
    return pages.browser(who).post(path, data=data, headers=OWN)


def _invite(pages, who: str = "city", unit: str = "3501-X1", role: str = "organizer") -> str:
    text = _post(pages, "/office/accounts/invite", who, role=role, unit=unit, line="", name="新人").text
    return re.findall(rf">{HERE}(/link/\w+)<", text)[0]


def _organizer(pages, name: str, unit: str) -> str:
    with pages.store.writing() as w:
        made = governing.open_account(w, NewAccount(name, name, PASSWORD), Place("organizer", unit), cost=CHEAP)
    pages.accounts[name] = made
    return made.account


def test_an_invitation_dies_with_the_place_of_whoever_made_it(pages):
    link = _invite(pages)
    assert pages.browser().get(link).status_code == 200
    assert agree(pages, f"/office/accounts/{pages.accounts['city'].account}/close").status_code == 303
    assert pages.browser().get(link).status_code == 404
    sent = {"login": "new", "name": "新人", "password": "battery staple"}
    assert pages.browser().post(link, data=sent, headers=OWN).status_code == 404
    _post(pages, f"/office/accounts/{pages.accounts['city'].account}/open")
    assert pages.browser().get(link).status_code == 404


def test_an_invitation_is_listed_and_can_be_cancelled_by_whoever_is_above(pages):
    link = _invite(pages)
    listed = pages.browser("root").get("/office/accounts").text
    (cancel,) = re.findall(r'action="(/office/accounts/invitations/\w+/cancel)"', listed)
    _organizer(pages, "elsewhere", "3502")
    assert _post(pages, cancel, "elsewhere").status_code == 404
    assert _post(pages, cancel, "dora").status_code == 403
    assert _post(pages, cancel).status_code == 303
    assert pages.browser().get(link).status_code == 404
    assert _post(pages, cancel).status_code == 404


def test_two_organizers_of_one_place_need_a_third_to_close_one_of_them(pages):
    first, second = _organizer(pages, "first", "3501"), _organizer(pages, "second", "3501")
    assert _post(pages, f"/office/accounts/{second}/close", "first").status_code == 404
    for _ in range(2):
        assert _ask_closing(pages, second, "first").status_code == 303
    assert pages.browser("second").get("/office/").status_code == 200
    assert _post(pages, f"/office/accounts/{second}/ask-closing", "second").status_code == 404
    assert "同意停用" in pages.browser("city").get("/office/accounts").text
    asked = see(pages, f"/office/accounts/{second}/close", "city")
    assert ("同意停用账号：second" in asked, "要由上级恢复" in asked) == (True, True)
    assert _ask_closing(pages, second, "city").status_code == 303
    assert pages.browser("second").get("/office/").status_code == 303
    assert pages.browser("first").get("/office/").status_code == 200
    assert first


def test_what_changed_since_a_closing_was_looked_at_is_shown_first(pages):
    at = f"/office/accounts/{pages.accounts['city'].account}/close"
    looked_at = told_before(see(pages, at))
    assert "会没有人接着办" in see(pages, at)
    _invite(pages)
    again = _post(pages, at, sure="1", **looked_at)
    assert (again.status_code, "份由它发出、还没有用的邀请" in again.text) == (409, True)
    assert pages.browser("city").get("/office/").status_code == 200
    assert _post(pages, at, **told_before(again.text)).status_code == 422
    for _ in range(2):
        assert _post(pages, at, sure="1", **told_before(again.text)).status_code == 303
    assert pages.browser("city").get("/office/").status_code == 303


def _ask_closing(pages, account: str, who: str):
    told = told_before(see(pages, f"/office/accounts/{account}/close", who))
    return _post(pages, f"/office/accounts/{account}/ask-closing", who, **{"sure": "1"} | told)


@pytest.mark.parametrize("asker", ["root", "dora", "farid"])
def test_asking_to_close_is_for_equals_alone(pages, asker):
    assert _post(pages, f"/office/accounts/{pages.accounts['city'].account}/ask-closing", asker).status_code in {403, 404}


def test_the_command_line_lists_closes_and_resets(pages, capsys):
    program = Program(pages.store.path, capsys)
    program.fails(3, "unknown_account", "account", "close", "nobody")
    listed = program.json("account", "list")["accounts"]
    (dora,) = [each for each in listed if each["login"] == "dora"]
    assert (dora["role"], dora["unit"], dora["line"], dora["active"]) == ("coordinator", "3501", "", True)
    link = program.json("account", "reset", " DORA ")["link"]
    assert pages.browser("dora").get("/desk/").status_code == 200
    sent = pages.browser().post(link, data={"password": "four little words"}, headers=OWN)
    assert sent.status_code == 303
    assert program.json("account", "close", "dora") == {"login": "dora", "active": False}
    assert pages.browser("dora").get("/desk/").status_code == 303
    assert "已停用" in program("account", "list").out


EVIL = {"Host": "evil.example.com", "Origin": "http://evil.example.com"}


def test_no_link_is_made_of_the_host_header(pages):
    (aya,) = school(pages, "阿雅")
    with pages.store.writing() as w:
        account = governing.login_link(w, pages.accounts["root"].account)
    browser = pages.app.test_client()
    browser.post(f"/link/{account}", base_url="http://evil.example.com", headers=EVIL)

    def asked(path: str, **typed: str):
        answer = browser.post(path, data=typed, base_url="http://evil.example.com", headers=EVIL)
        return browser.get(answer.location, base_url="http://evil.example.com") if answer.status_code == 303 else answer

    answers = [
        asked("/office/accounts/invite", role="viewer", unit="3501", line=""), asked(f"/desk/people/{aya}/link"),
        browser.get("/desk/units/3501-X1/codes", base_url="http://evil.example.com"),
    ]  # fmt: skip
    for answer in answers:
        assert answer.status_code == 200
        assert "evil.example.com" not in answer.text
    own = re.findall(rf">{HERE}(/p/\w+)<", answers[1].text)[0]
    assert "evil.example.com" not in browser.get(own, base_url="http://evil.example.com").text
    with pages.store.writing() as w:
        amend_rule(w, "camp.base_address", "https://camp.example.org", reason="网址")
    assert "https://camp.example.org/link/" in _post(pages, "/office/accounts/invite", role="viewer", unit="3501", line="").text
