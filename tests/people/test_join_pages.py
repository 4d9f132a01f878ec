"""Joining from a code: the notice first, one person for one form, friendly words for codes that are over."""

from __future__ import annotations

import re
from html import unescape

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.local import set_join_code
from campmgr.areas.people.queries.finding import Person, people_by_name
from campmgr.wording import name_key
from tests.kit.pages import OWN

TYPED = {
    "name": "林小明",
    "kind": "学校师生",
    "class_name": "三年2班",
    "phone": "13800001234",
    "consent": "1",
    "consent_version": "1",
}


@pytest.fixture
def code(pages):
    with pages.store.writing() as w:
        return make_join_code(w, "3501-X1").code


def test_the_notice_with_its_version_stands_above_everything_that_is_typed(pages, code):
    page = pages.browser().get(f"/j/{code}").text
    assert page.index("撤回同意") < page.index("第 1 版") < page.index('name="name"')
    assert "演练小学1" in page
    assert '<option value="学校师生" selected>' in page


def test_joining_leads_to_the_page_of_ones_own(pages, code):
    answer = _join(pages, code, client_id="a")
    assert answer.status_code == 303
    page = pages.browser().get(answer.location).text
    assert "林小明" in page
    assert "三年2班" in page
    assert answer.location in page
    (person,) = _named(pages, "林小明")
    assert (person.home, person.phone, person.kind) == (pages.unit("3501-X1"), "13800001234", "学校师生")


def test_the_same_form_twice_is_one_person(pages, code):
    first, second = _join(pages, code, client_id="a"), _join(pages, code, client_id="a")
    assert second.status_code == 303
    assert first.location != second.location
    assert len(_named(pages, "林小明")) == 1


def test_back_and_other_values_are_refused_and_both_are_shown(pages, code):
    _join(pages, code, client_id="a")
    answer = _join(pages, code, client_id="a", name="林小红", phone="13900005678")
    assert answer.status_code == 409
    for words in ("林小明", "林小红", "138****1234", "139****5678"):
        assert words in answer.text
    assert "13800001234" not in answer.text
    assert not _named(pages, "林小红")


def test_from_there_the_other_one_joins_too(pages, code):
    _join(pages, code, client_id="a")
    page = _join(pages, code, client_id="a", name="林小红").text
    form = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}
    assert pages.browser().post(f"/j/{code}/sent", data=form, headers=OWN).status_code == 303
    assert [len(_named(pages, name)) for name in ("林小明", "林小红")] == [1, 1]


def test_the_form_comes_again_as_it_was_rendered_so_that_back_sends_the_same_id(pages, code):
    assert pages.browser().get(f"/j/{code}").headers["Cache-Control"] == "private, no-cache"
    page = _join(pages, code, client_id="abc", name="").text
    assert 'name="client_id" value="abc"' in page
    assert 'value="三年2班"' in page


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "请填写这一项"),
        ("name", "长" * 200, "最多 60 个字"),
        ("phone", "1380000", "11 位手机号"),
        ("kind", "外星人", "请从列表中选择"),
        ("consent", "", "请阅读上面的告知内容"),
        ("under14", "1", "须由监护人同意"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(pages, code, field, typed, words):
    answer = _join(pages, code, client_id="a", **{field: typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert not _named(pages, "林小明")


def test_a_guardian_can_agree_for_a_child(pages, code):
    assert _join(pages, code, client_id="a", under14="1", guardian="1").status_code == 303
    assert _named(pages, "林小明")[0].guardian


@pytest.mark.parametrize("name", ['=HYPERLINK("https://example.org","y")', "<script>alert(1)</script>", "𠮷野家", "古丽·阿依"])
def test_any_name_is_just_a_name(pages, code, name):
    page = pages.browser().get(_join(pages, code, client_id="a", name=name).location).text
    assert name in unescape(page)
    assert "<script>alert" not in page
    assert len(_named(pages, name)) == 1


def test_a_form_of_yesterday_with_an_older_notice_asks_again(pages, code):
    with pages.store.writing() as w:
        amend_rule(w, "people.consent_version", "2", reason="换了文本")
    answer = _join(pages, code, client_id="a")
    assert answer.status_code == 422
    assert "告知内容已更新" in answer.text
    assert not re.search(r'name="consent" value="1"[^>]* checked', answer.text)
    assert _join(pages, code, client_id="a", consent_version="2").status_code == 303


def test_the_form_is_sent_to_another_address_than_its_own(pages, code):
    assert f'action="/j/{code}/sent"' in pages.browser().get(f"/j/{code}").text
    assert pages.browser().get(f"/j/{code}/sent").location == f"/j/{code}"


def test_a_wrong_code_stays_in_its_field(pages):
    answer = pages.browser().get("/j/", query_string={"code": "abcd2345"}, follow_redirects=True)
    assert (answer.status_code, 'value="ABCD2345"' in answer.text.upper().replace("VALUE", "value")) == (404, True)


def test_codes_that_are_over_say_what_to_do(pages):
    with pages.store.writing() as w:
        over, gone, full = (
            make_join_code(w, "3501-X1", "2023-06-09"),
            make_join_code(w, "3501-X1"),
            make_join_code(w, "3501-X1", most=1),
        )
        set_join_code(w, gone.code, works=False)
    _join(pages, full.code, client_id="a")
    answers = [pages.browser().get(f"/j/{each.code}") for each in (over, gone, full)]
    answers.append(_join(pages, full.code, client_id="b", name="林小红"))
    assert [answer.status_code for answer in answers] == [404] * 4
    assert all("联络员" in answer.text and "找回我的页面" in answer.text for answer in answers)
    assert _join(pages, full.code, client_id="a").status_code == 303
    assert not _named(pages, "林小红")


def test_a_code_is_found_as_people_type_it(pages, code):
    typed = f" {code[:4]}-{code[4:]} ".lower()
    answer = pages.browser().get("/j/", query_string={"code": typed}, follow_redirects=True)
    assert answer.status_code == 200
    assert "演练小学1" in answer.text


def _join(pages, code: str, **typed: str):
    return pages.browser().post(f"/j/{code}/sent", data=TYPED | typed, headers=OWN)


def _named(pages, name: str) -> list[Person]:
    with pages.store.reading() as r:
        return people_by_name(r, [name]).get(name_key(name), [])


@pytest.mark.parametrize("dressing", ["{}。", "{} ", "加入码：{}", "https://camp.example.org/j/{}?from=singlemessage"])
def test_a_code_is_found_in_whatever_stands_around_it(pages, code, dressing):
    full_width = "".join(chr(ord(each) + 0xFEE0) for each in code)
    for typed in (code.lower(), full_width):
        found = pages.browser().get("/j/", query_string={"code": dressing.format(typed)})
        assert found.location == f"/j/{code}"
    assert pages.browser().get(f"/j/{full_width}。").status_code == 200


def test_the_classes_of_the_unit_are_offered_in_their_order_once_several_name_them(pages, code):
    with pages.store.writing() as w:
        for at, name in enumerate(("二年级10班", "二年级2班", "一年级1班") * 3 + ("我妈妈的班",)):
            register(w, Registration("3501-X1", f"学生{at}", str(at), name))
    offered = re.findall(r'<option value="([^"]*班)"', pages.browser().get(f"/j/{code}").text)
    assert offered == ["一年级1班", "二年级2班", "二年级10班"]
    seen = pages.browser("root").get("/desk/units/3501-X1/people").text
    assert [seen.find(f"{name}") for name in offered] == sorted(seen.find(f"{name}") for name in offered)


def test_a_name_that_is_padded_is_written_as_on_a_certificate(pages, code):
    page = pages.browser().get(_join(pages, code, client_id="p", name="林　小 明").location).text
    assert ("林小明" in page, "林　小" in page) == (True, False)
