"""The answer to a request as a QR code and as text: whom it is for, what it brings, what is told where it is not whole."""

from __future__ import annotations

import random
import re
from html import unescape
from io import BytesIO

import pytest

from campmgr.app.web_app import Settings, create_app, store_of
from campmgr.areas.camp.actions import open_camp
from campmgr.areas.nodes import actions
from campmgr.areas.nodes.exchange.spoken_answer import answer_code, answer_told
from campmgr.areas.nodes.exchange.spoken_request import request_told
from campmgr.areas.nodes.files.packs import send_pack
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.secret import held_keys, unit_key
from campmgr.files.qr import qr_png
from campmgr.store import data_file
from campmgr.store.door import Store
from tests.kit.joining import GIVE, agreed, answer_of, figures_of
from tests.kit.office import send
from tests.kit.pages import CHEAP, OWN

WAITING = "/start/join/waiting"


@pytest.fixture
def laptop(tmp_path):
    """Makes laptops that wait for an answer, and their browsers."""
    stores: list[Store] = []

    def make(name: str = "鼓楼区教育局"):
        app = create_app(None, Settings(tmp_path / f"{len(stores)}" / "camp.sqlite", "", CHEAP))
        browser = app.test_client()
        assert browser.post("/start/join/", data={"name": name}, headers=OWN).location == WAITING
        store = store_of(app)
        assert store is not None
        stores.append(store)
        return browser, store

    yield make
    for store in stores:
        data_file.close(store)


def _taken_in(pages, browser, unit: str = "350102 鼓楼区", line: str = ""):
    asked = send(pages, GIVE, text="、".join(figures_of(browser.get(WAITING).text)))
    return agreed(pages, asked, unit, line)


def _words(taken_in) -> str:
    return unescape(re.findall(r'<p class="code">([^<]+)</p>', taken_in.text)[0])


def _codes(text: str) -> list[str]:
    return re.findall(r"<strong>([\d ]{14})</strong>", text)


def _answer(browser, text: str = "", file: tuple[bytes, str] = (b"", "")):
    data = {"text": text} | ({"file": (BytesIO(file[0]), file[1])} if file[1] else {})
    return browser.post("/start/join/answer", data=data, headers=OWN)


@pytest.mark.parametrize("way", ["picture", "text", "text of a chat"])
def test_an_answer_says_what_was_agreed_to_and_then_the_file_makes_it_so(pages, laptop, way):
    browser, store = laptop()
    taken_in = _taken_in(pages, browser, line="教育")
    words = _words(taken_in)
    chat = f"张科长：\n{words[:90].lower()}\n{words[90:]}　收到请回复"
    sent = {"picture": _answer(browser, file=(qr_png(words), "IMG_1.PNG")), "text": _answer(browser, words)}
    answer = sent[way] if way in sent else _answer(browser, chat)
    assert answer.location == WAITING
    shown = browser.get(WAITING).text
    assert '<p class="big">鼓楼区第1台</p>' in shown
    assert "教育条线" in shown
    assert set(_codes(taken_in.text)) < set(_codes(shown))
    assert _answer(browser, file=(answer_of(pages, taken_in), "同意加入.pack")).location == "/start/"
    with store.reading() as r:
        assert worlds.load(r).root_unit
        assert len(held_keys(r)) == 1


def test_the_code_brings_the_secret_of_its_unit(pages, laptop):
    browser, store = laptop()
    words = _words(_taken_in(pages, browser))
    with store.reading() as r, pages.store.reading() as above:
        told, world = answer_told(r, words), worlds.load(above)
        assert told.key == unit_key(above, world, told.unit)
        assert (told.campaign, world.tree.units[told.unit].code) == (world.campaign, "350102")
        assert answer_code(words) == told.check


def test_nobody_else_takes_an_answer(pages, laptop):
    (one, _), (other, _) = laptop(), laptop("台江区教育局")
    answer = _answer(other, _words(_taken_in(pages, one)))
    assert (answer.status_code, "给另一台电脑的答复" in answer.text) == (422, True)
    assert "上级同意了" not in other.get(WAITING).text


def test_what_is_altered_cut_or_nothing_is_told_beside_its_field(pages, laptop):
    browser, store = laptop()
    words, draw = _words(_taken_in(pages, browser)), random.Random(11)
    at, letters = words.index(" ") + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    with store.reading() as r:
        for _ in range(200):
            place = draw.randrange(at, len(words) - 1)  # the last letter holds bits that say nothing
            other = draw.choice(letters.replace(words[place], ""))
            with pytest.raises(BadInput):
                answer_told(r, words[:place] + other + words[place + 1 :])
        for _ in range(50):
            with pytest.raises(BadInput):
                answer_told(r, words[: draw.randrange(len(words) - 2)])
    for sent, sentence in (("", "还没有选文件"), ("好的，同意", "这里没有上级的答复"), (words[:-9], "不完整，或有字错了")):
        answer = _answer(browser, sent)
        assert (answer.status_code, sentence in answer.text, 'id="e-text"' in answer.text) == (422, True, True)


def test_after_an_answer_the_file_of_another_camp_is_refused(pages, laptop, tmp_path):
    """Whoever compared the figures is held to that camp: a file that somebody else has made for the same request goes nowhere."""
    browser, _ = laptop()
    _answer(browser, _words(_taken_in(pages, browser)))
    elsewhere = open_camp(tmp_path / "elsewhere.sqlite", "escape-drill-2023", CATALOGUE)
    with elsewhere.writing() as w:
        asked = request_told("".join(figures_of(browser.get(WAITING).text)))
        node = actions.enrol(w, asked, actions.Grant("350102"))
    send_pack(elsewhere, tmp_path / "theirs.pack", node, whole=True)
    data_file.close(elsewhere)
    answer = _answer(browser, file=((tmp_path / "theirs.pack").read_bytes(), "theirs.pack"))
    assert (answer.status_code, "没有写入" in answer.text) == (422, True)
    assert "上级同意了" in browser.get(WAITING).text
