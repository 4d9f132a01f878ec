"""One way to name a unit, a person or a work in a form: found while typing, chosen, told beside the field where it is in doubt."""

from __future__ import annotations

import re

import pytest

from tests.kit.desk_story import post, school
from tests.kit.pages import OWN

INVITE = "/office/accounts/invite"


@pytest.fixture
def offered(pages):
    """What is offered for a text: (value, words) of each."""

    def ask(sort: str, text: str, who: str = "city") -> list[tuple[str, str]]:
        answer = post(pages, f"/desk/pick/{sort}/it", who, it=text)
        assert answer.status_code == 200
        return re.findall(r'value="([^"]+)"(?: checked)?><span>([^<]*?) <small>', answer.text)

    return ask


def _words(found) -> list[str]:
    return [words for _, words in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("3501", "福州市"),
        ("福州市", "福州市"),
        ("gulouqu", "鼓楼区"),
        ("glq", "鼓楼区"),
        ("鼓楼", "鼓楼区"),
        ("350102", "鼓楼区"),
        ("演练小学1", "演练小学1"),
    ],
)
def test_a_unit_is_found_by_code_name_pinyin_or_initials(pages, offered, text, name):
    school(pages)
    assert _words(offered("unit", text))[0] == name


def test_units_and_people_of_others_are_not_offered(pages, offered):
    school(pages, "阿雅", unit="3501-X2")
    assert _words(offered("person", "阿雅")) == ["阿雅"]
    assert (offered("person", "阿雅", "farid"), offered("unit", "福州市", "farid")) == ([], [])


def test_a_person_is_found_as_in_the_roster_and_by_id_alone(pages, offered):
    aya, abby, _ = school(pages, "阿雅", "阿碧", "巴迪")
    assert {value for value, _ in offered("person", "阿", "dora")} == {aya, abby}
    assert _words(offered("person", "ay", "dora")) == ["阿雅"]
    assert offered("person", aya, "dora") == [(aya, "阿雅")]


def test_nothing_typed_offers_nothing_and_an_unknown_sort_is_none(pages, offered):
    assert (offered("unit", ""), offered("unit", "没有这个"), offered("person", "<b>")) == ([], [], [])
    assert post(pages, "/desk/pick/weather/it", it="x").status_code == 404
    assert pages.browser().post("/desk/pick/unit/it", data={"it": "3501"}, headers=OWN).status_code == 403


def test_several_are_offered_beside_the_field_and_one_is_chosen(pages):
    form = {"role": "coordinator", "name": "周老师", "line": "", "client_id": "form-1", "unit": "演练小学"}
    asked = post(pages, INVITE, "city", **form)
    assert (asked.status_code, "请选一个" in asked.text, 'value="周老师"' in asked.text) == (422, True, True)
    chosen = re.findall(r'name="unit.chosen" value="(\w+)"', asked.text)
    assert len(chosen) > 1
    more = {"unit.for": "演练小学", "unit.chosen": chosen[1]}
    assert "邀请链接" in post(pages, INVITE, "city", **form, **more).text


def test_what_was_chosen_for_another_text_does_not_hold(pages):
    form = {"role": "coordinator", "name": "", "line": "", "client_id": "form-1", "unit": "没有这个单位"}
    more = {"unit.for": "演练小学", "unit.chosen": pages.unit("3501-X1")}
    answer = post(pages, INVITE, "city", **form, **more)
    assert (answer.status_code, "没有找到“没有这个单位”" in answer.text, 'id="e-unit"' in answer.text) == (422, True, True)


def test_a_unit_of_others_cannot_be_chosen(pages):
    form = {"role": "coordinator", "name": "", "line": "", "client_id": "form-1", "unit": "x", "unit.for": "x"}
    answer = post(pages, INVITE, "city", **form, **{"unit.chosen": pages.unit("35")})
    assert (answer.status_code, "没有找到" in answer.text) == (422, True)


def test_two_people_are_put_side_by_side_by_their_names(pages):
    school(pages, "阿雅", "阿碧")
    compare = "/desk/units/3501-X1/review/compare"
    asked = post(pages, compare, one="阿", other="阿碧")
    assert (asked.status_code, "请选一个" in asked.text) == (422, True)
    assert "是同一个人，合并" in post(pages, compare, one="阿雅", other="ab").text


def test_somebody_is_moved_and_counted_elsewhere_by_names_of_units(pages):
    (aya,) = school(pages, "阿雅")
    homes = f"/desk/people/{aya}/homes"
    asked = post(pages, f"{homes}/move", "city", target="演练小学", day="")
    assert (asked.status_code, "请选一个" in asked.text) == (422, True)
    joined = post(pages, f"{homes}/join", "city", also="3501-FL")
    assert joined.status_code == 303
    assert "同时计入" in pages.browser("city").get(joined.location).text
    assert post(pages, f"{homes}/join", "city", also="3501-X1").status_code == 422
    moved = post(pages, f"{homes}/move", "city", target="演练小学2", day="")
    assert moved.status_code == 303
    assert "演练小学2" in pages.browser("city").get(moved.location).text
