"""Whoever sends a form while something large is being written sees it sent again by itself, with all it said."""

from __future__ import annotations

import threading

from playwright.sync_api import expect

from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.whole import CATALOGUE
from campmgr.store.door import Store
from tests.browser.conftest import PHONE

_NAME = "西门再试"


def test_a_form_that_came_at_a_bad_moment_is_sent_again_by_itself(visit, served):
    with served.store.writing() as w:
        code = make_join_code(w, served.built.school).code
    phone = visit(size=PHONE)
    phone.goto(f"/j/{code}")
    phone.get_by_label("姓名").fill(_NAME)
    phone.locator("[name=consent]").check()
    other, begun, go_on = Store(served.store.path, CATALOGUE), threading.Event(), threading.Event()

    def hold() -> None:
        with other.writing(alone=True):
            begun.set()
            go_on.wait(60)

    holding = threading.Thread(target=hold)
    holding.start()
    assert begun.wait(60)
    phone.locator("main form button").last.click()
    expect(phone.get_by_text("这一步还没有保存")).to_be_visible()
    go_on.set()
    holding.join()
    expect(phone.get_by_text(_NAME).first).to_be_visible()
    other.close()
    with served.store.reading() as r:
        assert r.value("select count(*) from people where name = :name", name=_NAME) == 1
