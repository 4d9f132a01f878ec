"""Carrying keeps the original's id and bytes (docs/ledger.md#carrying)."""

from __future__ import annotations

import copy
import json

import pytest

from campmgr.ids import canonical
from campmgr.ledger.carrier import CARRIER, carried_id, carried_original, carrier_holds, wrap
from campmgr.ledger.envelope import Draft, Fact, Stream, genesis
from tests.ledger.writing import write_fact

_AT = "2023-06-10T12:00:00+08:00"


def _write(draft: Draft, campaign="camp") -> Fact:
    return write_fact(campaign, (stream := Stream(f"people/{draft.place}", "w" * 32)), 1, genesis(campaign, stream), 7, _AT, draft)


@pytest.fixture
def original() -> Fact:
    body = {"lesson": "V1", "minutes": None, "source": "station", "reason": "𠮷"}
    return _write(Draft("station", "mark_recorded", "code:1234567890123456", body, "志愿者", "2023-06-09", "b", "c"))


@pytest.fixture
def inside(original):
    return wrap("camp", original)


def _carrier(inside, about="person:9") -> Fact:
    return _write(Draft("home", CARRIER, about, inside))


def test_the_original_comes_back_with_its_own_id(original, inside):
    body = json.loads(_carrier(inside).body or "")
    assert carrier_holds("camp", body)
    assert carried_id(body) == original.chain
    back = carried_original(_carrier(inside), body)
    assert back == original._replace(subject="person:9")


def test_only_the_mark_of_a_code_takes_the_carriers_subject(original):
    known = _write(Draft("A", "membership_ended", "person:1", {"unit": "A"}))
    body = wrap("camp", known)
    assert carried_original(_carrier(body, "person:2"), body) == known


def test_an_erased_original_can_be_carried(original):
    erased = original._replace(body=None, salt=None)
    body = wrap("camp", erased)
    assert carrier_holds("camp", body)
    assert carried_id(body) == original.chain
    assert carried_original(_carrier(body), body).body is None


def test_a_carrier_can_be_carried_inside_its_new_scope_only_by_the_original(inside):
    assert not carrier_holds("another camp", inside)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body["envelope"].pop("seq"),
        lambda body: body["envelope"].update(more=1),
        lambda body: body["envelope"].update(digest="0" * 64),
        lambda body: body["envelope"].update(subject=7),
        lambda body: body["envelope"].update(clock="7"),
        lambda body: body["envelope"].update(seq=1.0),
        lambda body: body["envelope"].update(v=True),
        lambda body: body["envelope"].update(writer=None),
        lambda body: body["envelope"].update(batch=["b"]),
        lambda body: body.update(body='{"lesson":"V2"}'),
        lambda body: body.update(salt="00" * 16),
        lambda body: body.update(salt=None),
        lambda body: body.update(previous="no hex"),
    ],
)
def test_a_spoiled_carrier_does_not_hold(inside, spoil):
    body = copy.deepcopy(inside)
    spoil(body)
    assert not carrier_holds("camp", body)


def test_a_changed_envelope_gives_another_id(original, inside):
    body = copy.deepcopy(inside)
    body["envelope"]["clock"] += 1
    assert carried_id(body) != original.chain


def test_wrapping_is_a_pure_function(original, inside):
    again = wrap("camp", original)
    assert canonical(again) == canonical(inside)
