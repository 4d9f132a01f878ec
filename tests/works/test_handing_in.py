"""A work handed in with the four boxes of F-17, on one's own page, at the desk, by command: which texts, and when."""

from __future__ import annotations

import hashlib
import json
from html import unescape

import pytest

from campmgr.areas.camp.actions import amend_rules
from campmgr.areas.people.local import new_page
from campmgr.areas.works.settings import Works
from campmgr.facts import world as worlds
from tests.kit.desk_story import DESK, school, told_at, undone
from tests.kit.office import hidden, see
from tests.kit.pages import OWN
from tests.kit.program import Program

LINK = "https://v.example.org/a1?utm=2"
TYPED = {"title": "一分钟疏散", "link": f"看看我的作品 {LINK} 复制打开", "account": "个人号", "published_on": "2023-06-05"}
BOXES = ["0", "1", "2", "3"]


@pytest.fixture
def own(pages) -> str:
    """The address of a pupil's own works."""
    (person,) = school(pages, "阿雅")
    with pages.store.writing() as w:
        return f"/p/{new_page(w, person)}/works"


def _send(pages, at: str, who: str = "nobody", boxes=BOXES, **typed: str):
    told = TYPED | {"shown": hidden(see(pages, at, who), "shown"), "agreed": boxes} | typed
    return pages.browser(who).post(at, data=told, headers=OWN)


def _facts(pages, kind: str) -> list[dict]:
    with pages.store.reading() as r:
        return [json.loads(body) for (body,) in r.all("select body from facts where kind = :kind", kind=kind)]


def _texts(pages) -> tuple[tuple[str, ...], str]:
    with pages.store.reading() as r:
        asked = worlds.load(r).rules[Works]
        return asked.agreements, asked.agreements_version


def test_the_four_statements_stand_on_the_page_each_with_its_box(pages, own):
    text, (texts, version) = unescape(see(pages, own, "nobody")), _texts(pages)
    assert len(texts) == 4
    assert all(each in text for each in texts)
    assert text.count('name="agreed"') == 4
    assert f"{version} 版" in text


@pytest.mark.parametrize("boxes", [[], ["0"], ["0", "1", "2"], ["0", "0", "0", "0"], ["9", "1", "2", "3"]])
def test_each_box_must_be_ticked(pages, own, boxes):
    answer = _send(pages, own, boxes=boxes)
    assert answer.status_code == 422
    assert "每一项都勾选" in answer.text
    assert TYPED["title"] in answer.text
    assert not _facts(pages, "work_registered")


def test_a_participant_hands_in_with_texts_and_version_in_a_fact(pages, own):
    answer = _send(pages, own, client_id="one")
    assert answer.status_code == 303, answer.text
    (work,), (agreed,) = _facts(pages, "work_registered"), _facts(pages, "work_agreed")
    texts, version = _texts(pages)
    assert (work["title"], work["link"], work["account"]) == ("一分钟疏散", LINK, "个人号")
    assert agreed["statements"] == [[version, hashlib.sha256(each.encode()).hexdigest()[:16]] for each in texts]
    shown = see(pages, told_at(answer), "nobody")
    assert "作品已交" in shown
    assert f"{version} 版" in shown
    assert "2023-06-10 09:00" in shown
    _send(pages, own, client_id="one")  # pressed twice
    _send(pages, own, client_id="two")  # said again
    assert (len(_facts(pages, "work_registered")), len(_facts(pages, "work_agreed"))) == (1, 1)


def test_it_is_taken_back_in_one_press_until_likes_were_read(pages, own):
    answer = _send(pages, own)
    undone(pages, answer, "nobody")
    assert "一分钟疏散" not in see(pages, own, "nobody")
    assert _send(pages, own).status_code == 303
    assert "一分钟疏散" in see(pages, own, "nobody")
    with pages.store.reading() as r:
        work = r.value("select work from works")
    assert pages.browser("nobody").post(f"/p/none/works/{work}/back", headers=OWN).status_code == 404


def test_a_coordinator_hands_in_and_takes_back_in_one_press(pages):
    (person,) = school(pages, "阿雅")
    answer = _send(pages, f"{DESK}/works", "dora", author=person)
    assert answer.status_code == 303, answer.text
    assert "已承诺" in see(pages, f"{DESK}/works", "dora")
    undone(pages, answer)
    assert "一分钟疏散" not in see(pages, f"{DESK}/works", "dora")


def test_the_work_of_somebody_else_and_links_indoors_are_refused(pages, own):
    assert _send(pages, own).status_code == 303
    (other,) = school(pages, "巴迪")
    assert "别人名下" in _send(pages, f"{DESK}/works", "dora", author=other).text
    assert "内网" in _send(pages, own, link="http://" + "nas.local/v").text
    assert "号码" in _send(pages, own, link="https://v.example.org/2", title="找我 13800138000").text
    assert "今天以后" in _send(pages, own, link="https://v.example.org/3", published_on="2031-01-01").text
    assert len(_facts(pages, "work_registered")) == 1


def test_a_page_drawn_before_the_texts_changed_is_shown_anew_and_agreeing_again_is_kept(pages, own):
    shown = hidden(see(pages, own, "nobody"), "shown")
    assert _send(pages, own).status_code == 303
    with pages.store.writing() as w:
        amend_rules(w, {"works.agreements_version": "2"}, "改版")
    stale = _send(pages, own, shown=shown, link="https://v.example.org/5")
    assert stale.status_code == 409
    assert "刚才有了改动" in stale.text
    assert _send(pages, own).status_code == 303
    assert [each["statements"][0][0] for each in _facts(pages, "work_agreed")] == ["2023-05-25", "2"]
    assert len(_facts(pages, "work_registered")) == 1


def test_the_command_asks_for_the_same(program: Program):
    words = ("work", "hand-in", "--person", "003", "--link", LINK, "--title", "一分钟疏散")
    refused = program(*words)
    assert refused.code == 2
    assert "每一项" in refused.err
    assert program.json(*words, "--agreed")["agreed"] == ["2023-05-25"]
    assert [each["agreed"] for each in program.json("work", "list", "--person", "003")["works"]] == [["2023-05-25"]]
