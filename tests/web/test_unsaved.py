"""Typed work is never lost: kept for its account while typing, at a refusal and when the log-in has ended; it goes in time."""

from __future__ import annotations

import html
import re

import pytest

from campmgr.accounts.unsaved import sender_of
from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.ids import sha256
from tests.kit.desk_story import DAY, DESK, credited, post, school
from tests.kit.office import hidden, see
from tests.kit.pages import OWN, PASSWORD

SUMMARY = "/desk/units/3501-FL/summary"
TEXT = "组织了三场演练，\n参加 900 人"


def kept(pages, who: str = "dora") -> str:
    """What stands in the summary's field when its page is opened."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", see(pages, SUMMARY, who), re.DOTALL)
    return html.unescape(found[1]) if found else ""


def type_in(pages, text: str = TEXT, who: str = "dora"):
    """What the script sends while somebody types."""
    where = f"/desk/unsaved?page={SUMMARY}&action={SUMMARY}"
    return pages.browser(who).post(where, data={"text": text, "keeps": "1"}, headers=OWN | {"Referer": OWN["Origin"] + SUMMARY})


def hand_in(pages, browser, **typed: str):
    """The button is pressed on a page that was opened while logged in as Dora."""
    fields = {"text": TEXT, "what": "hand_in", "keeps": "1", "sender": _sender(pages)} | typed
    return browser.post(SUMMARY, data=fields, headers=OWN | {"Referer": OWN["Origin"] + SUMMARY})


def rows(pages) -> int:
    with pages.store.reading() as r:
        return r.value("select count(*) from local_unsaved")


def _sender(pages) -> str:
    with pages.store.reading() as r:
        return sender_of(r, pages.accounts["dora"].account)


def test_a_stranger_who_knows_an_account_by_its_facts_lays_no_form_before_it(pages):
    account = pages.accounts["dora"].account
    for sender in (account, sha256(account)[:32], sha256("sender " + account)[:32], _sender(pages)[:31], "𠮷", ""):
        assert hand_in(pages, pages.browser("nobody"), sender=sender).status_code == 403
    assert rows(pages) == 0


def test_what_is_typed_stands_there_again_for_its_account_alone_until_it_is_saved(pages):
    assert type_in(pages).status_code == 204
    assert kept(pages) == TEXT
    assert "还没有保存" in see(pages, SUMMARY, "dora")
    assert kept(pages, "elias") == kept(pages, "root") == ""
    drawn = hidden(see(pages, SUMMARY, "dora"), "shown")
    assert hand_in(pages, pages.browser("dora"), shown=drawn).status_code == 303
    assert (rows(pages), "这是您" in see(pages, SUMMARY, "dora")) == (0, False)


def test_a_refused_form_is_kept_without_scripts(pages):
    assert hand_in(pages, pages.browser("dora"), text="电话 13800001234").status_code in {409, 422}
    assert kept(pages) == "电话 13800001234"


def test_what_was_left_can_be_let_go(pages):
    type_in(pages)
    drop = re.search(r'<div class="note done" id="left".*?action="([^"]+)"', see(pages, SUMMARY, "dora"), re.DOTALL)
    assert drop is not None
    assert post(pages, drop[1]).location == SUMMARY
    assert kept(pages) == ""


def test_a_form_that_comes_after_the_log_in_has_ended_is_kept_and_stands_there_after_it(pages):
    see(pages, SUMMARY, "dora")
    browser = pages.browser("nobody")
    answer = hand_in(pages, browser)
    assert (answer.status_code, "刚才填的内容都存着" in answer.text) == (401, True)
    assert "三场" not in answer.text
    assert hidden(answer.text, "next") == SUMMARY
    entered = browser.post("/login", data={"login": "dora", "password": PASSWORD, "next": SUMMARY}, headers=OWN)
    assert entered.location == SUMMARY
    assert kept(pages) == TEXT
    assert kept(pages, "city") == ""


def test_a_press_that_comes_after_the_log_in_has_ended_is_sent_on_as_it_was(pages):
    aya, badis = school(pages, "阿雅", "巴迪")
    address = f"{DESK}/marking?class=*&what=V1&day={DAY}"
    text = see(pages, address, "dora")
    fields = {name: hidden(text, name) for name in ("client_id", "shown", "sender")}
    sent = {**fields, "class": "*", "what": "V1", "day": "other", "other_day": DAY, "person": [aya], "do": "record"}
    late = pages.browser("nobody").post(f"{DESK}/marking", data=sent, headers=OWN | {"Referer": OWN["Origin"] + address})
    assert (late.status_code, credited(pages, aya)) == (401, 0)
    again = see(pages, address, "dora")
    note = re.search(r'id="left".*?<form method="post" action="([^"]+)">(.*?)</form>', again, re.DOTALL)
    assert note is not None
    assert "接着发送" in note[2]
    typed = [(name, value) for name, value in re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', note[2], re.DOTALL)]
    resent = {name: [value for each, value in typed if each == name] for name, _ in typed} | {"resent": "1"}
    done = pages.browser("dora").post(html.unescape(note[1]), data=resent, headers=OWN | {"Referer": OWN["Origin"] + address})
    assert (done.status_code, credited(pages, aya), credited(pages, badis)) == (303, 100, 0)
    assert rows(pages) == 0


@pytest.mark.parametrize("who", ["dora", "nobody"])
def test_a_form_that_is_too_large_is_told_so_and_not_kept(pages, who):
    with pages.store.writing() as w:
        amend_rule(w, "limits.import_bytes", str(1024 * 1024), "试")
    answer = hand_in(pages, pages.browser(who), text="长" * 700_000)
    assert (answer.status_code, rows(pages)) in {(413, 0), (403, 0)}


def test_a_password_is_never_kept(pages):
    sender = _sender(pages)
    answer = pages.browser("nobody").post("/account/password", data={"old_password": "x", "sender": sender}, headers=OWN)
    assert (answer.status_code, rows(pages)) == (403, 0)


@pytest.mark.parametrize(("answer", "left"), [("keep", TEXT), ("drop", "")])
def test_logging_out_asks_what_becomes_of_it(pages, answer, left):
    type_in(pages)
    asked = post(pages, "/logout")
    assert asked.status_code == 303
    assert "有 1 页填了还没有保存" in see(pages, asked.location, "dora")
    assert post(pages, "/logout", unsaved=answer).status_code == 303
    del pages.browsers["dora"]
    assert kept(pages) == left


def test_what_was_left_goes_after_a_day_and_when_somebody_is_erased(pages):
    (aya,) = school(pages, "阿雅")
    type_in(pages)
    pages.clock.move(hours=25)
    assert kept(pages) == ""
    type_in(pages)
    with pages.store.writing() as w:
        people.erase(w, people_by_id(w, [aya])[aya], "本人要求")
    assert rows(pages) == 0


def test_what_was_left_for_an_older_state_is_not_saved_over_a_newer_one(pages):
    address = "/office/rules/ranking.length"
    drawn = hidden(see(pages, address, "root"), "shown")
    post(pages, f"/desk/unsaved?page={address}&action={address}", who="root", value="90", reason="试", shown=drawn, keeps="1")
    assert post(pages, address, who="root", value="80", reason="试").status_code == 303
    post(pages, f"/desk/unsaved?page={address}&action={address}", who="root", value="90", reason="试", shown=drawn, keeps="1")
    text = see(pages, address, "root")
    assert 'value="90"' in text
    stale = post(pages, address, who="root", value="90", reason="试", shown=hidden(text, "shown"))
    assert (stale.status_code, "现在是“80”" in stale.text) == (409, True)
