"""A laptop out of the box joins a camp, page by page: by figures, by picture and by file; and what goes wrong on the way."""

from __future__ import annotations

import random
import re
from io import BytesIO

import pytest

from campmgr.app.web_app import Settings, create_app, store_of
from campmgr.areas.nodes.exchange.spoken_request import qr_words, request_told, spoken
from campmgr.areas.nodes.queries.nodes import Request
from campmgr.errors import BadInput
from campmgr.files.qr import qr_png
from campmgr.ledger.hpke import new_sealing_key, sealing_key_beside, sealing_public_beside
from campmgr.ledger.seal import key_from
from campmgr.store import data_file
from tests.kit.joining import GIVE, agreed, answer_of, asked_by_file, figures_of
from tests.kit.office import see, send
from tests.kit.pages import CHEAP, OWN

ELSEWHERE = "camp.example"
WAITING = "/start/join/waiting"
ACCOUNT = {"name": "王老师", "login": "wang", "password": "battery staple"}


@pytest.fixture
def child(tmp_path):
    """A laptop without a data file, and its browser."""
    app = create_app(None, Settings(tmp_path / "child" / "camp.sqlite", "", CHEAP))
    yield app, app.test_client()
    held = store_of(app)
    if held is not None:
        data_file.close(held)


def _ask(browser, name: str = "鼓楼区"):
    assert browser.post("/start/join/", data={"name": name}, headers=OWN).location == WAITING
    return browser.get(WAITING).text


def _take(browser, pack: bytes):
    return browser.post("/start/join/answer", data={"file": (BytesIO(pack), "answer.pack")}, headers=OWN)


def test_a_laptop_joins_by_figures_and_its_organizer_runs_it(pages, child):
    _, browser = child
    shown = _ask(browser)
    asked = send(pages, GIVE, text="、".join(figures_of(shown)))
    assert "核对码" in asked.text
    code = re.findall(r"<strong>([\d ]{14})<", asked.text)
    assert (len(code), code) == (1, re.findall(r"<strong>([\d ]{14})<", shown))
    taken_in = agreed(pages, asked, "350102 鼓楼区", "教育")
    assert "已同意：鼓楼区第1台" in taken_in.text
    assert _take(browser, answer_of(pages, taken_in)).location == "/start/"
    assert browser.get("/start/").location == "/start/new"
    assert re.search(r"本机已有：[\d,]+ 个单位，\d+ 人，共 [1-9][\d,]* 条记录。", browser.get("/start/new").text)
    assert browser.post("/start/new", data=ACCOUNT, headers=OWN).location == "/desk/"
    assert "鼓楼区" in browser.get("/desk/").text
    assert "/office/nodes/" in browser.get("/office/units/").text
    assert "本机" in browser.get("/office/nodes/").text
    assert browser.get(WAITING).status_code == 404


def test_the_picture_and_the_file_say_the_same_as_the_figures(pages, child):
    _, browser = child
    told = request_told("".join(figures_of(_ask(browser, "鼓楼区教育局"))))
    words = qr_words(Request(told.key, told.sealing_key, "鼓楼区教育局"))
    by_picture = asked_by_file(pages, qr_png(words), "photo.png")
    by_file = asked_by_file(pages, browser.get("/start/join/request.json").data)
    for page in (by_picture, by_file):
        assert told.key in page.text
        assert told.sealing_key in page.text
        assert '<p class="big">鼓楼区教育局</p>' in page.text


def test_pressing_twice_takes_in_once(pages, child):
    asked = send(pages, GIVE, text=" ".join(figures_of(_ask(child[1]))))
    for _ in range(2):
        assert "第1台" in agreed(pages, asked, "350102 鼓楼区").text
    assert see(pages, "/office/nodes/").count("鼓楼区第1台") == 1
    with pages.store.reading() as r:
        assert r.value("select count(*) from facts where kind = 'node_enrolled'") == 1


def test_a_request_made_by_mistake_is_let_go(child, tmp_path):
    _, browser = child
    _ask(browser)
    assert (tmp_path / "child" / "camp.sqlite").exists()
    assert browser.post("/start/join/leave", headers=OWN).location == "/start/"
    assert not (tmp_path / "child" / "camp.sqlite").exists()
    assert "加入已有的训练营" in browser.get("/start/").text


@pytest.mark.parametrize("sent", [b"", b"campmgr pack 1\n", b"PK\x03\x04"])
def test_what_is_no_answer_is_told_beside_its_field(child, sent):
    _, browser = child
    _ask(browser)
    answer = _take(browser, sent)
    assert (answer.status_code, 'id="e-file"' in answer.text) == (422, True)


def test_one_s_own_request_is_no_answer(child):
    _, browser = child
    _ask(browser)
    answer = _take(browser, browser.get("/start/join/request.json").data)
    assert (answer.status_code, "交给上级" in answer.text) == (422, True)


def test_the_answer_for_another_laptop_opens_nothing(pages, child, tmp_path):
    _, browser = child
    other = create_app(None, Settings(tmp_path / "other.sqlite", "", CHEAP))
    theirs = agreed(pages, send(pages, GIVE, text=" ".join(figures_of(_ask(other.test_client())))), "3502 厦门市")
    _ask(browser)
    answer = _take(browser, answer_of(pages, theirs))
    assert (answer.status_code, 'id="e-file"' in answer.text) == (422, True)
    assert figures_of(browser.get(WAITING).text)
    held = store_of(other)
    assert held is not None
    data_file.close(held)


@pytest.mark.parametrize("path", ["/start/", "/start/restore", "/start/join/", WAITING, "/start/new"])
@pytest.mark.parametrize("asked", [{"environ_base": {"REMOTE_ADDR": "192.168.1.9"}}, {"base_url": f"http://{ELSEWHERE}"}])
def test_nobody_elsewhere_begins_here(child, path, asked):
    """Neither from another machine, nor by a name that somebody lets lead to this one."""
    _, browser = child
    assert browser.get(path, **asked).status_code == 403
    here = asked.get("base_url", "http://localhost")
    answer = browser.post("/start/join/", data={"name": "x"}, headers={"Origin": here}, **asked)
    assert (answer.status_code, store_of(child[0])) == (403, None)


def _request(seed: int, name: str = "") -> Request:
    key = key_from(random.Random(seed).randbytes(32))
    return Request(key.public, sealing_key_beside(key.private).public, name)


def test_a_sealing_key_is_told_by_the_signing_key():
    for seed in range(200):
        asked = _request(seed)
        assert sealing_public_beside(asked.key) == asked.sealing_key
        assert request_told("".join(spoken(asked))) == asked
    assert spoken(Request(_request(1).key, new_sealing_key().public)) == ()


def test_what_is_heard_wrong_is_named():
    """One figure, two that changed places, a group left out or doubled, two groups that changed places."""
    draw, seen = random.Random(7), set()
    for seed in range(400):
        groups = list(spoken(_request(seed)))
        place, at = draw.randrange(10), draw.randrange(9)
        match draw.choice(["figure", "swap", "out", "twice", "groups"]):
            case "figure":
                figure = (int(groups[place][at]) + draw.randrange(1, 10)) % 10
                groups[place] = groups[place][:at] + str(figure) + groups[place][at + 1 :]
                words = f"第 {place + 1} 组"
            case "swap":
                pair = groups[place][at : at + 2]
                groups[place] = groups[place][:at] + pair[::-1] + groups[place][at + 2 :]
                words = f"第 {place + 1} 组" if pair[0] != pair[1] else ""
            case "out":
                del groups[place]
                words = "90 个数字"
            case "twice":
                groups.insert(place, groups[place])
                words = "110 个数字"
            case _:
                other = (place + 1) % 10
                groups[place], groups[other] = groups[other], groups[place]
                words = "调换了先后"
        if not words:
            continue
        seen.add(_wrong(groups, words, _request(seed)))
    assert len(seen) > 8


def _wrong(groups: list[str], words: str, asked: Request) -> str:
    """What is said of groups that were heard wrong; of a hundred swaps of two groups about one fits all sums."""
    if words != "调换了先后":
        with pytest.raises(BadInput, match=words):
            request_told(" ".join(groups))
        return words
    try:
        return str(request_told(" ".join(groups)).key != asked.key)
    except BadInput as problem:
        return problem.sentence
