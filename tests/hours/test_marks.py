"""Recording marks and conditions (F-19, F-21 … F-23)."""

from __future__ import annotations

import pytest

from campmgr.areas.hours.actions.marks import MarkRow, mark, mark_draft
from campmgr.areas.people.actions.people import Registration, register
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts.saying import say
from campmgr.ids import person_code
from campmgr.ledger.envelope import subject


def test_a_mark_is_recorded_and_credited(camp):
    marked = camp.mark("001", "V1")
    assert (marked.state, marked.credited, marked.person) == ("recorded", 100, camp.person("001").person)
    assert camp.credited("001") == 100


def test_the_same_again_is_known_and_writes_nothing(camp):
    first = camp.mark("001", "V1", 20)
    before = camp.state()
    again = camp.mark("001", "V1", 20)
    assert (again.state, again.fact, again.credited) == ("known", first.fact, first.credited)
    assert camp.state() == before


def test_the_minted_code_serves_as_well_as_the_number(camp):
    assert camp.mark(camp.person("001").code, "V1").state == "recorded"
    assert camp.mark("001", "V1").state == "known"


def test_twenty_and_twenty_and_twenty_on_three_days_are_the_full_credit(camp):
    for day in ("2023-06-08", "2023-06-09", "2023-06-10"):
        camp.mark("001", "V1", 20, day)
    assert camp.credited("001") == 100


def test_within_one_day_the_largest_counts(camp):
    camp.mark("001", "V1", 20)
    camp.mark("001", "V1", 30)
    camp.mark("001", "V1", 10)
    assert camp.credited("001") == 50


def test_more_than_the_length_earns_no_more(camp):
    camp.mark("001", "V1", 1440)
    assert camp.credited("001") == 100


def test_the_live_and_its_replay_earn_their_larger_credit_once(camp):
    camp.mark("001", "Z1", 45)
    camp.mark("001", "Z1R")
    camp.mark("001", "Z1", 30, "2023-06-09")
    assert camp.credited("001") == 200


@pytest.mark.parametrize("minutes", [-5, 0, 1441, 9999, 10**30])
def test_impossible_minutes_are_refused(camp, minutes):
    before = camp.state()
    with pytest.raises(BadInput) as told:
        camp.mark("001", "V1", minutes)
    assert told.value.reason == "out_of_range"
    assert camp.state() == before


@pytest.mark.parametrize("minutes", [1, 1440, None])
def test_possible_minutes_are_taken(camp, minutes):
    assert camp.mark("001", "V1", minutes).state == "recorded"


@pytest.mark.parametrize("day", ["2023-06-11", "2022-06-10", "2023-05-19", "2099-01-01"])
def test_days_outside_the_camp_and_still_to_come_are_refused(camp, day):
    before = camp.state()
    with pytest.raises(Refused) as told:
        camp.mark("001", "V1", day=day)
    assert told.value.reason == "outside_camp"
    assert camp.state() == before


@pytest.mark.parametrize("day", ["2023-05-20", "2023-05-31", "2023-06-10", ""])
def test_days_of_the_warm_up_and_of_the_camp_are_taken(camp, day):
    assert camp.mark("001", "V1", day=day).state == "recorded"


@pytest.mark.parametrize("day", ["10. Juni", "2023-13-01", "2023-02-30", "昨天", "0000-00-00"])
def test_what_is_no_day_is_refused(camp, day):
    with pytest.raises(BadInput) as told:
        camp.mark("001", "V1", day=day)
    assert told.value.reason == "bad_date"


def test_an_unknown_lesson_names_the_known_ones(camp):
    with pytest.raises(NotFound) as told:
        camp.mark("001", "V99")
    assert told.value.reason == "unknown_lesson"
    assert "V1" in told.value.hint


def test_an_unknown_person(camp):
    with pytest.raises(NotFound) as told:
        camp.mark("9999", "V1")
    assert told.value.reason == "unknown_person"


def test_a_mistyped_code_is_told_from_an_unknown_one(camp):
    code = camp.person("001").code
    with pytest.raises(BadInput) as told:
        camp.mark(code[:-1] + str((int(code[-1]) + 1) % 10), "V1")
    assert told.value.reason == "bad_check_digits"


def test_a_number_that_two_people_have_asks_for_the_code(camp):
    with camp.store.writing() as w:
        register(w, Registration("S2", "张三三", "001"))
    with pytest.raises(BadInput) as told:
        camp.mark("001", "V1")
    assert told.value.reason == "ambiguous_person"
    assert "张三三" in told.value.sentence


def test_a_code_that_nobody_knows_yet_waits_and_is_known_again(camp):
    code = person_code("nobody here")
    first, again = camp.mark(code, "V1"), camp.mark(code, "V1")
    assert (first.state, again.state, again.fact) == ("pending", "known", first.fact)


@pytest.mark.parametrize("condition", ["sign_in", "follow", "daily_scan"])
def test_conditions_are_recorded_once_a_day(camp, condition):
    assert [camp.mark("001", condition=condition).state for _ in range(2)] == ["recorded", "known"]
    assert camp.mark("001", condition=condition, day="2023-06-09").state == "recorded"
    assert sorted(camp.page("001").conditions) == [(condition, "2023-06-09"), (condition, "2023-06-10")]
    assert camp.hours("001").signed_in is (condition == "sign_in")


def test_the_history_shows_what_when_and_by_whom(camp):
    with camp.store.writing() as w:
        mark(w, "001", MarkRow("2023-06-09", lesson="V1", minutes=20), actor="联络员甲")
    last = camp.page("001").history[-1]
    assert (last.kind, last.happened_on, last.actor, last.stands) == ("mark_recorded", "2023-06-09", "联络员甲", True)
    assert last.recorded_at == "2023-06-10T12:00:00+08:00"
    assert last.body["minutes"] == 20


def test_one_client_id_for_two_bodies_is_refused_with_both_shown(camp):
    who = camp.person("001")
    place, about = who.home, subject("person", who.person)
    draft = mark_draft(place, about, MarkRow("2023-06-09", lesson="V1", minutes=20))
    other = mark_draft(place, about, MarkRow("2023-06-09", lesson="V1", minutes=21))
    with camp.store.writing() as w:
        say(w, [draft])
    before = camp.state()
    with pytest.raises(Refused) as told, camp.store.writing() as w:
        say(w, [type(other)(place, other.kind, about, other.body, client_id=draft.client_id)])
    assert told.value.reason == "conflict"
    assert '"minutes":20' in told.value.sentence
    assert '"minutes":21' in told.value.sentence
    assert camp.state() == before


def test_a_school_marks_its_own_pupils_and_no_others(camp, child):
    assert child.mark("001", "V1").state == "recorded"
    with pytest.raises(NotFound):
        child.mark("003", "V1")  # whose scope never came here
    who = camp.person("003")
    draft = mark_draft("S2", subject("person", who.person), MarkRow("2023-06-09", lesson="V1"))
    before = child.state()
    with pytest.raises(NotAllowed) as told, child.store.writing() as w:
        say(w, [draft])
    assert told.value.reason == "not_granted"
    assert child.state() == before
