"""A class is marked in one press, known ones are left alone, and the batch can be taken back."""

from __future__ import annotations

import pytest

from tests.kit.desk_story import DAY, DESK, credited, mark, post, school, ticked


def test_everyone_is_ticked_and_one_press_records_them_as_one_batch(pages):
    aya, badis, chiara = school(pages, "阿雅", "巴迪", "齐拉")
    text = pages.browser("dora").get(f"{DESK}/marking?what=V1&day={DAY}").text
    assert sorted(ticked(text)) == sorted([aya, badis, chiara])
    response = mark(pages, [aya, badis])
    assert response.status_code == 303
    assert "已登记 2 人" in pages.browser("dora").get(response.location).text
    assert [credited(pages, each) for each in (aya, badis, chiara)] == [100, 100, 0]


def test_pressing_twice_counts_once(pages):
    (aya,) = school(pages, "阿雅")
    assert mark(pages, [aya]).location == mark(pages, [aya]).location
    with pages.store.reading() as r:
        assert r.value("select count(*) from facts where kind = 'mark_recorded'") == 1


def test_who_is_marked_already_is_shown_and_not_ticked(pages):
    aya, badis = school(pages, "阿雅", "巴迪")
    mark(pages, [aya], minutes="20")
    text = pages.browser("dora").get(f"{DESK}/marking?what=V1&day={DAY}").text
    assert ticked(text) == [badis]
    assert "20 分钟" in text
    again = mark(pages, [aya], "form-2", minutes="20")
    assert (again.status_code, "都已经登记过了" in again.text) == (422, True)


def test_a_batch_taken_back_counts_no_more_and_can_be_marked_anew(pages):
    (aya,) = school(pages, "阿雅")
    receipt = mark(pages, [aya]).location
    undo = receipt.replace("?", "/undo?")
    assert post(pages, undo, reason="").status_code == 422
    assert post(pages, undo, reason="登记错了班").status_code == 303
    assert credited(pages, aya) == 0
    assert "已经撤销" in pages.browser("dora").get(receipt).text
    assert mark(pages, [aya]).status_code == 422
    assert mark(pages, [aya], "form-2").status_code == 303
    assert credited(pages, aya) == 100


def test_a_batch_of_another_city_is_hidden(pages):
    (aya,) = school(pages, "阿雅")
    receipt = mark(pages, [aya]).location
    assert pages.browser("farid").get(receipt).status_code == 404
    assert post(pages, receipt.replace("?", "/undo?"), who="farid", reason="x").status_code == 404
    assert pages.browser("jiao").get(receipt).status_code == 200


def test_signing_in_a_class_works_the_same_way(pages):
    aya, badis = school(pages, "阿雅", "巴迪")
    assert mark(pages, [aya], what="sign_in").status_code == 303
    text = pages.browser("dora").get(f"{DESK}/marking?what=sign_in").text
    assert ticked(text) == [badis]
    assert "已签到" in pages.browser("dora").get(f"/desk/people/{aya}").text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"minutes": "0"}, "1 到 1440"),
        ({"minutes": "2000"}, "1 到 1440"),
        ({"day": "2023-06-11"}, "还没有到"),
        ({"day": "2022-06-05"}, "不在活动时间内"),
        ({"day": "昨天"}, "请填日期"),
        ({"what": "V9"}, "请从列表中选择"),
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
    assert not ticked(pages.browser("dora").get(f"{DESK}/marking?what=V1&ticked=none").text)
    assert aya not in text
