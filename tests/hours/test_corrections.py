"""Correcting and withdrawing: nothing is overwritten, everything can be taken back."""

from __future__ import annotations

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.hours.actions.corrections import correct_mark, withdraw
from campmgr.areas.hours.settings import Completion
from campmgr.areas.people.actions.people import Registration, register_drafts
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts.saying import say
from campmgr.ids import born_in, hash_id
from campmgr.ledger.envelope import people_scope
from tests.kit.called import unit_called


def _correct(camp, who, fact, minutes, reason="输错了"):
    with camp.store.writing() as w:
        return correct_mark(w, camp.person(who), fact, minutes, reason)


def _withdraw(camp, what, reason="导入错了"):
    with camp.store.writing() as w:
        return withdraw(w, what, reason)


def _batch(camp, batch="b" * 32, unit="S1", number="010"):
    with camp.store.writing() as w:
        home = unit_called(w, unit)
        person = born_in(home, hash_id("corrections", unit, number))
        say(w, register_drafts(person, Registration(home, "赵六", number), batch))


def test_the_right_minutes_count_and_the_wrong_ones_stay_in_the_history(camp):
    wrong = camp.mark("001", "V1", 6)
    right = _correct(camp, "001", wrong.fact, 60)
    assert camp.credited("001") == 100
    marks = [(event.fact, event.stands) for event in camp.page("001").history if event.kind == "mark_recorded"]
    assert marks == [(wrong.fact, False), (right.chain, True)]


def test_the_beginning_of_an_id_is_enough(camp):
    wrong = camp.mark("001", "V1", 6)
    _correct(camp, "001", wrong.fact[:8], 60)
    assert camp.credited("001") == 100


def test_correcting_twice_the_same_way_writes_nothing_more(camp):
    wrong = camp.mark("001", "V1", 6)
    right = _correct(camp, "001", wrong.fact, 60)
    before = camp.state()
    assert _correct(camp, "001", wrong.fact, 60).chain == right.chain
    assert camp.state() == before


def test_a_correction_can_be_corrected(camp):
    first = camp.mark("001", "V1", 6)
    second = _correct(camp, "001", first.fact, 30)
    _correct(camp, "001", second.chain, 60)
    assert camp.credited("001") == 100
    with pytest.raises(NotFound):
        _correct(camp, "001", first.fact, 45)


@pytest.mark.parametrize("minutes", [0, -1, 1441])
def test_impossible_minutes_are_no_correction(camp, minutes):
    wrong = camp.mark("001", "V1", 6)
    with pytest.raises(BadInput) as told:
        _correct(camp, "001", wrong.fact, minutes)
    assert told.value.reason == "out_of_range"


def test_only_a_standing_mark_of_that_person_can_be_corrected(camp):
    other = camp.mark("002", "V1", 6)
    for fact in (other.fact, camp.page("001").history[0].fact, "0" * 64, "ab", ""):
        with pytest.raises(NotFound) as told:
            _correct(camp, "001", fact, 60)
        assert told.value.reason == "unknown_fact"


def test_a_withdrawn_mark_no_longer_counts_and_can_be_recorded_again(camp):
    first = camp.mark("001", "V1")
    assert not _withdraw(camp, first.fact).known
    assert camp.credited("001") == 0
    again = camp.mark("001", "V1")
    assert (again.state, again.credited) == ("recorded", 100)
    assert again.fact != first.fact


def test_withdrawing_again_changes_nothing(camp):
    first = camp.mark("001", "V1")
    _withdraw(camp, first.fact)
    before = camp.state()
    assert _withdraw(camp, first.fact).known
    assert camp.state() == before


def test_withdrawing_a_correction_brings_the_old_minutes_back(camp):
    wrong = camp.mark("001", "V1", 30)
    right = _correct(camp, "001", wrong.fact, 60)
    _withdraw(camp, right.chain)
    assert camp.credited("001") == 50


def test_a_batch_is_withdrawn_in_every_scope_and_can_be_said_again(camp):
    _batch(camp, unit="S1", number="010")
    _batch(camp, unit="S2", number="011")
    assert _withdraw(camp, "b" * 32).scopes == tuple(sorted(people_scope(camp.unit(unit)) for unit in ("S1", "S2")))
    for number in ("010", "011"):
        with pytest.raises(NotFound):
            camp.person(number)
    before = camp.state()
    assert _withdraw(camp, "b" * 32).known
    assert camp.state() == before
    _batch(camp, "c" * 32, "S1", "010")
    assert camp.person("010").name == "赵六"
    _withdraw(camp, "c" * 32)
    with pytest.raises(NotFound):
        camp.person("010")


def test_a_withdrawal_needs_its_reason(camp):
    first = camp.mark("001", "V1")
    for reason in ("", "  ", "\n"):
        with pytest.raises(BadInput) as told:
            _withdraw(camp, first.fact, reason)
        assert told.value.reason == "missing_value"


@pytest.mark.parametrize("what", ["", "b" * 32, "0" * 64, "%", "x"])
def test_what_is_not_there_cannot_be_withdrawn(camp, what):
    with pytest.raises(NotFound) as told:
        _withdraw(camp, what)
    assert told.value.reason == "unknown_fact"


@pytest.mark.parametrize("kind", ["campaign_opened", "node_enrolled", "writer_succeeded", "fact_withdrawn"])
def test_what_the_camp_stands_on_and_withdrawals_cannot_be_withdrawn(camp, child, kind):
    _withdraw(camp, camp.mark("001", "V1").fact)
    _batch(camp)
    _withdraw(camp, "b" * 32)
    (fact,) = camp.rows("select chain from facts where kind = :kind limit 1", kind=kind)[0]
    before = camp.state()
    with pytest.raises(Refused) as told:
        _withdraw(camp, fact)
    assert told.value.reason == "refused_by_rule"
    assert camp.state() == before


def test_a_school_cannot_withdraw_what_others_said(camp, child):
    camp.mark("003", "V1")
    (lesson,) = child.rows("select chain from facts where kind = 'lesson_described' limit 1")[0]
    before = child.state()
    with pytest.raises(NotAllowed):
        _withdraw(child, lesson)
    assert child.state() == before


def test_a_withdrawn_rule_gives_the_old_value_back(camp):
    with camp.store.writing() as w:
        fact = amend_rule(w, "certificate.required_hundredths", "700")
    assert fact
    assert camp.world().rules[Completion].required_hundredths == 700
    _withdraw(camp, fact.chain)
    assert camp.world().rules[Completion].required_hundredths == 800
