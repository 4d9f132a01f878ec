"""A list is put up for a time and comes down by itself; objections are logged and answered; nothing personal stays for ever."""

from __future__ import annotations

from dataclasses import replace

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.holidays.actions import tell_calendar
from campmgr.areas.holidays.world import calendar_of
from campmgr.areas.prizes.actions.publicity import answer, object_to, post, take_down
from campmgr.areas.prizes.queries.publicity import check_public_face, lists_up, public_list, public_rows, publicity
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts import world as worlds
from tests.kit.lists import frozen, hand_in, the_list, three_works

HOLIDAY = [("2023-06-22", False), ("2023-06-23", False), ("2023-06-25", True)]


@pytest.fixture
def listed(camp):
    """A camp with a frozen list; it is Saturday, 10 June 2023."""
    three_works(camp)
    frozen(camp)
    return camp


def _do(camp, verb, *args, **named):
    with camp.store.writing() as w:
        return verb(w, *args, **named)


def _see(camp, question, *args):
    with camp.store.reading() as r:
        return question(r, *args)


def _phase(camp) -> str:
    return _see(camp, lambda r: publicity(r, 1).phase(today_of(r.clock)))


def _public(camp):
    return _see(camp, lambda r: public_list(r, worlds.load(r), 1))


def test_a_list_is_up_for_five_working_days_and_comes_down_by_itself(listed):
    posting = _do(listed, post, 1, "2023-06-12")
    assert (posting.starts_on, posting.ends_on, posting.shown_until, posting.counted) == (
        "2023-06-12", "2023-06-16", "2023-06-16", "5 个工作日")  # fmt: skip
    said = []
    for _ in range(9):
        said.append((_phase(listed), len(_see(listed, lists_up))))
        listed.clock.move(days=1)
    assert said == [("before", 0)] * 2 + [("open", 1)] * 5 + [("down", 0)] * 2


def test_outside_its_time_neither_page_nor_public_face_is_given(listed):
    with pytest.raises(NotFound) as told:
        _public(listed)
    assert told.value.reason == "unknown_list"
    _see(listed, check_public_face, 1)  # before any publicity, the copy for the wall is made
    _do(listed, post, 1, "2023-06-12", days=1)
    with pytest.raises(NotFound, match="2023-06-12 起"):
        _public(listed)
    listed.clock.move(days=2)
    assert _public(listed)[0].number == 1
    listed.clock.move(days=1)
    with pytest.raises(NotFound, match="已按规定撤下"):
        _public(listed)
    with pytest.raises(Refused, match="不再导出") as refused:
        _see(listed, check_public_face, 1)
    assert refused.value.reason == "list_taken_down"


def test_it_may_stay_a_while_after_its_last_day(listed):
    _do(listed, amend_rule, "publicity.shown_after", "2")
    _do(listed, post, 1, "2023-06-12", days=1)
    listed.clock.move(days=3)
    assert _phase(listed) == "ended"
    assert _public(listed)[0].number == 1
    listed.clock.move(days=2)
    assert _phase(listed) == "down"


def test_holidays_and_make_up_days_count_where_the_year_is_known(listed):
    assert _do(listed, post, 1, "2023-06-19").ends_on == "2023-06-23"
    assert list(_do(listed, tell_calendar, HOLIDAY, "放假安排.xlsx")) == [2023]
    assert _do(listed, post, 1, "2023-06-19").ends_on == "2023-06-26"
    before = listed.state()
    _do(listed, tell_calendar, HOLIDAY, "放假安排.xlsx")
    assert listed.state() == before
    _do(listed, tell_calendar, HOLIDAY[:2], "改.xlsx")
    assert calendar_of(listed.world()).years[2023].work == frozenset()
    assert _see(listed, lambda r: publicity(r, 1).posting).ends_on == "2023-06-26"  # what was set stays


@pytest.mark.parametrize(
    ("days", "raised"),
    [([], BadInput), ([("2023-06-22", False), ("2023-06-22", True)], BadInput)],
)
def test_what_is_no_calendar_is_refused(listed, child, days, raised):
    before = listed.state()
    with pytest.raises(raised):
        _do(listed, tell_calendar, days, "x")
    assert listed.state() == before
    with pytest.raises(NotAllowed):
        _do(child, tell_calendar, HOLIDAY, "x")


def test_a_list_is_taken_down_early_with_a_reason_and_put_up_again(listed):
    with pytest.raises(Refused, match="没有公示"):
        _do(listed, take_down, 1, "试")
    _do(listed, post, 1)
    with pytest.raises(BadInput, match="原因"):
        _do(listed, take_down, 1, " ")
    _do(listed, take_down, 1, "名单有误，更正后重新公示")
    assert (_phase(listed), _see(listed, publicity, 1).taken_down_for) == ("down", "名单有误，更正后重新公示")
    _do(listed, post, 1)
    assert _phase(listed) == "open"


def test_objections_are_logged_and_answered_and_the_last_answer_stands(listed):
    _do(listed, post, 1, days=3, counted="calendar")
    work = listed.rows("select work from works where title = '乙'")[0][0]
    fact = _do(listed, object_to, 1, "第2名的作品与某单位去年的视频相同", work=work, way="来信").chain
    again = _do(listed, object_to, 1, "单位名称不对").chain
    _do(listed, answer, 1, fact, upheld=False, words="经核实为原创")
    _do(listed, answer, 1, fact, upheld=True, words="复核后成立，已更正")
    listed.clock.move(days=5)
    late = _do(listed, object_to, 1, "逾期的意见").chain
    found = _see(listed, publicity, 1).objections
    told = {each.fact: (each.title, each.words, each.answer, each.late) for each in found}
    assert told == {
        fact: ("乙", "异议成立", "复核后成立，已更正", False), again: ("", "待答复", "", False), late: ("", "待答复", "", True),
    }  # fmt: skip


@pytest.mark.parametrize(
    "matter", ["", "  ", "请回电 13800001234", "电话０５９１－８７６５４３２１", "身份证 35010219990101123X", "字" * 1001]
)
def test_an_objection_is_its_matter_alone(listed, matter):
    before = listed.state()
    with pytest.raises(BadInput):
        _do(listed, object_to, 1, matter)
    assert listed.state() == before


def test_lists_are_put_up_by_the_root_alone_and_within_reason(listed, child):
    with pytest.raises(NotAllowed):
        _do(child, post, 1)
    for raised, args, more in ((NotFound, (2,), {}), (BadInput, (1, "很快"), {}), (BadInput, (1,), {"days": 61}),
                               (BadInput, (1,), {"counted": "weeks"}), (Refused, (1, "2023-05-01"), {})):  # fmt: skip
        before = listed.state()
        with pytest.raises(raised):
            _do(listed, post, *args, **more)
        assert listed.state() == before
    with pytest.raises(NotFound):
        _do(listed, answer, 1, "none", upheld=True, words="是")
    with pytest.raises(NotFound):
        _do(listed, object_to, 1, "某作品", work="none")


def test_what_everyone_sees_holds_no_full_name_and_no_number(listed):
    hand_in(listed, "001", 200, "张三教你逃生 13800001234")
    frozen(listed)
    rows = public_rows(the_list(listed, 2).rows)
    assert [(row.name, row.title) for row in rows] == [("张*", "张*教你逃生 ***********"), ("李*", "乙"), ("王*", "丙")]


def test_namesakes_of_one_unit_are_told_apart(listed):
    first = the_list(listed).rows[0]
    people = (("b", "张三", "一小"), ("a", "张四", "一小"), ("c", "张五", "二小"), ("b", "张三", "一小"))
    rows = [replace(first, person=person, name=name, unit=unit) for person, name, unit in people]
    assert [row.name for row in public_rows(rows)] == ["张*（2）", "张*（1）", "张*", "张*（2）"]
    assert [row.name for row in public_rows(rows[:1], rows)] == ["张*（2）"]  # the figure stays when the other has gone
