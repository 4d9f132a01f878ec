"""Certificates: dry run, issue, again, refuse, revoke, verify (F-19 … F-21)."""

from __future__ import annotations

from collections import Counter

import pytest

from campmgr.areas.camp import actions as open_rules
from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.certificates.actions.revoking import revoke
from campmgr.areas.certificates.queries.certificates import REASONS, Whom
from campmgr.areas.certificates.queries.checks import verify_certificate
from campmgr.areas.certificates.queries.planned import SHOWN, planned
from campmgr.areas.hours.actions.class_marking import mark_class
from campmgr.areas.hours.actions.corrections import withdraw
from campmgr.areas.hours.actions.marks import MarkRow
from campmgr.areas.nodes.files.packs import accept_pack, make_pack
from campmgr.areas.people.actions.people import Registration, erase, register
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.desks.actions.settling import settle
from campmgr.desks.queries.review import Asked, Span, review_count, review_part
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.ids import certificate_number
from campmgr.ledger.envelope import Draft, subject
from tests.kit.called import unit_called


def _issue(camp, unit="", **more):
    with camp.store.writing() as w:
        return issue(w, Whom(unit), **more)


def _revoke(camp, number, reason="误发"):
    with camp.store.writing() as w:
        return revoke(w, number, reason)


def _verify(camp, number):
    with camp.store.reading() as r:
        return verify_certificate(r, number)


@pytest.fixture
def ready(camp):
    """001 is ready, 002 has the hours without sign-in, 003 is behind."""
    mark = camp.mark("001", "V8")
    camp.mark("001", condition="sign_in")
    camp.mark("002", "V8")
    camp.mark("003", "V1")
    return mark


def test_a_dry_run_tells_and_writes_nothing(camp, ready):
    before = camp.state()
    told = _issue(camp, dry_run=True)
    assert (told.issued, told.already, told.refused) == (1, 0, ((camp.person("002").person, "sign_in_missing"),))
    assert camp.state() == before


def test_those_who_are_ready_get_one_and_again_nothing_new(camp, ready):
    first = _issue(camp)
    assert (first.issued, first.already, len(first.numbers)) == (1, 0, 1)
    before = camp.state()
    again = _issue(camp)
    assert (again.issued, again.already, again.refused) == (0, 1, first.refused)
    assert camp.state() == before
    assert [event.kind for event in camp.page("001").history][-1] == "certificate_issued"


def test_the_number_is_a_function_of_camp_person_and_edition(camp, ready):
    assert _issue(camp).numbers == (certificate_number(camp.world().campaign, camp.person("001").person, 1),)


def test_seven_ninety_nine_is_not_enough(camp):
    camp.mark("001", "V8", 479)
    camp.mark("001", condition="sign_in")
    assert camp.credited("001") == 798
    told = _issue(camp)
    assert (told.issued, told.refused) == (0, ())


def test_only_the_unit_asked_for(camp, ready):
    assert _issue(camp, camp.unit("350103")).issued == 0
    assert _issue(camp, camp.unit("350102")).issued == 1


def test_a_real_number_in_any_spelling_is_real(camp, ready):
    (number,) = _issue(camp).numbers
    for spelling in (number, number.lower(), number.replace("-", ""), f" {number} "):
        found = _verify(camp, spelling)
        assert (found.number, found.state, found.name, found.issued_on) == (number, "valid", "张三", "2023-06-10")


@pytest.mark.parametrize("number", ["", "0000-0000-0000-0000", "ABC", "𠮷", "1" * 500, "' or 1=1"])
def test_a_number_of_nobody_is_unknown(camp, ready, number):
    _issue(camp)
    assert _verify(camp, number).state == "unknown"


def test_a_revoked_one_says_why_and_is_not_issued_again_by_itself(camp, ready):
    (number,) = _issue(camp).numbers
    _revoke(camp, number)
    found = _verify(camp, number)
    assert (found.state, found.reason) == ("revoked", "误发")
    told = _issue(camp)
    assert (told.issued, told.already) == (0, 0)
    assert (camp.person("001").person, "certificate_revoked") in told.refused
    before = camp.state()
    _revoke(camp, number)
    assert camp.state() == before


def test_revoking_needs_a_reason_and_a_certificate(camp, ready):
    (number,) = _issue(camp).numbers
    with pytest.raises(BadInput) as told:
        _revoke(camp, number, " ")
    assert told.value.reason == "missing_value"
    with pytest.raises(NotFound) as none:
        _revoke(camp, "0000-0000-0000-0000")
    assert none.value.reason == "unknown_certificate"
    assert _verify(camp, number).state == "valid"


def test_a_later_edition_supersedes(camp, ready):
    (number,) = _issue(camp).numbers
    _revoke(camp, number)
    who = camp.person("001")
    newer = certificate_number(camp.world().campaign, who.person, 2)
    body = {"number": newer, "edition": 2, "credited": 800}
    with camp.store.writing() as w:
        say(w, [Draft(who.home, "certificate_issued", subject("person", who.person), body)])
    assert (_verify(camp, number).state, _verify(camp, newer).state) == ("superseded", "valid")


def test_hours_that_fall_below_after_the_certificate_ask_for_a_human(camp, ready):
    (number,) = _issue(camp).numbers
    with camp.store.writing() as w:
        withdraw(w, ready.fact, "误登")
    assert camp.rows("select matter from review") == [("hours_below_certificate",)]
    assert _verify(camp, number).state == "valid"
    camp.mark("001", "V8", day="2023-06-09")
    assert camp.rows("select matter from review") == []


def test_an_erased_holder_keeps_the_certificate_without_a_name(camp, ready):
    (number,) = _issue(camp).numbers
    with camp.store.writing() as w:
        erase(w, camp.person("001"), "本人要求")
    assert (_verify(camp, number).state, _verify(camp, number).name) == ("valid", "已删除")


def test_a_school_issues_to_its_own(camp, child):
    child.mark("001", "V8")
    child.mark("001", condition="sign_in")
    (number,) = _issue(child).numbers
    camp.mark("001", "V8")
    camp.mark("001", condition="sign_in")
    assert _issue(camp).numbers == (number,)


def test_two_nodes_that_issue_offline_and_then_meet_have_one_certificate(camp, child, tmp_path):
    for each in (camp, child):
        each.mark("001", "V8")
        each.mark("001", condition="sign_in")
        each.clock.move(hours=1)
        _issue(each)
    for giver, taker in ((child, camp), (camp, child)):
        with giver.store.reading() as r:
            make_pack(r, worlds.load(r), tmp_path / "pack", "")
        accept_pack(taker.store, tmp_path / "pack")
    for each in (camp, child):
        assert each.rows("select state, edition from certificates") == [("valid", 1)]
        assert (_issue(each).issued, _issue(each).already) == (0, 1)


def test_hours_below_a_certificate_are_told_with_both_figures_and_settled_by_a_human(camp, ready):
    (number,) = _issue(camp).numbers
    with camp.store.writing() as w:
        withdraw(w, ready.fact, "误登")
        camp_world = worlds.load(w)
        span = Span(unit_called(camp_world, "S1"))
        (case,) = review_part(w, camp_world, span, Asked()).cases
        assert case.sentence == "证书已发，现有课时 0.00 低于要求的 8.00。"
        settle(w, camp_world, [case.row], "keep", "平台后台有记录")
        assert review_count(w, camp_world, span) == 0
    assert _verify(camp, number).state == "valid"


def _planned(camp):
    with camp.store.reading() as r:
        world = worlds.load(r)
        return planned(r, world, Whom(world.root_unit))


def test_what_is_told_before_is_what_issuing_comes_to(camp, ready):
    """Counted off an index, it says what going through everybody says: ready, lacking, issued, revoked, ready again."""
    second = camp.person("002")
    for step in range(5):
        told, plan = _issue(camp, dry_run=True), _planned(camp)
        reasons = Counter(REASONS[reason] for _person, reason in told.refused)
        assert (plan.issued, plan.already, plan.refused) == (told.issued, told.already, reasons)
        assert sum(len(each.names) for each in plan.ready_units) == sum(each.count for each in plan.ready_units) == told.issued
        assert sum(len(each.names) for each in plan.refused_units) == len(told.refused)
        if step == 0:
            assert plan.refused_units[0].names == (f"{second.shown_name}：{REASONS['sign_in_missing']}",)
            numbers = _issue(camp).numbers
        elif step == 1:
            camp.mark("002", condition="sign_in")
        elif step == 2:
            _revoke(camp, numbers[0])
        elif step == 3:
            assert plan.refused == {REASONS["certificate_revoked"]: 1}
            with camp.store.writing() as w:
                open_rules.amend_rule(w, "certificate.daily_scan_required", "是")
    assert set(plan.refused) == {REASONS["certificate_revoked"], REASONS["daily_scan_missing"]}


def test_beyond_fifty_units_those_left_are_counted_unit_by_unit_and_person_by_person(camp, ready):
    more = SHOWN + 2
    with camp.store.writing() as w:
        for at in range(more):
            add_unit(w, UnitRow(f"Z{at:03}", f"小学{at:03}", "3501", "学校"))
        ids = [register(w, Registration(f"Z{at:03}", f"{name}{at}")) for at in range(more) for name in ("甲", "乙")]
        ids += [register(w, Registration(f"Z{at:03}", f"丙{at}")) for at in range(more)]
        mark_class(w, ids, MarkRow("2023-06-10", "V8"), batch="hours")
        mark_class(w, ids[: 2 * more], MarkRow("2023-06-10", condition="sign_in"), batch="signed")
    plan, told = _planned(camp), _issue(camp, dry_run=True)
    assert (plan.issued, sum(plan.refused.values())) == (told.issued, len(told.refused)) == (2 * more + 1, more + 1)
    for units, (units_more, people_more), whole in (
        (plan.ready_units, plan.more_ready, plan.issued),
        (plan.refused_units, plan.more_refused, more + 1),
    ):
        assert (len(units), units_more) == (SHOWN, 3), "fifty-two of these, and the first school"
        assert sum(each.count for each in units) + people_more == whole
        assert all(len(each.names) == each.count for each in units)
