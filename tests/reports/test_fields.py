"""Works and lessons field by field, and participants kind by kind within a part, against a plain recount."""

from __future__ import annotations

from collections import Counter

import pytest

from campmgr.areas.hours.actions.class_marking import mark_class
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.works.actions.works import Reading, judge, reading_draft, work_draft
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.desks.actions.withdrawing import withdraw
from campmgr.facts.drift import drifted_tables
from campmgr.facts.folding import rebuild
from campmgr.facts.saying import say
from campmgr.ids import random_id
from tests.kit.office import see
from tests.reports.test_tables import REPORTS, _cells, _sheet

WORKS = (("甲", "企业", 5, True), ("甲", "家庭", 7, True), ("甲", "企业", 3, True), ("乙", "企业", 2, True), ("丙", "学校", 9, False),
         ("丁", "学校", 4, True), ("戊", "", 1, True))  # fmt: skip
"""Whose, of which field, likes, whether it counts."""
HOMES = {"甲": "3501", "乙": "350102", "丙": "3501", "丁": "3502", "戊": "3502"}
LEARNED = (("甲", "F1", "2023-06-03"), ("甲", "F2", "2023-06-01"), ("甲", "F3", "2023-06-05"), ("乙", "F3", "2023-06-05"),
           ("丁", "F1", "2023-06-04"))  # fmt: skip
"""Who learned which lesson on which day; F2 is the replay of F1."""
OF_LESSON = {"F1": "家庭", "F2": "家庭", "F3": "学校"}
KINDS = {"甲": "职工", "乙": "职工", "丙": "学校师生", "丁": "社会公众", "戊": "职工"}
FIELDS = ("企业", "农村", "城市社区", "学校", "家庭")


@pytest.fixture
def peopled(pages):
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("F1", "直播", 150, 60, "专家直播", "家庭"))
        describe_lesson(w, Lesson("F2", "重播", 150, 60, "直播重播", "家庭", replay_of="F1"))
        describe_lesson(w, Lesson("F3", "演练", 150, 60, "专家直播", "学校"))
        ids = {name: people.register(w, Registration(home, name, kind=KINDS[name])) for name, home in HOMES.items()}
        for name, lesson, day in LEARNED:
            mark_class(w, [ids[name]], MarkRow(day, lesson, minutes=20, source="class"), batch=random_id())
        known, campaign = people_by_id(w, ids.values()), w.meta("campaign")
        for number, (name, field, likes, counts) in enumerate(WORKS):
            who = known[ids[name]]
            work = Work(f"作品{number}", link=f"https://example.org/w{number}", account="个人号", field=field)
            key = work_id(campaign, work)
            say(w, [work_draft(campaign, work, who.person, who.home, "2023-06-01")])
            say(w, [reading_draft(who.home, key, Reading("2023-06-02T00:00:00Z", likes))])
            if not counts:
                judge(w, key, who, counts=False, reason="试")
    return pages


def _recounted(homes: tuple[str, ...]) -> list[list[str]]:
    """Works, authors once, likes: of each field and of all."""
    some = [(name, field, likes) for name, field, likes, counts in WORKS if counts and HOMES[name] in homes]
    fields = [*FIELDS, *([""] if any(field == "" for _, field, _ in some) else [])]
    told = []
    for field in (*fields, None):
        own = [each for each in some if field in {None, each[1]}]
        told.append([str(len(own)), str(len({name for name, _, _ in own})), str(sum(likes for _, _, likes in own))])
    return told


@pytest.mark.parametrize(("who", "homes"), [("root", tuple(HOMES.values())), ("city", ("3501", "350102"))])
def test_a_field_counts_its_works_and_each_author_once(peopled, who, homes):
    shown = _cells(see(peopled, f"{REPORTS}fields", who))
    assert [[row[4], row[6], row[7]] for row in shown if row[0] != "没有写领域" or row[4] != "0"] == _recounted(homes)
    assert shown[4][:3] == ["家庭", "1", "1.50"], "a replay is no other lesson"
    whole = int(shown[-1][4])
    assert [row[5] for row in shown] == [f"{100 * int(row[4]) / whole:.1f}%" for row in shown]
    assert [[cell or "—" for cell in row] for row in shown] == _sheet(peopled, f"{REPORTS}fields.xlsx", who)
    assert peopled.browser(who).get(f"{REPORTS}fields.pdf").data[:5] == b"%PDF-"
    assert whole == int(_cells(see(peopled, f"{REPORTS}?by=county", who))[-1][9]), "as many works as the roll-up tells"


@pytest.mark.parametrize(("who", "homes"), [("root", tuple(HOMES.values())), ("city", ("3501", "350102"))])
def test_kinds_of_participants_are_counted_for_who_asks(peopled, who, homes):
    shown = {row[0].split()[0]: row[3] for row in _cells(see(peopled, f"{REPORTS}?by=kind", who))}
    counted = Counter(KINDS[name] for name, home in HOMES.items() if home in homes)
    assert {kind: int(number) for kind, number in shown.items() if number != "0"} == {
        **counted, "合计（每人只算一次）": counted.total()
    }  # fmt: skip
    assert peopled.browser(who).get(f"{REPORTS}kind.pdf").data[:5] == b"%PDF-"


def test_the_command_tells_the_same(program):
    found = program.json("report", "fields")
    assert set(found) == {"heads", "as_of", "rows", "total"}
    assert [row["field"] for row in found["rows"]][:5] == list(FIELDS)
    assert set(found["total"]) == {"field", "lessons", "lesson_hours", "learners", "works", "authors", "likes"}


def _learners(page: str) -> dict[str, int]:
    return {row[0]: int(row[3]) for row in _cells(page) if row[3] != "0"}


def _recounted_learners(homes: dict[str, str], units: tuple[str, ...], day: str) -> dict[str, int]:
    told = [(name, OF_LESSON[lesson]) for name, lesson, on in LEARNED if on <= day and homes[name] in units]
    found = {field: len({name for name, of in told if of == field}) for _, field in told}
    return found | ({"合计": len({name for name, _ in told})} if told else {})


@pytest.mark.parametrize(("who", "units"), [("root", ("3501", "350102", "3502")), ("city", ("3501", "350102"))])
def test_a_field_counts_who_learned_in_it_once_on_every_day_wherever_they_are_at_home(peopled, who, units):
    for day in ("2023-06-01", "2023-06-03", "2023-06-04", "2023-06-05"):
        assert _learners(see(peopled, f"{REPORTS}fields?as_of={day}", who)) == _recounted_learners(HOMES, units, day)
    with peopled.store.writing() as w:  # somebody moves away: what they learned goes with them, on that day
        person = next(row[0] for row in w.all("select person from people where name = '甲'"))
        people.move(w, people_by_id(w, [person])[person], peopled.unit("3502"), "2023-06-05")
    moved = HOMES | {"甲": "3502"}
    for day, homes in (("2023-06-04", HOMES), ("2023-06-05", moved)):
        assert _learners(see(peopled, f"{REPORTS}fields?as_of={day}", who)) == _recounted_learners(homes, units, day)
    works = {row[0]: (row[4], row[6]) for row in _cells(see(peopled, f"{REPORTS}fields", who))}
    mine = [(field, name) for name, field, _, counts in WORKS if counts and moved[name] in units]
    assert works["企业"] == (str(len([1 for field, _ in mine if field == "企业"])), str(len({n for f, n in mine if f == "企业"})))


def test_what_is_taken_back_counts_no_more_and_a_rebuild_counts_the_same(peopled):
    def kept() -> list[list[object]]:
        tables = ("field_learners", "field_works")
        with peopled.store.reading() as r:
            return [r.all(f"select * from {table} order by 1, 2, 3") for table in tables]  # noqa: S608 - our own names

    with peopled.store.writing() as w:
        withdraw(w, w.value("select fact from marks m join people p using (person) where p.name = '丁'"), "试")
        work, person = w.one("select w.work, w.person from works w join people p using (person) where p.name = '乙'")
        judge(w, work, people_by_id(w, [person])[person], counts=False, reason="试")
    assert _learners(see(peopled, f"{REPORTS}fields")) == {"家庭": 1, "学校": 2, "合计": 2}
    assert {row[0]: (row[4], row[6]) for row in _cells(see(peopled, f"{REPORTS}fields"))}["企业"] == ("2", "1")
    before = kept()
    assert all(before)
    with peopled.store.writing() as w:
        rebuild(w)
    assert kept() == before


def test_one_more_mark_where_somebody_counts_already_asks_nothing_of_the_fields(peopled):
    def asked(name: str, lesson: str, day: str) -> int:
        said: list[str] = []
        with peopled.store.writing() as w:
            person = w.value("select person from people where name = :name", name=name)
        peopled.store._writing.set_trace_callback(said.append)  # noqa: SLF001
        with peopled.store.writing() as w:
            mark_class(w, [person], MarkRow(day, lesson, minutes=20, source="class"), batch=random_id())
        peopled.store._writing.set_trace_callback(None)  # noqa: SLF001
        assert any("insert into marks" in each for each in said)
        return sum("field_learners" in each for each in said)

    assert asked("乙", "F3", "2023-06-06") == 0, "in this field since the day before"
    assert asked("丁", "F2", "2023-06-04") == 0, "a replay is of the same field"
    assert asked("戊", "F3", "2023-06-06") > 0


def test_a_lesson_that_is_put_into_another_field_takes_its_learners_along(peopled):
    with peopled.store.writing() as w:
        describe_lesson(w, Lesson("F3", "演练", 150, 60, "专家直播", "企业"))
    assert _learners(see(peopled, f"{REPORTS}fields")) == {"家庭": 2, "企业": 2, "合计": 3}
    assert drifted_tables(peopled.store) == ()


def test_the_commands_tell_of_a_part_and_of_a_day_what_its_pages_do(program):
    kinds = program.json("report", "units", "--by", "kind")
    school = program.json("report", "units", "--by", "kind", "--unit", "S1")
    assert {row["code"] for row in school["rows"]} == {row["code"] for row in kinds["rows"]}
    assert 0 < school["total"]["joined"] < kinds["total"]["joined"]
    assert sum(row["joined"] for row in school["rows"]) == school["total"]["joined"]
    assert "可以用" in program.fails(2, "wrong_usage", "report", "units", "--by", "city", "--unit", "S1")["hint"]
    program.fails(3, "unknown_unit", "report", "fields", "--unit", "S99")
    program.json("mark", "--person", "001", "--lesson", "V1", "--on", "2023-06-10")
    learners = {
        (unit, day): program.json("report", "fields", "--unit", unit, "--as-of", day)["total"]["learners"]
        for unit in ("S1", "S2")
        for day in ("2023-06-09", "2023-06-10")
    }
    assert learners == {("S1", "2023-06-09"): 0, ("S1", "2023-06-10"): 1, ("S2", "2023-06-09"): 0, ("S2", "2023-06-10"): 0}
