"""Whatever a form does is looked at first, taken back by one press, or harmless; what it was drawn for holds when it is sent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from tests.app.ways import HARMLESS, PREVIEWED, SHOWN, UNDONE, Elsewhere
from tests.kit.office import import_csv, see
from tests.kit.pages import OWN

TESTS = Path(__file__).parents[1]
HEAD = "作品链接,标题,作者,单位,点赞数,播放数\n"


def test_every_form_is_looked_at_first_or_taken_back_by_one_press_or_harmless(pages):
    views = {rule.endpoint for rule in pages.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    named = [*PREVIEWED, *UNDONE, *HARMLESS]
    assert not views - set(named), f"say in tests/app/ways.py which of the three these are: {sorted(views - set(named))}"
    assert not set(named) - views, f"these views are no more: {sorted(set(named) - views)}"
    assert len(named) == len(set(named)), "each view is in one table"
    assert UNDONE.keys() >= SHOWN


def test_what_is_tried_elsewhere_is_there():
    for view, way in (PREVIEWED | UNDONE).items():
        if isinstance(way, Elsewhere):
            assert f"def {way.test}(" in (TESTS / way.file).read_text("utf-8"), view


def test_an_act_that_stays_is_shown_and_not_done_until_what_was_shown_is_agreed_to(pages, one_of_each):
    for view, act in PREVIEWED.items():
        if isinstance(act, Elsewhere):
            continue
        path, typed = act.path.format(**one_of_each), {name: value.format(**one_of_each) for name, value in act.typed.items()}
        endpoint, _ = pages.app.url_map.bind("localhost").match(path, method="POST")
        assert endpoint == view
        before = _held(pages)
        answer = pages.browser(act.who).post(path, data=typed, headers=OWN)
        if answer.status_code == 303:  # what was typed led to its page
            answer = pages.browser(act.who).get(answer.location)
        assert (answer.status_code in {200, 409}, '<div class="before">' in answer.text) == (True, True), f"{view}: {answer.text}"
        assert _held(pages) == before, view


def _held(pages) -> tuple[object, ...]:
    """What acts that stay would change, facts and rows of this data file alone."""
    with pages.store.reading() as r:
        return r.all("""select (select count(*) from facts), (select count(*) from local_pages),
            (select sum(active) from local_accounts), (select count(*) from local_closings)""")[0]


@pytest.fixture
def at_work(pages):
    """A camp in which every form that carries what it was drawn for can be opened; the addresses where they stand, and by whom."""
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V1", "家庭用电安全", 100, 60, "科普视频", "家庭"))
        somebody = people.register(w, Registration("3501-X1", "阿雅", "N1", "三年1班"))
    for at, counts in (("2023-06-08T12:00", (900, 800)), ("2023-06-09T12:00", (100, 200))):
        rows = "".join(
            f"https://example.org/{name},{name},作者{name},3501-X1,{likes},\n" for name, likes in zip("甲乙", counts, strict=True)
        )
        import_csv(pages, "likes", HEAD + rows, read_at=at)
    with pages.store.reading() as r:
        work = r.value("select work from works limit 1")
    dora = pages.browser("dora")
    drawn = re.search(r'name="shown" value="([^"]+)"', dora.get("/desk/units/3501-FL/summary").text)
    assert drawn is not None
    handed = {"text": "组织了三场演练", "what": "hand_in", "shown": drawn[1]}
    assert dora.post("/desk/units/3501-FL/summary", data=handed, headers=OWN).status_code == 303
    return {
        "marking.record": ("dora", "/desk/units/3501-X1/marking?class=*&what=V1&day=2023-06-05"),
        "summary.write": ("dora", "/desk/units/3501-FL/summary"),
        "person.change_details": ("dora", f"/desk/people/{somebody}/details"),
        "office_flags.decide_event": ("root", "/office/works/flags"),
        "office_lessons.lesson_sent": ("root", "/office/lessons/of/V1"),
        "office_rules.rule_sent": ("root", "/office/rules/ranking.length"),
        "office_summaries.answer": ("root", "/office/summaries/3501-FL"),
        "office_units.change_sent": ("root", "/office/units/3501-X1/change"),
        "office_units.move_sent": ("root", "/office/units/3501-X1/move"),
        "office_works.judge": ("root", f"/office/works/{work}"),
    }


TYPED = {
    "text": "另一份",
    "what": "draft",
    "name": "阿雅娜",
    "reason": "试",
    "hours": "1",
    "length": "30",
    "kind": "学校",
    "value": "50",
    "answer": "accept",
    "parent": "3502",
    "counts": "no",
    "summary": "another",
}
"""What somebody types, whatever the form asks for."""


def test_a_form_that_was_drawn_for_something_else_records_nothing_and_is_drawn_anew(pages, at_work):
    assert at_work.keys() == SHOWN
    for view, (who, address) in at_work.items():
        form = _form(pages, see(pages, address, who), address, view)
        with pages.store.reading() as r:
            before = r.value("select count(*) from facts")
        kind = {"kind": "科普视频"} if "lessons" in view else {}
        what = {} if view == "summary.write" else {"what": "V1"}
        typed = dict(form[1]) | TYPED | kind | what | {"shown": "another"}
        answer = pages.browser(who).post(form[0], data=typed, headers=OWN)
        assert (answer.status_code, 'role="alert"' in answer.text) == (409, True), view
        with pages.store.reading() as r:
            assert r.value("select count(*) from facts") == before, view
        assert re.search(r'name="shown" value="(?!another)', answer.text), view


def _form(pages, text: str, address: str, view: str) -> tuple[str, list[tuple[str, str]]]:
    """Where a page's form for a view goes, and its hidden fields."""
    for found in re.finditer(r"<form([^>]*)>(.*?)</form>", text, re.DOTALL):
        if 'method="post"' not in found[1]:
            continue
        action = re.search(r'\saction="([^"]*)"', found[1])
        to = action[1].replace("&amp;", "&") if action else address
        endpoint, _ = pages.app.url_map.bind("localhost").match(to.partition("?")[0], method="POST")
        if endpoint == view:
            assert 'name="shown"' in found[2], f"{view}: its form does not carry what it was drawn for"
            return to, re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', found[2])
    raise AssertionError(f"{view}: no form for it on {address}")
