"""A lesson explains itself to its learner and to the coordinator; doubts are shown, settled, and never block."""

from __future__ import annotations

import re

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.hours.actions.corrections import correct_mark, withdraw
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.local import new_page
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts.checking import state_hash
from campmgr.facts.folding import rebuild
from tests.kit.desk_story import DAY, DESK, credited, declared, post, rows_shown, school


def _marked(pages, minutes: int, source: str = "platform"):
    """A pupil with one mark of V1 (60 minutes long), and the way to their own page."""
    (aya,) = school(pages, "阿雅")
    with pages.store.writing() as w:
        said = mark(w, people_by_id(w, [aya])[aya].code, MarkRow(DAY, "V1", minutes=minutes, source=source), "account:x")
        return aya, f"/p/{new_page(w, aya)}", said.fact


def test_the_own_page_leads_to_the_facts_and_the_rule_of_a_lesson(pages):
    _, own, fact = _marked(pages, 45)
    page = pages.browser().get(own).text
    assert f"{own}/lessons/V1" in page
    story = pages.browser().get(f"{own}/lessons/V1").text
    assert "0.75" in story
    assert "平台导出 · B" in story
    assert f'id="f-{fact[:12]}"' in story
    assert "按课程标明的课时计" in story
    assert "通知没有写明，由组织方决定" in story
    assert "现行规则为第 1 版" in story


def test_a_correction_stands_with_its_reason_and_what_it_replaced_is_struck_out(pages):
    aya, own, fact = _marked(pages, 45)
    with pages.store.writing() as w:
        correct_mark(w, people_by_id(w, [aya])[aya], fact, 30, "名册上是30分钟")
    story = pages.browser().get(f"{own}/lessons/V1").text
    assert "名册上是30分钟" in story
    assert len(re.findall('<li id="f-[0-9a-f]{12}" class="gone">', story)) == 1


def test_the_rule_that_took_something_is_named_with_its_version(pages):
    _, own, _ = _marked(pages, 60)
    with pages.store.writing() as w:
        amend_rule(w, "hours.day_cap_hundredths", "50", "试点")
    story = pages.browser().get(f"{own}/lessons/V1").text
    assert "6月5日超过每天最多 0.50 课时的部分不计：0.50 课时（约 30 分钟）" in story
    assert "每人每天最多计 0.50 课时" in story
    assert "现行规则为第 2 版" in story


def test_a_doubtful_mark_counts_is_shown_everywhere_and_goes_once_settled(pages):
    aya, own, _ = _marked(pages, 200)
    sentence = "一次登记 200 分钟，比课程全长 60 分钟还多"
    assert credited(pages, aya) == 100
    shown = [f"/desk/people/{aya}", f"/desk/people/{aya}/lessons/V1", f"{DESK}/review"]
    assert all(sentence in pages.browser("dora").get(path).text for path in shown)
    assert sentence in pages.browser().get(f"{own}/lessons/V1").text
    (case,) = re.findall('name="case" value="([^"]+)"', pages.browser("dora").get(f"/desk/people/{aya}").text)
    case = case.replace("&#34;", '"')
    assert post(pages, f"/desk/people/{aya}/doubts", case=case, answer="已问本人").status_code == 303
    assert post(pages, f"/desk/people/{aya}/doubts", case=case, answer="已问本人").status_code == 404
    assert not any(sentence in pages.browser("dora").get(path).text for path in shown)
    assert "已问本人" in pages.browser("dora").get(f"/desk/people/{aya}").text
    assert credited(pages, aya) == 100


def test_a_story_is_nobody_elses(pages):
    aya, own, _ = _marked(pages, 45)
    assert pages.browser("farid").get(f"/desk/people/{aya}/lessons/V1").status_code == 404
    assert pages.browser("elias").get(f"/desk/people/{aya}/lessons/V1").status_code == 200
    assert post(pages, f"/desk/people/{aya}/doubts", who="elias", case="x", answer="y").status_code == 403
    assert pages.browser().get(f"{own}/lessons/none").status_code == 404
    assert pages.browser().get("/p/none/lessons/V1").status_code == 404


def test_doubtful_marks_of_a_unit_are_settled_together(pages):
    aya, _, _ = _marked(pages, 200)
    (badi,) = school(pages, "巴迪")
    with pages.store.writing() as w:
        mark(w, people_by_id(w, [badi])[badi].code, MarkRow(DAY, "V1", minutes=90))
    sort, settle = "longer_than_lesson", f"{DESK}/review/settle"
    rows = sorted(set(rows_shown(pages, f"{DESK}/review?sort={sort}")))
    assert len(rows) == 2
    assert all(f"/desk/people/{each}" in pages.browser("dora").get(f"{DESK}/review").text for each in (aya, badi))
    assert post(pages, settle, sort=sort, row=[], answer="true").status_code == 422
    assert post(pages, settle, sort=sort, row=rows, answer="perhaps").status_code == 422
    assert post(pages, settle, who="farid", sort=sort, row=rows, answer="true").status_code == 404
    assert post(pages, settle, sort=sort, row=rows, answer="true", note="问过班主任").status_code == 303
    assert not rows_shown(pages, f"{DESK}/review")
    assert "问过班主任" in pages.browser("dora").get(f"/desk/people/{badi}").text


def test_declarations_that_need_a_second_look_say_why_and_are_not_ticked(pages):
    aya, badi = school(pages, "阿雅", "巴迪")
    declared(pages, aya, 55)
    declared(pages, badi, 30)
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V1", "家庭用电安全", 100, 40, "科普视频", "家庭"))
    text = pages.browser("dora").get(f"{DESK}/declarations").text
    ticks = re.findall('name="fact" value="[0-9a-f]+"( checked)?', text)
    assert sorted(ticks) == ["", " checked"]
    assert "一次登记 55 分钟，比课程全长 40 分钟还多" in text


def test_declarations_can_be_looked_at_class_by_class(pages):
    (aya,) = school(pages, "阿雅")
    (badi,) = school(pages, "巴迪", class_name="三年2班")
    for person in (aya, badi):
        declared(pages, person)
    one = pages.browser("dora").get(f"{DESK}/declarations?class=三年2班").text
    assert ("巴迪" in one, "阿雅" in one) == (True, False)
    facts = re.findall('name="fact" value="([0-9a-f]+)"', one)
    answer = post(pages, f"{DESK}/declarations?class=三年2班", fact=facts, answer="accept", reason="")
    assert answer.status_code == 303
    assert [credited(pages, each) for each in (aya, badi)] == [0, 50]


def test_forty_people_in_one_second_are_a_hint_and_a_class_is_not(pages):
    pupils = school(pages, *(f"学生{number:02}" for number in range(6)))
    with pages.store.writing() as w:
        amend_rule(w, "doubts.crowd", "5")
        codes = [people_by_id(w, [each])[each].code for each in pupils]
        for code in codes:
            mark(w, code, MarkRow(DAY, "V1", source="class"))
    assert "这一秒" not in pages.browser("dora").get(f"{DESK}/review").text
    with pages.store.writing() as w:
        for code in codes[:5]:
            mark(w, code, MarkRow(DAY, "V1", minutes=10, source="station"))
        before = state_hash(w)
        rebuild(w)
        assert state_hash(w) == before
    text = pages.browser("dora").get(f"{DESK}/review").text
    assert "这一秒逐个登记或申报了 5 人，其中这里 5 人" in text
    (row,) = rows_shown(pages, f"{DESK}/review")
    assert post(pages, f"{DESK}/review/settle", row=row, answer="true", note="补传").status_code == 303
    assert "这一秒" not in pages.browser("dora").get(f"{DESK}/review").text
    with pages.store.writing() as w:
        for fact in [row[0] for row in w.all("select fact from marks where source = 'station'")][:1]:
            withdraw(w, fact, "登错")
        assert w.value("select max(people) from crowds") == 4
