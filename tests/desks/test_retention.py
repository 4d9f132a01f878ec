"""Once the day until which details are kept has passed, somebody looks and presses: names go everywhere, every total stays."""

from __future__ import annotations

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.people.actions import retention
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.actions.retention import erase_retained
from campmgr.errors import Refused
from tests.kit.desk_story import UNIT, mark, school
from tests.kit.office import agree, see, send

AT = "/office/retention/"
PAST, TODAY = "2023-06-09", "2023-06-10"
NAMES = ("欧阳留存甲", "欧阳留存乙", "欧阳留存丙")


def keep_until(store, day: str) -> None:
    with store.writing() as w:
        amend_rule(w, "people.keep_until", day)


def held(store) -> int:
    with store.reading() as r:
        return int(r.value("select count(*) from people where erased = 0"))


def totals(store) -> list[tuple]:
    with store.reading() as r:
        return r.all("select * from unit_totals order by unit, line") + r.all("select * from unit_days order by 1, 2, 3")


def test_without_a_day_or_before_it_there_is_nothing_to_press(pages):
    school(pages, *NAMES)
    assert "还没有定日期" in see(pages, AT)
    for day in (TODAY, "2024-01-01"):
        keep_until(pages.store, day)
        text = see(pages, AT)
        assert f"保存到 {day}，还没有到期" in text
        assert "一共 3 人" in text
        assert 'class="card act' not in text
    assert send(pages, AT, seen="x", sure="1").status_code == 303
    assert held(pages.store) == 3
    with pytest.raises(Refused), pages.store.writing() as w:
        erase_retained(w)


def test_it_is_looked_at_first_then_names_go_and_every_total_stays(pages, monkeypatch):
    monkeypatch.setattr(retention, "RUN", 2)
    people = school(pages, *NAMES)
    with pages.store.writing() as w:
        register(w, Registration(UNIT, "监护下的孩子", "K1", guardian=True))
    mark(pages, people)
    before = totals(pages.store)
    keep_until(pages.store, PAST)
    text = see(pages, AT)
    assert all(words in text for words in ("一共 4 人", "福州市", "已经过期", "一个数也不变"))
    assert send(pages, AT, sure="1").status_code == 409
    assert held(pages.store) == 4, "a press without a look does nothing"
    agree(pages, AT)
    assert held(pages.store) == 0
    assert totals(pages.store) == before
    assert all(name.encode() not in pages.store.path.read_bytes() for name in NAMES)
    assert "root删除了 4 人的个人信息" in see(pages, AT)
    with pages.store.reading() as r:
        said = r.all("select distinct actor, body from facts where kind = 'person_erased'")
    assert [(actor, body) for actor, body in said] == [
        (pages.accounts["root"].actor, f'{{"reason":"个人信息保存期限已到（{PAST}）"}}')
    ]


def test_an_organizer_of_a_part_does_not_press(pages):
    keep_until(pages.store, PAST)
    assert pages.browser("city").get(AT).status_code == 403


def test_whoever_comes_after_it_was_pressed_is_asked_for_anew(pages):
    school(pages, *NAMES[:1])
    keep_until(pages.store, PAST)
    agree(pages, AT)
    school(pages, *NAMES[1:])
    assert "一共 2 人" in see(pages, AT)
    agree(pages, AT)
    assert held(pages.store) == 0
    assert "删除了 3 人的个人信息" in see(pages, AT)


def test_details_go_on_every_laptop_that_hears_of_it_and_its_totals_stay(cast):
    root, below = cast.root(), cast.new("A", "2023-06-01T09:00")
    root.adds("S1", "350102", "学校")
    root.enrols(below, "S1")
    people = [below.joins("S1", name, f"00{number}") for number, name in enumerate(NAMES)]
    below.marks(people[0], "V1")
    below.sends(root)
    keep_until(root.store, "2023-05-31")
    with root.store.writing() as w:
        assert erase_retained(w) == 3
    root.store.empty_log()
    root.gives(below)
    for node in (root, below):
        assert held(node.store) == 0
        assert node.total("hours") == 100
        assert not [name for name in NAMES if name.encode() in node.bytes_on_disk()]
    assert root.hash == below.hash == root.rebuilt() == below.rebuilt()


def test_a_laptop_erases_whom_it_may_and_says_who_is_left(cast):
    root, below = cast.root(), cast.new("A", "2023-06-01T09:00")
    root.adds("S1", "350102", "学校")
    root.enrols(below, "S1")
    below.joins("S1", NAMES[0], "001")
    keep_until(root.store, "2023-05-31")
    root.gives(below)
    with below.store.writing() as w:
        assert erase_retained(w) == 1
        assert erase_retained(w) == 0
    below.sends(root)
    assert held(root.store) == 0
