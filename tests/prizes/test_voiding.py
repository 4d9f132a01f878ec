"""A list made in error is void, with a reason: it stays to be seen as void, its number is not given again, and nobody is misled."""

from __future__ import annotations

import pytest

from campmgr.areas.prizes.actions.amending import amend
from campmgr.areas.prizes.actions.freezing import freeze
from campmgr.areas.prizes.actions.publicity import object_to, post, take_down
from campmgr.areas.prizes.actions.voiding import void
from campmgr.areas.prizes.files.faces import prize_paper
from campmgr.areas.prizes.queries.prizes import numbers_taken_twice, prize_list, prize_lists
from campmgr.areas.prizes.queries.publicity import lists_up, lists_void, public_list, publicity, void_in_public
from campmgr.clock import local_text, utc_text
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts import world as worlds
from tests.kit.lists import checked, frozen, the_list, three_works
from tests.nodes.listed import list_life


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


def test_a_void_list_stays_as_void_and_its_number_is_gone(listed):
    voided = _do(listed, void, 1, "截止时间写错了")
    assert (voided.voided_on, voided.void_reason, len(voided.rows)) == ("2023-06-10", "截止时间写错了", 3)
    assert the_list(listed) == voided
    verdict = checked(listed)
    assert (verdict.equal, verdict.void) == (True, "第 1 号名单已于 2023-06-10 作废：截止时间写错了")
    assert frozen(listed).number == 2
    assert [(each.number, each.voided_on) for each in _see(listed, lambda r: prize_lists(r, worlds.load(r)))] == [
        (2, ""),
        (1, "2023-06-10"),
    ]
    assert checked(listed, 2).void == ""


def test_nothing_more_becomes_of_it(listed):
    _do(listed, post, 1)
    _do(listed, void, 1, "弄错了")
    verbs = ((void, "又一次"), (amend, "更正"), (post, ""), (take_down, "撤"), (object_to, "名次不对"))
    for verb, *args in verbs:
        before = listed.state()
        with pytest.raises(Refused):
            _do(listed, verb, 1, *args)
        assert listed.state() == before
    shown = the_list(listed)
    for face in ("public", "handout"):
        with pytest.raises(Refused, match="作废"):
            _see(listed, lambda r, face=face: prize_paper(r, worlds.load(r), shown, face))
    kept = _see(listed, lambda r: prize_paper(r, worlds.load(r), shown, "archive"))
    assert kept.parts[0].above[0].startswith("【作废】第 1 号名单已于 2023-06-10 作废")


def test_everyone_reads_that_it_is_void_and_nothing_of_it(listed):
    _do(listed, post, 1)
    assert _see(listed, void_in_public, 1) is None
    _do(listed, void, 1, "弄错了")
    assert (_see(listed, lists_up), _see(listed, lists_void)) == ((), (1,))
    assert _see(listed, publicity, 1).phase("2023-06-10") == "void"
    listed.clock.move(days=60)
    assert (_see(listed, lists_void), _see(listed, void_in_public, 1)) == ((), ("2023-06-10", "弄错了"))


def test_one_that_nobody_saw_is_not_told_of(listed):
    _do(listed, post, 1, "2023-06-19")
    _do(listed, void, 1, "弄错了")
    assert _see(listed, void_in_public, 1) is None
    with pytest.raises(NotFound):
        _see(listed, lambda r: public_list(r, worlds.load(r), 1))


@pytest.mark.parametrize("reason", ["", " ", "请问 13800001234", "张三的作品不算", "字" * 1001])
def test_the_reason_is_for_everyone(listed, reason):
    before = listed.state()
    with pytest.raises(BadInput):
        _do(listed, void, 1, reason)
    assert listed.state() == before


def test_only_the_root_and_once_for_a_form(listed, child):
    with pytest.raises(NotAllowed):
        _do(child, void, 1, "弄错了")
    with pytest.raises(NotFound):
        _do(listed, void, 2, "弄错了")
    _do(listed, void, 1, "弄错了", client_id="c" * 32)
    before = listed.state()
    _do(listed, void, 1, "弄错了", client_id="c" * 32)
    assert listed.state() == before


def test_of_two_lists_with_one_number_the_other_is_meant_once_one_is_void(cast):
    root = cast.root()
    root.adds("S1", "350102", "学校", "教育")
    list_life(root, [root.joins("S1", name) for name in ("甲", "乙", "丙")])
    clone = cast.add(root.twin("克隆"))
    for node, days in ((root, 1), (clone, 2)):
        node.clock.move(days=days)
        node.do(freeze, local_text(utc_text(node.clock.now())))
    clone.sends(root)
    assert root.see(numbers_taken_twice) == [3]
    with pytest.raises(BadInput):
        root.do(void, 3, "主机被复制")
    facts = [row[0] for row in root.see(lambda r: r.all("select fact from prize_lists where number = 3"))]
    root.do(void, 3, "主机被复制", fact=facts[0][:12])
    assert root.see(numbers_taken_twice) == []
    assert root.see(lambda r: prize_list(r, worlds.load(r), 3)).fact == facts[1]
    assert root.see(lambda r: publicity(r, 3)).voided_on == ""
    root.sends(clone)
    assert root.hash == root.rebuilt() == clone.hash == clone.rebuilt()
