"""The made-up camp, built twice: the same both times, and as large and as varied as promised."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from campmgr.areas.camp.settings import FIELDS
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.units.queries.reports import REPORTS, report_units
from campmgr.areas.units.settings import OUTSIDE, PARTICIPANT_KINDS
from campmgr.areas.whole import CATALOGUE
from campmgr.areas.works.queries.standings import standings
from campmgr.areas.works.settings import Ranking
from campmgr.demo.camp import MARKS, PEOPLE, WORKS, DemoCamp, build_demo
from campmgr.desks.queries.person import hours_of
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.folding import rebuild
from campmgr.ledger.kinds import body_of
from campmgr.store import data_file, ledger
from tests.kit.called import unit_called

_PEOPLE = """select p.number, p.name, u.code, p.kind, p.class_name, p.phone, p.guardian, p.joined_on, p.credited, p.signed_in,
             p.complete, p.ready from people p join units u on u.unit = p.home order by p.number, p.name, u.code"""
_JOINED = "select number, name, phone, credited, signed_in, complete, ready from people where kind <> 'outside'"


@pytest.fixture(scope="module")
def camp(demo_camp, tmp_path_factory) -> DemoCamp:
    return demo_camp(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def r(camp):
    with data_file.opened(camp.path, CATALOGUE) as store, store.reading() as reader:
        yield reader


@pytest.fixture(scope="module")
def world(r):
    return worlds.load(r)


def test_a_second_camp_is_the_same_but_for_keys_and_ids(camp, r, world, tmp_path):
    again = build_demo(tmp_path / "again.sqlite")
    with data_file.opened(again.path, CATALOGUE) as store, store.reading() as other:
        there = worlds.load(other)
        assert other.all(_PEOPLE) == r.all(_PEOPLE)
        for by in REPORTS:
            here, second = report_units(r, world, by), report_units(other, there, by)
            assert _without_ids(second) == _without_ids(here)
        assert other.meta("campaign") != r.meta("campaign")
    assert (again.half_hour_short.number, again.ready.name) == (camp.half_hour_short.number, camp.ready.name)
    assert again.ready.code != camp.ready.code


def test_it_is_as_large_as_promised(r):
    assert r.value("select count(*) from people where kind <> :outside", outside=OUTSIDE) == PEOPLE == 5_000
    assert r.value("select count(*) from marks") == MARKS == 40_000
    assert r.value("select count(*) from works") == WORKS == 600
    assert {row[0] for row in r.all("select count(*) from readings group by work")} == {3}
    assert 10 <= r.value("select count(*) from people where kind = :outside", outside=OUTSIDE) <= 50
    assert len(lessons_of(worlds.load(r))) == 12


def test_every_report_has_life_in_it(r, world):
    rows = {by: report_units(r, world, by).rows for by in REPORTS}
    joined = {by: [row.amounts[0] for row in some] for by, some in rows.items()}
    assert len(rows["city"]) == 11
    assert min(joined["city"]) > 0
    assert max(joined["city"]) > 5 * min(joined["city"])
    assert sum(number > 0 for number in joined["school"]) >= 40
    assert sum(number > 0 for number in joined["federation"]) >= 20
    assert all((row.expected or 0) > 0 for row in rows["city"])
    assert sum(row.expected is not None for row in rows["school"]) >= 40
    assert min(joined["line"]) > 0
    assert report_units(r, world, "line").overlap.amounts[0] > 0  # pupils whose families are counted by 妇联 too
    assert {row.code for row in rows["kind"] if row.amounts[0]} == set(PARTICIPANT_KINDS.words) - {OUTSIDE}


def _without_ids(report):
    return [replace(row, unit="") for row in (*report.rows, report.total, report.unassigned, report.overlap)]


@pytest.mark.parametrize("unit", ["3501", "350102", "3500", "3500-GX", "350128", "35"])
def test_somebody_is_at_home_at_every_level(r, unit):
    assert r.value("select count(*) from people where home = :unit and kind <> 'outside'", unit=unit_called(r, unit)) > 0


def test_some_finish_some_lack_the_sign_in_and_some_half_an_hour(r):
    people = r.all(_JOINED)
    states = Counter((row[5], row[4], row[6]) for row in people)
    assert min(states[1, 1, 1], states[1, 0, 0]) > 300
    assert sum(row[3] == 750 for row in people) > 200
    assert sum(row[3] == 800 for row in people) > 100
    assert sum(row[3] == 0 for row in people) > 100


def test_the_people_to_look_at_are_what_they_are_called(camp, r, world):
    short, unsigned, ready = (hours_of(r, world, find_person(r, who.code)) for who in (
        camp.half_hour_short, camp.unsigned, camp.ready))  # fmt: skip
    assert (short.credit.total, short.signed_in, short.readiness.missing) == (750, True, 50)
    assert (unsigned.readiness.complete, unsigned.readiness.lacking) == (True, ("sign_in",))
    assert ready.readiness.ready
    for who in (camp.half_hour_short, camp.unsigned, camp.ready):
        assert find_person(r, who.number).code == who.code
        assert find_person(r, who.number).name == who.name


def test_the_units_to_look_at_have_people(camp, world, r):
    for code, kind in ((camp.school, "学校"), (camp.federation, "妇联")):
        unit = find_unit(world, code)
        assert unit.kind == kind
        assert r.value("select count(*) from people where home = :unit", unit=unit.unit) > 5


def test_names_have_every_form_that_breaks_software(r):
    names = [row[1] for row in r.all(_JOINED)]
    assert {2, 3, 4} <= set(map(len, names))
    assert all(any(part in name for name in names) for part in ("·", "𠮷", "䶮"))


def test_no_telephone_could_be_anybodys(r):
    phones = [row[2] for row in r.all(_JOINED) if row[2]]
    assert len(phones) > 500
    assert all(len(phone) == 11 and phone.startswith("100") for phone in phones)


def test_likes_have_a_long_tail_and_equals_at_the_cut(r, world):
    page = standings(r, world)
    likes = [row.likes for row in page.rows]
    assert len(likes) == 100 + page.tied_at_cut > 100
    assert likes[99] == likes[-1]
    assert likes[0] > 10 * likes[99] > 0
    total = sum(row[0] for row in r.all("select likes from works"))
    assert sum(likes) > total // 2


def test_likes_only_grow_and_are_rounded_as_platforms_do(r):
    readings = r.all("select work, likes, rounded, plays from readings order by work, read_at")
    for before, after in pairwise(readings):
        assert before[0] != after[0] or (before[1] <= after[1] and (before[3] or 0) <= (after[3] or 0))
    assert all(likes % 1000 == 0 for _, likes, rounded, _ in readings if rounded)
    assert {row[2] for row in readings} == {0, 1}


def test_works_are_of_every_field_and_point_nowhere_real(r):
    works = r.all("select field, link from works")
    assert {field for field, _ in works} == set(FIELDS.words)
    assert all(link.startswith("https://example.org/") for _, link in works)


def test_nothing_is_left_to_do_and_a_few_minutes_to_doubt(r):
    assert r.value("select count(*) from memberships") > 100
    assert r.value("select count(*) from progress_due") == r.value("select count(*) from carry_due") == 0
    assert r.value("select count(*) from pending") == 0
    assert {row[0] for row in r.all("select matter from review")} == {"longer_than_lesson"}
    assert 0 < r.value("select count(*) from review") < 100


def test_everything_was_recorded_in_order_of_time(r):
    recorded = [row[0] for row in r.all("select recorded_at from facts order by clock")]
    assert recorded == sorted(recorded)
    assert (recorded[0][:10], recorded[-1][:10]) == ("2023-05-25", "2023-07-01")


def test_no_fold_has_changed_what_is_read_once_for_all_equal_facts(camp):
    """Equal short bodies are one object: whoever changed it would change what every other fact of its kind says."""
    kinds = CATALOGUE.kinds
    with data_file.opened(camp.path, CATALOGUE) as store:
        with store.writing(alone=True) as w:
            rebuild(w)
        with store.reading() as r:
            facts = [fact for stream in ledger.streams(r) for fact in ledger.of_stream(r, stream)]
    assert all(body_of(kinds[fact.kind], fact.body) == json.loads(fact.body) for fact in facts if fact.body)


def test_the_camp_has_its_cut_off(world):
    assert world.rules[Ranking].cut_off == "2023-06-30T16:00:00Z"


def test_what_stands_in_the_way_is_not_overwritten(tmp_path):
    path = tmp_path / "mine.sqlite"
    path.write_text("keep me")
    with pytest.raises(BadInput):
        build_demo(path)
    assert path.read_text() == "keep me"
