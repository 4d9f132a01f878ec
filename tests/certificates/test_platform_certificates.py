"""The platform's own certificate stands beside ours: once, withdrawn when wrong, told with the rest (F-19)."""

from __future__ import annotations

import pytest

from campmgr.areas.certificates.actions.issuing import issue, record_platform_certificate
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.areas.hours.actions.corrections import withdraw
from campmgr.areas.people.actions.people import erase
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from tests.kit.called import unit_called


def _record(camp, number="KS-0001", day="2023-06-10", who="001"):
    with camp.store.writing() as w:
        return record_platform_certificate(w, camp.person(who), number, day)


def _known(camp, who="001"):
    return [(each.number, each.issued_on) for each in camp.page(who).platform_certificates]


def test_it_is_recorded_once_and_can_be_withdrawn(camp):
    _record(camp, " KS－0001 ")
    before = camp.state()
    fact = _record(camp)
    assert camp.state() == before
    assert _known(camp) == [("KS-0001", "2023-06-10")]
    with camp.store.writing() as w:
        withdraw(w, fact.chain, "登错了")
    assert _known(camp) == []


def test_it_changes_no_hours_and_no_readiness(camp):
    before = (camp.credited("001"), camp.hours("001").readiness)
    _record(camp)
    assert (camp.credited("001"), camp.hours("001").readiness) == before


def test_it_stands_on_the_lists_that_go_with_printed_certificates(camp):
    camp.mark("001", "V8")
    camp.mark("001", condition="sign_in")
    _record(camp, "KS-2", "2023-06-09")
    _record(camp, "KS-1")
    with camp.store.writing() as w:
        issue(w)
    with camp.store.reading() as r:
        (printed,) = certificate_prints(r, worlds.load(r), unit_called(r, "35"))
    assert (printed.platform, printed.unit) == ("KS-2 KS-1", camp.unit("S1"))


@pytest.mark.parametrize(
    ("number", "day", "reason"),
    [
        (" ", "2023-06-10", "missing_value"),
        ("1" * 61, "2023-06-10", "too_long"),
        ("KS", "六月", "bad_date"),
        ("KS", "", "missing_value"),
    ],
)
def test_what_cannot_be_one_is_refused(camp, number, day, reason):
    before = camp.state()
    with pytest.raises(BadInput) as told:
        _record(camp, number, day)
    assert (told.value.reason, camp.state()) == (reason, before)


def test_it_stays_when_the_person_is_erased_since_it_is_no_detail(camp):
    _record(camp)
    someone = camp.person("001")
    with camp.store.writing() as w:
        erase(w, someone, "本人要求")
    assert camp.rows("select number from platform_certificates where person = :one", one=someone.person) == [("KS-0001",)]
