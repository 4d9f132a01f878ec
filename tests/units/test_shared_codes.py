"""One code that two counties gave: an address asks which one is meant, of those that are the asker's."""

from __future__ import annotations

import re

import pytest

from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.units.actions.units import UnitRow, added_draft
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from tests.kit.called import unit_called
from tests.kit.office import see


@pytest.fixture
def shared(pages) -> dict[str, str]:
    """The ids of two schools of one code, in two cities, each with somebody; by their cities."""
    found = {}
    with pages.store.writing() as w:
        for city, name in (("3501", "福州九小"), ("3502", "厦门九小")):
            draft = added_draft(worlds.load(w), UnitRow("S9", name, city, "学校", "教育"), unit_called(w, city))
            say(w, [draft])
            found[city] = draft.subject.partition(":")[2]
            register(w, Registration(found[city], f"{name}学生", "05"))
    return found


def test_an_address_by_a_shared_code_asks_and_each_answer_leads_there(pages, shared):
    answer = pages.browser("root").get("/desk/units/S9/people?filter=all")
    assert answer.status_code == 300
    leads = re.findall(r'<a href="(/desk/units/[^"]+)">([^<]+)</a>', answer.text)
    assert [to for to, _ in leads] == [f"/desk/units/{shared[city]}/people?filter=all" for city in ("3501", "3502")]
    assert [("福州市" in words, "厦门市" in words) for _, words in leads] == [(True, False), (False, True)]
    for (to, _), name in zip(leads, ("福州九小", "厦门九小"), strict=True):
        page = see(pages, to.replace("&amp;", "&"))
        assert f"{name}学生" in page
        assert f"/desk/units/{to.split('/')[3]}" in page


def test_who_has_one_of_the_two_is_not_asked(pages, shared):
    page = see(pages, "/desk/units/S9/people", "dora")
    assert "福州九小学生" in page
    assert "厦门九小" not in page


def test_a_form_that_names_a_shared_code_is_told_what_to_write(pages, shared):
    answer = pages.browser("root").get("/board?unit=S9")
    assert (answer.status_code, "对应 2 个单位" in answer.text, shared["3501"][:8] in answer.text) == (422, True, True)
    assert pages.browser("root").get(f"/board?unit={shared['3501']}").status_code == 200
