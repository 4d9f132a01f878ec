"""Codes of classes and of families: one enters, waits, and is in once somebody who knows has nodded; guessing tells nothing."""

from __future__ import annotations

import re

import pytest

from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import Registration, erase, register
from campmgr.areas.people.local import join_code, set_join_code
from campmgr.areas.people.queries.finding import people_by_name
from campmgr.ids import short_code
from campmgr.wording import name_key
from tests.kit.desk_story import DESK, UNIT, post, school, undone
from tests.kit.pages import OWN

ONE = {"name": "林小明", "kind": "学校师生", "consent": "1", "consent_version": "1"}
ENTRANTS = f"{DESK}/entrants"


def _made(pages, sort, unit=UNIT, most=0, class_name="") -> str:
    with pages.store.writing() as w:
        return make_join_code(w, unit, most=most, sort=sort, class_name=class_name).code


def _entered(pages, code, client_id="a", **typed):
    return pages.browser().post(f"/j/{code}/sent", data=ONE | {"client_id": client_id} | typed, headers=OWN)


def _family(*names, school="", **more):
    typed = {"consent": "1", "consent_version": "1", "phone": "13800001234"} | more
    for place, name in enumerate(names):
        typed |= {f"name{place}": name, f"class_name{place}": "三年1班", f"school{place}": school}
    return typed


def _facts(pages) -> int:
    with pages.store.reading() as r:
        return int(r.value("select count(*) from facts"))


def _named(pages, name):
    with pages.store.reading() as r:
        return people_by_name(r, [name]).get(name_key(name), [])


def _used(pages, code) -> int:
    with pages.store.reading() as r:
        found = join_code(r, code)
    assert found
    return found.used


def _waiting(pages, who="dora", at=ENTRANTS) -> list[str]:
    return re.findall(r'name="entrant" value="([0-9a-f]+)"', pages.browser(who).get(at).text)


def _decide(pages, answer, ids=None, **more):
    return post(pages, ENTRANTS, **{"entrant": ids or _waiting(pages), "answer": answer, "client_id": "d"} | more)


def test_who_enters_by_the_code_of_a_class_waits_and_costs_nothing(pages):
    code = _made(pages, "class", class_name="三年1班")
    page = pages.browser().get(f"/j/{code}").text
    assert "三年1班" in page
    assert 'name="class_name"' not in page
    before = _facts(pages)
    answer = _entered(pages, code)
    assert (answer.status_code, _facts(pages), _named(pages, "林小明")) == (303, before, [])
    assert "等点头" in pages.browser().get(answer.location).text
    assert "人扫码报名" in pages.browser("dora").get(DESK).text


def test_the_teacher_nods_and_one_press_takes_it_back(pages):
    code = _made(pages, "class", class_name="三年1班")
    mine = _entered(pages, code).location
    answer = _decide(pages, "take")
    (person,) = _named(pages, "林小明")
    assert (person.home, person.class_name) == (pages.unit(UNIT), "三年1班")
    opened = pages.browser().post(f"{mine}/open", data={"entrant": re.findall(r'name="entrant" value="(\w+)"',
                                  pages.browser().get(mine).text)[0]}, headers=OWN)  # fmt: skip
    assert "林小明" in pages.browser().get(opened.location).text
    undone(pages, answer)
    assert _named(pages, "林小明") == []
    assert len(_waiting(pages)) == 1
    _decide(pages, "take", client_id="again")
    assert len(_named(pages, "林小明")) == 1


def test_a_refusal_says_nothing_gives_the_place_back_and_is_taken_back(pages):
    code = _made(pages, "class", most=1, class_name="三年1班")
    mine = _entered(pages, code).location
    before = _facts(pages)
    answer = _decide(pages, "refuse")
    assert (_facts(pages), _used(pages, code), _waiting(pages)) == (before, 0, [])
    assert "没有收下" in pages.browser().get(mine).text
    undone(pages, answer)
    assert (_used(pages, code), len(_waiting(pages))) == (1, 1)


def test_whom_the_roster_has_is_found_there_and_not_made_twice(pages):
    school(pages, "林小明")
    code = _made(pages, "class", class_name="三（1）班")
    _entered(pages, code)
    assert "名单里已有" in pages.browser("dora").get(ENTRANTS).text
    _decide(pages, "take")
    assert len(_named(pages, "林小明")) == 1


def test_unless_the_teacher_says_that_they_are_two(pages):
    school(pages, "林小明")
    code = _made(pages, "class", class_name="三年1班")
    _entered(pages, code)
    (entrant,) = _waiting(pages)
    _decide(pages, "take", apart=[entrant])
    assert len(_named(pages, "林小明")) == 2


def test_the_same_form_again_takes_the_place_of_the_first_until_it_is_decided(pages):
    code = _made(pages, "class", class_name="三年1班")
    first = _entered(pages, code)
    second = _entered(pages, code, name="林晓明")
    assert (first.location, _used(pages, code), len(_waiting(pages))) == (second.location, 1, 1)
    assert "林晓明" in pages.browser().get(second.location).text
    _decide(pages, "take")
    assert _entered(pages, code, name="别的名字").status_code == 409


def test_a_parent_enrols_children_with_one_consent_each_at_their_school(pages):
    code = _made(pages, "family", unit="3501-FL", most=3)
    assert pages.browser().get(f"/j/{code}").text.count('name="consent"') == 1
    typed = _family("林小明", "林小红", school=pages.unit(UNIT)) | {"school1": pages.unit("3501-X2")}
    answer = pages.browser().post(f"/j/{code}/sent", data=typed | {"client_id": "f"}, headers=OWN)
    assert answer.status_code == 303
    text = pages.browser().get(answer.location).text
    assert all(word in text for word in ("林小明", "林小红", "演练小学1", "演练小学2"))
    _decide(pages, "take")
    (boy,) = _named(pages, "林小明")
    assert (boy.home, boy.guardian, _named(pages, "林小红")) == (pages.unit(UNIT), True, [])
    with pages.store.reading() as r:
        assert r.all("select unit from memberships where person = :person", person=boy.person) == [(pages.unit("3501-FL"),)]
        assert r.value("select version from consents where person = :person", person=boy.person) == "1"


def test_a_stranger_with_a_familys_code_meets_its_limit_and_the_review(pages):
    code = _made(pages, "family", unit=UNIT, most=2)
    typed = _family("甲某", "乙某", "丙某")
    answer = pages.browser().post(f"/j/{code}/sent", data=typed | {"client_id": "s"}, headers=OWN)
    assert answer.status_code == 422
    assert "还能报 2 人" in answer.text
    pages.browser().post(f"/j/{code}/sent", data=_family("甲某", "乙某") | {"client_id": "s"}, headers=OWN)
    assert (_named(pages, "甲某"), pages.browser().get(f"/j/{code}").status_code) == ([], 404)
    with pages.store.writing() as w:
        set_join_code(w, code, works=False)
    assert len(_waiting(pages)) == 2


def test_every_code_that_does_not_work_answers_alike(pages):
    full, gone = _made(pages, "class", most=1, class_name="三年1班"), _made(pages, "family")
    _entered(pages, full)
    with pages.store.writing() as w:
        set_join_code(w, gone, works=False)
    (never,) = _fitting(full, 1)
    answers = [pages.browser().get(f"/j/{code}") for code in (full, gone, never)]
    told = {(each.status_code, _bare(each.text)) for each in answers}
    assert len(told) == 1
    sent = [_entered(pages, code, client_id="z") for code in (full, gone, never)]
    assert len({(each.status_code, _bare(each.text)) for each in sent}) == 1


def test_whoever_guesses_is_stopped_and_who_mistypes_is_not(pages, monkeypatch):
    monkeypatch.setattr("campmgr.areas.people.pages.join.MOST_GUESSES", 3)
    code = _made(pages, "class", class_name="三年1班")
    fitting = _fitting(code, 4)
    assert [pages.browser().get("/j/ABCD2345").status_code for _ in range(5)] == [404] * 5
    assert [pages.browser().get(f"/j/{each}").status_code for each in fitting] == [404, 404, 404, 429]
    assert pages.browser().get(f"/j/{code}").status_code == 429


def _bare(text: str) -> str:
    """A page without what was typed."""
    return re.sub(r'value="[^"]*"', "", text)


def _fitting(but: str, many: int) -> list[str]:
    """Codes with the right check character that nobody has given out."""
    return [code for code in (short_code() for _ in range(many + 1)) if code != but][:many]  # one in 3e10 is given out


@pytest.mark.parametrize("who", ["farid", "elias"])
def test_nobody_decides_about_others(pages, who):
    _entered(pages, _made(pages, "class", class_name="三年1班"))
    (entrant,) = _waiting(pages)
    assert post(pages, ENTRANTS, who=who, entrant=[entrant], answer="take", client_id="x").status_code in {403, 404}
    assert _named(pages, "林小明") == []


@pytest.mark.parametrize(
    ("unit", "phone", "is_forgotten"), [("3501-X1", "", True), ("3501-X2", "13800001111", True), ("3501-X2", "13800009999", False)]
)
def test_erasing_somebody_forgets_what_waits_of_them_and_nothing_of_a_namesake_elsewhere(pages, unit, phone, is_forgotten):
    with pages.store.writing() as w:
        register(w, Registration(unit, "林小明", phone=phone))
    _entered(pages, _made(pages, "class", class_name="三年1班"))
    with pages.store.writing() as w:
        w.run("update local_entrants set phone = '13800001111'")
        erase(w, _named(pages, "林小明")[0], "本人撤回同意")
    assert (_waiting(pages) == []) == is_forgotten


def test_codes_of_families_are_made_once_for_a_press_printed_and_taken_back(pages):
    typed = {"sort": "family", "families": "12", "most": "2", "client_id": "f"}
    for _ in range(2):
        answer = post(pages, f"{DESK}/codes", **typed)
    shown = re.findall(r'/j/([0-9A-Z]{8})"', pages.browser("dora").get(f"{DESK}/codes").text)
    assert len(set(shown)) == 12
    assert pages.browser("dora").get(f"{DESK}/codes/families.pdf").data[:5] == b"%PDF-"
    undone(pages, answer)
    assert pages.browser("dora").get(f"{DESK}/codes/families.pdf").status_code == 404


def test_a_code_of_a_class_needs_its_class_and_stands_on_its_poster(pages):
    assert 'id="e-class_name"' in post(pages, f"{DESK}/codes", sort="class", client_id="c").text
    post(pages, f"{DESK}/codes", sort="class", class_name="三年1班", client_id="c")
    at = re.findall(r'href="([^"]+/poster)"', pages.browser("dora").get(f"{DESK}/codes").text)[0]
    assert "演练小学1 三年1班" in pages.browser("dora").get(at).text
