"""Which facts stand, told as little stories: every row a fact, then what is left (docs/ledger.md#order)."""

from __future__ import annotations

import random

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.ledger.carrier import CARRIER, wrap
from campmgr.ledger.envelope import Draft, Fact, Stream, genesis
from campmgr.ledger.order import order_key, read_facts, standing
from tests.ledger.make_golden import CAMPAIGN
from tests.ledger.writing import write_fact

_A, _B = "people/A", "people/B"


def _fact(clock, minutes=20, scope=_A, writer="w", kind="mark_recorded", **fields) -> Fact:
    body = (
        {"activity": "", "lesson": "V1", "minutes": minutes, "source": "class", "reason": ""}
        if kind == "mark_recorded"
        else fields.pop("body")
    )
    draft = Draft(scope[7:], kind, "person:1", body, happened_on="2023-06-09", **fields)
    return write_fact(
        CAMPAIGN, (stream := Stream(scope, writer)), 1, genesis(CAMPAIGN, stream), clock, "2023-06-10T00:00:00+08:00", draft
    )


def _carried(fact: Fact, clock: int, scope: str = _B) -> Fact:
    body = wrap(CAMPAIGN, fact)
    draft = Draft(scope[7:], CARRIER, fact.subject, body, batch=fact.batch)
    return write_fact(
        CAMPAIGN, (stream := Stream(scope, "carrier")), 1, genesis(CAMPAIGN, stream), clock, "2023-06-10T00:00:00+08:00", draft
    )


def _minutes(facts, withdrawn=None) -> list:
    told = read_facts(CATALOGUE.kinds, facts)
    assert [one.id for one in told] == [one.id for one in read_facts(CATALOGUE.kinds, reversed(facts))]
    return [one.body["minutes"] for one in standing(told, withdrawn or {}) if "minutes" in one.body]


def _withdrawal(clock, fact) -> Fact:
    return _fact(clock, kind="fact_withdrawn", body={"fact": fact.chain, "reason": "错"})


def test_clock_then_writer_then_number_then_chain_decide():
    fact = _fact(5)
    keys = [fact._replace(clock=4, writer="z"), fact._replace(writer="a", seq=9), fact._replace(writer="b", seq=1),
            fact._replace(writer="b", seq=2, chain="a"), fact._replace(writer="b", seq=2, chain="b")]  # fmt: skip
    shuffled = keys[:]
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=order_key) == keys


def test_facts_without_relation_all_stand_in_order():
    assert _minutes([_fact(3, 3), _fact(1, 1), _fact(2, 2)]) == [1, 2, 3]


def test_the_same_client_id_counts_once_the_first():
    assert _minutes([_fact(2, 30, client_id="c", writer="x"), _fact(1, 20, client_id="c"), _fact(3, 40, client_id="d")]) == [20, 40]


def test_facts_without_client_id_are_never_taken_for_each_other():
    assert _minutes([_fact(1, 20), _fact(2, 20)]) == [20, 20]


def test_a_correction_takes_what_it_names():
    old = _fact(1, 20)
    assert _minutes([old, _fact(2, 30, replaces=(old.chain,))]) == [30]


def test_a_chain_of_corrections_leaves_the_last():
    first = _fact(1, 20)
    second = _fact(2, 30, replaces=(first.chain,))
    third = _fact(3, 40, replaces=(second.chain,))
    assert _minutes([third, first, second]) == [40]


def test_a_correction_whose_middle_is_not_held_still_takes_its_own():
    first = _fact(1, 20)
    second = _fact(2, 30, replaces=(first.chain,))
    assert _minutes([first, _fact(3, 40, replaces=(second.chain,))]) == [20, 40]


def test_two_corrections_of_one_fact_both_stand():
    old = _fact(1, 20)
    assert _minutes([old, _fact(2, 30, replaces=(old.chain,)), _fact(3, 40, replaces=(old.chain,), writer="x")]) == [30, 40]


def test_a_withdrawn_correction_gives_the_old_back():
    old = _fact(1, 20)
    new = _fact(2, 30, replaces=(old.chain,))
    assert _minutes([old, new, _withdrawal(3, new)]) == [20]


def test_withdrawing_the_last_of_a_chain_gives_the_middle_back():
    first = _fact(1, 20)
    second = _fact(2, 30, replaces=(first.chain,))
    third = _fact(3, 40, replaces=(second.chain,))
    assert _minutes([first, second, third, _withdrawal(4, third)]) == [30]


def test_a_correction_of_a_withdrawn_fact_stands():
    old = _fact(1, 20)
    assert _minutes([old, _withdrawal(2, old), _fact(3, 30, replaces=(old.chain,))]) == [30]


def test_a_correction_takes_the_equals_of_what_it_names():
    one, twin = _fact(1, 20, client_id="c"), _fact(2, 20, client_id="c", writer="x")
    assert _minutes([one, twin, _fact(3, 30, replaces=(twin.chain,))]) == [30]


def test_a_withdrawn_batch_goes_where_it_was_withdrawn():
    here, there = _fact(1, 20, batch="b"), _fact(2, 30, scope=_B, batch="b")
    assert _minutes([here, there], {"b": {_A}}) == [30]
    assert _minutes([here, there], {"b": {_A, _B}}) == []
    assert _minutes([here, there], {"c": {_A, _B}}) == [20, 30]


def test_a_withdrawn_batch_frees_its_client_ids():
    assert _minutes([_fact(1, 20, batch="b", client_id="c"), _fact(2, 20, batch="n", client_id="c")], {"b": {_A}}) == [20]


def test_a_withdrawn_batch_of_corrections_gives_the_old_back():
    old = _fact(1, 20)
    assert _minutes([old, _fact(2, 30, batch="b", replaces=(old.chain,))], {"b": {_A}}) == [20]


def test_corrections_that_name_each_other_end():
    one = _fact(1, 20, replaces=("f" * 64,))
    two = _fact(2, 30, replaces=(one.chain,))
    loop = one._replace(replaces=two.chain)
    assert _minutes([loop, two]) in ([], [20], [30])


def test_an_original_counts_once_however_often_it_was_carried():
    fact = _fact(1, 20)
    told = read_facts(CATALOGUE.kinds, [_carried(fact, 7), fact, _carried(fact, 8, "people/C")])
    assert [one.id for one in told] == [fact.chain]
    assert sorted(told[0].scopes) == [_A, _B, "people/C"]


def test_a_carried_fact_stands_at_its_own_clock():
    late = _carried(_fact(1, 10), clock=99)
    assert _minutes([_fact(5, 50), late]) == [10, 50]


def test_a_batch_withdrawn_in_the_scope_of_a_carrier_takes_the_original():
    fact = _fact(1, 20, batch="b")
    assert _minutes([_carried(fact, 7)], {"b": {_B}}) == []
    assert _minutes([_carried(fact, 7)], {"b": {"people/elsewhere"}}) == [20]


@pytest.mark.parametrize(
    "broken", [{"body": None, "salt": None}, {"body": "{}"}, {"body": "not json"}, {"v": 9}, {"kind": "dreamt"}]
)
def test_what_cannot_be_read_is_left_out(broken):
    assert _minutes([_fact(1, 20)._replace(**broken), _fact(2, 30)]) == [30]
