"""Syncing on the page of packs: by an address, by a picture of a QR code, by one press, by itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from campmgr.accounts.governing import NewAccount, Place, open_account
from campmgr.accounts.logging_in import open_device
from campmgr.app.web_app import Settings, create_app, end_jobs
from campmgr.areas.nodes.exchange.client import peer_words
from campmgr.areas.nodes.local.syncing import plan_of
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.files.qr import qr_png
from campmgr.web.current import EXTENSION
from tests.browser.served import listening
from tests.kit.child_laptop import COUNTY, taken_in
from tests.kit.office import found, hidden, see, send
from tests.kit.pages import CHEAP, OWN

PACKS, SYNC = "/office/packs/", "/office/packs/sync/"


@pytest.fixture
def child(pages, tmp_path):
    """A laptop that the camp's has taken in, and that has registered somebody since."""
    with taken_in(pages, tmp_path, whole=True) as (store, node, _):
        with store.writing() as w:
            people.register(w, Registration(COUNTY, "陈小红"))
        yield store, node


@pytest.fixture
def reached(child):
    """Its address while it is served, and its node."""
    app = create_app(child[0], Settings(child[0].path))
    with listening(app) as address:
        yield address, child[1]
    end_jobs(app)


def test_one_press_tells_what_went_and_came_and_the_address_is_kept(pages, reached):
    address, _ = reached
    assert "填对方的地址" in see(pages, PACKS)
    told = found(pages, SYNC, text=address)
    assert "与鼓楼区第1台同步了：送出 0 条，收到 2 条。" in told
    again = found(pages, SYNC, text=address)
    assert "没有新的内容" in again
    assert "和鼓楼区第1台同步" in again
    assert re.search(r"已参加</dt><dd><a[^>]*>1</a>", see(pages, "/office/"))


def test_a_picture_of_the_qr_code_says_where_and_which_laptop_it_is_to_be(pages, reached):
    address, node = reached
    assert "收到 2 条" in found(pages, SYNC, file=(qr_png(peer_words(address, node)), "photo.png"), text="")
    other = send(pages, SYNC, file=(qr_png(peer_words(address, "0" * 32)), "photo.png"), text="")
    assert (other.status_code, "不是二维码上的那台电脑" in other.text) == (422, True)


def test_what_keeps_it_from_going_stands_beside_the_field_with_what_to_do(pages, reached):
    address, _ = reached
    assert "不是地址" in send(pages, SYNC, text="").text
    away = send(pages, SYNC, text="127.0.0.1:9")
    assert (away.status_code, "没有开着的 campmgr" in away.text, "照常用 U 盘" in away.text) == (422, True, True)
    assert "没有成功" in see(pages, PACKS)
    itself = send(pages, SYNC, text=f"{address}/somewhere")
    assert (itself.status_code, "不是 campmgr" in itself.text) == (422, True)


def test_it_goes_by_itself_every_so_many_minutes_once_somebody_says_so(pages, reached):
    address, _ = reached

    def planned():
        with pages.store.reading() as r:
            return plan_of(r)

    assert send(pages, SYNC + "plan", address=address, minutes="30").status_code == 422
    found(pages, SYNC, text=address)
    assert planned().minutes == 0
    wrong = send(pages, SYNC + "plan", address=address, minutes="常常")
    assert (wrong.status_code, 'id="e-minutes"' in wrong.text, 'value="常常"' in wrong.text) == (422, True, True)
    assert send(pages, SYNC + "plan", address=address, minutes="30").status_code == 303
    assert planned() == (address, 30)
    assert 'value="30"' in see(pages, PACKS)


def test_a_laptop_that_others_reach_shows_its_address(pages):
    assert "手机和别的电脑也能打开" in see(pages, PACKS)
    frame = pages.app.extensions[EXTENSION]
    frame.settings = replace(frame.settings, addresses=lambda: ["http://127.0.0.1:8000", "http://" + "192.0.2.7:8000"])
    shown = see(pages, PACKS)
    assert "192.0.2.7:8000</p>" in shown
    assert 'class="qr"' in shown


def test_whoever_runs_a_laptop_syncs_from_the_desk(pages, child):
    """The laptop of the county, whose one account organizes it; above it stands the camp's."""
    store, _ = child
    with store.writing() as w:
        account = open_account(w, NewAccount("王老师", "wang", "battery staple"), Place("organizer", "350102"), cost=CHEAP)
        device = open_device(w, account.account, "Firefox", kept=True)
    app = create_app(store, Settings(store.path, cost=CHEAP, patience=60))
    browser = app.test_client()
    browser.set_cookie("campmgr", device)
    assert "现在同步" not in browser.get("/desk/").text
    with listening(pages.app) as address:
        assert browser.post(SYNC, data={"text": address}, headers=OWN).status_code == 303
        assert "本机记的，上级（全营的主机）都收到了" in browser.get("/desk/").text
        with store.writing() as w:
            people.register(w, Registration("350102", "陈小明"))
        home = browser.get("/desk/").text
        waits = re.search(r'href="([^"]+/carry-up)"><span class="n">2</span>', home)
        assert waits, home
        owed = browser.get(waits[1]).text
        assert sum(int(each) for each in re.findall(r'<span class="n">(\d+)</span>', owed)) == 2
        sent = browser.post(SYNC, data={"text": hidden(owed, "text")}, headers=OWN)
        assert "送出 2 条" in browser.get(sent.location).text
    end_jobs(app)
