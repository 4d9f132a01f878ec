"""Whom a search finds by what is quickly typed, and what an erasure leaves of it: nothing."""

from __future__ import annotations

import pytest

from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.queries import searching
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.people.queries.roster import search
from campmgr.facts import world as worlds
from tests.kit.called import unit_called

ROSTER = """
    张小明 20230001 13812345678
    张晓梅 20230002 13900001234
    单雄信 A-17
    曾小乐 z9
    仇英
    解珍
    区适
    查良
    尉迟恭
    吕布
    𠮷田𠮷
    阿里·买买提
    Li Wei
    诸葛亮亮 007
"""


@pytest.fixture
def found(camp):
    """Whom a text finds in the province, by name."""
    with camp.store.writing() as w:
        for line in filter(None, map(str.strip, ROSTER.splitlines())):
            name, number, phone = ("Li Wei", "", "") if line == "Li Wei" else (*line.split(), "", "")[:3]
            register(w, Registration("S2", name, number, "二班", phone))

    def find(text: str, unit: str = "35") -> set[str]:
        with camp.store.reading() as r:
            world = worlds.load(r)
            return {row.name for row in search(r, world, unit_called(r, unit), text).rows}

    return find


FINDS = """
    小明 → 张小明
    张小 → 张小明
    明 → 张小明
    葛亮 → 诸葛亮亮
    亮亮 → 诸葛亮亮
    zhangxiao → 张小明 张晓梅
    zhang xiao ming → 张小明
    zhāng xiǎo → 张小明 张晓梅
    xi'ao → 张小明 张晓梅 曾小乐
    xiaomei → 张晓梅
    ZXM → 张小明 张晓梅
    ｚｘｍ → 张小明 张晓梅
    shan → 单雄信
    dan →
    zeng → 曾小乐
    ceng →
    zxy → 曾小乐
    zxl → 曾小乐
    qiu → 仇英
    xie → 解珍
    ou → 区适
    zha → 查良 张小明 张晓梅 张三
    cha →
    yuchi → 尉迟恭
    ycg → 尉迟恭
    lvbu → 吕布
    lübu → 吕布
    Lyu → 吕布
    tian → 𠮷田𠮷
    𠮷 → 𠮷田𠮷
    𠮷田 → 𠮷田𠮷
    买买提 → 阿里·买买提
    阿里买 → 阿里·买买提
    阿里•买 → 阿里·买买提
    liwei → Li_Wei
    li w → Li_Wei
    2023 → 张小明 张晓梅
    20230002 → 张晓梅
    ０００２ → 张晓梅
    5678 → 张小明
    1234 → 张晓梅
    13812345678 → 张小明
    138 1234 5678 → 张小明
    1381234 →
    a-1 → 单雄信
    A17 → 单雄信
    007 → 诸葛亮亮
    08 →
    ··· →
    % →
    _ →
    ' →
"""


def test_who_is_found(found):
    for line in filter(str.strip, FINDS.splitlines()):
        text, names = line.split("→")
        assert found(text.strip()) == {name.replace("_", " ") for name in names.split()}, line


def test_only_people_of_the_unit_are_found_and_a_member_is_one_of_them(found, camp):
    assert (found("小明", "S1"), found("小明", "S2"), found("三", "S1")) == (set(), {"张小明"}, {"张三"})
    with camp.store.writing() as w:
        people.add_membership(w, find_person(w, "20230001"), "F1")
    assert found("zxm", "F1") == {"张小明"}


def test_where_more_fit_than_are_looked_at_a_small_unit_is_still_searched_whole(found, camp, monkeypatch):
    monkeypatch.setattr(searching, "MOST", 3)
    monkeypatch.setattr(searching, "FEW", 3)
    with camp.store.reading() as r:
        world = worlds.load(r)
        few, many = (search(r, world, unit_called(r, unit), "zha") for unit in ("S1", "35"))
    assert ({row.name for row in few.rows}, few.is_whole, many.is_whole) == ({"张三"}, True, False)


def test_whoever_was_erased_is_found_by_nothing_and_no_byte_of_the_words_is_left(found, camp):
    words = ["xiaoming", "zhangxiaoming", "小明", "#5678"]
    with camp.store.writing() as w:
        person = find_person(w, "20230001")
        assert w.value("select count(*) from person_words where person = :person", person=person.person) == 9
        people.erase(w, person, "本人要求")
    camp.store.empty_log()
    assert [found(word) for word in ("小明", "5678", "20230001", "xiaoming")] == [set()] * 4
    held = camp.store.path.read_bytes()
    assert [word for word in words if word.encode() in held] == []


def test_a_new_name_is_found_and_the_old_one_is_not(found, camp):
    with camp.store.writing() as w:
        people.change_details(w, find_person(w, "20230001"), name="张大明")
    assert (found("小明"), found("daming")) == (set(), {"张大明"})


def test_a_rebuild_finds_the_same(found, camp):
    def words() -> list[tuple]:
        return camp.rows("select person, word from person_words order by person, word")

    before = words()
    assert camp.whole()
    assert (words() == before, len(before) > 50) == (True, True)
