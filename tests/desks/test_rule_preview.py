"""A change of the rules is shown before it is made: who gains, who loses, whose certificate is touched."""

from __future__ import annotations

import re
from html import unescape

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.queries.amend_preview import AT_ONCE, amend_preview
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts import world as worlds
from campmgr.web.jobs import Stopped
from tests.kit.desk_story import DAY, credited, post, school
from tests.kit.pages import OWN

CAP = "/office/rules/hours.day_cap_hundredths"


@pytest.fixture
def three(pages):
    """阿雅 with a certificate and 1.00, 巴迪 with 0.50, 陈晨 with nothing; 1.00 is enough."""
    people = school(pages, "阿雅", "巴迪", "陈晨")
    with pages.store.writing() as w:
        for person, minutes in zip(people, (60, 30), strict=False):
            mark(w, people_by_id(w, [person])[person].code, MarkRow(DAY, "V1", minutes=minutes))
        amend_rule(w, "certificate.required_hundredths", "100")
        amend_rule(w, "certificate.sign_in_required", "否")
        issue(w)
    return people


def test_the_form_says_whether_it_asks_first(pages):
    for key, says in (("hours.day_cap_hundredths", "看看谁会受影响"), ("ranking.length", "保存，对全营生效")):
        assert f"{says}</button>" in pages.browser("root").get(f"/office/rules/{key}").text


def _rule(pages, key: str) -> str:
    with pages.store.reading() as r:
        return str(worlds.load(r).rules.value_of(key))


def _hidden(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall('type="hidden" name="([a-z_]+)" value="([^"]*)"', text)}


def _form_of(answer, button: str) -> tuple[str, dict[str, str]]:
    """Where the form with this button is sent from the page in hand, and all that it says."""
    (form,) = [each for each in re.findall(r"<form.*?</form>", answer.text, re.DOTALL) if f"{button}</button>" in each]
    to = re.search(r'^<form[^>]* action="([^"]*)"', form)
    areas = {name: unescape(value) for name, value in re.findall(r'<textarea name="(\w+)"[^>]*>\n([^<]*)</textarea>', form)}
    return unescape(to[1]) if to else answer.request.full_path, _hidden(form) | areas


def test_who_loses_and_whose_certificate_is_touched_is_shown_and_nothing_is_written(pages, three):
    text = post(pages, CAP, who="root", value="0.70", reason="试点").text
    assert "阿雅" in text
    assert "巴迪" not in text
    assert "有 1 人已经拿到证书，改后低于要求" in text
    assert re.search(r'<td class="n">1\.00</td><td class="n">0\.70</td>', text)
    assert _rule(pages, "hours.day_cap_hundredths") == "0"
    assert credited(pages, three[0]) == 100


def test_confirming_makes_the_change(pages, three):
    shown = post(pages, CAP, who="root", value="0.70", reason="试点")
    assert shown.request.method == "GET"
    to, data = _form_of(shown, "确认修改，对全营生效")
    answer = pages.browser("root").post(to, data=data, headers=OWN)
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/office/rules/")
    assert [credited(pages, each) for each in three] == [70, 50, 0]


def test_a_confirmation_of_other_rules_or_another_value_is_shown_again(pages, three):
    hidden = _hidden(post(pages, CAP, who="root", value="0.70", reason="试点").text)
    assert post(pages, CAP, who="root", value="0.6", **hidden).status_code == 200
    with pages.store.writing() as w:
        amend_rule(w, "hours.unit_minutes", "40")
    assert post(pages, CAP, who="root", value="0.70", **hidden).status_code == 200
    assert credited(pages, three[0]) == 100


def test_what_touches_nobody_needs_no_second_look(pages, three):
    assert post(pages, CAP, who="root", value="50", reason="试点").status_code == 303


def test_a_preview_with_a_limit_says_how_far_it_looked(pages, three):
    with pages.store.reading() as r:
        world = worlds.load(r)
        some = amend_preview(r, world, "hours.day_cap_hundredths", "10", limit=2)
        heard: list[tuple[int, int]] = []
        everyone = amend_preview(r, world, "hours.day_cap_hundredths", "10", say=lambda *far: heard.append(far))
    assert (some.counted, some.everyone, some.is_whole) == (2, 3, False)
    assert heard == [(3, 3)]
    assert (everyone.lose.count, everyone.lose.hundredths, everyone.certified.count) == (2, 130, 1)


@pytest.mark.parametrize(("key", "value"), [
    ("hours.day_cap_hundredths", "40"), ("hours.rule", "minutes_per_unit"), ("hours.rule", "bands"),
    ("hours.lesson_cap_hundredths", "30"), ("certificate.required_hundredths", "50"), ("certificate.sign_in_required", "是"),
])  # fmt: skip
def test_the_preview_is_what_happens(pages, three, key, value):
    with pages.store.reading() as r:
        told = amend_preview(r, worlds.load(r), key, value)
    before = [credited(pages, each) for each in three]
    with pages.store.writing() as w:
        ready = "select count(*) from people where ready = 1"
        was_ready = w.value(ready)
        amend_rule(w, key, value)
        assert w.value(ready) - was_ready == told.ready_now.count - told.ready_no_more.count
        assert w.value("select count(*) from people where certified = 1 and ready = 0") == told.certified.count
    changes = [after - now for now, after in zip(before, (credited(pages, each) for each in three), strict=True)]
    assert sum(each for each in changes if each > 0) == told.gain.hundredths
    assert -sum(each for each in changes if each < 0) == told.lose.hundredths


NEEDED = "/office/rules/certificate.required_hundredths"


def test_class_hours_are_seen_and_typed_as_class_hours(pages):
    text = pages.browser("root").get(NEEDED).text
    assert re.search(r'<input id="f-value"[^>]* value="8.00"', text)
    assert "可不填" not in text
    assert "百分之" not in text
    answer = post(pages, NEEDED, who="root", value="7", reason="试点")
    assert answer.status_code == 303, "nobody is touched by it"
    assert _rule(pages, "certificate.required_hundredths") == "700"
    listed = pages.browser("root").get("/office/rules/").text
    assert "7.00 课时" in listed
    assert "百分之" not in listed


@pytest.mark.parametrize("typed", ["", "八", "7.505", "-1", "200000"])
def test_what_is_no_class_hours_is_refused_in_class_hours(pages, typed):
    answer = post(pages, NEEDED, who="root", value=typed, reason="试点")
    assert answer.status_code == 422
    assert "从 0.00 到 100000.00" in answer.text


def test_length_bands_are_class_hours_too(pages):
    bands = "/office/rules/hours.bands"
    text = pages.browser("root").get(bands).text
    assert "30=1.00\n15=0.50\n0=0.25</textarea>" in text
    assert "百分之" not in text
    assert post(pages, bands, who="root", value="30=100x", reason="试点").status_code == 422
    assert post(pages, bands, who="root", value="40=1.5\n0=0.25", reason="试点").status_code == 303
    assert _rule(pages, "hours.bands") == "('40=150', '0=25')"
    assert "满 40 分钟计 1.50 课时" in pages.browser("root").get("/office/rules/").text


def test_the_same_class_hours_written_otherwise_are_no_change_by_a_colleague(pages):
    shown = re.search('name="shown" value="([^"]*)"', pages.browser("root").get(NEEDED).text)
    assert shown
    for _ in range(2):
        assert post(pages, NEEDED, who="root", value="7", reason="试点", shown=shown[1], client_id="form-1").status_code == 303


def test_with_many_people_a_task_counts_them_again_and_tells_how_far_it_is(pages, three):
    with pages.store.writing() as w:
        for number in range(AT_ONCE):
            register(w, Registration("3501-X1", f"生{number}", f"n{number}"))
    shown = post(pages, CAP, who="root", value="0.70", reason="试点")
    to, data = _form_of(shown, "确认修改，对全营生效")
    answer = pages.browser("root").post(to, data=data, headers=OWN)
    while answer.headers["Location"].startswith("/desk/jobs/"):
        page = pages.browser("root").get(answer.headers["Location"]).text
        if found := re.search(r'<a class="button" href="([^"]+)"', page):
            answer.headers["Location"] = unescape(found[1])
    line = pages.browser("root").get(answer.headers["Location"]).text
    assert "每个人的课时都重新算过了" in line
    assert (_rule(pages, "hours.day_cap_hundredths"), credited(pages, three[0])) == ("70", 70)
    (undo,) = re.findall(r'action="(/desk/done/[^"]+)"', line)
    pages.browser("root").post(undo, headers=OWN)
    assert credited(pages, three[0]) == 100


def test_what_is_stopped_while_people_are_counted_again_changes_nothing(pages, three):
    told: list[tuple[int, int]] = []

    def stop(done: int, whole: int) -> None:
        told.append((done, whole))
        raise Stopped

    def change() -> None:
        with pages.store.writing() as w:
            w.told = stop
            amend_rule(w, "hours.day_cap_hundredths", "70")

    with pytest.raises(Stopped):
        change()
    assert told == [(3, 3)]
    assert (_rule(pages, "hours.day_cap_hundredths"), credited(pages, three[0])) == ("0", 100)
