"""The recovery sheet on pages: another one printed and put in force, and what it is good for; a laptop's other unit."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from campmgr.app.web_app import Settings, create_app, store_of
from campmgr.areas.camp.actions import open_camp
from campmgr.areas.nodes.exchange.recovering import take_over
from campmgr.areas.nodes.files.packs import accept_pack
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.recovery import new_recovery, recovery_of
from campmgr.store import data_file, upkeep
from tests.kit.joining import GIVE, agreed, answer_of, figures_of
from tests.kit.office import see, send
from tests.kit.pages import CHEAP, OWN

SHEET = "/office/nodes/recovery/"
ACCOUNT = {"name": "林老师", "login": "lin", "password": "battery staple"}


@pytest.fixture
def root(tmp_path):
    """A root whose first sheet is known, its browser, logged in, and the sheet."""
    paper = new_recovery()
    store = open_camp(tmp_path / "root.sqlite", "escape-drill-2023", CATALOGUE, recovery=paper)
    browser = create_app(store, Settings(store.path, "", CHEAP)).test_client()
    assert browser.post("/start/new", data=ACCOUNT, headers=OWN).location == "/office/"
    yield store, browser, paper
    data_file.close(store)


def _shown(browser) -> str:
    return re.findall(r"<code>([0-9A-Z-]{35})</code>", browser.get(SHEET).text)[0]


def _send(browser, **typed: str):
    return browser.post(SHEET, data=typed, headers=OWN)


def test_a_new_sheet_takes_the_place_of_the_old_one(root, tmp_path):
    store, browser, old = root
    new = _shown(browser)
    answer = _send(browser, recovery=new, old_recovery=old.words.lower(), printed="1")
    assert answer.location.startswith("/office/nodes/?")
    assert "旧的从现在起作废" in browser.get(answer.location).text
    with store.reading() as r:
        assert worlds.load(r).trust.recovery_key == recovery_of(new).signing.public
    upkeep.backup(store, tmp_path / "b.sqlite")
    for words, works in ((old.words, False), (new, True)):
        upkeep.restore(tmp_path / "b.sqlite", tmp_path / f"{works}.sqlite", CATALOGUE)
        with data_file.opened(tmp_path / f"{works}.sqlite", CATALOGUE) as restored, restored.writing(begins=False) as w:
            if works:
                take_over(w, recovery_of(words))
                continue
            with pytest.raises(BadInput, match="已被新的恢复单取代"):
                take_over(w, recovery_of(words))


@pytest.mark.parametrize(("old", "printed", "field", "sentence"), [
    ("", "1", "old_recovery", "四组"), ("another", "1", "old_recovery", "不是这个训练营的"), ("right", "", "printed", "先打印"),
])  # fmt: skip
def test_nothing_is_replaced_without_the_old_sheet_and_a_printed_new_one(root, old, printed, field, sentence):
    store, browser, paper = root
    shown = _shown(browser)
    words = {"": "", "another": new_recovery().words, "right": paper.words}[old]
    answer = _send(browser, recovery=shown, old_recovery=words, printed=printed)
    assert (answer.status_code, sentence in answer.text, f'id="e-{field}"' in answer.text) == (422, True, True)
    assert shown in answer.text  # what was printed meanwhile stays the one that is asked about
    with store.reading() as r:
        assert worlds.load(r).trust.recovery_key == paper.signing.public


def test_a_laptop_is_given_another_unit_and_takes_it_from_the_new_file(pages, tmp_path):
    app = create_app(None, Settings(tmp_path / "child.sqlite", "", CHEAP))
    browser = app.test_client()
    browser.post("/start/join/", data={"name": "鼓楼区"}, headers=OWN)
    asked = send(pages, GIVE, text=" ".join(figures_of(browser.get("/start/join/waiting").text)))
    first = agreed(pages, asked, "350102 鼓楼区", "教育")
    browser.post("/start/join/answer", data={"file": (BytesIO(answer_of(pages, first)), "a.pack")}, headers=OWN)
    browser.post("/start/new", data=ACCOUNT, headers=OWN)
    again = re.findall(r'href="(/office/nodes/join/\w+/again)"', see(pages, "/office/nodes/"))[0]
    asked = pages.browser("root").get(pages.browser("root").get(again).location)
    assert "改单位：鼓楼区第1台" in asked.text
    assert 'value="教育" selected' in asked.text
    second = agreed(pages, asked, "350103 台江区")
    assert "台江区第1台" in second.text
    (tmp_path / "b.pack").write_bytes(answer_of(pages, second))
    held = store_of(app)
    assert held is not None
    accept_pack(held, tmp_path / "b.pack")
    with held.reading() as r:
        world = worlds.load(r)
        (node,) = [each for each in world.trust.nodes() if world.trust.grants(each)]
        assert world.tree.units[world.trust.grants(node)[-1].unit].code == "350103"
    data_file.close(held)
