"""A class is marked in one press, known ones are left alone, and the batch can be taken back."""

from __future__ import annotations

import re

import pytest

from campmgr.areas.hours.actions.corrections import correct_mark
from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.finding import people_by_id
from tests.kit.desk_story import DAY, DESK, UNIT, credited, mark, post, school, ticked, undone
from tests.kit.office import hidden, see


def person_of(w, person: str):
    return people_by_id(w, [person])[person]


def test_nobody_is_ticked_before_a_class_is_chosen_and_one_press_records_them_as_one_batch(pages):
    aya, badis, chiara = school(pages, "阿雅", "巴迪", "齐拉")
    asked = f"{DESK}/marking?what=V1&day={DAY}"
    assert ticked(see(pages, asked, "dora")) == []
    text = see(pages, f"{asked}&class=三年1班", "dora")
    assert sorted(ticked(text)) == sorted([aya, badis, chiara])
    assert 'class="count">3</span> 人 · V1' in text
    response = mark(pages, [aya, badis])
    assert response.status_code == 303
    assert "已登记 全部人员 2 人 · V1 家庭用电安全" in see(pages, response.location, "dora")
    assert [credited(pages, each) for each in (aya, badis, chiara)] == [100, 100, 0]


def test_minutes_are_said_with_what_they_are_worth_before_and_after_the_press(pages):
    (aya,) = school(pages, "阿雅")
    asked = f"{DESK}/marking?what=V1&day={DAY}&class=三年1班"
    assert "每人 1.00 课时" in see(pages, asked, "dora")
    text = see(pages, f"{asked}&minutes=30", "dora")
    assert "每人最多 0.50 课时" in text
    assert "人 · V1 · 30 分钟" in text
    wrong = see(pages, f"{asked}&minutes=很久", "dora")
    assert "课时，" not in wrong
    assert "人 · V1</span>" in wrong
    answer = mark(pages, [aya], minutes="30")
    assert credited(pages, aya) == 50
    assert "已登记 全部人员 1 人 · V1 家庭用电安全 · 30 分钟。" in see(pages, answer.location, "dora")


def test_no_lesson_is_chosen_that_nobody_chose(pages):
    aya, *_others = school(pages, "阿雅", "巴迪")
    assert mark(pages, [aya], what="sign_in").status_code == 303
    text = see(pages, f"{DESK}/marking", "dora")
    assert 'id="c-what-sign_in"' in text
    assert not re.search(r'name="what"[^>]*checked', text)


@pytest.mark.parametrize(
    "meanwhile", [{"class": "三年2班"}, {"what": "sign_in"}, {"day": "2023-06-06"}, {"what": "V9"}, {"day": ""}]
)
def test_choices_that_are_not_what_the_list_was_drawn_for_record_nothing(pages, meanwhile):
    (aya,) = school(pages, "阿雅")
    (badis,) = school(pages, "巴迪", class_name="三年2班")
    drawn = hidden(see(pages, f"{DESK}/marking?what=V1&day={DAY}&class=三年1班", "dora"), "shown")
    answer = mark(pages, [aya], **{"class": "三年1班", "shown": drawn} | meanwhile)
    assert answer.status_code == 409
    assert "一个人也还没有登记" in answer.text
    assert [credited(pages, each) for each in (aya, badis)] == [0, 0]
    if "class" in meanwhile:
        assert ticked(answer.text) == [badis]
        again = mark(pages, [badis], **{"class": "三年2班", "shown": hidden(answer.text, "shown")})
        assert (again.status_code, credited(pages, badis)) == (303, 100)


def test_a_day_that_is_none_is_said_beside_it(pages):
    (aya,) = school(pages, "阿雅")
    answer = mark(pages, [aya], day="other", other_day="昨天")
    assert (answer.status_code, "请填日期" in answer.text) == (409, True)


def test_the_next_class_keeps_lesson_and_day(pages):
    school(pages, "甲", class_name="一年1班")
    (first,) = school(pages, "乙", class_name="一年2班")
    (second,) = school(pages, "丙", class_name="一年3班")
    answer = mark(pages, [first], **{"class": "一年2班"})
    text = see(pages, answer.location, "dora")
    assert "接着是一年3班，课程和日子没变" in text
    assert ticked(text) == [second]
    assert "登记 一年3班" in text


def test_who_left_the_class_while_the_list_stood_is_counted_out_and_said(pages):
    aya, badis = school(pages, "阿雅", "巴迪")
    with pages.store.writing() as w:
        people.move(w, person_of(w, badis), pages.unit("3501-X2"))
    answer = mark(pages, [aya, badis])
    assert "有 1 人已经不在名单上，没有登记" in see(pages, answer.location, "dora")
    assert [credited(pages, each) for each in (aya, badis)] == [100, 0]


def test_what_others_have_built_on_is_not_taken_back_in_one_press(pages):
    (aya,) = school(pages, "阿雅")
    answer = mark(pages, [aya])
    with pages.store.writing() as w:
        fact = w.value("select chain from facts where kind = 'mark_recorded'")
        correct_mark(w, person_of(w, aya), fact, 30, "提前离开")
    text = see(pages, answer.location, "dora")
    assert "之后有人在这上面改过 1 次" in text
    assert "撤销</button>" not in text


def test_only_who_did_it_can_take_it_back_in_one_press(pages):
    (aya,) = school(pages, "阿雅")
    answer = mark(pages, [aya])
    done = answer.location.partition("done=")[2]
    assert "note good done" not in see(pages, answer.location, "jiao")
    assert post(pages, f"/desk/done/{done}", who="jiao").status_code == 404
    assert credited(pages, aya) == 100


def test_pressing_twice_counts_once(pages):
    (aya,) = school(pages, "阿雅")
    assert mark(pages, [aya]).location == mark(pages, [aya]).location
    with pages.store.reading() as r:
        assert r.value("select count(*) from facts where kind = 'mark_recorded'") == 1


def test_who_is_marked_already_is_shown_and_not_ticked(pages):
    aya, badis = school(pages, "阿雅", "巴迪")
    mark(pages, [aya], minutes="20")
    text = pages.browser("dora").get(f"{DESK}/marking?what=V1&day={DAY}&class=*").text
    assert ticked(text) == [badis]
    assert "20 分钟" in text
    again = mark(pages, [aya], "form-2", minutes="20")
    assert (again.status_code, "都已经登记过了" in again.text) == (422, True)


def test_what_was_marked_is_taken_back_in_one_press_and_can_be_marked_anew(pages):
    (aya,) = school(pages, "阿雅")
    answer = mark(pages, [aya])
    back = undone(pages, answer)
    assert (back.status_code, credited(pages, aya)) == (303, 0)
    text = see(pages, back.location, "dora")
    assert "<strong>已撤销</strong> <del>已登记 全部人员 1 人" in text
    assert ticked(text) == [aya]
    assert mark(pages, [aya]).status_code == 422
    assert mark(pages, [aya], "form-2").status_code == 303
    assert credited(pages, aya) == 100


def test_a_batch_of_another_city_is_hidden(pages):
    (aya,) = school(pages, "阿雅")
    mark(pages, [aya])
    with pages.store.reading() as r:
        batch = r.value("select batch from facts where kind = 'mark_recorded'")
    receipt = f"/desk/batches/{batch}"
    assert pages.browser("farid").get(receipt).status_code == 404
    assert post(pages, f"{receipt}/undo", who="farid", reason="x").status_code == 404
    assert pages.browser("jiao").get(receipt).status_code == 200


def test_signing_in_a_class_works_the_same_way(pages):
    aya, badis = school(pages, "阿雅", "巴迪")
    assert mark(pages, [aya], what="sign_in").status_code == 303
    text = pages.browser("dora").get(f"{DESK}/marking?what=sign_in&class=*").text
    assert ticked(text) == [badis]
    assert "已签到" in pages.browser("dora").get(f"/desk/people/{aya}").text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"minutes": "0"}, "1 到 1440"),
        ({"minutes": "2000"}, "1 到 1440"),
        ({"day": "2023-06-11"}, "还没有到"),
        ({"day": "2022-06-05"}, "不在活动时间内"),
        ({"class": ""}, "先选一个班"),
        ({"person": []}, "还没有选人"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_recorded(pages, typed, says):
    (aya,) = school(pages, "阿雅")
    response = mark(pages, **({"people": [aya]} | typed)) if "person" not in typed else mark(pages, [])
    assert response.status_code == 422
    assert says in response.text
    assert credited(pages, aya) == 0


def test_nobody_of_another_unit_is_marked_by_a_made_up_form(pages):
    (aya,) = school(pages, "阿雅")
    (elsewhere,) = school(pages, "外人", unit="3501-X2")
    assert mark(pages, [aya, elsewhere]).status_code == 303
    assert credited(pages, elsewhere) == 0


def test_a_class_is_chosen_without_names_in_the_address(pages):
    (aya,) = school(pages, "阿雅", class_name="一年1班")
    (badis,) = school(pages, "巴迪", class_name="一年2班")
    text = pages.browser("dora").get(f"{DESK}/marking?class=一年2班&what=V1&day={DAY}").text
    assert ticked(text) == [badis]
    assert not ticked(pages.browser("dora").get(f"{DESK}/marking?class=一年2班&what=V1&ticked=none").text)
    assert aya not in text


def test_namesakes_of_a_class_are_told_apart_and_nobody_else_bears_a_number(pages):
    school(pages)
    with pages.store.writing() as w:
        for name, number in (("阿雅", "X1"), ("阿雅", ""), ("巴迪", "X2")):
            people.register(w, people.Registration(pages.unit(UNIT), name, number, "三年9班"))
    text = see(pages, f"{DESK}/marking?what=V1&day={DAY}&class=三年9班", "dora")
    told = [
        re.sub(r"\s+", " ", re.sub("<[^>]+>", "", each)).strip()
        for each in re.findall(r'<label class="tick">(.*?)</label>', text, re.DOTALL)
    ]
    with pages.store.reading() as r:
        code = str(r.value("select code from people where name = '阿雅' and number = ''"))
    assert sorted(told) == sorted(["阿雅 X1", f"阿雅 码尾 {code[-4:]}", "巴迪"])
