"""What was recorded last stands on a unit's page, and each is taken back in one press, by whoever may."""

from __future__ import annotations

import re

from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.desks.queries import recent
from tests.desks.test_sheets_pages import _kept as kept_sheet
from tests.desks.test_sheets_pages import _send as sent_sheet
from tests.kit.desk_story import DESK, credited, declared, post, school
from tests.kit.desk_story import mark as mark_all
from tests.kit.office import see, send


def _acts(pages, who: str = "dora") -> list[tuple[str, bool]]:
    """(The line, whether it can be taken back) of each act that is shown."""
    part = see(pages, DESK, who).partition('id="recent"')[2].partition("</section>")[0]
    return [
        (re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", each)).strip(), 'recent"' in each)
        for each in re.findall(r"<li>(.*?)</li>", part, re.DOTALL)
    ]


def _whats(pages, who: str = "dora") -> list[str]:
    return re.findall(r'name="what" value="([^"]+)"', see(pages, DESK, who))


def test_a_class_that_was_marked_stands_first_and_is_taken_back_in_one_press(pages):
    pupils = school(pages, "阿雅", "巴迪")
    mark_all(pages, pupils)
    first, can = _acts(pages)[0]
    assert ("2 人" in first, "V1" in first, "多拉" in first or "dora" in first, can) == (True, True, True, True), first
    assert [credited(pages, each) for each in pupils] == [100, 100]
    assert post(pages, f"{DESK}/recent", what=_whats(pages)[0]).status_code == 303
    assert [credited(pages, each) for each in pupils] == [0, 0]
    assert "已撤销" in _acts(pages)[0][0]
    assert _acts(pages)[0][1] is False


def test_a_pupil_added_by_hand_and_a_mark_of_one_are_told_by_name(pages):
    school(pages, "阿雅")
    assert send(pages, f"{DESK}/people/new", "dora", name="齐拉", kind="学校师生").status_code == 303
    line, can = _acts(pages)[0]
    assert ("齐拉" in line, can) == (True, True), line
    (what, *_rest) = _whats(pages)
    assert post(pages, f"{DESK}/recent", what=what).status_code == 303
    assert "齐拉" not in see(pages, f"{DESK}/people", "dora")


def test_what_participants_said_themselves_is_told_as_theirs(pages):
    (aya,) = school(pages, "阿雅")
    declared(pages, aya)
    assert "本人申报学习" in _acts(pages)[0][0]


def test_nothing_is_taken_back_that_the_page_does_not_show_or_that_others_see_alone(pages):
    pupils = school(pages, "阿雅")
    with pages.store.writing() as w:
        fact = mark(w, pupils[0], MarkRow("2023-06-05", lesson="V1")).fact
    assert post(pages, f"{DESK}/recent", what="none").status_code == 303
    assert post(pages, f"{DESK}/recent", "farid", what=fact).status_code == 404
    assert post(pages, f"{DESK}/recent", "elias", what=fact).status_code == 403
    assert credited(pages, pupils[0]) == 100
    assert all(not can for _, can in _acts(pages, "elias"))


def test_what_others_have_built_on_stays_and_the_line_says_why(pages):
    (aya,) = school(pages, "阿雅")
    mark_all(pages, [aya])
    what = _whats(pages)[0]
    with pages.store.writing() as w:
        fact = w.value("select chain from facts where kind = 'mark_recorded'")
    assert post(pages, f"/desk/people/{aya}/facts/{fact}/correct", minutes="20", reason="看错了").status_code == 303
    part = see(pages, DESK, "dora").partition('id="recent"')[2].partition("</section>")[0]
    assert ("有人在这上面改过 1 次" in part, what in _whats(pages)) == (True, False)  # no press that would be refused
    answer = post(pages, f"{DESK}/recent", what=what)
    assert "没有撤销" in see(pages, answer.headers["Location"], "dora")
    assert credited(pages, aya) > 0


def test_how_many_is_told_whole_however_few_are_looked_at(pages, monkeypatch):
    pupils = school(pages, *(f"学生{n}" for n in range(5)))
    mark_all(pages, pupils)
    monkeypatch.setattr(recent, "_LOOKED_AT", 4)
    assert _acts(pages)[0][0].startswith("5 人 ")


def test_of_two_classes_marked_alike_each_line_says_which_it_was(pages):
    school(pages)
    for name, class_name in (("阿雅", "三年1班"), ("巴迪", "三年１班"), ("齐拉", "三年2班"), ("迪娜", "三年2班")):
        sent = send(pages, f"{DESK}/people/new", "dora", name=name, kind="学校师生", class_name=class_name)
        assert sent.status_code == 303
    with pages.store.reading() as r:
        people = dict(r.all("select name, person from people"))
    for one, other in (("阿雅", "巴迪"), ("齐拉", "迪娜"), ("迪娜", "阿雅")):
        mark_all(pages, [people[one], people[other]], client_id=f"form-{one}", what="sign_in" if one == "迪娜" else "V1")
        pages.clock.move(minutes=1)
    told = [line.partition(" · dora")[0] for line, _ in _acts(pages)[:3]]
    assert ["年" in line for line in told] == [False, True, True], told
    assert ("三年2班" in told[1], "班" in told[2].partition("三年")[2]) == (True, True), told


def test_an_import_is_one_line_with_its_file_and_one_press_takes_all_of_it_back(pages):
    shown = sent_sheet(pages, "姓名,班级\n阿雅,三年1班\n巴迪,三年1班\n")
    post(pages, f"{DESK}/import/commit", **kept_sheet(shown), name="三年级.csv")
    acts = [each for each in _acts(pages) if "导入文件" in each[0]]
    assert [line.partition(" · 三年1班")[0] for line, _ in acts] == ["2 人 导入文件 · 三年级.csv"]
    assert not any("登记人员" in line for line, _ in _acts(pages))
    said = see(pages, post(pages, f"{DESK}/recent", what=_whats(pages)[0]).headers["Location"], "dora")
    assert "已撤销：2 人 导入文件 · 三年级.csv" in said
    assert "阿雅" not in see(pages, f"{DESK}/people", "dora")
