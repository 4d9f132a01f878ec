"""The log of a unit: who did what, when, what of it was taken back; as a list, and taken back from there."""

from __future__ import annotations

from campmgr.areas.people.actions.people import Registration, register
from tests.kit.desk_story import DESK, mark, post, school, undone
from tests.kit.office import rows, see, send

LOG = f"{DESK}/log"


def test_what_was_done_stands_in_the_log_with_who_and_what_was_taken_back(pages):
    people = school(pages, "阿雅", "巴迪")
    done = mark(pages, people)
    told = [row for row in rows(see(pages, LOG, "dora")) if "2 人" in row]
    assert [(row[3], row[5], row[6]) for row in told] == [("2 人", pages.accounts["dora"].name, "有效")]
    undone(pages, done)
    assert [row[6] for row in rows(see(pages, LOG, "dora")) if "2 人" in row] == ["已撤销"]
    assert [row[6] for row in rows(see(pages, f"{LOG}?state=off", "dora"))] == ["已撤销"]


def test_what_was_said_of_the_unit_itself_stands_there_in_words(pages):
    send(pages, "/office/units/3501-X1/change", "city", code="3501-X1", name="演练第一小学", kind="学校", line="", expected="400",
         source="市教育局")  # fmt: skip
    pages.clock.move(minutes=5)
    send(pages, "/office/units/3501-X1/move", "city", parent="3501-JY", day="2023-06-01")
    told = {row[1]: (row[2], row[5]) for row in rows(see(pages, LOG, "dora"))}
    city = pages.accounts["city"].name
    assert told["移动单位"][1] == city
    assert "之下" in told["移动单位"][0]
    changed = next(what for what in told if "修改单位" in what or "应参与人数" in what)
    assert told[changed][1] == city


def test_an_act_is_taken_back_from_the_log_by_who_may(pages):
    people = school(pages, "阿雅")
    mark(pages, people)
    page = see(pages, LOG, "dora")
    what = next(part.split('"')[0] for part in page.split('name="what" value="')[1:])
    assert 'name="what"' not in see(pages, LOG, "elias")
    answer = post(pages, f"{DESK}/recent", what=what, **{"from": "log"})
    assert answer.headers["Location"].startswith(LOG)
    assert "已撤销" in see(pages, LOG, "dora")


def test_an_office_sees_what_its_schools_do_and_takes_it_back_there_alone(pages):
    people = school(pages, "阿雅", "巴迪")
    done = mark(pages, people)
    with pages.store.writing() as w:
        register(w, Registration("3502", "齐拉"))
    city = "/desk/units/3501/log"
    page = see(pages, city, "city")
    told = [row for row in rows(page) if row[3] == "2 人"]
    assert [(row[4], row[5], row[6]) for row in told] == [("演练小学1", pages.accounts["dora"].name, "有效")]
    assert 'name="what"' not in page, "from the school's own log"
    assert "齐拉" not in page
    assert not [row for row in rows(see(pages, f"{city}?below=own", "city")) if row[3] == "2 人"]
    undone(pages, done)
    assert [row[6] for row in rows(see(pages, city, "city")) if row[3] == "2 人"] == ["已撤销"]
    assert [row[4] for row in rows(see(pages, "/desk/units/35/log", "root")) if "齐拉" in row] == ["厦门市"]
